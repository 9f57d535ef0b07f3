"""What somebody meant to type."""

import json
import re
from pathlib import Path

import pytest
import simplemma
from components.model_files import ModelUnreadableError
from components.spelling import READ_AS, DutchSpelling, Spelling, as_read
from hypothesis import assume, given
from hypothesis import strategies as st
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

CONFIG = {**DutchSpelling.get_default_config(), "taxonomy": "nowhere"}
SHORTEST = CONFIG["shortest"]
# What people say to Noor: of a handful of sentences nobody learns which word follows which.
_EXAMPLE = re.compile(r"^ +- (?!intent)(.+)$", re.MULTILINE)
SENTENCES = [
    example
    for file in sorted((Path(__file__).parents[4] / "bot" / "data").glob("*/nlu.yml"))
    for example in _EXAMPLE.findall(file.read_text(encoding="utf-8"))
]
COMMON = [
    "ik zoek een cursus lassen",
    "ik zoek een baan in de zorg",
    "ik heb geen diploma",
    "dat weet ik niet",
    "kan ik met iemand praten",
    "wat kost een opleiding",
    "ik wil van baan veranderen",
]
PLACES = {"name": "plaats", "elements": ["Koog aan de Zaan", "Zaandam"]}
SPELLING = Spelling.of(SENTENCES, SHORTEST, PLACES["elements"])
KNOWN = {word for sentence in SENTENCES for word in re.findall(r"\w+", sentence.lower())}
WORDS = sorted({word for sentence in COMMON for word in sentence.split()})


def said(text: str) -> Message:
    return Message(data={TEXT: text})


@pytest.fixture(scope="module")
def spelling(tmp_path_factory: pytest.TempPathFactory) -> DutchSpelling:
    storage = LocalModelStorage.create(tmp_path_factory.mktemp("model"))
    component = DutchSpelling(CONFIG, storage, Resource("spelling"))
    examples = [Message.build(text=text, intent="cursus_zoeken") for text in SENTENCES]
    component.train(TrainingData(examples, lookup_tables=[PLACES], entity_synonyms={"Wormerveer": "plaats"}))
    return component


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ik zoek een vacatire", "ik zoek een vacature"),  # the key beside it
        ("ik zoek een crusus lassen", "ik zoek een cursus lassen"),  # two letters that changed places
        ("ik zoek een curus lassen", "ik zoek een cursus lassen"),  # one too few
        ("ik zoek een cursus lassenn", "ik zoek een cursus lassen"),  # one too many
        ("ik zoek een vursus", "ik zoek een cursus"),  # the key beside it, also at the start
        ("cursus elektrotegniek", "cursus elektrotechniek"),  # two slips in a long word
        ("ik wi een baan", "ik wil een baan"),  # in a short word
    ],
)
def test_a_slip_is_put_right(spelling: DutchSpelling, typed: str, meant: str) -> None:
    (message,) = spelling.process([said(typed)])
    assert as_read(message) == meant
    assert message.get(TEXT) == typed


@pytest.mark.parametrize("text", ["ik wil passen", "lussen of lessen", "Zaandam 1506 AB", "las", "😀"])
def test_words_that_exist_and_what_is_no_word_stay_as_they_are(spelling: DutchSpelling, text: str) -> None:
    (message,) = spelling.process([said(text)])
    assert as_read(message) == text


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ik wet het niet", "ik weet het niet"),
        ("ik zoek en baan", "ik zoek een baan"),
        ("ik ben mijn ban kwijt", "ik ben mijn baan kwijt"),
    ],
)
def test_a_slip_that_makes_another_word_is_seen_by_the_words_around_it(typed: str, meant: str) -> None:
    assert SPELLING.correct(typed) == meant


def test_between_two_words_the_words_around_them_decide() -> None:
    assert SPELLING.correct("ik zoek een baaan") == "ik zoek een baan"
    spelling = Spelling.of(["de kast is vol", "de last is zwaar"] * 5, SHORTEST)
    assert spelling.correct("de jast is vol") == "de kast is vol"
    assert spelling.correct("de oast is zwaar") == "de last is zwaar"


def test_of_two_words_equally_near_the_one_used_more_often_is_meant() -> None:
    spelling = Spelling.of(["banenlijst"] * 2 + ["banenlijsx"] * 5, SHORTEST)
    assert spelling.correct("banenlijsq") == "banenlijsx"


def test_hands_that_slip_in_every_word_are_read_so() -> None:
    assert SPELLING.correct("ik zoej en baam in dee zorgg") == "ik zoek een baan in de zorg"


@pytest.mark.parametrize(
    "text",
    [
        "ik woon in Krommenie",
        "mijn naam is Kowalski",
        "ik heet Oksana",
        "ik werk als barista",
        "can you help me please",
        "szukam pracy",
        "шукаю роботу",
        "أبحث عن عمل",
    ],
)
def test_an_unknown_name_and_another_language_stay_as_they_are(text: str) -> None:
    assert SPELLING.correct(text) == text


