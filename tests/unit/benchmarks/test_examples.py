"""Fewer training sentences: spread evenly, and nothing else changed."""

from pathlib import Path

import pytest
import yaml

from benchmarks.examples import thin_out
from benchmarks.nlu.sentences import read_sentences
from launcher.places import BOT


def test_of_each_intent_some_stay_from_the_first_to_the_last(tmp_path: Path) -> None:
    lines = "".join(f"- zin {number} in [Hoorn](plaats): ja\n" for number in range(100))
    data = {
        "version": "3.1",
        "nlu": [
            {"intent": "groeten", "examples": lines},
            {"intent": "faq/leeftijd", "examples": "- hoe oud\n"},
            {"lookup": "plaats", "examples": lines},
        ],
    }
    (tmp_path / "from" / "faq").mkdir(parents=True)
    (tmp_path / "from" / "faq" / "nlu.yml").write_text(yaml.safe_dump(data))
    (tmp_path / "from" / "faq" / "rules.yml").write_text("rules: []\n")
    thin_out(tmp_path / "from", tmp_path / "to", 10)
    thinned = yaml.safe_load((tmp_path / "to" / "faq" / "nlu.yml").read_text())["nlu"]
    assert thinned[0]["examples"].splitlines() == lines.splitlines()[::10]
    assert thinned[1:] == data["nlu"][1:]
    assert (tmp_path / "to" / "faq" / "rules.yml").read_text() == "rules: []\n"


@pytest.mark.parametrize("most", [1, 25])
def test_the_projects_own_sentences_keep_every_intent(tmp_path: Path, most: int) -> None:
    thin_out(BOT / "data", tmp_path / "data", most)
    for file in (BOT / "data").glob("*/nlu.yml"):
        before, after = (
            read_sentences(path) for path in (file, tmp_path / "data" / file.parent.name / file.name)
        )
        labels = [sentence.label for sentence in after]
        assert {sentence.label for sentence in before} == set(labels)
        assert max((labels.count(label) for label in labels), default=0) <= most
        assert set(after) <= set(before)
