"""Telegram's own ways: its secret, its buttons, its limits, its groups, and people who block a bot."""

import asyncio
import socket

import pytest
from limits import RateLimitItemPerMinute
from sqlalchemy import select

from connectors.channel import Arrival, Intrusion, NeverDeliveredError, OutOfReachError, TryLaterError
from connectors.telegram import session as session_module
from connectors.telegram.client import TelegramChannel
from connectors.telegram.limits import CHAT_PACE
from counter.channels.storage import AddressRow, DeliveryRow
from counter.conversations.model import Content
from tests.contract.connectors.telegram.provider import (
    FIRST_PERSON,
    HEADER,
    SECRET,
    TelegramProvider,
)
from tests.support.channels import ChannelCounter, until
from tests.support.providers import Fault, Scenario

ANNA, BRAM = str(FIRST_PERSON + 1), str(FIRST_PERSON + 2)


async def conversation_of(counter: ChannelCounter) -> str:
    return (await counter.addresses.meet("telegram", ANNA)).id


async def test_an_update_counts_only_with_the_secret(
    counter: ChannelCounter, telegram: TelegramProvider
) -> None:
    update = telegram.says(Scenario.TEXT)
    for wrong, headers in telegram.forgeries(b"").items():
        assert await counter.brings(update, headers=headers) == 403, wrong
    assert await counter.brings(update, headers={HEADER: "gehe\u00efm"}) == 403
    async with counter.database.reading() as session:
        assert (await session.scalars(select(AddressRow))).all() == []
    assert await counter.brings(update, headers={HEADER.upper(): SECRET}) == 200
    await until(lambda: telegram.read_by() == ["echo hoi"])


async def test_without_a_secret_nobody_can_bring_anything(telegram: TelegramProvider) -> None:
    async with telegram.running() as channel:
        channel._secret = None
        assert not channel.verify({HEADER.lower(): ""}, b"")
        assert not channel.verify({}, b"")


async def test_somebody_sees_that_they_are_being_answered(
    counter: ChannelCounter, telegram: TelegramProvider
) -> None:
    await counter.brings(telegram.says(Scenario.TEXT))
    await until(lambda: telegram.asked("sendChatAction") and telegram.read_by() == ["echo hoi"])
    assert telegram.asked("sendChatAction") == [{"chat_id": int(ANNA), "action": "typing"}]


async def test_somebody_sees_that_a_coach_types(counter: ChannelCounter, telegram: TelegramProvider) -> None:
    telegram.says(Scenario.TEXT)
    await counter.courier.show_typing(await conversation_of(counter))
    assert telegram.asked("sendChatAction") == [{"chat_id": int(ANNA), "action": "typing"}]


async def test_a_pressed_button_stops_turning_and_is_what_it_stood_for(
    counter: ChannelCounter, telegram: TelegramProvider
) -> None:
    telegram.says(Scenario.TEXT)
    card = {"title": "Lassen", "buttons": [{"title": "Meer", "payload": '/cursus_details{"cursus":"1"}'}]}
    content = Content(text="Kies", buttons=({"title": "Ja", "payload": "/bevestigen"},), cards=(card,))
    await counter.tells(await conversation_of(counter), content)
    await until(lambda: telegram.read_by() == ["Kies\n\nLassen", "Meer", "Ja"])
    await counter.brings(telegram.presses("Meer", number=1))
    await until(lambda: counter.bot.asked == ['/cursus_details{"cursus":"1"}'])
    await until(lambda: telegram.titles() == ["✓ Meer", "Ja"])
    assert not telegram.open_queries
    await counter.brings(telegram.presses("Ja", number=2))
    await until(lambda: counter.bot.asked[1:] == ["/bevestigen"])
    # The mark tells what somebody chose last; every button can still be pressed.
    await until(lambda: telegram.titles() == ["Meer", "✓ Ja"])
    await counter.brings(telegram.presses("Ja", number=3))
    await until(lambda: len(counter.bot.asked) == 3)
    await until(lambda: not telegram.open_queries)
    assert telegram.refused == []


