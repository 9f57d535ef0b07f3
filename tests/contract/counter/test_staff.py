"""Staff log in and nobody else does: tries, codes, sessions, and what is kept of what they looked at."""

import pyotp
import pytest
from sqlalchemy import select

from counter.database import Database
from counter.services import Counter
from counter.staff.model import (
    FIRST_WAIT,
    FREE_TRIES,
    IDLE,
    LIFETIME,
    LONGEST_WAIT,
    PENDING,
    Duty,
    SessionEndedError,
    StaffEvent,
    TooManyTriesError,
    WrongCredentialsError,
)
from counter.staff.storage import StaffSessionRow
from tests.contract.counter.conftest import SettableClock
from tests.support.staff import PASSWORD, enrol, events, hire, is_in, log_in, new_member, outcomes, whose


async def test_of_fifty_guesses_at_once_no_more_are_looked_at_than_in_a_row(
    counter: Counter, database: Database
) -> None:
    await hire(counter, new_member())
    told = await outcomes(50, lambda: log_in(counter, "fout"))
    assert told == ["TooManyTriesError"] * (50 - FREE_TRIES) + ["WrongCredentialsError"] * FREE_TRIES
    assert (await events(database)).count(StaffEvent.LOGIN_FAILED) == FREE_TRIES
    with pytest.raises(TooManyTriesError):
        await log_in(counter)


@pytest.mark.parametrize("username", ["sanne", "niemand"])
async def test_who_goes_on_guessing_waits_ever_longer(
    counter: Counter, clock: SettableClock, username: str
) -> None:
    await hire(counter, new_member())

    async def guess() -> None:
        with pytest.raises(WrongCredentialsError):
            await counter.logins.log_in(username, "fout", device="")

    for _ in range(FREE_TRIES):
        await guess()
    wait = FIRST_WAIT
    for _ in range(8):
        with pytest.raises(TooManyTriesError) as told:
            await counter.logins.log_in(username, "fout", device="")
        assert told.value.wait == min(wait, LONGEST_WAIT)
        clock.now += told.value.wait
        await guess()
        wait *= 2


async def test_after_the_wait_the_right_password_opens_and_begins_anew(
    counter: Counter, clock: SettableClock, database: Database
) -> None:
    await hire(counter, new_member())
    await outcomes(FREE_TRIES, lambda: log_in(counter, "fout"))
    assert StaffEvent.LOCKED in await events(database)
    clock.now += FIRST_WAIT
    assert await is_in(counter, await log_in(counter))
    with pytest.raises(WrongCredentialsError):
        await log_in(counter, "fout")
    assert await is_in(counter, await log_in(counter))


async def test_a_code_of_the_app_works_once_also_when_two_send_it_together(
    counter: Counter, clock: SettableClock
) -> None:
    secret, _ = await enrol(counter, await hire(counter, new_member()), clock())
    clock.advance(seconds=60)
    code = pyotp.TOTP(secret).at(clock())
    halves = [await log_in(counter) for _ in range(4)]
    assert {half.duty for half in halves} == {Duty.CONFIRM}
    tokens = iter(half.token for half in halves)
    told = await outcomes(4, lambda: counter.logins.confirm(next(tokens), code, device=""))
    assert told == ["OpenedSession", *["WrongCredentialsError"] * 3]


async def test_a_code_that_began_it_does_not_open_it(counter: Counter, clock: SettableClock) -> None:
    secret, _ = await enrol(counter, await hire(counter, new_member()), clock())
    half = await log_in(counter)
    with pytest.raises(WrongCredentialsError):
        await counter.logins.confirm(half.token, pyotp.TOTP(secret).at(clock()), device="")


async def test_guessing_codes_is_stopped_too(counter: Counter, clock: SettableClock) -> None:
    await enrol(counter, await hire(counter, new_member()), clock())
    half = await log_in(counter)
    told = await outcomes(20, lambda: counter.logins.confirm(half.token, "12345", device=""))
    assert told.count("WrongCredentialsError") == FREE_TRIES
    # The password, though right, gives no new tries.
    half = await log_in(counter)
    with pytest.raises(TooManyTriesError):
        await counter.logins.confirm(half.token, "12345", device="")


async def test_a_code_on_paper_works_once(counter: Counter, clock: SettableClock, database: Database) -> None:
    _, papers = await enrol(counter, await hire(counter, new_member()), clock())
    assert len(set(papers)) == 10
    half = await log_in(counter)
    opened = await counter.logins.confirm(half.token, papers[3].lower().replace("-", " "), device="")
    assert opened.duty is None
    assert StaffEvent.RECOVERY_CODE_USED in await events(database)
    half = await log_in(counter)
    with pytest.raises(WrongCredentialsError):
        await counter.logins.confirm(half.token, papers[3], device="")
    assert (await counter.staff.accounts())[0].recovery_codes == 9


async def test_half_a_log_in_opens_nothing_and_does_not_last(counter: Counter, clock: SettableClock) -> None:
    secret, _ = await enrol(counter, await hire(counter, new_member()), clock())
    half = await log_in(counter)
    assert (await whose(counter, half)).duty is Duty.CONFIRM
    clock.now += PENDING
    with pytest.raises(SessionEndedError):
        await counter.logins.confirm(half.token, pyotp.TOTP(secret).at(clock()), device="")


async def test_a_session_ends_when_nobody_is_there_and_after_a_working_day(
    counter: Counter, clock: SettableClock
) -> None:
    await hire(counter, new_member())
    left_alone, used = await log_in(counter), await log_in(counter)
    clock.now += IDLE / 2
    assert await is_in(counter, used)
    clock.now += IDLE / 2
    assert await is_in(counter, used)
    assert not await is_in(counter, left_alone)
    clock.now += LIFETIME - IDLE
    assert not await is_in(counter, used)


async def test_a_page_that_is_only_open_lets_a_session_run_out(
    counter: Counter, clock: SettableClock
) -> None:
    opened = await hire(counter, new_member())
    clock.now += IDLE / 2
    assert await counter.logins.lasts(opened.token)
    clock.now += IDLE / 2
    assert not await counter.logins.lasts(opened.token)
    assert not await is_in(counter, opened)


async def test_only_the_hash_of_a_key_is_kept(counter: Counter, database: Database) -> None:
    opened = await hire(counter, new_member())
    async with database.reading() as session:
        [row] = await session.scalars(select(StaffSessionRow))
    assert len(opened.token) >= 43
    assert opened.token not in vars(row).values()


async def test_somebody_ends_their_own_sessions_and_no_other(counter: Counter) -> None:
    await hire(counter, new_member("bas"))
    other = await counter.logins.log_in("bas", PASSWORD, device="")
    await hire(counter, new_member())
    here, there, elsewhere = [await log_in(counter, device=name) for name in ("Hier", "Daar", "Elders")]
    session = await whose(counter, here)
    member = session.member
    listed = {one.device: one.id for one in await counter.logins.sessions(member.id)}
    await counter.logins.end_session(member.id, listed["Daar"])
    await counter.logins.end_session(member.id, (await whose(counter, other)).id)
    assert [await is_in(counter, one) for one in (here, there, elsewhere, other)] == [True, False, True, True]
    await counter.logins.end_other_sessions(member.id, session.id)
    assert [await is_in(counter, one) for one in (here, elsewhere, other)] == [True, False, True]
