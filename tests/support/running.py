"""A whole counter for tests: Rasa and the app as processes of their own, on free ports."""

import itertools
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
BOT = PROJECT / "bot"
START_SECONDS = 240


# Below those that a system gives to whoever connects: it takes half a minute before Rasa listens on its own.
_PORTS = range(20_000, 32_000)
_AT_ONCE = 4
_next_port = itertools.count(os.getpid() * 97)


def free_port() -> int:
    """Return a port of this machine that nothing listens on, another one each time.

    Workers that run at once never get the same.
    """
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % _AT_ONCE
    own = _PORTS[worker::_AT_ONCE]
    for number in itertools.islice(_next_port, len(own)):
        port = own[number % len(own)]
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    message = f"no free port between {_PORTS.start} and {_PORTS.stop}"
    raise OSError(message)


def newest_model() -> Path:
    """Return the model to test: the one `./loket test` trained, or the newest there is."""
    chosen = os.environ.get("LOKET_TEST_MODEL")
    if chosen:
        return Path(chosen)
    models = sorted((BOT / "models").glob("*.tar.gz"), key=lambda file: file.stat().st_mtime)
    if not models:
        message = "no trained model: run ./loket train first"
        raise FileNotFoundError(message)
    return models[-1]


@dataclass
class RunningLoket:
    """A counter with its own folder; each of its two processes can be killed and started again."""

    folder: Path
    model: Path
    port: int = field(default_factory=free_port)
    bot_port: int = field(default_factory=free_port)
    database_url: str = ""
    environment: dict[str, str] = field(default_factory=dict)
    token: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    neighbour_port: int = field(default_factory=free_port)
    """Where a site may stand that is allowed to show the chat."""
    app: subprocess.Popen[bytes] | None = None
    bot: subprocess.Popen[bytes] | None = None

    def __post_init__(self) -> None:
        """Keep the database in the folder when nothing else was asked."""
        self.database_url = self.database_url or f"sqlite+aiosqlite:///{self.folder / 'loket.db'}"

    @property
    def url(self) -> str:
        """Return the address of the app."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def bot_url(self) -> str:
        """Return the address of Rasa."""
        return f"http://127.0.0.1:{self.bot_port}"

    @property
    def _environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "LOKET_PORT": str(self.port),
            "LOKET_BOT_URL": self.bot_url,
            "LOKET_ACTIONS_URL": f"{self.url}/actions",
            "LOKET_DATABASE_URL": self.database_url,
            "LOKET_TRACKER_FILE": str(self.folder / "tracker.db"),
            "LOKET_INTERNAL_TOKEN": self.token,
            # Tests write faster than people.
            "LOKET_MESSAGES_PER_MINUTE": "1000000",
            "LOKET_ALLOWED_ORIGINS": f"http://127.0.0.1:{self.neighbour_port}",
            **self.environment,
        }

    def start(self) -> None:
        """Start both and wait until they answer."""
        self.start_bot()
        self.start_app()
        self.wait_for_app()
        self.wait_for_bot()

    def start_app(self) -> None:
        """Start the app."""
        self.app = self._start([sys.executable, "-m", "app", "serve"], PROJECT, self._environment, "app")

    def start_bot(self) -> None:
        """Start Rasa."""
        venv = Path(os.environ.get("LOKET_BOT_VENV", PROJECT / ".loket" / "venv-bot"))
        command = [
            str(venv / "bin" / "rasa"),
            "run",
            "--enable-api",
            *("--model", str(self.model)),
            *("--endpoints", "endpoints.yml"),
            *("--credentials", "credentials.yml"),
            *("--interface", "127.0.0.1"),
            *("--port", str(self.bot_port)),
        ]
        quiet = {
            "PYTHONPATH": f"{BOT}{os.pathsep}{BOT.parent}",
            "RASA_TELEMETRY_ENABLED": "false",
            "TF_CPP_MIN_LOG_LEVEL": "3",
            "OMP_NUM_THREADS": "1",
            "PYTHONWARNINGS": "ignore",
        }
        self.bot = self._start(command, BOT, {**self._environment, **quiet}, "bot")

    def _start(
        self, command: list[str], folder: Path, environment: dict[str, str], name: str
    ) -> subprocess.Popen[bytes]:
        with (self.folder / f"{name}.log").open("ab") as log:
            return subprocess.Popen(  # noqa: S603 - this project's own programs
                command, cwd=folder, env=environment, stdout=log, stderr=subprocess.STDOUT
            )

    def command(self, *arguments: str) -> str:
        """Carry out a verb of the app in a process of its own; returns what it printed."""
        done = subprocess.run(  # noqa: S603 - this project's own program
            [sys.executable, "-m", "app", *arguments],
            cwd=PROJECT,
            env=self._environment,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    def wait_for_app(self) -> None:
        """Wait until the app answers."""
        self._wait(f"{self.url}/healthz", self.app, "app")

    def wait_for_bot(self) -> None:
        """Wait until Rasa has its model."""
        self._wait(f"{self.bot_url}/status", self.bot, "bot")

    def _wait(self, url: str, process: subprocess.Popen[bytes] | None, name: str) -> None:
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                with urllib.request.urlopen(url, timeout=2):  # noqa: S310 - our own address
                    return
            except OSError:
                pass
            if process is None or process.poll() is not None or time.monotonic() > deadline:
                message = f"the {name} did not start:\n{self.log(name)[-3000:]}"
                raise RuntimeError(message)
            time.sleep(0.1)

    def log(self, name: str) -> str:
        """Return what a process has said so far."""
        return (self.folder / f"{name}.log").read_text(errors="replace")

    def kill_app(self) -> None:
        """Kill the app as a power cut would."""
        self._kill(self.app)

    def kill_bot(self) -> None:
        """Kill Rasa as a power cut would."""
        self._kill(self.bot)

    @staticmethod
    def _kill(process: subprocess.Popen[bytes] | None) -> None:
        if process is not None:
            process.send_signal(signal.SIGKILL)
            process.wait()

    def stop(self) -> None:
        """End both."""
        for process in (self.app, self.bot):
            if process is not None and process.poll() is None:
                process.terminate()
        for process in (self.app, self.bot):
            if process is not None:
                try:
                    process.wait(15)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()
