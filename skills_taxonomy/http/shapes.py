"""Concepts as JSON in the shapes of ESCO's web-service API (HAL); no framework.

Ours, beside those of ESCO: `id`, `matchedName`, `matchKind` and `score`.
"""

from collections.abc import Iterable, Sequence
from urllib.parse import urlencode

from skills_taxonomy.bridges import Bridge
from skills_taxonomy.http.incoming import SearchRequest
from skills_taxonomy.model import Concept, Group, Occupation, Skill
from skills_taxonomy.search import Match
from skills_taxonomy.taxonomy import Taxonomy

ROOT = "/api/taxonomy"

OWN_URI = "urn:loket:concept:"
"""What comes before the id of a concept that ESCO does not have: together they are its URI."""

type Json = dict[str, object]


def uri_of(concept: Concept) -> str:
    """Return the URI of the concept in ESCO, or our own."""
    return concept.esco or (concept.id if "://" in concept.id else OWN_URI + concept.id)


def id_of(uri: str) -> str:
    """Return what the taxonomy knows this URI or id by."""
    return uri.removeprefix(OWN_URI)


def link(concept: Concept) -> Json:
    """Return where a concept is, and what it is called."""
    uri = uri_of(concept)
    return {"href": _resource(concept, uri), "uri": uri, "title": concept.name}


def results(request: SearchRequest, found: Sequence[Match[Occupation] | Match[Skill]]) -> Json:
    """Return the page of all that was found that a search asks for."""
    page = found[request.offset : request.offset + request.limit]
    return {
        "text": request.text,
        "language": "nl",
        "limit": request.limit,
        "offset": request.offset,
        "total": len(found),
        "_links": _pages(request, len(found)),
        "_embedded": {"results": [_result(match) for match in page]},
    }


def occupation(taxonomy: Taxonomy, concept: Occupation) -> Json:
    """Return an occupation, with the skills it asks."""
    links = _related(
        hasEssentialSkill=map(taxonomy.skill, concept.essential),
        hasOptionalSkill=map(taxonomy.skill, concept.optional),
        broaderIscoGroup=_only(Group, taxonomy.broader(concept)),
        broaderOccupation=_only(Occupation, taxonomy.broader(concept)),
        narrowerOccupation=_only(Occupation, taxonomy.narrower(concept)),
    )
    return _resource_of(concept, links)


def skill(taxonomy: Taxonomy, concept: Skill) -> Json:
    """Return a skill, with the occupations that ask it."""
    essential, optional = taxonomy.occupations_needing(concept.id)
    links = _related(
        isEssentialForOccupation=essential,
        isOptionalForOccupation=optional,
        broaderSkill=_only(Skill, taxonomy.broader(concept)),
        narrowerSkill=_only(Skill, taxonomy.narrower(concept)),
        broaderHierarchyConcept=_only(Group, taxonomy.broader(concept)),
    )
    return _resource_of(concept, links) | {"collections": sorted(concept.collections)}


def group(taxonomy: Taxonomy, concept: Group) -> Json:
    """Return a class of occupations or skills."""
    narrower = taxonomy.narrower(concept)
    links = _related(
        broaderConcept=taxonomy.broader(concept),
        narrowerConcept=_only(Group, narrower),
        narrowerOccupation=_only(Occupation, narrower),
        narrowerSkill=_only(Skill, narrower),
    )
    return _resource_of(concept, links) | {"code": concept.code}


def about(taxonomy: Taxonomy) -> Json:
    """Return what this taxonomy holds and where it comes from."""
    tops = (concept for concept in taxonomy.groups.values() if not concept.broader)
    return {
        "className": "Taxonomy",
        "uri": "urn:loket:taxonomy",
        "title": "Beroepen en vaardigheden",
        "language": "nl",
        "occupations": len(taxonomy.occupations),
        "skills": len(taxonomy.skills),
        "groups": len(taxonomy.groups),
        "sources": [
            {"name": source.name, "version": source.version, "notice": source.notice}
            for source in taxonomy.sources
        ],
        "_links": {
            "self": {"href": f"{ROOT}/resource/taxonomy"},
            "search": {"href": f"{ROOT}/search{{?text,type,language,limit,offset}}", "templated": True},
            "hasTopConcept": [link(top) for top in tops],
        },
    }


def comparison(direct: Bridge, steps: Sequence[Bridge]) -> Json:
    """Return what goes along from one occupation to another, what is asked, and in which steps."""
    query = urlencode({"from": uri_of(direct.origin), "to": uri_of(direct.goal)})
    return {
        "likeness": round(direct.likeness, 4),
        "_links": {
            "self": {"href": f"{ROOT}/compare?{query}"},
            "from": link(direct.origin),
            "to": link(direct.goal),
        },
        "_embedded": {
            "shared": [link(kept) for kept in direct.shared],
            "near": [
                {"skill": link(near.skill), "by": link(near.by), "kin": near.kin.value}
                for near in direct.near
            ],
            "missingEssential": [link(missing) for missing in direct.missing_essential],
            "missingOptional": [link(missing) for missing in direct.missing_optional],
            "steps": [
                {"from": link(step.origin), "to": link(step.goal), "likeness": round(step.likeness, 4)}
                for step in steps
            ],
        },
    }


def _result(match: Match[Occupation] | Match[Skill]) -> Json:
    return _named(match.concept) | {
        "matchedName": match.matched_name,
        "matchKind": match.kind.value,
        "score": round(match.score, 4),
        "_links": {"self": link(match.concept)},
    }


def _named(concept: Concept) -> Json:
    return {
        "className": _class_name(concept),
        "uri": uri_of(concept),
        "id": concept.id,
        "title": concept.name,
        "preferredLabel": {concept.language: concept.name},
    }


def _resource_of(concept: Concept, links: Json) -> Json:
    description = {concept.language: {"literal": concept.description, "mimetype": "plain/text"}}
    return _named(concept) | {
        "alternativeLabel": {"nl": list(concept.names)} if concept.names else {},
        "description": description if concept.description else {},
        "_links": {"self": link(concept), **links},
    }


def _related(**related: Iterable[Concept]) -> Json:
    """Return links by relation; a relation with nothing in it is left out, as ESCO does."""
    links: Json = {}
    for name, concepts in related.items():
        if found := [link(concept) for concept in concepts]:
            links[name] = found
    return links


def _only[C: Concept](kind: type[C], concepts: Iterable[Concept]) -> list[C]:
    return [concept for concept in concepts if isinstance(concept, kind)]


def _class_name(concept: Concept) -> str:
    return type(concept).__name__ if isinstance(concept, Occupation | Skill) else "Concept"


def _resource(concept: Concept, uri: str) -> str:
    return f"{ROOT}/resource/{_class_name(concept).lower()}?{urlencode({'uri': uri, 'language': 'nl'})}"


def _pages(request: SearchRequest, total: int) -> Json:
    def page(offset: int) -> Json:
        query: dict[str, str | int] = {"text": request.text, "language": "nl"}
        if request.type:
            query["type"] = request.type.value
        return {"href": f"{ROOT}/search?{urlencode(query | {'limit': request.limit, 'offset': offset})}"}

    links: Json = {"self": page(request.offset), "first": page(0)}
    if request.offset:
        links["prev"] = page(max(0, request.offset - request.limit))
    if request.offset + request.limit < total:
        links["next"] = page(request.offset + request.limit)
    return links
