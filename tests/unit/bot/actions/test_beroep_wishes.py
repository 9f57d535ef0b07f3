"""Somebody who saw a list of work would rather have something else."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from bot.actions.beroep import BeginMoveAction, RefineAction, ShowMoreAction
from bot.actions.skills_passport import ChangePassportAction
from bot.actions.turn import Events
from bot.actions.werk_naar_werk import RefineAction as RefineWorkToWorkAction
from counter.mobility.teams import load_teams
from counter.passport.model import Told
from skills_taxonomy import Sector

CARD, ON = "utter_beroep_verwant_kaart", "utter_beroep_verwant_verder"
SHOWN = {
    **dict.fromkeys(
        ("beroep_van", "beroep_gekozen", "beroep_kandidaten", "beroep_gezien", "beroep_wens", "plaats")
    ),
    **dict.fromkeys(("herhaling", "skills_stap")),
    "beroep_naar": "",
    "beroep_resultaten": ["beroep/lasser"],
    "getoond": "overstap",
}
COOKS = Told(skill_id="vaardigheid/koken", words="kook graag")


def slots_of(events: Events) -> dict[str, Any]:
    return {event["name"]: event.get("value") for event in events if event["event"] == "slot"}


@pytest.fixture
def wishing(turn: Callable[..., Tracker]) -> Callable[..., Tracker]:
    """Give a function that builds a turn right after a list of work, with the entities in its text."""

    def build(text: str, intent: str = "gegeven_opgeven", **slots: object) -> Tracker:
        tracker = turn(intent, text, slots={**SHOWN, **slots})
        names = {"Alkmaar": "plaats", **{sector.value: "sector" for sector in Sector}}
        tracker.latest_message["entities"] = [
            {"entity": kind, "value": name, "start": text.index(name), "end": text.index(name) + len(name)}
            for name, kind in names.items()
            if name in text.split()
        ]
        return tracker

    return build


@pytest.mark.parametrize("intent", ["gegeven_opgeven", "ontkennen"])
async def test_a_wish_shows_the_work_that_goes_with_its_words(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    wishing: Callable[..., Tracker],
    intent: str,
) -> None:
    tracker = wishing("nee toch liever iets met schepen", intent)
    slots = slots_of(await RefineAction(counter).run(dispatcher, tracker, {}))
    assert said() == ["utter_beroep_wens", CARD, CARD, CARD, ON]
    assert dispatcher.messages[0]["wens"] == "schepen"
    assert slots["beroep_wens"] == "schepen"
    assert "beroep/scheepsbouwer" in slots["beroep_resultaten"]


async def test_more_of_a_wish_is_other_work_for_the_same_wish(
    counter: SimpleNamespace, dispatcher: CollectingDispatcher, wishing: Callable[..., Tracker]
) -> None:
    tracker = wishing("toch liever iets met schepen")
    first = slots_of(await RefineAction(counter).run(dispatcher, tracker, {}))
    more = slots_of(await ShowMoreAction(counter).run(dispatcher, wishing("meer", "meer_tonen", **first), {}))
    assert "beroep/scheepsmonteur" in more["beroep_resultaten"]
    assert not set(more["beroep_resultaten"]) & set(first["beroep_resultaten"])
    assert more["beroep_wens"] == "schepen"


async def test_of_a_sector_where_nothing_is_near_work_is_shown_all_the_same(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    wishing: Callable[..., Tracker],
) -> None:
    tracker = wishing("doe toch maar iets in de zorg")
    slots = slots_of(await RefineAction(counter).run(dispatcher, tracker, {}))
    assert said()[:2] == ["utter_beroep_wens", CARD]
    sectors = {counter.taxonomy.occupation(shown).sector for shown in slots["beroep_resultaten"]}
    assert sectors == {Sector.ZORG}
    assert slots["beroep_naar"] == "zorg"


async def test_words_that_no_work_goes_with_are_answered_with_another_way(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    wishing: Callable[..., Tracker],
) -> None:
    await RefineAction(counter).run(dispatcher, wishing("liever iets met toverstokken"), {})
    assert said() == ["utter_beroep_wens_onbekend"]


async def test_a_sector_that_is_said_no_to_is_not_shown(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    wishing: Callable[..., Tracker],
) -> None:
    await RefineAction(counter).run(dispatcher, wishing("liever niet op kantoor"), {})
    assert said() == ["utter_beroep_wens_vragen"]


@pytest.mark.parametrize(
    ("text", "response"),
    [
        ("ik wil toch liever met mijn handen werken", "utter_beroep_wens"),
        ("ik ben kok en wil overstappen", None),
        ("mijn werk is te zwaar, ik wil overstappen naar iets lichters", None),
    ],
)
async def test_a_wish_that_sounds_like_a_move_shows_work_and_asks_nothing(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    wishing: Callable[..., Tracker],
    text: str,
    response: str | None,
) -> None:
    events = await BeginMoveAction(counter).run(dispatcher, wishing(text, "overstappen"), {})
    assert (said() or [None])[0] == response
    is_listening = {"event": "followup", "timestamp": None, "name": "action_listen"} in events
    assert is_listening is (response is not None)


async def test_a_wish_changes_nothing_in_the_passport(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    wishing: Callable[..., Tracker],
) -> None:
    await counter.passports.add("", [COOKS])
    tracker = wishing("toch liever iets met lassen", "skills_wijzigen")
    await ChangePassportAction(counter).run(dispatcher, tracker, {})
    assert said()[0] == "utter_beroep_wens"
    assert (await counter.passports.of("")).skill_ids == (COOKS.skill_id,)


@pytest.mark.parametrize(
    ("text", "response", "skill_ids"),
    [
        ("haal koken eruit", "utter_skills_weggehaald", set()),
        ("doe koken maar weg", "utter_skills_weggehaald", set()),
        ("ik kan ook lassen", "utter_skills_erbij", {"vaardigheid/koken", "vaardigheid/lassen"}),
        ("voeg lassen toe", "utter_skills_erbij", {"vaardigheid/koken", "vaardigheid/lassen"}),
    ],
)
async def test_the_passport_can_still_be_changed_under_a_list_of_work(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    wishing: Callable[..., Tracker],
    text: str,
    response: str,
    skill_ids: set[str],
) -> None:
    await counter.passports.add("", [COOKS])
    await ChangePassportAction(counter).run(dispatcher, wishing(text, "skills_wijzigen"), {})
    assert said() == [response]
    assert set((await counter.passports.of("")).skill_ids) == skill_ids


async def test_under_the_passport_itself_a_skill_is_still_a_skill(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    wishing: Callable[..., Tracker],
) -> None:
    for text in ("voeg dan maar lassen toe", "toch liever iets met schepen"):
        tracker = wishing(text, "skills_wijzigen", getoond="skills")
        await ChangePassportAction(counter).run(dispatcher, tracker, {})
    assert said()[:2] == ["utter_skills_erbij", "utter_beroep_wens"]


@pytest.mark.parametrize(
    ("text", "is_wish"), [("toch liever iets met schepen", True), ("liever in Alkmaar", False)]
)
async def test_beside_work_to_work_a_wish_is_told_from_a_place(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    wishing: Callable[..., Tracker],
    text: str,
    *,
    is_wish: bool,
) -> None:
    counter.mobility_teams = load_teams()
    await RefineWorkToWorkAction(counter).run(dispatcher, wishing(text, getoond="werk_naar_werk"), {})
    assert ("utter_beroep_wens" in said()) is is_wish
