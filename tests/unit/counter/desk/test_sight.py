"""Who may see whom: every state, every relation of a coach to it, every role."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product

import pytest

from counter.desk.sight import NotForYouError, Sight, Standing, check_sight, sight
from counter.referrals.states import ReferralState
from counter.staff.model import Role, StaffMember
from tests.support.staff import a_coach

ME, OTHER, OURS, THEIRS = "staff-sanne", "staff-els", "Loket Haarlem", "UWV Zaandam"
ROLES = ((), (Role.EDITOR,), (Role.COACH,), (Role.EDITOR, Role.COACH), (Role.ADMINISTRATOR,))


@dataclass(frozen=True)
class Look:
    """Somebody who wants to see a case."""

    viewer: StaffMember
    case: Standing

    def __str__(self) -> str:
        return f"{sorted(self.viewer.roles)} {self.case}"


def every_look() -> Iterator[Look]:
    choices = product(
        ROLES, ReferralState, (False, True), (ME, OTHER, None), (OURS, THEIRS, None), (ME, OTHER, None),
        (OURS, THEIRS, None),
    )  # fmt: skip
    for roles, state, is_over, keeper, organisation, to_coach, to_organisation in choices:
        yield Look(
            a_coach("Sanne", organisation=OURS, roles=frozenset(roles)),
            Standing(
                person_id="iemand",
                state=state,
                is_over=is_over,
                keeper=keeper,
                coach=None,
                organisation=organisation,
                offered_to_coach=to_coach,
                offered_to_organisation=to_organisation,
            ),
        )


# What the counter agreed on, each reason by itself; there is no other.
HELPS: Mapping[str, Callable[[Standing], bool]] = {
    "has them, gets them back, or had them last": lambda case: case.keeper == ME,
    "nobody has them": lambda case: not case.is_over and case.state in {"waiting", "call_back"},
    "they are offered to me": lambda case: (
        not case.is_over and case.state == "offered" and case.offered_to_coach == ME
    ),
    "they are offered to us": lambda case: (
        not case.is_over and case.state == "offered" and case.offered_to_organisation == OURS
    ),
}


def agreed(look: Look) -> Sight:
    if not {Role.COACH, Role.ADMINISTRATOR} & look.viewer.roles:
        return Sight.NOTHING
    if any(reason(look.case) for reason in HELPS.values()):
        return Sight.HELPING
    if look.case.organisation == OURS or Role.ADMINISTRATOR in look.viewer.roles:
        return Sight.READING
    return Sight.NOTHING


def test_who_sees_a_case_is_who_was_agreed_on_and_nobody_else() -> None:
    looks = list(every_look())
    assert len(looks) == 5 * 7 * 2 * 3**4
    wrong = [str(look) for look in looks if sight(look.viewer, look.case) is not agreed(look)]
    assert wrong == []


@pytest.mark.parametrize("reason", HELPS)
def test_each_reason_counts_by_itself(reason: str) -> None:
    alone = [
        look
        for look in every_look()
        if [name for name, holds in HELPS.items() if holds(look.case)] == [reason]
        and look.viewer.roles == {Role.COACH}
    ]
    assert alone
    assert all(sight(look.viewer, look.case) is Sight.HELPING for look in alone)


def test_who_transferred_somebody_to_another_organisation_sees_nothing_of_them() -> None:
    theirs = Standing(
        person_id="iemand",
        state=ReferralState.WITH_COACH,
        is_over=False,
        keeper=OTHER,
        coach="Els",
        organisation=THEIRS,
        offered_to_coach=None,
        offered_to_organisation=None,
    )
    with pytest.raises(NotForYouError) as refused:
        check_sight(a_coach("Sanne", organisation=OURS), "C-1", theirs)
    assert (refused.value.number, refused.value.standing.coach) == ("C-1", "Els")


def test_what_is_over_is_not_opened_by_an_offer_that_was_left_standing() -> None:
    over = [
        look
        for look in every_look()
        if look.case.is_over and look.case.keeper != ME and look.case.organisation != OURS
    ]
    assert over
    assert all(
        sight(look.viewer, look.case) is Sight.NOTHING
        for look in over
        if Role.ADMINISTRATOR not in look.viewer.roles
    )
