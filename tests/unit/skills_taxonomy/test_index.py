import errno
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skills_taxonomy import (
    Collection,
    Group,
    Occupation,
    Sector,
    Skill,
    SkillKind,
    Source,
    Taxonomy,
    TaxonomyData,
    World,
    index,
)
from skills_taxonomy.index import IndexMissingError
from skills_taxonomy.meaning import Encoder, Vectors
from skills_taxonomy.storing import from_json, to_json

texts = st.text(min_size=1, max_size=12)


@st.composite
def taxonomies(draw: st.DrawFn) -> TaxonomyData:
    """Draw concepts that refer to each other."""
    ids = draw(st.lists(texts, unique=True, min_size=4, max_size=9))
    groups, skills, occupations = ids[:1], ids[1:-1], ids[-1:]
    some = st.lists(st.sampled_from(skills), unique=True).map(tuple)

    def common(concept_id: str) -> dict[str, object]:
        return {
            "id": concept_id,
            "name": draw(texts),
            "names": tuple(draw(st.lists(texts, max_size=2))),
            "esco": draw(st.none() | texts),
            "language": draw(st.sampled_from(["nl", "en"])),
            "description": draw(st.text(max_size=12)),
            "formal_description": draw(st.text(max_size=12)),
        }

    return TaxonomyData(
        groups={one: Group(**common(one), code=draw(st.text(max_size=4))) for one in groups},  # type: ignore[arg-type]
        skills={
            one: Skill(
                **common(one),  # type: ignore[arg-type]
                kind=draw(st.sampled_from(SkillKind)),
                collections=draw(st.frozensets(st.sampled_from(Collection))),
                related=draw(some),
                broader=tuple(groups),
            )
            for one in skills
        },
        occupations={
            one: Occupation(
                **common(one),  # type: ignore[arg-type]
                sector=draw(st.sampled_from(Sector)),
                world=draw(st.sampled_from(World)),
                essential=draw(some),
                optional=draw(some),
            )
            for one in occupations
        },
        sources=(Source(name="bron", version="1", notice="Uit de bron."),),
    )


@given(data=taxonomies())
def test_whatever_is_stored_is_what_is_read(data: TaxonomyData) -> None:
    assert from_json(to_json(data)) == data


@pytest.fixture
def build(tmp_path: Path) -> Callable[..., list[str]]:
    """Build an index and return what was told of it."""

    def build_index(data: TaxonomyData, encoder: Encoder | None = None) -> list[str]:
        told: list[str] = []
        index.build(data, tmp_path, encoder, told.append)
        return told

    return build_index


def _data(taxonomy: Taxonomy) -> TaxonomyData:
    return TaxonomyData(
        occupations=taxonomy.occupations,
        skills=taxonomy.skills,
        groups=taxonomy.groups,
        sources=taxonomy.sources,
    )


@pytest.mark.parametrize("asked", ["lasster", "vrachtwagnchaufeur", "chauffeur", "fietsenm", "bloemschikken"])
def test_an_opened_index_finds_what_the_taxonomy_it_was_built_of_finds(
    taxonomy: Taxonomy, build: Callable[..., list[str]], tmp_path: Path, asked: str
) -> None:
    build(_data(taxonomy))

    opened = Taxonomy(*index.open_index(tmp_path, None))

    assert opened.search_occupations(asked) == taxonomy.search_occupations(asked)
    assert opened.extract("Ik kan lassen en heftruck rijden.") == taxonomy.extract(
        "Ik kan lassen en heftruck rijden."
    )


def test_the_same_data_are_not_built_twice(taxonomy: Taxonomy, build: Callable[..., list[str]]) -> None:
    build(_data(taxonomy))

    assert build(_data(taxonomy)) == ["De index is al bij: er is niets veranderd."]


def test_changed_data_replace_the_index_and_leave_nothing_behind(
    taxonomy: Taxonomy, build: Callable[..., list[str]], tmp_path: Path
) -> None:
    data = _data(taxonomy)
    build(data)
    fewer = {occupation.id: occupation for occupation in list(data.occupations.values())[1:]}

    build(replace(data, occupations=fewer))

    assert Taxonomy(*index.open_index(tmp_path, None)).occupations == fewer
    assert len([one for one in tmp_path.iterdir() if one.is_dir()]) == 1


class _Failing:
    """An encoder on a machine that runs out of memory."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        raise MemoryError(len(texts))


def test_a_build_that_breaks_off_leaves_the_index_in_use(
    taxonomy: Taxonomy, build: Callable[..., list[str]], tmp_path: Path
) -> None:
    data = _data(taxonomy)
    build(data)

    with pytest.raises(MemoryError):
        build(replace(data, sources=()), _Failing())

    assert Taxonomy(*index.open_index(tmp_path, None)).sources == data.sources


class _Full:
    """An encoder on a disk that is full by the time it is asked."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        raise OSError(errno.ENOSPC, f"No space left for {len(texts)}")


def test_a_full_disk_leaves_nothing_behind(
    taxonomy: Taxonomy, build: Callable[..., list[str]], tmp_path: Path
) -> None:
    data = _data(taxonomy)
    build(data)
    before = sorted(tmp_path.rglob("*"))

    with pytest.raises(OSError, match="No space"):
        build(replace(data, sources=()), _Full())

    assert sorted(tmp_path.rglob("*")) == before
    assert Taxonomy(*index.open_index(tmp_path, None)).sources == data.sources


def test_a_first_build_that_breaks_off_leaves_no_folder(taxonomy: Taxonomy, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No space"):
        index.build(_data(taxonomy), tmp_path / "new", _Full(), print)

    assert list(tmp_path.iterdir()) == []


def test_an_index_cannot_be_built_in_a_file(taxonomy: Taxonomy, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("van iemand", encoding="utf-8")

    with pytest.raises(OSError, match="file"):
        index.build(_data(taxonomy), tmp_path / "file", None, print)

    assert (tmp_path / "file").read_text(encoding="utf-8") == "van iemand"


def test_what_is_kept_beside_an_edition_goes_when_the_next_has_none(
    taxonomy: Taxonomy, tmp_path: Path
) -> None:
    data = _data(taxonomy)
    index.build(data, tmp_path, None, print, {"names.json": "[]"})

    assert index.beside(tmp_path, "names.json") == "[]"
    assert index.stored(tmp_path) == data
    index.build(data, tmp_path, None, print)
    assert index.beside(tmp_path, "names.json") is None


def test_there_is_no_index_where_none_was_built(tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError):
        index.open_index(tmp_path, None)


@pytest.mark.parametrize("file", ["concepts.json", "vocabulary.json"])
def test_a_damaged_index_is_no_index(
    taxonomy: Taxonomy, build: Callable[..., list[str]], tmp_path: Path, file: str
) -> None:
    build(_data(taxonomy))
    next(tmp_path.glob(f"*/{file}")).write_text("{", encoding="utf-8")

    with pytest.raises(IndexMissingError):
        index.open_index(tmp_path, None)


def test_an_index_of_another_version_is_not_opened(
    taxonomy: Taxonomy, build: Callable[..., list[str]], tmp_path: Path
) -> None:
    build(_data(taxonomy))
    (tmp_path / "current").write_text("0-letters-of-long-ago", encoding="utf-8")

    with pytest.raises(IndexMissingError):
        index.open_index(tmp_path, None)
