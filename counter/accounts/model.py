"""Accounts, journal entries and their postings, and what a person reads of them; no framework."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

CENTS = 100
"""In one euro."""
# A payee's name is longer nowhere.
MAX_PAYEE = 100


class FunderKind(StrEnum):
    """Who puts money in."""

    PROVINCE = "province"
    MUNICIPALITY = "municipality"
    SECTOR_FUND = "sector_fund"
    EMPLOYER = "employer"


class AccountKind(StrEnum):
    """What the money on an account is; all but a funder's own account never fall below zero."""

    FUNDER = "funder"
    """Where a fund's money comes from; as far below zero as was put in."""
    AVAILABLE = "available"
    RESERVED = "reserved"
    AWARDED = "awarded"
    PAID = "paid"


class EntryKind(StrEnum):
    """What happened."""

    DEPOSIT = "deposit"
    TAKE_BACK = "take_back"
    RESERVE = "reserve"
    AWARD = "award"
    PAY = "pay"
    RELEASE = "release"
    REVERSE = "reverse"


@dataclass(frozen=True, kw_only=True)
class Fund:
    """Money of one giver; its accounts add up to zero among themselves."""

    id: str
    kind: FunderKind
    name: str


@dataclass(frozen=True, kw_only=True)
class Account:
    """One account of a fund; `code` names it among all."""

    code: str
    kind: AccountKind
    fund_id: str
    pot: str | None = None
    """What the money is meant for: a kind of voucher."""
    person_id: str | None = None
    payee: str | None = None

    @property
    def may_fall_below_zero(self) -> bool:
        """Tell whether more can go off than ever came on."""
        return self.kind is AccountKind.FUNDER


@dataclass(frozen=True, kw_only=True)
class Pot:
    """What one fund has for one purpose."""

    fund_id: str
    name: str

    @property
    def funder(self) -> Account:
        """Return where the money comes from."""
        return Account(code=f"funder/{self.fund_id}", kind=AccountKind.FUNDER, fund_id=self.fund_id)

    @property
    def available(self) -> Account:
        """Return what can still be reserved."""
        return Account(
            code=f"available/{self.fund_id}/{self.name}",
            kind=AccountKind.AVAILABLE,
            fund_id=self.fund_id,
            pot=self.name,
        )

    def paid_to(self, payee: str) -> Account:
        """Return what this fund paid to a trainer; a name in other capitals or spacing is the same one."""
        name = " ".join(payee.split())
        key = hashlib.sha256(name.casefold().encode()).hexdigest()[:16]
        return Account(
            code=f"paid/{self.fund_id}/{key}", kind=AccountKind.PAID, fund_id=self.fund_id, payee=name
        )


@dataclass(frozen=True, kw_only=True)
class Holding:
    """What one person has of a pot under one receipt number: no payment can take from another number."""

    pot: Pot
    person_id: str
    number: str

    @property
    def reserved(self) -> Account:
        """Return what is kept apart until an adviser decides."""
        return self._account(AccountKind.RESERVED)

    @property
    def awarded(self) -> Account:
        """Return what the person can have paid."""
        return self._account(AccountKind.AWARDED)

    def _account(self, kind: AccountKind) -> Account:
        return Account(
            code=f"{kind.value}/{self.number}",
            kind=kind,
            fund_id=self.pot.fund_id,
            pot=self.pot.name,
            person_id=self.person_id,
        )


@dataclass(frozen=True, kw_only=True)
class Posting:
    """An amount that comes on an account, or goes off it when it is below zero; in whole cents."""

    account: Account
    cents: int


@dataclass(frozen=True, kw_only=True)
class JournalEntry:
    """One event in the books: postings that add up to zero.

    `reference` is unique among all entries, so that nothing is booked twice; `about` is the receipt
    number or the pot it is about, and `on` the day on which it counts.
    """

    reference: str
    kind: EntryKind
    about: str
    on: date
    postings: tuple[Posting, ...]

    def __post_init__(self) -> None:
        """See that it balances, within each fund.

        Raises:
            UnbalancedEntryError: it does not add up to zero, or posts to no or one account.
        """
        codes = [posting.account.code for posting in self.postings]
        balance: dict[str, int] = {}
        for posting in self.postings:
            fund = posting.account.fund_id
            balance[fund] = balance.get(fund, 0) + posting.cents
        is_whole = len(codes) > 1 and len(set(codes)) == len(codes)
        if not is_whole or any(balance.values()) or not all(posting.cents for posting in self.postings):
            raise UnbalancedEntryError(self.reference)


