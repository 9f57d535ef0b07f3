"""My data: see it, correct it, take it along, erase it."""

import asyncio
import re
from collections.abc import Callable, Coroutine
from typing import Any

import aiohttp
import pytest

from counter.database import new_id
from counter.people.model import Detail
from counter.referrals.model import OpenReferral, Reason
from counter.schemes.model import VoucherKind
from counter.services import Counter
from counter.vouchers.model import Decision, VoucherApplicationCommand, VoucherReceipt
from tests.conversation.test_privacy import stored_words
from tests.support.running import RunningLoket
from tests.support.talking import Answer, Conversation

type Open = Callable[..., Coroutine[Any, Any, Conversation]]

ASK_KIND = "utter_ask_gegevens_wijzigen_formulier_gegevens_soort"
SUMMARY = ["utter_gegevens_samenvatting", "utter_gegevens_akkoord"]
ASK_SURE = "utter_ask_gegevens_wissen_formulier_gegevens_wissen_akkoord"
ERASED_SECONDS = 30


async def applied(counter: Counter, conversation: Conversation, name: str = "Yasmina") -> VoucherReceipt:
    return await counter.vouchers.apply(
        VoucherApplicationCommand(
            conversation_id=conversation.id,
            message_id=new_id(),
            kind=VoucherKind.OPLEIDING,
            goal="lassen leren",
            name=name,
            age=34,
            postcode="1506 AB",
            email="yasmina@voorbeeld.nl",
            phone="+31612345678",
        )
    )


def facts_of(answer: Answer) -> dict[str, str]:
    return {fact["label"]: fact["value"] for card in answer.cards for fact in card.get("facts", ())}


async def until_erased(conversation: Conversation) -> list[dict[str, Any]]:
    """Return what is left of the conversation once everything is erased."""
    async with asyncio.timeout(ERASED_SECONDS):
        while True:
            messages = (await conversation.reads())["messages"]
            if [message["from"] for message in messages] == ["system"]:
                return list(messages)
            await asyncio.sleep(0.1)


# --- see -------------------------------------------------------------------------------------


async def test_who_asks_what_is_known_sees_their_own_values_and_what_is_kept(
    conversation: Conversation, counter: Counter
) -> None:
    receipt = await applied(counter, conversation)
    answer = await conversation.says("wat weten jullie van mij?")
    assert answer.responses == [
        "utter_gegevens_over_jou",
        "utter_gegevens_bewaard",
        "utter_gegevens_verder",
    ]
    facts = facts_of(answer)
    assert (facts["Naam"], facts["Telefoon"]) == ("Yasmina", "06 12345678")
    assert facts["Voucheraanvragen"] == f"1: {receipt.number}"
    assert facts["Gesprekken"].startswith("1, sinds ")
    assert "Aanmeldingen voor werk" not in facts


async def test_who_is_a_stranger_is_told_that_noor_does_not_know_them(conversation: Conversation) -> None:
    answer = await conversation.says("welke gegevens heb je van mij")
    assert answer.responses == ["utter_gegevens_bewaard", "utter_gegevens_nog_onbekend"]


async def test_a_later_conversation_shows_what_was_submitted_in_an_earlier_one(
    conversation: Conversation, new_conversation: Open, counter: Counter
) -> None:
    await applied(counter, conversation)
    later = await new_conversation(earlier=conversation)
    facts = facts_of(await later.clicks("/gegevens_inzien"))
    assert facts["Naam"] == "Yasmina"
    assert facts["Gesprekken"].startswith("2, sinds ")


async def test_what_somebody_only_said_here_is_shown_as_well(conversation: Conversation) -> None:
    await conversation.says("ik heet Jolanda")
    assert facts_of(await conversation.clicks("/gegevens_inzien"))["Naam"] == "Jolanda"


async def test_somebody_sees_their_data_in_the_middle_of_an_application_which_goes_on(
    conversation: Conversation,
) -> None:
    await conversation.clicks("/voucher_aanvragen")
    answer = await conversation.says("wat weten jullie van mij?")
    assert answer.responses[-1] == "utter_ask_voucher_formulier_vouchersoort"
    assert "utter_gegevens_bewaard" in answer.responses


