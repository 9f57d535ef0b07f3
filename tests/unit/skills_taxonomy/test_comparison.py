import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skills_taxonomy import Kin, Occupation, Taxonomy, UnknownConceptError
from skills_taxonomy.comparison import Comparison, compare
from skills_taxonomy.kinship import Kinship
from tests.support.skills import ALONE, FAMILIES, occupation, occupations

# A busy machine is no fault of the code.
unhurried = settings(deadline=None)

SKILLS = ALONE | FAMILIES
some_skills = st.sets(st.sampled_from(sorted(SKILLS)))
skilled_occupations = occupations(tuple(SKILLS))


def compared(profile: set[str], asking: Occupation) -> Comparison:
    return compare(profile, asking, SKILLS, Kinship(SKILLS))


def test_a_comparison_says_what_is_shared_and_what_is_missing(taxonomy: Taxonomy) -> None:
    comparison = taxonomy.compare(["vaardigheid/lassen", "vaardigheid/koken"], "beroep/lasser")

    assert [skill.name for skill in comparison.shared] == ["lassen"]
    assert [skill.name for skill in comparison.missing_essential] == ["frezen"]
    assert [skill.name for skill in comparison.missing_optional] == ["snel leren"]
    assert comparison.score == pytest.approx(0.8 * 1 / 2 + 0.2 * 0 / 1)


def test_a_missing_skill_is_near_by_a_skill_the_person_has() -> None:
    comparison = compared({"band saw"}, occupation(essential=("table saw", "lonely"), optional=("sawing",)))

    assert [(one.skill.id, one.by.id, one.kin) for one in comparison.near] == [
        ("table saw", "band saw", Kin.SIBLING),
        ("sawing", "band saw", Kin.NARROWER),
    ]
    assert comparison.score == pytest.approx(0.8 * 0.5 / 2 + 0.2 * 0.5)


def test_nothing_is_near_without_hierarchy(taxonomy: Taxonomy) -> None:
    assert taxonomy.compare(["vaardigheid/lassen"], "beroep/lasser").near == ()


@pytest.mark.parametrize("asked", [{"essential": ("s1", "s2")}, {"optional": ("s1", "s2")}])
def test_skills_of_one_sort_make_the_whole_score_where_there_are_no_others(
    asked: dict[str, tuple[str, ...]],
) -> None:
    assert compared({"s1"}, occupation(**asked)).score == 0.5


def test_nobody_fits_an_occupation_of_which_no_skills_are_known() -> None:
    assert compared({"s1"}, occupation()).score == 0


def test_unknown_ids_are_refused(taxonomy: Taxonomy) -> None:
    for ids in (["vaardigheid/vliegen"], "beroep/lasser"), (["vaardigheid/lassen"], "beroep/piloot"):
        with pytest.raises(UnknownConceptError):
            taxonomy.compare(*ids)


@unhurried
@given(skilled_occupations)
def test_who_has_every_skill_fits_wholly(asking: Occupation) -> None:
    comparison = compared(set(asking.needs), asking)

    assert comparison.score == 1
    assert not comparison.missing_essential
    assert not comparison.missing_optional
    assert not comparison.near


@unhurried
@given(skilled_occupations, some_skills)
def test_only_who_has_every_skill_fits_wholly_and_only_who_has_nothing_near_not_at_all(
    asking: Occupation, profile: set[str]
) -> None:
    comparison = compared(profile, asking)

    assert 0 <= comparison.score <= 1
    assert (comparison.score == 1) == (set(asking.needs) <= profile)
    assert (comparison.score == 0) == (profile.isdisjoint(asking.needs) and not comparison.near)


@unhurried
@given(skilled_occupations, some_skills, st.sampled_from(sorted(SKILLS)))
def test_learning_a_skill_never_lowers_the_score_and_one_that_is_asked_raises_it(
    asking: Occupation, profile: set[str], learned: str
) -> None:
    before = compared(profile, asking).score
    after = compared({*profile, learned}, asking).score

    assert after >= before
    if learned in set(asking.needs) - profile:
        assert after > before


@unhurried
@given(skilled_occupations, some_skills, st.sampled_from(sorted(SKILLS)))
def test_a_skill_that_is_neither_asked_nor_near_changes_nothing(
    asking: Occupation, profile: set[str], other: str
) -> None:
    if other not in asking.needs and Kinship(SKILLS).of(other).keys().isdisjoint(asking.needs):
        assert compared({*profile, other}, asking) == compared(profile, asking)


@unhurried
@given(skilled_occupations, some_skills)
def test_every_needed_skill_is_shared_or_missing_and_only_missing_ones_are_near(
    asking: Occupation, profile: set[str]
) -> None:
    comparison = compared(profile, asking)
    missing = [skill.id for skill in (*comparison.missing_essential, *comparison.missing_optional)]

    assert sorted([*missing, *(skill.id for skill in comparison.shared)]) == sorted(asking.needs)
    assert {skill.id for skill in comparison.shared} == profile & set(asking.needs)
    assert {one.skill.id for one in comparison.near} <= set(missing)
    assert {one.by.id for one in comparison.near} <= profile
