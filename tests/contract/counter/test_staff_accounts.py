"""Accounts of staff: passwords, second factors, who works here, and what is kept of what they looked at."""

from dataclasses import replace
from typing import Any

import argon2
import pytest
from sqlalchemy import select

from counter.conversations.model import UnknownConversationError
from counter.database import Database
from counter.services import Counter
from counter.staff.credentials import CredentialService
from counter.staff.logins import LoginService
from counter.staff.model import (
    FREE_TRIES,
    Duty,
    NotLinkedError,
    OpenedSession,
    PasswordFault,
    Role,
    SecondFactorRequiredError,
    StaffEvent,
    UnknownMemberError,
    UnsuitablePasswordError,
    UnsuitableUsernameError,
    UsernameTakenError,
    WrongCredentialsError,
)
from counter.staff.passwords import Passwords
from counter.staff.storage import StaffEventRow, StaffRow
from tests.contract.counter.conftest import NewConversation, SettableClock
from tests.support.staff import (
    CHEAP,
    PASSWORD,
    cheap_passwords,
    enrol,
    events,
    hire,
    is_in,
    log_in,
    new_member,
    outcomes,
    whose,
)


async def test_a_new_password_ends_every_session_but_opens_one_here(counter: Counter) -> None:
    await hire(counter, new_member())
    here, there = await log_in(counter), await log_in(counter)
    session = await whose(counter, here)
    anew = await counter.credentials.change_password(
        session, PASSWORD, "vier andere losse woorden", device=""
    )
    assert [await is_in(counter, one) for one in (here, there, anew)] == [False, False, True]
    with pytest.raises(WrongCredentialsError):
        await log_in(counter)


@pytest.mark.parametrize(
    ("password", "fault"),
    [
        ("te kort", PasswordFault.TOO_SHORT),
        ("x" * 201, PasswordFault.TOO_LONG),
        ("dag Sanne, alles goed?", PasswordFault.HOLDS_NAME),
        ("abababababababab", PasswordFault.REPEATS),
        (PASSWORD, PasswordFault.SAME),
    ],
)
async def test_a_password_that_is_easy_to_guess_is_refused_with_the_reason(
    counter: Counter, password: str, fault: PasswordFault
) -> None:
    session = await whose(counter, await hire(counter, new_member()))
    with pytest.raises(UnsuitablePasswordError) as told:
        await counter.credentials.change_password(session, PASSWORD, password, device="")
    assert told.value.fault is fault
    assert await is_in(counter, await log_in(counter))


async def test_who_sits_at_an_open_screen_cannot_guess_the_password_there(counter: Counter) -> None:
    session = await whose(counter, await hire(counter, new_member()))
    told = await outcomes(
        20, lambda: counter.credentials.change_password(session, "fout", "vier andere woorden", device="")
    )
    assert told.count("WrongCredentialsError") == FREE_TRIES


async def test_a_password_hashed_as_we_did_before_is_hashed_anew(
    counter: Counter, database: Database, clock: SettableClock
) -> None:
    await hire(counter, new_member())
    dearer = Passwords(
        argon2.Parameters(
            type=CHEAP.type,
            version=CHEAP.version,
            salt_len=CHEAP.salt_len,
            hash_len=CHEAP.hash_len,
            time_cost=2,
            memory_cost=16,
            parallelism=1,
        )
    )
    opened = await LoginService(database, clock, dearer).log_in("sanne", PASSWORD, device="")
    assert await is_in(counter, opened)
    async with database.reading() as session:
        [row] = await session.scalars(select(StaffRow))
    assert "m=16,t=2,p=1" in row.password_hash
    assert await is_in(counter, await log_in(counter))


async def test_an_administrator_must_have_a_second_factor_and_keeps_it(
    counter: Counter, clock: SettableClock
) -> None:
    opened = await hire(counter, new_member("bea", Role.ADMINISTRATOR, Role.COACH))
    assert opened.duty is Duty.ENROL
    await enrol(counter, opened, clock())
    session = await whose(counter, opened)
    assert session.duty is None
    with pytest.raises(SecondFactorRequiredError):
        await counter.credentials.switch_off(session.member, PASSWORD)


