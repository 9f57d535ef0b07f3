"""The starter taxonomy and an imported one as one: everyday words over the whole of ESCO."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from skills_taxonomy.model import Concept, Occupation, Skill, TaxonomyData
from skills_taxonomy.words import fold


def merge(starter: TaxonomyData, esco: TaxonomyData) -> TaxonomyData:
    """Return both taxonomies, with one concept wherever the starter names the URI of ESCO's.

    So is a concept of the starter without a URI and the only one of ESCO that is called the same.
    Where the starter names another URI they stay two: ESCO tells them apart, and a person's
    passport says which of them is meant.

    Such a concept keeps the starter's id (passports of people refer to it), name, description,
    sector, world and kind, and gains ESCO's names, groups, themes, relations and formal description.

    An occupation needs what either source says. The starter's skills come first: they are few,
    in order of weight, and in words people use. ESCO's follow, for two occupations are only
    comparable when both are told in the same detail, and most occupations have ESCO's alone.
    What one source calls essential is essential.
    """
    ids = {**_same(starter.occupations, esco.occupations), **_same(starter.skills, esco.skills)}
    return TaxonomyData(
        occupations=_merged(starter.occupations, esco.occupations, ids, _occupation),
        skills=_merged(starter.skills, esco.skills, ids, _skill),
        groups={**starter.groups, **esco.groups},
        sources=starter.sources + esco.sources,
    )


type _Ids = Mapping[str | None, str]
"""The starter's id for each URI it names."""


def distinct_names(name: str, others: Iterable[str]) -> tuple[str, ...]:
    """Return the others that say something new, give or take case and accents."""
    said = {"", fold(name)}
    distinct = []
    for other in others:
        if (folded := fold(other)) not in said:
            said.add(folded)
            distinct.append(other)
    return tuple(distinct)


def _same(ours: Mapping[str, Concept], theirs: Mapping[str, Concept]) -> dict[str | None, str]:
    """Return the starter's id for each URI of ESCO that is the same concept."""
    ids = {concept.esco: concept.id for concept in ours.values() if concept.esco in theirs}
    called: defaultdict[str, list[str]] = defaultdict(list)
    for uri, concept in theirs.items():
        if concept.language == "nl":
            called[fold(concept.name)].append(uri)
    for concept in ours.values():
        same = called[fold(concept.name)]
        if concept.esco is None and len(same) == 1:
            ids.setdefault(same[0], concept.id)
    return ids


def _merged[C: (Occupation, Skill)](
    ours: Mapping[str, C], theirs: Mapping[str, C], ids: _Ids, join: Callable[[C | None, C, _Ids], C]
) -> dict[str, C]:
    joined = {
        ids.get(uri, uri): join(ours.get(ids.get(uri, "")), concept, ids) for uri, concept in theirs.items()
    }
    return {**ours, **joined}


def _occupation(ours: Occupation | None, theirs: Occupation, ids: _Ids) -> Occupation:
    essential, optional = _renamed(theirs.essential, ids), _renamed(theirs.optional, ids)
    broader = _renamed(theirs.broader, ids)
    if ours is None:
        return replace(theirs, essential=essential, optional=optional, broader=broader)
    essential = _united(ours.essential, essential)
    return replace(
        ours,
        esco=theirs.esco,
        names=_names(ours, theirs),
        competentnl=ours.competentnl or theirs.competentnl,
        formal_description=theirs.description,
        essential=essential,
        optional=tuple(skill for skill in _united(ours.optional, optional) if skill not in essential),
        broader=broader,
    )


def _skill(ours: Skill | None, theirs: Skill, ids: _Ids) -> Skill:
    related, broader = _renamed(theirs.related, ids), _renamed(theirs.broader, ids)
    if ours is None:
        return replace(theirs, related=related, broader=broader)
    return replace(
        ours,
        esco=theirs.esco,
        names=_names(ours, theirs),
        competentnl=ours.competentnl or theirs.competentnl,
        description=ours.description or theirs.description,
        collections=theirs.collections,
        related=related,
        broader=broader,
    )


def _names(ours: Concept, theirs: Concept) -> tuple[str, ...]:
    # A foreign name beside Dutch ones would turn up where people search in Dutch.
    further = theirs.all_names if theirs.language == ours.language else ()
    return distinct_names(ours.name, (*ours.names, *further))


def _renamed(uris: Iterable[str], ids: _Ids) -> tuple[str, ...]:
    return tuple(ids.get(uri, uri) for uri in uris)


def _united(first: Iterable[str], second: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*first, *second)))
