"""One contract for every channel, over doubles that check each request we send as the provider would.

Bodies are captured updates (`<channel>/fixtures/<scenario>.json`); only the bot is no real one.
"""

import asyncio
import itertools
import json
import logging
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from connectors import gateway as gateway_module
from counter.channels.storage import AddressRow, DeliveryRow
from counter.clock import utc_now
from counter.conversations.model import Content
from counter.conversations.storage import ConversationRow
from counter.database import Database
from counter.places.gazetteer import Gazetteer
from counter.services import open_counter
from skills_taxonomy import Taxonomy
from tests.contract.connectors.every_channel.writing import brings, conversation_ids, count, meets, says
from tests.support.bots import ScriptedBot
from tests.support.channels import ChannelCounter, counter_with, until
from tests.support.coaching import Coach
from tests.support.databases import Databases
from tests.support.providers import Fault, Provider, Scenario
from tests.support.words import plain_words

# One provider has the people of many examples.
PEOPLE = itertools.count(50)
NOTICES = {
    Scenario.PHOTO: "GEEN FOTO",
    Scenario.VOICE: "GEEN SPRAAK",
    Scenario.DOCUMENT: "GEEN BESTAND",
    Scenario.STICKER: "GEEN STICKER",
    Scenario.CONTACT: "GEEN CONTACT",
    Scenario.UNKNOWN: "GEEN TEKST",
}
CHOICES = tuple({"title": title, "payload": f"/{title.lower()}"} for title in ("Cursus", "Werk", "Coach"))


async def test_a_cry_for_help_to_a_coach_gets_the_numbers_to_call_and_no_word_of_noors(
    counter: ChannelCounter, provider: Provider, taxonomy: Taxonomy
) -> None:
    here = await meets(counter, provider)
    desk = open_counter(counter.database, taxonomy, Gazetteer([]), utc_now, wording=plain_words)
    await Coach(desk, here).takes_over()
    for number, text in enumerate(("dag", "ik wil niet meer leven", "hallo"), start=2):
        assert await says(counter, provider, text, number=number) == 200
    await until(lambda: any(text.startswith("nood") for text in provider.read_by()))
    # The last word was looked at as well.
    await until(lambda: counter.bot.read_words == ["dag", "ik wil niet meer leven", "hallo"])
    names = [text.partition(":")[0] for text in provider.read_by()]
    assert names == ["echo hoi", "coach_is_er", "nood"]
    assert counter.bot.asked == ["hoi"]


async def test_people_are_answered_where_they_wrote_each_in_their_own_conversation(
    counter: ChannelCounter, provider: Provider
) -> None:
    for person in (1, 2, 3):
        assert await says(counter, provider, f"ik ben {person}", person=person) == 200
    await until(lambda: all(provider.read_by(person) == [f"echo ik ben {person}"] for person in (1, 2, 3)))
    assert len(set(await conversation_ids(counter))) == 3


async def test_messages_sent_in_a_burst_are_answered_in_order(
    counter: ChannelCounter, provider: Provider
) -> None:
    words = [f"bericht {number}" for number in range(1, 9)]
    for number, word in enumerate(words, start=1):
        await says(counter, provider, word, number=number)
    await until(lambda: len(provider.read_by()) == len(words))
    assert provider.read_by() == [f"echo {word}" for word in words]


async def test_a_first_hello_is_answered(counter: ChannelCounter, provider: Provider) -> None:
    update = provider.says(Scenario.START)
    assert update is not None
    assert await brings(counter, provider, update) == 200
    await until(lambda: counter.bot.asked == ["/groeten"])


@pytest.mark.parametrize("scenario", list(NOTICES))
async def test_what_nobody_here_can_read_is_answered(
    counter: ChannelCounter, provider: Provider, scenario: Scenario
) -> None:
    update = provider.says(scenario)
    assert update is not None
    assert await brings(counter, provider, update) == 200
    await until(lambda: provider.read_by() == [NOTICES[scenario]])
    assert counter.bot.asked == []
    assert not [
        method for method, _ in provider.requests if "file" in method.lower() or "media" in method.lower()
    ]


async def test_a_location_is_the_place_that_is_there(counter: ChannelCounter, provider: Provider) -> None:
    update = provider.says(Scenario.LOCATION)
    assert await brings(counter, provider, update) == 200
    await until(lambda: counter.bot.asked == ["Zaandam"])


async def test_nobody_else_brings_anything(counter: ChannelCounter, provider: Provider) -> None:
    body = json.dumps(provider.says(Scenario.TEXT, text="hoi")).encode()
    for wrong, headers in provider.forgeries(body).items():
        assert await counter.brings(body, headers=headers) == 403, wrong
    assert await count(counter, ConversationRow) == 0
    assert provider.requests == []