async def test_a_coach_may_go_on_without_with_their_password_alone(
    counter: Counter, clock: SettableClock, database: Database
) -> None:
    opened = await hire(counter, new_member())
    await enrol(counter, opened, clock())
    member = (await whose(counter, opened)).member
    with pytest.raises(WrongCredentialsError):
        await counter.credentials.switch_off(member, "fout")
    await counter.credentials.switch_off(member, PASSWORD)
    assert (await log_in(counter)).duty is None
    assert StaffEvent.SECOND_FACTOR_OFF in await events(database)


async def test_a_second_factor_cannot_be_replaced_by_who_is_logged_in(
    counter: Counter, clock: SettableClock
) -> None:
    opened = await hire(counter, new_member())
    await enrol(counter, opened, clock())
    clock.advance(minutes=5)
    with pytest.raises(WrongCredentialsError):
        await enrol(counter, opened, clock())


async def test_new_codes_on_paper_end_the_old_ones(counter: Counter, clock: SettableClock) -> None:
    opened = await hire(counter, new_member())
    _, old = await enrol(counter, opened, clock())
    new = await counter.credentials.renew_recovery_codes((await whose(counter, opened)).member, PASSWORD)
    half = await log_in(counter)
    with pytest.raises(WrongCredentialsError):
        await counter.logins.confirm(half.token, old[0], device="")
    assert (await counter.logins.confirm(half.token, new[0], device="")).duty is None


async def test_who_lost_everything_starts_again_with_a_password_for_one_time(
    counter: Counter, clock: SettableClock
) -> None:
    opened = await hire(counter, new_member())
    await enrol(counter, opened, clock())
    await outcomes(FREE_TRIES, lambda: log_in(counter, "fout"))
    one_time = await counter.staff.reset(" Sanne ")
    assert not await is_in(counter, opened)
    assert (await log_in(counter, one_time)).duty is Duty.CHANGE_PASSWORD
    assert (await counter.staff.accounts())[0].recovery_codes == 0


async def test_who_leaves_is_out_at_once_and_may_come_back(counter: Counter) -> None:
    opened = await hire(counter, new_member())
    member = (await whose(counter, opened)).member
    await counter.staff.deactivate("sanne")
    assert not await is_in(counter, opened)
    with pytest.raises(WrongCredentialsError):
        await log_in(counter)
    assert await counter.staff.members() == ()
    # What she did stays hers.
    assert await counter.staff.member(member.id) == member
    await counter.staff.activate("sanne")
    assert await is_in(counter, await log_in(counter))


async def test_a_name_is_given_once(counter: Counter) -> None:
    await counter.staff.add(new_member())
    with pytest.raises(UsernameTakenError):
        await counter.staff.add(new_member())
    with pytest.raises(UnsuitableUsernameError):
        await counter.staff.add(new_member("Met Spatie"))
    with pytest.raises(UnknownMemberError):
        await counter.staff.deactivate("niemand")


async def test_the_colleagues_of_a_role_are_found(counter: Counter) -> None:
    await counter.staff.add(new_member("sanne", Role.COACH))
    await counter.staff.add(new_member("edo", Role.EDITOR))
    await counter.staff.add(new_member("bea", Role.ADMINISTRATOR, Role.COACH))
    assert [member.username for member in await counter.staff.members(Role.COACH)] == ["bea", "sanne"]
    assert len(await counter.staff.members()) == 3


async def test_an_organisation_opens_the_account_with_its_address_and_then_knows_it(
    counter: Counter, database: Database
) -> None:
    await hire(counter, new_member())
    come_in = counter.logins.log_in_by_provider
    with pytest.raises(NotLinkedError):
        await come_in("https://a 1", "ander@uwv.example", device="")
    with pytest.raises(NotLinkedError):
        await come_in("https://a 1", None, device="")
    assert (await come_in("https://a 1", "sanne@uwv.example", device="")).duty is None
    assert (await events(database)).count(StaffEvent.LINKED) == 1
    # From now on her own name there counts; the address, given to somebody else, opens nothing.
    assert await is_in(counter, await come_in("https://a 1", None, device=""))
    with pytest.raises(NotLinkedError):
        await come_in("https://a 2", "sanne@uwv.example", device="")


