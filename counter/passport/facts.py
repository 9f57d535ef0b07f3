"""What is known of a skill besides its name: from whom, how well and how long, as people read it."""

from collections.abc import Mapping

from counter.passport.model import Source, Told

_MONTHS = 12


def facts_of(told: Told, texts: Mapping[str, str]) -> tuple[str, ...]:
    """Return from whom it is known, how well and how long; `texts` are the section `facts`."""
    return tuple(filter(None, (source_of(told, texts), level_of(told, texts), years_of(told, texts))))


def source_of(told: Told, texts: Mapping[str, str]) -> str:
    """Return from whom a skill is known; where the name of who added it is left out, what they are."""
    if told.source in {Source.COACH, Source.EMPLOYER} and told.added_by:
        return texts[f"{told.source.value}_named"].format(name=told.added_by)
    return texts[told.source.value]


def level_of(told: Told, texts: Mapping[str, str]) -> str:
    """Return how well somebody does it, and which coach says so; empty when that is not known."""
    if told.level is None:
        return ""
    level = texts[told.level.value]
    return texts["rated"].format(level=level, name=told.rated_by) if told.rated_by else level


def years_of(told: Told, texts: Mapping[str, str]) -> str:
    """Return how long somebody did it, in years or else in months; empty when that is not known."""
    if told.years is None:
        return ""
    if told.years >= 1:
        return texts["years"].format(years=number(told.years))
    months = max(1, round(told.years * _MONTHS))
    return texts["month" if months == 1 else "months"].format(months=months)


def number(years: float) -> str:
    """Return a number as it is written in Dutch: 2,5."""
    return f"{years:g}".replace(".", ",")
