"""From work to work: what counts as an answer, which work is close, and why."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from bot.actions.turn import Events, Turn
from bot.actions.werk_naar_werk import (
    CHOICES,
    FORM,
    OCCUPATION,
    REGION,
    RESULTS,
    AskOccupationAction,
    BeginAction,
    ExplainLikenessAction,
    RefineAction,
    ShowWaysAction,
    ValidateWorkToWorkForm,
    nearest,
    occupation_told,
    occupations_called,
)
from counter.mobility.teams import load_teams
from tests.unit.bot.actions.conftest import TAXONOMY

IJMOND = "Zuid-Kennemerland en IJmond"
EMPTY = dict.fromkeys((OCCUPATION, REGION, RESULTS, CHOICES, "herhaling", "beroep", "plaats", "regio"))


@pytest.fixture
def counter(counter: SimpleNamespace) -> SimpleNamespace:
    counter.mobility_teams = load_teams()
    return counter


def changes(events: Events) -> dict:
    return {event["name"]: event["value"] for event in events if event["event"] == "slot"}


def test_close_work_is_what_shares_most_skills_and_never_the_work_itself() -> None:
    welder = TAXONOMY.occupation("beroep/lasser")
    close = nearest(TAXONOMY, welder)
    assert len(close) == 3
    assert welder not in close
    likeness = [TAXONOMY.similarity(welder.id, other.id) for other in close]
    assert likeness == sorted(likeness, reverse=True)
    others = set(TAXONOMY.occupations) - {welder.id, *(other.id for other in close)}
    assert min(likeness) >= max(TAXONOMY.similarity(welder.id, other) for other in others)


@pytest.mark.parametrize(("name", "count"), [("lasser", 1), ("monteur", 3), ("banaan", 0), (None, 0)])
def test_a_name_means_one_occupation_or_several_or_none(name: str | None, count: int) -> None:
    assert len(occupations_called(TAXONOMY, name)) == count


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("mijn fabriek in IJmuiden sluit, ik ben operator", True),
        ("ik word ontslagen", False),
        ("/ontslag_dreigt", False),
    ],
)
def test_work_is_found_where_it_is_part_of_a_story(
    turn: Callable[..., Tracker], text: str, *, is_told: bool
) -> None:
    assert (occupation_told(TAXONOMY, Turn.of(turn("ontslag_dreigt", text))) is not None) is is_told


async def test_one_sentence_fills_the_work_and_the_region(
    counter: SimpleNamespace, dispatcher: CollectingDispatcher, turn: Callable[..., Tracker]
) -> None:
    tracker = turn(
        "ontslag_dreigt",
        "mijn fabriek in IJmuiden sluit, ik ben operator",
        entities={"plaats": "IJmuiden"},
        slots=EMPTY,
    )
    found = changes(await ValidateWorkToWorkForm(counter).run(dispatcher, tracker, {}))
    assert found[OCCUPATION]
    assert found[REGION] == IJMOND


@pytest.mark.parametrize(
    ("text", "entities", "value"),
    [
        ("lasser", {"beroep": "lasser"}, "lasser"),
        ("ik doe van alles", {}, ""),
        ("sla over", {}, ""),
    ],
)
async def test_the_question_about_work_is_asked_once_whatever_is_answered(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    turn: Callable[..., Tracker],
    text: str,
    entities: dict,
    value: str,
) -> None:
    intent = "overslaan" if text == "sla over" else "gegeven_opgeven"
    tracker = turn(intent, text, entities=entities, slots=EMPTY, form=FORM, asked=OCCUPATION)
    assert changes(await ValidateWorkToWorkForm(counter).run(dispatcher, tracker, {}))[OCCUPATION] == value


async def test_vague_work_is_offered_to_choose_from_and_then_taken(
    counter: SimpleNamespace, dispatcher: CollectingDispatcher, turn: Callable[..., Tracker]
) -> None:
    vague = turn("gegeven_opgeven", "monteur", slots=EMPTY, form=FORM, asked=OCCUPATION)
    choices = changes(await ValidateWorkToWorkForm(counter).run(dispatcher, vague, {}))[CHOICES]
    await AskOccupationAction().run(dispatcher, turn("x", slots={CHOICES: choices}), {})
    assert [button["title"].lower() for button in dispatcher.messages[-1]["buttons"]] == choices
    for text, entities, value in (("de tweede", {"keuze": 2}, choices[1]), ("monteur", {}, choices[0])):
        answer = turn(
            "gegeven_opgeven",
            text,
            entities=entities,
            slots={**EMPTY, CHOICES: choices},
            form=FORM,
            asked=OCCUPATION,
        )
        taken = changes(await ValidateWorkToWorkForm(counter).run(dispatcher, answer, {}))
        assert taken[OCCUPATION] == value


@pytest.mark.parametrize(
    ("text", "entities", "value"),
    [
        ("Beverwijk", {"plaats": "Beverwijk"}, IJMOND),
        ("1941 AB", {"postcode": "1941 AB"}, IJMOND),
        ("IJmond", {"regio": IJMOND}, IJMOND),
        ("ijmuide", {}, IJMOND),
        ("Timboektoe", {}, None),
    ],
)
async def test_a_place_a_postcode_or_a_region_gives_the_region(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    turn: Callable[..., Tracker],
    text: str,
    entities: dict,
    value: str | None,
) -> None:
    tracker = turn("gegeven_opgeven", text, entities=entities, slots=EMPTY, form=FORM, asked=REGION)
    assert changes(await ValidateWorkToWorkForm(counter).run(dispatcher, tracker, {}))[REGION] == value


async def test_begin_is_kind_first_and_says_nothing_twice(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    await BeginAction(counter).run(dispatcher, turn("ontslag_dreigt"), {})
    await BeginAction(counter).run(dispatcher, turn("ontslag_dreigt", form=FORM), {})
    assert said() == ["utter_werk_naar_werk_meeleven"]


async def test_without_work_or_region_there_are_still_rights_and_a_person(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    await ShowWaysAction(counter).run(dispatcher, turn("x", slots={OCCUPATION: "", REGION: ""}), {})
    assert said() == [
        "utter_werk_naar_werk_rechten",
        "utter_werk_naar_werk_geen_beroep",
        "utter_werk_naar_werk_verder",
    ]


async def test_a_correction_shows_only_what_it_changes(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    tracker = turn("gegeven_opgeven", "nee, Hoorn", entities={"plaats": "Hoorn"}, slots=EMPTY)
    events = changes(await RefineAction(counter).run(dispatcher, tracker, {}))
    assert events == {REGION: "Noord-Holland Noord"}
    assert said() == ["utter_werk_naar_werk_team_voorbeeld", "utter_werk_naar_werk_verder"]
    nothing = turn("gegeven_opgeven", "32 uur", entities={"uren": 32}, slots=EMPTY)
    [event] = await RefineAction(counter).run(dispatcher, nothing, {})
    assert event["name"] == "action_terugval"


async def test_why_names_shared_skills_and_what_is_new(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    close = nearest(TAXONOMY, TAXONOMY.occupation("beroep/lasser"))
    slots = {OCCUPATION: "lasser", RESULTS: [other.id for other in close]}
    await ExplainLikenessAction(counter).run(
        dispatcher, turn("waarom_deze", "de tweede", entities={"keuze": 2}, slots=slots), {}
    )
    told = dispatcher.messages[0]
    assert told["beroep_straks"] == close[1].name
    shared = TAXONOMY.compare(TAXONOMY.occupation("beroep/lasser").needs, close[1].id).shared
    assert told["gedeeld"].split(", ")[0] == shared[0].name
    await ExplainLikenessAction(counter).run(dispatcher, turn("waarom_deze", "waarom", slots=slots), {})
    assert said()[-1] == "utter_werk_naar_werk_waarom_algemeen"
