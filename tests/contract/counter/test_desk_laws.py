"""Whatever coaches, people and the clock do in whatever order: one coach at most, and nobody is lost."""

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import select

from counter.conversations.model import Content, Owner
from counter.conversations.storage import ConversationRow
from counter.database import Database
from counter.desk.model import (
    AlreadyClaimedError,
    NotOfferedError,
    NotYoursError,
    Outcome,
    ReferralClosedError,
)
from counter.desk.overview import Filters, desk_of
from counter.desk.sight import NotForYouError, Sight, Standing, sight
from counter.desk.sight_storage import standing_of
from counter.places.gazetteer import Gazetteer
from counter.referrals.model import OpenReferral, Reason, Slot
from counter.referrals.rows import ReferralEventRow, ReferralRow
from counter.referrals.states import ReferralState, StepNotPossibleError
from counter.services import Counter, open_counter
from skills_taxonomy import Taxonomy
from tests.contract.counter.conftest import SettableClock
from tests.support.databases import Databases
from tests.support.staff import a_coach
from tests.support.words import plain_words

PEOPLE = 3
COACHES = [a_coach("Sanne"), a_coach("Piet"), a_coach("Els", organisation="UWV Zaandam")]
REFUSALS = (
    AlreadyClaimedError,
    NotForYouError,
    NotOfferedError,
    NotYoursError,
    ReferralClosedError,
    StepNotPossibleError,
)
coaches, people = st.sampled_from(COACHES), st.integers(0, PEOPLE - 1)


