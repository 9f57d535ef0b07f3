"""The states of a referral, and the steps between them; no framework."""

from collections.abc import Mapping
from enum import StrEnum


class ReferralState(StrEnum):
    """Where a referral stands."""

    WAITING = "waiting"
    """In line; Noor answers meanwhile."""
    OFFERED = "offered"
    """A colleague, another organisation, or the coach it comes back to, has to accept it."""
    WITH_COACH = "with_coach"
    CALL_BACK = "call_back"
    """A coach calls at a moment that was agreed."""
    HANDED_BACK = "handed_back"
    """Noor goes on; with a task that returns to the coach it is still open."""
    CLOSED = "closed"
    CANCELLED = "cancelled"
    """The person did not want it any more."""


class Step(StrEnum):
    """What can be done with a referral; its value stands in the audit trail."""

    ASK = "asked_again"
    CRY = "cried_for_help"
    """Noor heard a cry for help while she was silent."""
    CALM = "need_over"
    """The coach says that there is no need any more."""
    CLAIM = "claimed"
    OFFER = "offered"
    ACCEPT = "accepted"
    DECLINE = "declined"
    TAKE_BACK = "offer_taken_back"
    """Who offers it changes their mind."""
    LAPSE = "lapsed"
    """Nobody accepted an offer in time."""
    RELEASE = "released"
    """The coach puts it back in line."""
    FALL_SILENT = "fell_silent"
    """The coach was gone, or did not answer in time."""
    PLAN_CALL_BACK = "call_back_planned"
    MISS_CALL = "call_missed"
    HAND_BACK = "handed_back"
    RETURN = "returned"
    """Noor did what the coach asked."""
    CLOSE = "closed"
    CANCEL = "cancelled"


class StepNotPossibleError(Exception):
    """This cannot be done with a referral in this state."""

    def __init__(self, state: ReferralState, step: Step) -> None:
        super().__init__(f"{step.value} is not possible when {state.value}")
        self.state = state
        self.step = step


_ALWAYS = {Step.CLOSE: ReferralState.CLOSED, Step.CANCEL: ReferralState.CANCELLED}

_AFTER: Mapping[ReferralState, Mapping[Step, ReferralState]] = {
    ReferralState.WAITING: {
        Step.ASK: ReferralState.WAITING,
        Step.CRY: ReferralState.WAITING,
        Step.CLAIM: ReferralState.WITH_COACH,
        Step.OFFER: ReferralState.OFFERED,
        Step.PLAN_CALL_BACK: ReferralState.CALL_BACK,
        **_ALWAYS,
    },
    ReferralState.OFFERED: {
        Step.ASK: ReferralState.OFFERED,
        Step.CRY: ReferralState.OFFERED,
        Step.CALM: ReferralState.OFFERED,
        Step.ACCEPT: ReferralState.WITH_COACH,
        # Unless a coach still has it: see after().
        Step.DECLINE: ReferralState.WAITING,
        Step.TAKE_BACK: ReferralState.WAITING,
        Step.LAPSE: ReferralState.WAITING,
        Step.RELEASE: ReferralState.WAITING,
        Step.FALL_SILENT: ReferralState.WAITING,
        **_ALWAYS,
    },
    ReferralState.WITH_COACH: {
        Step.ASK: ReferralState.WITH_COACH,
        Step.CRY: ReferralState.WITH_COACH,
        Step.CALM: ReferralState.WITH_COACH,
        Step.OFFER: ReferralState.OFFERED,
        Step.RELEASE: ReferralState.WAITING,
        Step.FALL_SILENT: ReferralState.WAITING,
        Step.PLAN_CALL_BACK: ReferralState.CALL_BACK,
        Step.HAND_BACK: ReferralState.HANDED_BACK,
        **_ALWAYS,
    },
    ReferralState.CALL_BACK: {
        Step.ASK: ReferralState.CALL_BACK,
        Step.CRY: ReferralState.CALL_BACK,
        Step.CLAIM: ReferralState.WITH_COACH,
        Step.PLAN_CALL_BACK: ReferralState.CALL_BACK,
        Step.MISS_CALL: ReferralState.WAITING,
        **_ALWAYS,
    },
    ReferralState.HANDED_BACK: {
        Step.ASK: ReferralState.WAITING,
        Step.CRY: ReferralState.WAITING,
        Step.CLAIM: ReferralState.WITH_COACH,
        Step.RETURN: ReferralState.OFFERED,
        **_ALWAYS,
    },
    ReferralState.CLOSED: {},
    ReferralState.CANCELLED: {},
}


def after(state: ReferralState, step: Step, *, has_coach: bool = False) -> ReferralState:
    """Return the state after a step.

    A coach who offers somebody to a colleague keeps them until the colleague accepts: with
    `has_coach` an offer that comes to nothing leaves them where they were.

    Raises:
        StepNotPossibleError: this cannot be done in this state.
    """
    following = _AFTER[state].get(step)
    if following is None:
        raise StepNotPossibleError(state, step)
    if has_coach and state is ReferralState.OFFERED and step in _COMES_TO_NOTHING:
        return ReferralState.WITH_COACH
    return following


_COMES_TO_NOTHING = frozenset({Step.DECLINE, Step.TAKE_BACK, Step.LAPSE})
