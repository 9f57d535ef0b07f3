"""What a place is, and how far two places lie apart."""

import math
from dataclasses import dataclass
from enum import StrEnum

# Mean radius of the earth in kilometres (IUGG).
_EARTH_RADIUS_KM = 6371.0088


class Region(StrEnum):
    """The labour-market regions of Noord-Holland, by their official names."""

    NOORD_HOLLAND_NOORD = "Noord-Holland Noord"
    ZAANSTREEK_WATERLAND = "Zaanstreek/Waterland"
    ZUID_KENNEMERLAND_IJMOND = "Zuid-Kennemerland en IJmond"
    GROOT_AMSTERDAM = "Groot Amsterdam"
    GOOI_VECHTSTREEK = "Gooi en Vechtstreek"


@dataclass(frozen=True, kw_only=True)
class Place:
    """A town, village or municipality; coordinates in degrees (WGS 84)."""

    name: str
    municipality: str
    region: Region
    latitude: float
    longitude: float


def distance_km(a: Place, b: Place) -> float:
    """Return the distance between two places as the crow flies, in kilometres."""
    return distance_from_km(a, b.latitude, b.longitude)


def distance_from_km(place: Place, latitude: float, longitude: float) -> float:
    """Return the distance from a place to a point (degrees, WGS 84) as the crow flies, in kilometres."""
    latitude_a, latitude_b = math.radians(place.latitude), math.radians(latitude)
    half_chord = (
        math.sin((latitude_b - latitude_a) / 2) ** 2
        + math.cos(latitude_a)
        * math.cos(latitude_b)
        * math.sin(math.radians(longitude - place.longitude) / 2) ** 2
    )
    return 2 * _EARTH_RADIUS_KM * math.asin(math.sqrt(half_chord))