async def test_a_button_pressed_so_long_ago_that_telegram_forgot_it_still_works(
    counter: ChannelCounter, telegram: TelegramProvider
) -> None:
    telegram.says(Scenario.TEXT)
    buttons = ({"title": "Ja", "payload": "/bevestigen"},)
    await counter.tells(await conversation_of(counter), Content(text="Kies", buttons=buttons))
    # Telegram no longer waits for this query to be answered, and shows no message with it.
    await counter.brings(telegram.says("pressed_long_ago"))
    await until(lambda: counter.bot.asked == ["/bevestigen"])
    assert any("query is too old" in refused for refused in telegram.refused)


async def test_a_changed_message_is_answered_again_and_once(
    counter: ChannelCounter, telegram: TelegramProvider
) -> None:
    await counter.brings(telegram.says(Scenario.TEXT))
    await until(lambda: telegram.read_by() == ["echo hoi"])
    for _ in range(2):
        await counter.brings(telegram.says("edited", text="dag"))
    await counter.brings(telegram.says(Scenario.TEXT, text="klaar", number=2))
    await until(lambda: telegram.read_by() == ["echo hoi", "echo dag", "echo klaar"])


async def test_a_start_begins_with_what_its_link_is_about(
    counter: ChannelCounter, telegram: TelegramProvider
) -> None:
    await counter.brings(telegram.says(Scenario.START, number=1))
    await counter.brings(telegram.says(Scenario.START, text="/start cursus", number=2))
    await counter.brings(telegram.says(Scenario.START, text='/start x{"a":1}', number=3))
    await until(lambda: len(counter.bot.asked) == 3)
    assert counter.bot.asked == ["/groeten", "/cursus_zoeken", "/groeten"]


async def test_an_album_is_answered_once(counter: ChannelCounter, telegram: TelegramProvider) -> None:
    for number in range(1, 6):
        await counter.brings(telegram.says("album", number=number))
    await counter.brings(telegram.says(Scenario.TEXT, number=6))
    await until(lambda: telegram.read_by() == ["GEEN FOTO", "echo hoi"])


async def test_who_says_stop_is_told_goodbye_and_gets_nothing_until_they_write(
    counter: ChannelCounter, telegram: TelegramProvider
) -> None:
    await counter.brings(telegram.says(Scenario.TEXT, number=1))
    await until(lambda: telegram.read_by() == ["echo hoi"])
    await counter.brings(telegram.says(Scenario.TEXT, text="/stop", number=2))
    await until(lambda: telegram.read_by() == ["echo hoi", "AFGEMELD"])
    await counter.tells(await _conversation_unheard(counter), Content(text="nieuws"))
    await asyncio.sleep(0.1)
    assert telegram.read_by() == ["echo hoi", "AFGEMELD"]
    await counter.brings(telegram.says(Scenario.TEXT, text="dag", number=3))
    await until(lambda: telegram.read_by()[2:] == ["nieuws", "echo dag"])


async def test_who_blocked_the_bot_is_sent_nothing_until_they_write(
    counter: ChannelCounter, telegram: TelegramProvider
) -> None:
    await counter.brings(telegram.says(Scenario.TEXT, number=1))
    await until(lambda: telegram.read_by() == ["echo hoi"])
    telegram.blocked.add(int(ANNA))
    # Whether Telegram tells us, or we find out.
    await counter.tells(await _conversation_unheard(counter), Content(text="nieuws"))
    await until(lambda: any("blocked" in refused for refused in telegram.refused))
    await counter.brings(telegram.says("blocked", number=2))
    await asyncio.sleep(0.1)
    assert len(telegram.refused) == 1
    telegram.blocked.clear()
    await counter.brings(telegram.says(Scenario.START, number=3))
    await until(lambda: telegram.read_by() == ["echo hoi", "nieuws", "echo"])


