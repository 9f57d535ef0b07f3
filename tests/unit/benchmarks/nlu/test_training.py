from pathlib import Path

import pytest

from benchmarks.nlu import training
from benchmarks.nlu.figures import Training
from benchmarks.nlu.training import Pipeline, trained

PIPELINE = Pipeline(name="ours", config="language: nl")


@pytest.fixture
def runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give the configs that were trained with, in order; training itself only leaves a model behind."""
    configs: list[str] = []

    def train(pipeline: Pipeline) -> Training:
        configs.append(pipeline.config)
        pipeline.model.write_bytes(b"a model")
        return Training(seconds=10.0 * len(configs), cpu_seconds=9.0)

    monkeypatch.setattr(training, "FOLDER", tmp_path)
    monkeypatch.setattr(training, "_train", train)
    monkeypatch.setattr(training, "fingerprint", lambda: "as it is now")
    return configs


def test_a_whole_run_always_trains(runs: list[str]) -> None:
    assert trained(PIPELINE, again=True)[1].seconds == 10.0
    assert trained(PIPELINE, again=True)[1].seconds == 20.0
    assert len(runs) == 2


def test_a_quick_run_takes_the_model_and_the_seconds_of_an_earlier_one(runs: list[str]) -> None:
    first = trained(PIPELINE, again=True)
    assert trained(PIPELINE, again=False) == first
    assert len(runs) == 1


def test_other_settings_or_other_examples_ask_for_another_model(
    runs: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    model, _ = trained(PIPELINE, again=False)
    trained(Pipeline(name="ours", config="language: en"), again=False)
    thinned, _ = trained(Pipeline(name="ours", config="language: nl", most_examples=25), again=False)
    assert thinned != model
    monkeypatch.setattr(training, "fingerprint", lambda: "changed")
    newest, _ = trained(PIPELINE, again=False)
    assert runs == ["language: nl", "language: en", "language: nl", "language: nl"]
    assert newest != model
    assert not model.exists()