async def test_everything_can_be_taken_along(conversation: Conversation) -> None:
    shown = await conversation.clicks("/gegevens_inzien")
    answer = await conversation.presses(shown, "Alles downloaden")
    assert answer.responses == ["utter_gegevens_downloaden"]


# --- correct ---------------------------------------------------------------------------------


async def test_a_new_number_in_one_sentence_is_shown_and_then_changed_everywhere(
    conversation: Conversation, counter: Counter
) -> None:
    receipt = await applied(counter, conversation)
    summary = await conversation.says("mijn nieuwe telefoonnummer is 06 87654321")
    assert summary.responses == SUMMARY
    assert facts_of(summary) == {"Nu": "06 12345678", "Straks": "06 87654321", "Waar": receipt.number}
    answer = await conversation.says("ja")
    assert answer.responses == ["utter_gegevens_gewijzigd"]
    overview = await counter.people.overview(conversation.id)
    assert overview.values(Detail.PHONE, is_used=True) == ("+31687654321",)
    assert (await conversation.slots())["telefoon"] == "+31687654321"


async def test_who_only_says_that_something_is_wrong_is_asked_what_and_how(
    conversation: Conversation, counter: Counter
) -> None:
    await applied(counter, conversation)
    asked = await conversation.clicks("/gegevens_wijzigen")
    assert asked.responses == [ASK_KIND]
    assert (await conversation.presses(asked, "Naam")).responses == ["utter_gegevens_vraag_naam"]
    assert (await conversation.says("Yasmine")).responses == SUMMARY
    assert (await conversation.says("ja graag")).responses == ["utter_gegevens_gewijzigd"]
    overview = await counter.people.overview(conversation.id)
    assert overview.values(Detail.NAME, is_used=True) == ("Yasmine",)


@pytest.mark.parametrize(
    ("words", "question", "answer"),
    [
        ("mijn achternaam staat verkeerd", "utter_gegevens_vraag_naam", "Fatima el Idrissi"),
        ("ik ben verhuisd", "utter_gegevens_vraag_postcode", "1815 KK"),
        ("mijn e-mailadres is veranderd", "utter_gegevens_vraag_email", "nieuw@voorbeeld.nl"),
        ("mijn leeftijd staat verkeerd", "utter_gegevens_vraag_leeftijd", "35"),
    ],
)
async def test_people_name_what_is_wrong_in_their_own_words(
    conversation: Conversation, counter: Counter, words: str, question: str, answer: str
) -> None:
    await applied(counter, conversation)
    assert (await conversation.says(words)).responses == [question]
    summary = await conversation.says(answer)
    assert summary.responses == SUMMARY
    assert facts_of(summary)["Straks"] == answer


async def test_a_number_that_cannot_be_right_is_asked_again_in_other_words(
    conversation: Conversation, counter: Counter
) -> None:
    await applied(counter, conversation)
    first = await conversation.clicks("/gegevens_wijzigen")
    first = await conversation.presses(first, "Telefoonnummer")
    second = await conversation.says("0612")
    third = await conversation.says("12")
    assert len({first.text, second.text, third.text}) == 3
    assert (await conversation.says("06-87654321")).responses == SUMMARY


async def test_who_thinks_again_gives_another_number_and_sees_the_new_summary(
    conversation: Conversation, counter: Counter
) -> None:
    await applied(counter, conversation)
    await conversation.says("mijn nieuwe telefoonnummer is 06 87654321")
    summary = await conversation.says("nee, 0611112222")
    assert summary.responses == SUMMARY
    assert facts_of(summary)["Straks"] == "06 11112222"


async def test_who_says_no_changes_nothing(conversation: Conversation, counter: Counter) -> None:
    await applied(counter, conversation)
    await conversation.says("mijn nieuwe telefoonnummer is 06 87654321")
    assert (await conversation.says("nee")).responses == ["utter_gegevens_niet_gewijzigd"]
    overview = await counter.people.overview(conversation.id)
    assert overview.values(Detail.PHONE, is_used=True) == ("+31612345678",)


