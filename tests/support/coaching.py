"""A coach in tests, at the desk, with one person."""

from collections.abc import Mapping

from counter.desk.model import Outcome
from counter.people.model import Detail
from counter.referrals.model import OpenReferral, Reason
from counter.services import Counter
from counter.tasks.model import Assignment
from tests.support.staff import a_coach


class Coach:
    """Takes a conversation over, talks, and hands it back."""

    def __init__(self, counter: Counter, conversation_id: str) -> None:
        self._desk = counter.desk
        self._referrals = counter.referrals
        self._conversation_id = conversation_id
        self._member = a_coach("Sanne")
        self._said = 0
        self.number = ""

    async def takes_over(self) -> None:
        """Have the conversation alone; the person asked for it."""
        asked = OpenReferral(
            conversation_id=self._conversation_id, message_id="gevraagd", reason=Reason.ASKED
        )
        self.number = (await self._referrals.open(asked)).number
        await self._desk.claim(self.number, self._member)

    async def says(self, text: str) -> None:
        """Say something to the person."""
        self._said += 1
        await self._desk.say(self.number, self._member, text, client_id=str(self._said))

    async def closes(self) -> None:
        """End the help."""
        await self._desk.close(self.number, self._member, Outcome.HELPED)

    async def hands_back(
        self, assignment: Assignment | None = None, *, facts: Mapping[Detail, str] | None = None
    ) -> None:
        """Hand the conversation back to Noor, with a task or without."""
        await self._desk.hand_back(self.number, self._member, assignment=assignment, facts=facts)
