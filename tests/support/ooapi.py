"""A school's OOAPI 5.0 endpoint as a real HTTP server, with documents that the published schemas accept.

`checked` holds its answers against the specification, read from beside the project and never copied.
"""

import json
from collections import Counter
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from openapi_schema_validator import OAS30Validator
from referencing import Registry
from referencing.jsonschema import DRAFT4

SPECIFICATION = Path(__file__).parents[2].parent / "shared/data/standards/ooapi/v5/ooapi.json"

type Document = dict[str, Any]


def uuid_of(name: str) -> str:
    """Return the same UUID for the same name."""
    return str(uuid5(NAMESPACE_URL, name))


def dutch(text: str) -> list[Document]:
    return [{"language": "en-GB", "value": f"{text} (English)"}, {"language": "nl-NL", "value": text}]


def an_address(city: str = "Zaandam", *, kind: str = "teaching", **changes: Any) -> Document:
    return {"addressType": kind, "street": "Lasweg", "streetNumber": "1", "city": city, **changes}


def an_organization(name: str = "ROC Voorbeeld", /, **changes: Any) -> Document:
    return {
        "organizationId": uuid_of(f"organization {name}"),
        "primaryCode": {"codeType": "identifier", "code": name},
        "organizationType": "root",
        "name": dutch(name),
        "shortName": name,
        **changes,
    }


def _education(name: str, kind: str, changes: Document) -> Document:
    return {
        f"{kind}Id": uuid_of(f"{kind} {name}"),
        "primaryCode": {"codeType": "identifier", "code": name},
        "name": dutch(name),
        "abbreviation": name[:5],
        "description": dutch(f"Je leert {name}."),
        "teachingLanguage": "nld",
        "level": "secondary vocational education 2",
        "organization": an_organization()["organizationId"],
        **changes,
    }


def a_course(name: str = "Lassen", /, **changes: Any) -> Document:
    return _education(name, "course", changes)


def a_program(name: str = "Lasser", /, **changes: Any) -> Document:
    return _education(name, "program", {"programType": "program", **changes})


def an_offering(name: str = "Lassen 1", /, *, kind: str = "course", **changes: Any) -> Document:
    return {
        "offeringId": uuid_of(f"offering {name}"),
        "primaryCode": {"codeType": "identifier", "code": name},
        "offeringType": kind,
        "name": dutch(name),
        "description": dutch(name),
        "teachingLanguage": "nld",
        "resultExpected": True,
        "startDate": "2027-02-01",
        "endDate": "2027-06-30",
        "addresses": [an_address()],
        "priceInformation": [{"costType": "total costs", "amount": "649.50", "currency": "EUR"}],
        **changes,
    }


@dataclass
class School:
    """What a school has, and how it answers; a test changes either."""

    organizations: list[Document] = field(default_factory=lambda: [an_organization()])
    programs: list[Document] = field(default_factory=list)
    courses: list[Document] = field(default_factory=list)
    offerings: dict[str, list[Document]] = field(default_factory=dict)
    """By the id of the course or program."""
    faults: list[web.Response] = field(default_factory=list)
    """Answers given before any other, the first first."""
    instead: dict[str, Any] = field(default_factory=dict)
    """What a path answers instead of what it should."""
    missing: set[str] = field(default_factory=set)
    asked: Counter[str] = field(default_factory=Counter)
    queries: list[dict[str, str]] = field(default_factory=list)
    requests: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    authorization: set[str | None] = field(default_factory=set)

    def teach(self, education: Document, *offerings: Document) -> None:
        """Add a course or a program, and its offerings."""
        kind = "program" if "programId" in education else "course"
        (self.programs if kind == "program" else self.courses).append(education)
        self.offerings[education[f"{kind}Id"]] = list(offerings)

    def as_file(self) -> Document:
        """Return all of it in one document."""
        return {
            "organizations": self.organizations,
            "programs": self.programs,
            "courses": self.courses,
            "offerings": [
                {**offering, offering["offeringType"]: education}
                for education, some in self.offerings.items()
                for offering in some
            ],
        }

    @asynccontextmanager
    async def running(self) -> AsyncIterator[str]:
        """Run it; gives its address."""
        app = web.Application()
        app.router.add_get("/v5/{path:.*}", self._answer)
        async with TestServer(app) as server:
            yield str(server.make_url("/v5"))

    async def _answer(self, request: web.Request) -> web.Response:
        path = request.match_info["path"]
        self.asked[path] += 1
        self.queries.append(dict(request.query))
        self.requests.append((path, dict(request.query)))
        self.authorization.add(request.headers.get("Authorization"))
        if self.faults:
            return self.faults.pop(0)
        if path in self.instead:
            return web.json_response(self.instead[path])
        listed = self._listed(path)
        if listed is None or path in self.missing:
            problem = {"status": "404", "title": "Not Found"}
            return web.json_response(problem, status=404, content_type="application/problem+json")
        size, number = int(request.query.get("pageSize", 10)), int(request.query.get("pageNumber", 1))
        return web.json_response(a_page(listed, size=size, number=number))

    def _listed(self, path: str) -> list[Document] | None:
        match path.split("/"):
            case ["organizations" | "programs" | "courses" as name]:
                return list(getattr(self, name))
            case ["courses" | "programs", education, "offerings"]:
                return self.offerings.get(education)
            case _:
                return None


def a_page(items: Iterable[Document], *, size: int = 250, number: int = 1) -> Document:
    listed = list(items)
    begin = (number - 1) * size
    return {
        "pageSize": size,
        "pageNumber": number,
        "hasPreviousPage": number > 1,
        "hasNextPage": begin + size < len(listed),
        "totalPages": -(-len(listed) // size),
        "items": listed[begin : begin + size],
    }


@cache
def _specification() -> tuple[Document, Registry[Any]]:
    if not SPECIFICATION.exists():
        pytest.skip("the published specification of OOAPI is not beside the project")
    document = json.loads(SPECIFICATION.read_text(encoding="utf-8"))
    return document, Registry().with_resource("ooapi", DRAFT4.create_resource(document))


def wrong_in_query(path: str, query: Document) -> list[str]:
    """Return what the specification finds wrong with what is asked of a path such as `courses/{courseId}`."""
    specification, registry = _specification()
    allowed = {}
    for told in specification["paths"][f"/{path}"]["get"]["parameters"]:
        name = told.get("$ref", "").rsplit("/", 1)[-1]
        parameter = specification["components"]["parameters"][name] if name else told
        allowed[parameter["name"]] = parameter["schema"]
    wrong = [f"{name} is not asked here" for name in query if name not in allowed]
    for name, value in query.items():
        schema = allowed.get(name, {})
        told = int(value) if schema.get("type") == "integer" else value
        errors = OAS30Validator(
            schema, registry=registry, format_checker=OAS30Validator.FORMAT_CHECKER
        ).iter_errors(told)
        wrong += [f"{name}: {error.message}" for error in errors]
    return wrong


def wrong_in(document: Document, schema: str) -> list[str]:
    """Return what the published schema of this name finds wrong with a document."""
    _, registry = _specification()
    reference = {"$ref": f"ooapi#/components/schemas/{schema}"}
    validator = OAS30Validator(reference, registry=registry, format_checker=OAS30Validator.FORMAT_CHECKER)
    return [f"{list(error.path)}: {error.message[:120]}" for error in validator.iter_errors(document)]
