"""What somebody thinks of an answer; no framework."""

from dataclasses import dataclass

MAX_REASON = 500
"""Characters in a reason: some sentences, not a letter."""


@dataclass(frozen=True, kw_only=True)
class Rating:
    """Whether the message at `seq` helped, and the person's own words about it."""

    seq: int
    is_helpful: bool
    reason: str | None = None


class NotAnAnswerError(LookupError):
    """There is nothing of Noor's at this place in the conversation."""
