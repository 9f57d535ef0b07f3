"""Work without an interview: find it, get on a list, see one's place, leave."""

from collections.abc import Callable, Coroutine
from typing import Any

from counter.open_hiring.model import SignUpState
from counter.services import Counter
from tests.support.talking import Answer, Conversation

type Open = Callable[..., Coroutine[Any, Any, Conversation]]

ASK_PLACE = "utter_ask_open_hiring_formulier_open_hiring_plaats"
ASK_HOURS = "utter_ask_open_hiring_formulier_open_hiring_uren"
SUMMARY = ["utter_open_hiring_samenvatting", "utter_open_hiring_klopt_dit"]
RECEIPT = "utter_open_hiring_ontvangst_kaart"


async def find_jobs(conversation: Conversation) -> Answer:
    await conversation.clicks("/open_hiring_zoeken")
    await conversation.says("Alkmaar")
    answer = await conversation.says("24 uur")
    assert answer.cards
    return answer


async def reach_summary(conversation: Conversation) -> Answer:
    answer = await conversation.presses(await find_jobs(conversation), "Aanmelden")
    assert answer.responses == ["utter_open_hiring_aanmelden_beginnen", *SUMMARY]
    return answer


async def sign_up(conversation: Conversation) -> str:
    await reach_summary(conversation)
    answer = await conversation.says("ja")
    assert answer.responses == ["utter_open_hiring_aangemeld", RECEIPT]
    return number_on(answer)


def number_on(answer: Answer) -> str:
    return next(
        str(fact["value"]) for card in answer.cards for fact in card["facts"] if fact["label"] == "Nummer"
    )


async def test_open_hiring_is_explained(conversation: Conversation) -> None:
    answer = await conversation.says("wat is open hiring?")
    assert answer.responses == [
        "utter_open_hiring_uitleg",
        "utter_open_hiring_uitleg_grens",
    ]


async def test_jobs_are_found_by_place_and_hours(conversation: Conversation) -> None:
    assert (await conversation.clicks("/open_hiring_zoeken")).responses == [ASK_PLACE]
    assert (await conversation.says("Alkmaar")).responses == [ASK_HOURS]
    answer = await conversation.says("24 uur")
    assert 1 <= len(answer.cards) <= 3
    slots = await conversation.slots()
    assert (slots["open_hiring_plaats"], slots["open_hiring_uren"]) == ("Alkmaar", 24)


async def test_a_sentence_with_everything_in_it_is_asked_nothing(conversation: Conversation) -> None:
    answer = await conversation.says("ik zoek werk zonder sollicitatie in Zaandam voor 24 uur")
    assert answer.cards
    assert ASK_HOURS not in answer.responses


async def test_hours_may_be_skipped(conversation: Conversation) -> None:
    await conversation.clicks("/open_hiring_zoeken")
    asked = await conversation.says("Zaandam")
    answer = await conversation.presses(asked, "Maakt niet uit")
    assert answer.cards
    assert (await conversation.slots())["open_hiring_uren"] == 0


async def test_a_card_asks_only_practical_needs(conversation: Conversation, counter: Counter) -> None:
    answer = await find_jobs(conversation)
    job = await counter.open_hiring.get((await conversation.slots())["open_hiring_resultaten"][0])
    facts = {fact["label"]: fact["value"] for fact in answer.cards[0]["facts"]}
    assert facts["Wat je moet kunnen"] == ", ".join(job.practical_needs)
    assert set(facts) <= {"Waar", "Uren per week", "Loon", "Wat je moet kunnen", "Vrije plekken"}


async def test_a_correction_after_results_shows_new_results(conversation: Conversation) -> None:
    await find_jobs(conversation)
    answer = await conversation.says("nee, ik bedoel Haarlem")
    assert answer.cards
    slots = await conversation.slots()
    assert (slots["open_hiring_plaats"], slots["open_hiring_uren"]) == ("Haarlem", 24)


async def test_why_this_job_names_wishes_and_needs(conversation: Conversation) -> None:
    jobs = await find_jobs(conversation)
    answer = await conversation.presses(jobs, "Waarom deze?")
    assert answer.responses[-1] == "utter_open_hiring_nodig"
    assert answer.responses[0].startswith("utter_open_hiring_waarom")


async def test_signing_up_gives_a_receipt_and_a_place_on_the_list(
    conversation: Conversation, counter: Counter
) -> None:
    number = await sign_up(conversation)
    (place,) = await counter.open_hiring.places_of(conversation.id)
    assert place.number == number
    assert place.state is SignUpState.WAITING
    slots = await conversation.slots()
    assert "open_hiring_baan" not in slots
    assert "open_hiring_akkoord" not in slots
    # Nothing about the person was asked.
    assert not {"naam", "contact", "telefoon", "email"} & slots.keys()


async def test_the_second_job_can_be_pointed_at(conversation: Conversation) -> None:
    await find_jobs(conversation)
    shown = (await conversation.slots())["open_hiring_resultaten"]
    answer = await conversation.says("de tweede")
    assert answer.responses == SUMMARY
    assert (await conversation.slots())["open_hiring_baan"] == shown[1]


