"""Concepts as JSON in the shapes of ESCO's web-service API (HAL); no framework.

Ours, beside those of ESCO: `id`, `matchedName`, `matchKind`, `score` and `totals`.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from skills_taxonomy.bridges import Bridge
from skills_taxonomy.http.incoming import (
    DEFAULT_LIMIT,
    MAX_LIMIT,
    Page,
    RelatedRequest,
    SearchRequest,
)
from skills_taxonomy.http.relations import relations_of
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


def results(request: SearchRequest, found: Sequence[Match[Any]]) -> Json:
    """Return the page of all that was found that a search asks for."""
    return _found(request, found, f"{ROOT}/search", _result)


def suggestions(request: SearchRequest, found: Sequence[Match[Any]]) -> Json:
    """Return the page of what somebody who is still typing may mean."""
    return _found(request, found, f"{ROOT}/suggest2", _suggestion)


def resource(taxonomy: Taxonomy, concept: Concept) -> Json:
    """Return a concept and the first of each of its relations, with how many there are in all."""
    related = {name: found for name, found in relations_of(taxonomy, concept).items() if found}
    description = {concept.language: {"literal": concept.description, "mimetype": "plain/text"}}
    document = _named(concept) | {
        "alternativeLabel": {"nl": list(concept.names)} if concept.names else {},
        "description": description if concept.description else {},
        "totals": {name: len(found) for name, found in related.items()},
        "_links": {
            "self": link(concept),
            "related": {"href": _related(concept) + "{&relation,limit,offset}", "templated": True},
            **{name: [link(one) for one in found[: _most(name)]] for name, found in related.items()},
        },
    }
    if isinstance(concept, Skill):
        return document | {"collections": sorted(concept.collections)}
    return document | {"code": concept.code} if isinstance(concept, Group) else document


def relation(request: RelatedRequest, taxonomy: Taxonomy, concept: Concept) -> Json:
    """Return the page of one relation of a concept that a request asks for."""
    found = relations_of(taxonomy, concept).get(request.relation, ())
    query = {"uri": uri_of(concept), "relation": request.relation, "language": "nl"}
    return {
        "uri": uri_of(concept),
        "relation": request.relation,
        "language": "nl",
        "limit": request.page.limit,
        "offset": request.page.offset,
        "total": len(found),
        "_links": _pages(f"{ROOT}/resource/related", query, request.page, len(found)),
        "_embedded": {
            request.relation: [
                _named(one) | {"_links": {"self": link(one)}} for one in _part(found, request.page)
            ]
        },
    }


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
            "suggest": {"href": f"{ROOT}/suggest2{{?text,type,language,limit,offset}}", "templated": True},
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


def _found(
    request: SearchRequest,
    found: Sequence[Match[Any]],
    path: str,
    shape: Callable[[Match[Any]], Json],
) -> Json:
    query = {"text": request.text, "language": "nl"}
    if request.type:
        query["type"] = request.type.value
    return {
        "text": request.text,
        "language": "nl",
        "limit": request.page.limit,
        "offset": request.page.offset,
        "total": len(found),
        "_links": _pages(path, query, request.page, len(found)),
        "_embedded": {"results": [shape(match) for match in _part(found, request.page)]},
    }


def _result(match: Match[Any]) -> Json:
    return _named(match.concept) | {
        "matchedName": match.matched_name,
        "matchKind": match.kind.value,
        "score": round(match.score, 4),
        "_links": {"self": link(match.concept)},
    }


def _suggestion(match: Match[Any]) -> Json:
    return _named(match.concept) | {
        "searchHit": match.matched_name,
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


def _related(concept: Concept) -> str:
    return f"{ROOT}/resource/related?{urlencode({'uri': uri_of(concept)})}"


def _most(relation: str) -> int:
    # A skill may have a thousand occupations; an occupation is read with its skills.
    return DEFAULT_LIMIT if relation.endswith("ForOccupation") else MAX_LIMIT


def _class_name(concept: Concept) -> str:
    return type(concept).__name__ if isinstance(concept, Occupation | Skill) else "Concept"


def _resource(concept: Concept, uri: str) -> str:
    return f"{ROOT}/resource/{_class_name(concept).lower()}?{urlencode({'uri': uri, 'language': 'nl'})}"


def _part[T](found: Sequence[T], page: Page) -> Sequence[T]:
    return found[page.offset : page.offset + page.limit]


def _pages(path: str, query: Mapping[str, str], page: Page, total: int) -> Json:
    def at(offset: int) -> Json:
        return {"href": f"{path}?{urlencode({**query, 'limit': page.limit, 'offset': offset})}"}

    links: Json = {"self": at(page.offset), "first": at(0)}
    if page.offset:
        links["prev"] = at(max(0, page.offset - page.limit))
    if page.offset + page.limit < total:
        links["next"] = at(page.offset + page.limit)
    return links