async def test_a_detail_that_stands_nowhere_is_kept_for_this_conversation(conversation: Conversation) -> None:
    answer = await conversation.says("pas mijn mail aan naar anna@voorbeeld.nl")
    assert answer.responses == ["utter_gegevens_nergens_anders"]
    assert (await conversation.slots())["email"] == "anna@voorbeeld.nl"


async def test_a_question_in_between_is_answered_and_the_correction_goes_on(
    conversation: Conversation, counter: Counter
) -> None:
    await applied(counter, conversation)
    await conversation.says("mijn nieuwe telefoonnummer is 06 87654321")
    answer = await conversation.says("wat kost de hulp van het loket?")
    assert answer.responses == ["utter_faq/kosten_loket", *SUMMARY]


async def test_stopping_a_correction_changes_nothing(conversation: Conversation, counter: Counter) -> None:
    await applied(counter, conversation)
    await conversation.says("mijn nieuwe telefoonnummer is 06 87654321")
    assert (await conversation.says("stop")).responses[0] == "utter_gegevens_gestopt"
    assert "gegevens_waarde" not in await conversation.slots()


async def test_a_new_e_mail_address_within_an_application_corrects_that_application(
    conversation: Conversation,
) -> None:
    await conversation.clicks("/voucher_aanvragen")
    for said in ("opleidingsvoucher", "lasser worden", "Yasmina", "34", "1506 AB", "oud@voorbeeld.nl"):
        await conversation.says(said)
    answer = await conversation.says("mijn mailadres is veranderd in nieuw@voorbeeld.nl")
    assert answer.responses[-1].startswith("utter_ask_voucher_formulier")
    assert (await conversation.slots())["email"] == "nieuw@voorbeeld.nl"


# --- erase -----------------------------------------------------------------------------------


async def test_who_wants_to_be_forgotten_reads_first_what_goes_and_what_stays(
    conversation: Conversation, counter: Counter
) -> None:
    await applied(counter, conversation)
    answer = await conversation.says("ik wil dat jullie alles van mij wissen")
    assert answer.responses == ["utter_gegevens_wissen_uitleg", "utter_gegevens_wissen_blijft", ASK_SURE]
    assert facts_of(answer)["Voucheraanvragen"] == "1"


async def test_who_was_awarded_a_voucher_hears_that_it_is_lost(
    conversation: Conversation, counter: Counter
) -> None:
    receipt = await applied(counter, conversation)
    await counter.voucher_desk.decide(receipt.number, Decision.AWARDED, adviser="jan", reason="goed plan")
    answer = await conversation.clicks("/gegevens_verwijderen")
    assert "utter_gegevens_wissen_voucher_weg" in answer.responses


async def test_a_yes_really_erases_everything_of_the_person_in_every_conversation(
    conversation: Conversation, new_conversation: Open, counter: Counter, loket: RunningLoket
) -> None:
    # Nobody else in these tests has this name: the databases are shared.
    secret = "Anastasia"
    await conversation.says(f"ik heet {secret}")
    await applied(counter, conversation, name=secret)
    await counter.referrals.open(
        OpenReferral(conversation_id=conversation.id, message_id="m", reason=Reason.ASKED, name=secret)
    )
    later = await new_conversation(earlier=conversation)
    await later.says(f"hier is {secret} weer")
    await later.clicks("/gegevens_verwijderen")
    await later.sends({"text": "ja", "client_id": "wis"})
    [message] = await until_erased(later)
    assert secret not in await stored_words(counter, loket)
    assert conversation.id not in await stored_words(counter, loket)
    facts = {fact["label"]: fact["value"] for card in message["cards"] for fact in card["facts"]}
    assert facts.pop("Gewist op")
    assert facts == {"Gesprekken": "2", "Voucheraanvragen": "1", "Vragen aan een coach": "1"}
    assert not re.search(r"[VHC]-[0-9A-Z]{4}", str(message))


async def test_the_bot_remembers_nothing_of_who_was_erased(
    conversation: Conversation, loket: RunningLoket
) -> None:
    await conversation.says("ik zoek een cursus lassen in Heerhugowaard")
    await conversation.clicks("/gegevens_verwijderen")
    await conversation.sends({"text": "ja", "client_id": "wis"})
    await until_erased(conversation)
    assert "cursus_plaats" not in await conversation.slots()
    assert "Heerhugowaard" not in loket.log("app")


