"""Staff, their sessions and what they did, in the database."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, ForeignKey, Select, String, Text, delete, exists, func, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from counter.conversations.storage import ConversationRow
from counter.database import Base, UtcDateTime, new_id
from counter.staff.model import (
    IDLE,
    LIFETIME,
    PENDING,
    TRIES_FORGOTTEN,
    Account,
    NewMember,
    Role,
    SessionSummary,
    StaffEvent,
    StaffMember,
    UsernameTakenError,
    wait_after,
)


class StaffRow(Base):
    """Somebody who works here; nobody is ever deleted, for what they did stays theirs."""

    __tablename__ = "staff"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    username: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(Text)
    email: Mapped[str | None] = mapped_column(String(254), unique=True)
    # Issuer and subject, once somebody logged in through their organisation.
    provider_identity: Mapped[str | None] = mapped_column(String(600), unique=True)
    roles: Mapped[list[str]] = mapped_column(JSON)
    organisation: Mapped[str] = mapped_column(Text)
    regions: Mapped[list[str]] = mapped_column(JSON)
    languages: Mapped[list[str]] = mapped_column(JSON)
    skills: Mapped[list[str]] = mapped_column(JSON)
    is_active: Mapped[bool] = mapped_column(default=True)
    is_sample: Mapped[bool] = mapped_column(default=False)
    password_hash: Mapped[str] = mapped_column(Text)
    must_change_password: Mapped[bool] = mapped_column(default=True)
    # Both are needed to check a code: the secret, and the last half minute a code was used in.
    totp_secret: Mapped[str | None] = mapped_column(String(32))
    totp_used_step: Mapped[int | None]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class StaffSessionRow(Base):
    """A browser somebody is logged in with; only the hash of its token is kept."""

    __tablename__ = "staff_sessions"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id"), index=True)
    # False between the password and the second factor.
    is_confirmed: Mapped[bool]
    by_password: Mapped[bool]
    device: Mapped[str] = mapped_column(String(80))
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)


class RecoveryCodeRow(Base):
    """A code that stands in for the second factor, once."""

    __tablename__ = "staff_recovery_codes"

    code_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id"), index=True)


class StaffTriesRow(Base):
    """Wrong tries in a row for one name; also for names nobody has, so that both wait alike."""

    __tablename__ = "staff_tries"

    key_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    failures: Mapped[int]
    tried_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class StaffEventRow(Base):
    """Something somebody did here; rows are only ever added.

    `staff_id` is empty for a name nobody has. The ids of a person and a conversation are no foreign
    keys: what somebody looked at stays known while it is erased, when both ids are blanked.
    """

    __tablename__ = "staff_events"

    id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[str | None] = mapped_column(ForeignKey("staff.id"), index=True)
    event: Mapped[str] = mapped_column(String(30))
    person_id: Mapped[str | None] = mapped_column(String(36), index=True)
    conversation_id: Mapped[str | None] = mapped_column(String(36), index=True)
    detail: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


def to_member(row: StaffRow) -> StaffMember:
    """Return the row as the rest of the counter sees it."""
    return StaffMember(
        id=row.id,
        username=row.username,
        name=row.name,
        roles=frozenset(map(Role, row.roles)),
        organisation=row.organisation,
        regions=tuple(row.regions),
        languages=tuple(row.languages),
        skills=tuple(row.skills),
    )


async def add(session: AsyncSession, new: NewMember, *, password_hash: str, at: datetime) -> StaffRow:
    """Add a member, who must choose a password of their own.

    Raises:
        UsernameTakenError: somebody else has the username or the address.
    """
    row = StaffRow(
        username=new.username,
        name=new.name,
        email=new.email,
        roles=sorted(new.roles),
        organisation=new.organisation,
        regions=list(new.regions),
        languages=list(new.languages),
        skills=list(new.skills),
        is_sample=new.is_sample,
        password_hash=password_hash,
        created_at=at,
    )
    try:
        async with session.begin_nested():
            session.add(row)
            await session.flush()
    except IntegrityError as error:
        raise UsernameTakenError(new.username) from error
    return row


async def members(session: AsyncSession) -> Sequence[StaffRow]:
    """Return everybody, by name."""
    return (await session.scalars(select(StaffRow).order_by(StaffRow.name, StaffRow.id))).all()


async def by_username(session: AsyncSession, username: str) -> StaffRow | None:
    """Return who has this username, or None."""
    return await session.scalar(select(StaffRow).where(StaffRow.username == username))


async def lock(session: AsyncSession, staff_id: str) -> StaffRow:
    """Return a member, held until the unit of work ends."""
    return await session.get_one(StaffRow, staff_id, with_for_update=True, populate_existing=True)


async def lock_by_provider(session: AsyncSession, identity: str, email: str | None) -> StaffRow | None:
    """Return who logged in with this identity before, or else has the address and no identity; held."""
    is_known = StaffRow.provider_identity == identity
    is_new = (StaffRow.email == email) & StaffRow.provider_identity.is_(None)
    rows = await session.scalars(
        select(StaffRow).where(or_(is_known, is_new) if email else is_known).with_for_update()
    )
    return min(rows, key=lambda row: row.provider_identity is None, default=None)


async def count_try(session: AsyncSession, key_hash: str, *, at: datetime) -> timedelta | None:
    """Count a try before it is looked at; returns how long to wait when it comes too soon.

    Of tries that come at once, no more are looked at than of tries in a row.
    """
    # Whoever counts the same first may have begun anew by the time that we look.
    while (row := await session.get(StaffTriesRow, key_hash, with_for_update=True)) is None:
        if await _is_first_try(session, key_hash, at=at):
            return None
    if at - row.tried_at > TRIES_FORGOTTEN:
        row.failures = 0
    wait = row.tried_at + wait_after(row.failures) - at
    if wait > timedelta(0):
        return wait
    row.failures, row.tried_at = row.failures + 1, at
    return None


async def _is_first_try(session: AsyncSession, key_hash: str, *, at: datetime) -> bool:
    try:
        async with session.begin_nested():
            session.add(StaffTriesRow(key_hash=key_hash, failures=1, tried_at=at))
            await session.flush()
    except IntegrityError:
        return False
    return True


async def forget_tries(session: AsyncSession, key_hash: str, *, at: datetime) -> None:
    """Begin anew after a right try, and forget what was long ago."""
    await session.execute(
        delete(StaffTriesRow).where(
            or_(StaffTriesRow.key_hash == key_hash, StaffTriesRow.tried_at < at - TRIES_FORGOTTEN)
        )
    )


async def failures(session: AsyncSession, key_hash: str) -> int:
    """Return how many tries in a row were wrong."""
    row = await session.get(StaffTriesRow, key_hash)
    return 0 if row is None else row.failures


async def session_by_token(
    session: AsyncSession, token_hash: str, *, now: datetime
) -> tuple[StaffSessionRow, StaffRow] | None:
    """Return a session that has not run out, and whose it is, or None."""
    found = (
        await session.execute(
            select(StaffSessionRow, StaffRow)
            .join(StaffRow, StaffRow.id == StaffSessionRow.staff_id)
            .where(
                StaffSessionRow.token_hash == token_hash,
                StaffRow.is_active,
                *_lasts(now),
            )
        )
    ).one_or_none()
    return None if found is None else (found[0], found[1])


def _lasts(now: datetime) -> Iterable[Any]:
    """Yield what is true of a session that has not run out."""
    yield StaffSessionRow.seen_at > now - IDLE
    yield StaffSessionRow.opened_at > now - LIFETIME
    yield or_(StaffSessionRow.is_confirmed, StaffSessionRow.opened_at > now - PENDING)


async def see(session: AsyncSession, session_id: str, *, at: datetime) -> None:
    """Note that somebody is still there."""
    await session.execute(update(StaffSessionRow).where(StaffSessionRow.id == session_id).values(seen_at=at))


async def sessions_of(session: AsyncSession, staff_id: str, *, now: datetime) -> tuple[SessionSummary, ...]:
    """Return where somebody is logged in, the latest seen first."""
    rows = await session.scalars(
        select(StaffSessionRow)
        .where(StaffSessionRow.staff_id == staff_id, StaffSessionRow.is_confirmed, *_lasts(now))
        .order_by(StaffSessionRow.seen_at.desc(), StaffSessionRow.id)
    )
    return tuple(
        SessionSummary(id=row.id, device=row.device, opened_at=row.opened_at, seen_at=row.seen_at)
        for row in rows
    )


async def end_sessions(
    session: AsyncSession, staff_id: str, *, only: str | None = None, but: str | None = None
) -> int:
    """End sessions of somebody: all, one, or all but one; returns how many there were."""
    doomed = delete(StaffSessionRow).where(StaffSessionRow.staff_id == staff_id)
    if only is not None:
        doomed = doomed.where(StaffSessionRow.id == only)
    if but is not None:
        doomed = doomed.where(StaffSessionRow.id != but)
    return len((await session.scalars(doomed.returning(StaffSessionRow.id))).all())


async def delete_run_out(session: AsyncSession, *, now: datetime) -> None:
    """Delete sessions that open nothing any more."""
    await session.execute(delete(StaffSessionRow).where(StaffSessionRow.opened_at < now - LIFETIME))


async def accounts(session: AsyncSession, staff_id: str | None = None) -> tuple[Account, ...]:
    """Return everybody who ever worked here, by name, and how they log in; or one of them."""
    seen = select(func.max(StaffSessionRow.seen_at)).where(StaffSessionRow.staff_id == StaffRow.id)
    codes = select(func.count(RecoveryCodeRow.code_hash)).where(RecoveryCodeRow.staff_id == StaffRow.id)
    wanted = select(StaffRow, seen.scalar_subquery(), codes.scalar_subquery())
    if staff_id is not None:
        wanted = wanted.where(StaffRow.id == staff_id)
    rows = await session.execute(wanted.order_by(StaffRow.name, StaffRow.id))
    return tuple(
        Account(
            member=to_member(row),
            is_active=row.is_active,
            is_sample=row.is_sample,
            has_second_factor=row.totp_secret is not None,
            recovery_codes=count,
            last_seen=seen_at,
        )
        for row, seen_at, count in rows
    )


async def replace_recovery_codes(session: AsyncSession, staff_id: str, hashes: Iterable[str]) -> None:
    """Give somebody these codes instead of any others."""
    await session.execute(delete(RecoveryCodeRow).where(RecoveryCodeRow.staff_id == staff_id))
    session.add_all(RecoveryCodeRow(code_hash=code_hash, staff_id=staff_id) for code_hash in hashes)


async def use_recovery_code(session: AsyncSession, staff_id: str, code_hash: str) -> bool:
    """Take a code away; false when there is no such code of theirs."""
    used = await session.scalar(
        delete(RecoveryCodeRow)
        .where(RecoveryCodeRow.code_hash == code_hash, RecoveryCodeRow.staff_id == staff_id)
        .returning(RecoveryCodeRow.code_hash)
    )
    return used is not None


def record(
    session: AsyncSession,
    staff_id: str | None,
    event: StaffEvent,
    *,
    at: datetime,
    person_id: str | None = None,
    conversation_id: str | None = None,
    detail: str = "",
) -> None:
    """Note what somebody did; `detail` holds words of ours or a receipt number, never of a person."""
    session.add(
        StaffEventRow(
            staff_id=staff_id,
            event=event.value,
            person_id=person_id,
            conversation_id=conversation_id,
            detail=detail,
            at=at,
        )
    )


def record_decision(
    session: AsyncSession, staff_id: str | None, detail: str, person_id: str | None, *, at: datetime
) -> None:
    """Note what somebody decided, in the unit of work that decides it; nothing of who has no account."""
    if staff_id is not None:
        record(session, staff_id, StaffEvent.DECIDED, at=at, person_id=person_id, detail=detail)


async def erase(session: AsyncSession, conversation_ids: Sequence[str]) -> None:
    """Blank whom and what staff looked at in these conversations; that somebody did something stays."""
    people = select(ConversationRow.person_id).where(ConversationRow.id.in_(conversation_ids))
    has_another = exists().where(
        ConversationRow.person_id == StaffEventRow.person_id, ConversationRow.id.not_in(conversation_ids)
    )
    of_nothing_else = StaffEventRow.conversation_id.is_(None) & StaffEventRow.person_id.in_(people)
    await session.execute(
        update(StaffEventRow)
        .where(or_(StaffEventRow.conversation_id.in_(conversation_ids), of_nothing_else & ~has_another))
        .values(person_id=None, conversation_id=None)
        .execution_options(synchronize_session=False)
    )


def stale(before: datetime) -> Select[Any, Any, Any]:
    """Select what staff did before a moment."""
    return select(
        StaffEventRow.id.label("key"), StaffEventRow.at.label("since"), StaffEventRow.person_id
    ).where(StaffEventRow.at < before)


async def forget(session: AsyncSession, event_ids: Sequence[int], before: datetime) -> None:
    """Delete these things that staff did before a moment."""
    await session.execute(
        delete(StaffEventRow).where(StaffEventRow.id.in_(event_ids), StaffEventRow.at < before)
    )
