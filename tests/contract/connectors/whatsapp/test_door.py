"""Who may bring something, and what is taken of it."""

import json

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from connectors.whatsapp.client import WhatsAppChannel
from counter.channels.storage import AddressRow
from counter.conversations.storage import MessageRow
from tests.contract.connectors.whatsapp.provider import ACCOUNT, WhatsAppProvider, message_in, wa_id
from tests.contract.connectors.whatsapp.talking import brings, says
from tests.support.channels import ChannelCounter, until
from tests.support.providers import Provider, Scenario


def test_the_double_is_a_provider() -> None:
    provider: Provider = WhatsAppProvider()
    assert provider.name == WhatsAppChannel.name
    assert provider.says(Scenario.GROUP) is None


async def test_a_body_that_meta_did_not_sign_is_refused_and_nothing_is_kept(
    counter: ChannelCounter, meta: WhatsAppProvider
) -> None:
    body = json.dumps(meta.says(Scenario.TEXT)).encode()
    for name, headers in meta.forgeries(body).items():
        raw = {
            key: value.encode("utf-8", "surrogateescape").decode("latin-1") for key, value in headers.items()
        }
        assert await counter.brings(body, headers=raw) == 403, name
    async with counter.database.reading() as session:
        assert (await session.scalars(select(AddressRow))).all() == []
    assert await counter.brings(body, headers=meta.sign(body)) == 200


def test_a_signature_is_compared_with_the_bytes_as_they_came(meta: WhatsAppProvider) -> None:
    channel = WhatsAppChannel(ACCOUNT, None)  # type: ignore[arg-type]
    spaced = b'{ "object" :  "whatsapp_business_account" }'
    lower = {name.lower(): value for name, value in meta.sign(spaced).items()}
    assert channel.verify(lower, spaced)
    assert not channel.verify(lower, json.dumps(json.loads(spaced)).encode())
    assert not channel.verify({"x-hub-signature-256": "sha256=\udce9"}, spaced)


@pytest.mark.parametrize(
    ("query", "status", "answer"),
    [
        (
            {"hub.mode": "subscribe", "hub.verify_token": "klop-klop", "hub.challenge": "1158201444"},
            200,
            "1158201444",
        ),
        ({"hub.mode": "subscribe", "hub.verify_token": "geraden", "hub.challenge": "1158201444"}, 403, None),
        ({"hub.mode": "unsubscribe", "hub.verify_token": "klop-klop", "hub.challenge": "1"}, 403, None),
        ({"hub.mode": "subscribe", "hub.challenge": "1158201444"}, 403, None),
        ({"hub.mode": "subscribe", "hub.verify_token": "klop-klop"}, 403, None),
        ({"hub.mode": "subscribe", "hub.verify_token": "klóp", "hub.challenge": "1"}, 403, None),
        ({}, 403, None),
    ],
)
async def test_the_address_answers_who_knows_the_verify_token(
    counter: ChannelCounter, query: dict[str, str], status: int, answer: str | None
) -> None:
    async with counter.client.get("/webhooks/whatsapp", params=query) as response:
        assert response.status == status
        if answer is not None:
            assert (await response.text(), response.content_type) == (answer, "text/plain")


async def test_mutated_bodies_with_a_good_signature_do_no_harm(
    counter: ChannelCounter, meta: WhatsAppProvider
) -> None:
    update = meta.says(Scenario.TEXT)
    assert update is not None
    for key, value in (
        ("from", "\ud800"),
        ("id", "\ud800"),
        ("id", "x" * 5000),
        ("text", {"body": "\ud800\0"}),
    ):
        message_in(update)[key] = value
        assert await brings(counter, meta, update) == 200
        update = meta.says(Scenario.TEXT)
        assert update is not None
    async with counter.database.reading() as session:
        assert len((await session.scalars(select(MessageRow.id))).all()) >= 3


async def test_nothing_somebody_writes_or_their_number_is_logged(
    counter: ChannelCounter, meta: WhatsAppProvider
) -> None:
    with capture_logs() as logs:
        meta.refuse(131009, 190, 131026)
        await says(counter, meta, "mijn geheim")
        await says(counter, meta, "nog een geheim", number=2)
        await brings(counter, meta, meta.captured("photo", number=3))
        await until(lambda: not meta._answers)
    for entry in logs:
        assert "geheim" not in str(entry)
        assert wa_id(1) not in str(entry)


async def test_an_account_shows_no_secret(meta: WhatsAppProvider) -> None:
    shown = repr(meta.account)
    assert "geheim" not in shown
    assert "klop" not in shown
