"""Training a pipeline with nothing kept from earlier: no cache of Rasa's, no sentence vectors of ours."""

import hashlib
import json
import resource
import shutil
import subprocess
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import yaml

from benchmarks.examples import thin_out
from benchmarks.nlu.figures import Training
from benchmarks.peer import NLU_CONFIG
from launcher.console import LauncherError, step
from launcher.environments import BOT as BOT_ENVIRONMENT
from launcher.model import fingerprint, tail
from launcher.places import BOT, PRIVATE, PROJECT
from launcher.settings import bot_environment

FOLDER = PRIVATE / "bench" / "nlu"
"""The models and logs of the last run."""


@dataclass(frozen=True, kw_only=True)
class Pipeline:
    """A pipeline by name, with the text of its `config.yml`; it sees `most_examples` of each intent."""

    name: str
    config: str
    most_examples: int | None = None

    @classmethod
    def ours(cls, most_examples: int | None = None) -> "Pipeline":
        """Return the pipeline Noor runs with."""
        config = (BOT / "config.yml").read_text(encoding="utf-8")
        return cls(name="ours", config=config, most_examples=most_examples)

    @classmethod
    def peer(cls, most_examples: int | None = None) -> "Pipeline":
        """Return Rasa's default pipeline."""
        config = yaml.safe_dump(NLU_CONFIG, sort_keys=False)
        return cls(name="peer", config=config, most_examples=most_examples)

    @property
    def model(self) -> Path:
        """Return where its trained model is kept."""
        digest = hashlib.sha256(f"{fingerprint()} {self.config} {self.most_examples}".encode()).hexdigest()[
            :16
        ]
        return FOLDER / f"{self.name}-{digest}.tar.gz"

    @property
    def log(self) -> Path:
        """Return where Rasa tells of its training."""
        return FOLDER / f"{self.name}-train.log"


def trained(pipeline: Pipeline, *, again: bool) -> tuple[Path, Training]:
    """Return the model and what its training took; without `again`, of an earlier run if it is there.

    Raises:
        LauncherError: training left no model; the log says why.
    """
    record = pipeline.model.with_suffix(".json")
    if again or not record.exists():
        for old in FOLDER.glob(f"{pipeline.name}-*.tar.*"):
            old.unlink()
        record.write_text(json.dumps(asdict(_train(pipeline))))
    return pipeline.model, Training(**json.loads(record.read_text()))


def _train(pipeline: Pipeline) -> Training:
    """Train in a project folder of its own, as empty as after `git clone`."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder, "bot")
        project.mkdir()
        # The pipeline's settings name the taxonomy as seen from the project's folder.
        Path(folder, "skills_taxonomy").symlink_to(PROJECT / "skills_taxonomy")
        (project / "config.yml").write_text(pipeline.config, encoding="utf-8")
        data = BOT / "data"
        if pipeline.most_examples is not None:
            data = project / "data"
            thin_out(BOT / "data", data, pipeline.most_examples)
        command = [
            *(BOT_ENVIRONMENT.program("rasa"), "train", "nlu"),
            *("--config", "config.yml"),
            *("--domain", str(BOT / "domain")),
            *("--nlu", str(data)),
            *("--out", "models"),
            *("--fixed-model-name", pipeline.name),
        ]
        started, worked = time.monotonic(), _cpu_seconds_of_children()
        with step(f"Training {pipeline.name}, with nothing kept"), pipeline.log.open("w") as output:
            subprocess.run(  # noqa: S603 - Rasa itself
                command,
                cwd=project,
                env=bot_environment(RASA_MAX_CACHE_SIZE="0"),
                stdout=output,
                stderr=output,
                check=False,
            )
        training = Training(
            seconds=time.monotonic() - started, cpu_seconds=_cpu_seconds_of_children() - worked
        )
        model = project / "models" / f"{pipeline.name}.tar.gz"
        if not model.exists():
            message = f"Training failed. The last lines of {pipeline.log}:\n{tail(pipeline.log)}"
            raise LauncherError(message)
        shutil.move(model, pipeline.model)
        return training


def _cpu_seconds_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
