import pytest

from skills_taxonomy import Kin
from skills_taxonomy.kinship import Kinship
from tests.support.skills import ALONE, FAMILIES

KINSHIP = Kinship(FAMILIES)


@pytest.mark.parametrize(
    ("asked", "had", "kin"),
    [
        ("sawing", "band saw", Kin.NARROWER),
        ("band saw", "sawing", Kin.BROADER),
        ("band saw", "table saw", Kin.SIBLING),
        ("band saw", "timber", Kin.SIBLING),
        ("sawing", "timber", Kin.RELATED),
        ("timber", "sawing", Kin.RELATED),
        ("timber", "table saw", None),
        ("quality 1", "quality 2", None),
        ("lonely", "sawing", None),
    ],
)
def test_a_skill_is_near_its_close_kin_only(asked: str, had: str, kin: Kin | None) -> None:
    assert KINSHIP.of(asked).get(had) == kin


def test_the_closest_of_the_skills_somebody_has_makes_another_near() -> None:
    assert KINSHIP.nearest("sawing", {"timber", "table saw", "lonely"}) == ("table saw", Kin.NARROWER)
    assert KINSHIP.nearest("sawing", {"lonely"}) is None


def test_kinship_goes_both_ways_and_nobody_is_their_own_kin() -> None:
    for one in FAMILIES:
        assert one not in KINSHIP.of(one)
        assert all(one in KINSHIP.of(other) for other in KINSHIP.of(one))


def test_nothing_is_near_without_hierarchy() -> None:
    assert not any(Kinship(ALONE).of(skill_id) for skill_id in ALONE)
