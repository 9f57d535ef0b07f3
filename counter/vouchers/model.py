"""The life of an application for a voucher, and of what was awarded; no framework."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from counter.accounts.model import Statement
from counter.schemes.model import Scheme, VoucherKind

# How long before the last day an award can be used its holder is reminded, the first time and the second.
REMIND_DAYS_BEFORE = (30, 7)


class VoucherState(StrEnum):
    """Where an application stands; only an adviser awards or rejects."""

    SUBMITTED = "submitted"
    WITHDRAWN = "withdrawn"
    AWARDED = "awarded"
    REJECTED = "rejected"
    USED = "used"
    """Paid to a trainer; what was left of it is back with the fund."""
    EXPIRED = "expired"
    """Awarded, and not used in time."""


class Decision(StrEnum):
    """What an adviser can decide."""

    AWARDED = "awarded"
    REJECTED = "rejected"


class Outcome(StrEnum):
    """What a pre-check found about one rule."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True)
class RuleOutcome:
    """One rule and what the pre-check found; it decides nothing."""

    rule_id: str
    name: str
    text: str
    source: str
    outcome: Outcome


@dataclass(frozen=True, kw_only=True)
class VoucherApplicationCommand:
    """Somebody applies for a voucher; `documents` are those of the scheme they have at hand."""

    conversation_id: str
    message_id: str
    kind: VoucherKind
    goal: str
    name: str
    age: int
    postcode: str
    email: str
    phone: str | None = None
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class VoucherReceipt:
    """What the applicant is told.

    `answer_before` is the last day for an adviser's answer, `object_before` the last day to object to it,
    `use_before` the last day on which what was awarded can be paid.
    """

    number: str
    kind: VoucherKind
    goal: str
    state: VoucherState
    submitted_at: datetime
    answer_before: date
    object_before: date | None = None
    use_before: date | None = None


@dataclass(frozen=True, kw_only=True)
class Payment:
    """What was paid to a trainer, in whole cents; `id` is that of the form in which it was booked."""

    id: str
    payee: str
    cents: int
    paid_on: date
    by: str | None
    at: datetime
    is_reversed: bool


@dataclass(frozen=True, kw_only=True)
class Application:
    """An application as an adviser decides on it, with the pre-check; `amount_eur` is in whole euros.

    `scheme` is the version it was made under, `left_cents` what is awarded and not paid.
    """

    receipt: VoucherReceipt
    person_id: str
    scheme: Scheme
    amount_eur: int
    name: str | None
    age: int | None
    postcode: str | None
    email: str | None
    phone: str | None
    documents: tuple[str, ...]
    checks: tuple[RuleOutcome, ...]
    payments: tuple[Payment, ...]
    left_cents: int


@dataclass(frozen=True, kw_only=True)
class AccountEntry:
    """One voucher on a personal development account, in whole cents."""

    number: str
    kind: VoucherKind
    cents: int


@dataclass(frozen=True, kw_only=True)
class DevelopmentAccount:
    """What a person can have paid, what is reserved while an adviser looks at it, and how it came to be.

    `is_sample` when any of it is of a scheme that is not real.
    """

    awarded: tuple[AccountEntry, ...]
    reserved: tuple[AccountEntry, ...]
    statement: Statement
    is_sample: bool


class UnknownVoucherError(LookupError):
    """This person has no application with this number."""


class VoucherBudgetSpentError(Exception):
    """The budget of this kind of voucher cannot pay another one."""


class SchemeClosedError(Exception):
    """Nobody can apply for this kind of voucher now."""


class PaymentTooHighError(ValueError):
    """More would be paid than is left of the award: `left_cents`."""

    def __init__(self, left_cents: int) -> None:
        super().__init__(left_cents)
        self.left_cents = left_cents


class UnknownPaymentError(LookupError):
    """This application has no payment with this id."""


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


class NotAwardedError(ValueError):
    """Nothing can be paid of this application, as it stands now: `receipt`."""

    def __init__(self, receipt: VoucherReceipt) -> None:
        super().__init__(receipt.number)
        self.receipt = receipt
