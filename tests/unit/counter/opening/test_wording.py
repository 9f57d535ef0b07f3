"""Moments and waits in words that everybody knows."""

from datetime import UTC, datetime, timedelta

import pytest

from counter.opening.model import Period
from counter.opening.reading import load_opening_hours
from counter.opening.waiting import Wait, expected_minutes
from counter.opening.wording import (
    moment_in_words,
    period_in_words,
    period_on_a_button,
    wait_in_words,
    week_in_words,
)
from counter.places.model import Region

NOW = datetime(2026, 11, 30, 11, tzinfo=UTC)  # a Monday, noon in the Netherlands
MAX_WHATSAPP_ROW = 24


@pytest.mark.parametrize(
    ("after", "words"),
    [
        (timedelta(hours=2), "vandaag om 14 uur"),
        (timedelta(hours=21, minutes=30), "morgen om 9.30 uur"),
        (timedelta(hours=45), "woensdag 2 december om 9 uur"),
    ],
)
def test_a_moment_is_said_as_people_say_it(after: timedelta, words: str) -> None:
    assert moment_in_words(NOW + after, NOW) == words


@pytest.mark.parametrize(
    ("days", "words", "button"),
    [
        (0, "vandaag tussen 14 en 15 uur", "vandaag 14-15 uur"),
        (1, "morgen tussen 14 en 15 uur", "morgen 14-15 uur"),
        (3, "donderdag 3 december tussen 14 en 15 uur", "donderdag 14-15 uur"),
        (7, "maandag 7 december tussen 14 en 15 uur", "7 december 14-15 uur"),
    ],
)
def test_a_call_back_is_said_in_full_and_fits_on_a_button(days: int, words: str, button: str) -> None:
    start = NOW + timedelta(days=days, hours=2)
    slot = Period(start=start, end=start + timedelta(hours=1))
    assert period_in_words(slot, NOW) == words
    assert period_on_a_button(slot, NOW) == button
    assert len(button) <= MAX_WHATSAPP_ROW


def test_days_with_the_same_hours_are_said_together() -> None:
    opening = load_opening_hours()
    assert week_in_words(opening.general) == ("maandag tot en met vrijdag van 9 tot 17 uur",)
    assert week_in_words(opening.office(Region.GOOI_VECHTSTREEK)) == (
        "maandag van 9 tot 12.30 en 13 tot 17 uur",
        "dinsdag tot en met donderdag van 9 tot 17 uur",
        "vrijdag van 9 tot 12.30 uur",
    )


@pytest.mark.parametrize(("minutes", "words"), [(5, "5 minuten"), (30, "een half uur"), (240, "4 uur")])
def test_a_wait_is_said_in_words(minutes: int, words: str) -> None:
    assert wait_in_words(minutes) == f"ongeveer {words}"


@pytest.mark.parametrize("minutes", range(1, 400, 7))
def test_every_wait_that_is_expected_has_words(minutes: int) -> None:
    expected = expected_minutes([Wait(place=1, minutes=minutes)] * 5, 1)
    assert expected is not None
    assert "ongeveer" in wait_in_words(expected)
