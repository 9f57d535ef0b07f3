"""The laws of the interest test."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter.orientation.model import (
    OCCUPATIONS,
    OCCUPATIONS_SHOWN,
    POINTS,
    STATEMENTS,
    WORLDS_SHOWN,
    Answer,
    MentalityType,
    Occupation,
    World,
    reasons,
    score,
    type_shares,
    world_shares,
)
from skills_taxonomy import Taxonomy

answers_given = st.fixed_dictionaries(dict.fromkeys(STATEMENTS, st.sampled_from(Answer)))


@given(answers_given, st.sampled_from(sorted(STATEMENTS)))
def test_agreeing_more_never_lowers_a_world_or_a_type(answers: dict[str, Answer], statement: str) -> None:
    more = answers | {statement: Answer.YES}
    assert all(world_shares(more)[world] >= share for world, share in world_shares(answers).items())
    assert all(type_shares(more)[kind] >= share for kind, share in type_shares(answers).items())


@given(answers_given)
def test_whoever_agrees_with_anything_gets_three_occupations_with_a_reason(
    answers: dict[str, Answer],
) -> None:
    result = score(answers)
    if all(answer is Answer.NO for answer in answers.values()):
        assert (result.worlds, result.mentality, result.occupations) == ((), None, ())
        return
    assert 1 <= len(result.worlds) <= WORLDS_SHOWN
    assert result.mentality is not None
    assert len({occupation.id for occupation in result.occupations}) == OCCUPATIONS_SHOWN
    for occupation in result.occupations:
        assert occupation.world in result.worlds
        assert occupation.because
        assert all(POINTS[answers[statement]] for statement in occupation.because)
        assert reasons(answers, occupation.id) == occupation.because


@given(answers_given, st.randoms())
def test_the_order_in_which_statements_are_answered_changes_nothing(
    answers: dict[str, Answer], random: Random
) -> None:
    shuffled = list(answers.items())
    random.shuffle(shuffled)
    assert score(dict(shuffled)) == score(answers)


@pytest.mark.parametrize("world", World)
def test_every_world_can_come_first(world: World) -> None:
    answers = {
        key: Answer.YES if world in statement.worlds else Answer.NO for key, statement in STATEMENTS.items()
    }
    assert score(answers).worlds[0] is world


@pytest.mark.parametrize("kind", MentalityType)
def test_every_type_can_come_first(kind: MentalityType) -> None:
    answers = {
        key: Answer.YES if kind in statement.types else Answer.NO for key, statement in STATEMENTS.items()
    }
    assert score(answers).mentality is kind


def test_every_world_has_three_occupations_to_suggest() -> None:
    for world in World:
        assert sum(occupation.world is world for occupation in OCCUPATIONS) >= OCCUPATIONS_SHOWN


@pytest.mark.parametrize("occupation", OCCUPATIONS, ids=lambda occupation: occupation.id)
def test_what_the_test_suggests_is_in_the_taxonomy(occupation: Occupation, taxonomy: Taxonomy) -> None:
    assert taxonomy.occupation(occupation.id).world == occupation.world


def test_an_unfinished_test_counts_as_no_for_the_rest() -> None:
    assert score({"stelling_01": Answer.YES}).worlds[0] is World.HEALTH
    assert score({}).occupations == ()
