from dataclasses import replace

import pytest

from benchmarks.nlu import comparison
from benchmarks.nlu.figures import Figures, ParseTimes, Training
from benchmarks.nlu.metrics import Counts, difference
from tests.support.readings import BLIND, READINGS


@pytest.fixture(scope="module")
def figures() -> Figures:
    return Figures.of(BLIND, READINGS)


def test_a_fallback_counts_as_not_understood(figures: Figures) -> None:
    assert figures.accuracy.value == 0.75
    assert figures.best_reading_accuracy.value == 0.75


def test_a_question_is_right_only_with_its_key(figures: Figures) -> None:
    assert figures.faq_accuracy is not None
    assert figures.faq_accuracy.value == 0.0


def test_typos_are_compared_with_the_same_sentences_without(figures: Figures) -> None:
    assert figures.misspelled_accuracy.value == 0.5
    assert figures.lost_by_typos.value == 0.25


def test_only_answers_given_with_confidence_are_sure(figures: Figures) -> None:
    assert figures.sure == Counts(right=2, given=2, asked=4)


def test_what_is_refused_is_counted_inside_and_outside(figures: Figures) -> None:
    assert figures.refused_outside.value == 0.5
    assert figures.refused_inside.value == 0.25


def test_entities_are_judged_in_scope(figures: Figures) -> None:
    assert figures.entities == {"plaats": Counts(right=1, given=1, asked=1)}


def test_every_sentence_counts_for_the_time_a_parse_takes(figures: Figures) -> None:
    assert figures.parse == ParseTimes(p50=10.0, p95=10.0, p50_cpu=4.0, p95_cpu=4.0)


def test_an_aim_is_reached_only_when_every_part_of_it_is(figures: Figures) -> None:
    perfect = replace(figures, accuracy=replace(figures.accuracy, value=1.0))
    level = difference([True, True], [True, True])
    far = difference([True, True], [False, False])
    reached = {lead: comparison.rows(perfect, figures, lead)[0].reached for lead in (level, far)}
    assert reached == {level: False, far: True}
    assert comparison.rows(figures, figures, far)[0].reached is False


def test_the_table_says_what_both_did_and_what_lies_between(figures: Figures) -> None:
    slower = replace(
        figures,
        parse=replace(figures.parse, p95=20.0),
        training=Training(seconds=120.0, cpu_seconds=90.0),
    )
    rows = {row.measure: row for row in comparison.rows(figures, slower, difference([True], [True]))}
    parse = rows["parse p95"]
    assert (parse.ours, parse.peer, parse.between, parse.reached) == ("10.0 ms", "20.0 ms", "0.50 ×", True)
    assert rows["lost by typos, points"].ours.startswith("25.0")
    assert rows["lost by typos, points"].reached is False
    assert rows["training, nothing kept"].between == "0.10 ×"
    assert rows["memory, peak"].ours == "3 MB"


def test_each_kind_of_entity_has_a_row_under_all_together(figures: Figures) -> None:
    rows = comparison.entity_rows(figures, figures)
    assert [row.measure for row in rows] == ["entities, F1 (micro)", "  plaats (1)"]
    assert rows[1].ours == "100.0% (p 100%, r 100%)"
