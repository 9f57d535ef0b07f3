"""What a supervisor asks: does it live, can it help, how is it going."""

import aiohttp
import prometheus_client
from aiohttp import web
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from counter.database import Database

DATABASE = web.AppKey("database", Database)
METRICS = web.AppKey("metrics", prometheus_client.CollectorRegistry)
HTTP = web.AppKey("http", aiohttp.ClientSession)
BOT_URL = web.AppKey("bot_url", str)

_PROBE_TIMEOUT = aiohttp.ClientTimeout(total=2)


async def alive(request: web.Request) -> web.Response:
    """Say that the process answers."""
    del request
    return web.json_response({"status": "ok"})


async def ready(request: web.Request) -> web.Response:
    """Say whether the database and the bot can be used; 503 when one cannot."""
    checks = {
        "database": await _database_answers(request.app[DATABASE]),
        "bot": await _bot_answers(request.app[HTTP], request.app[BOT_URL]),
    }
    status = 200 if all(checks.values()) else 503
    return web.json_response({"status": "ok" if status == 200 else "not ready", **checks}, status=status)  # noqa: PLR2004


async def metrics(request: web.Request) -> web.Response:
    """Return the metrics in Prometheus' text format."""
    return web.Response(
        body=prometheus_client.generate_latest(request.app[METRICS]),
        headers={"Content-Type": prometheus_client.CONTENT_TYPE_LATEST},
    )


async def _database_answers(database: Database) -> bool:
    try:
        async with database.session() as session:
            await session.execute(text("SELECT 1"))
    except (SQLAlchemyError, OSError):
        return False
    return True


async def _bot_answers(http: aiohttp.ClientSession, url: str) -> bool:
    try:
        async with http.get(f"{url}/", timeout=_PROBE_TIMEOUT) as response:
            return response.ok
    except (aiohttp.ClientError, TimeoutError):
        return False
