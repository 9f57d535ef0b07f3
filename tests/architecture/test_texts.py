"""What Noor says: short, warm and plain, so that people who read poorly can follow."""

import re

import pyphen
import pytest

from tests.architecture.dialogue import Variant, domain_files, variants

MAX_WORDS, MAX_BUBBLE, MAX_BUTTON, MAX_LETTERS = 15, 160, 40, 14
# Flesch-Douma, from 0 to 100 and over; 80 and up reads easily for a child of eleven.
MIN_READING_EASE = 80
# Who asks for easier words gets shorter sentences, of words for a child of nine.
MAX_SIMPLER_WORDS, MIN_SIMPLER_EASE, MIN_SIMPLER = 12, 90, 30
HYPHENATION = pyphen.Pyphen(lang="nl_NL")

# Long words that people meet on letters and forms anyway, or that are the name of the thing itself.
KNOWN_LONG_WORDS = {
    "arbeidsmarktregio",
    "belastingdienst",
    "burgerservicenummer",
    "computerprogramma",
    "contactgegevens",
    "elektrotechniek",
    "ervaringscertificaat",
    "kinderopvangtoeslag",
    "leerwerkplekken",
    "maatschappelijke",
    "ontvangstbewijs",
    "ontwikkelrekening",
    "opleidingsvoucher",
    "persoonsgegevens",
    "transitievergoeding",
    "voorbeeldgegevens",
    "voucheraanvragen",
}

# Formal address; "u" as a letter of its own does not occur otherwise.
FORMAL = re.compile(r"\b(u|uw|uzelf)\b", re.IGNORECASE)
# Words of offices, with what people say.
JARGON = {
    "betreffende": "over",
    "conform": "zoals",
    "casus": "verhaal",
    "derhalve": "dus",
    "dient te": "moet",
    "doelgroep": "mensen",
    "competenties": "wat je kunt",
    "faciliteren": "helpen",
    "implementeren": "invoeren",
    "indien": "als",
    "inzake": "over",
    "middels": "met",
    "omtrent": "over",
    "reeds": "al",
    "teneinde": "om",
    "tevens": "ook",
    "participatie": "meedoen",
    "re-integratie": "weer aan het werk",
    "traject": "plan",
    "verstrekken": "geven",
}
# In another language on purpose: one fixed sentence for people who speak it.
FOREIGN = "utter_coach_taal_"


def of(stem: str) -> list[Variant]:
    return [variant for variant in variants() if variant.stem == stem]


def ours(stem: str) -> list[Variant]:
    return [variant for variant in of(stem) if not variant.response.startswith(FOREIGN)]


@pytest.mark.parametrize("stem", domain_files())
def test_sentences_are_short(stem: str) -> None:
    for variant in ours(stem):
        for sentence in variant.sentences:
            assert len(sentence.split()) <= MAX_WORDS, (variant.response, sentence)


@pytest.mark.parametrize("stem", domain_files())
def test_noor_says_je(stem: str) -> None:
    assert [variant.response for variant in ours(stem) if FORMAL.search(variant.words)] == []


@pytest.mark.parametrize("stem", domain_files())
def test_noor_uses_no_office_words(stem: str) -> None:
    for variant in ours(stem):
        text = variant.words.lower()
        assert [word for word in JARGON if re.search(rf"\b{word}\b", text)] == [], variant.response


@pytest.mark.parametrize("stem", domain_files())
def test_bubbles_and_buttons_stay_small(stem: str) -> None:
    for variant in of(stem):
        assert len(variant.content.get("text") or "") <= MAX_BUBBLE, variant.response
        for button in variant.buttons:
            assert len(button["title"]) <= MAX_BUTTON, (variant.response, button)


@pytest.mark.parametrize("stem", domain_files())
def test_words_are_no_longer_than_people_can_take_in(stem: str) -> None:
    for variant in ours(stem):
        words = re.findall(r"[^\W\d_]+", variant.words)
        long = {word.lower() for word in words if len(word) > MAX_LETTERS}
        assert long <= KNOWN_LONG_WORDS, variant.response


def reading_ease(sentences: list[str]) -> float:
    """Return how easily Dutch reads by Flesch-Douma (W.H. Douma, 1960): high is easy, 60 is a newspaper."""
    words = [word for sentence in sentences for word in re.findall(r"[^\W\d_]+", sentence)]
    syllables = sum(len(HYPHENATION.positions(word)) + 1 for word in words)
    return 206.84 - 77 * syllables / len(words) - 0.93 * len(words) / len(sentences)


@pytest.mark.parametrize("stem", domain_files())
def test_each_subject_reads_easily(stem: str) -> None:
    texts = [sentence for variant in ours(stem) for sentence in variant.sentences]
    sentences = [
        text for text in (re.sub(r"\{\w+\}", "dit", text) for text in texts) if re.search(r"\w", text)
    ]
    assert not sentences or reading_ease(sentences) >= MIN_READING_EASE


def simplified() -> list[Variant]:
    return [variant for variant in variants() if variant.simpler]


def sentences_of(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.!?:])\s+|\n+", text) if part]


def test_the_longest_answers_can_be_said_more_simply() -> None:
    assert len(simplified()) >= MIN_SIMPLER


@pytest.mark.parametrize("variant", simplified(), ids=lambda variant: variant.response)
def test_easier_words_are_easier_than_the_answer(variant: Variant) -> None:
    text = variant.simpler
    sentences = sentences_of(text)
    # The app, not Rasa, says this: it knows no slots, and one wording belongs to one response.
    assert "{" not in text
    assert sum(other.response == variant.response for other in variants()) == 1
    assert len(text) < len(variant.content["text"])
    assert max(len(sentence.split()) for sentence in sentences) <= MAX_SIMPLER_WORDS
    assert reading_ease(sentences) > reading_ease(sentences_of(variant.content["text"]))
    assert FORMAL.search(text) is None
    assert [word for word in JARGON if re.search(rf"\b{word}\b", text.lower())] == []


def test_easier_words_read_easily() -> None:
    sentences = [sentence for variant in simplified() for sentence in sentences_of(variant.simpler)]
    assert reading_ease(sentences) >= MIN_SIMPLER_EASE
