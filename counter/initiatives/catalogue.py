"""The directory of initiatives in memory: which answer a question, and in what order."""

import math
from collections.abc import Iterable, Iterator

from counter.catalogue.index import Field, TextIndex, TextMatch
from counter.catalogue.relaxation import give_way
from counter.catalogue.words import subject_words
from counter.initiatives.model import Initiative, InitiativeHit, InitiativeSearch, Relaxation
from counter.places.gazetteer import Gazetteer
from counter.places.model import Place, Region

# What people say around their subject, and what is true of nearly every initiative.
_ASKING = frozenset(
    """
    bedrijf bedrijfje bedrijven buurt dichtbij doet firma gebeurt gebied gebruiken helpt holland
    initiatief initiatieven innovatie innovatieve innoveren inoveren kant kennis laten maak mensen mkb nabij
    nieuws noord omgeving ondernemen ondernemer ondernemers onderneming ontwikkelen ontwikkeling open
    organisatie organisaties overzicht plekken proberen product project projecten provincie regio regionaal
    regionale rond samen uitproberen verbruiken vernieuwen vernieuwing vertel werkt zaak zit zitten
    """.split()
)


class InitiativeCatalogue:
    """Initiatives, their words and where they are."""

    def __init__(self, initiatives: Iterable[Initiative], gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._initiatives = tuple(initiatives)
        self._places = {item.id: gazetteer.find(item.place) for item in self._initiatives if item.place}
        self._text = TextIndex(
            {initiative.id: tuple(_fields(initiative)) for initiative in self._initiatives}
        )
        self._themes = TextIndex(
            {
                initiative.id: tuple(Field(text=theme, weight=1.0) for theme in initiative.themes)
                for initiative in self._initiatives
            }
        )

    def search(
        self,
        *,
        region: Region | None = None,
        place: str | None = None,
        theme: str | None = None,
        text: str | None = None,
        limit: int,
        offset: int,
    ) -> InitiativeSearch:
        """Return the best initiatives; when nothing fits, the nearest ones and what was let go."""
        here = self._gazetteer.find(place) if place else None
        wanted = region or (here.region if here else None)
        words = self._subject(text or "")
        matches = self._text.match(" ".join(words)) if words else {}
        themes = self._themes.match(theme) if theme else {}

        def unmet(initiative: Initiative) -> Iterator[Relaxation]:
            if wanted not in {None, initiative.region}:
                yield Relaxation.REGIO
            if theme and not _answers(themes.get(initiative.id)):
                yield Relaxation.THEMA
            if words and not _answers(matches.get(initiative.id)):
                yield Relaxation.VRAAG

        fitting, relaxed = give_way(
            ((initiative, frozenset(unmet(initiative))) for initiative in self._initiatives),
            tuple(Relaxation),
        )

        def order(hit: InitiativeHit) -> tuple[float, float, float, str, str]:
            match, distance = matches.get(hit.initiative.id), hit.distance_km
            away = math.inf if distance is None else distance
            # Outside the region what is near goes before what fits a little better.
            return (
                away if Relaxation.REGIO in relaxed else 0.0,
                -(match.score if match else 0.0),
                away,
                hit.initiative.name,
                hit.initiative.id,
            )

        hits = sorted((self._hit(item, here, matches.get(item.id)) for item in fitting), key=order)
        return InitiativeSearch(
            hits=tuple(hits[offset : offset + limit]), relaxed=relaxed, total=len(hits), words=words
        )

    def _subject(self, text: str) -> tuple[str, ...]:
        """Return what a question is about: the words the directory knows, or else those it does not."""
        asked = tuple(word for word in subject_words(text) if word not in _ASKING)
        return tuple(filter(self._text.knows, asked)) or asked

    def _hit(self, initiative: Initiative, here: Place | None, match: TextMatch | None) -> InitiativeHit:
        there = self._places.get(initiative.id)
        return InitiativeHit(
            initiative=initiative,
            matched=match.words if match and match.is_enough else (),
            distance_km=self._gazetteer.distance_km(here, there) if here and there else None,
        )


def _answers(match: TextMatch | None) -> bool:
    return match is not None and match.is_enough


def _fields(initiative: Initiative) -> Iterator[Field]:
    yield Field(text=initiative.name, weight=1.0, whole=True)
    for theme in initiative.themes:
        yield Field(text=theme, weight=0.9, whole=True)
    yield Field(text=initiative.kind, weight=0.6)
    yield Field(text=initiative.place, weight=0.6, whole=True)
    yield Field(text=initiative.description, weight=0.5)
