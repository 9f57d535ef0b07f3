"""What people and Meta do in these tests."""

import asyncio
import json
from typing import Any

from sqlalchemy import select

from counter.channels.storage import DeliveryRow
from counter.conversations.model import Content
from tests.contract.connectors.whatsapp.provider import WhatsAppProvider, wa_id
from tests.support.channels import ChannelCounter
from tests.support.providers import Scenario


async def brings(counter: ChannelCounter, meta: WhatsAppProvider, update: dict[str, Any] | None) -> int:
    assert update is not None
    body = json.dumps(update).encode()
    return await counter.brings(body, headers=meta.sign(body))


async def says(
    counter: ChannelCounter, meta: WhatsAppProvider, text: str, *, number: int = 1, person: int = 1
) -> int:
    return await brings(counter, meta, meta.says(Scenario.TEXT, text=text, person=person, number=number))


async def tells(counter: ChannelCounter, content: Content, *, person: int = 1) -> None:
    await counter.tells((await counter.addresses.meet("whatsapp", wa_id(person))).id, content)


async def deliveries(counter: ChannelCounter) -> list[DeliveryRow]:
    async with counter.database.reading() as session:
        return list(await session.scalars(select(DeliveryRow).order_by(DeliveryRow.seq, DeliveryRow.part)))


async def until_delivered(counter: ChannelCounter, count: int) -> list[DeliveryRow]:
    async with asyncio.timeout(20):
        while True:
            if len(rows := await deliveries(counter)) >= count:
                return rows
            await asyncio.sleep(0.01)


def buttons(*titles: str) -> tuple[dict[str, str], ...]:
    return tuple({"title": title, "payload": f"/kies_{number}"} for number, title in enumerate(titles, 1))


def templates(meta: WhatsAppProvider) -> list[Any]:
    return [body for _, body in meta.requests if body.get("type") == "template"]
