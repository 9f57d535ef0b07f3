"""What coaches see of their work: lists of cases, and one case; no framework."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property

from counter.channels.model import DeliveryState
from counter.conversations.model import Message, Owner
from counter.desk.model import Outcome, PrivateNote
from counter.desk.sight import Standing, is_offered_to
from counter.referrals.model import Reason, Slot
from counter.referrals.states import ReferralState
from counter.staff.model import StaffMember


class DeskList(StrEnum):
    """The lists of the desk; each value is the end of its address."""

    WAITING = "wachtrij"
    MINE = "mijn"
    CALL_BACKS = "terugbellen"
    DONE = "afgerond"


@dataclass(frozen=True, kw_only=True)
class CaseLine:
    """A referral as one line of a list."""

    id: int
    number: str
    person_id: str
    state: ReferralState
    reason: Reason
    priority: int
    topics: tuple[str, ...]
    labels: tuple[str, ...]
    name: str | None
    region: str | None
    language: str | None
    channel: str | None
    """Where they are helped; None when the person erased the conversation."""
    conversation_id: str | None
    opened_at: datetime
    answer_before: date
    closed_at: datetime | None
    coach_id: str | None
    coach: str | None
    organisation: str | None
    """Whose it is: of the coach who has it or gets it back, or else whom it is offered to."""
    coach_organisation: str | None
    """Of that coach alone."""
    unanswered_since: datetime | None
    """When the person wrote to their coach and was not answered yet."""
    in_need_since: datetime | None
    """When the person cried for help last; None when there is no need, or it is over."""
    escalated_at: datetime | None
    remind_at: datetime | None
    call_back: Slot | None
    offered_to_coach: str | None
    offered_to_organisation: str | None
    offered_until: datetime | None
    busy_for: str | None
    """The coach for whom Noor does something before it comes back."""
    outcome: Outcome | None

    @cached_property
    def standing(self) -> Standing:
        """Return whose it is, as far as it decides who may see it."""
        return Standing(
            person_id=self.person_id,
            state=self.state,
            is_over=self.closed_at is not None,
            keeper=self.coach_id or self.busy_for,
            coach=self.coach,
            organisation=self.coach_organisation,
            offered_to_coach=self.offered_to_coach,
            offered_to_organisation=self.offered_to_organisation,
        )

    @property
    def is_in_need(self) -> bool:
        """Tell whether somebody must help them at once."""
        return self.in_need_since is not None and self.closed_at is None

    def is_offered_to(self, coach: StaffMember) -> bool:
        """Tell whether this coach can accept it."""
        return is_offered_to(coach, self.standing)

    def asks_for(self, coach: StaffMember) -> bool:
        """Tell whether somebody asks for what this coach has: a language, or knowledge of the topic."""
        about = " ".join(self.topics).casefold()
        return self.language in coach.languages or any(skill.casefold() in about for skill in coach.skills)

    @property
    def whereabouts(self) -> tuple[str | None, str | None, datetime | None]:
        """Return what decides in which conversation they are helped."""
        return self.conversation_id, self.coach_id, self.closed_at

    def is_of(self, coach: StaffMember) -> bool:
        """Tell whether this coach has it, or gets it back from Noor."""
        return self.closed_at is None and coach.id in {self.coach_id, self.busy_for}


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What a coach wants to see of a list; nothing chosen is everything."""

    region: str | None = None
    topic: str | None = None
    reason: str | None = None
    language: str | None = None
    organisation: str | None = None
    label: str | None = None
    search: str | None = None
    """Part of a receipt number, a name, a label or a topic."""

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing was chosen."""
        return not any(getattr(self, field.name) for field in fields(self))

    def fit(self, line: CaseLine) -> bool:
        """Tell whether a line is to be seen."""
        chosen: Iterable[tuple[str | None, Iterable[str | None]]] = (
            (self.region, [line.region]),
            (self.topic, line.topics),
            (self.reason, [line.reason.value]),
            (self.language, [line.language]),
            (self.organisation, [line.organisation]),
            (self.label, line.labels),
        )
        return all(value is None or value in values for value, values in chosen) and self._found_in(line)

    def _found_in(self, line: CaseLine) -> bool:
        if self.search is None:
            return True
        words = (line.number, line.name or "", *line.labels, *line.topics)
        return any(self.search.casefold() in word.casefold() for word in words)


@dataclass(frozen=True, kw_only=True)
class Desk:
    """Everything that is open, as one coach has to do with it, each list in its own order."""

    offered: tuple[CaseLine, ...]
    waiting: tuple[CaseLine, ...]
    mine: tuple[CaseLine, ...]
    call_backs: tuple[CaseLine, ...]

    def lines(self, which: DeskList) -> tuple[CaseLine, ...]:
        """Return the lines of an open list; what is offered stands before who waits."""
        return {
            DeskList.WAITING: self.offered + self.waiting,
            DeskList.MINE: self.mine,
            DeskList.CALL_BACKS: self.call_backs,
        }.get(which, ())

    @property
    def counts(self) -> dict[DeskList, int]:
        """Return how many lines each open list has."""
        return {which: len(self.lines(which)) for which in DeskList if which is not DeskList.DONE}

    @property
    def attention(self) -> int:
        """Return how many people wait: for anybody, for this coach to accept them, or for an answer."""
        unanswered = sum(line.unanswered_since is not None for line in self.mine)
        return len(self.offered) + len(self.waiting) + unanswered

    @property
    def in_need(self) -> int:
        """Return how many people cry for help: to anybody, or to this coach, who has not answered yet."""
        to_anybody = sum(line.is_in_need for line in (*self.offered, *self.waiting, *self.call_backs))
        return to_anybody + sum(line.is_in_need and line.unanswered_since is not None for line in self.mine)


def desk_of(coach: StaffMember, lines: Sequence[CaseLine], filters: Filters | None = None) -> Desk:
    """Return the lists of a coach out of all open lines."""
    shown = [line for line in lines if filters is None or filters.fit(line)]

    def sorted_lines(
        is_in: Callable[[CaseLine], bool], order: Callable[[CaseLine], tuple[int | datetime, ...]]
    ) -> tuple[CaseLine, ...]:
        return tuple(sorted(filter(is_in, shown), key=order))

    return Desk(
        offered=sorted_lines(lambda line: line.is_offered_to(coach), _as_offered),
        waiting=sorted_lines(lambda line: line.state is ReferralState.WAITING, _as_waiting),
        mine=sorted_lines(lambda line: line.is_of(coach), _as_mine),
        call_backs=sorted_lines(lambda line: line.state is ReferralState.CALL_BACK, _as_call_back),
    )


def _as_offered(line: CaseLine) -> tuple[int | datetime, ...]:
    return (line.offered_until or line.opened_at, line.id)


def _as_waiting(line: CaseLine) -> tuple[int | datetime, ...]:
    return (line.priority, line.id)


def _as_mine(line: CaseLine) -> tuple[int | datetime, ...]:
    # Who is in need first, then who waits for an answer, and of them who waits longest.
    return (
        not line.is_in_need,
        line.unanswered_since is None,
        line.unanswered_since or line.opened_at,
        line.id,
    )


def _as_call_back(line: CaseLine) -> tuple[int | datetime, ...]:
    return (line.call_back.start if line.call_back else line.opened_at, line.id)


class Passage(StrEnum):
    """How far something we said came on its way to the person."""

    STORED = "stored"
    """On the website they read it themselves."""
    WAITING = "waiting"
    """It is on its way to the provider."""
    HELD = "held"
    """The channel lets us write again when the person wrote to us."""
    UNREACHABLE = "unreachable"
    """The person blocked us, or is gone."""
    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"


@dataclass(frozen=True, kw_only=True)
class Place:
    """The address of a conversation outside the website, and what was sent there."""

    heard_at: datetime
    delivered_seq: int
    is_held: bool
    is_unreachable: bool


@dataclass(frozen=True, kw_only=True)
class SeenMessage:
    """A message as a coach sees it; what the person wrote has no `passage`."""

    message: Message
    passage: Passage | None


@dataclass(frozen=True, kw_only=True)
class Pulse:
    """What changes whenever there is something new in a case."""

    last_seq: int
    owner: str
    notes: int
    delivered_at: datetime | None
    place: Place | None
    """How what we say gets to the person: that changes also when no provider says anything."""


@dataclass(frozen=True, kw_only=True)
class Case:
    """A referral on a coach's screen."""

    line: CaseLine
    conversation_id: str | None
    """Where they are helped, or will be; None when they erased it."""
    channel: str | None
    owner: Owner | None
    heard_at: datetime | None
    """When the person last wrote in a channel that counts it; None on the website."""
    messages: tuple[SeenMessage, ...]
    has_earlier: bool
    notes: tuple[PrivateNote, ...]
    pulse: Pulse
    """What it was when this was read."""


@dataclass(frozen=True, kw_only=True)
class DonePage:
    """One page of what is over, the latest first; pages count from 1."""

    lines: tuple[CaseLine, ...]
    page: int
    pages: int
    total: int


def passage_of(seq: int, place: Place | None, parts: Sequence[DeliveryState]) -> Passage:
    """Return how far a message came, out of what the provider said of its parts."""
    if place is None:
        return Passage.STORED
    if DeliveryState.FAILED in parts:
        return Passage.FAILED
    if seq <= place.delivered_seq:
        order = list(DeliveryState)
        return Passage(min(parts, key=order.index).value) if parts else Passage.SENT
    if place.is_unreachable:
        return Passage.UNREACHABLE
    return Passage.HELD if place.is_held else Passage.WAITING
