"""Starting the app and the bot, keeping them alive, and ending both together."""

from __future__ import annotations

import ctypes
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Callable, Sequence

from launcher.console import LauncherError
from launcher.places import PROJECT

# Seconds a process gets to end by itself.
GRACE = 10
# A process that dies this often within this many seconds will not get better by another start.
MAX_DEATHS, DEATHS_WITHIN = 3, 60


class Service:
    """A process that must go on running; its output goes to a log."""

    def __init__(
        self, name: str, command: Sequence[str], environment: dict[str, str], folder: Path, log: Path
    ) -> None:
        self.name = name
        self.log = log
        self._command = list(command)
        self._environment = environment
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self._deaths: list[float] = []

    def start(self) -> None:
        """Start it; the log begins anew with the first start."""
        mode = "ab" if self._process is not None else "wb"
        with self.log.open(mode) as output:
            self._process = subprocess.Popen(
                self._command,
                cwd=self._folder,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                preexec_fn=_die_with_parent if sys.platform == "linux" else None,  # noqa: PLW1509 - no threads yet
            )

    @property
    def is_running(self) -> bool:
        """Whether the process lives."""
        return self._process is not None and self._process.poll() is None

    def restart_if_dead(self) -> bool:
        """Start it again when it died; returns whether it had.

        Raises:
            LauncherError: it keeps dying.
        """
        if self.is_running:
            return False
        now = time.monotonic()
        self._deaths = [death for death in self._deaths if now - death < DEATHS_WITHIN] + [now]
        if len(self._deaths) >= MAX_DEATHS:
            raise LauncherError(self.obituary())
        self.start()
        return True

    def obituary(self) -> str:
        """Return that it stopped, and the last it said."""
        last = "\n".join(self.log.read_text(errors="replace").splitlines()[-15:])
        return f"The {self.name} stopped. The last lines of {self.log.relative_to(PROJECT)}:\n{last}"

    def end(self) -> None:
        """Ask it to end; make it, when it does not."""
        if self._process is None or not self.is_running:
            return
        self._process.terminate()
        try:
            self._process.wait(GRACE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def check_port(port: int, option: str) -> None:
    """Make sure that nothing listens on a port of this machine.

    Raises:
        LauncherError: something does.
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            message = (
                f"Port {port} is in use. Is another ./loket run still running? "
                f"End it, or choose another port with {option}."
            )
            raise LauncherError(message) from error


def wait_until(answers: Callable[[], bool], service: Service, seconds: int) -> None:
    """Wait until a service answers.

    Raises:
        LauncherError: it stopped, or took too long.
    """
    deadline = time.monotonic() + seconds
    while not answers():
        if not service.is_running:
            raise LauncherError(service.obituary())
        if time.monotonic() > deadline:
            message = f"The {service.name} did not answer within {seconds} s.\n{service.obituary()}"
            raise LauncherError(message)
        time.sleep(0.1)


def status_of(url: str) -> int | None:
    """Return the HTTP status of an address, or None when nothing answers."""
    try:
        with urllib.request.urlopen(url, timeout=2) as response:  # noqa: S310 - our own address
            status: int = response.status
            return status
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return None


def _die_with_parent() -> None:
    """Let the kernel end this process when the launcher is killed: nobody else could."""
    pr_set_pdeathsig = 1
    ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGTERM)
