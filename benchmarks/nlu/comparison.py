"""Our figures next to the peer's, with the aims of the project."""

from collections.abc import Iterator

from benchmarks.nlu import metrics
from benchmarks.nlu.figures import SURE_FROM, Figures
from benchmarks.nlu.metrics import Counts, Estimate
from benchmarks.table import Row, ratio

LEAST_ACCURACY, LEAST_LEAD = 0.92, 0.15
MOST_LOST_BY_TYPOS = 0.03
LEAST_AUROC = 0.95
MOST_MILLISECONDS, MOST_TRAINING_SECONDS = 30, 90
_MEGABYTE = 1024**2


def rows(ours: Figures, peer: Figures, lead: Estimate) -> list[Row]:
    """Return the table; `lead` is how much more often we are right on the same sentences."""
    return [
        *_intents(ours, peer, lead),
        *_typos(ours, peer),
        *_confidence(ours, peer),
        *_scope(ours, peer),
        *_costs(ours, peer),
    ]


def entity_rows(ours: Figures, peer: Figures) -> list[Row]:
    """Return a row for all entities together, and one for each kind."""
    totals = metrics.total(list(ours.entities.values())), metrics.total(list(peer.entities.values()))
    named = [("entities, F1 (micro)", *totals)]
    named += [
        (f"  {name} ({count.asked})", count, peer.entities[name]) for name, count in ours.entities.items()
    ]
    return [
        Row(measure=name, ours=_parts(count), peer=_parts(other), between=_points(count.f1 - other.f1))
        for name, count, other in named
    ]


def _intents(ours: Figures, peer: Figures, lead: Estimate) -> Iterator[Row]:
    yield Row(
        measure="intent accuracy",
        ours=_in_percent(ours.accuracy),
        peer=_in_percent(peer.accuracy),
        between=f"{_points(lead.value)} ({100 * lead.low:+.1f} … {100 * lead.high:+.1f})",
        aim=f"≥ {LEAST_ACCURACY:.0%} and ≥ {100 * LEAST_LEAD:.0f} points above",
        reached=ours.accuracy.value >= LEAST_ACCURACY and lead.value >= LEAST_LEAD,
    )
    yield _compared("intent macro-F1", ours.macro_f1, peer.macro_f1)
    yield _compared(
        "intent accuracy, fallback left aside", ours.best_reading_accuracy, peer.best_reading_accuracy
    )
    if ours.faq_accuracy and peer.faq_accuracy:
        yield _compared("the very faq question", ours.faq_accuracy, peer.faq_accuracy)


def _typos(ours: Figures, peer: Figures) -> Iterator[Row]:
    yield _compared("with typos: accuracy", ours.misspelled_accuracy, peer.misspelled_accuracy)
    yield _compared("with typos: macro-F1", ours.misspelled_macro_f1, peer.misspelled_macro_f1)
    yield Row(
        measure="lost by typos, points",
        ours=_in_points(ours.lost_by_typos),
        peer=_in_points(peer.lost_by_typos),
        between=_points(ours.lost_by_typos.value - peer.lost_by_typos.value),
        aim=f"≤ {100 * MOST_LOST_BY_TYPOS:.0f}",
        reached=ours.lost_by_typos.value <= MOST_LOST_BY_TYPOS,
    )


def _confidence(ours: Figures, peer: Figures) -> Iterator[Row]:
    yield Row(
        measure="calibration error (ECE)",
        ours=f"{ours.calibration_error:.3f}",
        peer=f"{peer.calibration_error:.3f}",
        between=ratio(ours.calibration_error, peer.calibration_error),
    )
    yield Row(
        measure=f"answers from {SURE_FROM:.1f} on: share",
        ours=f"{ours.sure.given / ours.sure.asked:.1%}",
        peer=f"{peer.sure.given / peer.sure.asked:.1%}",
        between=_points((ours.sure.given - peer.sure.given) / ours.sure.asked),
    )
    yield Row(
        measure=f"answers from {SURE_FROM:.1f} on: right",
        ours=f"{ours.sure.precision:.1%}",
        peer=f"{peer.sure.precision:.1%}",
        between=_points(ours.sure.precision - peer.sure.precision),
    )