async def test_a_group_is_told_and_left_and_nothing_is_kept(
    counter: ChannelCounter, telegram: TelegramProvider
) -> None:
    update = telegram.says(Scenario.GROUP)
    assert update is not None
    group = update["message"]["chat"]["id"]
    assert await counter.brings(telegram.says("added_to_group")) == 200
    assert await counter.brings(update) == 200
    await until(lambda: telegram.left == {group})
    assert [message["text"] for message in telegram.chats[group]] == ["GROEP"]
    async with counter.database.reading() as session:
        assert (await session.scalars(select(AddressRow))).all() == []


async def test_a_group_in_which_nobody_may_write_is_left_too(
    telegram: TelegramProvider, channel: TelegramChannel
) -> None:
    telegram.says(Scenario.GROUP)
    telegram.fail(Fault.NEVER)
    with pytest.raises(NeverDeliveredError):
        await channel.decline(Intrusion(address="-1001987654321"), "GROEP")
    assert telegram.left == {-1001987654321}


async def test_telegram_decides_how_long_we_wait(counter: ChannelCounter, telegram: TelegramProvider) -> None:
    telegram.fail(Fault.BUSY)
    started = asyncio.get_running_loop().time()
    await counter.brings(telegram.says(Scenario.TEXT))
    await until(lambda: telegram.read_by() == ["echo hoi"])
    assert asyncio.get_running_loop().time() - started >= 1
    assert telegram.refused == ["Too Many Requests: retry after 1"]


async def test_a_long_answer_arrives_whole_in_order_although_telegram_is_away_in_between(
    counter: ChannelCounter, telegram: TelegramProvider
) -> None:
    telegram.says(Scenario.TEXT)
    text = " ".join(f"Dit is zin {number} 😀." for number in range(600))
    telegram.fail(Fault.DOWN, Fault.DOWN)
    buttons = ({"title": "Ja", "payload": "/bevestigen"},)
    await counter.tells(await conversation_of(counter), Content(text=text, buttons=buttons))
    await until(lambda: "Ja" in telegram.read_by())
    parts = telegram.read_by()[:-1]
    assert len(parts) == 3
    assert " ".join(parts) == text
    ids = [f"{ANNA}:{message['message_id']}" for message in telegram.chats[int(ANNA)]]
    async with asyncio.timeout(20):
        while await _recorded(counter) != ids:  # noqa: ASYNC110 - a database knows no events
            await asyncio.sleep(0.01)


@pytest.mark.parametrize(
    ("fault", "error"),
    [(Fault.BUSY, TryLaterError), (Fault.DOWN, TryLaterError), (Fault.BLOCKED, OutOfReachError)],
)
async def test_each_refusal_says_what_to_do(
    telegram: TelegramProvider,
    channel: TelegramChannel,
    fault: Fault,
    error: type[Exception],
) -> None:
    telegram.says(Scenario.TEXT)
    telegram.fail(fault)
    with pytest.raises(error) as raised:
        await channel.send(ANNA, {"text": "hoi"})
    if isinstance(raised.value, TryLaterError):
        assert raised.value.after == (1.0 if fault is Fault.BUSY else None)


async def test_what_telegram_never_takes_is_named_without_what_was_said(
    telegram: TelegramProvider, channel: TelegramChannel
) -> None:
    telegram.says(Scenario.TEXT)
    telegram.fail(Fault.NEVER)
    with pytest.raises(NeverDeliveredError) as raised:
        await channel.send(ANNA, {"text": "geheim"})
    assert raised.value.code == "message_not_taken"
    with pytest.raises(NeverDeliveredError, match="message text is empty"):
        await channel.send(ANNA, {"text": " "})


async def test_who_never_wrote_cannot_be_reached(channel: TelegramChannel) -> None:
    with pytest.raises(OutOfReachError):
        await channel.send("5000000099", {"text": "hoi"})


async def test_a_wrong_token_waits_for_an_administrator_and_is_in_no_error(
    telegram: TelegramProvider, channel: TelegramChannel
) -> None:
    channel._bot._base_url = f"{telegram.url}bot7000000001:verkeerd"
    with pytest.raises(TryLaterError) as raised:
        await channel.send(ANNA, {"text": "hoi"})
    assert "verkeerd" not in repr(raised.value.__cause__)


