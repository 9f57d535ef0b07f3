"""All figures of one pipeline on the blind set."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np

from benchmarks.nlu import metrics
from benchmarks.nlu.metrics import Counts, Estimate
from benchmarks.nlu.readings import OUT_OF_SCOPE, Memory, Reading
from benchmarks.nlu.sentences import Sentence, UnreadableSentencesError, read_sentences

SURE_FROM = 0.9
"""From this confidence on, an answer should hardly ever be wrong."""


@dataclass(frozen=True, kw_only=True)
class BlindSet:
    """Sentences written by somebody who did not read the training examples."""

    inside: list[Sentence]
    misspelled: list[Sentence]
    """The same sentences in the same order, with typos."""
    outside: list[Sentence]
    """What Noor cannot know and should not guess at."""

    @classmethod
    def open(cls, folder: Path, *, seed: int, every: int = 1) -> Self:
        """Read `intents.yml` and `out_of_scope.yml`; of each intent only one in `every` sentences.

        Raises:
            UnreadableSentencesError: a file is missing or unreadable, or there is nothing to measure in it.
        """
        sentences = [*read_sentences(folder / "intents.yml"), *read_sentences(folder / "out_of_scope.yml")]
        inside = [sentence for sentence in sentences if sentence.intent not in OUT_OF_SCOPE][::every]
        outside = [sentence for sentence in sentences if sentence.intent in OUT_OF_SCOPE][::every]
        if not inside or not outside:
            message = f"{folder} needs sentences of intents, and of buiten_bereik."
            raise UnreadableSentencesError(message)
        return cls(
            inside=inside, misspelled=[sentence.misspelled(seed) for sentence in inside], outside=outside
        )


@dataclass(frozen=True, kw_only=True)
class Training:
    """Seconds a training took: by the clock, and of work."""

    seconds: float
    cpu_seconds: float


@dataclass(frozen=True, kw_only=True)
class Readings:
    """What one pipeline made of a blind set, sentence by sentence, and what that took."""

    inside: list[Reading]
    misspelled: list[Reading]
    outside: list[Reading]
    training: Training
    memory: Memory


@dataclass(frozen=True, kw_only=True)
class ParseTimes:
    """Milliseconds of one sentence: by the clock, and of work."""

    p50: float
    p95: float
    p50_cpu: float
    p95_cpu: float

    @classmethod
    def of(cls, readings: Sequence[Reading]) -> Self:
        """Work them out over all sentences."""
        p50, p95 = np.quantile([reading.milliseconds for reading in readings], [0.5, 0.95])
        p50_cpu, p95_cpu = np.quantile([reading.cpu_milliseconds for reading in readings], [0.5, 0.95])
        return cls(p50=float(p50), p95=float(p95), p50_cpu=float(p50_cpu), p95_cpu=float(p95_cpu))


@dataclass(frozen=True, kw_only=True)
class Figures:
    """One pipeline's figures; shares lie between 0 and 1."""

    accuracy: Estimate
    macro_f1: Estimate
    best_reading_accuracy: Estimate
    """As accuracy, but with the likeliest intent where the pipeline chose its fallback."""
    faq_accuracy: Estimate | None
    """Share of frequent questions understood as the very question; None without such sentences."""
    misspelled_accuracy: Estimate
    misspelled_macro_f1: Estimate
    lost_by_typos: Estimate
    entities: dict[str, Counts]
    calibration_error: float
    sure: Counts
    """Answers given with confidence: `asked` is all sentences."""
    scope_auroc: Estimate
    doubt_auroc: Estimate
    refused_outside: Estimate
    refused_inside: Estimate
    parse: ParseTimes
    training: Training
    memory: Memory

    @classmethod
    def of(cls, blind: BlindSet, readings: Readings) -> Self:
        """Work out every figure."""
        plain = rights(blind.inside, readings.inside)
        misspelled = rights(blind.misspelled, readings.misspelled)
        best = [
            reading.best[0] == sentence.intent
            for sentence, reading in zip(blind.inside, readings.inside, strict=True)
        ]
        faq = [
            reading.label == sentence.label
            for sentence, reading in zip(blind.inside, readings.inside, strict=True)
            if sentence.key
        ]
        sure = [
            right
            for right, reading in zip(plain, readings.inside, strict=True)
            if reading.confidence >= SURE_FROM and not reading.is_refusal
        ]
        read = [*readings.inside, *readings.misspelled, *readings.outside]
        return cls(
            accuracy=metrics.share(plain),
            macro_f1=_macro_f1(blind.inside, readings.inside),
            best_reading_accuracy=metrics.share(best),
            faq_accuracy=metrics.share(faq) if faq else None,
            misspelled_accuracy=metrics.share(misspelled),
            misspelled_macro_f1=_macro_f1(blind.misspelled, readings.misspelled),
            lost_by_typos=metrics.difference(plain, misspelled),
            entities=metrics.by_entity(
                [sentence.entities for sentence in blind.inside],
                [reading.entities for reading in readings.inside],
            ),
            calibration_error=metrics.calibration_error(
                [reading.best[1] for reading in readings.inside], best
            ),
            sure=Counts(right=sum(sure), given=len(sure), asked=len(plain)),
            scope_auroc=metrics.separation(
                [reading.strangeness for reading in readings.inside],
                [reading.strangeness for reading in readings.outside],
            ),
            doubt_auroc=metrics.separation(
                [reading.doubt for reading in readings.inside],
                [reading.doubt for reading in readings.outside],
            ),
            refused_outside=metrics.share([reading.is_refusal for reading in readings.outside]),
            refused_inside=metrics.share([reading.is_refusal for reading in readings.inside]),
            parse=ParseTimes.of(read),
            training=readings.training,
            memory=readings.memory,
        )


def rights(sentences: Sequence[Sentence], readings: Sequence[Reading]) -> list[bool]:
    """Return for each sentence whether the intent that was chosen is the one meant."""
    return [reading.intent == sentence.intent for sentence, reading in zip(sentences, readings, strict=True)]


def _macro_f1(sentences: Sequence[Sentence], readings: Sequence[Reading]) -> Estimate:
    return metrics.macro_f1(
        [sentence.intent for sentence in sentences], [reading.intent for reading in readings]
    )
