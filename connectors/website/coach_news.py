"""How it stands with a coach, for who reads a conversation on the website."""

from dataclasses import dataclass

from aiohttp import web

from counter.conversations.model import Owner
from counter.opening.service import ProspectService
from counter.referrals.service import ReferralService

REFERRALS = web.AppKey("referrals", ReferralService)
PROSPECTS = web.AppKey("prospects", ProspectService)


@dataclass(frozen=True, kw_only=True)
class Queue:
    """Where somebody stands in line, from 1, and about how many minutes it takes; None when nobody knows."""

    place: int
    minutes: int | None


@dataclass(frozen=True, kw_only=True)
class CoachNews:
    """What a person is told beside the messages: their place in line, or the name of their coach."""

    queue: Queue | None = None
    coach: str | None = None


async def coach_news(app: web.Application, conversation_id: str, owner: Owner) -> CoachNews:
    """Return how it stands; nothing is asked of the database while Noor alone answers."""
    if owner is Owner.BOT:
        return CoachNews()
    standing = await app[REFERRALS].standing(conversation_id)
    if owner is Owner.COACH:
        return CoachNews(coach=standing.coach)
    if standing.place is None:
        return CoachNews()
    prospect = await app[PROSPECTS].of(standing.region, standing.place)
    return CoachNews(queue=Queue(place=standing.place, minutes=prospect.wait_minutes))
