import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skills_taxonomy import Taxonomy, UnknownConceptError
from skills_taxonomy.closing import Gap
from skills_taxonomy.kinship import Kinship
from tests.support.skills import ALONE, FAMILIES

unhurried = settings(deadline=None)

SKILLS = ALONE | FAMILIES
some_skills = st.sets(st.sampled_from(sorted(SKILLS)))
some_courses = st.dictionaries(st.sampled_from("abcdef"), some_skills)


def gap(missing: set[str]) -> Gap:
    return Gap(sorted(missing), SKILLS, Kinship(SKILLS))


def share(missing: set[str], taught: set[str]) -> float:
    return sum(closing.share for closing in gap(missing).closing({"course": taught}))


def test_the_course_that_closes_most_comes_first_and_says_what_it_closes() -> None:
    ranked = gap({"s1", "s2", "s3", "table saw"}).closing(
        {
            "little": {"s1"},
            "most": {"s1", "s2", "band saw", "lonely"},
            "nothing": {"lonely", "unheard of"},
        }
    )

    assert [closing.course_id for closing in ranked] == ["most", "little"]
    assert [skill.id for skill in ranked[0].closes] == ["s1", "s2"]
    assert [(near.skill.id, near.by.id) for near in ranked[0].near] == [("table saw", "band saw")]
    assert ranked[0].share == pytest.approx(2.5 / 4)


def test_courses_that_close_most_together_are_no_doubles_of_each_other() -> None:
    missing, courses = {"s1", "s2", "s3"}, {"a": {"s1", "s2"}, "b": {"s1", "s2"}, "c": {"s3"}}

    chosen = gap(missing).closing_together(courses, limit=3)

    assert [(one.course_id, [skill.id for skill in one.closes]) for one in chosen] == [
        ("a", ["s1", "s2"]),
        ("c", ["s3"]),
    ]


def test_a_taxonomy_ranks_courses_and_refuses_unknown_skills(taxonomy: Taxonomy) -> None:
    courses = {"bbl-lassen": {"vaardigheid/lassen"}, "kookles": {"vaardigheid/koken"}}
    missing = ["vaardigheid/lassen", "vaardigheid/frezen"]

    assert [one.course_id for one in taxonomy.closing(missing, courses)] == ["bbl-lassen"]
    assert [one.share for one in taxonomy.closing_together(missing, courses)] == [0.5]
    with pytest.raises(UnknownConceptError):
        taxonomy.closing(["vaardigheid/vliegen"], courses)


@unhurried
@given(some_skills, some_skills, st.sampled_from(sorted(SKILLS)))
def test_a_course_that_teaches_more_closes_at_least_as_much(
    missing: set[str], taught: set[str], more: str
) -> None:
    assert 0 <= share(missing, taught) <= share(missing, {*taught, more}) <= 1


@unhurried
@given(some_skills, some_skills)
def test_only_a_course_that_teaches_it_all_closes_the_whole_gap(missing: set[str], taught: set[str]) -> None:
    assert (share(missing, taught) == 1) == (bool(missing) and missing <= taught)


@unhurried
@given(some_skills, some_courses)
def test_the_ranking_goes_down_and_does_not_depend_on_the_order_of_the_courses(
    missing: set[str], courses: dict[str, set[str]]
) -> None:
    ranked = gap(missing).closing(courses)

    assert ranked == gap(missing).closing(dict(reversed(courses.items())))
    assert [one.share for one in ranked] == sorted((one.share for one in ranked), reverse=True)
    assert all(one.share for one in ranked)


@unhurried
@given(some_skills, some_courses, st.integers(min_value=0, max_value=4))
def test_courses_together_close_what_one_course_with_all_their_skills_would(
    missing: set[str], courses: dict[str, set[str]], limit: int
) -> None:
    chosen = gap(missing).closing_together(courses, limit)
    taught = {skill_id for one in chosen for skill_id in courses[one.course_id]}

    assert len(chosen) <= limit
    assert sum(one.share for one in chosen) == pytest.approx(share(missing, taught))
