"""Reading YAML of this project."""

from pathlib import Path
from typing import Any

import yaml

# libyaml reads ten times as fast as Python does; PyYAML may have been built without it.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(file: Path) -> Any:  # noqa: ANN401 - YAML is anything
    """Return what stands in a file."""
    return yaml.load(file.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - it is a safe one