def _scope(ours: Figures, peer: Figures) -> Iterator[Row]:
    yield Row(
        measure="out of scope: AUROC",
        ours=_in_thousandths(ours.scope_auroc),
        peer=_in_thousandths(peer.scope_auroc),
        between=f"{ours.scope_auroc.value - peer.scope_auroc.value:+.3f}",
        aim=f"≥ {LEAST_AUROC}",
        reached=ours.scope_auroc.value >= LEAST_AUROC,
    )
    yield Row(
        measure="  by 1 − confidence alone",
        ours=_in_thousandths(ours.doubt_auroc),
        peer=_in_thousandths(peer.doubt_auroc),
        between=f"{ours.doubt_auroc.value - peer.doubt_auroc.value:+.3f}",
    )
    yield _compared("out of scope: refused", ours.refused_outside, peer.refused_outside)
    yield _compared("in scope: refused all the same", ours.refused_inside, peer.refused_inside)


def _costs(ours: Figures, peer: Figures) -> Iterator[Row]:
    yield _time("parse p50", ours.parse.p50, peer.parse.p50, "ms")
    yield _time("parse p95", ours.parse.p95, peer.parse.p95, "ms", most=MOST_MILLISECONDS)
    yield _time("  work in it, p50", ours.parse.p50_cpu, peer.parse.p50_cpu, "ms")
    yield _time("  work in it, p95", ours.parse.p95_cpu, peer.parse.p95_cpu, "ms")
    yield _time(
        "training, nothing kept",
        ours.training.seconds,
        peer.training.seconds,
        "s",
        most=MOST_TRAINING_SECONDS,
    )
    yield _time("  work in it", ours.training.cpu_seconds, peer.training.cpu_seconds, "s")
    if ours.memory.resident and peer.memory.resident:
        yield _megabytes("memory, resident", ours.memory.resident, peer.memory.resident)
    yield _megabytes("memory, peak", ours.memory.peak, peer.memory.peak)


def _compared(measure: str, ours: Estimate, peer: Estimate) -> Row:
    return Row(
        measure=measure,
        ours=_in_percent(ours),
        peer=_in_percent(peer),
        between=_points(ours.value - peer.value),
    )


def _time(measure: str, ours: float, peer: float, unit: str, *, most: float | None = None) -> Row:
    return Row(
        measure=measure,
        ours=f"{ours:.1f} {unit}",
        peer=f"{peer:.1f} {unit}",
        between=ratio(ours, peer),
        aim="" if most is None else f"≤ {most} {unit}",
        reached=None if most is None else ours <= most,
    )


def _megabytes(measure: str, ours: int, peer: int) -> Row:
    return Row(
        measure=measure,
        ours=f"{ours / _MEGABYTE:.0f} MB",
        peer=f"{peer / _MEGABYTE:.0f} MB",
        between=ratio(ours, peer),
    )


def _parts(count: Counts) -> str:
    return f"{count.f1:.1%} (p {count.precision:.0%}, r {count.recall:.0%})"


def _points(between: float) -> str:
    return f"{100 * between:+.1f} points"


def _in_percent(figure: Estimate) -> str:
    return f"{figure.value:.1%} ({100 * figure.low:.1f}–{100 * figure.high:.1f})"


def _in_points(figure: Estimate) -> str:
    return f"{100 * figure.value:.1f} ({100 * figure.low:.1f} … {100 * figure.high:.1f})"


def _in_thousandths(figure: Estimate) -> str:
    return f"{figure.value:.3f} ({figure.low:.3f}–{figure.high:.3f})"
