"""Which initiatives answer an entrepreneur's question."""

import pytest

from counter.initiatives.catalogue import InitiativeCatalogue
from counter.initiatives.model import Initiative, InitiativeSearch, Relaxation
from counter.places.model import Region


@pytest.fixture(scope="module")
def catalogue() -> InitiativeCatalogue:
    def initiative(name: str, region: Region, description: str, *themes: str) -> Initiative:
        return Initiative(
            id=name.casefold(),
            name=name,
            kind="campus",
            place="Ergens",
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
        ]
    )


def search(
    catalogue: InitiativeCatalogue,
    *,
    region: Region | None = None,
    theme: str | None = None,
    text: str | None = None,
) -> InitiativeSearch:
    return catalogue.search(region=region, theme=theme, text=text, limit=10, offset=0)


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
