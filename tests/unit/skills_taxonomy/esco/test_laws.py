"""What holds for whatever part of a release there is, and whatever stands above what."""

from contextlib import suppress
from graphlib import TopologicalSorter
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from skills_taxonomy.esco import read_esco
from skills_taxonomy.loading import TaxonomyDataError
from skills_taxonomy.merging import merge
from skills_taxonomy.model import Concept, Occupation, Skill, TaxonomyData
from tests.unit.skills_taxonomy.esco.conftest import (
    ISCO_7,
    ISCO_7212,
    METALS,
    PIPE_WELDER,
    PYTHON,
    RELEASE,
    S5,
    S6,
    WELDER,
    WELDING,
    Release,
    as_csv,
)

EVERYTHING = (WELDER, PIPE_WELDER, WELDING, METALS, PYTHON, ISCO_7, ISCO_7212, S5, S6, "nergens", "")
EMPTY = TaxonomyData(occupations={}, skills={})


def _read(release: Release) -> TaxonomyData:
    with TemporaryDirectory() as folder:
        for name, rows in release.items():
            (Path(folder) / name).write_text(as_csv(rows), encoding="utf-8")
        return read_esco(Path(folder)).data


def _named(concept: Concept) -> tuple[str, ...]:
    match concept:
        case Occupation():
            return concept.needs + concept.broader
        case Skill():
            return concept.related + concept.broader
        case _:
            return concept.broader


def _holds_together(data: TaxonomyData) -> None:
    concepts = {**data.occupations, **data.skills, **data.groups}
    assert all(named in concepts for concept in concepts.values() for named in _named(concept))
    assert all(set(item.needs) <= data.skills.keys() for item in data.occupations.values())
    TopologicalSorter({concept.id: concept.broader for concept in concepts.values()}).prepare()


@given(st.sets(st.sampled_from(sorted(RELEASE)), min_size=1))
def test_whatever_files_there_are_every_id_named_exists(files: set[str]) -> None:
    _holds_together(_read({name: RELEASE[name] for name in files}))


@given(st.lists(st.tuples(st.sampled_from(EVERYTHING), st.sampled_from(EVERYTHING)), max_size=25))
def test_whatever_stands_above_what_nothing_is_above_itself(pairs: list[tuple[str, str]]) -> None:
    rows = [["conceptUri", "broaderUri"], *map(list, pairs)]

    _holds_together(_read({**RELEASE, "broaderRelationsOccPillar_nl.csv": rows}))


@given(st.binary(max_size=200))
def test_whatever_bytes_a_file_holds_it_is_read_or_refused(content: bytes) -> None:
    with TemporaryDirectory() as folder, suppress(TaxonomyDataError):
        (Path(folder) / "skills_nl.csv").write_bytes(b"conceptUri,preferredLabel\n" + content)
        _holds_together(read_esco(Path(folder)).data)


@given(st.sets(st.sampled_from(sorted(RELEASE)), min_size=1))
def test_merging_with_nothing_changes_nothing(files: set[str]) -> None:
    data = _read({name: RELEASE[name] for name in files})

    assert merge(EMPTY, data) == data
    assert merge(data, EMPTY) == data
