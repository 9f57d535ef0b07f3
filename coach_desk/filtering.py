"""What a coach chose to see: between the address of a page and what the counter understands."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from counter.desk.overview import CaseLine, DeskList, Filters
from counter.places.model import Region
from counter.referrals.model import Reason

# As they stand in the address of a page, and in `Filters`.
NAMES: Mapping[str, str] = {
    "regio": "region",
    "onderwerp": "topic",
    "reden": "reason",
    "taal": "language",
    "organisatie": "organisation",
    "label": "label",
    "zoek": "search",
}
# What is longer was not chosen here.
MAX_LENGTH = 100


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One thing to choose by; `name` is that of its field."""

    name: str
    value: str | None
    options: Sequence[str]


def filters_in(query: Mapping[str, str]) -> Filters:
    """Return what an address asks for."""
    asked = {field: query.get(name, "").strip()[:MAX_LENGTH] or None for name, field in NAMES.items()}
    return Filters(**asked)


def list_in(query: Mapping[str, str], otherwise: DeskList) -> DeskList:
    """Return the list an address names."""
    named = query.get("lijst", "")
    return DeskList(named) if named in list(DeskList) else otherwise


def query_of(filters: Filters) -> str:
    """Return the filters as they stand in an address."""
    chosen = {name: getattr(filters, field) for name, field in NAMES.items()}
    return urlencode({name: value for name, value in chosen.items() if value})


def choices(filters: Filters, lines: Sequence[CaseLine]) -> Iterator[Choice]:
    """Yield what there is to choose by: fixed for regions and reasons, and what occurs for all else."""
    occurring: Mapping[str, Iterable[str | None]] = {
        "regio": Region,
        "onderwerp": (topic for line in lines for topic in line.topics),
        "reden": Reason,
        "taal": (line.language for line in lines),
        "organisatie": (line.organisation for line in lines),
        "label": (label for line in lines for label in line.labels),
    }
    for name, values in occurring.items():
        chosen: str | None = getattr(filters, NAMES[name])
        yield Choice(
            name=name, value=chosen, options=sorted({*filter(None, values), *filter(None, [chosen])})
        )
