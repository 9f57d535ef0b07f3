"""Our turns next to the peer's, with the aims of the project."""

from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.table import Row, ratio
from benchmarks.turn.growth import EARLY_TURN, LATE_TURN, Growth
from benchmarks.turn.speed import Speed

MOST_P50_MILLISECONDS, MOST_P95_MILLISECONDS = 30, 80
"""For one person alone."""
LEAST_TIMES_THROUGHPUT = 4
MOST_GROWTH_WITH_LENGTH, MOST_GROWTH_WITH_STORED = 1.5, 1.2


@dataclass(frozen=True, kw_only=True)
class Pair[T]:
    """The same figure on both sides."""

    ours: T
    peer: T


def speed_rows(speeds: dict[int, Pair[Speed]]) -> Iterator[Row]:
    """Yield p50, p95 and throughput for each number of people talking at once."""
    for talks, pair in speeds.items():
        who = f"{talks} at once"
        alone = talks == 1
        yield _milliseconds(
            f"{who}: p50",
            Pair(ours=pair.ours.p50_milliseconds, peer=pair.peer.p50_milliseconds),
            MOST_P50_MILLISECONDS if alone else None,
        )
        yield _milliseconds(
            f"{who}: p95",
            Pair(ours=pair.ours.p95_milliseconds, peer=pair.peer.p95_milliseconds),
            MOST_P95_MILLISECONDS if alone else None,
        )
        ours, peer = pair.ours.turns_per_second, pair.peer.turns_per_second
        yield Row(
            measure=f"{who}: turns a second",
            ours=f"{ours:.1f}",
            peer=f"{peer:.1f}",
            between=ratio(ours, peer),
            aim=f"≥ {LEAST_TIMES_THROUGHPUT} ×",
            reached=ours >= LEAST_TIMES_THROUGHPUT * peer,
        )


def growth_rows(length: Pair[Growth], stored: Pair[Growth], copies: int) -> Iterator[Row]:
    """Yield how much longer a turn takes late in a conversation, and where much is stored."""
    yield _growth(f"turn {LATE_TURN} after turn {EARLY_TURN}", length, MOST_GROWTH_WITH_LENGTH)
    yield _growth(f"{copies:,} stored after none", stored, MOST_GROWTH_WITH_STORED)


def _milliseconds(measure: str, pair: Pair[float], most: int | None) -> Row:
    return Row(
        measure=measure,
        ours=f"{pair.ours:.0f} ms",
        peer=f"{pair.peer:.0f} ms",
        between=ratio(pair.ours, pair.peer),
        aim="" if most is None else f"≤ {most} ms",
        reached=None if most is None else pair.ours <= most,
    )


def _growth(measure: str, pair: Pair[Growth], most: float) -> Row:
    return Row(
        measure=measure,
        ours=_steps(pair.ours),
        peer=_steps(pair.peer),
        between=ratio(pair.ours.times, pair.peer.times),
        aim=f"≤ {most} ×",
        reached=pair.ours.times <= most,
    )


def _steps(growth: Growth) -> str:
    return f"{growth.times:.2f} × ({growth.small_milliseconds:.0f} → {growth.large_milliseconds:.0f} ms)"
