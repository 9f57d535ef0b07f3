"""The report for editors: which intents are taken for which, sentence by sentence."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import jinja2

from benchmarks.nlu import metrics
from benchmarks.nlu.figures import BlindSet, Figures, Readings
from benchmarks.nlu.metrics import Counts
from benchmarks.nlu.readings import FALLBACK, Reading
from benchmarks.nlu.sentences import Sentence

MOST_CONFUSIONS = 40


@dataclass(frozen=True, kw_only=True)
class Mistake:
    """A sentence that was misunderstood; `chosen` is None where Noor asked what was meant."""

    text: str
    asked: str
    chosen: str | None
    likeliest: str
    confidence: float


@dataclass(frozen=True, kw_only=True)
class Confusion:
    """How often one intent was taken for another."""

    asked: str
    chosen: str | None
    times: int


@dataclass(frozen=True, kw_only=True)
class Missed:
    """A fact in a sentence that was not found."""

    text: str
    words: str
    name: str


@dataclass(frozen=True, kw_only=True)
class Report:
    """What the page shows."""

    day: date
    ours: Figures
    peer: Figures
    sentences: int
    outside: int
    by_intent: list[tuple[str, Counts]]
    """Of each intent, or question, how well it goes; worst first."""
    confusions: list[Confusion]
    mistakes: dict[str, list[Mistake]]
    """By what was meant: most mistakes first, and in each the most frequent confusion first."""
    guessed: list[Mistake]
    """Sentences out of scope that were answered all the same, surest first."""
    missed: list[Missed]


def make_report(blind: BlindSet, readings: Readings, ours: Figures, peer: Figures, day: date) -> Report:
    """Put together what editors need to see of our own readings."""
    mistakes = list(_mistakes(blind.inside, readings.inside))
    counts = metrics.by_label(
        [sentence.label for sentence in blind.inside], [reading.label for reading in readings.inside]
    )
    pairs = Counter((mistake.asked, mistake.chosen) for mistake in mistakes)
    return Report(
        day=day,
        ours=ours,
        peer=peer,
        sentences=len(blind.inside),
        outside=len(blind.outside),
        by_intent=sorted(counts.items(), key=lambda named: (named[1].f1, named[0])),
        confusions=[
            Confusion(asked=asked, chosen=chosen, times=times)
            for (asked, chosen), times in pairs.most_common(MOST_CONFUSIONS)
        ],
        mistakes={
            label: sorted(
                (mistake for mistake in mistakes if mistake.asked == label),
                key=lambda mistake: (-pairs[mistake.asked, mistake.chosen], mistake.chosen or ""),
            )
            for label, _ in Counter(mistake.asked for mistake in mistakes).most_common()
        },
        guessed=sorted(
            (
                _mistake(sentence, reading)
                for sentence, reading in zip(blind.outside, readings.outside, strict=True)
                if not reading.is_refusal
            ),
            key=lambda mistake: -mistake.confidence,
        ),
        missed=[
            Missed(text=sentence.text, words=sentence.text[fact.start : fact.end], name=fact.name)
            for sentence, reading in zip(blind.inside, readings.inside, strict=True)
            for fact in metrics.missed(sentence.entities, reading.entities)
        ],
    )


def render(report: Report) -> str:
    """Return the page: one file that needs no other, also on paper."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["percent"] = lambda part: f"{100 * part:.0f}"
    environment.filters["anchor"] = lambda label: "zinnen-" + label.replace("/", "-")
    return environment.get_template("report.html").render(report=report, total=metrics.total)


def _mistakes(sentences: Sequence[Sentence], readings: Sequence[Reading]) -> Iterator[Mistake]:
    for sentence, reading in zip(sentences, readings, strict=True):
        if reading.label != sentence.label:
            yield _mistake(sentence, reading)


def _mistake(sentence: Sentence, reading: Reading) -> Mistake:
    likeliest, confidence = reading.best
    is_question = reading.intent == FALLBACK
    return Mistake(
        text=sentence.text,
        asked=sentence.label,
        chosen=None if is_question else reading.label,
        likeliest=likeliest,
        confidence=confidence if is_question else reading.confidence,
    )
