"""What the rules no longer keep goes, nothing else does, and the report says what the tables show."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from counter.calendar import local_date
from counter.conversations.model import UnknownConversationError
from counter.conversations.storage import ConversationRow
from counter.open_hiring.offer_storage import absent
from counter.open_hiring.storage import sign_up_by_number
from counter.people.storage import PersonRow
from counter.preservations.model import Ground, Preserve
from counter.referrals.model import OpenReferral, Reason
from counter.retention.model import CONVERSATIONS, NotForgottenError, Outcome, Run
from counter.services import Counter
from counter.vouchers.model import Decision
from tests.contract.counter.conftest import NewConversation, SettableClock
from tests.contract.counter.test_open_hiring import a_job, a_sign_up
from tests.contract.counter.test_people import every_stored_value, say, submit_everything, take_place
from tests.contract.counter.test_vouchers import an_application

type TwoConversations = Callable[[], Awaitable[tuple[str, str]]]

YEAR = 366
SECRETS = ("Fatima", "+31612345678", "fatima@example.org", "1506 AB", "gezondheid", "lasser")


class KilledError(BaseException):
    """The process is gone, as `kill -9` has it: nothing is tidied up."""


@dataclass
class Memory:
    """A bot that forgets, as long as it is there."""

    forgotten: list[str] = field(default_factory=list)
    is_away: bool = False
    stubborn: frozenset[str] = frozenset()
    dies_after: int | None = None

    async def forget(self, conversation_id: str) -> None:
        if self.dies_after == len(self.forgotten):
            raise KilledError
        if self.is_away or conversation_id in self.stubborn:
            raise NotForgottenError
        self.forgotten.append(conversation_id)


@dataclass
class Heard:
    """What a run told while it went."""

    deleted: dict[str, int] = field(default_factory=dict)
    failures: list[tuple[str, Exception]] = field(default_factory=list)

    def progressed(self, rule: str, deleted: int) -> None:
        self.deleted[rule] = self.deleted.get(rule, 0) + deleted

    def failed(self, rule: str, error: Exception) -> None:
        self.failures.append((rule, error))


async def run(counter: Counter, memory: Memory | None = None) -> Run:
    done = await counter.retention.run((memory or Memory()).forget, Heard())
    assert done is not None
    return done


def outcome(done: Run, rule: str = CONVERSATIONS) -> Outcome:
    return next(one for one in done.outcomes if one.rule == rule)


async def exists(counter: Counter, conversation_id: str) -> bool:
    try:
        await counter.conversations.transcript(conversation_id)
    except UnknownConversationError:
        return False
    return True


async def close_everything(counter: Counter, conversation_id: str) -> None:
    """Apply, sign up and ask, and have all of it come to nothing."""
    voucher, place, referral = await submit_everything(counter, conversation_id)
    await counter.voucher_desk.decide(voucher, Decision.REJECTED, adviser="jan", reason="Fatima is te laat")
    await take_place(counter, conversation_id, place)
    async with counter.database.session() as session:
        row = await sign_up_by_number(session, place)
        assert row is not None
        assert await absent(session, row, at=counter.clock())
    await counter.referrals.cancel(referral, conversation_id)


async def test_who_was_silent_for_a_year_is_gone_from_every_table_and_from_the_bot(
    counter: Counter, two_conversations: TwoConversations, clock: SettableClock
) -> None:
    one, other = await two_conversations()
    await close_everything(counter, one)
    await say(counter, other, "ik ben Fatima uit Zaandam")
    memory = Memory()
    clock.advance(days=YEAR)
    done = await run(counter, memory)
    assert (outcome(done).due, outcome(done).deleted, done.difference) == (1, 1, 0)
    assert set(memory.forgotten) == {one, other}
    left = await every_stored_value(counter)
    for secret in (*SECRETS, one, other):
        assert secret not in left, secret


async def test_of_who_never_submitted_anything_not_even_the_number_is_left(
    counter: Counter, new_conversation: NewConversation, clock: SettableClock
) -> None:
    await say(counter, await new_conversation(), "hoi")
    clock.advance(days=YEAR)
    done = await run(counter)
    assert outcome(done, "personen").deleted == 1
    async with counter.database.session() as session:
        assert list(await session.scalars(select(PersonRow))) == []


async def test_who_wrote_this_year_keeps_everything_also_what_was_said_long_before(
    counter: Counter, two_conversations: TwoConversations, clock: SettableClock
) -> None:
    one, other = await two_conversations()
    await say(counter, one, "hoi")
    clock.advance(days=300)
    await say(counter, other, "daar ben ik weer")
    clock.advance(days=300)
    memory = Memory()
    done = await run(counter, memory)
    assert (outcome(done).due, memory.forgotten) == (0, [])
    assert await exists(counter, one)


async def _ask_for_a_coach(counter: Counter, conversation_id: str) -> None:
    await counter.referrals.open(
        OpenReferral(conversation_id=conversation_id, message_id="m1", reason=Reason.ASKED)
    )


async def _apply(counter: Counter, conversation_id: str) -> None:
    await counter.vouchers.apply(an_application(conversation_id))


async def _sign_up(counter: Counter, conversation_id: str) -> None:
    await counter.open_hiring.store([a_job()])
    await counter.open_hiring.sign_up(a_sign_up(conversation_id))


@pytest.mark.parametrize("begin", [_ask_for_a_coach, _apply, _sign_up])
async def test_who_has_something_open_is_kept_however_long_ago_they_wrote(
    counter: Counter,
    new_conversation: NewConversation,
    clock: SettableClock,
    begin: Callable[[Counter, str], Awaitable[None]],
) -> None:
    conversation = await new_conversation()
    await say(counter, conversation, "hoi")
    await begin(counter, conversation)
    clock.advance(days=10 * YEAR)
    done = await run(counter)
    assert (outcome(done).due, done.difference) == (0, 0)
    assert await exists(counter, conversation)


async def test_what_came_to_nothing_loses_its_name_while_the_person_stays(
    counter: Counter, new_conversation: NewConversation, clock: SettableClock
) -> None:
    conversation = await new_conversation()
    await close_everything(counter, conversation)
    clock.advance(days=200)
    await say(counter, conversation, "hoi")
    done = await run(counter)
    deleted = {one.rule: one.deleted for one in done.outcomes if one.deleted}
    assert deleted == {"doorverwijzingen": 1, "voucheraanvragen": 1, "aanmeldingen": 1}
    exported = str(await counter.conversations.export(conversation))
    for secret in (*SECRETS[:2], *SECRETS[3:]):
        assert secret not in exported.replace("Fatima is te laat", ""), secret
    # That it happened stays, and counts; as does what was shared.
    assert exported.count("'number'") == 4
    again = await run(counter)
    assert sum(one.due - one.deleted for one in again.outcomes) == 0
    assert {one.rule: one.deleted for one in again.outcomes if one.deleted} == deleted


async def test_an_accepted_place_and_an_awarded_voucher_keep_their_names_while_the_person_is_here(
    counter: Counter, new_conversation: NewConversation, clock: SettableClock
) -> None:
    conversation = await new_conversation()
    voucher, place, _ = await submit_everything(counter, conversation)
    await counter.voucher_desk.decide(voucher, Decision.AWARDED, adviser="jan", reason="goed plan")
    await take_place(counter, conversation, place)
    clock.advance(days=300)
    await run(counter)
    exported = await counter.conversations.export(conversation)
    assert (exported["vouchers"][0]["name"], exported["open_hiring"][0]["name"]) == ("Fatima", "Fatima")


# --- preserving ------------------------------------------------------------------------------


async def keep(counter: Counter, conversation_id: str, days: int, ground: Ground = Ground.HELP) -> None:
    until = local_date(counter.clock()) + timedelta(days=days)
    await counter.preservations.preserve(
        Preserve(conversation_id=conversation_id, ground=ground, why="traject", by="anja", until=until)
    )


async def test_who_is_preserved_stays_until_that_day_is_over_and_is_counted_apart(
    counter: Counter, two_conversations: TwoConversations, clock: SettableClock
) -> None:
    one, other = await two_conversations()
    await close_everything(counter, one)
    clock.advance(days=300)
    await keep(counter, other, 100)
    clock.advance(days=100)
    done = await run(counter)
    assert (outcome(done).due, outcome(done).preserved) == (0, 1)
    # What fades by itself stays as well.
    assert outcome(done, "voucheraanvragen").preserved == 1
    assert await exists(counter, one)
    clock.advance(days=1)
    assert outcome(await run(counter)).deleted == 1
    assert not await exists(counter, one)


async def test_who_is_released_goes_the_next_night(
    counter: Counter, new_conversation: NewConversation, clock: SettableClock
) -> None:
    conversation = await new_conversation()
    clock.advance(days=300)
    await keep(counter, conversation, 300)
    clock.advance(days=100)
    await counter.preservations.release(conversation, by="anja")
    assert outcome(await run(counter)).deleted == 1


# --- looking ---------------------------------------------------------------------------------


async def test_the_preview_tells_what_a_run_deletes_and_changes_nothing(
    counter: Counter, new_conversation: NewConversation, clock: SettableClock
) -> None:
    await close_everything(counter, await new_conversation())
    begun = clock()
    clock.advance(days=YEAR)
    due = await counter.retention.preview()
    assert (due[CONVERSATIONS].count, due[CONVERSATIONS].oldest) == (1, begun)
    assert await counter.retention.preview() == due
    done = await run(counter)
    assert outcome(done).deleted == 1
    assert not any(one.count for one in (await counter.retention.preview()).values())


async def test_more_than_one_batch_goes_in_one_run(
    counter: Counter, new_conversation: NewConversation, clock: SettableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("counter.retention.sweep.BATCH", 2)
    conversations = [await new_conversation() for _ in range(5)]
    for conversation in conversations:
        await close_everything(counter, conversation)
    clock.advance(days=200)
    assert outcome(await run(counter), "voucheraanvragen").deleted == 5
    clock.advance(days=200)
    assert outcome(await run(counter)).deleted == 5


async def test_old_deliveries_and_spent_codes_go_and_new_ones_stay(
    counter: Counter, new_conversation: NewConversation, clock: SettableClock
) -> None:
    await counter.continuations.issue(await new_conversation())
    done = await run(counter)
    assert outcome(done, "codes").deleted == 0
    clock.advance(days=1)
    assert outcome(await run(counter), "codes").deleted == 1


async def test_a_rule_counts_calendar_months_to_the_day(
    counter: Counter, new_conversation: NewConversation, clock: SettableClock
) -> None:
    conversation = await new_conversation()
    moment = datetime(2024, 2, 29, 12, tzinfo=UTC)
    async with counter.database.session() as session:
        await session.execute(update(ConversationRow).values(last_message_at=moment))
    clock.now = datetime(2025, 2, 28, 12, tzinfo=UTC)
    await run(counter)
    assert await exists(counter, conversation)
    clock.now = datetime(2025, 3, 1, 12, tzinfo=UTC)
    await run(counter)
    assert not await exists(counter, conversation)
