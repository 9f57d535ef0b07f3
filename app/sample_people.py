"""People who wait for a coach, made up, so that who just cloned the project sees a desk at work."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from counter.conversations.model import Content
from counter.desk.model import Outcome
from counter.referrals.model import OpenReferral, Reason
from counter.services import Counter
from counter.staff.model import StaffMember

LABEL = "voorbeeld"
_BETWEEN_LINES = timedelta(minutes=1)


@dataclass
class PastClock:
    """A clock that is set to when something is said to have happened."""

    now: datetime

    def __call__(self) -> datetime:
        """Return the moment it was set to."""
        return self.now


def read_people(file: Path) -> list[dict[str, Any]]:
    """Return the people in a file, the first to come first."""
    people: list[dict[str, Any]] = tomllib.loads(file.read_text(encoding="utf-8"))["people"]
    return sorted(people, key=lambda person: -person["ago"])


async def add_sample_people(
    counter: Counter,
    clock: PastClock,
    people: Iterable[Mapping[str, Any]],
    responses: Mapping[str, Any],
    coach: StaffMember,
) -> None:
    """Let each of these people talk, ask for a coach and, when it says so, be helped by this one.

    The `clock` is the one of the `counter`; it shows the present when this begins and ends.
    """
    present = clock.now
    for person in people:
        clock.now = present - timedelta(minutes=person["ago"])
        talking = _Talking(counter, clock, responses, coach)
        await talking.come(person)
    clock.now = present


class _Talking:
    """One of them, and what happens to them."""

    def __init__(
        self, counter: Counter, clock: PastClock, responses: Mapping[str, Any], coach: StaffMember
    ) -> None:
        self._counter = counter
        self._clock = clock
        self._responses = responses
        self._coach = coach

    async def come(self, person: Mapping[str, Any]) -> None:
        """Let somebody talk with Noor and ask for a coach, who helps them when it says how that ended."""
        conversation = (await self._counter.conversations.open("website")).id
        for line in person["talk"]:
            await self._talk(conversation, line["person"], line["noor"])
        details = ("name", "phone", "email", "region", "topic", "language")
        receipt = await self._counter.referrals.open(
            OpenReferral(
                conversation_id=conversation,
                message_id=LABEL,
                reason=Reason(person["reason"]),
                **{detail: person.get(detail) for detail in details},
            )
        )
        await self._counter.desk.label(receipt.number, self._coach, [LABEL])
        if outcome := person.get("outcome"):
            await self._counter.desk.claim(receipt.number, self._coach)
            for seq, line in enumerate(person["with_coach"]):
                await self._help(conversation, receipt.number, line, f"{LABEL}-{seq}")
            await self._counter.desk.close(receipt.number, self._coach, Outcome(outcome))

    async def _talk(self, conversation: str, said: str, name: str) -> None:
        """Store a question together with its answer: the real Noor has nothing to add."""
        self._clock.now += _BETWEEN_LINES
        answer = Content(text=self._responses[name][0]["text"], response=name)
        await self._counter.conversations.receive(conversation, Content(text=said), refusal=answer)

    async def _help(self, conversation: str, number: str, line: Mapping[str, str], client_id: str) -> None:
        self._clock.now += _BETWEEN_LINES
        if "coach" in line:
            await self._counter.desk.say(number, self._coach, line["coach"], client_id=client_id)
        else:
            await self._counter.conversations.receive(conversation, Content(text=line["person"]))
