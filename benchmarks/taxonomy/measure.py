"""`./loket bench taxonomy`: finding, reading and loading, against published and running peers."""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import quantiles

from benchmarks.table import REPORTS, Row, ratio, table
from benchmarks.taxonomy import datasets
from benchmarks.taxonomy.ranking import Quality, each_concept_once, quality
from benchmarks.taxonomy.stories import STORIES
from benchmarks.taxonomy.systems import CharacterTfIdf, OurSearch
from launcher.console import say, step
from launcher.places import PROJECT
from skills_taxonomy import Taxonomy, TaxonomyData, index
from skills_taxonomy.esco import read_esco
from skills_taxonomy.loading import load
from skills_taxonomy.meaning import open_encoder
from skills_taxonomy.merging import merge

LEAST_MELO, LEAST_VDAB_EXACT = 0.60, 0.65
"""Mean reciprocal ranks."""
MOST_SEARCH_P95, MOST_EXTRACTION = 15.0, 50.0
"""Milliseconds, the latter for a text of a hundred words."""
MOST_LOAD_SECONDS = 2.0
QUERIES_TIMED, STORIES_REPEATED = 500, 25

_EXACT = frozenset({"exactMatch"})
_CLOSE = frozenset({"exactMatch", "closeMatch"})

type Rank = Callable[[str], list[str]]


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add nothing: there is one way to measure this."""
    del parser


def run(options: argparse.Namespace) -> None:
    """Measure, and print our figures beside those of the peers."""
    del options
    datasets.require()
    with tempfile.TemporaryDirectory() as folder:
        with step("Reading ESCO"):
            data = merge(load(), read_esco(datasets.SHARED / "esco", lambda _line: None).data)
        rows = [
            *_finding(data, Path(folder)),
            *_speed(data, Path(folder)),
        ]
    report = table(rows)
    REPORTS.mkdir(parents=True, exist_ok=True)
    (REPORTS / "taxonomy.txt").write_text(f"{report}\n", encoding="utf-8")
    say(f"\n{report}")


def _finding(data: TaxonomyData, folder: Path) -> Iterator[Row]:
    published = datasets.published()
    best = max(published, key=lambda model: published[model])
    for name, task, aim in (
        ("MELO Dutch", datasets.melo(), LEAST_MELO),
        ("VDAB exact", datasets.vdab(_EXACT), LEAST_VDAB_EXACT),
        ("VDAB exact and close", datasets.vdab(_CLOSE), None),
    ):
        with step(f"Ranking {len(task.queries):,} queries of {name}"):
            ours = OurSearch(task, data, folder / "task").rank
            ranked = [[rank(query) for query in task.queries] for rank in (ours, CharacterTfIdf(task).rank)]
        own, peer = (quality(rankings, task.right) for rankings in ranked)
        yield from _quality_rows(name, own, peer, aim)
        if name.startswith("MELO"):
            ours_once, peer_once = (
                quality([each_concept_once(ranking, task.concept_of) for ranking in rankings], task.right)
                for rankings in ranked
            )
            yield from _quality_rows(f"{name}, each concept once", ours_once, peer_once, aim)
            mrr = own.mean_reciprocal_rank
            yield Row(
                measure=f"{name}: MRR, best published ({best})",
                ours=f"{mrr:.3f}",
                peer=f"{published[best]:.3f}",
                between=f"{mrr - published[best]:+.3f}",
            )


def _quality_rows(name: str, ours: Quality, peer: Quality, aim: float | None) -> Iterator[Row]:
    own, other = ours.mean_reciprocal_rank, peer.mean_reciprocal_rank
    yield Row(
        measure=f"{name}: MRR",
        ours=f"{own:.3f}",
        peer=f"{other:.3f}",
        between=f"{own - other:+.3f}",
        aim=f"≥ {aim:.2f}" if aim else "",
        reached=own >= aim if aim else None,
    )
    for most, share in ours.success_at.items():
        yield Row(measure=f"{name}: success@{most}", ours=f"{share:.3f}", peer=f"{peer.success_at[most]:.3f}")


def _speed(data: TaxonomyData, folder: Path) -> Iterator[Row]:
    place = folder / "index"
    started = time.perf_counter()
    with step("Building the index of all of ESCO"):
        index.build(data, place, open_encoder(), lambda _line: None)
    yield Row(measure="index: built in", ours=f"{time.perf_counter() - started:.0f} s")
    size = sum(file.stat().st_size for file in place.rglob("*") if file.is_file())
    yield Row(measure="index: on disk", ours=f"{size / 1e6:.0f} MB")
    seconds, megabytes = _loaded(place)
    yield Row(
        measure="index: opened in",
        ours=f"{seconds:.2f} s",
        aim=f"≤ {MOST_LOAD_SECONDS:.0f} s",
        reached=seconds <= MOST_LOAD_SECONDS,
    )
    yield Row(measure="memory of a process that has it open", ours=f"{megabytes:.0f} MB")
    taxonomy = Taxonomy.open(place)
    for pillar, task, search in (
        ("occupations", datasets.melo(), taxonomy.search_occupations),
        ("skills", datasets.vdab(_EXACT), taxonomy.search_skills),
    ):
        queries = task.queries[:: max(len(task.queries) // QUERIES_TIMED, 1)]
        peer = CharacterTfIdf(task)
        ours = _milliseconds(search, queries)
        theirs = _milliseconds(peer.rank, queries)
        yield from _time_rows(f"search {pillar}", ours, theirs, MOST_SEARCH_P95)
    stories = _milliseconds(taxonomy.extract, STORIES * STORIES_REPEATED)
    yield from _time_rows("extraction of 100 words", stories, None, MOST_EXTRACTION)


def _time_rows(
    name: str, ours: Sequence[float], theirs: Sequence[float] | None, most: float
) -> Iterator[Row]:
    for part, place in (("p50", 49), ("p95", 94)):
        own = quantiles(ours, n=100)[place]
        peer = quantiles(theirs, n=100)[place] if theirs else None
        yield Row(
            measure=f"{name}: {part}",
            ours=f"{own:.1f} ms",
            peer=f"{peer:.1f} ms" if peer else "",
            between=ratio(own, peer) if peer else "",
            aim=f"≤ {most:.0f} ms" if part == "p95" else "",
            reached=own <= most if part == "p95" else None,
        )


def _milliseconds(work: Callable[[str], object], texts: Sequence[str]) -> list[float]:
    work(texts[0])
    times = []
    for text in texts:
        started = time.perf_counter()
        work(text)
        times.append((time.perf_counter() - started) * 1000)
    return times


_LOAD = """
import json, sys, time
from pathlib import Path
from skills_taxonomy import Taxonomy
started = time.perf_counter()
Taxonomy.open(Path(sys.argv[1]))
seconds = time.perf_counter() - started
# Of the parent's memory, which getrusage counts in, nothing is left here.
resident = next(line for line in open("/proc/self/status") if line.startswith("VmRSS"))
print(json.dumps([seconds, int(resident.split()[1]) / 1000]))
"""


def _loaded(place: Path) -> tuple[float, float]:
    """Return the seconds it takes a new process to open the index, and its memory in megabytes."""
    outcome = subprocess.run(  # noqa: S603 - this project's own code
        [sys.executable, "-c", _LOAD, str(place)], check=True, capture_output=True, cwd=PROJECT, text=True
    )
    seconds, megabytes = json.loads(outcome.stdout)
    return float(seconds), float(megabytes)
