"""How the whole desk is doing at one moment: what is open, who is there, and who looks at whom."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from counter.clock import Clock
from counter.desk.overview import CaseLine, Desk, Filters, desk_of
from counter.desk.reading import DeskReader
from counter.presence.model import PresenceState
from counter.presence.service import PresenceService
from counter.staff.model import StaffMember
from counter.staff.service import StaffService


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """The desk at one moment; two are equal when nothing happened in between."""

    lines: Sequence[CaseLine] = ()
    presence: Mapping[str, PresenceState] = field(default_factory=dict)
    """Of whoever's page is open."""
    looking: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By the number of a referral, the ids of who looks at it."""
    names: Mapping[str, str] = field(default_factory=dict)
    minute: datetime | None = None
    """What is due, or runs out, does so with the minute, although nobody does anything."""
    _desks: dict[tuple[StaffMember, Filters | None], Desk] = field(
        default_factory=dict, compare=False, repr=False
    )

    def line(self, number: str) -> CaseLine | None:
        """Return an open referral, or None when it is over."""
        return self._by_number.get(number)

    def is_timed(self, number: str) -> bool:
        """Tell whether something of a referral is due, or runs out, at some time."""
        line = self.line(number)
        return line is not None and (
            line.channel != "website" or any((line.remind_at, line.call_back, line.offered_until))
        )

    @cached_property
    def _by_number(self) -> Mapping[str, CaseLine]:
        return {line.number: line for line in self.lines}

    def desk(self, me: StaffMember, filters: Filters | None = None) -> Desk:
        """Return the lists of a coach; made once, however many pages they have open."""
        if (me, filters) not in self._desks:
            self._desks[me, filters] = desk_of(me, self.lines, filters)
        return self._desks[me, filters]

    def lookers(self, number: str, me: StaffMember) -> tuple[str, ...]:
        """Return the names of the others who look at this referral."""
        others = (staff_id for staff_id in self.looking.get(number, ()) if staff_id != me.id)
        return tuple(sorted(self.names.get(staff_id, staff_id) for staff_id in others))

    def presence_of(self, me: StaffMember) -> PresenceState:
        """Return how a coach is seen."""
        return self.presence.get(me.id, PresenceState.ABSENT)


class Lookout:
    """Looks at the desk."""

    def __init__(
        self, reader: DeskReader, presence: PresenceService, staff: StaffService, clock: Clock
    ) -> None:
        self._reader = reader
        self._presence = presence
        self._staff = staff
        self._clock = clock
        self._names: dict[str, str] = {}
        self._lines: Mapping[str, CaseLine] = {}

    async def look(self) -> Outlook:
        """Return how the desk is doing."""
        lines = [self._as_known(line) for line in await self._reader.open_lines()]
        self._lines = {line.number: line for line in lines}
        seen, now = await self._presence.seen(), self._clock()
        if not seen.keys() <= self._names.keys():
            self._names = {member.id: member.name for member in await self._staff.members()}
        looking: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
        for staff_id, presence in sorted(seen.items()):
            if presence.looking_at is not None:
                looking[presence.looking_at] += (staff_id,)
        return Outlook(
            lines=lines,
            presence={staff_id: presence.state(now) for staff_id, presence in seen.items()},
            looking=dict(looking),
            names=self._names,
            minute=now.replace(second=0, microsecond=0),
        )

    def _as_known(self, line: CaseLine) -> CaseLine:
        """Return the very line of the look before when nothing in it is different: it compares at once."""
        known = self._lines.get(line.number)
        return known if known is not None and known == line else line
