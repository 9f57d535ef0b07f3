"""Tasks in the database."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from counter.conversations.storage import ConversationRow
from counter.database import Base, UtcDateTime
from counter.people.model import Detail, KnownDetail
from counter.referrals.rows import ReferralRow
from counter.tasks.model import Assignment, Cause, Giver, Item, Question, Task, TaskFlow, TaskState


class TaskRow(Base):
    """Something Noor does for a coach in a conversation."""

    __tablename__ = "tasks"

    id: Mapped[int] = mapped_column(primary_key=True)
    referral_id: Mapped[int] = mapped_column(ForeignKey("referrals.id"), index=True)
    conversation_id: Mapped[str | None] = mapped_column(
        ForeignKey("conversations.id", ondelete="SET NULL"), index=True
    )
    coach_id: Mapped[str] = mapped_column(String(36))
    # As the person knows the coach, also when that coach has gone.
    coach_name: Mapped[str] = mapped_column(Text)
    flow: Mapped[str | None] = mapped_column(String(40))
    # Of each question its `item` and `text`, and once the task is done its `answer`.
    questions: Mapped[list[dict[str, str | None]]] = mapped_column(JSON)
    returns: Mapped[bool]
    state: Mapped[str] = mapped_column(String(20))
    cause: Mapped[str | None] = mapped_column(String(20))
    # The message with which the person ended it: handled again after a crash, it ends nothing else.
    ended_by: Mapped[str | None] = mapped_column(String(36))
    assigned_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


_is_open = TaskRow.state == TaskState.OPEN.value

# Noor does one thing at a time.
Index(
    "uq_tasks_open",
    TaskRow.conversation_id,
    unique=True,
    sqlite_where=_is_open,
    postgresql_where=_is_open,
)


def to_task(row: TaskRow) -> Task:
    """Return the row as the model knows it."""
    return Task(
        id=row.id,
        referral_id=row.referral_id,
        conversation_id=row.conversation_id,
        coach_id=row.coach_id,
        coach_name=row.coach_name,
        questions=tuple(_to_question(asked) for asked in row.questions),
        answers=tuple(asked["answer"] for asked in row.questions),
        flow=None if row.flow is None else TaskFlow(row.flow),
        returns=row.returns,
        state=TaskState(row.state),
        cause=None if row.cause is None else Cause(row.cause),
        assigned_at=row.assigned_at,
        ended_at=row.ended_at,
    )


def _to_question(asked: dict[str, str | None]) -> Question:
    return Question(item=Item(asked["item"]) if asked["item"] else None, text=asked["text"] or "")


async def add(
    session: AsyncSession, giver: Giver, assignment: Assignment, *, conversation_id: str, at: datetime
) -> TaskRow:
    """Add a task; in this conversation none is open."""
    row = TaskRow(
        referral_id=giver.referral_id,
        conversation_id=conversation_id,
        coach_id=giver.coach_id,
        coach_name=giver.coach_name,
        flow=assignment.flow,
        questions=[
            {"item": question.item, "text": question.text, "answer": None}
            for question in assignment.questions
        ],
        returns=assignment.returns,
        state=TaskState.OPEN.value,
        assigned_at=at,
    )
    session.add(row)
    await session.flush()
    return row


async def open_task(session: AsyncSession, conversation_id: str) -> TaskRow | None:
    """Return what Noor is to do in this conversation, or None."""
    return await session.scalar(select(TaskRow).where(TaskRow.conversation_id == conversation_id, _is_open))


async def open_or_ended_by(session: AsyncSession, conversation_id: str, message_id: str) -> TaskRow | None:
    """Return the task this message ended, or else the one that is open, or None."""
    return await session.scalar(
        select(TaskRow)
        .where(TaskRow.conversation_id == conversation_id, or_(_is_open, TaskRow.ended_by == message_id))
        .order_by(TaskRow.id)
        .limit(1)
    )


async def of_referral(session: AsyncSession, referral_id: int) -> Sequence[TaskRow]:
    """Return what Noor was asked to do for a referral, in order."""
    rows = await session.scalars(
        select(TaskRow).where(TaskRow.referral_id == referral_id).order_by(TaskRow.id)
    )
    return rows.all()


def break_off(row: TaskRow, cause: Cause, *, at: datetime, ended_by: str | None = None) -> None:
    """End an open task without a result."""
    row.state, row.cause, row.ended_by, row.ended_at = TaskState.BROKEN_OFF.value, cause.value, ended_by, at


def complete(row: TaskRow, answers: Sequence[str | None], *, at: datetime, ended_by: str) -> None:
    """End an open task with its answers, one for each question."""
    row.questions = [
        {**asked, "answer": answer} for asked, answer in zip(row.questions, answers, strict=True)
    ]
    row.state, row.ended_by, row.ended_at = TaskState.DONE.value, ended_by, at


async def erase(session: AsyncSession, conversation_ids: Sequence[str], *, at: datetime) -> None:
    """Break off what was open in these conversations, and blank what was asked and answered."""
    rows = await session.scalars(select(TaskRow).where(TaskRow.conversation_id.in_(conversation_ids)))
    for row in rows.all():
        if row.state == TaskState.OPEN.value:
            break_off(row, Cause.ERASED, at=at)
        row.questions = []


async def details(session: AsyncSession, person_id: str) -> list[KnownDetail]:
    """Return the details the person gave in answer."""
    return [
        KnownDetail(
            detail=Detail(str(asked["item"])),
            value=str(asked["answer"]),
            number=referral.number,
            is_used=referral.closed_at is None,
        )
        for row, referral in await _of_person(session, person_id)
        for asked in row.questions
        if asked["item"] in set(Detail) and asked["answer"]
    ]


async def correct(
    session: AsyncSession, person_id: str, detail: Detail, value: str, at: datetime
) -> list[str]:
    """Replace a detail in answers for a referral that is open; returns the referral's number."""
    del at
    changed: list[str] = []
    for row, referral in await _of_person(session, person_id):
        corrected = [
            {**asked, "answer": value} if asked["item"] == detail and asked["answer"] else asked
            for asked in row.questions
        ]
        if referral.closed_at is None and corrected != row.questions:
            row.questions = corrected
            changed.append(referral.number)
    return changed


async def export(session: AsyncSession, person_id: str) -> list[dict[str, Any]]:
    """Return everything kept of what Noor asked the person for coaches."""
    return [
        {
            "referral": referral.number,
            "coach": row.coach_name,
            "flow": row.flow,
            "questions": row.questions,
            "state": row.state,
            "assigned_at": row.assigned_at.isoformat(),
            "ended_at": None if row.ended_at is None else row.ended_at.isoformat(),
        }
        for row, referral in await _of_person(session, person_id)
    ]


async def _of_person(session: AsyncSession, person_id: str) -> Sequence[tuple[TaskRow, ReferralRow]]:
    rows = await session.execute(
        select(TaskRow, ReferralRow)
        .join(ReferralRow, ReferralRow.id == TaskRow.referral_id)
        .join(ConversationRow, ConversationRow.id == TaskRow.conversation_id)
        .where(ConversationRow.person_id == person_id)
        .order_by(TaskRow.id)
    )
    return [(row.TaskRow, row.ReferralRow) for row in rows]
