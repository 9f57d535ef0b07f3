"""What somebody meant to type."""

from pathlib import Path

import pytest
from components.model_files import ModelUnreadableError
from components.spelling import READ_AS, DutchSpelling, Spelling, as_read
from hypothesis import given
from hypothesis import strategies as st
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

CONFIG = DutchSpelling.get_default_config()
SHORTEST = CONFIG["shortest"]
SENTENCES = [
    "ik zoek een cursus lassen",
    "is er een cursus elektrotechniek",
    "waar kan ik leren lassen",
    "een vacature in de elektrotechniek",
    "die vacature wil ik",
]


def said(text: str) -> Message:
    return Message(data={TEXT: text})


def trained(tmp_path: Path) -> DutchSpelling:
    spelling = DutchSpelling(CONFIG, LocalModelStorage.create(tmp_path), Resource("spelling"))
    spelling.train(TrainingData([Message.build(text=text, intent="cursus_zoeken") for text in SENTENCES]))
    return spelling


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("vakature", "vacature"),  # one other letter
        ("crusus", "cursus"),  # two letters that changed places
        ("curus", "cursus"),  # one too few
        ("lassenn", "lassen"),  # one too many
        ("elektrotegniek", "elektrotechniek"),  # two slips in a long word
    ],
)
def test_a_slip_is_put_right(tmp_path: Path, typed: str, meant: str) -> None:
    (message,) = trained(tmp_path).process([said(f"ik wil {typed}")])
    assert as_read(message) == f"ik wil {meant}"
    assert message.get(TEXT) == f"ik wil {typed}"


@pytest.mark.parametrize("text", ["ik wil passen", "lussen of lessen", "Zaandam 1506 AB", "las", "😀"])
def test_words_that_exist_and_what_is_no_word_stay_as_they_are(tmp_path: Path, text: str) -> None:
    (message,) = trained(tmp_path).process([said(text)])
    assert as_read(message) == text


def test_shouting_and_odd_white_space_mean_nothing(tmp_path: Path) -> None:
    (message,) = trained(tmp_path).process([said("  IK  ZOEK\tEEN CURSUS ")])
    assert as_read(message) == "ik zoek een cursus"


@pytest.mark.parametrize("text", ["", "   ", "/stoppen"])
def test_what_has_no_words_is_not_read(tmp_path: Path, text: str) -> None:
    (message,) = trained(tmp_path).process([said(text)])
    assert message.get(READ_AS) is None
    assert as_read(message) == text


def test_of_two_words_equally_near_the_one_used_more_often_is_meant() -> None:
    assert Spelling({"banenlijst": 2, "banenlijsx": 5}).correct("banenlijsz", SHORTEST) == "banenlijsx"


@given(st.text())
def test_correcting_twice_changes_no_more_than_once(text: str) -> None:
    spelling = Spelling({"cursus": 3, "lassen": 2, "elektrotechniek": 2})
    once = spelling.correct(text, SHORTEST)
    assert spelling.correct(once, SHORTEST) == once


def test_a_loaded_component_reads_as_the_trained_one(tmp_path: Path) -> None:
    spelling = trained(tmp_path)
    loaded = DutchSpelling.load(CONFIG, spelling._model_storage, spelling._resource, None)
    (message,) = loaded.process([said("vakature")])
    assert as_read(message) == "vacature"


def test_a_model_without_its_words_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelUnreadableError):
        DutchSpelling.load(CONFIG, LocalModelStorage.create(tmp_path), Resource("spelling"), None)
