"""The requests of python-telegram-bot, carried out by the app's own HTTP session."""

import json
from contextlib import suppress
from typing import Any

import aiohttp
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

# Seconds.
CONNECT_TIMEOUT, READ_TIMEOUT = 5.0, 15.0


class TooManyRequestsError(TelegramError):
    """Telegram asks us to wait; python-telegram-bot's own error for it warns at each use (22.2)."""

    def __init__(self, seconds: float) -> None:
        super().__init__("Too Many Requests")
        self.seconds = seconds


class SharedSession(BaseRequest):
    """Lets python-telegram-bot use the app's own HTTP session instead of opening another."""

    def __init__(self, http: aiohttp.ClientSession) -> None:
        self._http = http

    @property
    def read_timeout(self) -> float:
        """Return how many seconds an answer may take."""
        return READ_TIMEOUT

    async def initialize(self) -> None:
        """Open nothing: the session is the app's."""

    async def shutdown(self) -> None:
        """Close nothing."""

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ANN401 - a number, None or "not given"
        write_timeout: object = None,
        connect_timeout: object = None,
        pool_timeout: object = None,
    ) -> tuple[int, bytes]:
        """Return status and body of one request; no error names its address, which holds the token."""
        del write_timeout, connect_timeout, pool_timeout
        seconds = READ_TIMEOUT if read_timeout is BaseRequest.DEFAULT_NONE else read_timeout
        timeout = aiohttp.ClientTimeout(total=CONNECT_TIMEOUT + seconds, connect=CONNECT_TIMEOUT)
        data = request_data.json_parameters if request_data else None
        try:
            async with self._http.request(method, url, data=data, timeout=timeout) as response:
                body = await response.read()
        except TimeoutError as error:
            raise TimedOut from error
        except aiohttp.ClientError as error:
            raise NetworkError(type(error).__name__) from None
        if response.status == 429:  # noqa: PLR2004 - Too Many Requests
            raise TooManyRequestsError(_retry_after(body))
        if response.status >= 500:  # noqa: PLR2004 - Internal Server Error and worse
            # The library would log the page that comes with it.
            raise NetworkError(str(response.status))
        return response.status, body


def _retry_after(body: bytes) -> float:
    """Return how many seconds Telegram asks us to wait; a second when it does not say."""
    with suppress(ValueError):
        match json.loads(body):
            case {"parameters": {"retry_after": int() | float() as seconds}}:
                return float(seconds)
    return 1.0
