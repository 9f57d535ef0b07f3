"""Waiting for a coach: what somebody can expect, where they stand, and who has them."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from bot.actions.coach_waiting import ShowStatusAction
from counter.referrals.model import ClaimFigure, OpenReferral, Reason, Slot
from counter.referrals.states import ReferralState

MINE = "C-0000-0000"
NINE = datetime(2026, 11, 24, 8, tzinfo=UTC)
SLOT = Slot(start=NINE, end=NINE + timedelta(hours=1))


@pytest.fixture
async def waiting(counter: SimpleNamespace) -> SimpleNamespace:
    """Give the services of somebody who asked for a coach."""
    await counter.referrals.open(
        OpenReferral(conversation_id="conversation-1", message_id="message-0", reason=Reason.ASKED)
    )
    return counter


async def shown(
    counter: SimpleNamespace, dispatcher: CollectingDispatcher, turn: Callable[..., Tracker], **given: Any
) -> list[dict[str, Any]]:
    await ShowStatusAction(counter).run(dispatcher, turn("coach_status", **given), {})
    said: list[dict[str, Any]] = dispatcher.messages
    return said


async def test_with_a_coach_there_the_place_and_the_wait_are_told(
    waiting: SimpleNamespace, dispatcher: CollectingDispatcher, turn: Callable[..., Tracker]
) -> None:
    waiting.presence.there.add("staff-sanne")
    asked = datetime(2026, 11, 20, 10, tzinfo=UTC)
    waiting.referrals.claims = tuple(
        ClaimFigure(region=None, asked_at=asked, claimed_at=asked + timedelta(minutes=wait), position=1)
        for wait in (9, 11, 12, 14, 300)
    )
    card, prospect = await shown(waiting, dispatcher, turn)
    assert (card["response"], card["plek"]) == ("utter_coach_status", "1")
    assert card["wachttijd"] == "ongeveer een kwartier"
    assert prospect["response"] == "utter_coach_er_zo"


async def test_without_figures_no_wait_is_promised(
    waiting: SimpleNamespace, dispatcher: CollectingDispatcher, turn: Callable[..., Tracker]
) -> None:
    waiting.presence.there.add("staff-sanne")
    card, _ = await shown(waiting, dispatcher, turn)
    assert card["wachttijd"] == ""


async def test_a_wait_that_goes_on_after_closing_is_not_promised(
    waiting: SimpleNamespace, dispatcher: CollectingDispatcher, turn: Callable[..., Tracker]
) -> None:
    waiting.presence.there.add("staff-sanne")
    asked = datetime(2026, 11, 20, 10, tzinfo=UTC)
    waiting.referrals.claims = 5 * (
        ClaimFigure(region=None, asked_at=asked, claimed_at=asked + timedelta(minutes=60), position=1),
    )
    waiting.clock = lambda: datetime(2026, 11, 23, 15, 30, tzinfo=UTC)
    card, _ = await shown(waiting, dispatcher, turn)
    assert card["wachttijd"] == ""


async def test_without_a_coach_there_are_moments_to_be_called_and_an_address(
    waiting: SimpleNamespace, dispatcher: CollectingDispatcher, turn: Callable[..., Tracker]
) -> None:
    _, prospect = await shown(waiting, dispatcher, turn, slots={"coach_regio": "Groot Amsterdam"})
    assert prospect["response"] == "utter_coach_niemand_vrij"
    assert prospect["loket_adres"] == "Voorbeeldplein 1, Amsterdam"
    titles = [button["title"] for button in prospect["buttons"]]
    assert titles == [
        "vandaag 13-14 uur",
        "vandaag 14-15 uur",
        "vandaag 15-16 uur",
        "vandaag 16-17 uur",
        "Zodra het kan",
        "Een ander moment",
    ]


async def test_at_night_somebody_hears_when_the_counter_opens(
    waiting: SimpleNamespace, dispatcher: CollectingDispatcher, turn: Callable[..., Tracker]
) -> None:
    waiting.clock = lambda: datetime(2026, 11, 23, 21, tzinfo=UTC)
    _, prospect = await shown(waiting, dispatcher, turn)
    assert (prospect["response"], prospect["weer_open"]) == ("utter_coach_dicht", "morgen om 9 uur")
    assert prospect["buttons"][0]["title"] == "morgen 9-10 uur"


@pytest.mark.parametrize(
    ("changes", "response"),
    [
        ({"state": ReferralState.WITH_COACH, "coach": "Sanne"}, "utter_coach_status_bij_coach"),
        ({"state": ReferralState.OFFERED, "coach": "Sanne"}, "utter_coach_status_gevraagd"),
        ({"state": ReferralState.OFFERED}, "utter_coach_status_loopt"),
        ({"state": ReferralState.HANDED_BACK, "coach": "Sanne"}, "utter_coach_status_komt_terug"),
        ({"state": ReferralState.CALL_BACK, "call_back": SLOT}, "utter_coach_status_terugbellen"),
        ({"state": ReferralState.HANDED_BACK, "is_open": False}, "utter_coach_status_klaar"),
        ({"state": ReferralState.CLOSED, "is_open": False, "coach": "Sanne"}, "utter_coach_status_klaar"),
    ],
)
async def test_who_asks_hears_who_has_them_or_when_they_are_called(
    waiting: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    turn: Callable[..., Tracker],
    changes: dict[str, Any],
    response: str,
) -> None:
    waiting.referrals.change(MINE, position=None, **changes)
    (message,) = await shown(waiting, dispatcher, turn)
    assert message["response"] == response
    if response == "utter_coach_status_terugbellen":
        assert message["wanneer"] == "morgen tussen 9 en 10 uur"


async def test_another_persons_number_tells_neither_coach_nor_moment(
    waiting: SimpleNamespace, dispatcher: CollectingDispatcher, turn: Callable[..., Tracker]
) -> None:
    waiting.referrals.change(
        MINE, position=None, state=ReferralState.CALL_BACK, call_back=SLOT, coach="Sanne"
    )

    async def nothing(_conversation_id: str) -> tuple[()]:
        return ()

    waiting.referrals.of_person = nothing
    (message,) = await shown(waiting, dispatcher, turn, entities={"aanvraagnummer": MINE})
    assert message["response"] == "utter_coach_status_loopt"
    assert not message.get("coach_naam")
