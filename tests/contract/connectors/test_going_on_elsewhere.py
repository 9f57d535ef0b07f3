"""A conversation goes on elsewhere: one code, one time, and both sides see it."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from connectors import courier as courier_module
from counter.continuations.model import SamePlaceError, UnknownCodeError, parse_code
from counter.continuations.service import ContinuationService
from counter.conversations.model import (
    Content,
    ConversationMovedError,
    OpenedConversation,
    UnknownConversationError,
)
from counter.conversations.storage import ConversationRow
from counter.database import Database
from counter.notices.model import Notice
from tests.support.channels import ChannelCounter, ScriptedChannel, counter_with, until
from tests.support.words import plain_words

ANNA, BRAM = "anna", "bram"
HERE = plain_words(Notice.MOVED_HERE, {}).text
AWAY = plain_words(Notice.MOVED_AWAY, {}).text


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 5, 4, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture(autouse=True)
def _no_long_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(courier_module, "BACK_OFF", (0.01,))
    monkeypatch.setattr(courier_module, "SWEEP_INTERVAL", 0.05)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def channel() -> ScriptedChannel:
    return ScriptedChannel()


@pytest.fixture
async def counter(
    channel: ScriptedChannel, database: Database, clock: Clock
) -> AsyncIterator[ChannelCounter]:
    async with counter_with(channel, database, clock=clock) as counter:
        yield counter


@pytest.fixture
def continuations(counter: ChannelCounter, clock: Clock) -> ContinuationService:
    return ContinuationService(counter.database, clock, plain_words, counter.announcer.announce)


async def on_the_website(counter: ChannelCounter) -> OpenedConversation:
    opened = await counter.conversations.open("website")
    conversation = await counter.conversations.authenticate(opened.id, opened.token)
    received = await counter.conversations.receive(conversation.id, Content(text="ik zoek werk"))
    await counter.conversations.answer(conversation.id, received.message.seq, [Content(text="Waar woon je?")])
    return opened


async def person_of(counter: ChannelCounter, conversation_id: str) -> str:
    async with counter.database.reading() as session:
        return (await session.get_one(ConversationRow, conversation_id)).person_id


async def test_from_the_website_to_a_channel(
    counter: ChannelCounter, channel: ScriptedChannel, continuations: ContinuationService
) -> None:
    opened = await on_the_website(counter)
    code = await continuations.issue(opened.id)
    await counter.says(ANNA, code.text.lower().replace("-", " "), "1")
    # What was asked last is asked here again, so that it can be answered.
    await until(lambda: channel.texts == ["Waar woon je?", HERE])
    await counter.says(ANNA, "Zaandam", "2")
    await until(lambda: channel.texts[-1] == "echo Zaandam")
    assert (await counter.addresses.meet("post", ANNA)).id == opened.id
    with pytest.raises(ConversationMovedError):
        await counter.conversations.authenticate(opened.id, opened.token)
    with pytest.raises(UnknownConversationError):
        await counter.conversations.authenticate(opened.id, "geraden")


async def test_from_a_channel_to_the_website_and_both_sides_see_it(
    counter: ChannelCounter, channel: ScriptedChannel, continuations: ContinuationService
) -> None:
    await counter.says(ANNA, "hoi", "1")
    await until(lambda: channel.texts == ["echo hoi"])
    before = await counter.addresses.meet("post", ANNA)
    opened = await continuations.take_to_website((await continuations.issue(before.id)).text)
    assert opened.id == before.id
    await until(lambda: channel.texts == ["echo hoi", AWAY])
    transcript = await counter.conversations.transcript(opened.id)
    assert [message.content.text for message in transcript.messages] == ["hoi", "echo hoi", HERE]
    # Whoever writes there again begins anew, as the same person.
    await counter.says(ANNA, "nog iets", "2")
    await until(lambda: channel.texts[-1] == "echo nog iets")
    anew = await counter.addresses.meet("post", ANNA)
    assert anew.id != before.id
    assert anew.person_id == await person_of(counter, before.id)


async def test_from_one_device_to_another(
    counter: ChannelCounter, continuations: ContinuationService
) -> None:
    phone = await on_the_website(counter)
    laptop = await continuations.take_to_website((await continuations.issue(phone.id)).text)
    assert laptop.id == phone.id
    await counter.conversations.authenticate(laptop.id, laptop.token)
    with pytest.raises(ConversationMovedError):
        await counter.conversations.authenticate(phone.id, phone.token)


async def test_from_one_address_to_another(
    counter: ChannelCounter, channel: ScriptedChannel, continuations: ContinuationService
) -> None:
    await counter.says(ANNA, "hoi", "1")
    await counter.says(BRAM, "dag", "1")
    await until(lambda: len(channel.texts) == 2)
    ours, theirs = [await counter.addresses.meet("post", address) for address in (ANNA, BRAM)]
    await counter.says(BRAM, (await continuations.issue(ours.id)).text, "2")
    await until(lambda: (ANNA, AWAY) in channel.sent and (BRAM, HERE) in channel.sent)
    assert (BRAM, "echo hoi") in channel.sent
    assert (await counter.addresses.meet("post", BRAM)).id == ours.id
    # What was said at the other address before is that same person's from now on.
    assert await person_of(counter, theirs.id) == await person_of(counter, ours.id)


async def test_a_code_works_once(
    counter: ChannelCounter, channel: ScriptedChannel, continuations: ContinuationService
) -> None:
    opened = await on_the_website(counter)
    code = await continuations.issue(opened.id)
    await counter.says(ANNA, code.text, "1")
    await until(lambda: HERE in channel.texts)
    await counter.says(BRAM, code.text, "1")
    await until(lambda: (BRAM, "CODE ONBEKEND") in channel.sent)
    with pytest.raises(UnknownCodeError):
        await continuations.take_to_website(code.text)


async def test_the_same_update_twice_moves_once_and_says_so_once(
    counter: ChannelCounter, channel: ScriptedChannel, continuations: ContinuationService
) -> None:
    opened = await on_the_website(counter)
    code = await continuations.issue(opened.id)
    for _ in range(3):
        assert await counter.says(ANNA, code.text, "1") == 200
    await counter.says(ANNA, "Zaandam", "2")
    await until(lambda: channel.texts[-1:] == ["echo Zaandam"])
    assert channel.texts == ["Waar woon je?", HERE, "echo Zaandam"]


async def test_a_code_expires(
    counter: ChannelCounter, channel: ScriptedChannel, continuations: ContinuationService, clock: Clock
) -> None:
    opened = await on_the_website(counter)
    code = await continuations.issue(opened.id)
    clock.now = code.expires_at + timedelta(seconds=1)
    await counter.says(ANNA, code.text, "1")
    await until(lambda: channel.texts == ["CODE ONBEKEND"])
    await counter.conversations.authenticate(opened.id, opened.token)


async def test_a_new_code_closes_the_one_before(
    counter: ChannelCounter, continuations: ContinuationService
) -> None:
    opened = await on_the_website(counter)
    first, second = await continuations.issue(opened.id), await continuations.issue(opened.id)
    with pytest.raises(UnknownCodeError):
        await continuations.take_to_website(first.text)
    assert (await continuations.take_to_website(second.text)).id == opened.id


async def test_a_code_given_where_the_conversation_is_already_moves_nothing(
    counter: ChannelCounter, channel: ScriptedChannel, continuations: ContinuationService
) -> None:
    await counter.says(ANNA, "hoi", "1")
    await until(lambda: channel.texts == ["echo hoi"])
    ours = await counter.addresses.meet("post", ANNA)
    code = await continuations.issue(ours.id)
    await counter.says(ANNA, code.text, "2")
    await until(lambda: channel.texts == ["echo hoi", "CODE HIER"])
    # And the code is as good as it was.
    with pytest.raises(SamePlaceError):
        await continuations.take_to_address(code.text, "post", ANNA, client_id="3")
    assert (await continuations.take_to_website(code.text)).id == ours.id


async def test_who_guesses_codes_is_soon_not_listened_to(
    counter: ChannelCounter, channel: ScriptedChannel, continuations: ContinuationService
) -> None:
    opened = await on_the_website(counter)
    code = await continuations.issue(opened.id)
    for number in range(10):
        await counter.says(ANNA, f"BCDF-222{number % 8 + 2}", str(number))
    await counter.says(ANNA, code.text, "10")
    await until(lambda: channel.texts.count("CODE ONBEKEND") == 11)
    assert (await continuations.take_to_website(code.text)).id == opened.id


async def test_only_a_hash_of_the_code_is_kept(
    counter: ChannelCounter, continuations: ContinuationService
) -> None:
    opened = await on_the_website(counter)
    code = await continuations.issue(opened.id)
    async with counter.database.reading() as session:
        rows = (await session.execute(select(*_columns("continuation_codes")))).all()
    assert code.text not in str(rows)


def _columns(table: str) -> list[object]:
    from counter.database import Base  # noqa: PLC0415

    return list(Base.metadata.tables[table].columns)


@pytest.mark.parametrize(
    "words", ["onderweg", "BCDF", "ik zoek werk", "12345678", "BCDF-2345-BCDF", "bcdf-234O"]
)
def test_words_are_no_code(words: str) -> None:
    assert parse_code(words) is None
