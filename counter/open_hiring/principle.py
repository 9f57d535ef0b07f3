"""The principle of open hiring: nobody's past is asked for. Its words stand in `principle.json`."""

import json
import re
from dataclasses import dataclass
from importlib import resources

# "Geen ervaring nodig" promises what open hiring promises.
_DENIED = r"(?<!\bgeen )(?<!\bzonder )"


@dataclass(frozen=True, kw_only=True)
class Principle:
    """What no job may ask, and what each pays at least, as people read it."""

    wage_text: str
    refused: re.Pattern[str]

    def asks_for_past(self, text: str) -> str | None:
        """Return the words of a text that ask who somebody is or was, or None."""
        found = self.refused.search(" ".join(text.split()))
        return found[0] if found else None


def load_principle() -> Principle:
    """Read the principle that comes with the project; reads a file at each call."""
    source = resources.files("counter.open_hiring").joinpath("principle.json")
    words = json.loads(source.read_text(encoding="utf-8"))
    phrases = "|".join(map(_pattern, words["refused"]))
    refused = re.compile(rf"{_DENIED}(?<!\w)(?:{phrases})(?!\w)", re.IGNORECASE)
    return Principle(wage_text=words["wage_text"], refused=refused)


def _pattern(phrase: str) -> str:
    """Return a phrase as a pattern: `*` stands for any letters, a number for any number."""
    parts = re.findall(r"\*|\d+|[^*\d]+", phrase)
    return "".join(
        r"\w*" if part == "*" else r"\d+" if part.isdecimal() else re.escape(part) for part in parts
    )
