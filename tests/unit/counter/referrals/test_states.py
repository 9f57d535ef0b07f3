"""The states of a referral: what can follow what, whatever is done in whatever order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter.referrals.states import ReferralState, Step, StepNotPossibleError, after

ENDED = {ReferralState.CLOSED, ReferralState.CANCELLED}


def test_who_waits_can_be_claimed_and_who_is_claimed_cannot() -> None:
    assert after(ReferralState.WAITING, Step.CLAIM) is ReferralState.WITH_COACH
    with pytest.raises(StepNotPossibleError, match="claimed is not possible when with_coach"):
        after(ReferralState.WITH_COACH, Step.CLAIM)


@pytest.mark.parametrize("step", [Step.DECLINE, Step.TAKE_BACK, Step.LAPSE])
def test_an_offer_in_vain_leaves_somebody_with_the_coach_they_had(step: Step) -> None:
    assert after(ReferralState.OFFERED, step, has_coach=True) is ReferralState.WITH_COACH
    assert after(ReferralState.OFFERED, step, has_coach=False) is ReferralState.WAITING


@pytest.mark.parametrize("state", [state for state in ReferralState if state not in ENDED])
def test_who_asks_again_is_never_sent_away(state: ReferralState) -> None:
    assert after(state, Step.ASK) not in ENDED


@given(st.lists(st.tuples(st.sampled_from(Step), st.booleans())))
def test_whatever_is_done_what_is_over_stays_over_and_the_rest_can_always_be_ended(
    steps: list[tuple[Step, bool]],
) -> None:
    state = ReferralState.WAITING
    for step, has_coach in steps:
        before = state
        try:
            state = after(state, step, has_coach=has_coach)
        except StepNotPossibleError:
            state = before
        assert before not in ENDED or state is before
        if state not in ENDED:
            assert after(state, Step.CLOSE) is ReferralState.CLOSED
            assert after(state, Step.CANCEL) is ReferralState.CANCELLED
