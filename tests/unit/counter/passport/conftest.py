"""A passport to look at."""

from datetime import UTC, datetime

import pytest

from counter.passport.model import Entry, EntryKind, Passport, Told

MADE_AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


def entry(skill_id: str, words: str, occupation_id: str | None = None) -> Entry:
    told = Told(skill_id=f"vaardigheid/{skill_id}", words=words, occupation_id=occupation_id)
    return Entry(told=told, added_at=MADE_AT)


@pytest.fixture
def passport() -> Passport:
    """Give what a cook told who cares for her mother, and would like to weld."""
    wish = Told(skill_id="vaardigheid/lassen", words="leren lassen", kind=EntryKind.WISH)
    return Passport(
        skills=(
            entry("zorgen-voor-familielid", "zorg voor mijn moeder"),
            entry("koken", "chef", "beroep/kok"),
            entry("plannen", "plannen"),
        ),
        wishes=(Entry(told=wish, added_at=MADE_AT),),
        removed=(entry("tillen", "tillen"),),
    )
