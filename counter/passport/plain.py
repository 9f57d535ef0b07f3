"""A passport as plain JSON, for programs that know no standard: what it says, and from whom that is known."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from counter.passport.model import Entry, Passport
from counter.passport.naming import occupation_name, skill_name
from counter.passport.texts import load_texts
from skills_taxonomy import Taxonomy


def as_plain(passport: Passport, taxonomy: Taxonomy, *, made_at: datetime) -> dict[str, Any]:
    """Return what stands in a passport; nothing that was taken out."""
    return {
        "about": load_texts("gegevens")["about"],
        "made_at": made_at.isoformat(),
        "skills": list(_entries(passport.skills, taxonomy)),
        "wishes": list(_entries(passport.wishes, taxonomy)),
    }


def _entries(entries: Iterable[Entry], taxonomy: Taxonomy) -> Iterable[dict[str, Any]]:
    for entry in entries:
        told, skill = entry.told, taxonomy.skills.get(entry.skill_id)
        yield {
            "name": skill_name(told, taxonomy),
            "esco": skill.esco if skill else None,
            "source": told.source.value,
            "added_by": told.added_by or None,
            "words": told.words,
            "occupation": occupation_name(told, taxonomy) or None,
            "level": told.level.value if told.level else None,
            "level_by": told.rated_by or None,
            "years": told.years,
            "added_at": entry.added_at.isoformat(),
        }
