"""Giving way when nothing fits: as little as possible, the earlier wishes first."""

from enum import StrEnum

from hypothesis import given
from hypothesis import strategies as st

from counter.catalogue.relaxation import give_way


class Wish(StrEnum):
    FIRST = "first"
    SECOND = "second"
    LAST = "last"


ORDER = tuple(Wish)
Failed = st.frozensets(st.sampled_from(ORDER))


def test_what_fits_is_all_there_is_to_see() -> None:
    candidates = [("fits", frozenset[Wish]()), ("not", frozenset({Wish.FIRST}))]
    assert give_way(candidates, ORDER) == (["fits"], ())


def test_the_last_wish_is_kept_while_the_others_can_go() -> None:
    candidates = [
        ("two", frozenset({Wish.FIRST, Wish.SECOND})),
        ("one", frozenset({Wish.FIRST})),
        ("last", frozenset({Wish.LAST})),
    ]
    assert give_way(candidates[::2], ORDER) == (["two"], (Wish.FIRST, Wish.SECOND))
    assert give_way(candidates, ORDER) == (["one"], (Wish.FIRST,))


def test_nothing_comes_of_nothing() -> None:
    assert give_way(list[tuple[str, frozenset[Wish]]](), ORDER) == ([], ())


@given(st.lists(Failed, min_size=1))
def test_something_is_always_left_and_no_wish_goes_for_nothing(failures: list[frozenset[Wish]]) -> None:
    kept, relaxed = give_way(list(enumerate(failures)), ORDER)
    assert kept
    assert all(failures[index] <= set(relaxed) for index in kept)
    assert set(relaxed) in [set(failures[index]) for index in kept]
    assert not any(failed < set(relaxed) for failed in failures)
