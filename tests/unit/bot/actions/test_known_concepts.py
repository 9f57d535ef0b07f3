"""A taxonomy that lost what a conversation was about: nothing breaks, and nothing is made up."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker

from bot.actions.beroep import ShowOccupationAction
from bot.actions.beroep_results import profile_in, show_nearby, show_step
from bot.actions.known_concepts import OnKnownConcepts, outdated_in
from bot.actions.skills import FinishAction
from bot.actions.skills_groups import FORM, as_slot
from bot.actions.skills_passport import ChangePassportAction, ExplainEntryAction, ShowPassportAction
from bot.actions.turn import Dispatcher, Domain, Events
from counter.passport.model import EntryKind, Group, Told
from tests.unit.bot.actions.conftest import TAXONOMY

LOST_SKILL = "http://data.europa.eu/esco/skill/weg"
LOST_WORK = "http://data.europa.eu/esco/occupation/weg"
COOK = "beroep/kok"
NOTHING = dict.fromkeys(
    ("skills_voorstel", "skills_stap", "getoond", "herhaling", "skills_doel", "beroep_van", "plaats")
)
SPICES = Told(skill_id=LOST_SKILL, words="chef", occupation_id=LOST_WORK, name="kruiden kiezen")
WANTS = Told(
    skill_id="vaardigheid/weg", words="leren toveren", kind=EntryKind.WISH, name="toveren met kaarten"
)
WELDS = Told(skill_id="vaardigheid/lassen", words="las al jaren")


@pytest.fixture
async def counter(counter: SimpleNamespace) -> SimpleNamespace:
    """Give a counter that knows what somebody can, of which the taxonomy knows a part."""
    await counter.passports.add("", [SPICES, WANTS, WELDS])
    return counter


async def test_a_lost_skill_is_shown_by_the_name_it_had(
    counter: SimpleNamespace, dispatcher: CollectingDispatcher, turn: Callable[..., Tracker]
) -> None:
    for action in (ShowPassportAction(counter), FinishAction(counter)):
        dispatcher.messages.clear()
        await action.run(dispatcher, turn("skills_paspoort", slots=NOTHING), {})
        card, offer = dispatcher.messages
        assert (card["bron_1"], card["skills_1"]) == ("“chef”", "kruiden kiezen")
        assert (card["wensen"], offer["wens"]) == ("toveren met kaarten", "toveren met kaarten")


@pytest.mark.parametrize(
    ("text", "entities"),
    [("haal kruiden weg", {}), ("/skills_wijzigen", {"vaardigheid": "kruiden kiezen"})],
)
async def test_a_lost_skill_can_be_taken_out_and_put_back(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    turn: Callable[..., Tracker],
    text: str,
    entities: dict[str, Any],
) -> None:
    asked = turn("skills_wijzigen", text, entities=entities, slots=NOTHING)
    await ChangePassportAction(counter).run(dispatcher, asked, {})
    assert (await counter.passports.of("")).removed_ids == (LOST_SKILL,)
    undo = dispatcher.messages[0]["buttons"][0]
    assert undo["title"] == "kruiden kiezen"
    pressed = turn("skills_wijzigen", "/x", entities={"vaardigheid": "kruiden kiezen"}, slots=NOTHING)
    await ChangePassportAction(counter).run(dispatcher, pressed, {})
    assert LOST_SKILL in (await counter.passports.of("")).skill_ids


async def test_why_a_lost_skill_is_there_is_answered_and_every_skill_has_a_button(
    counter: SimpleNamespace, dispatcher: CollectingDispatcher, turn: Callable[..., Tracker]
) -> None:
    pressed = turn("waarom_deze", "/x", entities={"vaardigheid": "kruiden kiezen"}, slots=NOTHING)
    await ExplainEntryAction(counter).run(dispatcher, pressed, {})
    told = dispatcher.messages[0]
    assert (told["skill"], told["naam_beroep"]) == ("kruiden kiezen", "chef")
    await ExplainEntryAction(counter).run(dispatcher, turn("waarom_deze", "waarom?", slots=NOTHING), {})
    titles = [button["title"] for button in dispatcher.messages[1]["buttons"]]
    assert titles == ["kruiden kiezen", "lassen", "toveren met kaarten"]


async def test_a_lost_skill_counts_in_no_comparison(
    counter: SimpleNamespace, dispatcher: CollectingDispatcher, turn: Callable[..., Tracker]
) -> None:
    counter.courses = NoCourses()
    tracker = turn("overstappen", slots=NOTHING)
    assert (await profile_in(tracker, counter))[0] == (WELDS.skill_id,)
    assert await show_nearby(dispatcher, tracker, counter, sector=None)
    assert await show_step(dispatcher, tracker, counter, COOK)


class NoCourses:
    """A catalogue with nothing in it."""

    async def search(self, _query: object, limit: int) -> SimpleNamespace:
        assert limit
        return SimpleNamespace(hits=(), total=0, relaxed=())

    async def teaching(self, _skill_id: str, **_where: object) -> tuple[()]:
        return ()


@pytest.mark.parametrize(
    ("slot", "value", "left"),
    [
        ("beroep_van", LOST_WORK, None),
        ("beroep_naar", LOST_WORK, None),
        ("beroep_gekozen", LOST_WORK, None),
        ("beroep_kandidaten", {"beroep_van": [LOST_WORK, COOK]}, {"beroep_van": [COOK]}),
        ("beroep_resultaten", [LOST_WORK, COOK], [COOK]),
        ("beroep_gezien", [LOST_WORK], None),
        ("skills_doel", LOST_WORK, None),
        ("skills_suggesties", [LOST_SKILL, "vaardigheid/lassen"], ["vaardigheid/lassen"]),
        ("skills_voorstel", as_slot([Group(told=(SPICES, WELDS))]), None),
        ("werk_naar_werk_resultaten", [LOST_WORK, COOK], [COOK]),
    ],
)
def test_what_a_slot_says_of_a_lost_concept_was_never_said(
    turn: Callable[..., Tracker], slot: str, value: object, left: object
) -> None:
    if slot == "skills_voorstel":
        left = [
            {
                **as_slot([Group(told=(SPICES, WELDS))])[0],
                "skills": [[WELDS.skill_id, WELDS.words, None, None]],
            }
        ]
    assert outdated_in(turn("bevestigen", slots={slot: value}), TAXONOMY) == {slot: left}


@pytest.mark.parametrize(
    ("slot", "value"),
    [
        ("beroep_van", ""),
        ("beroep_naar", "techniek"),
        ("beroep_naar", COOK),
        ("skills_voorstel", []),
        ("skills_voorstel", as_slot([Group(told=(WELDS,), crossed_out=frozenset({WELDS.skill_id}))])),
        ("beroep_kandidaten", {"beroep_van": []}),
    ],
)
def test_what_is_still_known_stays(turn: Callable[..., Tracker], slot: str, value: object) -> None:
    assert outdated_in(turn("bevestigen", slots={slot: value}), TAXONOMY) == {}


async def test_every_action_runs_on_what_is_known_and_tells_the_bot_what_is_gone(
    dispatcher: CollectingDispatcher, turn: Callable[..., Tracker]
) -> None:
    class Remembering(Action):
        def name(self) -> str:
            return "action_onthouden"

        async def run(self, _dispatcher: Dispatcher, tracker: Tracker, _domain: Domain) -> Events:
            return [SlotSet("gezien", tracker.get_slot("beroep_van"))]

    tracker = turn("bevestigen", slots={"beroep_van": LOST_WORK})
    events = await OnKnownConcepts(Remembering(), TAXONOMY).run(dispatcher, tracker, {})
    assert events == [SlotSet("beroep_van", None), SlotSet("gezien", None)]


async def test_an_occupation_lost_between_choosing_and_showing_is_asked_again(
    counter: SimpleNamespace, dispatcher: CollectingDispatcher, turn: Callable[..., Tracker]
) -> None:
    tracker = turn("gegeven_opgeven", slots={"beroep_gekozen": LOST_WORK})
    events = await OnKnownConcepts(ShowOccupationAction(counter), TAXONOMY).run(dispatcher, tracker, {})
    assert [event.get("name") for event in events] == ["beroep_gekozen", "beroep_formulier"]


def test_a_group_that_was_lost_whole_is_told_again(turn: Callable[..., Tracker]) -> None:
    tracker = turn("bevestigen", form=FORM, slots={"skills_voorstel": as_slot([Group(told=(SPICES,))])})
    assert outdated_in(tracker, TAXONOMY) == {"skills_voorstel": None}
