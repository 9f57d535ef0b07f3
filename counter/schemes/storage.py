"""Schemes in the database: versions are only ever added, each with who wrote it."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Row, Select, String, Text, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from counter.accounts.storage import FundRow, to_fund
from counter.database import Base, UtcDateTime
from counter.schemes.model import Check, Rule, Scheme, SchemeChangedError, VoucherKind


class SchemeRow(Base):
    """One scheme of a kind; `version` is the one that counts now."""

    __tablename__ = "schemes"

    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    version: Mapped[int]


class SchemeVersionRow(Base):
    """What a scheme said from a moment on; an application keeps the version it was made under."""

    __tablename__ = "scheme_versions"

    kind: Mapped[str] = mapped_column(ForeignKey("schemes.kind"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    fund_id: Mapped[str] = mapped_column(ForeignKey("funds.id"))
    title: Mapped[str] = mapped_column(Text)
    purpose: Mapped[str] = mapped_column(Text)
    who: Mapped[str] = mapped_column(Text)
    amount_eur: Mapped[int]
    answer_within_working_days: Mapped[int]
    use_within_months: Mapped[int]
    opens_on: Mapped[date | None]
    closes_on: Mapped[date | None]
    is_closed: Mapped[bool]
    is_sample: Mapped[bool]
    documents: Mapped[list[str]] = mapped_column(JSON)
    rules: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    objection_to: Mapped[str] = mapped_column(Text)
    changed_by: Mapped[str] = mapped_column(Text)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)


# The columns that the model has under the same name.
_PLAIN = (
    "version",
    "title",
    "purpose",
    "who",
    "amount_eur",
    "answer_within_working_days",
    "use_within_months",
    "opens_on",
    "closes_on",
    "is_closed",
    "is_sample",
    "objection_to",
    "changed_by",
    "changed_at",
)


def _versions() -> Select[SchemeVersionRow, FundRow]:
    return select(SchemeVersionRow, FundRow).join(FundRow, FundRow.id == SchemeVersionRow.fund_id)


async def current(session: AsyncSession) -> tuple[Scheme, ...]:
    """Return every scheme as it is now, in the order of their kinds."""
    rows = await session.execute(
        _versions().join(
            SchemeRow,
            (SchemeRow.kind == SchemeVersionRow.kind) & (SchemeRow.version == SchemeVersionRow.version),
        )
    )
    order = list(VoucherKind)
    return tuple(sorted(map(_to_scheme, rows), key=lambda scheme: order.index(scheme.kind)))


async def versions(session: AsyncSession, kind: VoucherKind) -> tuple[Scheme, ...]:
    """Return every version of a scheme, the newest first."""
    rows = await session.execute(
        _versions().where(SchemeVersionRow.kind == kind.value).order_by(SchemeVersionRow.version.desc())
    )
    return tuple(map(_to_scheme, rows))


async def now_of(session: AsyncSession, kind: VoucherKind) -> Scheme:
    """Return a scheme as it is now."""
    [scheme] = [one for one in await current(session) if one.kind is kind]
    return scheme


async def at_version(session: AsyncSession, kind: VoucherKind, version: int) -> Scheme:
    """Return a scheme as it was in a version."""
    rows = await session.execute(
        _versions().where(SchemeVersionRow.kind == kind.value, SchemeVersionRow.version == version)
    )
    return _to_scheme(rows.one())


async def add_version(session: AsyncSession, scheme: Scheme) -> None:
    """Have a scheme say this from now on; `version` is the number it gets.

    Raises:
        SchemeChangedError: there is such a version already.
    """
    taken = await session.scalar(
        update(SchemeRow)
        .where(SchemeRow.kind == scheme.kind.value, SchemeRow.version == scheme.version - 1)
        .values(version=scheme.version)
        .returning(SchemeRow.kind)
        .execution_options(synchronize_session=False)
    )
    if taken is None:
        raise SchemeChangedError(scheme.kind.value)
    session.add(
        SchemeVersionRow(
            kind=scheme.kind.value,
            fund_id=scheme.fund.id,
            documents=list(scheme.documents),
            rules=[_written(rule) for rule in scheme.rules],
            **{name: getattr(scheme, name) for name in _PLAIN},
        )
    )


def _written(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "name": rule.name,
        "text": rule.text,
        "source": rule.source,
        "check": None if rule.check is None else rule.check.value,
        "value": rule.value,
    }


def to_rules(written: Sequence[dict[str, Any]]) -> tuple[Rule, ...]:
    """Return rules as they were written down."""
    return tuple(
        Rule(**{**rule, "check": None if rule["check"] is None else Check(rule["check"])}) for rule in written
    )


def _to_scheme(found: Row[SchemeVersionRow, FundRow]) -> Scheme:
    row, fund = found
    return Scheme(
        kind=VoucherKind(row.kind),
        fund=to_fund(fund),
        documents=tuple(row.documents),
        rules=to_rules(row.rules),
        **{name: getattr(row, name) for name in _PLAIN},
    )
