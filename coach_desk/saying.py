"""What a coach writes, to the person or for colleagues: cleaned and refused as the person's own words are."""

from enum import StrEnum

from connectors.screening import clean, refusal
from counter.desk.model import NobodyThereError, NotYoursError
from counter.desk.service import DeskService
from counter.staff.model import StaffMember

# An id that a page makes up is a UUID.
MAX_CLIENT_ID = 100


class NotSaid(StrEnum):
    """Why something was not said, besides what `connectors.screening` refuses; a page has the words."""

    EMPTY = "leeg"
    TOO_LONG = "te_lang"
    NOT_YOURS = "niet_van_jou"
    ERASED = "gewist"


async def say(desk: DeskService, number: str, me: StaffMember, text: str, *, client_id: str) -> str | None:
    """Say something to the person; returns why not, or None when it is stored.

    Raises:
        UnknownReferralError: no referral has this number.
    """
    text = clean(text)
    if why := _not_to_be_kept(text):
        return why
    try:
        await desk.say(number, me, text, client_id=client_id[:MAX_CLIENT_ID])
    except NotYoursError:
        return NotSaid.NOT_YOURS
    except NobodyThereError:
        return NotSaid.ERASED
    return None


async def note(desk: DeskService, number: str, me: StaffMember, text: str, *, client_id: str) -> str | None:
    """Write something for colleagues alone; returns why not, or None when it is stored.

    Raises:
        UnknownReferralError: no referral has this number.
    """
    text = clean(text)
    if why := _not_to_be_kept(text):
        return why
    try:
        await desk.note(number, me, text, client_id=client_id[:MAX_CLIENT_ID])
    except NotYoursError:
        return NotSaid.NOT_YOURS
    return None


def _not_to_be_kept(text: str) -> str | None:
    return NotSaid.EMPTY if not text else refusal(text)
