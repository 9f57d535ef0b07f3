"""The one sentence for people who read another language: whole in each, and in its own direction."""

import json
import re
import unicodedata
from pathlib import Path

import pytest

from connectors import website

FILE = Path(website.__file__).parent / "static" / "noor-chat" / "talen.json"
LANGUAGES: dict[str, dict[str, str]] = json.loads(FILE.read_text(encoding="utf-8"))
# Where nothing fits the browser, the chat falls back on this one.
OTHERWISE = "en"


def test_there_is_a_language_to_fall_back_on_and_none_for_who_reads_dutch() -> None:
    assert OTHERWISE in LANGUAGES
    assert "nl" not in LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_its_sentence_and_both_buttons(language: str) -> None:
    texts = LANGUAGES[language]
    assert re.fullmatch(r"[a-z]{2,3}", language)
    assert {"tekst", "mens", "sluit"} <= set(texts) <= {"tekst", "mens", "sluit", "richting"}
    assert all(text.strip() == text != "" for text in texts.values())
    # Arabic and Persian letters run from right to left.
    runs_left = unicodedata.bidirectional(texts["sluit"][0]) in {"R", "AL"}
    assert texts.get("richting", "ltr") == ("rtl" if runs_left else "ltr")
