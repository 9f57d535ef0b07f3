"""The public data to measure on: read where they are, never copied into the project."""

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from launcher.console import LauncherError
from launcher.places import PROJECT

SHARED = PROJECT.parent / "shared" / "data"


@dataclass(frozen=True, kw_only=True)
class Task:
    """Queries, what can be found, and what is right."""

    queries: tuple[str, ...]
    names: dict[str, str]
    """The text of each name that can be found, by its id."""
    concept_of: dict[str, str]
    """The URI of the concept of each name."""
    right: tuple[frozenset[str], ...]
    """The ids of the right names of each query."""


def melo(folder: Path = SHARED / "benchmarks" / "melo_nld") -> Task:
    """Return Dutch job titles of the employment agency, to be found among the Dutch names of ESCO."""
    queries = _pairs(folder / "queries.tsv")
    right = defaultdict(set)
    for query, _, name, _ in _cells(folder / "annotations.tsv"):
        right[query].add(name)
    return Task(
        queries=tuple(queries.values()),
        names=_pairs(folder / "corpus_elements.tsv"),
        concept_of=_pairs(folder / "concept_mapping.tsv"),
        right=tuple(frozenset(right[query]) for query in queries),
    )


def vdab(relations: frozenset[str], folder: Path = SHARED) -> Task:
    """Return Flemish skills that people linked to ESCO's in these ways, to be found among its Dutch names."""
    skills = list(_rows(folder / "esco" / "skills_nl_partial_v1.0.3.csv"))
    names = {row["conceptUri"]: row["preferredLabel_nl_v1.0.3"] for row in skills}
    texts: dict[str, str] = {}
    right = defaultdict(set)
    for row in _rows(folder / "benchmarks" / "vdab_skills" / "dev.csv"):
        if row["relation"] in relations and row["esco_skill_uri"] in names:
            texts[row["vdab_id"]] = row["query_nl"]
            right[row["vdab_id"]].add(row["esco_skill_uri"])
    return Task(
        queries=tuple(texts.values()),
        names=names,
        concept_of={uri: uri for uri in names},
        right=tuple(frozenset(right[query]) for query in texts),
    )


def published(folder: Path = SHARED / "benchmarks" / "melo_nld") -> dict[str, float]:
    """Return the mean reciprocal rank of each published model on MELO, Dutch to Dutch."""
    rows = _rows(folder / "published_results_nl.csv")
    return {row["model"]: float(row["recip_rank"]) for row in rows if row["dataset"] == "nld_q_nl_c_nl"}


def require() -> None:
    """Stop with an explanation when the data are not there.

    Raises:
        LauncherError: the folder is missing.
    """
    if not SHARED.is_dir():
        message = f"This bench needs public reference data in {SHARED}; see docs/metingen.md."
        raise LauncherError(message)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        yield from csv.DictReader(lines)


def _cells(path: Path) -> Iterator[list[str]]:
    with path.open(encoding="utf-8") as lines:
        yield from (line.rstrip("\n").split("\t") for line in lines)


def _pairs(path: Path) -> dict[str, str]:
    return {row[0]: row[1] for row in _cells(path)}
