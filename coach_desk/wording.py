"""What coaches read that an editor may change, out of `words.toml`."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any


@cache
def words() -> Mapping[str, Mapping[str, Any]]:
    """Return what coaches read for Noor's own names, and what to do when somebody is in need."""
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
