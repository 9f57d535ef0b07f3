"""What coaches read for Noor's own names: there is a word for everything that can stand on a card."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from coach_desk.card import words
from counter.desk.card import ASKS_AGREEMENT, CAPABILITIES

DOMAIN = Path(__file__).resolve().parents[3] / "bot" / "domain"
# Noor's own bookkeeping: choices among what she showed, yes and no, and what a card shows by itself.
NOT_ON_A_CARD = (
    "_akkoord stelling_ skills_ taak_antwoord_ onderdeel beroep_ open_hiring_baan open_hiring_nummer "
    "voucher_nummer gegevens_waarde werk_naar_werk_beroep"
).split()


@pytest.fixture(scope="module")
def domain() -> dict[str, Any]:
    merged: dict[str, Any] = {"forms": {}, "responses": {}, "slots": {}}
    for file in DOMAIN.glob("*.yml"):
        read = yaml.safe_load(file.read_text(encoding="utf-8"))
        for part, content in merged.items():
            content.update(read.get(part, {}))
    return merged


def test_every_capability_has_a_word_and_stands_in_the_domain() -> None:
    assert set(words()["capabilities"]) == set(CAPABILITIES)
    assert {file.stem for file in DOMAIN.glob("*.yml")} - {"gesprek", "terugval"} == set(CAPABILITIES)


def test_every_form_has_a_word(domain: dict[str, Any]) -> None:
    assert set(words()["forms"]) == set(domain["forms"])


def test_every_answer_that_a_form_asks_has_a_word_or_is_noors_own(domain: dict[str, Any]) -> None:
    asked = {slot for form in domain["forms"].values() for slot in form["required_slots"]}
    unnamed = {slot for slot in asked if not any(part in slot for part in NOT_ON_A_CARD)}
    assert unnamed <= set(words()["answers"])
    assert set(words()["answers"]) <= set(domain["slots"])


def test_every_question_for_agreement_is_one_noor_asks(domain: dict[str, Any]) -> None:
    assert set(domain["responses"]) >= ASKS_AGREEMENT
