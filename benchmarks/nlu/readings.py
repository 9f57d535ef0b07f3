"""What a trained model makes of a sentence."""

import json
import math
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Self, cast

from benchmarks.nlu.sentences import Entity
from launcher.console import LauncherError
from launcher.environments import BOT as BOT_ENVIRONMENT
from launcher.model import tail
from launcher.places import BOT, PROJECT
from launcher.settings import bot_environment

FALLBACK = "nlu_fallback"
OUT_OF_SCOPE = frozenset({FALLBACK, "buiten_bereik"})
"""Intents that say: this is not for Noor."""


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One sentence as understood; `ranking` are the likely intents without the fallback, best first."""

    intent: str
    key: str
    confidence: float
    ranking: tuple[tuple[str, float], ...]
    entities: tuple[Entity, ...]
    scope_score: float | None
    """How surely the best reading is in scope, where the pipeline has such a score."""
    milliseconds: float
    cpu_milliseconds: float
    """The work in it, which a busy machine makes hardly longer."""

    @classmethod
    def of(cls, parsed: dict[str, Any], milliseconds: float, cpu_milliseconds: float) -> Self:
        """Build from Rasa's own output."""
        intent = parsed["intent"]["name"] or FALLBACK
        selected = parsed.get("response_selector", {}).get(intent, {})
        key = selected.get("response", {}).get("intent_response_key") or ""
        return cls(
            intent=intent,
            key=key.partition("/")[2],
            confidence=parsed["intent"]["confidence"],
            ranking=tuple(
                (ranked["name"], ranked["confidence"])
                for ranked in parsed.get("intent_ranking", [])
                if ranked["name"] != FALLBACK
            ),
            entities=tuple(
                Entity(name=found["entity"], start=found["start"], end=found["end"])
                for found in parsed["entities"]
            ),
            scope_score=parsed.get("scope", {}).get("score"),
            milliseconds=milliseconds,
            cpu_milliseconds=cpu_milliseconds,
        )

    @property
    def label(self) -> str:
        """Return the intent with its key."""
        return f"{self.intent}/{self.key}" if self.key else self.intent

    @property
    def is_refusal(self) -> bool:
        """Whether Noor says that this is not for her, or asks what is meant."""
        return self.intent in OUT_OF_SCOPE

    @property
    def best(self) -> tuple[str, float]:
        """Return the likeliest intent with its probability, also where the fallback was chosen."""
        return self.ranking[0] if self.ranking else (FALLBACK, 0.0)

    @property
    def doubt(self) -> float:
        """Return one minus the probability of the likeliest intent in scope."""
        return 1.0 - self._best_in_scope

    @property
    def strangeness(self) -> float:
        """Return how surely this is out of scope by the pipeline's own score; without one, the doubt.

        The pipeline scores its best reading with the logarithm of its probability; where that reading is
        itself `buiten_bereik`, what counts here is the best reading in scope.
        """
        if self.scope_score is None:
            return self.doubt
        least = 1e-12
        return -(self.scope_score + math.log((self._best_in_scope + least) / (self.best[1] + least)))

    @property
    def _best_in_scope(self) -> float:
        return max((confidence for name, confidence in self.ranking if name not in OUT_OF_SCOPE), default=0.0)


@dataclass(frozen=True, kw_only=True)
class Memory:
    """What a process used in bytes; `resident` is None where the system does not tell."""

    peak: int
    resident: int | None


class Reader:
    """A process that has loaded one model and reads sentences with it, one at a time, as in production."""

    def __init__(self, model: Path, log: Path) -> None:
        self._log = log
        with log.open("w") as output:
            self._process = subprocess.Popen(  # noqa: S603 - this project's own program
                [BOT_ENVIRONMENT.python, "-m", "benchmarks.nlu.reader", str(model)],
                cwd=BOT,
                env={**bot_environment(), "PYTHONPATH": f"{BOT}{os.pathsep}{PROJECT}"},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=output,
                text=True,
            )
        # Both are pipes, as asked.
        self._sentences = cast("IO[str]", self._process.stdin)
        self._readings = cast("IO[str]", self._process.stdout)
        self._next_line()  # it has loaded its model

    def read(self, text: str) -> Reading:
        """Return what the model makes of a sentence."""
        self._sentences.write(json.dumps(text) + "\n")
        self._sentences.flush()
        line = self._next_line()
        return Reading.of(line["reading"], line["milliseconds"], line["cpu_milliseconds"])

    def finish(self) -> Memory:
        """End the process and return what memory it used."""
        self._sentences.close()
        line = self._next_line()
        self._process.wait()
        return Memory(peak=line["peak_bytes"], resident=line["resident_bytes"])

    def stop(self) -> None:
        """End the process, whatever it is doing."""
        self._process.kill()
        self._process.wait()

    def _next_line(self) -> Any:  # noqa: ANN401 - JSON is anything
        line = self._readings.readline()
        if not line:
            message = f"Reading stopped. The last lines of {self._log}:\n{tail(self._log)}"
            raise LauncherError(message)
        return json.loads(line)
