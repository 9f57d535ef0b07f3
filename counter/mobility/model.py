"""What a mobility team is; no framework."""

from dataclasses import dataclass

from counter.places.model import Region


@dataclass(frozen=True, kw_only=True)
class MobilityTeam:
    """The team of a labour-market region that helps people from work to work."""

    region: Region
    name: str
    place: str
    help: str
    phone: str | None = None
    url: str | None = None
    is_sample: bool = False
