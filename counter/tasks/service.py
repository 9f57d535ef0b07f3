"""What can be done with tasks: one method per use case."""

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from counter.clock import Clock
from counter.conversations import storage as conversations
from counter.conversations.model import Content, MessageState, Sender, UnknownConversationError
from counter.conversations.storage import ConversationRow
from counter.database import Database
from counter.notices.model import Notice, Wording
from counter.people.model import Detail
from counter.tasks import storage
from counter.tasks.model import Assignment, Cause, Giver, Task, TaskFlow, TaskState

ASK = "taak_uitvoeren"
"""The intent with which Noor begins to ask a coach's questions."""
RESUME = "gesprek_hervatten"
"""The intent with which Noor takes up a conversation where it was."""

_TOLD = {
    None: Notice.TASK_QUESTIONS,
    TaskFlow.INTEREST_TEST: Notice.TASK_INTEREST_TEST,
    TaskFlow.SKILLS: Notice.TASK_SKILLS,
    TaskFlow.COURSE: Notice.TASK_COURSE,
    TaskFlow.VOUCHER: Notice.TASK_VOUCHER,
    TaskFlow.OPEN_HIRING: Notice.TASK_OPEN_HIRING,
    TaskFlow.WORK_BASED_COURSE: Notice.TASK_WORK_BASED_COURSE,
}

type OnEnd = Callable[[AsyncSession, Task], Awaitable[None]]
"""Does what follows when Noor is done with a task, in the unit of work in which it ends."""


async def nothing_follows(session: AsyncSession, task: Task) -> None:
    """Do nothing when a task ends."""
    del session, task


class TaskService:
    """What Noor does for coaches between two talks."""

    def __init__(
        self, database: Database, clock: Clock, wording: Wording, on_end: OnEnd = nothing_follows
    ) -> None:
        self._database = database
        self._clock = clock
        self._wording = wording
        self._on_end = on_end

    async def assign(
        self,
        session: AsyncSession,
        conversation: ConversationRow,
        giver: Giver,
        assignment: Assignment,
        *,
        at: datetime,
        facts: Mapping[Detail, str] | None = None,
    ) -> Task:
        """Have Noor do something in a conversation whose row is locked and is the coach's no more.

        The person reads who asks what, and Noor begins: what is said waits for the bot like a person's
        message. A task that was still open there is replaced. `facts` are details the coach corrected.
        """
        await self.recall(session, conversation.id, Cause.REPLACED, at=at)
        row = await storage.add(session, giver, assignment, conversation_id=conversation.id, at=at)
        content = self._wording(_TOLD[assignment.flow], _facts_of(giver))
        begin(session, conversation, content, assignment.flow or ASK, at=at, facts=facts)
        return storage.to_task(row)

    def resume(
        self,
        session: AsyncSession,
        conversation: ConversationRow,
        giver: Giver,
        *,
        at: datetime,
        facts: Mapping[Detail, str] | None = None,
    ) -> None:
        """Have Noor go on in a conversation whose row is locked, where it was before the coach came."""
        content = self._wording(Notice.HANDED_BACK, _facts_of(giver))
        begin(session, conversation, content, RESUME, at=at, facts=facts)

    async def recall(
        self, session: AsyncSession, conversation_id: str, cause: Cause = Cause.RECALLED, *, at: datetime
    ) -> None:
        """Break off what Noor is doing in a conversation whose row is locked; nothing follows of it."""
        row = await storage.open_task(session, conversation_id)
        if row is not None:
            storage.break_off(row, cause, at=at)
            await session.flush()

    async def current(self, conversation_id: str) -> Task | None:
        """Return what Noor is to do in this conversation, or None."""
        async with self._database.reading() as session:
            row = await storage.open_task(session, conversation_id)
            return None if row is None else storage.to_task(row)

    async def current_or_ended_by(self, conversation_id: str, message_id: str) -> Task | None:
        """Return what Noor is to do here, or did until this message, or None."""
        async with self._database.reading() as session:
            row = await storage.open_or_ended_by(session, conversation_id, message_id)
            return None if row is None else storage.to_task(row)

    async def of_referral(self, referral_id: int) -> tuple[Task, ...]:
        """Return what Noor was asked to do for a referral, in order."""
        async with self._database.reading() as session:
            return tuple(map(storage.to_task, await storage.of_referral(session, referral_id)))

    async def finish(
        self, conversation_id: str, message_id: str, answers: Sequence[str | None] = ()
    ) -> Task | None:
        """End the open task with its answers; None when there is none.

        The same message again ends nothing more, and returns the task it ended.
        """
        return await self._end(
            conversation_id,
            message_id,
            lambda row, at: storage.complete(row, answers, at=at, ended_by=message_id),
        )

    async def break_off(self, conversation_id: str, message_id: str, cause: Cause) -> Task | None:
        """End the open task without a result; None when there is none. Repeats as `finish` does."""
        return await self._end(
            conversation_id,
            message_id,
            lambda row, at: storage.break_off(row, cause, at=at, ended_by=message_id),
        )

    async def _end(
        self, conversation_id: str, message_id: str, end: Callable[[storage.TaskRow, datetime], None]
    ) -> Task | None:
        async with self._database.session() as session:
            try:
                await conversations.lock(session, conversation_id)
            except UnknownConversationError:
                return None  # erased meanwhile, and the task with it
            row = await storage.open_or_ended_by(session, conversation_id, message_id)
            if row is None:
                return None
            if row.state == TaskState.OPEN.value:
                end(row, self._clock())
                await self._on_end(session, storage.to_task(row))
            return storage.to_task(row)

    async def erase(self, session: AsyncSession, conversation_ids: Sequence[str]) -> None:
        """Break off what was open in these conversations, and blank what was asked and answered."""
        await storage.erase(session, conversation_ids, at=self._clock())


def begin(
    session: AsyncSession,
    conversation: ConversationRow,
    content: Content,
    intent: str,
    *,
    at: datetime,
    facts: Mapping[Detail, str] | None,
) -> None:
    """Tell the person something that the bot then goes on with, as if they had said this intent."""
    conversations.append(
        session,
        conversation,
        sender=Sender.SYSTEM,
        content=content.with_payload(_payload(intent, facts or {})),
        state=MessageState.PENDING,
        at=at,
    )


def _facts_of(giver: Giver) -> Mapping[str, str]:
    return {"nummer": giver.number, "naam": giver.coach_name}


def _payload(intent: str, facts: Mapping[Detail, str]) -> str:
    """Return what Rasa reads as this intent; its slots take the facts."""
    told = {detail.value: value for detail, value in facts.items()}
    return f"/{intent}{json.dumps(told, ensure_ascii=False) if told else ''}"
