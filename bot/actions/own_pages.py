"""The way from a conversation to the person's own pages."""

from bot.actions.turn import Turn
from counter.services import Counter
from counter.visits.model import PAGES

# The chat and the page of the website bring the key of the conversation along by themselves.
_BRINGS_KEY = "website"


async def link_to(counter: Counter, turn: Turn, page: str) -> str:
    """Return what opens one of the person's own pages from where they talk, such as `paspoort`.

    In a chat app it is a secret link, which opens once; an earlier one opens nothing any more. Empty
    when nobody knows where the counter's pages are.
    """
    if turn.channel == _BRINGS_KEY:
        return f"{PAGES}/{page}"
    return await counter.visits.link(turn.conversation_id, page) or ""
