"""The launcher: clear words when something is wrong, nothing left behind."""

import ast
import socket
import stat
import sys
from argparse import Namespace
from pathlib import Path

import pytest

from launcher import model, processes, settings
from launcher.console import LauncherError
from launcher.main import main
from launcher.processes import MAX_DEATHS, Service, check_port
from launcher.tests import FAST, TWO_AT_ONCE, arguments

PROJECT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize("file", [PROJECT / "loket", *sorted((PROJECT / "launcher").glob("*.py"))], ids=str)
def test_the_launcher_is_written_for_python_3_9(file: Path) -> None:
    ast.parse(file.read_text(encoding="utf-8"), feature_version=(3, 9))


@pytest.mark.parametrize("file", sorted((PROJECT / "launcher").glob("*.py")), ids=str)
def test_the_launcher_imports_only_the_standard_library_and_itself(file: Path) -> None:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        modules += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        for module in modules:
            assert module.split(".")[0] in {*sys.stdlib_module_names, "launcher"}, module


def test_a_port_in_use_is_said_with_the_way_out() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(LauncherError, match=rf"Port {port} is in use.*--port"):
            check_port(port, "--port")


def test_the_secret_is_made_once_and_for_its_owner_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOKET_DATA_DIR", str(tmp_path))
    monkeypatch.delenv("LOKET_INTERNAL_TOKEN", raising=False)
    first = settings.service_environment(port=1, bot_port=2)["LOKET_INTERNAL_TOKEN"]
    second = settings.service_environment(port=1, bot_port=2)["LOKET_INTERNAL_TOKEN"]
    assert first == second
    assert len(first) >= 32
    assert stat.S_IMODE((tmp_path / "internal-token").stat().st_mode) == 0o600


def test_what_was_set_by_hand_stays_but_ports_are_as_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOKET_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("LOKET_DATABASE_URL", "postgresql+asyncpg://ergens/loket")
    monkeypatch.setenv("LOKET_PORT", "1")
    variables = settings.service_environment(port=8001, bot_port=5006)
    assert variables["LOKET_DATABASE_URL"] == "postgresql+asyncpg://ergens/loket"
    assert variables["LOKET_PORT"] == "8001"
    assert variables["LOKET_ACTIONS_URL"] == "http://127.0.0.1:8001/actions"
    assert variables["LOKET_BOT_URL"] == "http://127.0.0.1:5006"


def test_telegram_is_asked_only_with_a_token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOKET_DATA_DIR", str(tmp_path))
    for name in ("TOKEN", "TOKEN_FILE", "SECRET", "POLLING"):
        monkeypatch.delenv(f"LOKET_TELEGRAM_{name}", raising=False)
    variables = settings.service_environment(port=1, bot_port=2)
    assert len(variables["LOKET_TELEGRAM_SECRET"]) >= 32
    with pytest.raises(LauncherError, match="LOKET_TELEGRAM_TOKEN"):
        settings.ask_telegram(variables)
    variables["LOKET_TELEGRAM_TOKEN_FILE"] = "/run/secrets/telegram-token"
    settings.ask_telegram(variables)
    assert variables["LOKET_TELEGRAM_POLLING"] == "yes"


def test_a_changed_text_asks_for_a_new_model_and_an_unchanged_one_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bot = tmp_path / "bot"
    for name in ("domain", "data", "components"):
        (bot / name).mkdir(parents=True)
    (bot / "config.yml").write_text("language: nl\n")
    (bot / "domain" / "gesprek.yml").write_text("hoi")
    (tmp_path / "requirements").mkdir()
    (tmp_path / "requirements" / "bot.txt").write_text("rasa==3.6.21\n")
    monkeypatch.setattr(model, "BOT", bot)
    monkeypatch.setattr(model, "PROJECT", tmp_path)
    monkeypatch.setattr(model, "REQUIREMENTS", tmp_path / "requirements")
    before = model.fingerprint()
    assert model.fingerprint() == before
    (bot / "domain" / "gesprek.yml").write_text("hallo")
    assert model.fingerprint() != before


def service(tmp_path: Path, code: str) -> Service:
    return Service("bot", [sys.executable, "-c", code], {}, tmp_path, tmp_path / "bot.log")


def test_other_components_never_find_what_earlier_ones_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    helper = tmp_path / "components" / "spelling" / "words.py"
    helper.parent.mkdir(parents=True)
    helper.write_text("WORDS = 1\n")
    monkeypatch.setattr(model, "BOT", tmp_path)
    monkeypatch.setattr(model, "PROJECT", tmp_path)
    monkeypatch.setattr(model, "TRAINING_CACHES", tmp_path / "cache")
    first = model.training_cache()
    first.mkdir(parents=True)
    assert model.training_cache() == first
    assert first.exists()
    helper.write_text("WORDS = 2\n")
    assert model.training_cache() != first
    assert not first.exists()


def test_a_process_that_dies_is_started_again(tmp_path: Path) -> None:
    sleeper = service(tmp_path, "import time; time.sleep(60)")
    sleeper.start()
    assert sleeper._process is not None
    sleeper._process.kill()
    sleeper._process.wait()
    try:
        assert sleeper.restart_if_dead()
        assert sleeper.is_running
        assert not sleeper.restart_if_dead()
    finally:
        sleeper.end()
    assert not sleeper.is_running


def live_and_die(broken: Service) -> None:
    for _ in range(MAX_DEATHS):
        assert broken._process is not None
        broken._process.wait()
        broken.restart_if_dead()


def test_a_process_that_keeps_dying_ends_everything_with_its_last_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes, "PROJECT", tmp_path)
    broken = service(tmp_path, "print('het model is stuk')")
    broken.start()
    with pytest.raises(LauncherError, match="het model is stuk"):
        live_and_die(broken)


def test_a_process_that_does_not_start_is_told_with_its_last_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes, "PROJECT", tmp_path)
    broken = service(tmp_path, "print('geen poort'); raise SystemExit(1)")
    broken.start()
    with pytest.raises(LauncherError, match="geen poort"):
        processes.wait_until(lambda: False, broken, seconds=10)


def test_a_whole_run_has_two_workers_and_a_chosen_test_the_terminal_to_itself() -> None:
    assert arguments([]) == list(TWO_AT_ONCE)
    assert arguments(["fast"]) == [*FAST, *TWO_AT_ONCE]
    assert arguments(["tests/unit/app", "--pdb"]) == ["tests/unit/app", "--pdb"]


@pytest.mark.parametrize("rest", [["-k", "voucher"], ["--durations=3"], ["fast", "-q"], []])
def test_what_follows_test_is_for_pytest_to_read(rest: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[list[str]] = []

    def remember(options: Namespace) -> int:
        given.append(options.rest)
        return 0

    monkeypatch.setattr("launcher.tests.test", remember)
    assert main(["test", *rest]) == 0
    assert given == [rest]
