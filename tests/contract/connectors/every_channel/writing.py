"""What people do in whatever channel it is."""

import json
from typing import Any

from sqlalchemy import func, select

from counter.channels.storage import AddressRow
from tests.support.channels import ChannelCounter, until
from tests.support.providers import Provider, Scenario


async def brings(counter: ChannelCounter, provider: Provider, update: Any) -> int:
    """Bring an update as the provider does."""
    body = update if isinstance(update, bytes) else json.dumps(update).encode()
    return await counter.brings(body, headers=provider.sign(body))


async def says(
    counter: ChannelCounter, provider: Provider, text: str, *, person: int = 1, number: int = 1
) -> int:
    update = provider.says(Scenario.TEXT, text=text, person=person, number=number)
    return await brings(counter, provider, update)


async def conversation_ids(counter: ChannelCounter) -> list[str]:
    async with counter.database.reading() as session:
        return list(await session.scalars(select(AddressRow.conversation_id)))


async def meets(counter: ChannelCounter, provider: Provider) -> str:
    """Let somebody say something, and return the id of their conversation."""
    assert await says(counter, provider, "hoi") == 200
    await until(lambda: provider.read_by() == ["echo hoi"])
    return (await conversation_ids(counter))[0]


async def count(counter: ChannelCounter, table: type[Any]) -> int:
    async with counter.database.reading() as session:
        return await session.scalar(select(func.count()).select_from(table)) or 0
