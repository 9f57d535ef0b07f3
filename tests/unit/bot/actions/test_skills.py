"""Telling what one can: how it begins and ends, and how a group of skills is shown."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from bot.actions.skills import AcceptOfferAction, BeginAction, CatchLooseSkillAction, FinishAction
from bot.actions.skills_groups import AskAgreementAction, as_slot
from counter.passport.model import EntryKind, Group, Told

NOTHING = dict.fromkeys(
    ("skills_voorstel", "skills_akkoord", "skills_stap", "skills_suggesties", "skills_doel", "herhaling")
)
LASSEN, KOKEN, PLANNEN = (f"vaardigheid/{name}" for name in ("lassen", "koken", "plannen"))
GROUP = Group(
    told=(
        Told(skill_id=KOKEN, words="koken"),
        Told(skill_id=PLANNEN, words="plannen"),
        Told(skill_id=LASSEN, words="lassen"),
    )
)
ONE = Group(told=(Told(skill_id=LASSEN, words="lassen"),))


def slots_of(events: list[dict[str, Any]]) -> dict[str, Any]:
    return {event["name"]: event.get("value") for event in events if event["event"] == "slot"}


def waiting(*groups: Group, step: str | None = None) -> dict[str, Any]:
    return NOTHING | {"skills_voorstel": as_slot(groups), "skills_stap": step}


@pytest.mark.parametrize(
    ("group", "shown", "asked"),
    [
        (GROUP, "utter_skills_groep_verteld", "utter_skills_klopt_dit"),
        (
            Group(told=(Told(skill_id=KOKEN, words="chef", occupation_id="beroep/kok"),)),
            "utter_skills_groep_beroep",
            "utter_skills_klopt_dit",
        ),
        (
            Group(told=(Told(skill_id=LASSEN, words="lassen", kind=EntryKind.WISH),)),
            "utter_skills_groep_wens",
            "utter_skills_klopt_wens",
        ),
    ],
)
async def test_a_group_is_shown_as_what_it_is(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
    group: Group,
    shown: str,
    asked: str,
) -> None:
    events = await AskAgreementAction(counter).run(
        dispatcher, turn("skills_vertellen", slots=waiting(group)), {}
    )
    assert said() == [shown, asked]
    assert slots_of(events) == {"getoond": "skills"}


async def test_a_group_with_nothing_left_is_asked_about_as_that(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    nothing_left = waiting(ONE.without([LASSEN]), step="gewijzigd")
    await AskAgreementAction(counter).run(dispatcher, turn("skills_wijzigen", slots=nothing_left), {})
    assert said() == ["utter_skills_groep_niets_over"]


async def test_who_presses_the_button_hears_what_happens_and_who_tells_at_once_does_not(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    await BeginAction(counter).run(dispatcher, turn("skills_vertellen", "ik kan lassen", slots=NOTHING), {})
    assert said() == []
    await BeginAction(counter).run(
        dispatcher, turn("skills_vertellen", "/skills_vertellen", slots=NOTHING), {}
    )
    assert said() == ["utter_skills_beginnen"]


async def test_who_comes_back_to_a_group_goes_on_with_it(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    tracker = turn("skills_vertellen", "/skills_vertellen", slots=waiting(GROUP))
    assert await BeginAction(counter).run(dispatcher, tracker, {}) == []
    assert said() == ["utter_skills_hervatten"]


@pytest.mark.parametrize(
    ("told", "aim", "response"),
    [
        (Told(skill_id=LASSEN, words="lassen"), None, "utter_skills_verder"),
        (
            Told(skill_id=LASSEN, words="lassen", kind=EntryKind.WISH),
            None,
            "utter_skills_verder_wens",
        ),
        (Told(skill_id=LASSEN, words="lassen"), "beroep/lasser", "utter_skills_verder_doel"),
    ],
)
async def test_at_the_end_the_passport_is_shown_with_a_way_on_that_fits(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
    told: Told,
    aim: str | None,
    response: str,
) -> None:
    await counter.passports.add("", [told])
    tracker = turn("bevestigen", slots=NOTHING | {"skills_doel": aim})
    events = await FinishAction(counter).run(dispatcher, tracker, {})
    assert said() == ["utter_skills_paspoort_kaart", response]
    assert slots_of(events)["skills_voorstel"] is None


async def test_who_agreed_with_nothing_is_offered_another_way(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    await FinishAction(counter).run(dispatcher, turn("ontkennen", slots=NOTHING), {})
    assert said() == ["utter_skills_niets_goedgekeurd"]


@pytest.mark.parametrize(
    ("offered", "slot", "value", "form"),
    [
        ("utter_skills_verder_wens", "cursus_onderwerp", "lassen", "cursus_formulier"),
        ("utter_skills_verder_doel", "beroep_naar", "beroep/lasser", "beroep_overstappen_formulier"),
        ("utter_skills_verder", "beroep_naar", "", "beroep_overstappen_formulier"),
    ],
)
async def test_a_typed_yes_takes_up_what_was_offered(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    turn: Callable[..., Tracker],
    offered: str,
    slot: str,
    value: str,
    form: str,
) -> None:
    await counter.passports.add("", [Told(skill_id=LASSEN, words="lassen", kind=EntryKind.WISH)])
    tracker = turn(
        "bevestigen",
        "ja",
        slots=NOTHING | {"skills_doel": "beroep/lasser"},
        earlier=({"event": "bot", "metadata": {"utter_action": offered}},),
    )
    events = await AcceptOfferAction(counter).run(dispatcher, tracker, {})
    assert slots_of(events)[slot] == value
    assert [event["name"] for event in events if event["event"] == "followup"] == [form]


async def test_a_yes_to_nothing_is_only_friendly(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    await AcceptOfferAction(counter).run(dispatcher, turn("bevestigen", "ja", slots=NOTHING), {})
    assert said() == ["utter_gesprek_bevestigd"]


@pytest.mark.parametrize(
    ("text", "responses"),
    [
        ("ik kan lassen", []),
        ("ik kan niet lassen", []),
        ("lassen", ["utter_skills_los"]),
        ("voordeur", ["utter_gegevens_genoteerd"]),
    ],
)
async def test_a_skill_out_of_the_blue_is_told_or_asked_about(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
    text: str,
    responses: list[str],
) -> None:
    tracker = turn("gegeven_opgeven", text, entities={"vaardigheid": "lassen"}, slots=NOTHING)
    events = await CatchLooseSkillAction(counter).run(dispatcher, tracker, {})
    assert any(event["event"] == "followup" for event in events) is (not responses)
    assert said() == responses
