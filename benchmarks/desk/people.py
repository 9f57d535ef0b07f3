"""People with a coach, and the keys to both sides of their talk."""

from dataclasses import dataclass

import aiohttp

from counter.clock import utc_now
from counter.database import Database
from counter.places.gazetteer import Gazetteer
from counter.referrals.model import OpenReferral, Reason
from counter.services import Counter, House, open_counter
from counter.staff.model import StaffMember
from skills_taxonomy import Taxonomy
from tests.support.running import RunningLoket
from tests.support.staff import cheap_passwords, hire, new_member, whose
from tests.support.words import plain_words


@dataclass(frozen=True, kw_only=True)
class Talk:
    """One person and their coach."""

    conversation_id: str
    token: str
    number: str
    coach_key: str
    """What the coach's browser shows."""

    @property
    def headers(self) -> dict[str, str]:
        """Return the header that opens the conversation."""
        return {"Authorization": f"Bearer {self.token}"}


async def seat(http: aiohttp.ClientSession, loket: RunningLoket, *, talks: int, coaches: int) -> list[Talk]:
    """Let this many people ask for a coach, and share them out."""
    database = Database.open(loket.database_url)
    counter = open_counter(
        database,
        Taxonomy.load(),
        Gazetteer([]),
        utc_now,
        wording=plain_words,
        house=House(passwords=cheap_passwords()),
    )
    try:
        staff = [await _hired(counter, f"coach-{index}") for index in range(coaches)]
        return [await _taken(http, loket, counter, *staff[index % coaches]) for index in range(talks)]
    finally:
        await database.close()


async def _hired(counter: Counter, username: str) -> tuple[StaffMember, str]:
    opened = await hire(counter, new_member(username))
    return (await whose(counter, opened)).member, opened.token


async def _taken(
    http: aiohttp.ClientSession, loket: RunningLoket, counter: Counter, coach: StaffMember, coach_key: str
) -> Talk:
    async with http.post(f"{loket.url}/api/conversations", json={"channel": "website"}) as response:
        opened = await response.json()
    asked = OpenReferral(conversation_id=opened["id"], message_id="m1", reason=Reason.ASKED)
    number = (await counter.referrals.open(asked)).number
    await counter.desk.claim(number, coach)
    return Talk(conversation_id=opened["id"], token=opened["token"], number=number, coach_key=coach_key)
