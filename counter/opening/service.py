"""What somebody who asks for a coach can expect now: one method per use case."""

from counter.clock import Clock
from counter.opening.model import OpeningHours
from counter.opening.waiting import Prospect, Situation, Wait, expected_minutes
from counter.places.model import Region
from counter.presence.service import PresenceService
from counter.referrals.model import ClaimFigure
from counter.referrals.service import ReferralService

# The latest waits tell most, and this many are counted in no time.
_FIGURES = 50


class ProspectService:
    """Knows whether a coach can help at once, and about when."""

    def __init__(
        self, clock: Clock, opening: OpeningHours, referrals: ReferralService, presence: PresenceService
    ) -> None:
        self._clock = clock
        self._opening = opening
        self._referrals = referrals
        self._presence = presence

    async def situation(self, region: Region | None) -> Situation:
        """Return whether the region's counter is open, and a coach is there."""
        if not self._opening.is_open(region, self._clock()):
            return Situation.CLOSED
        return Situation.COACH_PRESENT if await self._presence.present() else Situation.NO_COACH

    async def of(self, region: Region | None, place: int | None) -> Prospect:
        """Return what somebody at this place in line can expect; nothing is promised beyond closing time."""
        now, situation = self._clock(), await self.situation(region)
        minutes = None
        if place is not None and situation is Situation.COACH_PRESENT:
            minutes = self._before_closing(region, await self._expected(place))
        return Prospect(
            situation=situation, opens_at=self._opening.next_opening(region, now), wait_minutes=minutes
        )

    async def _expected(self, place: int) -> int | None:
        figures = (await self._referrals.recent_claims())[:_FIGURES]
        return expected_minutes([self._wait(figure) for figure in figures], place)

    def _wait(self, figure: ClaimFigure) -> Wait:
        region = Region(figure.region) if figure.region in set(Region) else None
        minutes = self._opening.opening_minutes_between(region, figure.asked_at, figure.claimed_at)
        return Wait(place=figure.position, minutes=minutes)

    def _before_closing(self, region: Region | None, minutes: int | None) -> int | None:
        now = self._clock()
        closing = self._opening.closing(region, now)
        if minutes is None or closing is None:
            return None
        left = self._opening.opening_minutes_between(region, now, closing)
        return minutes if minutes <= left else None
