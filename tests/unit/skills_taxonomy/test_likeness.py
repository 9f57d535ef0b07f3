import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skills_taxonomy import Taxonomy, UnknownConceptError
from skills_taxonomy.likeness import Likeness
from skills_taxonomy.model import Occupation
from tests.support.skills import numbered, occupation, occupations

unhurried = settings(deadline=None)

worlds = st.lists(occupations(), min_size=3, max_size=8).map(numbered)


def _asked(one: Occupation) -> tuple[set[str], set[str]]:
    return set(one.essential), set(one.optional)


@unhurried
@given(worlds)
def test_likeness_is_the_same_either_way_round_and_within_its_bounds(world: dict[str, Occupation]) -> None:
    likeness = Likeness(world)

    assert likeness.between("o0", "o1") == likeness.between("o1", "o0")
    assert 0 <= likeness.between("o0", "o1") <= 1


@unhurried
@given(worlds)
def test_only_occupations_with_the_same_skills_are_wholly_alike(world: dict[str, Occupation]) -> None:
    one, other = world["o0"], world["o1"]
    alike = Likeness(world).between("o0", "o1")

    assert (alike == pytest.approx(1)) == (_asked(one) == _asked(other))
    assert (alike == 0) == set(one.needs).isdisjoint(other.needs)


@unhurried
@given(worlds)
def test_the_distance_of_likeness_is_a_metric(world: dict[str, Occupation]) -> None:
    likeness = Likeness(world)
    direct, first, second = (
        1 - likeness.between(*ends) for ends in (("o0", "o2"), ("o0", "o1"), ("o1", "o2"))
    )

    assert likeness.between("o0", "o0") == 1
    assert direct <= first + second + 1e-9


@unhurried
@given(worlds, st.integers(min_value=-1, max_value=9))
def test_the_nearest_are_the_likest_and_share_something(world: dict[str, Occupation], limit: int) -> None:
    likeness = Likeness(world)
    everybody = sorted((likeness.between("o0", other) for other in world if other != "o0"), reverse=True)
    nearest = likeness.nearest("o0", limit)

    assert [near.likeness for near in nearest] == [alike for alike in everybody if alike][: max(limit, 0)]
    assert all(near.distance == 1 - near.likeness for near in nearest)
    assert "o0" not in {near.occupation.id for near in nearest}


@unhurried
@given(worlds)
def test_the_ranking_does_not_depend_on_the_order_of_the_data(world: dict[str, Occupation]) -> None:
    turned = dict(reversed(world.items()))

    assert Likeness(world).nearest("o0", 5) == Likeness(turned).nearest("o0", 5)


def test_what_everybody_needs_brings_nobody_as_near_as_a_rare_skill() -> None:
    likeness = Likeness(
        {
            "a": occupation("a", essential=("on time", "welding")),
            "b": occupation("b", essential=("on time", "cooking")),
            "c": occupation("c", essential=("welding", "driving")),
            "d": occupation("d", essential=("on time",)),
        }
    )

    assert likeness.between("a", "c") > likeness.between("a", "b") > 0


def test_an_optional_skill_brings_less_near_than_an_essential_one() -> None:
    likeness = Likeness(
        {
            "a": occupation("a", essential=("welding", "cooking")),
            "b": occupation("b", essential=("welding",), optional=("cooking",)),
            "c": occupation("c", essential=("welding", "cooking")),
        }
    )

    assert 0 < likeness.between("a", "b") < likeness.between("a", "c") == 1


def test_an_occupation_of_which_no_skills_are_known_is_like_itself_alone() -> None:
    likeness = Likeness({"a": occupation("a"), "b": occupation("b")})

    assert likeness.between("a", "a") == 1
    assert likeness.nearest("a", 3) == ()


def test_the_nearest_occupations_of_a_taxonomy_have_likeness_in_common(taxonomy: Taxonomy) -> None:
    nearest = taxonomy.nearest_occupations("beroep/kok", limit=2)

    assert [near.likeness for near in nearest] == [
        taxonomy.similarity("beroep/kok", near.occupation.id) for near in nearest
    ]
    with pytest.raises(UnknownConceptError):
        taxonomy.nearest_occupations("beroep/piloot")
    with pytest.raises(UnknownConceptError):
        taxonomy.similarity("beroep/lasser", "beroep/piloot")
