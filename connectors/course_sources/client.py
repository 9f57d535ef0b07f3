"""Asking a source over HTTP: patiently, within limits, and never led elsewhere."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any

import aiohttp
from yarl import URL

from connectors.course_sources import limits
from connectors.course_sources.addresses import PrivateAddressError, PublicResolver, may_be_asked
from counter.imports.model import ImportFault, ImportFaultsError

_TRY_AGAIN = frozenset(
    {
        HTTPStatus.REQUEST_TIMEOUT,
        HTTPStatus.TOO_MANY_REQUESTS,
        HTTPStatus.INTERNAL_SERVER_ERROR,
        HTTPStatus.BAD_GATEWAY,
        HTTPStatus.SERVICE_UNAVAILABLE,
        HTTPStatus.GATEWAY_TIMEOUT,
    }
)
_ELSEWHERE = frozenset(
    {
        HTTPStatus.MOVED_PERMANENTLY,
        HTTPStatus.FOUND,
        HTTPStatus.SEE_OTHER,
        HTTPStatus.TEMPORARY_REDIRECT,
        HTTPStatus.PERMANENT_REDIRECT,
    }
)

_PRIVATE = "Dit adres ligt in een besloten netwerk. Mag dat? Voeg dan --allow-private toe."


async def wait(seconds: float) -> None:
    """Leave the source alone for a while."""
    await asyncio.sleep(seconds)


class NotThereError(LookupError):
    """The source has no such thing: it answers 404, 405 or 501."""


class SourceClient:
    """One source, at one address."""

    def __init__(self, http: aiohttp.ClientSession, base: URL) -> None:
        self._http = http
        self._base = base

    async def json(self, path: str, query: Mapping[str, str] | None = None) -> Any:  # noqa: ANN401
        """Return what a path answers.

        Raises:
            NotThereError: the source has no such path.
            ImportFaultsError: it cannot be read; it tells why.
        """
        url = self._base / path if path else self._base
        body = await self.read(url.update_query(query or {}))
        try:
            return json.loads(body)
        except (ValueError, RecursionError) as error:
            raise _refusal(url, "Het antwoord is geen geldige JSON.") from error

    async def read(self, url: URL | None = None) -> bytes:
        """Return what an address answers; without one that of the source itself.

        Raises:
            NotThereError: there is no such thing.
            ImportFaultsError: it cannot be read; it tells why.
        """
        url = url or self._base
        why = ""
        for attempt in range(limits.ATTEMPTS):
            seconds = 2.0**attempt
            try:
                status, headers, body = await self._ask(url)
            except (aiohttp.ClientError, TimeoutError) as error:
                if isinstance(error.__cause__, PrivateAddressError):
                    raise _refusal(url, _PRIVATE) from error
                why = "De bron antwoordt niet."
            else:
                if status == HTTPStatus.OK:
                    return body
                if status not in _TRY_AGAIN:
                    raise _refusal_of(url, status)
                why, seconds = f"De bron antwoordt met {status}.", _asked_to_wait(headers, seconds)
            if attempt + 1 == limits.ATTEMPTS or seconds > limits.LONGEST_WAIT:
                break
            await wait(seconds)
        raise _refusal(url, f"{why} Probeer het later nog eens.")

    async def _ask(self, url: URL) -> tuple[int, Mapping[str, str], bytes]:
        """Ask once, and follow the source as long as it stays where it is."""
        for _ in range(limits.MAX_REDIRECTS + 1):
            async with self._http.get(url, allow_redirects=False, timeout=limits.TIMEOUT) as response:
                if response.status not in _ELSEWHERE:
                    return response.status, response.headers, await _body(url, response)
                location = response.headers.get("Location", "")
            url = self._target(url, location)
        raise _refusal(url, "De bron blijft doorsturen.")

    def _target(self, url: URL, location: str) -> URL:
        """Return where a source sends us, when that is still the same source."""
        try:
            target = url.join(URL(location))
            is_here = target.origin() == self._base.origin()
        except ValueError:
            is_here = False
        if not is_here:
            raise _refusal(url, "De bron stuurt door naar een ander adres.")
        return target


@asynccontextmanager
async def open_source(
    address: str, *, token: str = "", allow_private: bool = False
) -> AsyncIterator[SourceClient]:
    """Give a source at an address; nothing but public addresses is asked, unless that is allowed.

    Raises:
        ImportFaultsError: this cannot be the address of a source.
    """
    try:
        base = URL(address)
    except ValueError:
        base = URL()
    if not may_be_asked(base, allow_private=allow_private):
        message = "dit adres kan niet. Het begint met https:// en ligt niet in een besloten netwerk."
        raise ImportFaultsError([ImportFault(item=address, message=message)])
    connector = aiohttp.TCPConnector(
        resolver=None if allow_private else PublicResolver(), limit_per_host=limits.AT_ONCE
    )
    headers = {"Accept": "application/json, application/ld+json, text/html;q=0.5", "User-Agent": "Noor"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    async with aiohttp.ClientSession(connector=connector, headers=headers) as http:
        yield SourceClient(http, base)


async def _body(url: URL, response: aiohttp.ClientResponse) -> bytes:
    parts, size = [], 0
    async for part in response.content.iter_chunked(65536):
        size += len(part)
        if size > limits.MAX_BYTES:
            raise _refusal(
                url, f"Het antwoord is te groot: {limits.MAX_BYTES // 1_000_000} MB is het meeste."
            )
        parts.append(part)
    return b"".join(parts)


def _asked_to_wait(headers: Mapping[str, str], otherwise: float) -> float:
    """Return for how many seconds a source asks to be left alone."""
    told = headers.get("Retry-After", "")
    if told.isascii() and told.isdigit():
        return float(told[:9])
    try:
        until = parsedate_to_datetime(told)
    except ValueError:
        return otherwise
    return max(0.0, (until.astimezone(UTC) - datetime.now(UTC)).total_seconds())


def _refusal_of(url: URL, status: int) -> ImportFaultsError | NotThereError:
    if status in {HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.NOT_IMPLEMENTED}:
        return NotThereError(str(url))
    if status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
        return _refusal(url, f"De bron laat het loket niet toe ({status}). Klopt de sleutel?")
    return _refusal(url, f"De bron antwoordt met {status}.")


def _refusal(url: URL, message: str) -> ImportFaultsError:
    return ImportFaultsError([ImportFault(item=str(url.with_query(None)), message=message)])
