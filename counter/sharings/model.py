"""What a person let the counter pass on; no framework."""

from dataclasses import dataclass
from datetime import datetime

from counter.people.model import Detail


@dataclass(frozen=True, kw_only=True)
class Sharing:
    """Details of a person that went to somebody outside the counter; their values stand where they are used.

    `number` is the receipt they belong to, `consent` the question to which the person said yes.
    """

    recipient: str
    details: tuple[Detail, ...]
    number: str
    consent: str
    at: datetime