async def test_who_is_erased_can_begin_again_as_somebody_new(
    conversation: Conversation, counter: Counter
) -> None:
    await applied(counter, conversation)
    await conversation.clicks("/gegevens_verwijderen")
    await conversation.sends({"text": "ja", "client_id": "wis"})
    await until_erased(conversation)
    answer = await conversation.says("hoi")
    assert answer.responses == ["utter_groeten", "utter_gesprek_openen"]
    assert await counter.vouchers.applications_of(conversation.id) == ()


@pytest.mark.parametrize(
    ("no", "response"), [("nee", "utter_gegevens_niet_gewist"), ("stop", "utter_gegevens_gestopt")]
)
async def test_who_is_not_sure_loses_nothing(
    conversation: Conversation, counter: Counter, no: str, response: str
) -> None:
    await applied(counter, conversation)
    await conversation.clicks("/gegevens_verwijderen")
    assert (await conversation.says(no)).responses[0] == response
    assert len(await counter.vouchers.applications_of(conversation.id)) == 1
    assert await counter.people.erasure_wishes() == []


async def test_a_question_in_between_erases_nothing_and_the_question_comes_back(
    conversation: Conversation,
) -> None:
    await conversation.clicks("/gegevens_verwijderen")
    answer = await conversation.says("hoe lang bewaren jullie dit?")
    assert answer.responses[-1] == ASK_SURE
    # No words at all: "peer" may be a slip of "meer", and that is a question in between again.
    first = await conversation.says("😀")
    second = await conversation.says("🤷")
    assert first.responses[-1] == second.responses[-1] == ASK_SURE
    assert first.texts[-1] != second.texts[-1]


async def test_who_would_rather_talk_to_a_person_erases_nothing(
    conversation: Conversation, counter: Counter
) -> None:
    await conversation.clicks("/gegevens_verwijderen")
    answer = await conversation.says("ik wil met een mens praten")
    assert "utter_coach_beginnen" in answer.responses
    assert await counter.people.erasure_wishes() == []


async def test_the_call_that_erases_one_conversation_still_erases_that_one_only(
    conversation: Conversation, new_conversation: Open, loket: RunningLoket
) -> None:
    await conversation.says("hoi")
    later = await new_conversation(earlier=conversation)
    await later.says("hoi")
    address = f"{loket.url}/api/conversations/{later.id}"
    async with aiohttp.ClientSession() as http, http.delete(address, headers=later.headers) as response:
        assert response.status == 204
    assert (await conversation.reads())["messages"]


# --- the development account -----------------------------------------------------------------


async def test_an_empty_account_is_explained(conversation: Conversation) -> None:
    answer = await conversation.says("wat staat er op mijn ontwikkelrekening?")
    assert answer.responses == ["utter_gegevens_rekening_leeg"]
    assert (await conversation.presses(answer, "Voucher aanvragen")).responses[0] == "utter_voucher_beginnen"


async def test_an_account_shows_what_is_awarded_and_what_is_reserved_in_euros(
    conversation: Conversation, counter: Counter
) -> None:
    receipt = await applied(counter, conversation)
    reserved = facts_of(await conversation.clicks("/ontwikkelrekening_inzien"))
    assert (reserved["Toegekend, nog te gebruiken"], reserved["Nog in behandeling"]) == ("€ 0", "€ 1.500")
    await counter.voucher_desk.decide(receipt.number, Decision.AWARDED, adviser="jan", reason="goed plan")
    awarded = await conversation.says("hoeveel staat er op mijn ontwikkelrekening")
    assert facts_of(awarded)["Toegekend, nog te gebruiken"] == "€ 1.500"
    assert "utter_gegevens_rekening_toegekend" in awarded.responses
    happened = await conversation.presses(awarded, "Wat gebeurde er?")
    assert happened.responses[:2] == [
        "utter_gegevens_rekening_regel_apart",
        "utter_gegevens_rekening_regel_toegekend",
    ]
    assert facts_of(happened)["Uit"] == "Opleidingsfonds techniek (voorbeeld)"
