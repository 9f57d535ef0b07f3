"""An employer offers a job without an interview; nobody sees it before an adviser has looked."""

from collections.abc import Callable, Coroutine
from typing import Any

import aiohttp
import pytest

from counter.database import new_id
from counter.employers.model import Employer
from counter.job_drafts.model import JobDraft, JobDraftState
from counter.open_hiring.model import Introduction, JobQuery, SignUp
from counter.services import Counter
from tests.support.running import RunningLoket
from tests.support.talking import Answer, Conversation

type Open = Callable[..., Coroutine[Any, Any, Conversation]]

ASK = "utter_ask_open_hiring_plaatsen_formulier_"
ASK_KVK, ASK_FIRM = "utter_ask_kvk_nummer", "utter_ask_bedrijf"
SUMMARY = ["utter_open_hiring_plaatsen_samenvatting", "utter_open_hiring_plaatsen_klopt_dit"]
RECEIPT = ["utter_open_hiring_plaatsen_ontvangen", "utter_open_hiring_plaatsen_ontvangst_kaart"]
REFUSED = "utter_open_hiring_plaatsen_verleden"
ANSWERS = {
    f"{ASK}open_hiring_plaatsen_titel": "Inpakker van thee",
    f"{ASK}open_hiring_plaatsen_plaats": "Zaandam",
    f"{ASK}open_hiring_plaatsen_uren": "24 tot 32 uur",
    f"{ASK}open_hiring_plaatsen_nodig": "10 kilo tillen, 4 uur staan",
    f"{ASK}open_hiring_plaatsen_aantal": "2",
    ASK_KVK: "12345678",
    ASK_FIRM: "Theehuis Jansen",
    f"{ASK}naam": "Kees Jansen",
    f"{ASK}contact": "06 12345678",
}


async def reach(
    conversation: Conversation, question: str = "", *, title: str = "Inpakker van thee"
) -> Answer:
    """Answer every question up to this one; all of them without one."""
    answer = await conversation.clicks("/open_hiring_plaatsen")
    for asked, said in ANSWERS.items():
        assert answer.responses[-1] == asked
        if asked.endswith(question) and question:
            return answer
        answer = await conversation.says(title if asked.endswith("titel") else said)
    assert answer.responses == SUMMARY
    return answer


async def offer(conversation: Conversation, *, title: str = "Inpakker van thee") -> str:
    await reach(conversation, title=title)
    answer = await conversation.says("ja")
    assert answer.responses == RECEIPT
    return facts(answer)["Nummer"]


def facts(answer: Answer) -> dict[str, str]:
    return {fact["label"]: str(fact["value"]) for fact in answer.cards[0]["facts"]}


async def draft_of(number: str, counter: Counter) -> JobDraft:
    return next(draft for draft in await counter.job_drafts.in_review() if draft.receipt.number == number)


async def public(counter: Counter) -> set[str]:
    """Return the titles of all jobs that people can find."""
    return {hit.job.title for hit in (await counter.open_hiring.search(JobQuery(), limit=10_000)).hits}


async def test_an_offered_job_gets_a_receipt_and_waits_for_an_adviser(
    conversation: Conversation, counter: Counter
) -> None:
    draft = await draft_of(await offer(conversation), counter)
    assert draft.receipt.state is JobDraftState.IN_REVIEW
    assert (draft.receipt.title, draft.receipt.place) == ("Inpakker van thee", "Zaandam")
    assert (draft.hours_min, draft.hours_max, draft.open_places) == (24, 32, 2)
    assert draft.practical_needs == ("10 kilo tillen", "4 uur staan")
    assert draft.employer == Employer(kvk_number="12345678", name="Theehuis Jansen")
    assert (draft.name, draft.phone, draft.email) == ("Kees Jansen", "+31612345678", None)
    slots = await conversation.slots()
    assert not [name for name in slots if name.startswith("open_hiring_plaatsen")]