@dataclass(frozen=True, kw_only=True)
class Budget:
    """How a pot stands, in whole cents; what was put in is the sum of the rest."""

    available: int
    reserved: int
    awarded: int
    paid: int

    @property
    def total(self) -> int:
        """Return what was put in and not taken back."""
        return self.available + self.reserved + self.awarded + self.paid

    @property
    def bound(self) -> int:
        """Return what cannot be taken back: the budget never falls below it."""
        return self.total - self.available


@dataclass(frozen=True, kw_only=True)
class StatementLine:
    """One entry on a person's account, and how it stood after that; amounts in whole cents."""

    kind: EntryKind
    number: str
    pot: str
    fund: Fund
    on: date
    at: datetime
    cents: int
    """How much the entry is about: never below zero."""
    change: int
    """How much the person's account grew by it."""
    reserved: int
    awarded: int
    payee: str | None

    @property
    def balance(self) -> int:
        """Return what stood on the account after this entry."""
        return self.reserved + self.awarded


@dataclass(frozen=True, kw_only=True)
class Statement:
    """Everything on a person's account, in the order in which it was booked."""

    lines: tuple[StatementLine, ...]

    @property
    def reserved(self) -> int:
        """Return what is reserved now, in whole cents."""
        return self.lines[-1].reserved if self.lines else 0

    @property
    def awarded(self) -> int:
        """Return what is awarded and not paid yet, in whole cents."""
        return self.lines[-1].awarded if self.lines else 0

    @property
    def paid(self) -> int:
        """Return what was paid for the person, in whole cents."""
        return sum(-line.change for line in self.lines if line.payee is not None)


def entry(
    kind: EntryKind, reference: str, about: str, on: date, moves: Sequence[tuple[Account, int]]
) -> JournalEntry:
    """Return an entry of these amounts, without those that are nought."""
    return JournalEntry(
        reference=reference,
        kind=kind,
        about=about,
        on=on,
        postings=tuple(Posting(account=account, cents=cents) for account, cents in moves if cents),
    )


def deposit(pot: Pot, cents: int, *, reference: str, on: date) -> JournalEntry:
    """Put money of a funder in a pot; below nought takes it back."""
    kind = EntryKind.DEPOSIT if cents > 0 else EntryKind.TAKE_BACK
    return entry(kind, reference, pot.name, on, [(pot.funder, -cents), (pot.available, cents)])


def reserve(held: Holding, cents: int, *, on: date) -> JournalEntry:
    """Keep money apart for somebody who applied."""
    moves = [(held.pot.available, -cents), (held.reserved, cents)]
    return entry(EntryKind.RESERVE, f"{held.number} reserve", held.number, on, moves)


def award(held: Holding, cents: int, *, on: date) -> JournalEntry:
    """Award what was reserved."""
    moves = [(held.reserved, -cents), (held.awarded, cents)]
    return entry(EntryKind.AWARD, f"{held.number} award", held.number, on, moves)


def pay(held: Holding, payee: str, cents: int, *, payment_id: str, on: date) -> JournalEntry:
    """Pay a trainer of what was awarded."""
    moves = [(held.awarded, -cents), (held.pot.paid_to(payee), cents)]
    return entry(EntryKind.PAY, f"{held.number} pay {payment_id}", held.number, on, moves)


def release(held: Holding, *, reserved: int = 0, awarded: int = 0, reference: str, on: date) -> JournalEntry:
    """Have what will not be used flow back to the fund."""
    moves = [(held.reserved, -reserved), (held.awarded, -awarded), (held.pot.available, reserved + awarded)]
    return entry(EntryKind.RELEASE, reference, held.number, on, moves)


def reversal(booked: JournalEntry, *, on: date) -> JournalEntry:
    """Correct an entry: nothing is ever changed or taken out, it is booked the other way round."""
    return entry(
        EntryKind.REVERSE,
        f"{booked.reference} reverse",
        booked.about,
        on,
        [(posting.account, -posting.cents) for posting in booked.postings],
    )


class UnbalancedEntryError(ValueError):
    """The entry does not add up to zero."""


class OverdrawnError(Exception):
    """More would go off the account with this code than there is on it."""

    def __init__(self, account: Account) -> None:
        super().__init__(account.code)
        self.account = account
