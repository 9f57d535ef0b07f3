"""Nobody is forgotten: offers that lapse, coaches who fall silent, calls that were not made."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial

from counter.clock import Clock
from counter.database import Database
from counter.desk import storage
from counter.desk.changing import Change, Changing, back_in_line, refused
from counter.desk.model import (
    CALL_MISSED_AFTER,
    NEED_UNANSWERED_AFTER,
    SILENT_AFTER,
    SILENT_WHEN_LOST_AFTER,
    ReferralClosedError,
)
from counter.notices.service import NoticeService
from counter.presence.service import PresenceService
from counter.referrals.model import UnknownReferralError
from counter.referrals.states import Step, StepNotPossibleError


class Upkeep:
    """Looks after referrals that nobody looks after; several processes may do it at once."""

    def __init__(
        self, database: Database, clock: Clock, notices: NoticeService, presence: PresenceService
    ) -> None:
        self._database = database
        self._clock = clock
        self._presence = presence
        self._changing = Changing(database, clock, notices)

    async def look(self) -> None:
        """Give back what was offered in vain, take from who is silent, and queue who was not called."""
        now = self._clock()
        async with self._database.reading() as session:
            lapsed = await storage.lapsed_offers(session, now)
            missed = await storage.missed_calls(session, now - CALL_MISSED_AFTER)
        for number in lapsed:
            await self._end(number, Step.LAPSE, refused, partial(_is_lapsed, now))
        for number in missed:
            await self._end(number, Step.MISS_CALL, back_in_line, partial(_is_missed, now))
        await self._take_from_the_silent(now)

    async def _take_from_the_silent(self, now: datetime) -> None:
        there = await self._presence.present()
        async with self._database.reading() as session:
            waiting = await storage.unanswered(session, before=now - NEED_UNANSWERED_AFTER)
            in_need = await storage.in_need(session)
        for number, coach_id, asked_at in waiting:
            patience = SILENT_AFTER if coach_id in there else SILENT_WHEN_LOST_AFTER
            cried_at = in_need.get(number)
            # A cry before all that was not answered, was answered.
            is_cry_unanswered = cried_at is not None and asked_at <= cried_at < now - NEED_UNANSWERED_AFTER
            if asked_at > now - patience and not is_cry_unanswered:
                continue
            await self._end(number, Step.FALL_SILENT, back_in_line, partial(_is_with, coach_id))

    async def _end(
        self,
        number: str,
        step: Step,
        end: Callable[[Change, Step, None], Awaitable[None]],
        is_so_still: Callable[[Change], bool],
    ) -> None:
        """Do it, unless it is different by now."""
        try:
            async with self._changing(number, None) as change:
                if is_so_still(change):
                    await end(change, step, None)
        except (ReferralClosedError, StepNotPossibleError, UnknownReferralError):
            return  # somebody was first


def _is_lapsed(now: datetime, change: Change) -> bool:
    return change.row.offered_until is not None and change.row.offered_until < now


def _is_missed(now: datetime, change: Change) -> bool:
    until = change.row.call_back_until
    return until is not None and until < now - CALL_MISSED_AFTER


def _is_with(coach_id: str, change: Change) -> bool:
    return change.row.coach_id == coach_id
