"""What the taxonomy answers over HTTP: one function a call, each a query in and a document out."""

import asyncio
import hashlib
import json
import tomllib
from collections.abc import Awaitable, Callable, Mapping
from functools import cache, wraps
from pathlib import Path
from typing import Any

from aiohttp import ETag, web

import skills_taxonomy
from skills_taxonomy.http import shapes
from skills_taxonomy.http.incoming import (
    ConceptType,
    Problem,
    RequestError,
    SearchRequest,
    check_language,
    parse_related,
    parse_search,
    parse_uri,
)
from skills_taxonomy.http.shapes import Json, id_of
from skills_taxonomy.model import Group, Occupation, Skill
from skills_taxonomy.search import Match, MatchKind
from skills_taxonomy.taxonomy import Taxonomy, UnknownConceptError

TAXONOMY = web.AppKey("taxonomy", Taxonomy)

MAX_AGE = 3600
"""How long a copy may be used without asking, in seconds: a new release comes once a year."""
MOST_FOUND = 1000
"""How many results a search counts."""
PROBLEM_PREFIX = "urn:loket:problem:"

# Nothing here is anybody's own, so the page of anybody may read it.
_FOR_ANYBODY = {"Access-Control-Allow-Origin": "*"}

type View = Callable[[Taxonomy, Mapping[str, str]], Json]


def _published(view: View) -> Callable[[web.Request], Awaitable[web.Response]]:
    """Serve what a view returns, with a tag so that nobody fetches, or computes, the same twice.

    The same request to the same edition of the taxonomy and of this code has the same answer; so the
    tag is known before the answer is, and who names it got that answer before.
    """

    @wraps(view)
    async def serve(request: web.Request) -> web.Response:
        taxonomy, known = request.app[TAXONOMY], {tag.value for tag in request.if_none_match or ()}
        tag = ETag(await asyncio.to_thread(_tag, taxonomy, request.path_qs))
        if tag.value in known:
            return _dated(web.Response(status=304, headers=_FOR_ANYBODY), tag)
        try:
            # The first comparison builds what the others use, which would keep conversations waiting.
            document = await asyncio.to_thread(view, taxonomy, request.query)
        except RequestError as error:
            return _problem(error.problem)
        except UnknownConceptError:
            return _problem(Problem.UNKNOWN_CONCEPT)
        if "*" in known:
            return _dated(web.Response(status=304, headers=_FOR_ANYBODY), tag)
        body = json.dumps(document, ensure_ascii=False).encode()
        return _dated(
            web.Response(body=body, content_type="application/json", charset="utf-8", headers=_FOR_ANYBODY),
            tag,
        )

    return serve


def _dated(response: web.Response, tag: ETag) -> web.Response:
    response.etag = tag
    response.headers["Cache-Control"] = f"public, max-age={MAX_AGE}"
    return response


def _tag(taxonomy: Taxonomy, asked: str) -> str:
    return hashlib.sha256(f"{_code()} {taxonomy.edition} {asked}".encode()).hexdigest()[:32]


@cache
def _code() -> str:
    """Return a digest of this library: a release that answers otherwise has other tags."""
    digest = hashlib.sha256()
    for file in sorted(Path(skills_taxonomy.__file__).parent.rglob("*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()


@_published
def search(taxonomy: Taxonomy, query: Mapping[str, str]) -> Json:
    """Return a page of what fits a text, the best first."""
    request = parse_search(query)
    return shapes.results(request, _matches(taxonomy, request))


@_published
def suggest(taxonomy: Taxonomy, query: Mapping[str, str]) -> Json:
    """Return a page of what somebody who is still typing may mean, by letters alone."""
    request = parse_search(query)
    found = [match for match in _matches(taxonomy, request) if match.kind is not MatchKind.MEANING]
    return shapes.suggestions(request, found)


def _matches(taxonomy: Taxonomy, request: SearchRequest) -> list[Match[Any]]:
    found: list[Match[Any]] = []
    if request.type in {None, ConceptType.OCCUPATION}:
        found += taxonomy.search_occupations(request.text, MOST_FOUND)
    if request.type in {None, ConceptType.SKILL}:
        found += taxonomy.search_skills(request.text, MOST_FOUND)
    if request.type is ConceptType.CONCEPT:
        found += taxonomy.search_groups(request.text, MOST_FOUND)
    return sorted(found, key=lambda match: -match.score)


@_published
def about(taxonomy: Taxonomy, query: Mapping[str, str]) -> Json:
    """Return what the taxonomy holds and where it comes from."""
    check_language(query)
    return shapes.about(taxonomy)


@_published
def occupation(taxonomy: Taxonomy, query: Mapping[str, str]) -> Json:
    """Return an occupation, by its URI or id."""
    check_language(query)
    return shapes.resource(taxonomy, _found(taxonomy, query, "uri", Occupation))


@_published
def skill(taxonomy: Taxonomy, query: Mapping[str, str]) -> Json:
    """Return a skill, by its URI or id."""
    check_language(query)
    return shapes.resource(taxonomy, _found(taxonomy, query, "uri", Skill))


@_published
def concept(taxonomy: Taxonomy, query: Mapping[str, str]) -> Json:
    """Return a group of occupations or skills, by its URI or id."""
    check_language(query)
    return shapes.resource(taxonomy, _found(taxonomy, query, "uri", Group))


@_published
def related(taxonomy: Taxonomy, query: Mapping[str, str]) -> Json:
    """Return a page of what a concept is related to in one way."""
    request = parse_related(query)
    return shapes.relation(request, taxonomy, taxonomy.concept(id_of(request.uri)))


@_published
def compare(taxonomy: Taxonomy, query: Mapping[str, str]) -> Json:
    """Return what goes along from one occupation to another."""
    check_language(query)
    origin = _found(taxonomy, query, "from", Occupation).id
    goal = _found(taxonomy, query, "to", Occupation).id
    return shapes.comparison(taxonomy.bridge(origin, goal), taxonomy.route(origin, goal))


def _found[C: (Occupation, Skill, Group)](
    taxonomy: Taxonomy, query: Mapping[str, str], name: str, kind: type[C]
) -> C:
    uri = parse_uri(query, name)
    found = taxonomy.concept(id_of(uri))
    if not isinstance(found, kind):
        raise UnknownConceptError(uri)
    return found


@cache
def _problem_texts() -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads(Path(__file__).with_name("problems.toml").read_text(encoding="utf-8"))


def _problem(problem: Problem) -> web.Response:
    text = _problem_texts()[problem.value]
    return web.json_response(
        {"type": PROBLEM_PREFIX + problem.value, **text},
        status=text["status"],
        content_type="application/problem+json",
        headers=_FOR_ANYBODY,
    )
