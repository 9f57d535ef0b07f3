"""Read sentences with a trained model: one JSON text a line in, one reading a line out.

Runs in Rasa's own Python. The first line out says that the model is loaded; the last, what memory it took.
"""

import asyncio
import json
import os
import resource
import sys
import time
from pathlib import Path
from typing import Any, TextIO

from rasa.core.agent import Agent
from rasa.utils.common import configure_logging_and_warnings
from rasa.utils.log_utils import configure_structlog

_BYTES = 1 if sys.platform == "darwin" else 1024  # what ru_maxrss counts in


async def read(model: str, sentences: TextIO, readings: TextIO) -> None:
    """Answer every sentence with Rasa's reading of it, and its milliseconds by the clock and of work."""
    agent = Agent.load(model)
    _say(readings, {"is_ready": agent.is_ready()})
    for line in sentences:
        started, worked = time.perf_counter(), time.process_time()
        reading = await agent.parse_message(json.loads(line))
        times = {
            "milliseconds": (time.perf_counter() - started) * 1000,
            "cpu_milliseconds": (time.process_time() - worked) * 1000,
        }
        _say(readings, {"reading": reading, **times})
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _BYTES
    _say(readings, {"peak_bytes": peak, "resident_bytes": _resident_bytes()})


def _resident_bytes() -> int | None:
    """Return what this process holds in memory now, or None where the system does not tell."""
    status = Path("/proc/self/statm")
    if not status.exists():
        return None
    return int(status.read_text().split()[1]) * resource.getpagesize()


def _say(readings: TextIO, line: dict[str, Any]) -> None:
    readings.write(json.dumps(line) + "\n")
    readings.flush()


def main() -> None:
    """Keep standard output for readings alone: what libraries print there goes to standard error."""
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as readings:
        os.dup2(2, 1)
        # As `rasa run` does; without it every parse would be written out, and take longer for it.
        configure_logging_and_warnings()
        configure_structlog()
        asyncio.run(read(sys.argv[1], sys.stdin, readings))


if __name__ == "__main__":
    main()
