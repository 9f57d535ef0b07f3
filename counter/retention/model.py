"""What is kept how long, and what became of it; no framework."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

# The rule about people and all their conversations; every other rule is about rows of one subject.
CONVERSATIONS = "gesprekken"
# A run that begins this long after the one before it, says more about the clock than about the counter.
LONGEST_GAP = timedelta(days=40)


@dataclass(frozen=True, kw_only=True)
class Rule:
    """How many months something is kept, and why; `is_sample` until the owner has decided."""

    name: str
    what: str
    months: int
    why: str
    is_sample: bool

    def before(self, moment: datetime) -> datetime:
        """Return the moment before which something is due, at this moment."""
        return months_before(moment, self.months)


@dataclass(frozen=True, kw_only=True)
class Due:
    """How much is due under a rule, and how much would be if it was not preserved.

    `oldest` and `newest` tell since when what is due was not used.
    """

    count: int
    oldest: datetime | None
    newest: datetime | None
    preserved: int


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of one rule in a run; `failed` is still there, and should not be."""

    rule: str
    due: int
    deleted: int
    preserved: int
    failed: int

    @property
    def difference(self) -> int:
        """Return how much should be gone and is not."""
        return self.due - self.deleted


@dataclass(frozen=True, kw_only=True)
class Run:
    """One night's run; without an end it was broken off, or is still going."""

    day: date
    began_at: datetime
    ended_at: datetime | None
    outcomes: tuple[Outcome, ...]

    @property
    def difference(self) -> int:
        """Return how much should be gone and is not, under all rules together."""
        return sum(outcome.difference for outcome in self.outcomes)

    @property
    def is_complete(self) -> bool:
        """Tell whether everything that was due is gone."""
        return self.ended_at is not None and self.difference == 0


def months_before(moment: datetime, months: int) -> datetime:
    """Return the same moment this many months earlier, on the last day of a month that is too short."""
    year, month = divmod(moment.year * 12 + moment.month - 1 - months, 12)
    day = min(moment.day, monthrange(year, month + 1)[1])
    return moment.replace(year=year, month=month + 1, day=day)


def check_rules(rules: Mapping[str, Rule], least_months: Mapping[str, int]) -> None:
    """See that there is one rule for every subject, and that none of them deletes what is in use.

    Raises:
        WrongRulesError: a rule is missing, is about nothing, or is too short.
    """
    for name in sorted(least_months.keys() ^ rules.keys()):
        fault = "is about nothing the counter keeps" if name in rules else "is missing"
        raise WrongRulesError(name, fault)
    for name, rule in rules.items():
        if rule.months < least_months[name]:
            raise WrongRulesError(name, f"has na_maanden = {rule.months}; at least {least_months[name]}")


class Observer(Protocol):
    """Who hears how a run goes."""

    def progressed(self, rule: str, deleted: int) -> None:
        """Hear that so many more are gone under a rule."""

    def failed(self, rule: str, error: Exception) -> None:
        """Hear that something could not be deleted now."""


class WrongRulesError(ValueError):
    """The retention rules cannot be right; nothing may be deleted by them."""

    def __init__(self, name: str, fault: str) -> None:
        super().__init__(f"retention rules: [{name}] {fault}")


class ClockLeapError(RuntimeError):
    """The clock went ahead too far since the last run to be believed without a person looking at it."""

    def __init__(self, last: datetime, now: datetime) -> None:
        super().__init__(f"the last retention run began at {last:%Y-%m-%d}, and now it is {now:%Y-%m-%d}")


class NotForgottenError(Exception):
    """The bot did not forget a conversation, so nothing of its person may be erased yet."""
