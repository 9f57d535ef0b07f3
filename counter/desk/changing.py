"""Changing a referral: everything about it is held, and what the person is told is committed with it."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from counter.clock import Clock
from counter.conversations.model import Owner
from counter.database import Database
from counter.desk.model import NotYoursError, ReferralClosedError
from counter.desk.sight import Sight, Standing, check_sight
from counter.desk.sight_storage import standing_of
from counter.notices.model import Notice
from counter.notices.service import NoticeService, Telling
from counter.referrals.model import UnknownReferralError
from counter.referrals.rows import ReferralRow, lock, take_step
from counter.referrals.states import Step
from counter.referrals.storage import NO_OFFER, referral_by_number, to_receipt
from counter.staff.model import StaffMember

NO_COACH: Mapping[str, Any] = {
    "coach_id": None,
    "coach_name": None,
    "coach_organisation": None,
    "coach_since": None,
}
NO_CALL: Mapping[str, Any] = {"call_back_from": None, "call_back_until": None}


@dataclass(frozen=True)
class Change:
    """A unit of work about one referral: the person's conversations are held, and then the referral."""

    telling: Telling
    row: ReferralRow
    now: datetime
    standing: Standing
    """Whose it was when it was held."""
    sight: Sight
    """Of whoever makes the change; Noor sees to everybody."""

    @property
    def session(self) -> AsyncSession:
        """Return the unit of work."""
        return self.telling.session

    @property
    def facts(self) -> Mapping[str, str]:
        """What a notice can tell of it."""
        return {"nummer": self.row.number, "naam": self.row.coach_name or ""}

    async def step(
        self,
        step: Step,
        by: StaffMember | None,
        *,
        detail: str = "",
        stays_open: bool = False,
        changes: Mapping[str, Any] = MappingProxyType({}),
    ) -> None:
        """Take a step; the referral is held, so nobody can have been first.

        Raises:
            ReferralClosedError: it is over.
            StepNotPossibleError: this cannot be done in this state.
        """
        if self.row.closed_at is not None:
            raise ReferralClosedError(self.row.number)
        taken = await take_step(
            self.session,
            self.row,
            step,
            at=self.now,
            detail=detail,
            staff_id=by.id if by else None,
            stays_open=stays_open,
            changes=changes,
        )
        if not taken:  # it is held
            raise AssertionError(self.row.number)
        self.telling.is_news = True

    def give_to(self, owner: Owner) -> None:
        """Give the conversation they are helped in to another owner."""
        if self.telling.conversation is not None:
            self.telling.conversation.owner = owner.value

    def tell(self, notice: Notice, **more: str) -> None:
        """Tell the person."""
        self.telling.tell(notice, {**self.facts, **more})

    def must_be_of(self, coach: StaffMember) -> None:
        """Refuse who does not have this person.

        Raises:
            NotYoursError: they do not.
        """
        if self.row.coach_id != coach.id or self.row.closed_at is not None:
            raise NotYoursError(self.row.number)

    def must_be_helped(self) -> None:
        """Refuse who may only read.

        Raises:
            NotYoursError: they may.
        """
        if self.sight is not Sight.HELPING:
            raise NotYoursError(self.row.number)


class Changing:
    """Opens units of work about referrals."""

    def __init__(self, database: Database, clock: Clock, notices: NoticeService) -> None:
        self._database = database
        self._clock = clock
        self._notices = notices

    @asynccontextmanager
    async def __call__(self, number: str, by: StaffMember | None) -> AsyncIterator[Change]:
        """Hold a referral and its person's conversations for one unit of work; without `by` it is Noor's.

        Raises:
            UnknownReferralError: no referral has this number.
            NotForYouError: it is none of their business.
        """
        async with self._database.reading() as session:
            found = await referral_by_number(session, number)
        if found is None:
            raise UnknownReferralError(number)
        async with self._notices.telling(found.person_id) as telling:
            row = await lock(telling.session, found.id)
            if row.coach_id is not None:
                here = [talk for talk in telling.talks if talk.id == row.conversation_id]
                telling.conversation = here[0] if here else None
            standing = await standing_of(telling.session, row)
            sight = Sight.HELPING if by is None else check_sight(by, number, standing)
            yield Change(telling, row, self._clock(), standing, sight)


async def back_in_line(change: Change, step: Step, by: StaffMember | None) -> None:
    """Put somebody back in line, in the place they had, and tell them so."""
    name = change.row.coach_name or ""
    is_forgotten = step in {Step.LAPSE, Step.MISS_CALL}
    await change.step(
        step,
        by,
        changes={
            "escalated_at": change.now if is_forgotten else change.row.escalated_at,
            **NO_OFFER,
            **NO_COACH,
            **NO_CALL,
        },
    )
    change.give_to(Owner.WAITING)
    place = (await to_receipt(change.session, change.row)).position
    notice = Notice.CALL_BACK_MISSED if step is Step.MISS_CALL else Notice.BACK_IN_LINE
    change.tell(notice, naam=name, plek=str(place))


async def refused(change: Change, step: Step, by: StaffMember | None) -> None:
    """End an offer that nobody took: it stays with who had it, or goes back in line."""
    if change.row.coach_id is None:
        await back_in_line(change, step, by)
        return
    escalated_at = change.now if step is Step.LAPSE else None
    await change.step(step, by, changes={"escalated_at": escalated_at, **NO_OFFER})
    change.tell(Notice.COACH_STAYS)
