"""Reading the bot's domain as data: the gateway's own notices are responses in it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.yaml_files import read_yaml


def simpler(all_responses: Mapping[str, Any]) -> dict[str, str]:
    """Return the easier words of each response that has them: `makkelijker` in its metadata."""
    return {
        name: variant["metadata"]["makkelijker"]
        for name, variants in all_responses.items()
        for variant in variants
        if "makkelijker" in variant.get("metadata", {})
    }


def responses(folder: Path) -> dict[str, Any]:
    """Return the responses of every domain file in `folder`."""
    merged: dict[str, Any] = {}
    for file in sorted(folder.glob("*.yml")):
        merged |= (read_yaml(file) or {}).get("responses", {})
    return merged
