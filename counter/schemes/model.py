"""What a scheme says, in the version an administrator wrote; no framework."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from counter.accounts.model import Fund, Pot

# Enough for any scheme that people can still read.
MAX_TITLE, MAX_TEXT, MAX_LINE = 60, 600, 200
MAX_RULES, MAX_DOCUMENTS = 12, 12
MAX_EUROS = 1_000_000
MAX_WORKING_DAYS, MAX_MONTHS, MAX_AGE = 60, 60, 120


class VoucherKind(StrEnum):
    """What a voucher pays for; each kind has one scheme."""

    ORIENTATIE = "orientatie"
    OPLEIDING = "opleiding"
    BEGELEIDING = "begeleiding"


class Check(StrEnum):
    """What a machine can look at; a rule without a check is for an adviser."""

    MINIMUM_AGE = "minimum_age"
    MAXIMUM_AGE = "maximum_age"
    LIVES_IN_PROVINCE = "lives_in_province"

    @property
    def needs_value(self) -> bool:
        """Tell whether the check compares with a number: an age in years."""
        return self in {Check.MINIMUM_AGE, Check.MAXIMUM_AGE}


class Fault(StrEnum):
    """What is wrong with a scheme that somebody wrote."""

    TITLE = "titel"
    PURPOSE = "doel"
    WHO = "voor_wie"
    AMOUNT = "bedrag"
    ANSWER = "antwoord"
    USE = "gebruik"
    PERIOD = "periode"
    DOCUMENTS = "papieren"
    RULES = "regels"
    RULE_VALUE = "regel_getal"
    OBJECTION = "bezwaar"


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One condition of a scheme: what it is called, as people read it, and where it comes from."""

    id: str
    name: str
    text: str
    source: str
    check: Check | None = None
    value: int | None = None


@dataclass(frozen=True, kw_only=True)
class Scheme:
    """One version of a scheme. Amounts are in whole euros; its budget stands in the books.

    `documents` is what somebody must have at hand, `objection_to` where an objection goes.
    """

    kind: VoucherKind
    version: int
    fund: Fund
    title: str
    purpose: str
    who: str
    amount_eur: int
    answer_within_working_days: int
    use_within_months: int
    opens_on: date | None
    closes_on: date | None
    is_closed: bool
    is_sample: bool
    documents: tuple[str, ...]
    rules: tuple[Rule, ...]
    objection_to: str
    changed_by: str
    changed_at: datetime

    @property
    def pot(self) -> Pot:
        """Return where its money stands in the books."""
        return Pot(fund_id=self.fund.id, name=self.kind.value)

    def is_open(self, day: date) -> bool:
        """Tell whether people can apply on this day."""
        is_too_soon = self.opens_on is not None and day < self.opens_on
        is_too_late = self.closes_on is not None and day > self.closes_on
        return not (self.is_closed or is_too_soon or is_too_late)


@dataclass(frozen=True, kw_only=True)
class Movement:
    """Money put in a scheme's budget, or taken back when below nought; in whole cents."""

    on: date
    cents: int
    fund: str
    by: str | None


def faults_of(scheme: Scheme) -> tuple[Fault, ...]:
    """Return what is wrong with a scheme, in the order in which it is written."""
    return tuple(_faults_of(scheme))


def _faults_of(scheme: Scheme) -> Iterator[Fault]:
    texts = (
        (Fault.TITLE, scheme.title, MAX_TITLE),
        (Fault.PURPOSE, scheme.purpose, MAX_TEXT),
        (Fault.WHO, scheme.who, MAX_TEXT),
    )
    numbers = (
        (Fault.AMOUNT, scheme.amount_eur, MAX_EUROS),
        (Fault.ANSWER, scheme.answer_within_working_days, MAX_WORKING_DAYS),
        (Fault.USE, scheme.use_within_months, MAX_MONTHS),
    )
    yield from (fault for fault, text, most in texts if not 0 < len(text) <= most)
    yield from (fault for fault, number, most in numbers if not 0 < number <= most)
    if scheme.opens_on and scheme.closes_on and scheme.closes_on < scheme.opens_on:
        yield Fault.PERIOD
    if len(scheme.documents) > MAX_DOCUMENTS or any(len(line) > MAX_LINE for line in scheme.documents):
        yield Fault.DOCUMENTS
    if not 0 < len(scheme.rules) <= MAX_RULES or not all(map(_is_readable, scheme.rules)):
        yield Fault.RULES
    if not all(map(_has_its_number, scheme.rules)):
        yield Fault.RULE_VALUE
    if not 0 < len(scheme.objection_to) <= MAX_TEXT:
        yield Fault.OBJECTION


def _is_readable(rule: Rule) -> bool:
    return all(0 < len(part) <= MAX_LINE for part in (rule.name, rule.text, rule.source))


def _has_its_number(rule: Rule) -> bool:
    if rule.check is None or not rule.check.needs_value:
        return True
    return rule.value is not None and 0 < rule.value <= MAX_AGE


class SchemeChangedError(Exception):
    """Somebody changed the scheme meanwhile; what was written is of an older version."""


class WrongSchemeError(ValueError):
    """The scheme cannot be as it was written: `faults`."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(", ".join(faults))
        self.faults = faults


class BudgetInUseError(Exception):
    """More would be taken back than is free: people have reserved, been awarded or used the rest."""


class UnknownFundError(LookupError):
    """There is no such fund."""
