"""Finding a course."""

import pytest

from counter.courses.model import CourseQuery, Form
from counter.services import Counter
from tests.support.talking import Answer, Conversation

ASK_TOPIC = "utter_ask_cursus_formulier_cursus_onderwerp"
ASK_PLACE = "utter_ask_cursus_formulier_cursus_plaats"
EVENING_COURSE = "Ik zoek een avondcursus elektrotechniek in Alkmaar"


def results_in(answer: Answer) -> list[str]:
    return [name for name in answer.responses if name.startswith("utter_cursus_kaart")]


async def test_a_sentence_with_everything_in_it_is_asked_nothing(
    conversation: Conversation, counter: Counter
) -> None:
    answer = await conversation.says(EVENING_COURSE)
    slots = await conversation.slots()
    assert (slots["cursus_onderwerp"], slots["vorm"], slots["plaats"]) == (
        "elektrotechniek",
        "avond",
        "Alkmaar",
    )
    assert results_in(answer)
    found = await counter.courses.search(
        CourseQuery(topic="elektrotechniek", place="Alkmaar", form=Form.AVOND)
    )
    assert [card["title"] for card in answer.cards] == [
        f"{hit.course.title} (voorbeeld)" for hit in found.hits
    ]


async def test_only_what_is_missing_is_asked(conversation: Conversation) -> None:
    assert (await conversation.clicks("/cursus_zoeken")).responses == [ASK_TOPIC]
    assert (await conversation.says("lassen")).responses == [ASK_PLACE]
    answer = await conversation.says("Zaandam")
    assert results_in(answer)
    assert (await conversation.slots())["cursus_plaats"] == "Zaandam"


async def test_who_learns_online_is_not_asked_for_a_place(conversation: Conversation) -> None:
    answer = await conversation.says("ik zoek een online cursus programmeren")
    assert results_in(answer)
    assert {fact["value"] for card in answer.cards for fact in card["facts"] if fact["label"] == "Vorm"} == {
        "online"
    }


async def test_the_place_may_not_matter(conversation: Conversation) -> None:
    await conversation.clicks("/cursus_zoeken")
    asked = await conversation.says("lassen")
    answer = await conversation.presses(asked, "Maakt niet uit")
    assert results_in(answer)
    assert (await conversation.slots())["cursus_plaats"] == ""


async def test_a_card_shows_what_one_wants_to_know_and_offers_what_to_do(conversation: Conversation) -> None:
    card = (await conversation.says(EVENING_COURSE)).cards[0]
    assert {"Waar", "Vorm", "Niveau", "Prijs"} <= {fact["label"] for fact in card["facts"]}
    assert [button["title"] for button in card["buttons"]] == [
        "Meer weten",
        "Hoe betaal ik dit?",
        "Waarom deze?",
    ]


async def test_at_most_three_courses_are_shown_and_more_on_request(conversation: Conversation) -> None:
    await conversation.says("ik zoek een cursus techniek in Alkmaar")
    first = (await conversation.slots())["cursus_resultaten"]
    answer = await conversation.clicks("/meer_tonen")
    assert answer.responses[0] == "utter_cursus_volgende"
    following = (await conversation.slots())["cursus_resultaten"]
    assert len(first) <= 3
    assert following
    assert not set(first) & set(following)


async def test_more_ends_with_other_ways_to_go_on(conversation: Conversation) -> None:
    answer = await conversation.says(EVENING_COURSE)
    for _ in range(30):
        answer = await conversation.clicks("/meer_tonen")
        if answer.responses == ["utter_cursus_geen_meer"]:
            break
    assert answer.responses == ["utter_cursus_geen_meer"]
    assert "/cursus_zoeken" in {button["payload"] for button in answer.buttons}


@pytest.mark.parametrize(
    ("correction", "slot", "value"),
    [
        ("nee, ik bedoel Haarlem", "cursus_plaats", "Haarlem"),
        ("toch liever online", "vorm", "online"),
        ("Hoorn", "cursus_plaats", "Hoorn"),
    ],
)
async def test_a_correction_after_results_shows_new_results(
    conversation: Conversation, correction: str, slot: str, value: str
) -> None:
    await conversation.says(EVENING_COURSE)
    answer = await conversation.says(correction)
    assert results_in(answer)
    slots = await conversation.slots()
    assert slots[slot] == value
    assert slots["cursus_onderwerp"] == "elektrotechniek"