async def test_nobody_finds_the_job_before_it_is_approved_and_everybody_afterwards(
    conversation: Conversation, new_conversation: Open, counter: Counter
) -> None:
    number = await offer(conversation, title="Inpakker van zeep")
    assert "Inpakker van zeep" not in await public(counter)
    await counter.job_drafts.approve(number, adviser="Mila")
    assert "Inpakker van zeep" in await public(counter)
    seeker = await new_conversation()
    answer = await seeker.says("ik zoek werk zonder sollicitatie in Zaandam voor 28 uur")
    found = [card["title"] for card in answer.cards]
    while "Inpakker van zeep" not in found:
        answer = await seeker.clicks("/meer_tonen")
        assert answer.cards, found
        found += [card["title"] for card in answer.cards]
    card = next(card for card in answer.cards if card["title"] == "Inpakker van zeep")
    assert card["subtitle"] == "Theehuis Jansen"
    assert "Kees" not in str(card)
    shown = await conversation.clicks("/open_hiring_plaatsen_status")
    assert shown.responses[0] == "utter_open_hiring_beheren_baan"


async def test_an_employer_follows_the_list_hears_who_comes_and_says_what_became_of_it(
    conversation: Conversation, new_conversation: Open, counter: Counter
) -> None:
    number = await offer(conversation, title="Inpakker van koffie")
    await counter.job_drafts.approve(number, adviser="Mila")
    [own] = await counter.employer_jobs.jobs_of(conversation.id)
    seeker = await new_conversation()
    place = await counter.open_hiring.sign_up(
        SignUp(job_id=own.job.id, conversation_id=seeker.id, message_id=new_id())
    )
    shown = await conversation.clicks("/open_hiring_plaatsen_status")
    assert {"label": "Plek aangeboden", "value": "1"} in shown.cards[0]["facts"]
    assert "Samira" not in str(shown.messages)
    introduction = Introduction(name="Samira", phone="+31612345678")
    await counter.open_hiring.accept(place.number, seeker.id, introduction)
    shown = await conversation.clicks("/open_hiring_plaatsen_status")
    assert "Samira" in str(shown.cards[1])
    assert "+31612345678" in str(shown.cards[1])
    told = await conversation.presses(shown, "Begonnen")
    assert told.responses == ["utter_open_hiring_beheren_begonnen"]
    again = await conversation.presses(shown, "Nog een plek vrij")
    assert again.responses[:2] == ["utter_open_hiring_beheren_plek_vrij", "utter_open_hiring_beheren_baan"]
    sure = await conversation.presses(again, "Baan sluiten")
    assert sure.responses == ["utter_open_hiring_beheren_zeker_sluiten"]
    closed = await conversation.presses(sure, "Ja, sluit de baan")
    assert closed.responses == ["utter_open_hiring_beheren_sluiten"]
    assert "Inpakker van koffie" not in await public(counter)


async def test_a_sentence_with_everything_in_it_is_asked_only_the_rest(conversation: Conversation) -> None:
    answer = await conversation.says(
        "ik wil een open hiring vacature plaatsen voor 2 lassers in Hoorn, 32 uur"
    )
    assert answer.responses == [
        "utter_open_hiring_plaatsen_beginnen",
        f"{ASK}open_hiring_plaatsen_nodig",
    ]
    slots = await conversation.slots()
    assert slots["open_hiring_plaatsen_titel"] == "Lasser"
    assert (slots["open_hiring_plaatsen_plaats"], slots["open_hiring_plaatsen_uren"]) == ("Hoorn", "32")
    assert slots["open_hiring_plaatsen_aantal"] == 2


async def test_what_was_told_about_staff_is_not_asked_again(conversation: Conversation) -> None:
    offered = await conversation.says("ons bedrijf zoekt 3 lassers in Zaandam")
    answer = await conversation.presses(offered, "Open hiring")
    assert answer.responses[-1] == f"{ASK}open_hiring_plaatsen_uren"
    slots = await conversation.slots()
    assert (slots["open_hiring_plaatsen_titel"], slots["open_hiring_plaatsen_aantal"]) == ("Lasser", 3)


