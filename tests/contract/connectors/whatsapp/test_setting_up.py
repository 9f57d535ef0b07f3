"""What an administrator is told about the number, and where a link leads."""

from dataclasses import replace
from typing import Any

import pytest

from connectors.whatsapp.client import WhatsAppChannel
from tests.contract.connectors.whatsapp.provider import ACCOUNT, WhatsAppProvider


async def findings_of(
    channel: WhatsAppChannel, home: str = "https://loket.voorbeeld.nl"
) -> list[tuple[str, str]]:
    return [(finding.health.value, finding.text) async for finding in channel.examine(home)]


async def test_a_number_that_is_set_up_well_is_found_good(channel: WhatsAppChannel) -> None:
    assert await findings_of(channel) == [
        ("goed", "Meta kent het nummer: +31 20 123 4567, Loket Noord-Holland."),
        ("goed", "Meta brengt berichten naar https://loket.voorbeeld.nl/webhooks/whatsapp."),
    ]


@pytest.mark.parametrize(
    ("known", "health", "words_in_it"),
    [
        ({"quality_rating": "RED"}, "let op", "kwaliteit RED"),
        ({"webhook_configuration": {"application": "https://elders.nl/"}}, "fout", "niet naar https://loket"),
        ({"webhook_configuration": {}}, "fout", "Stel de webhook in"),
        ({"display_phone_number": "+31 20 765 4321"}, "fout", "maar Meta zegt +31 20 765 4321"),
    ],
)
async def test_what_is_wrong_with_a_number_is_told(
    meta: WhatsAppProvider, channel: WhatsAppChannel, known: dict[str, Any], health: str, words_in_it: str
) -> None:
    meta.number |= known
    assert [found for found, text in await findings_of(channel) if words_in_it in text] == [health]


async def test_settings_that_are_missing_or_refused_are_told(meta: WhatsAppProvider) -> None:
    good, meta.account = meta.account, replace(ACCOUNT, number="", template="")
    async with meta.running() as bare:
        assert isinstance(bare, WhatsAppChannel)
        found = await findings_of(bare, "")
    assert [health for health, _ in found] == ["goed", "let op", "let op", "let op"]
    meta.account = replace(ACCOUNT, token="EAAJB-verlopen")
    async with meta.running() as refused:
        assert isinstance(refused, WhatsAppChannel)
        meta.account = good
        [(health, text)] = await findings_of(refused)
    assert health == "fout"
    assert "LOKET_WHATSAPP_TOKEN" in text


def test_a_link_opens_a_chat_with_the_code_in_it() -> None:
    channel = WhatsAppChannel(ACCOUNT, None)  # type: ignore[arg-type]
    assert channel.link("BCDF-2345") == "https://wa.me/31201234567?text=BCDF-2345"
    assert WhatsAppChannel(replace(ACCOUNT, number=""), None).link("BCDF-2345") is None  # type: ignore[arg-type]
