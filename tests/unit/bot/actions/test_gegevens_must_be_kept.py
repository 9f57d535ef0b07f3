"""Whose data a claim keeps hears why before anything is asked, and after a yes as well."""

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace

import pytest
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from bot.actions.gegevens_erasure import AGREEMENT, EraseAction, ExplainErasureAction
from counter.preservations.model import MustBeKeptError


class KeptPeople:
    """People who must be kept until the last of March."""

    async def check_may_be_erased(self, _conversation_id: str) -> None:
        raise MustBeKeptError(date(2027, 3, 31))

    ask_erasure = check_may_be_erased


@pytest.mark.parametrize("action", [ExplainErasureAction, EraseAction])
async def test_who_must_be_kept_for_a_claim_is_told_until_when_and_is_not_asked(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
    action: type[ExplainErasureAction | EraseAction],
) -> None:
    counter.people = KeptPeople()
    events = await action(counter).run(dispatcher, turn("x", slots={AGREEMENT: True}), {})
    assert said() == ["utter_gegevens_wissen_moet_blijven"]
    assert dispatcher.messages[0]["datum"] == "31-3-2027"
    # Whoever is not asked goes on talking.
    if action is ExplainErasureAction:
        assert [(event["event"], event["name"]) for event in events] == [("followup", "action_listen")]
