"""The trail of a list: every event is chained to the one before, and the whole can be played again.

Whoever plays it holds the rules of open hiring next to what was done: an event that could not happen then
(somebody passed over, a place given twice) breaks the trail, and so does one that was changed afterwards.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from counter.open_hiring.model import ListEvent, SignUpState


@dataclass(frozen=True, kw_only=True)
class Happening:
    """One event of a job's trail; `number` is None for what happened to the job itself.

    `digest` is None for what happened before events were chained.
    """

    event: ListEvent
    number: str | None
    at: datetime
    digest: str | None = None


class BrokenTrailError(ValueError):
    """The trail tells of something that cannot have happened; `at_event` counts from 1."""

    def __init__(self, at_event: int, happening: Happening, why: str) -> None:
        about = f" {happening.number}" if happening.number else ""
        super().__init__(f"event {at_event} ({happening.event}{about}): {why}")
        self.at_event = at_event


@dataclass(kw_only=True)
class ListState:
    """A list as the trail tells it: free places, and where each number stands, in order of sign-up."""

    free: int = 0
    is_open: bool = True
    states: dict[str, SignUpState] = field(default_factory=dict)

    @property
    def first_in_line(self) -> str | None:
        """Return who waits longest, or None."""
        waiting = (number for number, state in self.states.items() if state is SignUpState.WAITING)
        return next(waiting, None)


# From which states an event takes somebody, and to which.
_MOVES: Mapping[ListEvent, tuple[frozenset[SignUpState], SignUpState]] = {
    ListEvent.OFFERED: (frozenset({SignUpState.WAITING}), SignUpState.OFFERED),
    ListEvent.ACCEPTED: (frozenset({SignUpState.OFFERED}), SignUpState.ACCEPTED),
    ListEvent.PASSED: (frozenset({SignUpState.OFFERED}), SignUpState.PASSED),
    ListEvent.EXPIRED: (frozenset({SignUpState.OFFERED}), SignUpState.EXPIRED),
    ListEvent.LEFT: (frozenset({SignUpState.WAITING, SignUpState.OFFERED}), SignUpState.LEFT),
    ListEvent.STARTED: (frozenset({SignUpState.ACCEPTED}), SignUpState.STARTED),
    ListEvent.ABSENT: (frozenset({SignUpState.ACCEPTED}), SignUpState.ABSENT),
    ListEvent.RETURNED: (frozenset({SignUpState.ACCEPTED}), SignUpState.WAITING),
    ListEvent.ENDED: (frozenset({SignUpState.WAITING, SignUpState.ACCEPTED}), SignUpState.ENDED),
}
# These give back the place that was kept for somebody, as long as the job is open.
_GIVES_BACK = frozenset({ListEvent.PASSED, ListEvent.EXPIRED, ListEvent.ABSENT})


def chained(before: str, job_id: str, happening: Happening) -> str:
    """Return the digest of an event, over the digest of the one before."""
    told = (before, job_id, happening.number or "", happening.event, happening.at.astimezone(UTC).isoformat())
    return hashlib.sha256("|".join(told).encode()).hexdigest()


def replay(job_id: str, happenings: Iterable[Happening], *, free: int = 0) -> tuple[ListState, str]:
    """Play a trail from an empty list with this many free places; return how it ends, and its last digest.

    Raises:
        BrokenTrailError: an event cannot have happened, or is not what was written then.
    """
    state, digest = ListState(free=free), ""
    for place, happening in enumerate(happenings, start=1):
        if happening.digest is None and digest:
            raise BrokenTrailError(place, happening, "the chain has a gap")
        if happening.digest is not None:
            digest = chained(digest, job_id, happening)
            if digest != happening.digest:
                raise BrokenTrailError(place, happening, "it was changed, or one before it is gone")
        if why := _apply(state, happening):
            raise BrokenTrailError(place, happening, why)
    return state, digest


@dataclass(frozen=True, kw_only=True)
class ListAudit:
    """What came of playing a trail again: how many events it has, and what does not agree."""

    events: int
    faults: tuple[str, ...]


def audited(
    job_id: str, trail: Sequence[Happening], stored: ListState, *, untold: int, digest: str
) -> ListAudit:
    """Play the trail, and hold how it ends next to what is stored."""
    try:
        told, last = replay(job_id, trail, free=untold)
    except BrokenTrailError as error:
        return ListAudit(events=len(trail), faults=(str(error),))
    compared = {
        "the last event": (last, digest),
        "free places": (told.free, stored.free),
        "open": (told.is_open, stored.is_open),
        "the order of sign-up": (list(told.states), list(stored.states)),
        **{number: (told.states.get(number), state) for number, state in stored.states.items()},
    }
    faults = (
        f"{what}: {ours} on the trail, {theirs} stored"
        for what, (ours, theirs) in compared.items()
        if ours != theirs
    )
    return ListAudit(events=len(trail), faults=tuple(faults))


def _apply(state: ListState, happening: Happening) -> str | None:
    """Change the state as the event did; return why it cannot have happened, or None."""
    if happening.number is None:
        return _apply_to_job(state, happening.event)
    match happening.event:
        case ListEvent.JOINED if happening.number in state.states or not state.is_open:
            return "nobody can join here"
        case ListEvent.JOINED:
            state.states[happening.number] = SignUpState.WAITING
            return None
        case ListEvent.CORRECTED:
            return None if happening.number in state.states else "this number never joined"
        case event:
            return _move(state, event, happening.number)


def _move(state: ListState, event: ListEvent, number: str) -> str | None:
    standing = state.states.get(number)
    if event not in _MOVES or standing not in _MOVES[event][0]:
        return f"this number is {standing}"
    if event is ListEvent.OFFERED and (state.free < 1 or number != state.first_in_line or not state.is_open):
        return f"{state.first_in_line} is first in line, and {state.free} places are free"
    is_given_back = event in _GIVES_BACK or (event is ListEvent.LEFT and standing is SignUpState.OFFERED)
    state.states[number] = _MOVES[event][1]
    state.free += (is_given_back and state.is_open) - (event is ListEvent.OFFERED)
    return None


def _apply_to_job(state: ListState, event: ListEvent) -> str | None:
    match event:
        case ListEvent.FREED if state.is_open:
            state.free += 1
        case ListEvent.WITHDRAWN if state.free > 0:
            state.free -= 1
        case ListEvent.CLOSED if state.is_open:
            state.free, state.is_open = 0, False
        case ListEvent.REOPENED if not state.is_open:
            state.is_open = True
        case _:
            return f"the job is {'open' if state.is_open else 'closed'}, and {state.free} places are free"
    return None
