"""From schema.org JobPostings (JSON-LD, in a file or in a web page) to rows of open-hiring jobs."""

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from typing import Any

from counter.imports.markup import json_ld_of, text_of
from counter.imports.model import ImportFault, ImportFaultsError
from counter.imports.reading import Row, Table, decoded, refuse
from counter.job_drafts.model import parse_hours, parse_needs
from counter.open_hiring.principle import Principle
from skills_taxonomy.model import Sector

type Node = Mapping[str, Any]

# Where a column comes from: faults are told of the property people see in their own file.
PROPERTY_OF = {
    "id": "identifier",
    "title": "title",
    "employer": "hiringOrganization",
    "place": "jobLocation",
    "sector": "industry",
    "hours_min": "workHours",
    "hours_max": "workHours",
    "wage_text": "baseSalary",
    "tasks": "description",
    "practical_needs": "skills",
    "open_places": "totalJobOpenings",
    "valid_through": "validThrough",
}
_NEEDS = ("skills", "physicalRequirement", "sensoryRequirement")
# Whatever stands in these asks who somebody is or was, unless it says that nothing is asked.
_ASKING = (
    "educationRequirements",
    "experienceRequirements",
    "qualifications",
    "securityClearanceRequirement",
)
_NOTHING = frozenset({"", "no requirements", "none", "geen", "geen eisen", "niet nodig", "nvt", "n.v.t."})
_UNITS = {"HOUR": "per uur", "DAY": "per dag", "WEEK": "per week", "MONTH": "per maand", "YEAR": "per jaar"}
_MAX_STORY, _MAX_ID, _MAX_SHOWN = 1000, 60, 60
_CUT = "…"


def read_postings(
    data: bytes, *, is_page: bool, principle: Principle, sector_of: Callable[[str], str]
) -> Table:
    """Return the JobPostings of a file as rows; `sector_of` guesses the sector by the title.

    Raises:
        ImportFaultsError: there are none, or the file cannot be read.
    """
    text = decoded(data)
    pieces = json_ld_of(text) if is_page else [text]
    postings = [posting for piece in pieces for posting in _postings_in(_parsed(piece))]
    if not postings:
        refuse("Er staat geen JobPosting in dit bestand.")
    rows, faults = [], []
    for number, posting in enumerate(postings, start=1):
        faults += [
            ImportFault(row=number, column=column, message=message)
            for column, message in _asked_of_the_past(posting, principle)
        ]
        rows.append(Row(number=number, cells=_cells(posting, principle, sector_of)))
    return Table(rows=tuple(rows), columns=tuple(PROPERTY_OF), faults=tuple(faults))


def in_own_words(error: ImportFaultsError) -> ImportFaultsError:
    """Return the faults told of the properties of a JobPosting, each once."""
    told = {
        ImportFault(
            row=fault.row, column=PROPERTY_OF.get(fault.column or "", fault.column), message=fault.message
        ): None
        for fault in error.faults
    }
    return ImportFaultsError(list(told))


def _parsed(text: str) -> Any:  # noqa: ANN401 - any JSON document
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        refuse("De JSON-LD is geen geldige JSON.")


def _postings_in(content: object) -> Iterator[Node]:
    """Yield each JobPosting of a document: alone, in a list, in a graph, or as part of something else."""
    open_ends = [content]
    while open_ends:
        match open_ends.pop():
            case list() as items:
                open_ends += reversed(items)
            case dict() as node if "JobPosting" in _types(node):
                yield node
            case dict() as node:
                open_ends += reversed(list(node.values()))


def _types(node: Node) -> set[str]:
    kinds = node.get("@type")
    named = kinds if isinstance(kinds, list) else [kinds]
    return {re.split(r"[/:#]", kind)[-1] for kind in named if isinstance(kind, str)}


def _texts(value: object) -> list[str]:
    """Return the texts in a value: plain, in a list, as a named thing or as a JSON-LD value."""
    match value:
        case str():
            return [value.strip()] if value.strip() else []
        case bool() | None:
            return []
        case int() | float():
            return [str(value)]
        case list():
            return [text for item in value for text in _texts(item)]
        case dict():
            names = ("@value", "value", "name", "credentialCategory", "description")
            return next((found for name in names if (found := _texts(value.get(name)))), [])
        case _:
            return []


def _text(value: object) -> str:
    return next(iter(_texts(value)), "")


