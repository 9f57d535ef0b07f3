"""The figures by which understanding is judged, each with where it comes from."""

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.nlu.sentences import Entity

CALIBRATION_BINS = 15
_RESAMPLES = 2000
_NORMAL_95 = 1.959964

type Floats = np.ndarray[tuple[int], np.dtype[np.float64]]
type Integers = np.ndarray[tuple[int], np.dtype[np.int64]]


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """A figure with the bounds of its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, kw_only=True)
class Counts:
    """What was asked for, what was given, and what of that was right."""

    right: int
    given: int
    asked: int

    @property
    def precision(self) -> float:
        """Return the share of what was given that is right; 0 when nothing was given."""
        return self.right / self.given if self.given else 0.0

    @property
    def recall(self) -> float:
        """Return the share of what was asked for that was given."""
        return self.right / self.asked if self.asked else 0.0

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall."""
        return 2 * self.right / (self.given + self.asked) if self.given + self.asked else 0.0


def share(rights: Sequence[bool]) -> Estimate:
    """Return the share that is right, with Wilson's interval (1927): honest also near 0 and 1."""
    total, value = len(rights), sum(rights) / len(rights)
    spread = _NORMAL_95**2 / total
    middle = (value + spread / 2) / (1 + spread)
    reach = _NORMAL_95 / (1 + spread) * math.sqrt(value * (1 - value) / total + spread / (4 * total))
    # At 0 and 1 rounding would put a bound a hair outside.
    return Estimate(value=value, low=max(0.0, middle - reach), high=min(1.0, middle + reach))


def difference(ours: Sequence[bool], theirs: Sequence[bool]) -> Estimate:
    """Return how much larger our share is on the very same sentences, with a paired bootstrap interval."""
    steps = np.asarray(ours, dtype=np.float64) - np.asarray(theirs, dtype=np.float64)
    return _bootstrap(len(steps), lambda chosen: float(steps[chosen].mean()))


def by_label(asked: Sequence[str], given: Sequence[str]) -> dict[str, Counts]:
    """Return the counts of every label that was asked for."""
    right = Counter(label for label, answer in zip(asked, given, strict=True) if label == answer)
    all_asked, all_given = Counter(asked), Counter(given)
    return {
        label: Counts(right=right[label], given=all_given[label], asked=count)
        for label, count in sorted(all_asked.items())
    }


def macro_f1(asked: Sequence[str], given: Sequence[str]) -> Estimate:
    """Return the mean F1 over the labels that were asked for, with a bootstrap interval."""
    labels = {label: number for number, label in enumerate(sorted(set(asked)))}
    questions = np.array([labels[label] for label in asked])
    # Every other answer is one label more: wrong, and never asked for.
    answers = np.array([labels.get(label, len(labels)) for label in given])

    def mean_f1(chosen: Integers) -> float:
        question, answer = questions[chosen], answers[chosen]
        size = len(labels) + 1
        right = np.bincount(question[question == answer], minlength=size)[:-1]
        both = np.bincount(question, minlength=size)[:-1] + np.bincount(answer, minlength=size)[:-1]
        asked_here = np.bincount(question, minlength=size)[:-1] > 0
        return float((2 * right[asked_here] / both[asked_here]).mean())

    return _bootstrap(len(questions), mean_f1)


def calibration_error(confidences: Sequence[float], rights: Sequence[bool]) -> float:
    """Return the expected calibration error (Naeini 2015): how far confidence is from being right.

    Over bins of one width, each weighed by the answers in it.
    """
    confidence, right = np.asarray(confidences), np.asarray(rights, dtype=np.float64)
    bins = np.clip(np.ceil(confidence * CALIBRATION_BINS).astype(int) - 1, 0, CALIBRATION_BINS - 1)
    gaps = [
        abs(float((confidence[bins == number] - right[bins == number]).sum()))
        for number in range(CALIBRATION_BINS)
    ]
    return sum(gaps) / len(confidence)


def separation(inside: Sequence[float], outside: Sequence[float]) -> Estimate:
    """Return the AUROC with a bootstrap interval: how often a score is higher outside; a tie is half."""
    scores_in, scores_out = np.asarray(inside), np.asarray(outside)

    def auroc(chosen: Integers) -> float:
        ordered = np.sort(scores_in[chosen[chosen < len(scores_in)]])
        strange = scores_out[chosen[chosen >= len(scores_in)] - len(scores_in)]
        if not len(ordered) or not len(strange):
            return 0.5
        below = np.searchsorted(ordered, strange, "left") + np.searchsorted(ordered, strange, "right")
        return float(below.mean() / 2 / len(ordered))

    return _bootstrap(len(scores_in) + len(scores_out), auroc)


def by_entity(marked: Sequence[Sequence[Entity]], found: Sequence[Sequence[Entity]]) -> dict[str, Counts]:
    """Return the counts of every kind of entity that is marked somewhere; other kinds are not judged.

    Right is: of that very kind, and overlapping what is marked; each counts once.
    """
    asked = Counter(fact.name for facts in marked for fact in facts)
    given = Counter(fact.name for facts in found for fact in facts)
    lost = Counter(
        fact.name for facts, answers in zip(marked, found, strict=True) for fact in missed(facts, answers)
    )
    return {
        name: Counts(right=count - lost[name], given=given[name], asked=count)
        for name, count in sorted(asked.items())
    }


def missed(marked: Sequence[Entity], found: Sequence[Entity]) -> list[Entity]:
    """Return what is marked in a sentence and was not found: nothing of its kind overlaps it."""
    left, lost = sorted(found, key=_end), []
    for fact in sorted(marked, key=_end):
        match = next((other for other in left if other.name == fact.name and _overlap(fact, other)), None)
        if match is None:
            lost.append(fact)
        else:
            left.remove(match)
    return lost


def total(counts: Sequence[Counts]) -> Counts:
    """Return all counts added up; their F1 is the micro-average."""
    return Counts(
        right=sum(count.right for count in counts),
        given=sum(count.given for count in counts),
        asked=sum(count.asked for count in counts),
    )


def _end(fact: Entity) -> int:
    return fact.end


def _overlap(one: Entity, other: Entity) -> bool:
    return one.start < other.end and other.start < one.end


def _bootstrap(size: int, figure: Callable[[Integers], float]) -> Estimate:
    """Return a figure over all, and its 95 % interval over resamples; the same in every run."""
    generator = np.random.default_rng(1)
    resampled = [figure(generator.integers(size, size=size)) for _ in range(_RESAMPLES)]
    low, high = np.quantile(resampled, [0.025, 0.975])
    return Estimate(value=figure(np.arange(size)), low=float(low), high=float(high))
