"""What a coach writes for Noor to ask → questions: "vraag postcode en beschikbaarheid", or one a line."""

import re
from collections.abc import Iterator

from counter.tasks.model import Item, Question

_ITEMS = {
    Item.NAME: "naam, voornaam, achternaam, volledige naam",
    Item.POSTCODE: "postcode",
    Item.PLACE: "plaats, woonplaats",
    Item.PHONE: "telefoon, telefoonnummer, mobiel, mobiel nummer, 06-nummer",
    Item.EMAIL: "e-mail, email, mail, e-mailadres, emailadres, mailadres",
    Item.AGE: "leeftijd",
    Item.AVAILABILITY: "beschikbaarheid",
    Item.HOURS: "uren, aantal uren, uren per week, aantal uren per week",
    Item.DRIVING_LICENCE: "rijbewijs",
    Item.EDUCATION: "opleiding, opleidingen, diploma, diploma's, opleidingsniveau, vooropleiding",
    Item.EXPERIENCE: "ervaring, werkervaring",
}
_KNOWN = {words: item for item, listed in _ITEMS.items() for words in listed.split(", ")}
_BULLET = re.compile(r"^\s*(?:[-*•]|\d{1,2}[.)])\s+")
_ASK = re.compile(r"^vraag(?:\s+|$)(?:(?:nog|even|eens|hem|haar|ze)\s+)*(?:(?:naar|om)\s+)?", re.IGNORECASE)
_WHOSE = re.compile(r"^(?:de|het|een|zijn|haar|hun|je|jouw)\s+", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*[,;]\s*(?:en\s+)?|\s+en\s+", re.IGNORECASE)


def parse_written(text: str) -> tuple[Question, ...]:
    """Return the questions in what a coach wrote: known items as such, all else word for word.

    What stands twice is asked once. How many there may be, an `Assignment` says.
    """
    questions = [question for line in text.splitlines() for question in _in_line(line)]
    return tuple(dict.fromkeys(questions))


def _in_line(line: str) -> Iterator[Question]:
    words = " ".join(_BULLET.sub("", line).split())
    request = _ASK.sub("", words)
    parts = [part for part in _BETWEEN.split(request) if part]
    # "Heb je een rijbewijs en een auto?" is one question: only items that are known tear a line apart.
    if not any(map(_known, parts)):
        if request:
            yield Question(text=request)
        return
    for part in parts:
        item = _known(part)
        yield Question(item=item) if item else Question(text=part)


def _known(part: str) -> Item | None:
    return _KNOWN.get(_WHOSE.sub("", part).rstrip(" .?!:").casefold())
