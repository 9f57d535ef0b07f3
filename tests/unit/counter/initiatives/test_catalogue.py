"""Which initiatives answer an entrepreneur's question."""

import pytest

from counter.initiatives.catalogue import InitiativeCatalogue
from counter.initiatives.model import Initiative, InitiativeSearch, Relaxation
from counter.places.gazetteer import load_gazetteer
from counter.places.model import Region


@pytest.fixture(scope="module")
def catalogue() -> InitiativeCatalogue:
    def initiative(name: str, region: Region, description: str, *themes: str, place: str = "") -> Initiative:
        return Initiative(
            id=name.casefold(),
            name=name,
            kind="campus",
            place=place,
            region=region,
            themes=themes,
            description=description,
        )

    return InitiativeCatalogue(
        [
            initiative(
                "Maakplaats", Region.ZUID_KENNEMERLAND_IJMOND, "Printen in metaal.", "3D-printen", "techniek"
            ),
            initiative("Zaadhuis", Region.NOORD_HOLLAND_NOORD, "Nieuwe groenten.", "zaden", "voeding"),
            initiative("Zorglab", Region.GROOT_AMSTERDAM, "Robots in de zorg.", "zorg", "techniek"),
            initiative("Windhuis", Region.NOORD_HOLLAND_NOORD, "Wind op zee.", "wind", place="Den Helder"),
            initiative("Windpark", Region.NOORD_HOLLAND_NOORD, "Wind op zee.", "wind", place="Hoorn"),
        ],
        load_gazetteer(),
    )


def search(
    catalogue: InitiativeCatalogue,
    *,
    region: Region | None = None,
    place: str | None = None,
    theme: str | None = None,
    text: str | None = None,
) -> InitiativeSearch:
    return catalogue.search(region=region, place=place, theme=theme, text=text, limit=10, offset=0)


def names(found: InitiativeSearch) -> list[str]:
    return [hit.initiative.name for hit in found.hits]


def test_a_question_in_words_finds_the_initiative_and_shows_why(catalogue: InitiativeCatalogue) -> None:
    found = search(catalogue, text="ik wil 3d printen")
    assert (names(found), found.relaxed) == (["Maakplaats"], ())
    assert found.hits[0].matched == ("3D-printen",)


def test_a_theme_and_a_region_narrow_it_down(catalogue: InitiativeCatalogue) -> None:
    assert names(search(catalogue, theme="techniek")) == ["Maakplaats", "Zorglab"]
    assert names(search(catalogue, theme="techniek", region=Region.GROOT_AMSTERDAM)) == ["Zorglab"]


def test_the_region_goes_first_and_the_question_last(catalogue: InitiativeCatalogue) -> None:
    found = search(catalogue, text="robots", theme="zaden", region=Region.NOORD_HOLLAND_NOORD)
    assert (names(found), found.relaxed) == (["Zorglab"], (Relaxation.REGIO, Relaxation.THEMA))
    found = search(catalogue, text="ballet", region=Region.GROOT_AMSTERDAM)
    assert (names(found), found.relaxed) == (["Zorglab"], (Relaxation.VRAAG,))


def test_the_nearest_comes_first_and_its_distance_is_told(catalogue: InitiativeCatalogue) -> None:
    found = search(catalogue, place="Enkhuizen", text="wind")
    assert names(found) == ["Windpark", "Windhuis"]
    assert [round(hit.distance_km or 0) for hit in found.hits] == [17, 45]


def test_outside_the_region_near_goes_before_a_better_likeness(catalogue: InitiativeCatalogue) -> None:
    found = search(catalogue, place="Haarlem", text="wind op zee bij Den Helder")
    assert (names(found), found.relaxed) == (["Windpark", "Windhuis"], (Relaxation.REGIO,))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("wij willen als bedrijf iets met robots proberen", ("robots",)),
        ("ik wil innoveren", ()),
        ("iets met waterstof", ("waterstof",)),
        ("met waterstof en robots", ("robots",)),
    ],
)
def test_what_a_question_is_about_is_told(
    catalogue: InitiativeCatalogue, text: str, words: tuple[str, ...]
) -> None:
    found = search(catalogue, text=text)
    assert found.words == words
    assert (Relaxation.VRAAG in found.relaxed) is (words == ("waterstof",))
