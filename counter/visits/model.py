"""What a visit to one's own pages is, and how long it lasts; no framework."""

from dataclasses import dataclass
from datetime import timedelta

# Long enough to take the phone out again; whoever finds the link tomorrow has nothing.
LINK_LIFETIME = timedelta(minutes=15)
# Time to read slowly and to be called away; a computer that is left behind closes by itself.
LONGEST_PAUSE = timedelta(hours=2)
LONGEST_VISIT = timedelta(hours=12)

# The pages of the person, and the one where a secret link is used.
PAGES = "/mijn"
OPENING_PAGE = "/mijn/open"


@dataclass(frozen=True, kw_only=True)
class Visit:
    """Somebody looks at their own pages; all their conversations lead to the same pages."""

    conversation_id: str
    """The conversation they came from: what they add belongs to it, and goes when it is erased."""


class UnknownKeyError(LookupError):
    """Nothing can be opened with this link: it is wrong, too old, or was used."""
