"""Every region has a team, and nobody takes a sample for real."""

from counter.mobility.teams import load_teams
from counter.places.gazetteer import load_gazetteer
from counter.places.model import Region


def test_every_region_has_a_team_in_a_place_of_its_own() -> None:
    teams, gazetteer = load_teams(), load_gazetteer()
    assert set(teams) == set(Region)
    for region, team in teams.items():
        place = gazetteer.find(team.place)
        assert place is not None
        assert place.region is region


def test_no_number_or_address_was_made_up() -> None:
    for team in load_teams().values():
        assert team.is_sample
        assert team.phone is None
        assert team.url is None
