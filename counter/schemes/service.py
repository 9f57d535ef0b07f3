"""What an administrator does with schemes: write them, close them, fund them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from counter.accounts import statements
from counter.accounts import storage as accounts
from counter.accounts.model import CENTS, AccountKind, Budget, Fund, FunderKind, OverdrawnError, deposit
from counter.accounts.storage import FundRow
from counter.calendar import local_date
from counter.clock import Clock
from counter.database import Database, new_id
from counter.schemes import storage
from counter.schemes.model import (
    BudgetInUseError,
    Movement,
    Scheme,
    UnknownFundError,
    VoucherKind,
    WrongSchemeError,
    faults_of,
)


class SchemeService:
    """Schemes, their versions, their funds and their budgets."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def today(self) -> date:
        """Return the day by which schemes open and close."""
        return local_date(self._clock())

    async def all(self) -> tuple[Scheme, ...]:
        """Return every scheme as it is now."""
        async with self._database.reading() as session:
            return await storage.current(session)

    async def versions(self, kind: VoucherKind) -> tuple[Scheme, ...]:
        """Return every version of a scheme, the newest first."""
        async with self._database.reading() as session:
            return await storage.versions(session, kind)

    async def budgets(self) -> Mapping[VoucherKind, Budget]:
        """Return how the money of each scheme stands, with the fund it has now."""
        async with self._database.reading() as session:
            schemes = await storage.current(session)
            return {scheme.kind: await accounts.budget_of(session, scheme.pot) for scheme in schemes}

    async def change(self, scheme: Scheme, *, by: str) -> Scheme:
        """Have a scheme say this from now on; `scheme.version` is the version it was written over.

        Whoever applied before keeps the version they applied under.

        Raises:
            WrongSchemeError: it cannot be so.
            SchemeChangedError: somebody changed it meanwhile.
        """
        if faults := faults_of(scheme):
            raise WrongSchemeError(faults)
        next_one = replace(scheme, version=scheme.version + 1, changed_by=by, changed_at=self._clock())
        async with self._database.session() as session:
            await storage.add_version(session, next_one)
        return next_one

    async def move_budget(self, kind: VoucherKind, euros: int, *, movement_id: str, by: str) -> Budget:
        """Put whole euros in a scheme's budget, or take them back when below nought; once for an id.

        Raises:
            BudgetInUseError: so much is not free.
        """
        now = self._clock()
        async with self._database.session() as session:
            pot = (await storage.now_of(session, kind)).pot
            moved = deposit(pot, euros * CENTS, reference=f"budget {movement_id}", on=local_date(now))
            try:
                await accounts.post(session, moved, at=now, actor=by)
            except OverdrawnError as error:
                raise BudgetInUseError(kind.value) from error
            return await accounts.budget_of(session, pot)

    async def faults(self) -> tuple[str, ...]:
        """Return what is wrong in the books: nothing, unless somebody changed the database by hand."""
        async with self._database.reading() as session:
            return await statements.faults(session)

    async def movements(self, kind: VoucherKind) -> tuple[Movement, ...]:
        """Return what was put in a scheme's budget and taken back, the newest first."""
        async with self._database.reading() as session:
            names = {fund.id: fund.name for fund in await accounts.funds(session)}
            booked = await accounts.entries_about(session, kind.value)
        return tuple(
            Movement(on=entry.on, cents=posting.cents, fund=names[posting.account.fund_id], by=actor)
            for entry, actor, _ in reversed(booked)
            for posting in entry.postings
            if posting.account.kind is AccountKind.AVAILABLE
        )

    async def funds(self) -> tuple[Fund, ...]:
        """Return every fund, by name."""
        async with self._database.reading() as session:
            return await accounts.funds(session)

    async def add_fund(self, kind: FunderKind, name: str, *, fund_id: str | None = None) -> Fund:
        """Add a fund that schemes can be paid from; the same id again changes nothing."""
        fund = Fund(id=fund_id or new_id(), kind=kind, name=name)
        async with self._database.session() as session:
            if await session.get(FundRow, fund.id) is None:
                session.add(FundRow(id=fund.id, kind=kind.value, name=name))
        return fund

    async def change_fund(self, fund: Fund) -> None:
        """Give a fund another name or kind.

        Raises:
            UnknownFundError: there is no such fund.
        """
        async with self._database.session() as session:
            row = await session.get(FundRow, fund.id)
            if row is None:
                raise UnknownFundError(fund.id)
            row.kind, row.name = fund.kind.value, fund.name
