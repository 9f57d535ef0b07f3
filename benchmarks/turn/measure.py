"""`bench turn`: a whole website turn, message in to replies out, against stock Rasa in the same run.

Ours counts everything a person waits for: storing the message, the bot, the actions, storing the
answer, reading it. The peer's turn is one call of its REST channel, with its store in memory.
"""

import argparse
import asyncio
import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp

from benchmarks.peer import Peer, train
from benchmarks.table import REPORTS, table
from benchmarks.turn.comparison import Pair, growth_rows, speed_rows
from benchmarks.turn.growth import Growth, growth_with_length, growth_with_stored
from benchmarks.turn.speed import Speed, speeds
from benchmarks.turn.stored import multiply_conversations
from benchmarks.turn.talking import DIALOGUE, rest, seconds_of, website
from launcher.console import LauncherError, step
from launcher.places import PROJECT
from tests.support.running import RunningLoket, newest_model

ROUNDS = {1: 10, 4: 4, 16: 2}
"""By how many people talk at once."""
GROWTH_ROUNDS, QUICK_GROWTH_ROUNDS = 10, 3
STORED, QUICK_STORED = 100_000, 10_000
# What is stored many times: most people ask one thing.
STORED_DIALOGUE = DIALOGUE[:2]
COPIED = "copied"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Say what can be asked of this bench."""
    parser.add_argument(
        "--quick", action="store_true", help=f"few rounds of each, and {QUICK_STORED:,} stored conversations"
    )


def run(options: argparse.Namespace) -> None:
    """Measure both, print the table and write it down."""
    model = newest_model()
    peer_model = train(model)
    copies = QUICK_STORED if options.quick else STORED
    with tempfile.TemporaryDirectory() as folder:
        bench = TurnBench(Path(folder), model, peer_model, is_quick=options.quick, copies=copies)
        results = asyncio.run(bench.measure())
    rows = [*speed_rows(results.speeds), *growth_rows(results.with_length, results.with_stored, copies)]
    print(f"\n{table(rows)}\n")
    REPORTS.mkdir(parents=True, exist_ok=True)
    file = REPORTS / "turn.json"
    figures = {"at": datetime.now(UTC).isoformat(), "stored": copies, **asdict(results)}
    file.write_text(json.dumps(figures, indent=1), encoding="utf-8")
    print(f"  {file.relative_to(PROJECT)}")


@dataclass(frozen=True, kw_only=True)
class Results:
    """What was measured; speeds by how many people talk at once."""

    speeds: dict[int, Pair[Speed]]
    with_length: Pair[Growth]
    with_stored: Pair[Growth]


class TurnBench:
    """Both sides, each with its processes and files in a folder of this run."""

    def __init__(self, folder: Path, model: Path, peer_model: Path, *, is_quick: bool, copies: int) -> None:
        self._folder = folder
        self._model = model
        self._peer_model = peer_model
        self._rounds = dict.fromkeys(ROUNDS, 1) if is_quick else ROUNDS
        self._growth_rounds = QUICK_GROWTH_ROUNDS if is_quick else GROWTH_ROUNDS
        self._copies = copies

    async def measure(self) -> Results:
        """Measure speed, then growth with length, then growth with what is stored."""
        connector = aiohttp.TCPConnector(limit=0)
        async with aiohttp.ClientSession(connector=connector) as http:
            with self._loket("ours") as loket, self._peer("peer", loket) as peer:
                opens = website(http, loket), rest(http, peer)
                by_talks = {}
                for talks, rounds in self._rounds.items():
                    with step(f"Talking, {talks} at once"):
                        ours, theirs = await speeds(opens, talks, rounds)
                    by_talks[talks] = Pair(ours=ours, peer=theirs)
                with step("Talking for long"):
                    ours_long, theirs_long = [
                        await growth_with_length(open_talk, self._growth_rounds) for open_talk in opens
                    ]
                return Results(
                    speeds=by_talks,
                    with_length=Pair(ours=ours_long, peer=theirs_long),
                    with_stored=Pair(
                        ours=await self._ours_with_stored(http, loket),
                        peer=await self._peer_with_stored(http, peer, loket),
                    ),
                )

    async def _ours_with_stored(self, http: aiohttp.ClientSession, empty: RunningLoket) -> Growth:
        with self._loket("full") as full:
            await seconds_of(await website(http, full)(), STORED_DIALOGUE)
            full.stop()
            with step(f"Storing {self._copies:,} conversations"):
                multiply_conversations(full, self._copies)
            full.start()
            with step("Talking where these are stored"):
                return await growth_with_stored(
                    website(http, empty), website(http, full), self._growth_rounds
                )

    async def _peer_with_stored(
        self, http: aiohttp.ClientSession, empty: Peer, loket: RunningLoket
    ) -> Growth:
        store = {
            "type": "benchmarks.turn.copying_store.CopyingTrackerStore",
            "copied": COPIED,
            "copies": self._copies,
        }
        with self._peer("full-peer", loket, store) as full:
            await seconds_of(await rest(http, full, COPIED)(), STORED_DIALOGUE)
            await _check_last_copy(http, full, self._copies)
            with step("Talking where the peer stores these"):
                return await growth_with_stored(rest(http, empty), rest(http, full), self._growth_rounds)

    @contextmanager
    def _loket(self, name: str) -> Iterator[RunningLoket]:
        folder = self._folder / name
        folder.mkdir()
        loket = RunningLoket(folder=folder, model=self._model)
        try:
            with step("Starting Noor"):
                loket.start()
            yield loket
        finally:
            loket.stop()

    @contextmanager
    def _peer(self, name: str, loket: RunningLoket, store: dict[str, Any] | None = None) -> Iterator[Peer]:
        folder = self._folder / name
        folder.mkdir()
        peer = Peer(
            folder=folder,
            model=self._peer_model,
            actions_url=f"{loket.url}/actions",
            token=loket.token,
            store=store,
        )
        try:
            with step("Starting the peer"):
                peer.wait()
            yield peer
        finally:
            peer.stop()


async def _check_last_copy(http: aiohttp.ClientSession, peer: Peer, copies: int) -> None:
    """Make sure that the peer stored what it should: a store it cannot import it replaces without a word."""
    async with http.get(f"{peer.url}/conversations/{COPIED}-{copies - 1}/tracker") as response:
        tracker = await response.json()
    if tracker["latest_message"]["text"] != STORED_DIALOGUE[-1]:
        message = "The peer did not store its copies."
        raise LauncherError(message)
