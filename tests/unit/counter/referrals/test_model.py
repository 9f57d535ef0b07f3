"""Who goes first, and how soon a coach answers."""

from counter.referrals.model import Reason, answer_within, priority_of


def test_need_goes_before_everything_else_and_is_answered_sooner() -> None:
    others = [reason for reason in Reason if reason is not Reason.IN_NEED]
    assert all(priority_of(Reason.IN_NEED) < priority_of(reason) for reason in others)
    unhurried = [reason for reason in others if reason is not Reason.DISMISSAL]
    assert all(answer_within(Reason.IN_NEED) < answer_within(reason) for reason in unhurried)
    assert len({priority_of(reason) for reason in unhurried}) == 1


def test_who_may_lose_their_job_goes_before_who_can_wait() -> None:
    can_wait = [reason for reason in Reason if reason not in {Reason.IN_NEED, Reason.DISMISSAL}]
    assert all(priority_of(Reason.DISMISSAL) < priority_of(reason) for reason in can_wait)
    assert all(answer_within(Reason.DISMISSAL) < answer_within(reason) for reason in can_wait)
