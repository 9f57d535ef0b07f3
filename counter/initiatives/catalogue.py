"""The directory of initiatives in memory: which answer a question, and in what order."""

from collections.abc import Iterable, Iterator

from counter.catalogue.index import Field, TextIndex, TextMatch
from counter.catalogue.relaxation import give_way
from counter.initiatives.model import Initiative, InitiativeHit, InitiativeSearch, Relaxation
from counter.places.model import Region


class InitiativeCatalogue:
    """Initiatives and their words."""

    def __init__(self, initiatives: Iterable[Initiative]) -> None:
        self._initiatives = tuple(initiatives)
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
        self, *, region: Region | None, theme: str | None, text: str | None, limit: int, offset: int
    ) -> InitiativeSearch:
        """Return the best initiatives; when nothing fits, the nearest ones and what was let go."""
        matches = self._text.match(text) if text else {}
        themes = self._themes.match(theme) if theme else {}

        def unmet(initiative: Initiative) -> Iterator[Relaxation]:
            if region not in {None, initiative.region}:
                yield Relaxation.REGIO
            if theme and not _answers(themes.get(initiative.id)):
                yield Relaxation.THEMA
            if text and not _answers(matches.get(initiative.id)):
                yield Relaxation.VRAAG

        fitting, relaxed = give_way(
            ((initiative, frozenset(unmet(initiative))) for initiative in self._initiatives),
            tuple(Relaxation),
        )
        hits = [
            (
                match.score if match else 0.0,
                InitiativeHit(initiative=item, matched=match.words if match and match.is_enough else ()),
            )
            for item, match in ((item, matches.get(item.id)) for item in fitting)
        ]
        hits.sort(key=lambda scored: (-scored[0], scored[1].initiative.name, scored[1].initiative.id))
        return InitiativeSearch(
            hits=tuple(hit for _, hit in hits[offset : offset + limit]), relaxed=relaxed, total=len(hits)
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
