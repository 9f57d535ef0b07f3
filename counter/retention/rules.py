"""Reading the retention rules; the terms that come with the project are samples."""

import tomllib
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import Any

from counter.retention.model import Rule, WrongRulesError

_KEYS = {"wat": str, "na_maanden": int, "waarom": str, "voorbeeld": bool}


def load_rules(file: Path | None = None) -> Mapping[str, Rule]:
    """Read the rules in a file, or those that come with the project; reads a file at each call.

    Raises:
        OSError: the file cannot be read.
        WrongRulesError: it is no TOML, or a rule misses something or has something unknown.
    """
    source = file or resources.files("counter.retention").joinpath("rules.toml")
    try:
        document = tomllib.loads(source.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WrongRulesError(source.name, f"is no TOML: {error}") from error
    return {name: _rule(name, entry) for name, entry in document.items()}


def _rule(name: str, entry: Any) -> Rule:  # noqa: ANN401 - whatever somebody typed
    # An exact type: in Python a true is a number too.
    is_whole = isinstance(entry, dict) and {key: type(value) for key, value in entry.items()} == _KEYS
    if not is_whole:
        raise WrongRulesError(name, f"needs exactly: {', '.join(_KEYS)}")
    return Rule(
        name=name,
        what=entry["wat"],
        months=entry["na_maanden"],
        why=entry["waarom"],
        is_sample=entry["voorbeeld"],
    )