async def test_a_new_search_forgets_the_wishes_of_the_last(conversation: Conversation) -> None:
    await conversation.says(EVENING_COURSE)
    await conversation.says("ik zoek een cursus boekhouden")
    slots = await conversation.slots()
    assert slots["cursus_onderwerp"] == "boekhouden"
    assert "vorm" not in slots


async def test_when_nothing_fits_the_relaxed_wish_is_named(
    conversation: Conversation, counter: Counter
) -> None:
    query = CourseQuery(topic="lassen", place="Den Helder", form=Form.AVOND)
    assert (await counter.courses.search(query)).relaxed, "the sample data has no such case any more"
    answer = await conversation.says("ik zoek een avondcursus lassen in Den Helder")
    assert answer.responses[0] == "utter_cursus_ruimer"
    for relaxed in (await counter.courses.search(query)).relaxed:
        assert relaxed in answer.texts[0]
    assert results_in(answer)


async def test_an_unknown_place_is_asked_again_in_other_words(conversation: Conversation) -> None:
    await conversation.clicks("/cursus_zoeken")
    first = await conversation.says("lassen")
    second = await conversation.says("Parijs")
    third = await conversation.says("Parijs")
    assert second.responses == third.responses == [ASK_PLACE]
    assert len({first.texts[-1], second.texts[-1], third.texts[-1]}) == 3
    assert "cursus_plaats" not in await conversation.slots()


async def test_the_second_course_can_be_pointed_at(conversation: Conversation) -> None:
    await conversation.says("ik zoek een cursus techniek in Alkmaar")
    shown = (await conversation.slots())["cursus_resultaten"]
    answer = await conversation.says("de tweede")
    assert answer.responses == ["utter_cursus_details_kaart_voorbeeld"]
    assert (await conversation.slots())["cursus_gekozen"] == shown[1]


async def test_why_this_course_names_what_matches_and_what_one_learns(conversation: Conversation) -> None:
    results = await conversation.says(EVENING_COURSE)
    answer = await conversation.presses(results, "Waarom deze?")
    assert answer.responses == ["utter_cursus_waarom", "utter_cursus_waarom_leert"]
    assert "elektrotechniek" in answer.text


async def test_paying_leads_to_a_voucher_for_this_course(conversation: Conversation) -> None:
    results = await conversation.says(EVENING_COURSE)
    title = results.cards[0]["title"].removesuffix(" (voorbeeld)")
    paying = await conversation.presses(results, "Hoe betaal ik dit?")
    assert "utter_cursus_bekostigen_met_cursus" in paying.responses
    started = await conversation.presses(paying, "Voucher aanvragen")
    assert started.responses == ["utter_voucher_beginnen", "utter_ask_voucher_formulier_naam"]
    slots = await conversation.slots()
    assert slots["vouchersoort"] == "opleiding"
    assert title in slots["voucher_doel"]


async def test_what_the_button_offers_can_be_typed(conversation: Conversation) -> None:
    results = await conversation.says(EVENING_COURSE)
    await conversation.presses(results, "Hoe betaal ik dit?")
    started = await conversation.says("ik wil een voucher aanvragen")
    assert started.responses == ["utter_voucher_beginnen", "utter_ask_voucher_formulier_naam"]


async def test_more_without_results_is_answered(conversation: Conversation) -> None:
    assert (await conversation.clicks("/meer_tonen")).responses == ["utter_cursus_niets_getoond"]


async def test_a_question_in_between_is_answered_and_the_search_goes_on(conversation: Conversation) -> None:
    await conversation.clicks("/cursus_zoeken")
    await conversation.says("lassen")
    answer = await conversation.says("Wat is een skill?")
    assert answer.responses == ["utter_faq/wat_is_een_skill", ASK_PLACE]
    assert results_in(await conversation.says("Haarlem"))


async def test_stopping_forgets_the_search(conversation: Conversation) -> None:
    await conversation.clicks("/cursus_zoeken")
    await conversation.says("lassen")
    assert (await conversation.says("stop")).responses[0] == "utter_gesprek_gestopt"
    assert (await conversation.clicks("/cursus_zoeken")).responses == [ASK_TOPIC]


async def test_a_person_can_be_asked_for_in_the_middle(conversation: Conversation) -> None:
    await conversation.clicks("/cursus_zoeken")
    answer = await conversation.says("ik wil met een mens praten")
    assert "utter_coach_onderbreken" in answer.responses
