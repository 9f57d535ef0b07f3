"""Which work people come from and want to, in one sentence."""

import pytest

from counter.occupations.reading import Meant, meant_by, read_move
from skills_taxonomy import Sector, Taxonomy


def sectors_in(text: str) -> dict[int, str]:
    return {text.index(name): name for name in Sector if name in text.split()}


@pytest.mark.parametrize(
    ("text", "origin", "goal"),
    [
        ("van kok naar installatiemonteur", "kok", "loodgieter"),
        ("van kapper naar elektricien, kan dat", "kapper", "elektromonteur"),
        ("ik ben buschauffeur en wil treinmachinist worden", "buschauffeur", "treinmachinist"),
        ("kan een kok lasser worden", "kok", "lasser"),
        ("ik wil aan de slag als kok", None, "kok"),
        ("kun je vergelijken wat ik nu doe met lasser", None, "lasser"),
        ("ik wil laten omscholen tot ict'er", None, "softwareontwikkelaar"),
        ("ik was kok", "kok", None),
        ("ik wil iets anders", None, None),
    ],
)
def test_from_and_to_are_told_apart(
    taxonomy: Taxonomy, text: str, origin: str | None, goal: str | None
) -> None:
    move = read_move(text, taxonomy, {})
    assert move.origin == Meant(occupation_id=origin and f"beroep/{origin}")
    assert move.goal == Meant(occupation_id=goal and f"beroep/{goal}")


@pytest.mark.parametrize(
    ("text", "origin", "sector"),
    [
        ("ik ben stratenmaker en wil de techniek in", "stratenmaker", Sector.TECHNIEK),
        ("ik was kok en wil nu iets met ict", "kok", Sector.ICT),
        ("me werk is saai ik wil naar de bouw", None, Sector.BOUW),
        ("ik wil uit de zorg stappen", None, None),
        ("ik werk in de horeca", None, None),
    ],
)
def test_somebody_may_want_a_sector_rather_than_an_occupation(
    taxonomy: Taxonomy, text: str, origin: str | None, sector: Sector | None
) -> None:
    move = read_move(text, taxonomy, sectors_in(text))
    assert move.origin.occupation_id == (origin and f"beroep/{origin}")
    assert (move.goal, move.sector) == (Meant(), sector)


def test_a_word_for_several_occupations_is_not_decided_for_the_person(taxonomy: Taxonomy) -> None:
    move = read_move("ik ben verkoper en wil monteur worden", taxonomy, {})
    assert move.origin == Meant(occupation_id="beroep/verkoopmedewerker")
    assert move.goal.occupation_id is None
    assert len(move.goal.options) == 3


@pytest.mark.parametrize(
    "text",
    [
        "welke beroepen lijken op mijn beroep",
        "met mijn achtergrond als kok, waar kan ik nog meer terecht",
        "ik ben timmerman, wat kan ik nog worden",
        "welk beroep ligt dicht bij dat van mij",
    ],
)
def test_people_ask_what_is_near_in_many_ways(taxonomy: Taxonomy, text: str) -> None:
    assert read_move(text, taxonomy, {}).asks_nearby


@pytest.mark.parametrize("text", ["van kok naar lasser", "ik wil de techniek in"])
def test_who_knows_where_to_does_not_ask_what_is_near(taxonomy: Taxonomy, text: str) -> None:
    assert not read_move(text, taxonomy, {}).asks_nearby


@pytest.mark.parametrize("words", ["lasser", "lasster", "lassser", "wat doet een lasser eigenlijk"])
def test_an_occupation_is_known_by_its_name_however_it_is_written(taxonomy: Taxonomy, words: str) -> None:
    assert meant_by(words, taxonomy) == Meant(occupation_id="beroep/lasser")


def test_a_half_name_gives_a_choice_and_nonsense_gives_nothing(taxonomy: Taxonomy) -> None:
    assert "beroep/magazijnmedewerker" in meant_by("magazijn", taxonomy).options
    assert meant_by("astronaut", taxonomy) == Meant()
