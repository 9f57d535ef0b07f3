"""What a request asks: its query as typed values; no framework."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from skills_taxonomy.http.relations import RELATIONS

MAX_TEXT = 200
"""The longest text to search for, in characters."""
MAX_LIMIT = 100
DEFAULT_LIMIT = 20
_MOST_DIGITS = 6


class Problem(StrEnum):
    """What can be wrong with a request; each is a section of `problems.toml`."""

    TEXT = "taxonomy-text"
    PAGE = "taxonomy-page"
    TYPE = "taxonomy-type"
    LANGUAGE = "taxonomy-language"
    URI_MISSING = "taxonomy-uri-missing"
    RELATION = "taxonomy-relation"
    UNKNOWN_CONCEPT = "unknown-concept"


class RequestError(ValueError):
    """A request that cannot be answered."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.value)
        self.problem = problem


class ConceptType(StrEnum):
    """What can be searched for."""

    OCCUPATION = "occupation"
    SKILL = "skill"
    CONCEPT = "concept"
    """A group of occupations or of skills."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """A part of a list, counted in items."""

    limit: int = DEFAULT_LIMIT
    offset: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class SearchRequest:
    """A page of what fits a text; without a type both occupations and skills."""

    text: str
    type: ConceptType | None = None
    page: Page = Page()


@dataclass(frozen=True, kw_only=True, slots=True)
class RelatedRequest:
    """A page of what a concept is related to in one way."""

    uri: str
    relation: str
    page: Page = Page()


def parse_search(query: Mapping[str, str]) -> SearchRequest:
    """Return what a search asks.

    Raises:
        RequestError: the text, type, language or page cannot be.
    """
    check_language(query)
    text = query.get("text", "").strip()
    if not 0 < len(text) <= MAX_TEXT:
        raise RequestError(Problem.TEXT)
    page = _page(query)
    try:
        wanted = ConceptType(query["type"]) if "type" in query else None
    except ValueError:
        raise RequestError(Problem.TYPE) from None
    return SearchRequest(text=text, type=wanted, page=page)


def parse_related(query: Mapping[str, str]) -> RelatedRequest:
    """Return which relation of which concept a request asks.

    Raises:
        RequestError: it names no concept, or the relation, language or page cannot be.
    """
    check_language(query)
    uri, relation = parse_uri(query), query.get("relation", "")
    if relation not in RELATIONS:
        raise RequestError(Problem.RELATION)
    return RelatedRequest(uri=uri, relation=relation, page=_page(query))


def check_language(query: Mapping[str, str]) -> None:
    """Refuse another language than Dutch.

    Raises:
        RequestError: it is another one.
    """
    if query.get("language", "nl") != "nl":
        raise RequestError(Problem.LANGUAGE)


def parse_uri(query: Mapping[str, str], name: str = "uri") -> str:
    """Return the URI or id that a request names.

    Raises:
        RequestError: it names none.
    """
    if uri := query.get(name, "").strip():
        return uri
    raise RequestError(Problem.URI_MISSING)


def _page(query: Mapping[str, str]) -> Page:
    limit, offset = _whole(query.get("limit"), DEFAULT_LIMIT), _whole(query.get("offset"), 0)
    if not 0 < limit <= MAX_LIMIT:
        raise RequestError(Problem.PAGE)
    return Page(limit=limit, offset=offset)


def _whole(text: str | None, default: int) -> int:
    if text is None:
        return default
    if not (text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS):
        raise RequestError(Problem.PAGE)
    return int(text)
