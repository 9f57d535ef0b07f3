import pytest

from benchmarks.turn.comparison import Pair, growth_rows, speed_rows
from benchmarks.turn.growth import EARLY_TURN, LATE_TURN, Growth, growth_with_length, growth_with_stored
from benchmarks.turn.speed import Speed, speeds
from benchmarks.turn.talking import DIALOGUE, Say


class Talks:
    """Remembers what was said in each conversation."""

    def __init__(self) -> None:
        self.said: list[list[str]] = []

    async def open(self) -> Say:
        said: list[str] = []
        self.said.append(said)

        async def say(text: str) -> None:
            said.append(text)

        return say


async def test_the_same_sentences_are_timed_early_and_late() -> None:
    talks = Talks()
    growth = await growth_with_length(talks.open, rounds=1)
    long, new = talks.said
    window = len(DIALOGUE)
    assert (EARLY_TURN, LATE_TURN) == (5, 197)
    assert len(growth.small) == len(growth.large) == window
    assert new[EARLY_TURN - 1 :] == long[LATE_TURN - 1 :]
    assert len(long) == LATE_TURN - 1 + window >= 200


async def test_each_round_begins_a_new_conversation_next_to_the_long_one() -> None:
    talks = Talks()
    growth = await growth_with_length(talks.open, rounds=3)
    assert [len(said) for said in talks.said[1:]] == [12, 12, 12]
    assert len(growth.large) == 3 * len(DIALOGUE)


async def test_both_stores_are_asked_the_same_and_warmed_first() -> None:
    empty, full = Talks(), Talks()
    growth = await growth_with_stored(empty.open, full.open, rounds=2)
    assert empty.said == full.said == [list(DIALOGUE)] * 5
    assert len(growth.small) == len(growth.large) == 2 * len(DIALOGUE)


async def test_all_sides_hold_as_many_dialogues_and_the_first_does_not_count() -> None:
    ours, theirs = Talks(), Talks()
    both = await speeds((ours.open, theirs.open), talks=4, rounds=2)
    assert len(both) == 2
    assert len(ours.said) == len(theirs.said) == 1 + 4 * 2


def test_speed_is_worked_out_from_every_turn() -> None:
    found = Speed.of([0.01, 0.02, 0.03], elapsed=0.06)
    assert (found.p50_milliseconds, found.turns_per_second) == (20.0, 50.0)
    assert found.p95_milliseconds == pytest.approx(29.0)


def test_growth_is_the_ratio_of_medians() -> None:
    growth = Growth(small=[0.01, 0.02, 0.09], large=[0.03, 0.03, 0.5])
    assert growth.times == 1.5


def test_the_table_says_which_aims_are_reached() -> None:
    fast = Speed(p50_milliseconds=25, p95_milliseconds=90, turns_per_second=50)
    slow = Speed(p50_milliseconds=50, p95_milliseconds=99, turns_per_second=10)
    rows = list(speed_rows({1: Pair(ours=fast, peer=slow), 4: Pair(ours=fast, peer=slow)}))
    assert [row.reached for row in rows] == [True, False, True, None, None, True]
    assert rows[2].between == "5.00 ×"
    level, steep = Growth(small=[1.0], large=[1.0]), Growth(small=[1.0], large=[1.4])
    rows = list(growth_rows(Pair(ours=steep, peer=level), Pair(ours=steep, peer=level), 100_000))
    assert [row.reached for row in rows] == [True, False]
    assert rows[1].measure == "100,000 stored after none"
    assert rows[1].ours == "1.40 × (1000 → 1400 ms)"