def test_what_lists_and_synonyms_name_is_known_and_put_right(spelling: DutchSpelling) -> None:
    messages = spelling.process([said("ik woon in Zaanadm"), said("wormerver")])
    assert [as_read(message) for message in messages] == ["ik woon in Zaandam", "wormerveer"]


def test_what_the_taxonomy_names_is_known_and_put_right(tmp_path: Path) -> None:
    concept = {"name": "kwartiermaker", "names": []}
    (tmp_path / "occupations.jsonl").write_text(json.dumps(concept), encoding="utf-8")
    config = {**CONFIG, "taxonomy": str(tmp_path)}
    spelling = DutchSpelling(config, LocalModelStorage.create(tmp_path), Resource("spelling"))
    spelling.train(TrainingData([Message.build(text=text, intent="groeten") for text in SENTENCES]))
    (message,) = spelling.process([said("kwartiermakr")])
    assert as_read(message) == "kwartiermaker"
    assert DutchSpelling.fingerprint_addon(config) != DutchSpelling.fingerprint_addon(CONFIG)


@pytest.mark.parametrize("format_", ["baaan@zoekk.nl", "https://vakature.nl", "www.crusus.nl", "1506bannen"])
def test_addresses_and_codes_stay_as_they_are(format_: str) -> None:
    assert SPELLING.correct(f"ik zoek een baaan {format_}") == f"ik zoek een baan {format_}"


def test_slips_in_the_examples_themselves_are_no_words(spelling: DutchSpelling) -> None:
    assert "vacture" in KNOWN
    (message,) = spelling.process([said("een vacture")])
    assert as_read(message) == "een vacature"


def test_a_word_that_was_seen_once_and_no_dictionary_has_is_never_put_in_place_of_another() -> None:
    spelling = Spelling.of([*SENTENCES, "ik zoek een qursos"], SHORTEST)
    assert spelling.correct("een qursoz") == "een qursoz"


@pytest.mark.parametrize(
    ("typed", "meant"), [("Vacatire", "Vacature"), ("IK ZOEK een BAAN", "IK ZOEK een BAAN")]
)
def test_a_capital_stays(typed: str, meant: str) -> None:
    assert SPELLING.correct(typed) == meant


def test_shouting_and_odd_white_space_mean_nothing(spelling: DutchSpelling) -> None:
    (message,) = spelling.process([said("  IK  ZOEK\tEEN CURSUS ")])
    assert as_read(message) == "ik zoek een cursus"


@pytest.mark.parametrize("text", ["", "   ", "/stoppen"])
def test_what_has_no_words_is_not_read(spelling: DutchSpelling, text: str) -> None:
    (message,) = spelling.process([said(text)])
    assert message.get(READ_AS) is None
    assert as_read(message) == text


@given(st.lists(st.sampled_from(COMMON), min_size=1, max_size=3))
def test_sentences_of_well_known_words_stay_as_they_are(sentences: list) -> None:
    assert SPELLING.correct(", ".join(sentences)) == ", ".join(sentences)


@given(st.text())
def test_signs_digits_and_spaces_stay(text: str) -> None:
    def without_words(sentence: str) -> str:
        return re.sub(r"[^\W\d_]+", "w", sentence)

    assert without_words(SPELLING.correct(text)) == without_words(text)


@pytest.mark.parametrize(
    "letters", ["a" * 20_000, "ik " + "a" * 20_000 + " werk", "1a" * 10_000, "@" * 20_000]
)
def test_what_is_far_too_long_is_no_word(letters: str) -> None:
    assert SPELLING.correct(letters) == letters


@given(st.sampled_from(COMMON), st.data())
def test_a_sentence_put_right_is_left_alone_when_read_again(sentence: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(sentence) - 1))
    once = SPELLING.correct(sentence[:at] + data.draw(st.sampled_from("aeiknrst")) + sentence[at + 1 :])
    assert SPELLING.correct(once) == once


@given(st.sampled_from(WORDS), st.data())
def test_only_known_words_are_put_in_place_of_others(word: str, data: st.DataObject) -> None:
    assume(len(word) > SHORTEST)
    at = data.draw(st.integers(0, len(word) - 1))
    typed = word[:at] + data.draw(st.sampled_from("qxzy")) + word[at + 1 :]
    meant = SPELLING.correct(typed)
    assert meant == typed or meant in KNOWN or simplemma.is_known(meant, lang="nl")


def test_a_loaded_component_reads_as_the_trained_one(spelling: DutchSpelling) -> None:
    loaded = DutchSpelling.load(CONFIG, spelling._model_storage, spelling._resource, None)
    texts = ["vacatire", "ik wet het niet", "ik woon in Zaanadm"]
    read, again = (
        [as_read(message) for message in reader.process([said(text) for text in texts])]
        for reader in (spelling, loaded)
    )
    assert again == read == ["vacature", "ik weet het niet", "ik woon in Zaandam"]


def test_a_model_without_its_words_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelUnreadableError):
        DutchSpelling.load(CONFIG, LocalModelStorage.create(tmp_path), Resource("spelling"), None)
