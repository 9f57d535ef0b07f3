"""Errors over HTTP as problem documents (RFC 9457): Dutch for people, a stable type for programs."""

import tomllib
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import structlog
from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

log = structlog.get_logger(__name__)

TYPE_PREFIX = "urn:loket:problem:"


@cache
def problem_texts() -> Mapping[str, Mapping[str, Any]]:
    """Return what `problems.toml` says of each problem: `status`, `title` and `detail`."""
    return tomllib.loads(Path(__file__).with_name("problems.toml").read_text(encoding="utf-8"))


class Problem(StrEnum):
    """What can be wrong with a request; each is a section of `problems.toml`."""

    BAD_REQUEST = "bad-request"
    NOT_AUTHENTICATED = "not-authenticated"
    FORBIDDEN = "forbidden"
    NOT_LOGGED_IN = "not-logged-in"
    DUTY_FIRST = "duty-first"
    ROLE_REQUIRED = "role-required"
    NOT_FOR_YOU = "not-for-you"
    UNKNOWN_CONVERSATION = "unknown-conversation"
    CONVERSATION_MOVED = "conversation-moved"
    UNKNOWN_CODE = "unknown-code"
    NOT_FOUND = "not-found"
    METHOD_NOT_ALLOWED = "method-not-allowed"
    MESSAGE_TOO_LARGE = "message-too-large"
    EMPTY_MESSAGE = "empty-message"
    PAYLOAD_NOT_OFFERED = "payload-not-offered"
    UNKNOWN_CHANNEL = "unknown-channel"
    ORIGIN_NOT_ALLOWED = "origin-not-allowed"
    EMPTY_PASSPORT = "empty-passport"
    NOT_AN_ANSWER = "not-an-answer"
    BSN_NOT_KEPT = "bsn-not-kept"
    IBAN_NOT_KEPT = "iban-not-kept"
    REASON_TOO_LONG = "reason-too-long"
    MUST_BE_KEPT = "must-be-kept"
    BOT_UNAVAILABLE = "bot-unavailable"
    TOO_FAST = "too-fast"
    TOO_MANY_CODES = "too-many-codes"
    INTERNAL_ERROR = "internal-error"


class ProblemError(Exception):
    """A request that cannot be done; `after` is how many seconds to wait before it can."""

    def __init__(self, problem: Problem, *, after: int | None = None) -> None:
        super().__init__(problem.value)
        self.problem = problem
        self.after = after


_BY_STATUS = {
    400: Problem.BAD_REQUEST,
    401: Problem.NOT_AUTHENTICATED,
    403: Problem.FORBIDDEN,
    404: Problem.NOT_FOUND,
    405: Problem.METHOD_NOT_ALLOWED,
    413: Problem.MESSAGE_TOO_LARGE,
}


def problem_middleware() -> Middleware:
    """Build the middleware that turns every error into a problem document."""
    texts = problem_texts()

    @web.middleware
    async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            return await handler(request)
        except ProblemError as error:
            headers = None if error.after is None else {"Retry-After": str(error.after)}
            return _document(texts, error.problem, headers)
        except web.HTTPException as error:
            if error.status not in _BY_STATUS:
                raise
            return _document(texts, _BY_STATUS[error.status], error.headers)
        except Exception:
            log.exception("request_failed", method=request.method, route=_route(request))
            return _document(texts, Problem.INTERNAL_ERROR)

    return middleware


def _route(request: web.Request) -> str | None:
    # The pattern, not the path: a path can hold what somebody typed.
    resource = request.match_info.route.resource
    return None if resource is None else resource.canonical


def _document(
    texts: Mapping[str, Mapping[str, Any]], problem: Problem, headers: Mapping[str, str] | None = None
) -> web.Response:
    text = texts[problem.value]
    response = web.json_response(
        {"type": TYPE_PREFIX + problem.value, **text},
        status=text["status"],
        content_type="application/problem+json",
    )
    for name in ("Allow", "Retry-After"):
        if headers is not None and name in headers:
            response.headers[name] = headers[name]
    return response
