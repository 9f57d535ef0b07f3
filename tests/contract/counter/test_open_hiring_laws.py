"""Whatever people, employers and the clock do in whatever order: first come, first served, on both databases.

ACCEPTED model in memory keeps who stands where. It is written from the rules, not from the code.
"""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from counter.database import Database
from counter.employers.model import Employer
from counter.job_drafts.model import SubmitJob
from counter.open_hiring.model import (
    AlreadyOnListError,
    JobClosedError,
    JobQuery,
    NoFreePlaceError,
    NotAcceptedError,
    NotOfferedError,
    SignUpState,
)
from counter.places.gazetteer import Gazetteer
from counter.services import Counter, open_counter
from skills_taxonomy import Taxonomy
from tests.contract.counter.conftest import SettableClock
from tests.contract.counter.test_open_hiring import a_sign_up, an_introduction
from tests.support.databases import Databases
from tests.support.words import plain_words

PEOPLE, JOBS = 4, 2
REFUSALS = (AlreadyOnListError, JobClosedError, NoFreePlaceError, NotAcceptedError, NotOfferedError)
people, jobs = st.integers(0, PEOPLE - 1), st.integers(0, JOBS - 1)
WAITING, OFFERED, ACCEPTED = SignUpState.WAITING, SignUpState.OFFERED, SignUpState.ACCEPTED


@dataclass
class Line:
    """One job as the rules say it stands; `spots` are in order of sign-up."""

    free: int
    is_open: bool = True
    spots: list["Spot"] = field(default_factory=list)

    def give_out(self, until: datetime) -> None:
        """Offer each free place to who waits longest."""
        for spot in [spot for spot in self.spots if spot.state is WAITING][: self.free]:
            spot.state, spot.until = OFFERED, until
            self.free -= 1

    def back(self) -> None:
        self.free += self.is_open


@dataclass
class Spot:
    number: str
    person: int
    state: SignUpState = WAITING
    until: datetime | None = None


