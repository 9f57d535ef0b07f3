"""The tables of voucher applications, and what happened to each."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, ForeignKeyConstraint, Index, String, Text, UniqueConstraint
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from counter.database import Base, UtcDateTime, new_id
from counter.schemes.model import VoucherKind
from counter.vouchers.model import VoucherReceipt, VoucherState


class Event(StrEnum):
    """What happens to an application beside its state."""

    CORRECTED = "corrected"
    PAID = "paid"
    TAKEN_BACK = "taken_back"
    """A payment that was booked by mistake was booked the other way round."""
    REMINDED = "reminded"


class VoucherRow(Base):
    """One application, under a version of its scheme; its money stands in the books, under its number."""

    __tablename__ = "vouchers"
    __table_args__ = (
        UniqueConstraint("conversation_id", "message_id"),
        ForeignKeyConstraint(["kind", "scheme_version"], ["scheme_versions.kind", "scheme_versions.version"]),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    number: Mapped[str] = mapped_column(String(20), unique=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)
    conversation_id: Mapped[str | None] = mapped_column(ForeignKey("conversations.id", ondelete="SET NULL"))
    message_id: Mapped[str] = mapped_column(String(100))
    kind: Mapped[str] = mapped_column(String(20))
    scheme_version: Mapped[int]
    state: Mapped[str] = mapped_column(String(20))
    amount_eur: Mapped[int]
    goal: Mapped[str] = mapped_column(Text)
    name: Mapped[str | None] = mapped_column(Text)
    age: Mapped[int | None]
    postcode: Mapped[str | None] = mapped_column(String(10))
    email: Mapped[str | None] = mapped_column(Text)
    phone: Mapped[str | None] = mapped_column(Text)
    documents: Mapped[list[str]] = mapped_column(JSON)
    submitted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    answer_before: Mapped[date]
    object_before: Mapped[date | None]
    use_before: Mapped[date | None]
    # How often its holder was told that the last day to use it comes near.
    reminders: Mapped[int] = mapped_column(default=0)


is_open = VoucherRow.state == VoucherState.SUBMITTED.value

# One open application of a kind a person, however many messages arrive at the same moment.
Index(
    "uq_vouchers_open",
    VoucherRow.person_id,
    VoucherRow.kind,
    unique=True,
    sqlite_where=is_open,
    postgresql_where=is_open,
)


class VoucherEventRow(Base):
    """Something that happened to an application; rows are only ever added.

    `state` is what it became, or one of `Event`; of a correction `reason` names the detail, never its value.
    `actor` is the adviser who did it, and None for the applicant and for the clock.
    """

    __tablename__ = "voucher_events"

    id: Mapped[int] = mapped_column(primary_key=True)
    voucher_id: Mapped[str] = mapped_column(ForeignKey("vouchers.id"), index=True)
    state: Mapped[str] = mapped_column(String(20))
    actor: Mapped[str | None] = mapped_column(Text)
    reason: Mapped[str | None] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


def record(
    session: AsyncSession,
    row: VoucherRow,
    event: VoucherState | Event,
    *,
    at: datetime,
    actor: str | None = None,
    reason: str | None = None,
) -> None:
    """Write down what happened to an application."""
    session.add(VoucherEventRow(voucher_id=row.id, state=event.value, actor=actor, reason=reason, at=at))


def to_receipt(row: VoucherRow) -> VoucherReceipt:
    """Return the row as the applicant may see it."""
    return VoucherReceipt(
        number=row.number,
        kind=VoucherKind(row.kind),
        goal=row.goal,
        state=VoucherState(row.state),
        submitted_at=row.submitted_at,
        answer_before=row.answer_before,
        object_before=row.object_before,
        use_before=row.use_before,
    )