@pytest.mark.parametrize(
    "past",
    [
        "een mbo diploma",
        "stuur je cv",
        "een motivatiebrief",
        "eerst een kennismakingsgesprek",
        "minimaal 2 jaar ervaring",
        "vanaf 18 jaar",
        "twee referenties",
    ],
)
async def test_a_need_that_asks_for_the_past_is_refused_with_the_principle(
    conversation: Conversation, past: str
) -> None:
    await reach(conversation, "nodig")
    answer = await conversation.says(past)
    assert answer.responses == [REFUSED, f"{ASK}open_hiring_plaatsen_nodig"]
    assert "open_hiring_plaatsen_nodig" not in await conversation.slots()
    answer = await conversation.says("10 kilo tillen")
    assert answer.responses == [f"{ASK}open_hiring_plaatsen_aantal"]


async def test_a_title_that_asks_for_the_past_is_refused_as_well(conversation: Conversation) -> None:
    await reach(conversation, "titel")
    answer = await conversation.says("lasser met diploma")
    assert answer.responses == [REFUSED, f"{ASK}open_hiring_plaatsen_titel"]
    assert "diploma" in answer.text


async def test_work_may_ask_nothing_special(conversation: Conversation) -> None:
    asked = await reach(conversation, "nodig")
    answer = await conversation.presses(asked, "Niets bijzonders")
    assert answer.responses == [f"{ASK}open_hiring_plaatsen_aantal"]
    assert (await conversation.slots())["open_hiring_plaatsen_nodig"] == []


@pytest.mark.parametrize(
    ("question", "wrong"),
    [
        ("plaatsen_titel", "12"),
        ("plaatsen_plaats", "Timboektoe"),
        ("plaatsen_uren", "100 uur"),
        ("plaatsen_aantal", "0"),
        ("kvk_nummer", "06 12345678"),
        ("bedrijf", "x"),
        ("contact", "0612"),
    ],
)
async def test_a_wrong_answer_is_not_kept_and_asked_again_in_other_words(
    conversation: Conversation, question: str, wrong: str
) -> None:
    first = await reach(conversation, question)
    second = await conversation.says(wrong)
    third = await conversation.says(wrong)
    assert second.responses[-1] == third.responses[-1] == first.responses[-1]
    assert len({first.texts[-1], second.texts[-1], third.texts[-1]}) == 3


async def test_one_item_of_the_summary_can_be_changed(conversation: Conversation, counter: Counter) -> None:
    await reach(conversation)
    choices = await conversation.clicks("/ontkennen")
    assert choices.responses == [f"{ASK}onderdeel"]
    assert (await conversation.presses(choices, "Uren")).responses == [f"{ASK}open_hiring_plaatsen_uren"]
    answer = await conversation.says("16 uur")
    assert answer.responses == SUMMARY
    assert facts(answer)["Uren per week"] == "16"
    draft = await draft_of(facts(await conversation.says("ja"))["Nummer"], counter)
    assert (draft.hours_min, draft.hours_max) == (16, 16)


@pytest.mark.parametrize(
    ("said", "label", "value"),
    [
        ("nee, ik bedoel Hoorn", "Plaats", "Hoorn"),
        ("nee, 40 uur", "Uren per week", "40"),
        ("nee, 4 plekken", "Vrije plekken", "4"),
    ],
)
async def test_an_item_of_the_summary_can_be_corrected_in_words(
    conversation: Conversation, said: str, label: str, value: str
) -> None:
    await reach(conversation)
    answer = await conversation.says(said)
    assert answer.responses == SUMMARY
    assert facts(answer)[label] == value


