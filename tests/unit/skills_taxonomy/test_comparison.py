import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skills_taxonomy import Occupation, Sector, Skill, SkillKind, Taxonomy, UnknownConceptError, World
from skills_taxonomy.comparison import compare, similarity

# A busy machine is no fault of the code.
unhurried = settings(deadline=None)

SKILLS = {
    f"s{number}": Skill(id=f"s{number}", name=f"skill {number}", kind=SkillKind.TECHNISCH)
    for number in range(12)
}
some_skills = st.sets(st.sampled_from(sorted(SKILLS)))


@st.composite
def occupations(draw: st.DrawFn) -> Occupation:
    essential = draw(some_skills.filter(bool))
    optional = draw(some_skills) - essential
    return Occupation(
        id="o",
        name="occupation",
        description="Je doet iets.",
        sector=Sector.TECHNIEK,
        world=World.HIGHTECH_SCIENCE,
        essential=tuple(sorted(essential)),
        optional=tuple(sorted(optional)),
    )


def test_a_comparison_says_what_is_shared_and_what_is_missing(taxonomy: Taxonomy) -> None:
    comparison = taxonomy.compare(["vaardigheid/lassen", "vaardigheid/koken"], "beroep/lasser")

    assert [skill.name for skill in comparison.shared] == ["lassen"]
    assert [skill.name for skill in comparison.missing_essential] == ["frezen"]
    assert [skill.name for skill in comparison.missing_optional] == ["snel leren"]
    assert comparison.score == pytest.approx(0.8 * 1 / 2 + 0.2 * 0 / 1)


def test_essential_skills_make_the_whole_score_where_none_is_optional() -> None:
    occupation = Occupation(
        id="o",
        name="o",
        description="o",
        sector=Sector.ICT,
        world=World.HIGHTECH_SCIENCE,
        essential=("s1", "s2"),
    )

    assert compare(["s1"], occupation, SKILLS).score == 0.5


def test_unknown_ids_are_refused(taxonomy: Taxonomy) -> None:
    for ids in (["vaardigheid/vliegen"], "beroep/lasser"), (["vaardigheid/lassen"], "beroep/piloot"):
        with pytest.raises(UnknownConceptError):
            taxonomy.compare(*ids)
    with pytest.raises(UnknownConceptError):
        taxonomy.similarity("beroep/lasser", "beroep/piloot")


@unhurried
@given(occupations())
def test_who_has_every_skill_fits_wholly(occupation: Occupation) -> None:
    comparison = compare(occupation.needs, occupation, SKILLS)

    assert comparison.score == 1
    assert not comparison.missing_essential
    assert not comparison.missing_optional


@unhurried
@given(occupations(), some_skills)
def test_only_who_has_every_skill_fits_wholly_and_only_who_has_none_not_at_all(
    occupation: Occupation, profile: set[str]
) -> None:
    score = compare(profile, occupation, SKILLS).score

    assert 0 <= score <= 1
    assert (score == 1) == (set(occupation.needs) <= profile)
    assert (score == 0) == profile.isdisjoint(occupation.needs)


@unhurried
@given(occupations(), some_skills, st.sampled_from(sorted(SKILLS)))
def test_a_needed_skill_more_raises_the_score_and_any_other_leaves_it(
    occupation: Occupation, profile: set[str], learned: str
) -> None:
    before = compare(profile, occupation, SKILLS).score
    after = compare({*profile, learned}, occupation, SKILLS).score

    assert (after > before) == (learned in set(occupation.needs) - profile)
    assert after >= before


@unhurried
@given(occupations(), some_skills)
def test_every_needed_skill_is_shared_or_missing(occupation: Occupation, profile: set[str]) -> None:
    comparison = compare(profile, occupation, SKILLS)
    told = (*comparison.shared, *comparison.missing_essential, *comparison.missing_optional)

    assert sorted(skill.id for skill in told) == sorted(occupation.needs)
    assert {skill.id for skill in comparison.shared} == profile & set(occupation.needs)


@unhurried
@given(occupations(), occupations())
def test_likeness_is_the_same_either_way_round(one: Occupation, other: Occupation) -> None:
    assert similarity(one, other) == similarity(other, one)


@unhurried
@given(occupations(), occupations())
def test_only_occupations_with_the_same_skills_are_wholly_alike(one: Occupation, other: Occupation) -> None:
    same = set(one.essential) == set(other.essential) and set(one.optional) == set(other.optional)

    assert (similarity(one, other) == 1) == same
    assert (similarity(one, other) == 0) == set(one.needs).isdisjoint(other.needs)


@unhurried
@given(occupations(), occupations(), occupations())
def test_the_distance_of_likeness_is_a_metric(one: Occupation, two: Occupation, three: Occupation) -> None:
    direct = 1 - similarity(one, three)

    assert direct <= (1 - similarity(one, two)) + (1 - similarity(two, three)) + 1e-9
