"""Everything that stands in the bot's domain can be said in WhatsApp."""

from typing import Any

import pytest

from connectors.channel import Part
from connectors.whatsapp.outgoing import plain, render
from counter.conversations.model import Content
from tests.architecture.dialogue import Variant, variants
from tests.contract.connectors.whatsapp.provider import wa_id, wrong_with
from tests.unit.connectors.whatsapp.test_outgoing import message


def content_of(variant: Variant) -> Content:
    answer: Any = variant.content
    card = (answer.get("custom") or {}).get("card")
    return Content(
        text=answer.get("text") or "",
        buttons=tuple(answer.get("buttons") or ()),
        cards=() if card is None else (card,),
    )


def parts_of(variant: Variant) -> list[Part]:
    return render(message(content_of(variant)), "https://loket.voorbeeld.nl")


@pytest.mark.parametrize("variant", variants(), ids=lambda variant: variant.response)
def test_meta_takes_every_answer_of_noor(variant: Variant) -> None:
    parts = parts_of(variant)
    assert [wrong_with({**part, "to": wa_id(1)}) for part in parts] == [None] * len(parts)


def test_no_answer_of_noor_formats_by_accident() -> None:
    texts = [content_of(variant).text for variant in variants()]
    assert [text for text in texts if plain(text) != text] == []
