"""Coaches for tests."""

from counter.staff.model import Role, StaffMember


def a_coach(
    name: str = "Sanne",
    *,
    organisation: str = "Loket Haarlem",
    roles: frozenset[Role] = frozenset({Role.COACH}),
) -> StaffMember:
    """Return a coach who is not stored anywhere."""
    return StaffMember(
        id=f"staff-{name.lower()}",
        username=name.lower(),
        name=name,
        roles=roles,
        organisation=organisation,
    )
