"""What happens to awards by themselves: their holders are reminded, and what is not used flows back."""

from datetime import timedelta

from counter.calendar import local_date, written
from counter.clock import Clock
from counter.database import Database
from counter.notices.model import Notice
from counter.notices.service import NoticeService
from counter.schemes import storage as schemes
from counter.schemes.model import VoucherKind
from counter.vouchers import money, storage
from counter.vouchers.model import REMIND_DAYS_BEFORE, VoucherState
from counter.vouchers.rows import Event, VoucherRow, record


class VoucherUpkeep:
    """Looks after awards that nobody uses; several processes may do it at once."""

    def __init__(self, database: Database, clock: Clock, notices: NoticeService) -> None:
        self._database = database
        self._clock = clock
        self._notices = notices

    async def look(self) -> None:
        """End the awards whose last day is over, and remind the holders of those whose day comes near."""
        today = local_date(self._clock())
        async with self._database.reading() as session:
            over = await storage.to_expire(session, today)
            near = await storage.to_remind(session, today)
        for row in over:
            await self._expire(row)
        for row in near:
            await self._remind(row)

    async def _expire(self, found: VoucherRow) -> None:
        now = self._clock()
        async with self._notices.telling(found.person_id) as telling:
            row = await storage.hold(telling.session, found.id)
            if row.use_before is None or row.use_before >= local_date(now):
                return  # it may be used for longer by now
            if not await storage.change(
                telling.session, row, VoucherState.EXPIRED, before=VoucherState.AWARDED, at=now
            ):
                return  # somebody was first
            await money.free(telling.session, row, why="release", at=now)
            scheme = await schemes.at_version(telling.session, VoucherKind(row.kind), row.scheme_version)
            telling.tell(Notice.VOUCHER_EXPIRED, {"nummer": row.number, "titel": scheme.title})

    async def _remind(self, found: VoucherRow) -> None:
        now = self._clock()
        today = local_date(now)
        async with self._notices.telling(found.person_id) as telling:
            row = await storage.hold(telling.session, found.id)
            if row.state != VoucherState.AWARDED.value or row.use_before is None:
                return
            due = sum(row.use_before <= today + timedelta(days=days) for days in REMIND_DAYS_BEFORE)
            if row.reminders >= due:
                return  # somebody was first
            row.reminders = due
            record(telling.session, row, Event.REMINDED, at=now)
            scheme = await schemes.at_version(telling.session, VoucherKind(row.kind), row.scheme_version)
            facts = {"nummer": row.number, "titel": scheme.title, "datum": written(row.use_before)}
            telling.tell(Notice.VOUCHER_ENDS_SOON, facts)
