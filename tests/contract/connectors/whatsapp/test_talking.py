"""People talk in WhatsApp: everything arrives, choices can be made, and its window is respected."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from structlog.testing import capture_logs

from connectors.whatsapp.client import WhatsAppChannel
from connectors.whatsapp.outgoing import words
from counter.conversations.model import Content
from counter.database import Database
from tests.contract.connectors.whatsapp.provider import (
    ACCOUNT,
    WhatsAppProvider,
    together,
    user_id,
    wa_id,
    wamid,
)
from tests.contract.connectors.whatsapp.talking import (
    brings,
    buttons,
    deliveries,
    says,
    tells,
    templates,
    until_delivered,
)
from tests.support.channels import ChannelCounter, counter_with, until
from tests.support.providers import Scenario


async def test_what_somebody_says_is_answered_and_marked_as_read(
    counter: ChannelCounter, meta: WhatsAppProvider
) -> None:
    assert await says(counter, meta, "ik zoek werk") == 200
    await until(lambda: len(meta.requests) == 2)
    assert meta.read_by(1) == ["echo ik zoek werk"]
    assert {
        "messaging_product": "whatsapp",
        "status": "read",
        "message_id": wamid(1, 1),
        "typing_indicator": {"type": "text"},
    } in [body for _, body in meta.requests]
    assert meta.refused == []


async def test_everything_that_comes_at_once_is_taken_in_order(
    counter: ChannelCounter, meta: WhatsAppProvider
) -> None:
    first = [meta.says(Scenario.TEXT, text=f"bericht {number}", number=number) for number in (2, 1, 3)]
    other = meta.says(Scenario.TEXT, text="hallo", person=2)
    everything = together(
        *[update for update in (*first, other) if update], meta.reports("read", "wamid.eerder")
    )
    assert await brings(counter, meta, everything) == 200
    assert await brings(counter, meta, everything) == 200
    await until(lambda: len(meta.read_by(1)) == 3 and len(meta.read_by(2)) == 1)
    assert meta.read_by(1) == ["echo bericht 1", "echo bericht 2", "echo bericht 3"]


async def test_who_hides_their_number_is_answered_too(
    counter: ChannelCounter, meta: WhatsAppProvider
) -> None:
    await brings(counter, meta, meta.captured("without_number", person=3))
    await until(lambda: meta.read_by(3) == ["echo hoi"])
    assert {body.get("recipient") for _, body in meta.requests if "type" in body} == {user_id(3)}


async def test_who_opens_the_chat_is_greeted(counter: ChannelCounter, meta: WhatsAppProvider) -> None:
    await brings(counter, meta, meta.says(Scenario.START))
    await until(lambda: counter.bot.asked == ["/groeten"])


async def test_a_number_that_changed_hands_is_sent_nothing(
    counter: ChannelCounter, meta: WhatsAppProvider
) -> None:
    await says(counter, meta, "hoi")
    await until(lambda: meta.read_by(1) == ["echo hoi"])
    conversation = await counter.addresses.meet("whatsapp", wa_id(1))
    await brings(counter, meta, meta.captured("number_changed", number=2))
    await counter.tells(conversation.id, Content(text="nieuws"))
    await asyncio.sleep(0.1)
    assert meta.read_by(1) == ["echo hoi"]


@pytest.mark.parametrize(
    ("titles", "kind"),
    [
        (["Ja", "Nee"], "interactive"),
        (["Ja", "Nee", "Ik wil mijn diploma laten erkennen"], "interactive"),
        ([f"Cursus {number}" for number in range(1, 13)], "text"),
    ],
)
async def test_whatever_shape_a_choice_has_it_can_be_made(
    counter: ChannelCounter, meta: WhatsAppProvider, titles: list[str], kind: str
) -> None:
    await tells(counter, Content(text="Kies", buttons=buttons(*titles)))
    await until(lambda: meta.read_by(1))
    assert meta.requests[-1][1]["type"] == kind
    await brings(counter, meta, meta.presses(titles[-1]))
    await until(lambda: counter.bot.asked == [f"/kies_{len(titles)}"])
    assert meta.refused == []


async def test_cards_with_the_same_buttons_are_chosen_by_number(
    counter: ChannelCounter, meta: WhatsAppProvider
) -> None:
    cards = [
        {"title": f"Baan {number}", "buttons": [{"title": "Meer weten", "payload": f"/baan_{number}"}]}
        for number in (1, 2)
    ]
    await tells(counter, Content(text="Twee banen", cards=cards))
    await until(lambda: meta.read_by(1))
    assert words()["nummer"] in meta.read_by(1)[0]
    await says(counter, meta, "2")
    await until(lambda: counter.bot.asked == ["/baan_2"])


async def test_a_long_message_arrives_whole_and_in_order(
    counter: ChannelCounter, meta: WhatsAppProvider
) -> None:
    text = "\n\n".join(f"Alinea {number}. " + "Dit hoort erbij. " * 20 for number in range(20))
    await tells(counter, Content(text=text, buttons=buttons("Ja", "Nee")))
    rows = await until_delivered(counter, 3)
    assert [(row.part, row.provider_id) for row in rows] == list(enumerate(meta.ids))
    read = "".join(meta.read_by(1)[:-2])
    assert "".join(read.split()) == "".join(text.split())
    assert meta.refused == []


async def test_reports_of_a_message_count_in_any_order(
    counter: ChannelCounter, meta: WhatsAppProvider
) -> None:
    await says(counter, meta, "hoi")
    await until_delivered(counter, 1)
    states = []
    for state in ("delivered", "sent", "read", "delivered", "failed"):
        assert await brings(counter, meta, meta.reports(state, meta.ids[0])) == 200
        states += [row.state for row in await deliveries(counter)]
    assert states == ["delivered", "delivered", "read", "read", "read"]


async def test_a_message_that_meta_took_and_could_not_deliver_has_failed_with_its_code(
    counter: ChannelCounter, meta: WhatsAppProvider
) -> None:
    await says(counter, meta, "hoi")
    await until_delivered(counter, 1)
    await brings(counter, meta, meta.reports("failed", meta.ids[0], code=131047))
    assert [(row.state, row.error) for row in await deliveries(counter)] == [("failed", "131047")]


async def test_who_blocked_us_is_left_alone_until_they_write(
    counter: ChannelCounter, meta: WhatsAppProvider
) -> None:
    await says(counter, meta, "hoi")
    await until_delivered(counter, 1)
    conversation = await counter.addresses.meet("whatsapp", wa_id(1))
    await brings(counter, meta, meta.reports("failed", meta.ids[0], code=131026))
    await counter.tells(conversation.id, Content(text="nieuws"))
    await asyncio.sleep(0.1)
    assert meta.read_by(1) == ["echo hoi"]
    await says(counter, meta, "ben er weer", number=2)
    await until(lambda: len(meta.read_by(1)) == 3)
    assert meta.read_by(1) == ["echo hoi", "nieuws", "echo ben er weer"]


async def test_outside_the_window_one_template_asks_to_write_and_then_everything_arrives(
    meta: WhatsAppProvider, channel: WhatsAppChannel, database: Database
) -> None:
    now = [datetime(2026, 11, 5, 9, tzinfo=UTC)]
    async with counter_with(channel, database, clock=lambda: now[0]) as counter:
        await says(counter, meta, "hoi")
        await until(lambda: meta.read_by(1) == ["echo hoi"])
        conversation = await counter.addresses.meet("whatsapp", wa_id(1))
        now[0] += timedelta(hours=24)
        await counter.tells(conversation.id, Content(text="nieuws"))
        await counter.tells(conversation.id, Content(text="meer nieuws"))
        await until(lambda: len(templates(meta)) == 1)
        await asyncio.sleep(0.1)
        assert (len(templates(meta)), meta.read_by(1)) == (1, ["echo hoi"])
        now[0] += timedelta(hours=1)
        await brings(counter, meta, meta.captured("template_button", number=2))
        await until(lambda: len(meta.read_by(1)) == 4)
    assert meta.read_by(1)[1:] == ["nieuws", "meer nieuws", "echo Vertel maar"]
    assert templates(meta)[0]["template"]["name"] == "noor_heeft_nieuws"
    assert meta.refused == []


async def test_a_window_that_meta_finds_closed_is_knocked_at(
    counter: ChannelCounter, meta: WhatsAppProvider
) -> None:
    meta.refuse(131047)
    await says(counter, meta, "hoi")
    await until(lambda: len(templates(meta)) == 1)
    await says(counter, meta, "dag", number=2)
    await until(lambda: len(meta.read_by(1)) == 2)
    assert meta.read_by(1) == ["echo hoi", "echo dag"]


async def test_without_a_template_nothing_is_sent_and_the_administrator_is_told_once(
    meta: WhatsAppProvider,
) -> None:
    meta.account = replace(ACCOUNT, template="")
    async with meta.running() as channel:
        with capture_logs() as logs:
            await channel.knock(wa_id(1))
            await channel.knock(wa_id(2))
        assert not channel.can_knock()
    assert meta.requests == []
    assert [entry["event"] for entry in logs] == ["whatsapp_has_no_template"]


def test_the_window_is_a_little_shorter_than_metas() -> None:
    channel = WhatsAppChannel(ACCOUNT, None)  # type: ignore[arg-type]
    heard = datetime(2026, 11, 5, 9, tzinfo=UTC)
    assert channel.is_open(heard, heard + timedelta(hours=23, minutes=57))
    assert not channel.is_open(heard, heard + timedelta(hours=23, minutes=59))