async def test_nobody_at_the_other_side_is_told_without_the_token(channel: TelegramChannel) -> None:
    channel._bot._base_url = "http://127.0.0.1:9/bot7000000001:geheim"
    with pytest.raises(TryLaterError) as raised:
        await channel.send(ANNA, {"text": "hoi"})
    error: BaseException | None = raised.value
    while error is not None:
        assert "geheim" not in repr(error)
        error = error.__cause__


async def test_a_silent_telegram_is_not_waited_for_long(
    channel: TelegramChannel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session_module, "CONNECT_TIMEOUT", 0.05)
    monkeypatch.setattr(session_module, "READ_TIMEOUT", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        channel._bot._base_url = f"http://127.0.0.1:{silent.getsockname()[1]}/bot1:x"
        with pytest.raises(TryLaterError):
            await channel.send(ANNA, {"text": "hoi"})


async def test_messages_to_one_chat_keep_telegrams_pace_and_hold_up_nobody_else(
    telegram: TelegramProvider, channel: TelegramChannel
) -> None:
    channel.chat_pace = CHAT_PACE
    for person in (1, 2):
        telegram.says(Scenario.TEXT, person=person)
    clock = asyncio.get_running_loop().time
    started = clock()
    for number in range(3):
        await channel.send(ANNA, {"text": str(number)})
    fourth = asyncio.create_task(channel.send(ANNA, {"text": "3"}))
    await channel.send(BRAM, {"text": "hoi"})
    assert clock() - started < 1
    await fourth
    # Of a burst the first must be three seconds old; the window counts in whole ones.
    assert clock() - started > 1.5
    assert telegram.read_by() == ["0", "1", "2", "3"]


async def test_who_would_wait_too_long_in_line_comes_back_later(
    telegram: TelegramProvider, channel: TelegramChannel
) -> None:
    channel.total_pace = RateLimitItemPerMinute(1)
    telegram.says(Scenario.TEXT)
    await channel.send(ANNA, {"text": "een"})
    with pytest.raises(TryLaterError) as raised:
        await channel.send(ANNA, {"text": "twee"})
    assert raised.value.after == pytest.approx(60, abs=3)
    assert telegram.read_by() == ["een"]


async def test_a_link_opens_the_chat_once_the_bot_knows_its_name(
    telegram: TelegramProvider, channel: TelegramChannel
) -> None:
    assert channel.link("BCDF-2345") is None
    await channel.learn_name()
    assert channel.link("BCDF-2345") == "https://t.me/NoorVoorbeeldBot?start=BCDF-2345"
    assert [method for method, _ in telegram.requests] == ["getMe", "getWebhookInfo"]


async def test_who_follows_such_a_link_goes_on_with_the_conversation(
    counter: ChannelCounter, telegram: TelegramProvider
) -> None:
    await counter.brings(telegram.says(Scenario.START, text="/start BCDF-2345"))
    await until(lambda: telegram.read_by() == ["CODE ONBEKEND"])


async def test_seen_is_shown_before_typing(telegram: TelegramProvider, channel: TelegramChannel) -> None:
    telegram.says(Scenario.TEXT)
    telegram.open_queries.add("42")
    await channel.acknowledge(Arrival(address=ANNA, client_id="u1", acknowledges={"callback_query_id": "42"}))
    assert [method for method, _ in telegram.requests] == ["answerCallbackQuery", "sendChatAction"]


async def _recorded(counter: ChannelCounter) -> list[str | None]:
    """Return the ids under which Telegram knows what was sent, in order."""
    async with counter.database.reading() as session:
        rows = await session.scalars(select(DeliveryRow).order_by(DeliveryRow.seq, DeliveryRow.part))
        return [row.provider_id for row in rows]


async def _conversation_unheard(counter: ChannelCounter) -> str:
    """Return the conversation without meeting the person, which would be hearing them."""
    async with counter.database.reading() as session:
        row = (await session.scalars(select(AddressRow))).one()
        return row.conversation_id
