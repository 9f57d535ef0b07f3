"""Voucher schemes, their rules, and the life of an application; no framework."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class VoucherKind(StrEnum):
    """What a voucher pays for."""

    ORIENTATIE = "orientatie"
    OPLEIDING = "opleiding"
    BEGELEIDING = "begeleiding"


class VoucherState(StrEnum):
    """Where an application stands; only an adviser awards or rejects."""

    SUBMITTED = "submitted"
    WITHDRAWN = "withdrawn"
    AWARDED = "awarded"
    REJECTED = "rejected"


class Decision(StrEnum):
    """What an adviser can decide."""

    AWARDED = "awarded"
    REJECTED = "rejected"


class Outcome(StrEnum):
    """What a pre-check found about one rule."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"


class Check(StrEnum):
    """What a machine can look at; a rule without a check is for an adviser."""

    MINIMUM_AGE = "minimum_age"
    LIVES_IN_PROVINCE = "lives_in_province"


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One condition of a scheme, as people read it, and where it comes from."""

    id: str
    text: str
    source: str
    check: Check | None = None
    value: int | None = None


@dataclass(frozen=True, kw_only=True)
class Scheme:
    """A kind of voucher: what it is for, what it pays, and its rules. Amounts in whole euros."""

    kind: VoucherKind
    title: str
    purpose: str
    amount_eur: int
    budget_eur: int
    answer_within_working_days: int
    rules: tuple[Rule, ...]
    is_sample: bool


@dataclass(frozen=True, kw_only=True)
class RuleOutcome:
    """One rule and what the pre-check found; it decides nothing."""

    rule_id: str
    text: str
    source: str
    outcome: Outcome


@dataclass(frozen=True, kw_only=True)
class VoucherApplicationCommand:
    """Somebody applies for a voucher."""

    conversation_id: str
    message_id: str
    kind: VoucherKind
    goal: str
    name: str
    age: int
    postcode: str
    email: str
    phone: str | None = None


@dataclass(frozen=True, kw_only=True)
class VoucherReceipt:
    """What the applicant is told; `answer_before` is the last day for an adviser's answer."""

    number: str
    kind: VoucherKind
    goal: str
    state: VoucherState
    submitted_at: datetime
    answer_before: date


@dataclass(frozen=True, kw_only=True)
class Application:
    """An application as an adviser decides on it, with the pre-check; `amount_eur` is in whole euros."""

    receipt: VoucherReceipt
    person_id: str
    title: str
    amount_eur: int
    name: str | None
    age: int | None
    postcode: str | None
    email: str | None
    phone: str | None
    checks: tuple[RuleOutcome, ...]


@dataclass(frozen=True, kw_only=True)
class AccountEntry:
    """One voucher on a personal development account, in whole euros."""

    number: str
    kind: VoucherKind
    amount_eur: int


@dataclass(frozen=True, kw_only=True)
class DevelopmentAccount:
    """What a person has been awarded, and what is reserved while an adviser looks at it."""

    awarded: tuple[AccountEntry, ...]
    reserved: tuple[AccountEntry, ...]

    @property
    def awarded_eur(self) -> int:
        """Return what is awarded, in whole euros."""
        return sum(entry.amount_eur for entry in self.awarded)

    @property
    def reserved_eur(self) -> int:
        """Return what is reserved, in whole euros."""
        return sum(entry.amount_eur for entry in self.reserved)


class UnknownVoucherError(LookupError):
    """This person has no application with this number."""


class VoucherBudgetSpentError(Exception):
    """The budget of this kind of voucher cannot pay another one."""


class AlreadyAppliedError(ValueError):
    """This person has an open application for this kind of voucher: `receipt`."""

    def __init__(self, receipt: VoucherReceipt) -> None:
        super().__init__(receipt.number)
        self.receipt = receipt


class AlreadyDecidedError(ValueError):
    """The application is no longer open, so it cannot change: `receipt`."""

    def __init__(self, receipt: VoucherReceipt) -> None:
        super().__init__(receipt.number)
        self.receipt = receipt