async def test_the_firm_that_is_known_is_not_asked_again(
    conversation: Conversation, new_conversation: Open
) -> None:
    await offer(conversation)
    later = await new_conversation(earlier=conversation)
    await later.clicks("/open_hiring_plaatsen")
    for said in ("Inpakker", "Hoorn", "24 uur", "4 uur staan"):
        await later.says(said)
    assert (await later.says("1")).responses == [f"{ASK}naam"]
    slots = await later.slots()
    assert (slots["kvk_nummer"], slots["bedrijf"]) == ("12345678", "Theehuis Jansen")


async def test_a_question_in_between_is_answered_and_the_form_goes_on(conversation: Conversation) -> None:
    await reach(conversation, "uren")
    answer = await conversation.says("wat is open hiring?")
    assert answer.responses[-1] == f"{ASK}open_hiring_plaatsen_uren"
    assert (await conversation.says("24")).responses == [f"{ASK}open_hiring_plaatsen_nodig"]


async def test_stopping_sends_nothing(conversation: Conversation, counter: Counter) -> None:
    await reach(conversation)
    assert (await conversation.says("stop")).responses[0] == "utter_gesprek_gestopt"
    assert await counter.job_drafts.of_person(conversation.id) == ()
    slots = await conversation.slots()
    assert not [name for name in slots if name.startswith("open_hiring_plaatsen")]


async def test_a_person_can_be_asked_for_and_the_job_goes_on_afterwards(conversation: Conversation) -> None:
    await reach(conversation, "uren")
    answer = await conversation.says("ik wil met een mens praten")
    assert answer.responses[:2] == ["utter_coach_onderbreken", "utter_coach_beginnen"]
    await conversation.says("stop")
    assert (await conversation.clicks("/open_hiring_plaatsen")).responses == [
        "utter_open_hiring_plaatsen_verder",
        f"{ASK}open_hiring_plaatsen_uren",
    ]


async def test_a_job_sent_twice_is_received_once(conversation: Conversation, counter: Counter) -> None:
    await reach(conversation)
    for _ in range(3):
        status, received = await conversation.sends({"text": "ja", "client_id": "dezelfde"})
        assert status == 202
    await conversation.answer_to(received["seq"])
    assert len(await counter.job_drafts.of_person(conversation.id)) == 1


async def test_a_job_is_found_again_by_its_number_and_strangers_see_only_its_state(
    conversation: Conversation, new_conversation: Open
) -> None:
    number = await offer(conversation)
    later = await new_conversation(earlier=conversation)
    shown = await later.says("is mijn vacature al goedgekeurd?")
    assert shown.responses == [
        "utter_open_hiring_plaatsen_status_controle",
        "utter_open_hiring_plaatsen_status_verder",
    ]
    assert facts(shown)["Nummer"] == number
    stranger = await new_conversation()
    shown = await stranger.says(number)
    assert shown.responses == ["utter_open_hiring_plaatsen_status_controle"]
    assert set(facts(shown)) == {"Nummer"}
    assert "thee" not in str(shown.messages)


async def test_who_offered_no_job_is_told_so(conversation: Conversation) -> None:
    answer = await conversation.clicks("/open_hiring_plaatsen_status")
    assert answer.responses == ["utter_open_hiring_plaatsen_geen_baan"]
    assert (await conversation.says("B-0000-0000")).responses == [
        "utter_open_hiring_plaatsen_onbekend_nummer"
    ]


async def test_a_job_is_in_the_export_and_withdrawn_when_the_conversation_is_erased(
    conversation: Conversation, loket: RunningLoket, counter: Counter
) -> None:
    number = await offer(conversation)
    address = f"{loket.url}/api/conversations/{conversation.id}"
    async with aiohttp.ClientSession(headers=conversation.headers) as http:
        async with http.get(f"{address}/export") as response:
            export = await response.json()
        async with http.delete(address) as response:
            assert response.status == 204
    [job] = export["job_drafts"]
    assert (job["number"], job["title"], job["employer"]) == (number, "Inpakker van thee", "Theehuis Jansen")
    receipt = await counter.job_drafts.by_number(number)
    assert receipt is not None
    assert (receipt.state, receipt.title) == (JobDraftState.WITHDRAWN, "")