class Hiring(RuleBasedStateMachine):
    """A counter with four people and two jobs of one employer, each job with one place to begin with."""

    databases: Databases
    taxonomy: Taxonomy
    backend: str

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.clock = SettableClock(datetime(2026, 11, 23, 9, 0, tzinfo=UTC))
        self.database = Database.open(self.databases.migrated(self.backend))
        self.counter: Counter = open_counter(
            self.database, self.taxonomy, Gazetteer([]), self.clock, wording=plain_words
        )
        self.steps = 0
        self.employer = self.run(self.counter.conversations.open("website")).id
        self.talks = [self.run(self.counter.conversations.open("website")).id for _ in range(PEOPLE)]
        self.drafts = [self.run(self._offer(f"Baan {index}")) for index in range(JOBS)]
        own = {job.number: job.job.id for job in self.run(self.counter.employer_jobs.jobs_of(self.employer))}
        self.ids = [own[number] for number in self.drafts]
        self.lines = [Line(free=1) for _ in range(JOBS)]

    def teardown(self) -> None:
        self.runner.run(self.database.close())
        self.runner.close()

    def run[T](self, work: Coroutine[Any, Any, T]) -> T:
        return self.runner.run(work)

    def attempt(self, work: Coroutine[Any, Any, object]) -> bool:
        """Do something that may be refused; a refusal changes nothing, which the invariants see."""
        try:
            self.runner.run(work)
        except REFUSALS:
            return False
        return True

    async def _offer(self, title: str) -> str:
        receipt = await self.counter.job_drafts.submit(
            SubmitJob(
                conversation_id=self.employer,
                message_id=title,
                employer=Employer(name="Bakkerij Jansen"),
                title=title,
                place="Zaandam",
                hours_min=24,
                hours_max=32,
                practical_needs=(),
                open_places=1,
                name="Kees",
            )
        )
        await self.counter.job_drafts.approve(receipt.number, adviser="Mila")
        return receipt.number

    @property
    def until(self) -> datetime:
        return self.counter.open_hiring._offer_ends()

    def _spot(self, job: int, person: int, *states: SignUpState) -> Spot | None:
        return next(
            (spot for spot in self.lines[job].spots if spot.person == person and spot.state in states), None
        )

    @rule(job=jobs, person=people)
    def sign_up(self, job: int, person: int) -> None:
        line, self.steps = self.lines[job], self.steps + 1
        command = a_sign_up(self.talks[person], job_id=self.ids[job], message_id=f"m{self.steps}")
        is_welcome = line.is_open and self._spot(job, person, WAITING, OFFERED) is None
        try:
            place = self.run(self.counter.open_hiring.sign_up(command))
        except REFUSALS:
            assert not is_welcome
        else:
            assert is_welcome
            line.spots.append(Spot(place.number, person))
            line.give_out(self.until)

    def _standing(self, *states: SignUpState) -> list[tuple[int, Spot]]:
        """Return who stands in one of these states, each with the number of the job."""
        return [
            (job, spot)
            for job, line in enumerate(self.lines)
            for spot in line.spots
            if spot.state in states and spot.person >= 0
        ]

    @precondition(lambda self: self._standing(WAITING, OFFERED))
    @rule(pick=st.integers(0, 7), is_late=st.booleans())
    def accept(self, pick: int, *, is_late: bool) -> None:
        standing = self._standing(OFFERED) or self._standing(WAITING)
        job, spot = standing[pick % len(standing)]
        if is_late and spot.until is not None:
            self.clock.now = max(self.clock.now, spot.until)
            self.clock.advance(seconds=1)
        is_in_time = spot.state is OFFERED and spot.until is not None and self.clock.now <= spot.until
        taking = self.counter.open_hiring.accept(spot.number, self.talks[spot.person], an_introduction())
        assert self.attempt(taking) is is_in_time
        if is_in_time:
            spot.state = ACCEPTED
        elif spot.state is OFFERED:
            spot.state = SignUpState.EXPIRED
            self.lines[job].back()
            self.lines[job].give_out(self.until)

    @precondition(lambda self: self._standing(WAITING, OFFERED))
    @rule(pick=st.integers(0, 7))
    def pass_on(self, pick: int) -> None:
        standing = self._standing(WAITING, OFFERED)
        job, spot = standing[pick % len(standing)]
        passing = self.counter.open_hiring.pass_on(spot.number, self.talks[spot.person])
        assert self.attempt(passing) is (spot.state is OFFERED)
        if spot.state is OFFERED:
            spot.state = SignUpState.PASSED
            self.lines[job].back()
            self.lines[job].give_out(self.until)

    @rule(job=jobs, person=people)
    def leave(self, job: int, person: int) -> None:
        spot = self._spot(job, person, WAITING, OFFERED)
        if spot is not None:
            self.run(self.counter.open_hiring.leave(spot.number, self.talks[person]))
            self._gone(job, spot)

    def _gone(self, job: int, spot: Spot) -> None:
        if spot.state is OFFERED:
            self.lines[job].back()
        spot.state = SignUpState.LEFT
        self.lines[job].give_out(self.until)

    @rule(person=people)
    def erase(self, person: int) -> None:
        """Erase somebody, who comes back as somebody new."""
        self.run(self.counter.conversations.erase(self.talks[person]))
        self.run(self.counter.open_hiring.keep_lists_moving())
        self.talks[person] = self.run(self.counter.conversations.open("website")).id
        self._time_is_up()
        for job in range(JOBS):
            for spot in self.lines[job].spots:
                if spot.person == person:
                    if spot.state in {WAITING, OFFERED}:
                        self._gone(job, spot)
                    spot.person = -1 - self.steps

    @rule(job=jobs)
    def free_a_place(self, job: int) -> None:
        seen = next(own.freed for own in self._own() if own.number == self.drafts[job])
        freeing = self.counter.employer_jobs.free_place(self.drafts[job], self.employer, freed_before=seen)
        assert self.attempt(freeing) is self.lines[job].is_open
        self.lines[job].back()
        self.lines[job].give_out(self.until)

    @rule(job=jobs)
    def withdraw_a_place(self, job: int) -> None:
        line = self.lines[job]
        work = self.counter.employer_jobs.withdraw_place(
            self.drafts[job], self.employer, free_before=line.free
        )
        assert self.attempt(work) is (line.free > 0)
        line.free = max(0, line.free - 1)

    @precondition(lambda self: self._standing(ACCEPTED))
    @rule(pick=st.integers(0, 7), what=st.sampled_from(["started", "absent", "gone"]))
    def tell_what_came_of_it(self, pick: int, what: str) -> None:
        standing = self._standing(ACCEPTED)
        job, spot = standing[pick % len(standing)]
        line = self.lines[job]
        assert self.attempt(getattr(self.counter.employer_jobs, what)(spot.number, self.employer))
        if what == "started":
            spot.state = SignUpState.STARTED
        elif what == "absent":
            spot.state = SignUpState.ABSENT
            line.back()
        else:
            is_back = line.is_open and self._spot(job, spot.person, WAITING, OFFERED) is None
            spot.state, spot.until = (WAITING if is_back else SignUpState.ENDED), None
        line.give_out(self.until)

    @precondition(lambda self: any(line.spots for line in self.lines))
    @rule(job=jobs)
    def close(self, job: int) -> None:
        self.run(self.counter.employer_jobs.close(self.drafts[job], self.employer))
        line = self.lines[job]
        line.is_open, line.free = False, 0
        for spot in line.spots:
            spot.state = SignUpState.ENDED if spot.state is WAITING else spot.state

    @rule(hours=st.sampled_from([1, 30, 80]))
    def time_goes_by(self, hours: int) -> None:
        self.clock.advance(hours=hours)
        self.run(self.counter.open_hiring.keep_lists_moving())
        self._time_is_up()

    def _time_is_up(self) -> None:
        for line in self.lines:
            for spot in line.spots:
                if spot.state is OFFERED and spot.until is not None and spot.until < self.clock.now:
                    spot.state = SignUpState.EXPIRED
                    line.back()
            line.give_out(self.until)

    def _own(self) -> Any:
        return self.run(self.counter.employer_jobs.jobs_of(self.employer))

    @invariant()
    def everybody_stands_where_the_rules_say(self) -> None:
        for job, line in zip(self.ids, self.lines, strict=True):
            listed = self.run(self.counter.open_hiring.list_of(job))
            assert [(one.place.number, one.place.state) for one in listed] == [
                (spot.number, spot.state) for spot in line.spots
            ]
            positions = [one.place.position for one in listed if one.place.state is WAITING]
            assert positions == list(range(1, len(positions) + 1))

    @invariant()
    def no_place_is_given_twice_and_none_is_lost(self) -> None:
        """Every place that came free is free, kept for one person, taken by one, or taken away."""
        for own in self._own():
            line = self.lines[self.drafts.index(own.number)]
            kept = sum(spot.state is OFFERED for spot in line.spots)
            assert (own.free, own.offered, own.is_open) == (line.free, kept, line.is_open)
            assert own.free == 0 or own.waiting == 0

    @invariant()
    def the_employer_sees_nobody_who_did_not_take_a_place(self) -> None:
        for own in self._own():
            line = self.lines[self.drafts.index(own.number)]
            takers = [
                spot.number
                for spot in line.spots
                if spot.state in {ACCEPTED, SignUpState.STARTED} and spot.person >= 0
            ]
            assert [comer.number for comer in own.comers] == takers

    @invariant()
    def the_trail_plays_to_the_same_list(self) -> None:
        for job in self.ids:
            audit = self.run(self.counter.open_hiring.audit(job))
            assert audit.faults == ()

    @invariant()
    def a_closed_job_is_found_by_nobody(self) -> None:
        found = self.run(self.counter.open_hiring.search(JobQuery(), limit=10))
        is_open = {job for job, line in zip(self.ids, self.lines, strict=True) if line.is_open}
        assert {hit.job.id for hit in found.hits} == is_open


@pytest.mark.parametrize(("backend", "examples"), [("sqlite", 15), ("postgresql", 5)])
def test_first_come_is_first_served_whatever_happens(
    databases: Databases, taxonomy: Taxonomy, backend: str, examples: int
) -> None:
    Hiring.databases, Hiring.taxonomy, Hiring.backend = databases, taxonomy, backend
    run_state_machine_as_test(
        Hiring,
        settings=settings(
            max_examples=examples,
            stateful_step_count=25,
            deadline=None,
            # Each step is a transaction: making a failure shorter takes minutes, and its steps are printed.
            phases=[Phase.explicit, Phase.reuse, Phase.generate],
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )
