from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from skills_taxonomy import Kin, Occupation, TaxonomyData
from skills_taxonomy.bridges import WORTH_A_STOP, Bridges
from skills_taxonomy.kinship import Kinship
from skills_taxonomy.likeness import Likeness
from skills_taxonomy.taxonomy import Taxonomy
from tests.support.skills import ALONE, FAMILIES, numbered, occupation, occupations

unhurried = settings(deadline=None)

worlds = st.lists(occupations(), min_size=3, max_size=10).map(numbered)

# Each occupation shares two of its three skills with the next one.
CHAIN = numbered(
    [occupation(essential=tuple(f"s{number + step}" for step in range(3))) for number in range(6)]
)


def bridges_of(world: dict[str, Occupation]) -> Bridges:
    return Bridges(Likeness(world), ALONE | FAMILIES, Kinship(ALONE | FAMILIES))


def route(world: dict[str, Occupation], start: str, goal: str) -> list[str]:
    steps = bridges_of(world).route(world[start], world[goal])
    return [steps[0].origin.id, *(step.goal.id for step in steps)]


def test_a_bridge_says_what_somebody_takes_along_and_what_is_still_asked() -> None:
    world = {
        "sawyer": occupation("sawyer", essential=("s1", "band saw", "lonely"), optional=("s3",)),
        "joiner": occupation("joiner", essential=("s1", "table saw", "lonely"), optional=("s2", "s3")),
        "other": occupation("other", essential=("s1",)),
    }
    bridge = bridges_of(world).bridge(world["sawyer"], world["joiner"])

    assert [skill.id for skill in bridge.shared] == ["lonely", "s1"]
    assert [(near.skill.id, near.by.id, near.kin) for near in bridge.near] == [
        ("table saw", "band saw", Kin.SIBLING)
    ]
    assert [skill.id for skill in bridge.missing_essential] == ["table saw"]
    assert [skill.id for skill in bridge.missing_optional] == ["s2", "s3"]
    assert 0 < bridge.likeness < 1


def test_going_directly_is_best_between_occupations_that_are_alike() -> None:
    assert route(CHAIN, "o0", "o1") == ["o0", "o1"]
    assert route(CHAIN, "o2", "o2") == ["o2", "o2"]


def test_one_stop_halves_a_long_way() -> None:
    assert route(CHAIN, "o0", "o2") == ["o0", "o1", "o2"]


def test_two_stops_bring_somebody_where_nothing_is_shared() -> None:
    assert route(CHAIN, "o0", "o3") == ["o0", "o1", "o2", "o3"]


def test_there_is_one_step_where_no_stop_helps() -> None:
    apart = {"a": occupation("a", essential=("s1",)), "b": occupation("b", essential=("s2",))}

    assert route(apart, "a", "b") == ["a", "b"]


@unhurried
@given(worlds)
def test_every_step_of_a_longer_way_is_easier_than_going_directly(world: dict[str, Occupation]) -> None:
    steps = bridges_of(world).route(world["o0"], world["o1"])
    direct = Likeness(world).between("o0", "o1")

    assert (steps[0].origin.id, steps[-1].goal.id) == ("o0", "o1")
    assert all(one.goal == other.origin for one, other in pairwise(steps))
    assert len({step.goal.id for step in steps}) == len(steps) <= 3
    if len(steps) > 1:
        assert min(step.likeness for step in steps) > WORTH_A_STOP ** (len(steps) - 1) * direct


@unhurried
@given(worlds)
def test_no_way_is_easier_than_the_one_that_is_told(world: dict[str, Occupation]) -> None:
    likeness = Likeness(world)
    others = [one for one in world if one not in {"o0", "o1"}]
    ways = [(), *((one,) for one in others), *((one, two) for one in others for two in others if one != two)]

    def worth(way: tuple[str, ...]) -> float:
        hardest = min(likeness.between(*step) for step in pairwise(("o0", *way, "o1")))
        return hardest / WORTH_A_STOP ** len(way)

    told = tuple(route(world, "o0", "o1")[1:-1])

    assert worth(told) >= max(map(worth, ways)) - 1e-9


@unhurried
@given(worlds)
def test_the_way_back_is_as_easy(world: dict[str, Occupation]) -> None:
    there, back = (
        bridges_of(world).route(world[one], world[other]) for one, other in (("o0", "o1"), ("o1", "o0"))
    )

    def worth(steps: tuple) -> float:
        return min(step.likeness for step in steps) / WORTH_A_STOP ** len(steps)

    assert abs(worth(there) - worth(back)) < 1e-9


def test_a_taxonomy_knows_the_way() -> None:
    taxonomy = Taxonomy(TaxonomyData(occupations=CHAIN, skills=ALONE))

    assert taxonomy.bridge("o0", "o1").likeness == taxonomy.similarity("o0", "o1")
    assert [step.goal.id for step in taxonomy.route("o0", "o2")] == ["o1", "o2"]
