"""`bench desk`: 200 conversations and 20 coaches, words timed from a person to the coach's screen and back.

Ours is the line that a page of the desk and the chat keep open. The peer is what a desk without one does,
in the same run and on the same counter: every page asks every two seconds whether there is anything new.
"""

import argparse
import asyncio
import json
import random
import statistics
import tempfile
from contextlib import AsyncExitStack
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import aiohttp

from benchmarks.desk.pages import Delays, Line, Polling, Sides
from benchmarks.desk.people import Talk, seat
from benchmarks.table import REPORTS, Row, ratio, table
from launcher.console import step
from launcher.places import PROJECT
from tests.support.running import RunningLoket, newest_model

TALKS, COACHES = 200, 20
# Somebody writes, reads the answer and thinks; so many seconds between two of their messages.
THINKING = 20.0
SECONDS, QUICK_SECONDS = 60.0, 20.0
SETTLING = 5.0
MOST_P95_MILLISECONDS = 150
# How long the slowest words may take before they count as lost, in seconds.
PATIENCE = 30.0
TO_COACH, TO_PERSON = "from a person to the coach's screen", "from a coach to the person's screen"


@dataclass(frozen=True, kw_only=True)
class Figures:
    """How long words took one way, in milliseconds."""

    count: int
    p50: float
    p95: float


def add_options(parser: argparse.ArgumentParser) -> None:
    """Say what can be asked of this bench."""
    parser.add_argument("--quick", action="store_true", help=f"{QUICK_SECONDS:.0f} seconds of each")


def run(options: argparse.Namespace) -> None:
    """Measure both, print the table and write it down."""
    seconds = QUICK_SECONDS if options.quick else SECONDS
    with tempfile.TemporaryDirectory() as folder:
        # Noor says nothing while coaches are there, but she watches for cries for help.
        loket = RunningLoket(folder=Path(folder), model=newest_model())
        try:
            with step("Starting the counter and Noor"):
                loket.start()
            ours, peer = asyncio.run(_measure(loket, seconds))
        finally:
            loket.stop()
    rows = [_row(way, ours[way], peer[way], which) for way in ours for which in ("p50", "p95")]
    print(f"\n{table(rows)}\n")
    REPORTS.mkdir(parents=True, exist_ok=True)
    file = REPORTS / "desk.json"
    figures = {
        "at": datetime.now(UTC).isoformat(),
        "ours": {way: asdict(figure) for way, figure in ours.items()},
        "peer": {way: asdict(figure) for way, figure in peer.items()},
    }
    file.write_text(json.dumps(figures, indent=1), encoding="utf-8")
    print(f"  {file.relative_to(PROJECT)}")


async def _measure(loket: RunningLoket, seconds: float) -> tuple[dict[str, Figures], dict[str, Figures]]:
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector) as http:
        with step(f"Giving {COACHES} coaches {TALKS} people"):
            talks = await seat(http, loket, talks=TALKS, coaches=COACHES)
        with step("Talking over open lines"):
            ours = await _talk(http, loket, talks, Line, seconds)
        with step("Talking by asking every two seconds"):
            peer = await _talk(http, loket, talks, Polling, seconds)
    return ours, peer


async def _talk(
    http: aiohttp.ClientSession,
    loket: RunningLoket,
    talks: list[Talk],
    pages: type[Line | Polling],
    seconds: float,
) -> dict[str, Figures]:
    to_coach, to_person = Delays(), Delays()
    async with AsyncExitStack() as opened:
        sides = [
            await opened.enter_async_context(pages.open(http, loket, talk, to_coach, to_person))
            for talk in talks
        ]
        # Two hundred pages do not open in one second; what that costs is not what is measured.
        await asyncio.sleep(SETTLING)
        ends = asyncio.get_running_loop().time() + seconds
        await asyncio.gather(*(_exchange(side, ends) for side in sides))
    return {TO_COACH: _figures(to_coach), TO_PERSON: _figures(to_person)}


async def _exchange(side: Sides, ends: float) -> None:
    """Have a person write and their coach answer, again and again, with time to think in between."""
    loop = asyncio.get_running_loop()
    await asyncio.sleep(random.uniform(0, THINKING))  # noqa: S311 - no secret
    while loop.time() < ends:
        async with asyncio.timeout(PATIENCE):
            await side.person_writes()
            await side.coach_answers()
        await asyncio.sleep(random.uniform(0.5, 1.5) * THINKING)  # noqa: S311 - no secret


def _figures(delays: Delays) -> Figures:
    milliseconds = [1000 * seconds for seconds in delays.seconds]
    return Figures(
        count=len(milliseconds),
        p50=statistics.median(milliseconds),
        p95=statistics.quantiles(milliseconds, n=20)[-1],
    )


def _row(way: str, ours: Figures, peer: Figures, which: str) -> Row:
    mine, theirs = getattr(ours, which), getattr(peer, which)
    has_aim = which == "p95"
    return Row(
        measure=f"{way}: {which} of {ours.count}",
        ours=f"{mine:.0f} ms",
        peer=f"{theirs:.0f} ms",
        between=ratio(mine, theirs),
        aim=f"≤ {MOST_P95_MILLISECONDS} ms" if has_aim else "",
        reached=mine <= MOST_P95_MILLISECONDS if has_aim else None,
    )
