from typing import TYPE_CHECKING

import pytest
from components.learned_entities import LearnedEntityExtractor
from components.model_files import ModelUnreadableError
from components.tokenizer import DutchTokenizer
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

if TYPE_CHECKING:
    from rasa.engine.graph import ExecutionContext
    from rasa.engine.storage.local_model_storage import LocalModelStorage

OCCUPATIONS = ["lasser", "bakker", "kapper", "schilder", "slager", "drukker", "metselaar", "stukadoor"]
NAMES = ["Fatma Yildiz", "Jan de Boer", "Aisha", "Sjoerd", "Oksana", "Henk Visser", "Mehmet", "Els"]
SKILLS = ["lassen", "koken", "naaien", "metselen", "solderen", "tekenen", "frezen", "stuken"]
RESOURCE = Resource("learned")


def told(before: str, words: str, entity: str, after: str = "") -> Message:
    fact = {"entity": entity, "value": words, "start": len(before), "end": len(before) + len(words)}
    return Message.build(text=before + words + after, intent="skills_vertellen", entities=[fact])


def read(text: str, *found: dict) -> Message:
    message = Message(data={"text": text, "entities": list(found)})
    DutchTokenizer(DutchTokenizer.get_default_config()).process([message])
    return message


def facts(message: Message) -> list:
    return [(fact["entity"], fact["value"]) for fact in message.get("entities")]


@pytest.fixture
def marked() -> TrainingData:
    sentences = [
        *(told("ik ben ", word, "beroep", " geweest") for word in OCCUPATIONS),
        *(told("ik werk als ", word, "beroep") for word in OCCUPATIONS),
        *(told("ik heet ", name, "naam") for name in NAMES),
        *(told("ik kan goed ", skill, "vaardigheid") for skill in SKILLS),
        *(Message.build(text=text, intent="groeten") for text in ["hallo", "dag noor", "ik ben er weer"] * 3),
    ]
    tokenizer = DutchTokenizer(DutchTokenizer.get_default_config())
    return tokenizer.process_training_data(TrainingData(training_examples=sentences))


@pytest.fixture
def extractor(
    marked: TrainingData, storage: "LocalModelStorage", context: "ExecutionContext"
) -> LearnedEntityExtractor:
    config = LearnedEntityExtractor.get_default_config()
    LearnedEntityExtractor.create(config, storage, RESOURCE, context).train(marked)
    return LearnedEntityExtractor.load(config, storage, RESOURCE, context)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ik werk als glazenwasser", [("beroep", "glazenwasser")]),
        ("ik ben rietdekker geweest", [("beroep", "rietdekker")]),
        ("ik heet wouter", [("naam", "Wouter")]),
        ("ik kan goed borduren", [("vaardigheid", "borduren")]),
        ("dag noor", []),
    ],
)
def test_words_in_no_list_are_known_by_where_they_stand(
    extractor: LearnedEntityExtractor, text: str, expected: list
) -> None:
    assert facts(extractor.process([read(text)])[0]) == expected


def test_a_new_fact_says_where_it_stands_and_who_found_it(extractor: LearnedEntityExtractor) -> None:
    [fact] = extractor.process([read("ik werk als glazenwasser")])[0].get("entities")
    assert (fact["start"], fact["end"], fact["extractor"]) == (12, 24, "LearnedEntityExtractor")
    assert 0.6 <= fact["confidence_entity"] <= 1


def test_what_the_lists_found_stays_as_it_is(extractor: LearnedEntityExtractor) -> None:
    listed = {"entity": "sector", "value": "schoonmaak", "start": 12, "end": 24}
    message = extractor.process([read("ik werk als glazenwasser", listed)])[0]
    assert message.get("entities") == [listed]


def test_a_message_has_one_name(extractor: LearnedEntityExtractor) -> None:
    known = {"entity": "naam", "value": "Jan", "start": 17, "end": 20}
    assert facts(extractor.process([read("ik heet wouter, jan", known)])[0]) == [("naam", "Jan")]


@pytest.mark.parametrize(
    "setting",
    [{"sure_from": dict.fromkeys(("naam", "beroep", "vaardigheid"), 1.1)}, {"shortest": {"beroep": 30}}],
)
def test_what_is_unsure_or_short_is_left_out(
    extractor: LearnedEntityExtractor,
    storage: "LocalModelStorage",
    context: "ExecutionContext",
    setting: dict,
) -> None:
    del extractor
    strict = LearnedEntityExtractor.load(
        {**LearnedEntityExtractor.get_default_config(), **setting}, storage, RESOURCE, context
    )
    assert facts(strict.process([read("ik werk als glazenwasser")])[0]) == []


def test_a_button_holds_no_words(extractor: LearnedEntityExtractor) -> None:
    assert facts(extractor.process([read("/ik werk als glazenwasser")])[0]) == []


def test_data_without_marked_words_teaches_no_entity(
    storage: "LocalModelStorage", context: "ExecutionContext"
) -> None:
    tokenizer = DutchTokenizer(DutchTokenizer.get_default_config())
    data = TrainingData(training_examples=[Message.build(text="hallo daar", intent="groeten")])
    component = LearnedEntityExtractor.create(
        LearnedEntityExtractor.get_default_config(), storage, RESOURCE, context
    )
    component.train(tokenizer.process_training_data(data))
    assert facts(component.process([read("ik werk als glazenwasser")])[0]) == []


def test_a_model_without_what_was_learned_is_refused(
    storage: "LocalModelStorage", context: "ExecutionContext"
) -> None:
    with pytest.raises(ModelUnreadableError):
        LearnedEntityExtractor.load(
            LearnedEntityExtractor.get_default_config(), storage, Resource("nowhere"), context
        )