async def test_through_their_organisation_the_second_factor_is_asked_as_well(
    counter: Counter, clock: SettableClock
) -> None:
    opened = await hire(counter, new_member())
    await enrol(counter, opened, clock())
    half = await counter.logins.log_in_by_provider("https://a 1", "sanne@uwv.example", device="")
    assert half.duty is Duty.CONFIRM


async def look(counter: Counter, conversation: str) -> None:
    [member] = await counter.staff.members()
    await counter.staff.record(member.id, StaffEvent.LOOKED, conversation_id=conversation)


async def test_a_person_reads_who_looked_by_first_name_and_organisation(
    counter: Counter, new_conversation: NewConversation, clock: SettableClock
) -> None:
    await counter.staff.add(replace(new_member(), name="Sanne de Wit"))
    conversation = await new_conversation()
    await look(counter, conversation)
    [seen] = (await counter.conversations.export(conversation))["looks"]
    assert seen == {
        "at": clock().isoformat(),
        "first_name": "Sanne",
        "organisation": "UWV Haarlem",
        "roles": ["coach"],
        "what": "looked",
        "about": [],
    }
    with pytest.raises(UnknownConversationError):
        await look(counter, "een ander")


async def test_who_is_erased_is_no_longer_named_in_what_staff_did(
    counter: Counter, database: Database, two_conversations: Any, new_conversation: NewConversation
) -> None:
    await counter.staff.add(new_member())
    [member] = await counter.staff.members()
    first, second = await two_conversations()
    stranger = await new_conversation()
    for conversation in (first, second, stranger):
        await look(counter, conversation)
    async with database.reading() as session:
        [person, _, other] = await session.scalars(
            select(StaffEventRow.person_id)
            .where(StaffEventRow.person_id.is_not(None))
            .order_by(StaffEventRow.id)
        )
    await counter.staff.record(member.id, StaffEvent.LOOKED, person_id=person)

    async def named() -> list[str | None]:
        async with database.reading() as session:
            return list(
                await session.scalars(
                    select(StaffEventRow.person_id)
                    .where(StaffEventRow.event == StaffEvent.LOOKED)
                    .order_by(StaffEventRow.id)
                )
            )

    await counter.conversations.erase(first)
    assert await named() == [None, person, other, person]
    await counter.people.ask_erasure(second)
    await counter.people.erase(second)
    assert await named() == [None, None, other, None]


async def test_hiring_leaves_a_trail(counter: Counter, database: Database) -> None:
    opened = await hire(counter, new_member())
    await counter.logins.log_out(opened.token)
    await counter.logins.log_out(opened.token)
    assert await events(database) == [
        StaffEvent.ADDED,
        StaffEvent.LOGGED_IN,
        StaffEvent.PASSWORD_CHANGED,
        StaffEvent.LOGGED_IN,
        StaffEvent.LOGGED_OUT,
    ]


async def test_two_changes_of_a_password_at_once_end_with_one_of_them(
    counter: Counter, database: Database, clock: SettableClock
) -> None:
    session = await whose(counter, await hire(counter, new_member()))
    services = [CredentialService(database, clock, cheap_passwords()) for _ in range(2)]
    words = ("vier losse woorden samen", "nog vier andere woorden")
    pairs = iter(zip(services, words, strict=True))

    async def change() -> OpenedSession:
        service, new = next(pairs)
        return await service.change_password(session, PASSWORD, new, device="")

    assert await outcomes(2, change) == ["OpenedSession", "WrongCredentialsError"]
    opening = iter(words)
    assert await outcomes(2, lambda: log_in(counter, next(opening))) == [
        "OpenedSession",
        "WrongCredentialsError",
    ]