def _cells(posting: Node, principle: Principle, sector_of: Callable[[str], str]) -> dict[str, str]:
    title, hours = _text(posting.get("title")), parse_hours(_text(posting.get("workHours")))
    least, most = map(str, hours) if hours else ("", "")
    return {
        "id": _identifier(posting),
        "title": title,
        "employer": _text(posting.get("hiringOrganization")),
        "place": _place(posting.get("jobLocation")),
        "sector": _sector(posting) or sector_of(title),
        "hours_min": least,
        "hours_max": most,
        "wage_text": _wage(posting.get("baseSalary")) or principle.wage_text,
        "tasks": _story(posting),
        "practical_needs": "|".join(_needs(posting)),
        "open_places": _text(posting.get("totalJobOpenings")),
        "valid_through": _text(posting.get("validThrough"))[:10],
    }


def _identifier(posting: Node) -> str:
    """Return an id that stays the same at each import; what is too long or odd for one is made short."""
    given = _text(posting.get("identifier")) or _text(posting.get("url")) or _text(posting.get("@id"))
    plain = re.sub(r"[^A-Za-z0-9]+", "-", given).strip("-")
    if plain == given and len(plain) <= _MAX_ID:
        return plain
    digest = hashlib.sha256(given.encode()).hexdigest()[:8] if given else ""
    return f"{plain[: _MAX_ID - 9].strip('-')}-{digest}".strip("-")


def _place(location: object) -> str:
    """Return the town of the first location."""
    first = location[0] if isinstance(location, list) and location else location
    address = first.get("address", first) if isinstance(first, dict) else first
    return _text(address.get("addressLocality")) if isinstance(address, dict) else _text(address)


def _sector(posting: Node) -> str:
    known = set(Sector)
    named = chain(_texts(posting.get("industry")), _texts(posting.get("occupationalCategory")))
    return next((text.casefold() for text in named if text.casefold() in known), "")


def _wage(salary: object) -> str:
    """Return a wage in words, as "€ 15,50 per uur"; empty when there is none."""
    if not isinstance(salary, dict):
        return ""
    amount = salary.get("value", salary)
    amount = amount if isinstance(amount, dict) else {"value": amount}
    unit = _UNITS.get(_text(amount.get("unitText") or salary.get("unitText")).upper())
    if unit is None or _text(salary.get("currency") or amount.get("currency")) not in {"", "EUR"}:
        return ""
    low, high = (_euros(amount.get(name)) for name in ("minValue", "maxValue"))
    only = _euros(amount.get("value"))
    told = f"{low} tot {high}" if low and high and low != high else only or low or high
    return f"{told} {unit}" if told else ""


def _euros(value: object) -> str:
    try:
        amount = float(_text(value).replace(",", "."))
    except ValueError:
        return ""
    return f"€ {amount:.2f}".replace(".", ",").removesuffix(",00") if amount > 0 else ""


def _story(posting: Node) -> str:
    """Return what one does, without marks, cut after a whole sentence where it is too long."""
    told = text_of(_text(posting.get("responsibilities")) or _text(posting.get("description")))
    if len(told) <= _MAX_STORY:
        return told
    return told[: _MAX_STORY - 1].rpartition(". ")[0] + f".{_CUT}"


def _needs(posting: Node) -> Iterator[str]:
    for name in _NEEDS:
        for text in _texts(posting.get(name)):
            yield from parse_needs(text_of(text)) or (text_of(text),)


def _asked_of_the_past(posting: Node, principle: Principle) -> Iterator[tuple[str, str]]:
    """Yield where the posting asks who somebody is or was: the property, and what is wrong."""
    for name in _ASKING:
        if asked := _asked(posting.get(name)):
            shown = asked if len(asked) <= _MAX_SHOWN else f"{asked[:_MAX_SHOWN]}{_CUT}"
            yield name, f"'{shown}' hoort niet bij open hiring: naar het verleden vragen we niet."
    for name in ("title", "description", "responsibilities"):
        for text in _texts(posting.get(name)):
            if found := principle.asks_for_past(text_of(text)):
                yield name, f"'{found}' hoort niet bij open hiring. Noem alleen wat het werk zelf vraagt."


def _asked(value: object) -> str:
    if isinstance(value, dict) and (months := _text(value.get("monthsOfExperience"))):
        return "" if months == "0" else f"{months} maanden ervaring"
    asked = ", ".join(_texts(value))
    return "" if asked.casefold().strip(" .") in _NOTHING else asked
