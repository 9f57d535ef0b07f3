"""What counts as a title, as hours and as practical needs of a job."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter.job_drafts.model import (
    MAX_HOURS,
    MAX_NEED_LENGTH,
    MAX_NEEDS,
    MAX_TITLE_LENGTH,
    parse_hours,
    parse_needs,
    parse_title,
)

hours = st.integers(min_value=1, max_value=MAX_HOURS)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("magazijnmedewerker", "Magazijnmedewerker"),
        (" dozen  inpakken. ", "Dozen inpakken"),
        ("12", None),
        ("a" * (MAX_TITLE_LENGTH + 1), None),
        ("", None),
    ],
)
def test_a_title_is_short_and_has_letters(text: str, title: str | None) -> None:
    assert parse_title(text) == title


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("24", (24, 24)),
        ("24 uur", (24, 24)),
        ("24-32", (24, 32)),
        ("24 tot 32 uur per week", (24, 32)),
        ("32 of 24", (24, 32)),
        ("2 plekken van 16 à 20 uur", (16, 20)),
        ("twee plekken voor 36u", (36, 36)),
        ("0 uur", None),
        ("80 uur", None),
        ("24 tot 80 uur", None),
        ("2 of 3 plekken, 24 plekken", None),
        ("24,5", None),
        ("veel", None),
    ],
)
def test_hours_are_one_number_or_two(text: str, expected: tuple[int, int] | None) -> None:
    assert parse_hours(text) == expected


@given(hours, hours)
def test_the_least_hours_never_exceed_the_most(one: int, other: int) -> None:
    assert parse_hours(f"{one} tot {other} uur") == (min(one, other), max(one, other))


@given(st.text())
def test_hours_in_any_text_are_within_the_law(text: str) -> None:
    found = parse_hours(text)
    assert found is None or 1 <= found[0] <= found[1] <= MAX_HOURS


@pytest.mark.parametrize(
    ("text", "needs"),
    [
        ("10 kilo tillen, 4 uur staan", ("10 kilo tillen", "4 uur staan")),
        ("je kunt lang staan. Je kunt fietsen.", ("je kunt lang staan", "Je kunt fietsen")),
        ("tillen;tillen", ("tillen",)),
        (" , ", None),
        ("x" * (MAX_NEED_LENGTH + 1), None),
        (",".join(map(str, range(MAX_NEEDS + 1))), None),
    ],
)
def test_needs_are_parts_of_a_sentence(text: str, needs: tuple[str, ...] | None) -> None:
    assert parse_needs(text) == needs
