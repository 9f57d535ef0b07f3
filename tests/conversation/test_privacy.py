"""What people say stays between them and the counter: not in logs, and gone when they erase it."""

from collections.abc import Callable, Coroutine
from typing import Any

import aiohttp
import pytest
from sqlalchemy import create_engine, text

from counter.database import Base
from counter.services import Counter
from tests.support.running import RunningLoket
from tests.support.talking import Conversation

# A word nobody else says, so that finding it anywhere means it came from this conversation.
SECRET = "kwartelhok77123"


async def stored_words(counter: Counter, loket: RunningLoket) -> str:
    """Return every value in every table of the counter and of Rasa's tracker, as one text."""
    found: list[str] = []
    async with counter.database.session() as session:
        for table in Base.metadata.sorted_tables:
            found += [str(tuple(row)) for row in await session.execute(table.select())]
    tracker = create_engine(f"sqlite:///{loket.folder / 'tracker.db'}")
    with tracker.connect() as connection:
        found += [str(tuple(row)) for row in connection.execute(text("SELECT * FROM events"))]
    tracker.dispose()
    return "\n".join(found)


def tracker_file(loket: RunningLoket) -> bytes:
    """Return what Rasa's tracker has on disk, deleted rows included."""
    return b"".join(file.read_bytes() for file in loket.folder.glob("tracker.db*"))


async def test_no_log_holds_what_somebody_said(conversation: Conversation, loket: RunningLoket) -> None:
    await conversation.says(f"mijn geheime woord is {SECRET}")
    await conversation.says(f"/{SECRET}")
    assert SECRET not in loket.log("app")
    assert SECRET not in loket.log("bot")


async def test_an_erased_conversation_is_in_no_table_any_more(
    conversation: Conversation, counter: Counter, loket: RunningLoket
) -> None:
    await conversation.says(f"mijn geheime woord is {SECRET}wissen")
    assert f"{SECRET}wissen" in await stored_words(counter, loket)
    assert f"{SECRET}wissen".encode() in tracker_file(loket)
    async with (
        aiohttp.ClientSession() as http,
        http.delete(
            f"{loket.url}/api/conversations/{conversation.id}", headers=conversation.headers
        ) as response,
    ):
        assert response.status == 204
    assert f"{SECRET}wissen" not in await stored_words(counter, loket)
    assert conversation.id not in await stored_words(counter, loket)
    assert f"{SECRET}wissen".encode() not in tracker_file(loket)


@pytest.mark.parametrize("number", ["111222333", "111.222.333", "NL91 ABNA 0417 1643 00"])
async def test_a_bsn_or_bank_account_is_kept_in_no_table(
    conversation: Conversation, counter: Counter, loket: RunningLoket, number: str
) -> None:
    answer = await conversation.says(f"dit is mijn nummer {number}")
    assert answer.texts
    assert number not in await stored_words(counter, loket)


async def test_a_later_conversation_of_another_person_knows_nothing(
    new_conversation: Callable[..., Coroutine[Any, Any, Conversation]],
) -> None:
    first = await new_conversation()
    await first.says("ik heet Wilhelmina en ik zoek een cursus lassen in Heerhugowaard")
    second = await new_conversation()
    await second.says("hoi")
    slots = await second.slots()
    assert "Heerhugowaard" not in str(slots)
