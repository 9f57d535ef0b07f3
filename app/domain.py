"""Reading the bot's domain as data: the gateway's own notices are responses in it."""

from pathlib import Path
from typing import Any

import yaml


def responses(folder: Path) -> dict[str, Any]:
    """Return the responses of every domain file in `folder`."""
    merged: dict[str, Any] = {}
    for file in sorted(folder.glob("*.yml")):
        merged |= (yaml.safe_load(file.read_text(encoding="utf-8")) or {}).get("responses", {})
    return merged
