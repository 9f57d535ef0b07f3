"""Who goes first, and how soon a coach answers."""

from counter.referrals.model import Reason, answer_within, priority_of


def test_need_goes_before_everything_else_and_is_answered_sooner() -> None:
    others = [reason for reason in Reason if reason is not Reason.IN_NEED]
    assert all(priority_of(Reason.IN_NEED) < priority_of(reason) for reason in others)
    assert all(answer_within(Reason.IN_NEED) < answer_within(reason) for reason in others)
    assert len({priority_of(reason) for reason in others}) == 1
