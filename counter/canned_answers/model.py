"""What a canned answer is; no framework."""

import re
from dataclasses import dataclass

MAX_NAME, MAX_TEXT = 40, 1000

# A variable, with the space before it: without a name, "Dag {naam}," becomes "Dag,".
_VARIABLE = re.compile(r" ?\{(naam|coach|nummer)\}")


@dataclass(frozen=True, kw_only=True)
class CannedAnswer:
    """A text to send; shared by all coaches, or one's own."""

    id: str
    name: str
    text: str
    owner_id: str | None
    """Whose it is; None when it is shared."""

    def filled(self, *, person: str | None, coach: str, number: str) -> str:
        """Return the text with {naam}, {coach} and {nummer} filled in."""
        values = {"naam": person, "coach": coach, "nummer": number}

        def fill(found: re.Match[str]) -> str:
            value = values[found[1]]
            space = " " if found[0].startswith(" ") else ""
            return f"{space}{value}" if value else ""

        return _VARIABLE.sub(fill, self.text)


class UnknownAnswerError(LookupError):
    """There is no such answer, or it is another coach's own."""
