"""Each code of Meta's means something else: wait, repair, never, closed, out of reach."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest
from structlog.testing import capture_logs

from connectors.channel import (
    DeliveryError,
    NeverDeliveredError,
    OutOfReachError,
    TryLaterError,
    WindowClosedError,
)
from connectors.whatsapp import client
from connectors.whatsapp.client import Turns, WhatsAppChannel, refusal
from counter.database import Database
from tests.contract.connectors.whatsapp.provider import (
    ACCOUNT,
    ERRORS,
    WhatsAppProvider,
    error,
    user_id,
    wa_id,
    wrong_with,
)
from tests.contract.connectors.whatsapp.talking import says
from tests.support.channels import ChannelCounter, counter_with, until
from tests.support.providers import Fault

LATER = [1, 2, 4, 80007, 130429, 131000, 131016, 131048, 131056, 131057]


OURS = [33, 190, 368, 131005, 131031, 131042, 133010]


NEVER = [100, 130472, 131008, 131009, 131049, 131050, 131051, 132000, 132001]


def text_part(text: str) -> dict[str, Any]:
    return {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "type": "text",
        "text": {"body": text},
    }


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        *((code, TryLaterError) for code in (*LATER, *OURS)),
        *((code, NeverDeliveredError) for code in NEVER),
        (131047, WindowClosedError),
        (131026, OutOfReachError),
        (131030, OutOfReachError),
    ],
)
async def test_each_code_of_meta_means_what_it_means(
    meta: WhatsAppProvider, channel: WhatsAppChannel, code: int, expected: type[DeliveryError]
) -> None:
    meta.refuse(code)
    with capture_logs() as logs, pytest.raises(expected) as raised:
        await channel.send(wa_id(1), {**text_part("hoi")})
    if isinstance(raised.value, NeverDeliveredError):
        assert raised.value.code == str(code)
    assert ("whatsapp_account_refused" in [entry["event"] for entry in logs]) == (code in OURS)


def test_every_code_of_the_double_has_a_meaning_here() -> None:
    assert set(ERRORS) == {*LATER, *OURS, *NEVER, 131047, 131026, 131030}


@pytest.mark.parametrize(
    ("status", "answer", "expected"),
    [
        (500, None, TryLaterError),
        (502, "<html>", TryLaterError),
        (302, None, TryLaterError),
        (429, None, TryLaterError),
        (401, None, TryLaterError),
        (400, None, NeverDeliveredError),
        (400, {"error": {"code": 999999}}, NeverDeliveredError),
        (400, {"error": {"code": 999999, "is_transient": True}}, TryLaterError),
        (400, {"error": {"code": 100, "error_subcode": 33}}, TryLaterError),
        (400, {"error": {"code": "100"}}, NeverDeliveredError),
        (400, {"error": []}, NeverDeliveredError),
        (403, {"error": {"code": 200}}, TryLaterError),
    ],
)
def test_a_refusal_that_is_in_no_list_is_judged_by_what_it_says(
    status: int, answer: object, expected: type[DeliveryError]
) -> None:
    assert type(refusal(status, answer)) is expected


def test_who_asks_for_patience_gets_it() -> None:
    later = refusal(429, {"error": {"code": 130429}}, "7")
    assert isinstance(later, TryLaterError)
    assert later.after == 7


async def test_what_meta_does_not_answer_is_tried_again(
    counter: ChannelCounter, meta: WhatsAppProvider
) -> None:
    meta.fail(Fault.DOWN, Fault.BUSY, Fault.DOWN)
    await says(counter, meta, "hoi")
    await until(lambda: meta.read_by(1) == ["echo hoi"])


async def test_an_expired_token_loses_nothing(meta: WhatsAppProvider, database: Database) -> None:
    good, meta.account = meta.account, replace(ACCOUNT, token="EAAJB-verlopen")
    async with meta.running() as channel, counter_with(channel, database) as counter:
        meta.account = good
        await says(counter, meta, "hoi")
        await asyncio.sleep(0.2)
        assert meta.read_by(1) == []
    async with meta.running() as channel, counter_with(channel, database) as counter:
        await counter.addresses.release_all()
        await until(lambda: meta.read_by(1) == ["echo hoi"])


async def test_nobody_at_the_other_end_is_tried_again(channel: WhatsAppChannel) -> None:
    gone = WhatsAppChannel(replace(ACCOUNT, api_url="http://127.0.0.1:9/v25.0"), channel._http)
    with pytest.raises(TryLaterError):
        await gone.send(wa_id(1), text_part("hoi"))


async def test_no_more_messages_a_second_than_meta_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    turns = Turns(100)
    begin = asyncio.get_running_loop().time()
    await asyncio.gather(*(turns.wait() for _ in range(31)))
    assert asyncio.get_running_loop().time() - begin >= 0.29
    monkeypatch.setattr(client, "LONGEST_WAIT", 0.1)
    waited = await asyncio.gather(*(turns.wait() for _ in range(30)), return_exceptions=True)
    late = [each for each in waited if isinstance(each, TryLaterError)]
    assert 15 <= len(late) <= 25
    assert all(each.after and each.after > 0.1 for each in late)


def test_the_double_refuses_what_meta_refuses() -> None:
    good = {**text_part("hoi"), "to": wa_id(1)}
    assert wrong_with(good) is None
    for wrong in (
        {**good, "to": "+31 6"},
        {**good, "recipient": user_id(1)},
        {**good, "text": {"body": "x" * 4097}},
        {**good, "text": {"body": ""}},
        {**good, "iets": 1},
        {key: value for key, value in good.items() if key != "to"},
        {**good, "type": "interactive"},
        {"messaging_product": "whatsapp", "status": "gelezen", "message_id": "wamid.x"},
    ):
        assert wrong_with(wrong) is not None
    reply = {"type": "reply", "reply": {"id": "1:0", "title": "Ja"}}
    twice = {
        **{key: value for key, value in good.items() if key != "text"},
        "type": "interactive",
        "interactive": {"type": "button", "body": {"text": "?"}, "action": {"buttons": [reply, reply]}},
    }
    assert wrong_with(twice) == "ids and titles must be unique"
    assert error(131026).status == 400
