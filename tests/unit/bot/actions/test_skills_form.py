"""Telling what one can: what comes of a story, what is agreed with, and what is left out."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import ActionExecutionRejection, Tracker

from bot.actions.skills_form import ValidateSkillsForm
from bot.actions.skills_groups import FORM, AskAgreementAction, AskStoryAction, as_slot, groups_of
from counter.passport.model import Group, Told

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


def skills_in(proposal: list[dict[str, Any]]) -> list[list[str]]:
    return [[skill_id.removeprefix("vaardigheid/") for skill_id, *_ in group["skills"]] for group in proposal]


async def validate(
    counter: SimpleNamespace, dispatcher: CollectingDispatcher, tracker: Tracker
) -> dict[str, Any]:
    return slots_of(await ValidateSkillsForm(counter).run(dispatcher, tracker, {}))


async def test_a_story_becomes_groups_of_what_was_said_and_of_the_work_it_names(
    counter: SimpleNamespace, dispatcher: CollectingDispatcher, turn: Callable[..., Tracker]
) -> None:
    tracker = turn("skills_vertellen", "Ik was kok en ik zorg voor mijn moeder", form=FORM, slots=NOTHING)
    proposal = (await validate(counter, dispatcher, tracker))["skills_voorstel"]
    assert skills_in(proposal)[0] == ["zorgen-voor-familielid"]
    assert [group["beroep"] for group in proposal] == [None, "beroep/kok"]
    assert proposal[0]["skills"][0][1] == "zorg voor mijn moeder"


async def test_how_well_and_how_long_one_says_comes_along_into_the_passport(
    counter: SimpleNamespace, dispatcher: CollectingDispatcher, turn: Callable[..., Tracker]
) -> None:
    tracker = turn("skills_vertellen", "Ik las al tien jaar", form=FORM, slots=NOTHING)
    [group] = (await validate(counter, dispatcher, tracker))["skills_voorstel"]
    agreeing = NOTHING | {"skills_voorstel": [group]}
    yes = turn(
        "bevestigen", "ja", form=FORM, slots=agreeing, asked="skills_akkoord", entities={"antwoord": "ja"}
    )
    await validate(counter, dispatcher, yes)
    [welds] = (await counter.passports.of("")).skills
    assert (welds.told.skill_id, welds.told.years) == ("vaardigheid/lassen", 10)
    # A conversation that was under way when this was first asked knows of neither.
    [old] = groups_of(
        turn("ja", slots=NOTHING | {"skills_voorstel": [{**group, "skills": [[*group["skills"][0][:2]]]}]})
    )
    assert (old.told[0].level, old.told[0].years) == (None, None)


async def test_a_wish_is_put_to_the_person_as_a_wish(
    counter: SimpleNamespace, dispatcher: CollectingDispatcher, turn: Callable[..., Tracker]
) -> None:
    tracker = turn("skills_vertellen", "Ik kan koken en ik wil leren lassen", form=FORM, slots=NOTHING)
    proposal = (await validate(counter, dispatcher, tracker))["skills_voorstel"]
    assert [(group["soort"], skills_in([group])[0]) for group in proposal] == [
        ("skill", ["koken"]),
        ("wish", ["lassen"]),
    ]


async def test_work_one_would_like_is_remembered_as_an_aim(
    counter: SimpleNamespace, dispatcher: CollectingDispatcher, turn: Callable[..., Tracker]
) -> None:
    tracker = turn("skills_vertellen", "Ik kan koken en wil lasser worden", form=FORM, slots=NOTHING)
    assert (await validate(counter, dispatcher, tracker))["skills_doel"] == "beroep/lasser"


async def test_what_one_cannot_do_is_left_out_and_that_is_said(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    tracker = turn("skills_vertellen", "Ik kan niet lassen", form=FORM, slots=NOTHING)
    assert not (await validate(counter, dispatcher, tracker)).get("skills_voorstel")
    assert said() == ["utter_skills_niet"]


async def test_what_one_cannot_do_any_more_leaves_the_passport(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    await counter.passports.add("", [Told(skill_id=LASSEN, words="lassen")])
    await validate(
        counter, dispatcher, turn("skills_vertellen", "Ik kan niet lassen", form=FORM, slots=NOTHING)
    )
    assert said() == ["utter_skills_uit_paspoort"]
    assert (await counter.passports.of("")).is_empty


async def test_what_is_in_the_passport_already_is_not_asked_again(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    await counter.passports.add("", [Told(skill_id=LASSEN, words="lassen")])
    tracker = turn("skills_vertellen", "Ik kan lassen", form=FORM, slots=NOTHING)
    assert not (await validate(counter, dispatcher, tracker)).get("skills_voorstel")
    assert said() == ["utter_skills_staat_er_al"]


async def test_who_names_a_place_to_work_gets_occupations_to_choose_from(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    text = "Ik heb tien jaar in de keuken gewerkt"
    slots = await validate(counter, dispatcher, turn("skills_vertellen", text, form=FORM, slots=NOTHING))
    assert "beroep/keukenhulp" in slots["skills_suggesties"]
    await AskStoryAction(counter).run(dispatcher, turn("skills_vertellen", slots=NOTHING | slots), {})
    assert said() == ["utter_skills_bedoel_je"]
    titles = [button["title"] for button in dispatcher.messages[-1]["buttons"]]
    assert "keukenhulp" in titles


async def test_the_occupation_of_a_button_brings_its_skills(
    counter: SimpleNamespace, dispatcher: CollectingDispatcher, turn: Callable[..., Tracker]
) -> None:
    tracker = turn(
        "skills_vertellen",
        '/skills_vertellen{"beroep":"keukenhulp"}',
        entities={"beroep": "keukenhulp"},
        form=FORM,
        asked="skills_voorstel",
        slots=NOTHING,
    )
    proposal = (await validate(counter, dispatcher, tracker))["skills_voorstel"]
    assert {group["beroep"] for group in proposal} == {"beroep/keukenhulp"}


@pytest.mark.parametrize(
    ("intent", "text"),
    [
        ("orienteren", "ik kan goed koken maar weet niet wat ik wil"),
        ("cursus_zoeken", "ik wil leren lassen"),
        ("nlu_fallback", "banaan"),
    ],
)
async def test_anything_with_skills_in_it_answers_the_question(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    turn: Callable[..., Tracker],
    intent: str,
    text: str,
) -> None:
    tracker = turn(intent, text, form=FORM, asked="skills_voorstel", slots=NOTHING)
    assert await validate(counter, dispatcher, tracker)


@pytest.mark.parametrize(
    ("intent", "text"),
    [
        ("open_hiring_zoeken", "ik zoek werk in Hoorn"),
        ("coach_spreken", "ik wil een mens spreken"),
        ("orienteren", "ik weet niet wat ik wil"),
    ],
)
async def test_another_question_is_answered_by_its_own_rule(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    turn: Callable[..., Tracker],
    intent: str,
    text: str,
) -> None:
    tracker = turn(intent, text, form=FORM, asked="skills_voorstel", slots=NOTHING)
    with pytest.raises(ActionExecutionRejection):
        await validate(counter, dispatcher, tracker)


async def test_a_yes_puts_the_group_in_the_passport_and_the_next_is_asked(
    counter: SimpleNamespace, dispatcher: CollectingDispatcher, turn: Callable[..., Tracker]
) -> None:
    tracker = turn("bevestigen", "ja", form=FORM, asked="skills_akkoord", slots=waiting(GROUP, ONE))
    slots = await validate(counter, dispatcher, tracker)
    assert (await counter.passports.of("")).skill_ids == GROUP.skill_ids
    assert skills_in(slots["skills_voorstel"]) == [["lassen"]]
    assert (slots["skills_akkoord"], slots["herhaling"]) == (None, None)


async def test_after_the_last_group_it_is_done(
    counter: SimpleNamespace, dispatcher: CollectingDispatcher, turn: Callable[..., Tracker]
) -> None:
    tracker = turn("bevestigen", "ja", form=FORM, asked="skills_akkoord", slots=waiting(ONE))
    assert (await validate(counter, dispatcher, tracker))["skills_akkoord"] is True


@pytest.mark.parametrize(("intent", "group"), [("overslaan", GROUP), ("ontkennen", ONE)])
async def test_nothing_of_a_group_leaves_the_passport_as_it_was(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    turn: Callable[..., Tracker],
    intent: str,
    group: Group,
) -> None:
    tracker = turn(intent, "nee", form=FORM, asked="skills_akkoord", slots=waiting(group))
    assert (await validate(counter, dispatcher, tracker))["skills_akkoord"] is True
    assert (await counter.passports.of("")).is_empty


async def test_a_no_asks_which_one_is_wrong(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    tracker = turn("ontkennen", "nee", form=FORM, asked="skills_akkoord", slots=waiting(GROUP))
    slots = await validate(counter, dispatcher, tracker)
    assert slots["skills_stap"] == "kiezen"
    await AskAgreementAction(counter).run(
        dispatcher, turn("ontkennen", slots=waiting(GROUP, step="kiezen")), {}
    )
    assert said() == ["utter_skills_wat_niet"]
    assert [button["title"] for button in dispatcher.messages[0]["buttons"]] == [
        "koken",
        "plannen",
        "lassen",
    ]


@pytest.mark.parametrize(
    ("intent", "text", "entities"),
    [
        ("skills_wijzigen", '/skills_wijzigen{"vaardigheid":"plannen"}', {"vaardigheid": "plannen"}),
        ("gegeven_opgeven", "plannen", {"vaardigheid": "plannen"}),
        ("gegeven_opgeven", "de tweede", {"keuze": 2}),
        ("skills_wijzigen", "haal plannen eruit", {}),
    ],
)
async def test_what_is_wrong_can_be_pressed_named_or_pointed_at(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
    intent: str,
    text: str,
    entities: dict[str, Any],
) -> None:
    before = waiting(GROUP, step="kiezen")
    tracker = turn(intent, text, entities=entities, form=FORM, asked="skills_akkoord", slots=before)
    slots = await validate(counter, dispatcher, tracker)
    assert [group["weg"] for group in slots["skills_voorstel"]] == [[PLANNEN]]
    await AskAgreementAction(counter).run(dispatcher, turn(intent, slots=NOTHING | slots), {})
    assert said() == ["utter_skills_doorgestreept", "utter_skills_groep_gewijzigd"]
    assert dispatcher.messages[1]["over"] == "koken, lassen"


async def test_a_skill_that_was_crossed_out_comes_back_when_it_is_pressed_again(
    counter: SimpleNamespace, dispatcher: CollectingDispatcher, turn: Callable[..., Tracker]
) -> None:
    tracker = turn(
        "skills_wijzigen",
        '/skills_wijzigen{"vaardigheid":"plannen"}',
        entities={"vaardigheid": "plannen"},
        form=FORM,
        asked="skills_akkoord",
        slots=waiting(GROUP.without([PLANNEN]), step="doorgestreept"),
    )
    slots = await validate(counter, dispatcher, tracker)
    assert [group["weg"] for group in slots["skills_voorstel"]] == [[]]


async def test_only_what_is_left_of_a_group_enters_the_passport(
    counter: SimpleNamespace, dispatcher: CollectingDispatcher, turn: Callable[..., Tracker]
) -> None:
    left = GROUP.without([PLANNEN])
    await validate(
        counter,
        dispatcher,
        turn("bevestigen", "ja", form=FORM, asked="skills_akkoord", slots=waiting(left)),
    )
    assert (await counter.passports.of("")).skill_ids == (KOKEN, LASSEN)


async def test_something_more_joins_the_group_and_other_work_follows_it(
    counter: SimpleNamespace, dispatcher: CollectingDispatcher, turn: Callable[..., Tracker]
) -> None:
    tracker = turn(
        "skills_wijzigen", "ik kan ook solderen", form=FORM, asked="skills_akkoord", slots=waiting(ONE)
    )
    slots = await validate(counter, dispatcher, tracker)
    assert skills_in(slots["skills_voorstel"]) == [["lassen", "solderen"]]
    tracker = turn(
        "skills_vertellen", "ik was ook kok", form=FORM, asked="skills_akkoord", slots=waiting(ONE)
    )
    slots = await validate(counter, dispatcher, tracker)
    assert [group["beroep"] for group in slots["skills_voorstel"]] == [None, "beroep/kok"]


async def test_what_was_agreed_with_before_can_still_be_taken_back(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    await counter.passports.add("", [Told(skill_id=PLANNEN, words="plannen")])
    tracker = turn(
        "skills_wijzigen", "haal plannen weg", form=FORM, asked="skills_akkoord", slots=waiting(ONE)
    )
    await validate(counter, dispatcher, tracker)
    assert said() == ["utter_skills_uit_paspoort"]
    assert (await counter.passports.of("")).is_empty


async def test_a_no_to_an_earlier_skill_leaves_this_group_as_it_is(
    counter: SimpleNamespace, dispatcher: CollectingDispatcher, turn: Callable[..., Tracker]
) -> None:
    await counter.passports.add("", [Told(skill_id=PLANNEN, words="plannen")])
    tracker = turn(
        "gegeven_opgeven",
        "plannen niet",
        entities={"antwoord": "nee"},
        form=FORM,
        asked="skills_akkoord",
        slots=waiting(ONE),
    )
    assert await validate(counter, dispatcher, tracker) == {"herhaling": 1}
    assert (await counter.passports.of("")).is_empty


async def test_what_says_nothing_of_the_group_is_asked_in_other_words(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    tracker = turn("nlu_fallback", "banaan", form=FORM, asked="skills_akkoord", slots=waiting(GROUP))
    slots = await validate(counter, dispatcher, tracker)
    assert slots == {"herhaling": 1}
    await AskAgreementAction(counter).run(dispatcher, turn("nlu_fallback", slots=waiting(GROUP) | slots), {})
    assert said() == ["utter_skills_klopt_dit"]
