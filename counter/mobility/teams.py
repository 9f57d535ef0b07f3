"""Reading the mobility teams; the ones that come with the project are samples."""

import json
from collections.abc import Mapping
from importlib import resources

from counter.mobility.model import MobilityTeam
from counter.places.model import Region


def load_teams() -> Mapping[Region, MobilityTeam]:
    """Read the team of each region; reads a file at each call."""
    source = resources.files("counter.mobility").joinpath("teams.json")
    teams = (
        MobilityTeam(**{**entry, "region": Region(entry["region"])})
        for entry in json.loads(source.read_text(encoding="utf-8"))
    )
    return {team.region: team for team in teams}
