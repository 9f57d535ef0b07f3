"""Whether a coach is there; no framework."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

# A page that is open beats every twenty seconds; three missed beats and nobody is there.
LOST_AFTER = timedelta(seconds=75)
# Two beats of one page are further apart than this.
JUST_NOW = timedelta(seconds=15)
# Without a key or a pointer for this long, somebody is away from their desk.
AWAY_AFTER = timedelta(minutes=5)


class PresenceState(StrEnum):
    """What a coach says of themselves, or what shows."""

    PRESENT = "aanwezig"
    AWAY = "even_weg"
    ABSENT = "afwezig"


@dataclass(frozen=True, kw_only=True)
class Presence:
    """Where a coach said they are, and when the desk saw them last."""

    staff_id: str
    chosen: PresenceState
    seen_at: datetime
    active_at: datetime
    looking_at: str | None = None
    """The number of the referral on their screen."""

    def state(self, now: datetime) -> PresenceState:
        """Return where they are: what they chose, unless the desk saw nothing of them for too long."""
        if self.is_lost(now):
            return PresenceState.ABSENT
        if self.chosen is PresenceState.PRESENT and now - self.active_at > AWAY_AFTER:
            return PresenceState.AWAY
        return self.chosen

    def is_lost(self, now: datetime) -> bool:
        """Tell whether no page of theirs is open any more."""
        return now - self.seen_at > LOST_AFTER
