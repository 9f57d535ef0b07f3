"""Which other work a sentence wishes for."""

import pytest

from counter.occupations.wishes import Wish, read_loose_wish, read_wish, wanted_sectors, wished
from skills_taxonomy import Sector, Taxonomy


def sectors_in(text: str) -> dict[int, str]:
    return {text.index(name): name for name in Sector if name in text.split()}


@pytest.mark.parametrize(
    ("text", "words", "sector"),
    [
        ("nee toch liever iets met schepen", "schepen", None),
        ("doe toch maar iets in de zorg", "zorg", Sector.ZORG),
        ("liever buiten werken", "buiten", Sector.GROEN),
        ("ik wil toch liever met mijn handen werken", "handen", Sector.TECHNIEK),
        ("laat maar iets in de bouw zien", "bouw", Sector.BOUW),
        ("niet de zorg maar liever iets in de bouw", "bouw", Sector.BOUW),
        ("ik heb me bedacht, liever iets met hout", "hout", None),
        ("mag het ook iets met paarden zijn", "paarden", None),
        ("geen kantoor, liever iets met dieren", "dieren", None),
        ("toch maar kok", "kok", None),
        ("iets met schepen, liever", "schepen", None),
    ],
)
def test_a_wish_is_read_in_the_persons_own_words(text: str, words: str, sector: Sector | None) -> None:
    assert read_wish(text, sectors_in(text)) == Wish(words=words, sector=sector)


@pytest.mark.parametrize(
    "text",
    [
        "haal koken eruit",
        "ik kan ook solderen",
        "ik kan ook iets met hout",
        "doe koken maar weg",
        "zet koken toch maar weer in mijn paspoort",
        "mag ik nog iets met hout toevoegen",
        "doe die van de kassa toch maar wel",
        "ik was kok en wil liever rust",
        "nee lassen klopt niet",
        "toch wel schoonmaken",
        "liever niet in een kantoor",
        "doe maar",
        "wat is een lasser",
        "wat bij mij past",
        "nee",
    ],
)
def test_who_speaks_of_what_they_can_or_of_nothing_wishes_for_no_other_work(text: str) -> None:
    assert read_wish(text, sectors_in(text)) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("de haven lijkt me leuker", "haven"),
        ("techniek", "techniek"),
        ("klopt niet", None),
        ("dank je", None),
        ("liever niet in een kantoor", None),
    ],
)
def test_bare_words_are_a_wish_when_they_surely_are_about_work(
    taxonomy: Taxonomy, text: str, words: str | None
) -> None:
    wish = read_loose_wish(text, sectors_in(text), taxonomy)
    assert (wish and wish.words.split()[0]) == words


def test_a_sector_that_is_said_no_to_is_not_wanted() -> None:
    text = "liever niet in de zorg maar in de bouw"
    assert wanted_sectors(text, sectors_in(text)) == [Sector.BOUW]


def test_words_find_the_work_that_is_done_with_it(taxonomy: Taxonomy) -> None:
    found = wished("schepen", taxonomy)
    assert "beroep/scheepsbouwer" in found
    assert found < wished("schepen", taxonomy, nearly=0)
    assert wished("xkcdq", taxonomy) == frozenset()
