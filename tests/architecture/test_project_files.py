"""The files around the code: what starts it, locks it and describes it."""

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from openapi_spec_validator import validate

from counter.places.gazetteer import load_gazetteer

PROJECT = Path(__file__).resolve().parents[2]
# Written with a gap, so that this file does not name them.
REGISTRY_HOSTS = re.compile(r"pypi\.(?:org)|pythonhosted\.(?:org)|registry\.npmjs|deb\.debian\.(?:org)")
MAX_LINES = 400


def tracked_files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"],  # noqa: S607 - git is what the project lives in
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [PROJECT / name for name in listed.stdout.split("\0") if name and (PROJECT / name).is_file()]


def test_no_file_names_a_package_registry() -> None:
    for file in tracked_files():
        text = file.read_text(encoding="utf-8", errors="ignore")
        assert REGISTRY_HOSTS.search(text) is None, file


@pytest.mark.parametrize("lock", ["app", "app-test", "bot", "bot-test"])
def test_every_locked_package_has_its_version_and_its_hash(lock: str) -> None:
    text = (PROJECT / "requirements" / f"{lock}.txt").read_text()
    packages = re.findall(r"^([a-z0-9].*?) ?\\?$", text, flags=re.MULTILINE)
    assert len(packages) > 50
    assert all("==" in package for package in packages)
    assert text.count("--hash=sha256:") >= len(packages)
    assert "://" not in text


@pytest.mark.parametrize("environment", ["app", "bot"])
def test_the_test_tools_change_no_version_of_what_runs(environment: str) -> None:
    def versions(name: str) -> set[str]:
        text = (PROJECT / "requirements" / f"{name}.txt").read_text()
        return set(re.findall(r"^([a-z0-9][^ ;\\]*==[^ ;\\]+)", text, flags=re.MULTILINE))

    assert versions(environment) <= versions(f"{environment}-test")


def test_the_compose_file_follows_the_compose_specification() -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec"]
    checked = subprocess.run(  # noqa: S603 - a tool of this environment
        [*command, str(PROJECT / "docker-compose.yml")], capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout


def test_the_bot_has_no_port_outside_and_the_proxy_hides_what_is_internal() -> None:
    services = yaml.safe_load((PROJECT / "docker-compose.yml").read_text())["services"]
    assert [name for name, service in services.items() if "ports" in service] == ["proxy"]
    assert "@internal path /actions /actions/* /metrics" in (PROJECT / "docker" / "Caddyfile").read_text()


def test_the_images_run_the_commands_that_exist() -> None:
    app = (PROJECT / "docker" / "app.Dockerfile").read_text()
    assert 'CMD ["python", "-m", "app", "serve"]' in app
    for name in re.findall(
        r"^COPY (\S+) ", app + (PROJECT / "docker" / "bot.Dockerfile").read_text(), re.MULTILINE
    ):
        assert (PROJECT / name).exists(), name


@pytest.mark.parametrize("file", [file for file in tracked_files() if file.suffix == ".py"], ids=str)
def test_a_module_is_one_thing_and_importing_it_does_nothing(file: Path) -> None:
    source = file.read_text(encoding="utf-8")
    assert len(source.splitlines()) <= MAX_LINES
    # Tables and their indexes declare themselves; a program and a test do something.
    if file.name in {"__main__.py", "storage.py", "rows.py"} or "tests" in file.parts:
        return
    for statement in ast.parse(source).body:
        if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
            # Rasa warns of what its own readers do not read; ours do.
            assert ast.unparse(statement.value.func) == "warnings.filterwarnings", (
                f"{file}:{statement.lineno}"
            )


def test_the_bot_knows_every_place_the_counter_knows() -> None:
    known = "\n".join(
        file.read_text(encoding="utf-8") for file in sorted((PROJECT / "bot" / "data").rglob("*.yml"))
    ).casefold()
    missing = [place.name for place in load_gazetteer() if place.name.casefold() not in known]
    assert missing == []


def test_the_interface_description_is_valid_openapi() -> None:
    text = (PROJECT / "connectors" / "website" / "openapi.yaml").read_text()
    validate(json.loads(json.dumps(yaml.safe_load(text))))
