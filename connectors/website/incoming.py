"""Requests of the website channel → what the gateway takes."""

import json
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from connectors.gateway import Inbound
from connectors.problems import Problem, ProblemError
from connectors.screening import Refusal, clean, refusal
from connectors.website.limits import MAX_CLIENT_ID, MAX_SEQ, MAX_WAIT
from counter.continuations.model import parse_code
from counter.ratings.model import MAX_REASON, Rating

_REFUSED = {
    Refusal.BSN: Problem.BSN_NOT_KEPT,
    Refusal.IBAN: Problem.IBAN_NOT_KEPT,
    Refusal.TOO_LONG: Problem.REASON_TOO_LONG,
}


class PassportFormat(StrEnum):
    """How somebody takes a skills passport away: to read, as Open Badges, for Europass, or as plain data."""

    PDF = "pdf"
    JSON = "json"
    EUROPASS = "europass"
    PLAIN = "gegevens"


def parse_opening(body: object) -> str | None:
    """Read the body of `POST /api/conversations`, and return the code to go on with, if there is one.

    Raises:
        ProblemError: it is no object, asks for another channel than this one, or has what is no code.
    """
    if not isinstance(body, Mapping):
        raise ProblemError(Problem.BAD_REQUEST)
    if body.get("channel") != "website":
        raise ProblemError(Problem.UNKNOWN_CHANNEL)
    code = body.get("code")
    if code is None:
        return None
    if not isinstance(code, str):
        raise ProblemError(Problem.BAD_REQUEST)
    return read_code(code)


def read_code(typed: str) -> str:
    """Read a code to go on with, as somebody typed it.

    Raises:
        ProblemError: it is no code.
    """
    if (code := parse_code(typed)) is None:
        raise ProblemError(Problem.UNKNOWN_CODE)
    return code


def is_typing_sign(frame: str) -> bool:
    """Tell whether a frame of the stream says that the person is typing; it says nothing else."""
    try:
        return bool(json.loads(frame) == {"typing": True})
    except ValueError:
        return False


def parse_message(body: object) -> Inbound:
    """Read the body of `POST …/messages`: `text` or `payload`, and a `client_id`.

    Raises:
        ProblemError: it is not of that shape.
    """
    if not isinstance(body, Mapping):
        raise ProblemError(Problem.BAD_REQUEST)
    text, payload, client_id = body.get("text"), body.get("payload"), body.get("client_id")
    if not all(value is None or isinstance(value, str) for value in (text, payload, client_id)):
        raise ProblemError(Problem.BAD_REQUEST)
    if text is not None and payload is not None:
        raise ProblemError(Problem.BAD_REQUEST)
    if client_id is not None and not 0 < len(client_id) <= MAX_CLIENT_ID:
        raise ProblemError(Problem.BAD_REQUEST)
    if payload is not None and not payload.startswith("/"):
        raise ProblemError(Problem.PAYLOAD_NOT_OFFERED)
    return Inbound(text=text or "", payload=payload, client_id=client_id)


def parse_rating(body: object) -> Rating:
    """Read the body of `POST …/ratings`: `seq`, `helpful`, and perhaps a `reason` in words.

    Raises:
        ProblemError: it is not of that shape, or the reason holds what must not be kept.
    """
    if not isinstance(body, Mapping):
        raise ProblemError(Problem.BAD_REQUEST)
    seq, is_helpful, reason = body.get("seq"), body.get("helpful"), body.get("reason")
    # True is an int to Python, but no place in a conversation.
    if type(seq) is not int or not 0 < seq <= MAX_SEQ or not isinstance(is_helpful, bool):
        raise ProblemError(Problem.BAD_REQUEST)
    if reason is not None and not isinstance(reason, str):
        raise ProblemError(Problem.BAD_REQUEST)
    words = clean(reason or "")
    if (refused := refusal(words)) is not None:
        raise ProblemError(_REFUSED[refused])
    if len(words) > MAX_REASON:
        raise ProblemError(Problem.REASON_TOO_LONG)
    return Rating(seq=seq, is_helpful=is_helpful, reason=words or None)


def parse_position(query: Mapping[str, Any]) -> tuple[int, float]:
    """Return `after` (a seq) and `wait` (seconds, at most MAX_WAIT) of a reading request.

    Raises:
        ProblemError: they are no numbers, or negative.
    """
    after, wait = query.get("after", "0"), query.get("wait", "0")
    # ASCII digits only: int() also takes other scripts' digits and underscores. Nine fit any database.
    if not all(value.isascii() and value.isdigit() and len(value) <= 9 for value in (after, wait)):  # noqa: PLR2004
        raise ProblemError(Problem.BAD_REQUEST)
    return int(after), min(float(wait), MAX_WAIT)


def parse_passport_format(query: Mapping[str, Any]) -> PassportFormat:
    """Return the `format` a passport is asked in; PDF when nothing is said.

    Raises:
        ProblemError: there is no such format.
    """
    try:
        return PassportFormat(query.get("format", PassportFormat.PDF))
    except ValueError as error:
        raise ProblemError(Problem.BAD_REQUEST) from error
