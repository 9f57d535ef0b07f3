"""Every example is worked out by hand."""

import pytest

from benchmarks.nlu.metrics import (
    Counts,
    by_entity,
    by_label,
    calibration_error,
    difference,
    macro_f1,
    missed,
    separation,
    share,
    total,
)
from benchmarks.nlu.sentences import Entity


def entity(name: str, start: int, end: int) -> Entity:
    return Entity(name=name, start=start, end=end)


def test_a_share_comes_with_wilsons_interval() -> None:
    # Wilson for 8 of 10, as in Newcombe (1998): 0.4902 to 0.9433.
    found = share([True] * 8 + [False] * 2)
    assert found.value == 0.8
    assert (found.low, found.high) == pytest.approx((0.4902, 0.9433), abs=1e-4)


def test_all_right_is_not_certainly_always_right() -> None:
    found = share([True] * 10)
    assert found.value == 1.0
    assert (found.low, found.high) == pytest.approx((0.7225, 1.0), abs=1e-4)


def test_a_difference_looks_at_the_same_sentences() -> None:
    found = difference([True, True, True, False], [True, False, False, True])
    assert found.value == 0.25
    assert found.low <= 0.25 <= found.high


def test_no_difference_anywhere_has_no_width() -> None:
    found = difference([True, False], [True, False])
    assert (found.low, found.value, found.high) == (0.0, 0.0, 0.0)


def test_each_label_has_its_precision_and_recall() -> None:
    counts = by_label(["a", "a", "a", "b"], ["a", "a", "b", "c"])
    assert counts == {"a": Counts(right=2, given=2, asked=3), "b": Counts(right=0, given=1, asked=1)}
    assert counts["a"].precision == 1.0
    assert counts["a"].recall == pytest.approx(2 / 3)
    assert counts["a"].f1 == pytest.approx(0.8)
    assert counts["b"].f1 == 0.0


def test_macro_f1_counts_rare_labels_as_much_as_common_ones() -> None:
    # a: right 2 of 2 given and 3 asked, so 0.8; b: 0.
    found = macro_f1(["a", "a", "a", "b"], ["a", "a", "b", "c"])
    assert found.value == pytest.approx(0.4)
    assert found.low <= 0.4 <= found.high


def test_macro_f1_of_a_perfect_reading_is_one() -> None:
    found = macro_f1(["a", "b", "c"], ["a", "b", "c"])
    assert (found.low, found.value, found.high) == (1.0, 1.0, 1.0)


def test_calibration_error_is_the_gap_in_each_bin_weighed_by_its_size() -> None:
    # Bin 14 (0.867 to 0.933]: 0.9 and 0.9, one right: gap |1.8 - 1| = 0.8.
    # Bin 3 (0.133 to 0.2]: 0.2 wrong: gap 0.2. Together 1.0 over three answers.
    assert calibration_error([0.9, 0.9, 0.2], [True, False, False]) == pytest.approx(1 / 3)


def test_confidence_that_means_what_it_says_has_no_error() -> None:
    assert calibration_error([1.0, 1.0, 0.0], [True, True, False]) == 0.0
    assert calibration_error([0.5, 0.5], [True, False]) == 0.0


def test_separation_counts_pairs_and_a_tie_is_half() -> None:
    # Against 1: 2 and 3 are higher (2). Against 2: a tie and 3 (1.5). So 3.5 of 4 pairs.
    assert separation([1.0, 2.0], [2.0, 3.0]).value == pytest.approx(0.875)
    assert separation([1.0, 2.0], [3.0]).value == 1.0
    assert separation([3.0], [1.0, 2.0]).value == 0.0
    assert separation([1.0], [1.0]).value == 0.5


def test_an_entity_is_right_when_its_kind_fits_and_it_overlaps() -> None:
    marked = [[entity("plaats", 3, 10), entity("uren", 12, 14)], [entity("plaats", 0, 4)]]
    found = [[entity("plaats", 3, 6), entity("beroep", 12, 14)], [entity("plaats", 4, 8)]]
    counts = by_entity(marked, found)
    assert counts == {"plaats": Counts(right=1, given=2, asked=2), "uren": Counts(right=0, given=0, asked=1)}
    # Right 1, given 2, asked 3: F1 is 2 / 5. A kind that is marked nowhere is not judged.
    assert total(list(counts.values())).f1 == pytest.approx(0.4)


def test_one_entity_found_twice_counts_once() -> None:
    counts = by_entity([[entity("plaats", 0, 10)]], [[entity("plaats", 0, 3), entity("plaats", 4, 10)]])
    assert counts["plaats"] == Counts(right=1, given=2, asked=1)


def test_one_entity_found_for_two_marked_ones_counts_once() -> None:
    both = [entity("plaats", 0, 4), entity("plaats", 5, 9)]
    assert missed(both, [entity("plaats", 0, 9)]) == [entity("plaats", 5, 9)]


def test_where_nothing_was_given_nothing_was_right() -> None:
    nothing = Counts(right=0, given=0, asked=3)
    assert (nothing.precision, nothing.recall, nothing.f1) == (0.0, 0.0, 0.0)
