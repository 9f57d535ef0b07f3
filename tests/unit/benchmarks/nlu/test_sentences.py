from pathlib import Path

import pytest

from benchmarks.nlu.figures import BlindSet
from benchmarks.nlu.sentences import Entity, Sentence, UnreadableSentencesError, read_sentences

INTENTS = """\
version: "3.1"
nlu:
  - intent: cursus_zoeken
    examples: |
      - [avond](vorm)cursus in [Zaandam](plaats)
      - cursus voor [lasser](beroep:lassen), [de tweede]{"entity": "keuze", "value": "2"}
  - intent: faq/leeftijd
    examples: |
      - ben ik te oud?
  - lookup: plaats
    examples: |
      - Zaandam
"""
OUT_OF_SCOPE = """\
version: "3.1"
nlu:
  - intent: buiten_bereik
    examples: |
      - hoe laat speelt ajax
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "intents.yml").write_text(INTENTS)
    (tmp_path / "out_of_scope.yml").write_text(OUT_OF_SCOPE)
    return tmp_path


def words_of(sentence: Sentence) -> list[tuple[str, str]]:
    return [(fact.name, sentence.text[fact.start : fact.end]) for fact in sentence.entities]


def test_markup_becomes_entities_in_the_plain_sentence(folder: Path) -> None:
    first, second, _ = read_sentences(folder / "intents.yml")
    assert first.text == "avondcursus in Zaandam"
    assert first.entities == (Entity(name="vorm", start=0, end=5), Entity(name="plaats", start=15, end=22))
    assert second.text == "cursus voor lasser, de tweede"
    assert words_of(second) == [("beroep", "lasser"), ("keuze", "de tweede")]


def test_a_retrieval_intent_is_split_into_intent_and_key(folder: Path) -> None:
    question = read_sentences(folder / "intents.yml")[2]
    assert (question.intent, question.key, question.label) == ("faq", "leeftijd", "faq/leeftijd")


def test_entities_move_along_with_typos() -> None:
    sentence = Sentence(
        text="ik zoek werk in Zaandam bij 1506AB",
        intent="open_hiring_zoeken",
        entities=(Entity(name="plaats", start=16, end=23), Entity(name="postcode", start=28, end=34)),
    )
    for seed in range(20):
        mistyped = sentence.misspelled(seed)
        (_, place), (_, postcode) = words_of(mistyped)
        assert mistyped.text.split()[4] == place != "Zaandam"
        assert postcode == "1506AB"


def test_a_sentence_has_the_same_typos_whatever_stands_around_it(folder: Path) -> None:
    sentence = read_sentences(folder / "intents.yml")[0]
    assert BlindSet.open(folder, seed=3).misspelled[0] == sentence.misspelled(3)


def test_a_blind_set_keeps_sentences_out_of_scope_apart(folder: Path) -> None:
    blind = BlindSet.open(folder, seed=1)
    assert [sentence.label for sentence in blind.inside] == ["cursus_zoeken", "cursus_zoeken", "faq/leeftijd"]
    assert [sentence.text for sentence in blind.outside] == ["hoe laat speelt ajax"]


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSentencesError, match=r"intents\.yml is not there"):
        BlindSet.open(tmp_path, seed=1)


@pytest.mark.parametrize("text", ["", "nlu: geen lijst", "nlu: [{intent: groeten}]", "{"])
def test_a_file_of_something_else_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "intents.yml"
    file.write_text(text)
    with pytest.raises(UnreadableSentencesError, match="no NLU file"):
        read_sentences(file)


def test_a_set_with_nothing_out_of_scope_is_refused(folder: Path) -> None:
    (folder / "out_of_scope.yml").write_text(INTENTS)
    with pytest.raises(UnreadableSentencesError, match="buiten_bereik"):
        BlindSet.open(folder, seed=1)
