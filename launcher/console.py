"""Speaking to the person at the terminal: what is being done, for how long, what to do when it fails."""

from __future__ import annotations

import sys
import threading
import time
from contextlib import contextmanager
from typing import Iterator


class LauncherError(Exception):
    """Something the person can put right; the message says how, and the exit code is not 0."""


def say(text: str) -> None:
    """Print a line at once, also into a pipe."""
    print(text, flush=True)


@contextmanager
def step(what: str) -> Iterator[None]:
    """Show that a long step is under way, with its seconds counting on a terminal."""
    started = time.monotonic()
    ended = threading.Event()

    def count() -> None:
        while not ended.wait(1):
            print(f"\r  {what} … {time.monotonic() - started:.0f} s", end="", flush=True)

    if sys.stdout.isatty():
        counter = threading.Thread(target=count, daemon=True)
        counter.start()
    else:
        say(f"  {what} …")
    outcome = "failed"
    try:
        yield
        outcome = "done"
    finally:
        ended.set()
        line = f"  {what}: {outcome} in {time.monotonic() - started:.1f} s"
        say(f"\r{line}\033[K" if sys.stdout.isatty() else line)