class Desk(RuleBasedStateMachine):
    """A counter with three people and three coaches."""

    databases: Databases
    taxonomy: Taxonomy

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.clock = SettableClock(datetime(2026, 11, 23, 9, 0, tzinfo=UTC))
        self.database = Database.open(self.databases.migrated("sqlite"))
        self.counter: Counter = open_counter(
            self.database, self.taxonomy, Gazetteer([]), self.clock, wording=plain_words
        )
        self.conversations = [
            self.runner.run(self.counter.conversations.open("website")).id for _ in range(PEOPLE)
        ]
        self.numbers = [self.run(self._ask(person)) for person in range(PEOPLE)]
        self.asked = PEOPLE

    def teardown(self) -> None:
        self.runner.run(self.database.close())
        self.runner.close()

    def run[T](self, work: Coroutine[Any, Any, T]) -> T:
        return self.runner.run(work)

    def attempt(self, work: Coroutine[Any, Any, object]) -> None:
        """Do something that may be refused; a refusal changes nothing, which the invariants see."""
        with suppress(*REFUSALS):
            self.runner.run(work)

    async def _ask(self, person: int, message_id: str = "m0") -> str:
        command = OpenReferral(
            conversation_id=self.conversations[person],
            message_id=message_id,
            reason=Reason.ASKED,
            phone="+31612345678",
        )
        return (await self.counter.referrals.open(command)).number

    @rule(person=people)
    def ask_again(self, person: int) -> None:
        self.numbers[person] = self.run(self._ask(person, f"m{self.asked}"))
        self.asked += 1

    @rule(person=people)
    def write(self, person: int) -> None:
        self.run(self.counter.conversations.receive(self.conversations[person], Content(text="hallo")))

    @rule(person=people)
    def cancel(self, person: int) -> None:
        self.run(self.counter.referrals.cancel(self.numbers[person], self.conversations[person]))

    @rule(person=people)
    def leave(self, person: int) -> None:
        self.run(self.counter.referrals.leave_coach(self.conversations[person]))

    @rule(person=people, coach=coaches)
    def claim(self, person: int, coach: Any) -> None:
        self.attempt(self.counter.desk.claim(self.numbers[person], coach))

    @rule(person=people, coach=coaches)
    def release(self, person: int, coach: Any) -> None:
        self.attempt(self.counter.desk.release(self.numbers[person], coach))

    @rule(person=people, coach=coaches)
    def say(self, person: int, coach: Any) -> None:
        self.attempt(self.counter.desk.say(self.numbers[person], coach, "dag", client_id=str(self.asked)))

    @rule(person=people, coach=coaches, other=coaches, is_to_organisation=st.booleans())
    def offer(self, person: int, coach: Any, other: Any, *, is_to_organisation: bool) -> None:
        to = {"to_organisation": other.organisation} if is_to_organisation else {"to_coach": other}
        self.attempt(self.counter.desk.offer(self.numbers[person], coach, **to))

    @rule(person=people, coach=coaches)
    def decline(self, person: int, coach: Any) -> None:
        self.attempt(self.counter.desk.decline(self.numbers[person], coach))

    @rule(person=people, coach=coaches)
    def hand_back(self, person: int, coach: Any) -> None:
        self.attempt(self.counter.desk.hand_back(self.numbers[person], coach))

    @rule(person=people, coach=coaches)
    def close(self, person: int, coach: Any) -> None:
        self.attempt(self.counter.desk.close(self.numbers[person], coach, Outcome.HELPED))

    @rule(person=people, by_coach=st.none() | coaches)
    def plan_call_back(self, person: int, by_coach: Any) -> None:
        start = self.clock() + timedelta(hours=1)
        slot = Slot(start=start, end=start + timedelta(hours=1))
        number, conversation = self.numbers[person], self.conversations[person]
        if by_coach is None:
            self.attempt(self.counter.referrals.plan_call_back(number, conversation, slot))
        else:
            self.attempt(self.counter.desk.plan_call_back(number, by_coach, slot, phone="+31612345678"))

    @rule(minutes=st.sampled_from([1, 5, 30, 24 * 60]))
    def time_goes_by(self, minutes: int) -> None:
        self.clock.advance(minutes=minutes)
        self.run(self.counter.upkeep.look())

    async def _rows(self) -> tuple[list[ReferralRow], dict[str, str], list[ReferralEventRow]]:
        async with self.database.reading() as session:
            rows = list(await session.scalars(select(ReferralRow).order_by(ReferralRow.id)))
            talks = await session.execute(select(ConversationRow.id, ConversationRow.owner))
            events = list(await session.scalars(select(ReferralEventRow).order_by(ReferralEventRow.id)))
            return rows, {row.id: row.owner for row in talks}, events

    @invariant()
    def who_speaks_is_who_has_the_person(self) -> None:
        rows, owners, _ = self.run(self._rows())
        open_rows = [row for row in rows if row.closed_at is None]
        for index, conversation in enumerate(self.conversations):
            mine = [row for row in open_rows if row.conversation_id == conversation]
            assert len(mine) <= 1, index
            expected = Owner.BOT
            if mine:
                expected = Owner.COACH if mine[0].coach_id else Owner.WAITING
            assert owners[conversation] == expected

    @invariant()
    def a_state_means_what_it_says(self) -> None:
        rows, _, _ = self.run(self._rows())
        for row in rows:
            state = ReferralState(row.state)
            if row.closed_at is None:
                has_coach = row.coach_id is not None
                assert has_coach is (state is ReferralState.WITH_COACH) or state is ReferralState.OFFERED
                assert (row.offered_until is not None) is (state is ReferralState.OFFERED)
                assert (row.call_back_from is not None) is (state is ReferralState.CALL_BACK)
            else:
                assert state in {
                    ReferralState.CLOSED,
                    ReferralState.CANCELLED,
                    ReferralState.HANDED_BACK,
                }

    async def _standings(self) -> dict[str, Standing]:
        async with self.database.reading() as session:
            rows = await session.scalars(select(ReferralRow))
            return {row.number: await standing_of(session, row) for row in rows.all()}

    @invariant()
    def lists_hold_whom_a_coach_may_see(self) -> None:
        standings = self.run(self._standings())
        lines = self.run(self.counter.desk_reader.open_lines())
        # The rule looks at a line as at the row itself.
        assert all(line.standing == standings[line.number] for line in lines)
        for coach in COACHES:
            desk = desk_of(coach, lines)
            on_lists = {line.number for line in (*desk.offered, *desk.waiting, *desk.mine, *desk.call_backs)}
            assert all(sight(coach, standings[number]) is Sight.HELPING for number in on_lists)
            done = self.run(self.counter.desk_reader.done(Filters(), coach))
            over = {number for number, standing in standings.items() if standing.is_over}
            seen = {number for number in over if sight(coach, standings[number]) is not Sight.NOTHING}
            assert {line.number for line in done.lines} == seen
            assert done.total == len(seen)

    @invariant()
    def there_is_always_somebody_who_may_help(self) -> None:
        for standing in self.run(self._standings()).values():
            assert standing.is_over or any(sight(coach, standing) is Sight.HELPING for coach in COACHES)

    @invariant()
    def everything_that_happened_stands_in_the_trail(self) -> None:
        rows, _, events = self.run(self._rows())
        for row in rows:
            trail = [event for event in events if event.referral_id == row.id]
            ended = [e for e in trail if e.event in {"closed", "cancelled", "handed_back"}]
            assert len(ended) == (row.closed_at is not None)
            assert not ended or ended[0] is trail[-1]
            by_staff = {"claimed", "accepted", "released", "handed_back", "closed", "declined"}
            assert all(event.staff_id for event in trail if event.event in by_staff)


def test_one_coach_at_most_has_somebody_and_nobody_is_lost(databases: Databases, taxonomy: Taxonomy) -> None:
    Desk.databases, Desk.taxonomy = databases, taxonomy
    run_state_machine_as_test(
        Desk,
        settings=settings(
            max_examples=15,
            stateful_step_count=30,
            deadline=None,
            # Each step is a transaction: making a failure shorter takes minutes, and its steps are printed.
            phases=[Phase.explicit, Phase.reuse, Phase.generate],
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )
