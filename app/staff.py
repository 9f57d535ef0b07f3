"""What an administrator does with staff from the command line."""

import sys
from argparse import Namespace
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager

from app.commands import SAMPLES, counter_of
from app.domain import responses
from app.sample_people import PastClock, add_sample_people, read_people
from app.settings import Settings
from counter.calendar import local_moment
from counter.clock import utc_now
from counter.database import Database
from counter.migrations import migrate
from counter.places.model import Region
from counter.staff.model import (
    Account,
    NewMember,
    Role,
    StaffMember,
    UnknownMemberError,
    UnsuitableUsernameError,
    UsernameTakenError,
    normalise_username,
)
from counter.staff.passwords import Passwords
from counter.staff.service import StaffService

ROLES, REGIONS = tuple(role.value for role in Role), tuple(region.value for region in Region)
# Somebody who just cloned the project must be able to look at every page of staff.
_SAMPLES = (
    ("coach", "Voorbeeldcoach", Role.COACH),
    ("beheerder", "Voorbeeldbeheerder", Role.ADMINISTRATOR),
)
_SAMPLE_ORGANISATION = "Voorbeeldorganisatie"


@asynccontextmanager
async def staff_of(settings: Settings) -> AsyncIterator[StaffService]:
    """Give the staff in this database, without all else that a counter is."""
    database = Database.open(settings.database_url)
    try:
        yield StaffService(database, utc_now, Passwords())
    finally:
        await database.close()


async def add_member(settings: Settings, options: Namespace) -> int:
    """Add a member, and print the password for their first log-in; it is kept nowhere."""
    new = NewMember(
        username=normalise_username(options.username),
        name=options.name,
        roles=frozenset(map(Role, options.role)),
        organisation=options.organisation,
        email=options.email.strip().casefold() if options.email else None,
        regions=tuple(options.region),
        languages=tuple(options.language),
        skills=tuple(options.skill),
    )

    async def add(staff: StaffService) -> str:
        return _told_once(new.username, await staff.add(new))

    return await _carry_out(settings, add)


async def reset_member(settings: Settings, username: str) -> int:
    """Give somebody a new password for one log-in, and print it."""

    async def reset(staff: StaffService) -> str:
        return _told_once(username, await staff.reset(username))

    return await _carry_out(settings, reset)


async def open_or_close(settings: Settings, username: str, *, is_active: bool) -> int:
    """Give somebody access, or end it at once."""

    async def change(staff: StaffService) -> str:
        if is_active:
            await staff.activate(username)
            return f"{username} kan weer inloggen."
        await staff.deactivate(username)
        return f"{username} kan niet meer inloggen, en is nu overal uitgelogd."

    return await _carry_out(settings, change)


async def print_staff(settings: Settings) -> int:
    """Print who works here, a line each."""

    async def listed(staff: StaffService) -> str:
        accounts = await staff.accounts()
        return "\n".join(map(_line, accounts)) or "Er zijn nog geen medewerkers."

    return await _carry_out(settings, listed)


async def add_samples(settings: Settings) -> int:
    """Make a coach, an administrator and people who wait, when samples are wanted and nobody works here."""

    async def add(staff: StaffService) -> str:
        if not settings.samples or await staff.accounts():
            return ""
        lines = ["  Log in als medewerker op /login, met een wachtwoord voor één keer:"]
        for username, name, role in _SAMPLES:
            new = NewMember(
                username=username,
                name=name,
                roles=frozenset({role}),
                organisation=_SAMPLE_ORGANISATION,
                regions=REGIONS,
                languages=("nl",),
                is_sample=True,
            )
            lines.append(f"    {username:<10} {await staff.add(new)}")
        await _add_people(settings, await staff.members(Role.COACH))
        return "\n".join(lines)

    return await _carry_out(settings, add)


async def _add_people(settings: Settings, coaches: Sequence[StaffMember]) -> None:
    clock, people = PastClock(utc_now()), read_people(SAMPLES / "people.toml")
    async with counter_of(settings, clock) as counter:
        await add_sample_people(counter, clock, people, responses(settings.domain_folder), coaches[0])


def _told_once(username: str, password: str) -> str:
    return (
        f"{username} logt in met dit wachtwoord, en kiest dan een eigen wachtwoord:\n  {password}\n"
        "Je ziet het maar één keer. Geef het alleen aan deze medewerker."
    )


def _line(account: Account) -> str:
    member = account.member
    marks = (
        "" if account.is_active else "uit",
        "voorbeeld" if account.is_sample else "",
        "tweede stap" if account.has_second_factor else "",
    )
    seen = f"{local_moment(account.last_seen):gezien %-d-%-m-%Y %H.%M}" if account.last_seen else ""
    return "  ".join(
        filter(
            None,
            (
                f"{member.username:<16}",
                f"{member.name} ({', '.join(sorted(member.roles))}, {member.organisation})",
                _listed("regio", member.regions),
                _listed("taal", member.languages),
                _listed("goed in", member.skills),
                *marks,
                seen,
            ),
        )
    )


def _listed(what: str, things: Iterable[str]) -> str:
    return f"{what}: {', '.join(things)}" if things else ""


async def _carry_out(settings: Settings, work: Callable[[StaffService], Awaitable[str]]) -> int:
    """Do something on the migrated database; print what came of it, or why not."""
    await migrate(settings.database_url)
    async with staff_of(settings) as staff:
        try:
            text = await work(staff)
        except UnknownMemberError as error:
            print(f"Er is geen medewerker met de naam {error}.", file=sys.stderr)
            return 1
        except UsernameTakenError as error:
            print(f"De naam {error} of het e-mailadres is al in gebruik.", file=sys.stderr)
            return 1
        except UnsuitableUsernameError as error:
            print(f"{error} kan geen naam zijn: neem 2 tot 40 kleine letters en cijfers.", file=sys.stderr)
            return 1
    if text:
        print(text)
    return 0
