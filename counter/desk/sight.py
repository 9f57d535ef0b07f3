"""Who may see whom: the one rule by which a case opens for somebody of the staff; no framework.

Closed by default: whatever is not named here is seen by nobody (docs/adr/0017).
"""

from dataclasses import dataclass
from enum import IntEnum

from counter.referrals.states import ReferralState
from counter.staff.model import Role, StaffMember

# Who works at the desk at all.
_AT_THE_DESK = frozenset({Role.COACH, Role.ADMINISTRATOR})
# There is one counter: whom nobody has, every coach may pick up, and so look at.
_NOBODYS = frozenset({ReferralState.WAITING, ReferralState.CALL_BACK})


class Sight(IntEnum):
    """How much of a case somebody has; each holds what stands above it."""

    NOTHING = 0
    """That there is one, and who helps: no name, no word, no detail of the person."""
    READING = 1
    """Everything is there to read; nothing can be done."""
    HELPING = 2
    """They can do what the state of the case allows."""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Whose a case is, as far as it decides who may see it."""

    person_id: str
    state: ReferralState
    is_over: bool
    keeper: str | None
    """The id of the coach who has it, gets it back from Noor, or had it when it ended."""
    coach: str | None
    """How that coach is called."""
    organisation: str | None
    """Theirs, when they took it: who goes to work elsewhere takes nobody along."""
    offered_to_coach: str | None
    offered_to_organisation: str | None


class NotForYouError(Exception):
    """This case is none of this coach's business; `standing` says who helps the person."""

    def __init__(self, number: str, standing: Standing) -> None:
        super().__init__(number)
        self.number = number
        self.standing = standing


def is_offered_to(coach: StaffMember, standing: Standing) -> bool:
    """Tell whether this coach can accept it."""
    return standing.state is ReferralState.OFFERED and (
        standing.offered_to_coach == coach.id or standing.offered_to_organisation == coach.organisation
    )


def sight(viewer: StaffMember, standing: Standing) -> Sight:
    """Return how much of a case somebody may see."""
    if not works_at_desk(viewer):
        return Sight.NOTHING
    is_open = not standing.is_over
    if standing.keeper == viewer.id:
        return Sight.HELPING
    if is_open and (standing.state in _NOBODYS or is_offered_to(viewer, standing)):
        return Sight.HELPING
    # Colleagues replace each other; what an administrator looks at is kept as every look is.
    is_colleague = standing.organisation == viewer.organisation
    return Sight.READING if is_colleague or viewer.is_administrator else Sight.NOTHING


def works_at_desk(viewer: StaffMember) -> bool:
    """Tell whether somebody has anything to do with cases."""
    return not viewer.roles.isdisjoint(_AT_THE_DESK)


def check_sight(viewer: StaffMember, number: str, standing: Standing) -> Sight:
    """Return how much of a case somebody may see, when that is anything.

    Raises:
        NotForYouError: it is nothing.
    """
    if (found := sight(viewer, standing)) is Sight.NOTHING:
        raise NotForYouError(number, standing)
    return found
