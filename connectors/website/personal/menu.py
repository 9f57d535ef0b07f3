"""What there is under `/mijn`; an editor writes it in `menu.toml`."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from counter.visits.model import PAGES

# A page of ours by its own words: no other site, no query, nothing strange.
_STEM = re.compile(r"[a-z-]{1,40}(?:/[a-z-]{1,40}){0,2}")


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A page of the person's own."""

    stem: str
    title: str
    about: str

    @property
    def path(self) -> str:
        """Where it is."""
        return f"{PAGES}/{self.stem}"


@cache
def entries() -> tuple[Entry, ...]:
    """Return every page in the menu, in order."""
    table = tomllib.loads(Path(__file__).with_name("menu.toml").read_text(encoding="utf-8"))
    return tuple(Entry(**page) for page in table["page"])


def address_of(stem: str) -> str:
    """Return where somebody who wants this goes: a page under `/mijn`, whatever is asked."""
    return f"{PAGES}/{stem}" if _STEM.fullmatch(stem) else PAGES
