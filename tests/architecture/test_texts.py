"""What Noor says: short, warm and plain, so that people who read poorly can follow."""

import re

import pytest

from tests.architecture.dialogue import Variant, variants

MAX_WORDS, MAX_BUBBLE, MAX_BUTTON = 15, 200, 40

# Formal address; "u" as a letter of its own does not occur otherwise.
FORMAL = re.compile(r"\b(u|uw|uzelf)\b", re.IGNORECASE)
# Words of offices, with what people say.
JARGON = {
    "betreffende": "over",
    "conform": "zoals",
    "derhalve": "dus",
    "dient te": "moet",
    "doelgroep": "mensen",
    "faciliteren": "helpen",
    "implementeren": "invoeren",
    "indien": "als",
    "inzake": "over",
    "middels": "met",
    "omtrent": "over",
    "reeds": "al",
    "teneinde": "om",
    "tevens": "ook",
    "traject": "plan",
    "verstrekken": "geven",
}
# In another language on purpose: one fixed sentence for people who speak it.
FOREIGN = "utter_coach_taal_"


def ours() -> list[Variant]:
    return [variant for variant in variants() if not variant.response.startswith(FOREIGN)]


@pytest.mark.parametrize("variant", ours(), ids=lambda variant: variant.response)
def test_sentences_are_short(variant: Variant) -> None:
    for sentence in variant.sentences:
        assert len(sentence.split()) <= MAX_WORDS, sentence


@pytest.mark.parametrize("variant", ours(), ids=lambda variant: variant.response)
def test_noor_says_je(variant: Variant) -> None:
    assert FORMAL.search(variant.words) is None


@pytest.mark.parametrize("variant", ours(), ids=lambda variant: variant.response)
def test_noor_uses_no_office_words(variant: Variant) -> None:
    text = variant.words.lower()
    assert [word for word in JARGON if re.search(rf"\b{word}\b", text)] == []


@pytest.mark.parametrize("variant", variants(), ids=lambda variant: variant.response)
def test_bubbles_and_buttons_stay_small(variant: Variant) -> None:
    assert len(variant.content.get("text") or "") <= MAX_BUBBLE
    for button in variant.buttons:
        assert len(button["title"]) <= MAX_BUTTON