async def test_the_same_update_again_is_answered_once(counter: ChannelCounter, provider: Provider) -> None:
    update = provider.says(Scenario.TEXT, text="hoi")
    assert await asyncio.gather(*(brings(counter, provider, update) for _ in range(4))) == [200] * 4
    await says(counter, provider, "dag", number=2)
    await until(lambda: "echo dag" in provider.read_by())
    assert provider.read_by() == ["echo hoi", "echo dag"]


async def test_an_absent_bot_is_told_and_answers_when_it_is_back(
    provider: Provider, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gateway_module, "PATIENCE", 0.05)
    monkeypatch.setattr(gateway_module, "BACK_OFF", (0.1,))
    async with (
        provider.running() as channel,
        counter_with(channel, database, bot=ScriptedBot(unavailable=3)) as counter,
    ):
        await says(counter, provider, "hoi")
        await until(lambda: len(provider.read_by()) == 2)
    assert provider.read_by() == ["WACHT", "echo hoi"]


async def test_a_long_text_arrives_whole(counter: ChannelCounter, provider: Provider) -> None:
    conversation_id = await meets(counter, provider)
    sentence = "Een zin met een 👩🏽‍🔧 en een ë, over werk & leren <nu>. "
    long = sentence * 200 + "onafgebroken" * 600
    await counter.tells(conversation_id, Content(text=long.strip()))
    await until(lambda: _compact("".join(provider.read_by()[1:])) == _compact(long))
    assert len(provider.read_by()) > 2


def _compact(text: str) -> str:
    return re.sub(r"\s", "", text)


async def test_a_button_is_pressed_and_is_what_it_stood_for(
    counter: ChannelCounter, provider: Provider
) -> None:
    conversation_id = await meets(counter, provider)
    await counter.tells(conversation_id, Content(text="Wat zoek je?", buttons=CHOICES))
    await until(lambda: {"Cursus", "Werk", "Coach"} <= set(provider.read_by()))
    assert await brings(counter, provider, provider.presses("Werk", number=2)) == 200
    await until(lambda: counter.bot.asked == ["hoi", "/werk"])


async def test_a_button_on_a_card_is_pressed(counter: ChannelCounter, provider: Provider) -> None:
    conversation_id = await meets(counter, provider)
    card = {
        "title": "Monteur *zonnepanelen*",
        "subtitle": "Zon & Co <BV>",
        "text": "Werk op het dak_",
        "facts": [{"label": "Uren", "value": "32"}],
        "link": {"title": "Lees meer", "url": "https://voorbeeld.nl/baan?a=1&b=2"},
        "buttons": [{"title": "Meld me aan", "payload": '/open_hiring_aanmelden{"baan":"7"}'}],
    }
    await counter.tells(conversation_id, Content(text="Kijk:", cards=(card,), buttons=CHOICES[:1]))
    await until(lambda: {"Meld me aan", "Cursus"} <= set(provider.read_by()))
    read = " ".join(provider.read_by())
    for words in ("Monteur", "zonnepanelen", "Zon & Co <BV>", "Werk op het dak_", "Uren", "32"):
        assert words in read
    assert any("https://voorbeeld.nl/baan?a=1&b=2" in json.dumps(body) for _, body in provider.requests)
    assert await brings(counter, provider, provider.presses("Meld me aan", number=2)) == 200
    await until(lambda: counter.bot.asked == ["hoi", '/open_hiring_aanmelden{"baan":"7"}'])


@pytest.mark.parametrize("amount", [1, 3, 4, 10, 11, 14])
async def test_however_many_choices_there_are_each_can_be_made(
    counter: ChannelCounter, provider: Provider, amount: int
) -> None:
    conversation_id = await meets(counter, provider)
    titles = [f"Keuze {letter}" for letter in "abcdefghijklmn"[:amount]]
    choices = tuple({"title": title, "payload": f"/{title[-1]}"} for title in titles)
    await counter.tells(conversation_id, Content(text="Kies", buttons=choices))
    await until(lambda: all(title in "\n".join(provider.read_by()) for title in titles))
    if counter.channel.shows_numbers(Content(text="Kies", buttons=choices)):
        await says(counter, provider, str(amount), number=2)
    else:
        await brings(counter, provider, provider.presses(titles[-1], number=2))
    await until(lambda: counter.bot.asked == ["hoi", choices[-1]["payload"]])


