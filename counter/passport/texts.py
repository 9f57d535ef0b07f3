"""Reading what people read in a passport that they take away; an editor writes it in `texts.toml`."""

import tomllib
from importlib import resources


def load_texts(section: str) -> dict[str, str]:
    """Read one section; reads a file at each call."""
    source = resources.files("counter.passport").joinpath("texts.toml")
    texts: dict[str, str] = tomllib.loads(source.read_text(encoding="utf-8"))[section]
    return texts
