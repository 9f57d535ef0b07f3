"""The same conversations on every channel: one dialogue, whatever shows it."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from typing import Protocol

import aiohttp
import pytest

from counter.conversations.model import Sender
from counter.open_hiring.model import SignUpState
from counter.referrals.model import OpenReferral, Reason
from counter.services import Counter
from counter.tasks.model import Assignment
from counter.tasks.written import parse_written
from tests.contract.connectors.telegram.provider import TelegramProvider
from tests.contract.connectors.whatsapp.provider import WhatsAppProvider
from tests.contract.counter.test_open_hiring import a_job, a_sign_up
from tests.contract.counter.test_vouchers import an_application
from tests.support.channel_talk import ChannelTalk, in_a_thread
from tests.support.coaching import Coach
from tests.support.providers import Provider
from tests.support.running import RunningLoket, newest_model
from tests.support.staff import a_coach
from tests.support.talking import Answer, Conversation

GREETING = ["utter_groeten", "utter_gesprek_openen"]
TOPIC = "utter_ask_cursus_formulier_cursus_onderwerp"
PLACE = "utter_ask_cursus_formulier_cursus_plaats"
FOUND = "utter_cursus_gevonden"
EVENING_COURSE = "Ik zoek een avondcursus elektrotechniek in Alkmaar"

# What somebody says, or presses (after "!"), and the first response to it.
CONVERSATIONS: dict[str, list[tuple[str, str]]] = {
    "a hello": [("hoi", "utter_groeten")],
    "what Noor can do": [("wat kun je?", "utter_gesprek_hulp")],
    "whether Noor is a person": [("ben je een mens?", "utter_gesprek_geen_mens")],
    "a course, all in one sentence": [(EVENING_COURSE, FOUND)],
    "a course, step by step": [
        ("ik wil een cursus doen", TOPIC),
        ("lassen", PLACE),
        ("Zaandam", FOUND),
    ],
    "a place that does not matter": [
        ("ik wil een cursus doen", TOPIC),
        ("lassen", PLACE),
        ("!Maakt niet uit", FOUND),
    ],
    "a correction": [(EVENING_COURSE, FOUND), ("nee, ik bedoel Haarlem", FOUND)],
    "a question in between": [
        ("ik wil een cursus doen", TOPIC),
        ("wat kost het loket?", "utter_faq/kosten_loket"),
        ("lassen", PLACE),
    ],
    "stopping": [("ik wil een cursus doen", TOPIC), ("stop maar", "utter_gesprek_gestopt")],
    "open hiring": [("wat is open hiring?", "utter_open_hiring_uitleg")],
    "work without a letter": [
        (
            "ik zoek werk zonder sollicitatiebrief in Zaandam",
            "utter_ask_open_hiring_formulier_open_hiring_uren",
        ),
    ],
    "vouchers on cards": [("wat is een voucher?", "utter_voucher_uitleg")],
    "the interest test": [
        ("doe de interessetest", "utter_orienteren_test_beginnen"),
        ("!Ja", "utter_ask_interessetest_formulier_stelling_02"),
        ("!Nee", "utter_ask_interessetest_formulier_stelling_03"),
    ],
    "what somebody can do": [
        ("ik heb tien jaar als kok gewerkt", "utter_skills_groep_beroep"),
    ],
    "an occupation": [("wat doet een lasser?", "utter_beroep_kaart")],
    "a firm that looks for people": [
        ("ik zoek personeel voor mijn bedrijf", "utter_ondernemers_personeel_zoeken"),
    ],
    "a person, please": [
        ("ik wil een mens spreken", "utter_coach_beginnen"),
        ("!Werk vinden", "utter_ask_coach_formulier_coach_regio"),
    ],
    "somebody in need": [("ik wil niet meer leven", "utter_coach_nood")],
    "another language": [("do you speak english?", "utter_coach_taal_en")],
    "what is kept": [("wat weten jullie van mij?", "utter_gegevens_bewaard")],
    "words that nobody understands": [
        ("🦆🦆", "utter_terugval_herformuleren"),
        ("🦆🦆🦆", "utter_terugval_menu"),
        ("🦆", "utter_terugval_mens"),
    ],
}


class Talk(Protocol):
    """A conversation, wherever it is held."""

    async def says(self, text: str) -> Answer:
        """Say something and wait for the whole answer."""

    async def presses(self, answer: Answer, title: str) -> Answer:
        """Press the button with this title."""


@pytest.fixture(scope="module")
def providers() -> Iterator[dict[str, Provider]]:
    telegram, whatsapp = TelegramProvider(), WhatsAppProvider()
    with in_a_thread(telegram), in_a_thread(whatsapp):
        yield {"telegram": telegram, "whatsapp": whatsapp}


@pytest.fixture(scope="module")
def loket(tmp_path_factory: pytest.TempPathFactory, providers: dict[str, Provider]) -> Iterator[RunningLoket]:
    running = RunningLoket(
        folder=tmp_path_factory.mktemp("channels"),
        model=newest_model(),
        environment={
            name: value for provider in providers.values() for name, value in provider.environment.items()
        },
    )
    try:
        running.start()
        yield running
    finally:
        running.stop()


@pytest.fixture(params=["website", "telegram", "whatsapp"])
async def talk(
    request: pytest.FixtureRequest,
    loket: RunningLoket,
    providers: dict[str, Provider],
    counter: Counter,
) -> AsyncIterator[Talk]:
    async with aiohttp.ClientSession() as http:
        if request.param == "website":
            yield await Conversation(http, loket.url, loket.bot_url).open()
        else:
            yield ChannelTalk(http, loket, providers[request.param], counter)


@pytest.mark.parametrize("title", list(CONVERSATIONS))
async def test_the_same_conversation_goes_the_same_way_everywhere(talk: Talk, title: str) -> None:
    answer = Answer(messages=[], responses=[])
    for words, response in CONVERSATIONS[title]:
        if words.startswith("!"):
            answer = await talk.presses(answer, words.removeprefix("!"))
        else:
            answer = await talk.says(words)
        assert response in answer.responses, answer.responses
        if isinstance(talk, ChannelTalk):
            # Whatever was said and could be pressed has been read, in some shape.
            for text in answer.texts:
                assert text.split()[0] in talk.read
            for button in answer.buttons:
                assert button["title"][:18].rstrip() in talk.read


@pytest.fixture(params=["telegram", "whatsapp"])
async def channel_talk(
    request: pytest.FixtureRequest,
    loket: RunningLoket,
    providers: dict[str, Provider],
    counter: Counter,
) -> AsyncIterator[ChannelTalk]:
    async with aiohttp.ClientSession() as http:
        yield ChannelTalk(http, loket, providers[request.param], counter)


async def test_what_a_coach_answers_is_read_where_the_person_asked(
    channel_talk: ChannelTalk, loket: RunningLoket, counter: Counter
) -> None:
    for words in (
        "ik wil een mens spreken",
        "over een andere baan",
        "Zaandam",
        "Fatima",
        "fatima@example.nl",
    ):
        await channel_talk.says(words)
    assert (await channel_talk.says("ja")).responses[0] == "utter_coach_ontvangst"
    (receipt,) = await counter.referrals.of_person(channel_talk.id)
    # From a process of its own, as an adviser does: nobody told the one that sends.
    await asyncio.to_thread(
        loket.command, "coach", "reply", receipt.number, "Dag Fatima, ik bel je morgen.", "--coach", "Ria"
    )
    await channel_talk.receives("Dag Fatima, ik bel je morgen.")


async def test_noor_is_silent_while_a_coach_is_there_and_answers_when_she_is_handed_back(
    channel_talk: ChannelTalk, counter: Counter
) -> None:
    await channel_talk.says("hoi")
    asked = OpenReferral(conversation_id=channel_talk.id, message_id="m1", reason=Reason.ASKED)
    number = (await counter.referrals.open(asked)).number
    coach = a_coach("Sanne", organisation="Loket Haarlem")
    await counter.desk.claim(number, coach)
    await channel_talk.receives("Sanne is er, een coach van Loket Haarlem")
    claimed_at = (await counter.conversations.transcript(channel_talk.id)).messages[-1].seq
    for words in ("wat is een voucher?", "stop", "ik wil een cursus doen"):
        await channel_talk.writes(words)
    await counter.desk.say(number, coach, "Ik ben er. Vertel eens.", client_id="k1")
    await channel_talk.receives("Ik ben er. Vertel eens.")
    heard = (await counter.conversations.transcript(channel_talk.id, after=claimed_at)).messages
    assert [message.sender for message in heard] == [Sender.PERSON] * 3 + [Sender.COACH]
    await counter.desk.hand_back(number, coach)
    await channel_talk.receives("Sanne is klaar voor nu")
    await channel_talk.catch_up()
    assert "utter_voucher_uitleg" in (await channel_talk.says("wat is een voucher?")).responses


async def test_what_a_coach_has_noor_ask_is_asked_where_the_person_is(
    channel_talk: ChannelTalk, counter: Counter
) -> None:
    await channel_talk.says("hoi")
    coach = Coach(counter, channel_talk.id)
    await coach.takes_over()
    await channel_talk.writes("wat is een voucher?")
    await coach.says("Ik laat Noor nog iets vragen.")
    await channel_talk.receives("Ik laat Noor nog iets vragen.")
    await coach.hands_back(Assignment(questions=parse_written("postcode\nWat vond je het leukst?")))
    await channel_talk.receives("Wat is je postcode?")
    page = await counter.conversations.transcript(channel_talk.id)
    assert [message.sender for message in page.messages[-3:]] == [Sender.COACH, Sender.SYSTEM, Sender.BOT]
    assert "taak_uitvoeren" not in channel_talk.read
    channel_talk.seq = page.messages[-1].seq
    assert "Sanne wil graag weten: Wat vond je het leukst?" in (await channel_talk.says("1506 AB")).text
    await channel_talk.says("het bakken")
    answer = await channel_talk.presses(Answer(messages=[], responses=[]), "Ja, geef maar door")
    assert answer.responses == ["utter_taak_klaar"]
    (kept,) = (await counter.conversations.export(channel_talk.id))["tasks"]
    assert [asked["answer"] for asked in kept["questions"]] == ["1506 AB", "het bakken"]


async def test_a_decision_about_a_voucher_is_read_where_the_person_asked(
    channel_talk: ChannelTalk, loket: RunningLoket, counter: Counter
) -> None:
    await channel_talk.says("hoi")
    number = (await counter.vouchers.apply(an_application(channel_talk.id))).number
    await asyncio.to_thread(
        loket.command, "voucher", "decide", number, "toegekend", "--reason", "Past goed bij je plan."
    )
    await channel_talk.receives("Je voucher is toegekend")
    assert "Past goed bij je plan." in channel_talk.read


async def test_a_free_place_is_offered_and_taken_where_the_person_is(
    channel_talk: ChannelTalk, loket: RunningLoket, counter: Counter
) -> None:
    await channel_talk.says("hoi")
    job = a_job(f"baan-{channel_talk.id[:8]}")
    await counter.open_hiring.store([job])
    place = await counter.open_hiring.sign_up(a_sign_up(channel_talk.id, job_id=job.id))
    await asyncio.to_thread(loket.command, "jobs", "free", job.id)
    await channel_talk.receives("Ja, ik neem de plek")
    await channel_talk.catch_up()
    await channel_talk.presses(Answer(messages=[], responses=[]), "Ja, ik neem de plek")
    await channel_talk.says("Samira")
    asked = await channel_talk.says("06 12345678")
    await channel_talk.presses(asked, "Ja, ik neem de plek")
    taken = await counter.open_hiring.place_by_number(place.number)
    assert taken is not None
    assert taken.state is SignUpState.ACCEPTED


async def test_who_erases_everything_is_told_so_where_they_asked(channel_talk: ChannelTalk) -> None:
    answer = await channel_talk.says("wis al mijn gegevens")
    answer = await channel_talk.presses(answer, "Ja, wis alles")
    await channel_talk.receives("gewist")
    # And whoever writes again is somebody new.
    channel_talk.seq = 0
    assert "utter_groeten" in (await channel_talk.says("hoi")).responses
