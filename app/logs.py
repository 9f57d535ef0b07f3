"""Logging: one JSON object a line, domain words and ids, never what somebody wrote."""

import logging
import re
import sys

import structlog
from structlog.typing import EventDict


def configure(level: int = logging.INFO) -> None:
    """Send our own events and the libraries' warnings to standard error as JSON."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        _hide_values,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    # Libraries speak up when something is wrong; some would log what people wrote at INFO.
    for library in ("rasa_sdk", "aiohttp.access", "sqlalchemy", "httpx", "alembic", "telegram"):
        logging.getLogger(library).setLevel(logging.WARNING)


# PostgreSQL names the values of a row that it refuses: "DETAIL:  Failing row contains (…)".
_DETAIL = re.compile(r"DETAIL:.*")


def _hide_values(_logger: object, _method: str, event: EventDict) -> EventDict:
    """Take what a database tells of a row out of a traceback."""
    if "exception" in event:
        event["exception"] = _DETAIL.sub("DETAIL: (hidden)", event["exception"])
    return event