async def test_a_long_choice_can_be_read_whole_and_made(counter: ChannelCounter, provider: Provider) -> None:
    conversation_id = await meets(counter, provider)
    titles = [
        "Ik wil weten welke vaardigheden ik nodig heb voor dit werk bij jou in de buurt en hoe ik die leer",
        "Nee",
    ]
    choices = tuple({"title": title, "payload": f"/{title[:2].lower()}"} for title in titles)
    await counter.tells(conversation_id, Content(text="Kies", buttons=choices))
    await until(lambda: titles[0] in "\n".join(provider.read_by()))
    if counter.channel.shows_numbers(Content(text="Kies", buttons=choices)):
        await says(counter, provider, "1", number=2)
    else:
        await brings(counter, provider, provider.presses(titles[0], number=2))
    await until(lambda: counter.bot.asked == ["hoi", "/ik"])


async def test_a_button_of_an_erased_conversation_is_answered(
    counter: ChannelCounter, provider: Provider
) -> None:
    conversation_id = await meets(counter, provider)
    await counter.tells(conversation_id, Content(text="Wat zoek je?", buttons=CHOICES))
    await until(lambda: "Werk" in provider.read_by())
    press = provider.presses("Werk", number=2)
    await counter.conversations.erase(conversation_id)
    assert await brings(counter, provider, press) == 200
    await until(lambda: provider.read_by()[-1] == "KNOP VERLOPEN")


@pytest.mark.parametrize("fault", [Fault.BUSY, Fault.DOWN])
async def test_a_provider_that_is_away_for_a_while_gets_everything_in_order(
    counter: ChannelCounter, provider: Provider, fault: Fault
) -> None:
    conversation_id = await meets(counter, provider)
    provider.fail(fault, fault, fault)
    for text in ("een", "twee", "drie"):
        await counter.tells(conversation_id, Content(text=text))
    await until(lambda: len(provider.read_by()) == 4)
    assert provider.read_by() == ["echo hoi", "een", "twee", "drie"]


async def test_what_a_provider_never_takes_holds_up_nothing(
    counter: ChannelCounter, provider: Provider
) -> None:
    conversation_id = await meets(counter, provider)
    provider.fail(Fault.NEVER)
    for text in ("een", "twee"):
        await counter.tells(conversation_id, Content(text=text))
    await until(lambda: provider.read_by()[-1] == "twee")
    assert provider.read_by() == ["echo hoi", "twee"]
    async with counter.database.reading() as session:
        failed = (await session.scalars(select(DeliveryRow).where(DeliveryRow.state == "failed"))).all()
    assert len(failed) == 1


async def test_who_blocked_us_is_left_alone_until_they_write_again(
    counter: ChannelCounter, provider: Provider
) -> None:
    conversation_id = await meets(counter, provider)
    provider.fail(Fault.BLOCKED)
    await counter.tells(conversation_id, Content(text="nieuws"))
    await asyncio.sleep(0.3)
    requests = len(provider.requests)
    await counter.tells(conversation_id, Content(text="meer nieuws"))
    await asyncio.sleep(0.3)
    assert len(provider.requests) == requests
    await says(counter, provider, "ben er weer", number=2)
    await until(lambda: len(provider.read_by()) == 4)
    assert provider.read_by() == ["echo hoi", "nieuws", "meer nieuws", "echo ben er weer"]


async def test_nothing_personal_is_in_the_logs(
    counter: ChannelCounter,
    provider: Provider,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    # Below it the database's driver tells every statement with its values; the app never logs that low.
    caplog.set_level(logging.INFO)
    provider.fail(Fault.BUSY, Fault.NEVER)
    await says(counter, provider, "mijn geheim is groen")
    await says(counter, provider, "dag", number=2)
    await until(lambda: "echo dag" in provider.read_by())
    for scenario in Scenario:
        if (update := provider.says(scenario, number=3 + list(Scenario).index(scenario))) is not None:
            await brings(counter, provider, update)
    await asyncio.sleep(0.2)
    printed = capsys.readouterr()
    logged = caplog.text + printed.out + printed.err
    async with counter.database.reading() as session:
        addresses = list(await session.scalars(select(AddressRow.address)))
    assert addresses
    for secret in ("geheim", "groen", *addresses):
        assert secret not in logged


@pytest.mark.parametrize("backend", ["sqlite"])
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(text=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=6000))
async def test_whatever_is_said_the_provider_takes_it_and_it_arrives_whole(
    provider: Provider, databases: Databases, backend: str, text: str
) -> None:
    person = next(PEOPLE)
    database = Database.open(databases.migrated(backend))
    async with provider.running() as channel, counter_with(channel, database) as counter:
        await says(counter, provider, "hoi", person=person)
        await until(lambda: provider.read_by(person) == ["echo hoi"])
        [conversation_id] = await conversation_ids(counter)
        await counter.tells(conversation_id, Content(text=text))
        await counter.tells(conversation_id, Content(text="klaar"))
        await until(lambda: provider.read_by(person)[-1] == "klaar")
        assert _compact("".join(provider.read_by(person)[1:-1])) == _compact(text)
    await database.close()
