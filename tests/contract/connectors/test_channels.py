"""Every channel: what people send is kept first; what they are told arrives once, in order."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from connectors import courier as courier_module
from connectors import gateway as gateway_module
from connectors import reception as reception_module
from connectors.channel import (
    Arrival,
    Location,
    NeverDeliveredError,
    OutOfReachError,
    TryLaterError,
    WindowClosedError,
    choice_id,
)
from connectors.throttle import Limits
from counter.channels.storage import AddressRow, DeliveryRow
from counter.conversations.model import Content
from counter.conversations.storage import ConversationRow
from counter.database import Database
from tests.support.bots import ScriptedBot
from tests.support.channels import ChannelCounter, ScriptedChannel, counter_with, until

ANNA = "anna"


@pytest.fixture(autouse=True)
def _no_long_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gateway_module, "BACK_OFF", (0.001,))
    monkeypatch.setattr(gateway_module, "SWEEP_INTERVAL", 0.02)
    monkeypatch.setattr(courier_module, "BACK_OFF", (0.001,))
    monkeypatch.setattr(courier_module, "SWEEP_INTERVAL", 0.02)


@pytest.fixture
def channel() -> ScriptedChannel:
    return ScriptedChannel()


@pytest.fixture
async def counter(channel: ScriptedChannel, database: Database) -> AsyncIterator[ChannelCounter]:
    async with counter_with(channel, database) as counter:
        yield counter


async def conversation_of(counter: ChannelCounter, address: str) -> str:
    return (await counter.addresses.meet("post", address)).id


async def deliveries(counter: ChannelCounter, count: int) -> list[DeliveryRow]:
    """Return what is recorded of sent parts, once there are so many."""
    async with asyncio.timeout(20):
        while True:
            async with counter.database.reading() as session:
                rows = await session.scalars(select(DeliveryRow).order_by(DeliveryRow.seq, DeliveryRow.part))
                if len(found := list(rows)) >= count:
                    return found
            await asyncio.sleep(0.01)


async def test_what_somebody_says_is_answered_where_they_said_it(
    counter: ChannelCounter, channel: ScriptedChannel
) -> None:
    assert await counter.says(ANNA, "hoi", "1") == 200
    assert await counter.says("bram", "dag", "1") == 200
    await until(lambda: len(channel.sent) == 2)
    assert sorted(channel.sent) == [(ANNA, "echo hoi"), ("bram", "echo dag")]


async def test_the_same_update_twice_is_answered_once(
    counter: ChannelCounter, channel: ScriptedChannel
) -> None:
    await asyncio.gather(*(counter.says(ANNA, "hoi", "1") for _ in range(5)))
    await counter.says(ANNA, "dag", "2")
    await until(lambda: "echo dag" in channel.texts)
    assert channel.texts == ["echo hoi", "echo dag"]
    assert sorted(channel.acknowledged) == ["1", "2"]


async def test_a_stranger_is_refused_and_nothing_is_kept(
    counter: ChannelCounter, channel: ScriptedChannel
) -> None:
    update = {"arrival": {"address": ANNA, "client_id": "1", "text": "hoi"}}
    assert await counter.brings(update, headers={"X-Secret": "geraden"}) == 403
    assert await counter.brings(update, headers={}) == 403
    async with counter.database.reading() as session:
        assert (await session.scalars(select(ConversationRow))).all() == []
    assert channel.sent == []


async def test_what_is_no_json_is_refused_and_what_is_no_business_of_ours_is_acknowledged(
    counter: ChannelCounter,
) -> None:
    assert await counter.brings(b"{") == 400
    assert await counter.brings(b"[" * 100_000) == 400
    assert await counter.brings(b"\xff") == 400
    assert await counter.brings({"iets": "anders"}) == 200


async def test_a_channel_that_is_not_set_up_is_not_there(counter: ChannelCounter) -> None:
    async with counter.client.post("/webhooks/fax", json={}) as response:
        assert response.status == 404
    async with counter.client.get("/webhooks/post") as response:
        assert response.status == 403


async def test_every_part_of_an_answer_arrives_in_order_although_the_provider_is_busy(
    counter: ChannelCounter, channel: ScriptedChannel
) -> None:
    channel.errors.extend([None, TryLaterError(0.01), TryLaterError(), None, TryLaterError()])
    await counter.says(ANNA, "een|twee|drie", "1")
    await until(lambda: len(channel.sent) == 3)
    assert channel.texts == ["echo een", "twee", "drie"]
    assert [(row.part, row.provider_id, row.state) for row in await deliveries(counter, 3)] == [
        (0, "p1", "sent"),
        (1, "p2", "sent"),
        (2, "p3", "sent"),
    ]


async def test_a_message_that_is_refused_for_good_does_not_hold_up_the_next(
    counter: ChannelCounter, channel: ScriptedChannel
) -> None:
    channel.errors.append(NeverDeliveredError("131009"))
    await counter.says(ANNA, "fout", "1")
    await counter.says(ANNA, "goed", "2")
    await until(lambda: "echo goed" in channel.texts)
    assert channel.texts == ["echo goed"]
    failed = (await deliveries(counter, 2))[0]
    assert (failed.state, failed.error, failed.provider_id) == ("failed", "131009", None)


async def test_a_failure_of_our_own_is_tried_again_and_does_not_hold_up_for_ever(
    counter: ChannelCounter, channel: ScriptedChannel
) -> None:
    channel.unspeakable.add("echo kapot")
    await counter.says(ANNA, "kapot", "1")
    await counter.says(ANNA, "heel", "2")
    await until(lambda: "echo heel" in channel.texts)
    assert channel.texts == ["echo heel"]


async def test_who_blocked_us_gets_what_waits_when_they_write_again(
    counter: ChannelCounter, channel: ScriptedChannel
) -> None:
    await counter.says(ANNA, "hoi", "1")
    await until(lambda: channel.texts == ["echo hoi"])
    channel.errors.append(OutOfReachError())
    conversation_id = await conversation_of(counter, ANNA)
    await counter.tells(conversation_id, Content(text="nieuws"))
    await until(lambda: not channel.errors)
    await asyncio.sleep(0.1)
    assert channel.texts == ["echo hoi"]
    await counter.says(ANNA, "ben er weer", "2")
    await until(lambda: len(channel.texts) == 3)
    assert channel.texts == ["echo hoi", "nieuws", "echo ben er weer"]


async def test_who_writes_while_we_hear_that_they_blocked_us_is_not_left_alone(
    counter: ChannelCounter, channel: ScriptedChannel
) -> None:
    conversation_id = await conversation_of(counter, ANNA)
    await counter.conversations.notify(conversation_id, Content(text="nieuws"))
    errand = await counter.addresses.next_errand(conversation_id, "a courier that is slow")
    assert errand is not None
    await counter.says(ANNA, "ben er weer", "1")
    await counter.addresses.wait_to_be_heard(errand, is_out_of_reach=True)
    await until(lambda: channel.texts == ["nieuws", "echo ben er weer"])


async def test_who_left_is_sent_nothing(counter: ChannelCounter, channel: ScriptedChannel) -> None:
    await counter.says(ANNA, "hoi", "1")
    await until(lambda: channel.texts == ["echo hoi"])
    conversation_id = await conversation_of(counter, ANNA)
    assert await counter.brings({"departure": ANNA}) == 200
    await counter.tells(conversation_id, Content(text="nieuws"))
    await asyncio.sleep(0.1)
    assert channel.texts == ["echo hoi"]


async def test_who_says_that_they_want_nothing_more_is_told_goodbye_and_sent_nothing_until_they_write(
    counter: ChannelCounter, channel: ScriptedChannel
) -> None:
    await counter.says(ANNA, "hoi", "1")
    await until(lambda: channel.texts == ["echo hoi"])
    conversation_id = await conversation_of(counter, ANNA)
    assert await counter.brings({"farewell": ANNA}) == 200
    await until(lambda: channel.goodbyes == [(ANNA, "AFGEMELD")])
    await counter.tells(conversation_id, Content(text="nieuws"))
    await asyncio.sleep(0.1)
    assert channel.texts == ["echo hoi"]
    await counter.says(ANNA, "ben er weer", "2")
    await until(lambda: channel.texts == ["echo hoi", "nieuws", "echo ben er weer"])


async def test_outside_the_window_somebody_is_asked_once_to_write_and_then_gets_what_waits(
    channel: ScriptedChannel, database: Database
) -> None:
    now = [datetime(2026, 5, 4, 9, tzinfo=UTC)]
    channel.window = 24 * 3600
    async with counter_with(channel, database, clock=lambda: now[0]) as counter:
        await counter.says(ANNA, "hoi", "1")
        await until(lambda: channel.texts == ["echo hoi"])
        conversation_id = await conversation_of(counter, ANNA)
        now[0] += timedelta(hours=25)
        await counter.tells(conversation_id, Content(text="nieuws"))
        await counter.tells(conversation_id, Content(text="meer nieuws"))
        await until(lambda: channel.knocks == [ANNA])
        await asyncio.sleep(0.1)
        assert (channel.texts, channel.knocks) == (["echo hoi"], [ANNA])
        now[0] += timedelta(hours=1)
        await counter.says(ANNA, "vertel", "2")
        await until(lambda: len(channel.texts) == 4)
        assert channel.texts == ["echo hoi", "nieuws", "meer nieuws", "echo vertel"]


async def test_a_window_that_the_provider_finds_closed_is_closed(
    counter: ChannelCounter, channel: ScriptedChannel
) -> None:
    channel.errors.append(WindowClosedError())
    await counter.says(ANNA, "hoi", "1")
    await until(lambda: channel.knocks == [ANNA])
    await counter.says(ANNA, "dag", "2")
    await until(lambda: len(channel.texts) == 2)
    assert channel.texts == ["echo hoi", "echo dag"]


async def test_an_absent_bot_is_told_in_the_channel_and_answers_when_it_is_back(
    channel: ScriptedChannel, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gateway_module, "PATIENCE", 0.05)
    monkeypatch.setattr(gateway_module, "BACK_OFF", (0.1,))
    async with counter_with(channel, database, bot=ScriptedBot(unavailable=3)) as counter:
        await counter.says(ANNA, "hoi", "1")
        await until(lambda: len(channel.texts) == 2)
    assert channel.texts == ["WACHT", "echo hoi"]


@pytest.mark.parametrize(
    ("kind", "answer"),
    [("geen_foto", "GEEN FOTO"), ("geen_spraak", "GEEN SPRAAK"), ("geen_tekst", "GEEN TEKST")],
)
async def test_what_nobody_can_read_is_answered(
    counter: ChannelCounter, channel: ScriptedChannel, kind: str, answer: str
) -> None:
    await counter.brings({"arrival": {"address": ANNA, "client_id": "1", "unreadable": kind}})
    await until(lambda: channel.texts == [answer])
    assert counter.bot.asked == []


async def test_an_empty_message_is_answered(counter: ChannelCounter, channel: ScriptedChannel) -> None:
    await counter.says(ANNA, " \0 ", "1")
    await until(lambda: channel.texts == ["GEEN TEKST"])


async def test_a_pressed_button_is_what_it_stood_for(
    counter: ChannelCounter, channel: ScriptedChannel
) -> None:
    conversation_id = await conversation_of(counter, ANNA)
    card = {"title": "Baan", "buttons": [{"title": "Meer", "payload": '/baan_tonen{"baan":"7"}'}]}
    await counter.tells(
        conversation_id,
        Content(text="Kies", buttons=({"title": "Ja", "payload": "/bevestigen"},), cards=(card,)),
    )
    press = {"address": ANNA, "client_id": "1", "choice": choice_id(1, 1)}
    await counter.brings({"arrival": press})
    await until(lambda: "echo Meer" in channel.texts)
    assert counter.bot.asked == ['/baan_tonen{"baan":"7"}']


@pytest.mark.parametrize("choice", ["1:9", "99:0", "-1:0", "1", "", "1:0:0", "a:b"])
async def test_a_button_that_was_never_there_is_answered_and_does_nothing(
    counter: ChannelCounter, channel: ScriptedChannel, choice: str
) -> None:
    await counter.brings({"arrival": {"address": ANNA, "client_id": "1", "choice": choice}})
    await until(lambda: channel.texts == ["KNOP VERLOPEN"])
    assert counter.bot.asked == []


async def test_a_choice_shown_as_a_number_is_answered_by_its_number(counter: ChannelCounter) -> None:
    conversation_id = await conversation_of(counter, ANNA)
    many = tuple({"title": f"Keuze {letter}", "payload": f"/keuze_{letter}"} for letter in "abcd")
    few = many[:2]
    for number, (buttons, words) in enumerate(((many, "2"), (many, "nummer 3."), (few, "2"), (many, "5"))):
        await counter.tells(conversation_id, Content(text="Kies", buttons=buttons))
        await counter.says(ANNA, words, str(number))
        await until(lambda number=number: len(counter.bot.asked) == number + 1)  # type: ignore[misc]
    assert counter.bot.asked == ["/keuze_b", "/keuze_c", "2", "5"]


async def test_a_location_is_the_place_that_is_there(
    counter: ChannelCounter, channel: ScriptedChannel
) -> None:
    channel.parse = lambda body: [Arrival(address=ANNA, client_id="1", location=Location(**body))]  # type: ignore[method-assign, arg-type]
    await counter.brings({"latitude": 52.442, "longitude": 4.829})
    await until(lambda: counter.bot.asked == ["Zaandam"])
    channel.parse = lambda body: [Arrival(address=ANNA, client_id="2", location=Location(**body))]  # type: ignore[method-assign, arg-type]
    await counter.brings({"latitude": 48.85, "longitude": 2.35})
    await until(lambda: "LOCATIE ONBEKEND" in channel.texts)


async def test_a_group_is_told_and_nothing_is_kept(counter: ChannelCounter, channel: ScriptedChannel) -> None:
    await counter.brings({"intrusion": "groep-1"})
    await until(lambda: channel.declined == [("groep-1", "GROEP")])
    async with counter.database.reading() as session:
        assert (await session.scalars(select(AddressRow))).all() == []


async def test_a_provider_tells_what_became_of_a_message_late_twice_and_in_any_order(
    counter: ChannelCounter, channel: ScriptedChannel
) -> None:
    await counter.says(ANNA, "hoi", "1")
    await until(lambda: channel.texts == ["echo hoi"])
    await deliveries(counter, 1)
    states = []
    for state in ("read", "delivered", "failed", "read", "sent"):
        await counter.brings({"report": {"provider_id": "p1", "state": state}})
        states += [row.state for row in await deliveries(counter, 1)]
    assert states == ["read"] * 5
    assert await counter.brings({"report": {"provider_id": "van-een-ander", "state": "read"}}) == 200


async def test_a_report_that_is_quicker_than_our_own_note_counts(
    counter: ChannelCounter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reception_module, "REPORT_PAUSE", 1.0)
    await counter.brings({"report": {"provider_id": "p1", "state": "delivered"}})
    await counter.says(ANNA, "hoi", "1")
    assert [row.state for row in await deliveries(counter, 1)] == ["sent"]
    await asyncio.sleep(2)
    assert [row.state for row in await deliveries(counter, 1)] == ["delivered"]


async def test_who_erases_a_conversation_is_forgotten_with_their_address(
    counter: ChannelCounter, channel: ScriptedChannel
) -> None:
    await counter.says(ANNA, "hoi", "1")
    await until(lambda: channel.texts == ["echo hoi"])
    before = await counter.addresses.meet("post", ANNA)
    await counter.gateway.forget(before)
    assert await deliveries(counter, 0) == []
    after = await counter.addresses.meet("post", ANNA)
    assert (after.id, after.person_id) != (before.id, before.person_id)


async def test_what_was_not_sent_when_a_process_died_is_sent_by_the_next(
    channel: ScriptedChannel, database: Database
) -> None:
    async with counter_with(channel, database) as counter:
        channel.errors.extend([None, *[TryLaterError(0.0)] * 1000])
        await counter.says(ANNA, "een|twee", "1")
        await until(lambda: channel.texts == ["echo een"])
    channel.errors.clear()
    async with counter_with(channel, database) as counter:
        await counter.addresses.release_all()
        await until(lambda: len(channel.texts) == 2)
    assert channel.texts == ["echo een", "twee"]


async def test_who_floods_is_told_once_and_what_came_before_is_answered(
    channel: ScriptedChannel, database: Database
) -> None:
    async with counter_with(channel, database, limits=Limits(conversation="5/minute")) as counter:
        for number in range(12):
            assert await counter.says(ANNA, f"bericht {number}", str(number)) == 200
        assert await counter.says("bram", "hoi", "1") == 200
        await until(lambda: "echo hoi" in channel.texts and "echo bericht 4" in channel.texts)
        await asyncio.sleep(0.1)
    told = [text for address, text in channel.sent if address == ANNA]
    assert sorted(told) == ["TE SNEL", *(f"echo bericht {number}" for number in range(5))]


async def test_somebody_sees_that_a_coach_types_and_nothing_depends_on_it(
    counter: ChannelCounter, channel: ScriptedChannel
) -> None:
    conversation_id = await conversation_of(counter, ANNA)
    await counter.courier.show_typing(conversation_id)
    channel.errors.append(TryLaterError())
    await counter.courier.show_typing(conversation_id)
    assert channel.typing_at == [ANNA, ANNA]
    await counter.courier.show_typing((await counter.conversations.open("website")).id)
    assert channel.typing_at == [ANNA, ANNA]
