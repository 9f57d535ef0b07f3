"""Who works behind the counter; no framework."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What somebody may do."""

    COACH = "coach"
    EDITOR = "redacteur"
    ADMINISTRATOR = "beheerder"


@dataclass(frozen=True, kw_only=True)
class StaffMember:
    """Somebody who works behind the counter, as the rest of it knows them; people read the `name`."""

    id: str
    username: str
    name: str
    roles: frozenset[Role]
    organisation: str
    regions: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