async def test_who_names_no_job_chooses_from_those_shown(conversation: Conversation) -> None:
    await find_jobs(conversation)
    asked = await conversation.says("ik wil me aanmelden")
    assert asked.responses[-1] == "utter_open_hiring_welke"
    assert (await conversation.clicks(asked.buttons[0]["payload"])).responses == SUMMARY


async def test_without_jobs_a_search_is_offered(conversation: Conversation) -> None:
    asked = await conversation.clicks("/open_hiring_aanmelden")
    assert asked.responses == ["utter_open_hiring_geen_keuze"]
    assert (await conversation.presses(asked, "Banen zoeken")).responses == [ASK_PLACE]


async def test_who_wants_another_job_is_asked_which(conversation: Conversation, counter: Counter) -> None:
    await reach_summary(conversation)
    asked = await conversation.clicks("/ontkennen")
    assert asked.responses == ["utter_ask_open_hiring_aanmelden_formulier_onderdeel"]
    which = await conversation.presses(asked, "Een andere baan")
    assert which.responses == ["utter_open_hiring_welke"]
    assert (await conversation.clicks(which.buttons[1]["payload"])).responses == SUMMARY
    await conversation.says("ja")
    assert len(await counter.open_hiring.places_of(conversation.id)) == 1


async def test_nobody_is_twice_on_one_list(conversation: Conversation, counter: Counter) -> None:
    number = await sign_up(conversation)
    (place,) = await counter.open_hiring.places_of(conversation.id)
    await conversation.says("ik zoek open hiring werk")
    jobs = await conversation.says("Alkmaar")
    jobs = await conversation.says("24 uur") if not jobs.cards else jobs
    again = await conversation.clicks(
        next(
            button["payload"]
            for button in jobs.buttons
            if button["payload"] == f'/open_hiring_aanmelden{{"baan":"{place.job.id}"}}'
        )
    )
    assert again.responses[-2:] == SUMMARY
    answer = await conversation.says("ja")
    assert answer.responses == ["utter_open_hiring_al_aangemeld", RECEIPT]
    assert number_on(answer) == number
    assert len(await counter.open_hiring.places_of(conversation.id)) == 1


async def test_a_question_in_between_is_answered_and_the_sign_up_goes_on(conversation: Conversation) -> None:
    jobs = await find_jobs(conversation)
    await conversation.presses(jobs, "Aanmelden")
    answer = await conversation.says("wat is open hiring?")
    assert answer.responses[-1] == "utter_open_hiring_klopt_dit"
    assert (await conversation.says("ja")).responses == ["utter_open_hiring_aangemeld", RECEIPT]


async def test_a_person_can_be_asked_for_in_the_middle(conversation: Conversation) -> None:
    await reach_summary(conversation)
    answer = await conversation.says("ik wil met een mens praten")
    assert "utter_coach_onderbreken" in answer.responses


async def test_stopping_sends_nothing(conversation: Conversation, counter: Counter) -> None:
    await reach_summary(conversation)
    assert (await conversation.says("stop")).responses[0] == "utter_gesprek_gestopt"
    assert await counter.open_hiring.places_of(conversation.id) == ()
    assert "open_hiring_baan" not in await conversation.slots()


async def test_a_place_is_found_again_in_a_later_conversation_and_can_be_left(
    conversation: Conversation, new_conversation: Open, counter: Counter
) -> None:
    number = await sign_up(conversation)
    later = await new_conversation(earlier=conversation)
    shown = await later.clicks("/open_hiring_status")
    assert shown.responses[0] == "utter_open_hiring_status_wacht"
    assert number_on(shown) == number
    asked = await later.presses(shown, "Van de lijst af")
    assert number in asked.text
    assert (await later.says("ja")).responses == ["utter_open_hiring_afgemeld"]
    (place,) = await counter.open_hiring.places_of(conversation.id)
    assert place.state is SignUpState.LEFT
    assert (await later.clicks("/open_hiring_afmelden")).responses == ["utter_open_hiring_niets_af_te_melden"]


async def test_who_is_not_sure_stays_on_the_list(conversation: Conversation, counter: Counter) -> None:
    await sign_up(conversation)
    await conversation.clicks("/open_hiring_afmelden")
    assert (await conversation.says("nee")).responses == ["utter_open_hiring_niet_afgemeld"]
    (place,) = await counter.open_hiring.places_of(conversation.id)
    assert place.state is SignUpState.WAITING


async def test_somebody_elses_number_shows_the_place_and_no_name(
    conversation: Conversation, new_conversation: Open, counter: Counter
) -> None:
    number = await sign_up(conversation)
    stranger = await new_conversation()
    shown = await stranger.says(number)
    assert shown.responses == ["utter_open_hiring_status_wacht"]
    await stranger.says(f"haal me van de lijst {number}")
    (place,) = await counter.open_hiring.places_of(conversation.id)
    assert place.state is SignUpState.WAITING
