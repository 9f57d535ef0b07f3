"""The taxonomy over HTTP, on its own: shapes of ESCO's API, copies that stay good, problems in Dutch."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from jsonschema import Draft202012Validator

from connectors import website
from skills_taxonomy import Group, Source, Taxonomy
from skills_taxonomy.http import TAXONOMY, routes
from skills_taxonomy.model import Occupation, Sector, Skill, SkillKind, TaxonomyData, World

Client = TestClient[web.Request, web.Application]

ESCO = "http://data.europa.eu/esco/"
WELDER = Occupation(
    id="beroep/lasser",
    name="lasser",
    names=("metaallasser",),
    esco=f"{ESCO}occupation/1",
    description="Lassers verbinden metaal.",
    broader=(f"{ESCO}isco/C7212",),
    sector=Sector.TECHNIEK,
    world=World.HIGHTECH_SCIENCE,
    essential=("vaardigheid/lassen",),
    optional=(f"{ESCO}skill/2",),
)
PLUMBER = Occupation(
    id=f"{ESCO}occupation/2",
    name="loodgieter",
    esco=f"{ESCO}occupation/2",
    sector=Sector.TECHNIEK,
    world=World.WONEN_WERKEN_VERKEER,
    essential=("vaardigheid/lassen", f"{ESCO}skill/2"),
)
WELDING = Skill(id="vaardigheid/lassen", name="lassen", kind=SkillKind.TECHNISCH)
SOLDERING = Skill(
    id=f"{ESCO}skill/2",
    name="apply soldering",
    esco=f"{ESCO}skill/2",
    language="en",
    broader=("vaardigheid/lassen",),
    kind=SkillKind.TECHNISCH,
)
WELDERS = Group(id=f"{ESCO}isco/C7212", name="Lassers en snijbranders", code="7212")

ENOUGH = {
    "search": {"text": "lasser"},
    "suggest2": {"text": "las"},
    "resource/related": {"uri": SOLDERING.id, "relation": "isEssentialForOccupation"},
    "resource/taxonomy": {},
    "resource/occupation": {"uri": WELDER.id},
    "resource/skill": {"uri": SOLDERING.id},
    "resource/concept": {"uri": WELDERS.id},
    "compare": {"from": WELDER.id, "to": PLUMBER.id},
}


@pytest.fixture(scope="session")
def small() -> Taxonomy:
    return Taxonomy(
        TaxonomyData(
            occupations={one.id: one for one in (WELDER, PLUMBER)},
            skills={one.id: one for one in (WELDING, SOLDERING)},
            groups={WELDERS.id: WELDERS},
            sources=(Source(name="Proef", version="1", notice="Een proef."),),
        )
    )


@pytest.fixture
async def client(small: Taxonomy) -> AsyncIterator[Client]:
    async for one in serving(small):
        yield one


async def serving(taxonomy: Taxonomy) -> AsyncIterator[Client]:
    app = web.Application()
    app.add_routes(routes())
    app[TAXONOMY] = taxonomy
    async with TestClient(TestServer(app)) as client:
        yield client


async def asked(client: Client, path: str, **query: str) -> Any:
    response = await client.get(f"/api/taxonomy/{path}", params=query)
    assert response.status == 200, await response.text()
    return await response.json()


def uris(body: Any, relation: str) -> list[str]:
    return [link["uri"] for link in body["_links"].get(relation, [])]


async def test_what_somebody_types_finds_an_occupation_and_why(client: Client) -> None:
    found = await asked(client, "search", text="metaallaser", type="occupation")
    assert (found["total"], found["offset"], found["limit"], found["language"]) == (1, 0, 20, "nl")
    result = found["_embedded"]["results"][0]
    assert (result["uri"], result["id"], result["className"]) == (WELDER.esco, WELDER.id, "Occupation")
    assert result["matchedName"] == "metaallasser"
    assert 0 < result["score"] <= 1


async def test_the_pages_of_a_search_follow_each_other(client: Client) -> None:
    first = await asked(client, "search", text="lassen", limit="1")
    second = await (await client.get(first["_links"]["next"]["href"])).json()
    assert second["_links"]["prev"]["href"] == first["_links"]["self"]["href"]
    assert second["_embedded"]["results"] != first["_embedded"]["results"]


@pytest.mark.parametrize("uri", [WELDER.id, WELDER.esco, f"urn:loket:concept:{WELDER.id}"])
async def test_an_occupation_is_known_by_its_uri_and_by_its_id(client: Client, uri: str) -> None:
    welder = await asked(client, "resource/occupation", uri=uri)
    assert welder["preferredLabel"] == {"nl": "lasser"}
    assert welder["alternativeLabel"] == {"nl": ["metaallasser"]}
    assert welder["description"]["nl"]["literal"] == WELDER.description
    assert uris(welder, "hasEssentialSkill") == ["urn:loket:concept:vaardigheid/lassen"]
    assert uris(welder, "hasOptionalSkill") == [SOLDERING.id]
    assert uris(welder, "broaderIscoGroup") == [WELDERS.id]


async def test_a_skill_tells_who_needs_it_and_what_it_is_a_kind_of(client: Client) -> None:
    soldering = await asked(client, "resource/skill", uri=SOLDERING.id)
    assert soldering["preferredLabel"] == {"en": "apply soldering"}
    assert uris(soldering, "isEssentialForOccupation") == [PLUMBER.id]
    assert uris(soldering, "isOptionalForOccupation") == [WELDER.esco]
    assert uris(soldering, "broaderSkill") == ["urn:loket:concept:vaardigheid/lassen"]
    welding = await (await client.get(soldering["_links"]["broaderSkill"][0]["href"])).json()
    assert uris(welding, "narrowerSkill") == [SOLDERING.id]


async def test_the_relations_of_a_concept_are_read_page_by_page(client: Client) -> None:
    query = {"uri": WELDING.id, "relation": "isEssentialForOccupation", "limit": "1"}
    first = await asked(client, "resource/related", **query)
    assert (first["total"], first["uri"]) == (2, "urn:loket:concept:vaardigheid/lassen")
    second = await (await client.get(first["_links"]["next"]["href"])).json()
    pages = [page["_embedded"]["isEssentialForOccupation"] for page in (first, second)]
    assert [[one["title"] for one in page] for page in pages] == [["lasser"], ["loodgieter"]]
    assert "next" not in second["_links"]
    none = await asked(client, "resource/related", uri=WELDING.id, relation="hasEssentialSkill")
    assert (none["total"], none["_embedded"]) == (0, {"hasEssentialSkill": []})


async def test_a_skill_that_many_occupations_ask_names_the_first_and_counts_all(crowd: Client) -> None:
    welding = await asked(crowd, "resource/skill", uri=WELDING.id)
    assert len(uris(welding, "isEssentialForOccupation")) == 20
    assert welding["totals"] == {"isEssentialForOccupation": 150}
    assert welding["_links"]["related"]["templated"]


@pytest.fixture
async def crowd() -> AsyncIterator[Client]:
    """Give a taxonomy with one skill that 150 occupations ask."""
    many = [replace(WELDER, id=f"beroep/{one}", esco=None, broader=(), optional=()) for one in range(150)]
    async for one in serving(
        Taxonomy(TaxonomyData(occupations={o.id: o for o in many}, skills={WELDING.id: WELDING}))
    ):
        yield one


async def test_a_group_is_found_by_its_name(client: Client) -> None:
    found = await asked(client, "search", text="snijbrander", type="concept")
    assert [(one["uri"], one["className"]) for one in found["_embedded"]["results"]] == [
        (WELDERS.id, "Concept")
    ]


async def test_what_somebody_is_typing_is_completed(client: Client) -> None:
    found = await asked(client, "suggest2", text="metaall", type="occupation")
    assert [(one["title"], one["searchHit"]) for one in found["_embedded"]["results"]] == [
        ("lasser", "metaallasser")
    ]


async def test_two_occupations_are_set_side_by_side(client: Client) -> None:
    way = await asked(client, "compare", **ENOUGH["compare"])
    parts = way["_embedded"]
    assert [skill["title"] for skill in parts["shared"]] == ["lassen"]
    assert [(near["skill"]["title"], near["kin"]) for near in parts["near"]] == [
        ("apply soldering", "broader")
    ]
    assert [step["to"]["title"] for step in parts["steps"]] == ["loodgieter"]


@pytest.mark.parametrize("path", ENOUGH)
async def test_every_answer_is_as_described(client: Client, path: str) -> None:
    description = yaml.safe_load((Path(website.__file__).parent / "openapi.yaml").read_text("utf-8"))
    answers = description["paths"][f"/api/taxonomy/{path}"]["get"]["responses"]
    schema = answers["200"]["content"]["application/json"]["schema"]
    Draft202012Validator({**description, **schema}).validate(await asked(client, path, **ENOUGH[path]))


@pytest.mark.parametrize("path", ENOUGH)
async def test_a_copy_is_not_sent_twice_and_any_page_may_read_it(client: Client, path: str) -> None:
    first = await client.get(f"/api/taxonomy/{path}", params=ENOUGH[path])
    assert first.headers["Access-Control-Allow-Origin"] == "*"
    assert first.headers["Cache-Control"] == "public, max-age=3600"
    tag = first.headers["ETag"]
    assert not tag.startswith("W/")
    again = await client.get(f"/api/taxonomy/{path}", params=ENOUGH[path], headers={"If-None-Match": tag})
    assert (again.status, await again.read(), again.headers["ETag"]) == (304, b"", tag)


async def test_who_has_an_answer_already_costs_no_work(
    client: Client, small: Taxonomy, monkeypatch: pytest.MonkeyPatch
) -> None:
    tag = (await client.get("/api/taxonomy/search", params=ENOUGH["search"])).headers["ETag"]

    def refuse(_text: str, _limit: int) -> list[object]:
        raise AssertionError

    monkeypatch.setattr(small, "search_occupations", refuse)
    headers = {"If-None-Match": tag}
    again = await client.get("/api/taxonomy/search", params=ENOUGH["search"], headers=headers)
    assert again.status == 304


async def test_another_request_or_another_taxonomy_has_another_tag(client: Client, crowd: Client) -> None:
    queries = ({"text": "lasser"}, {"text": "lasser", "limit": "1"})
    tags = [
        (await one.get("/api/taxonomy/search", params=query)).headers["ETag"]
        for one in (client, crowd)
        for query in queries
    ]
    assert len(set(tags)) == 4


async def test_whatever_is_there_need_not_be_sent_but_what_is_not_there_is_no_copy(client: Client) -> None:
    for uri, status in ((WELDING.id, 304), ("vaardigheid/toveren", 404)):
        address = f"/api/taxonomy/resource/skill?uri={uri}"
        assert (await client.get(address, headers={"If-None-Match": "*"})).status == status


@pytest.mark.parametrize(
    ("path", "query", "status", "name"),
    [
        ("search", {}, 400, "taxonomy-text"),
        ("search", {"text": " "}, 400, "taxonomy-text"),
        ("search", {"text": "a" * 201}, 400, "taxonomy-text"),
        ("search", {"text": "a", "limit": "101"}, 400, "taxonomy-page"),
        ("search", {"text": "a", "limit": "0"}, 400, "taxonomy-page"),
        ("search", {"text": "a", "offset": "-1"}, 400, "taxonomy-page"),
        ("search", {"text": "a", "type": "mens"}, 400, "taxonomy-type"),
        ("search", {"text": "a", "language": "fr"}, 400, "taxonomy-language"),
        ("suggest2", {}, 400, "taxonomy-text"),
        ("resource/related", {"relation": "broaderSkill"}, 400, "taxonomy-uri-missing"),
        ("resource/related", {"uri": "vaardigheid/lassen"}, 400, "taxonomy-relation"),
        ("resource/related", {"uri": "vaardigheid/lassen", "relation": "isLike"}, 400, "taxonomy-relation"),
        ("resource/related", {"uri": "x", "relation": "broaderSkill"}, 404, "unknown-concept"),
        ("resource/skill", {}, 400, "taxonomy-uri-missing"),
        ("resource/skill", {"uri": "vaardigheid/toveren"}, 404, "unknown-concept"),
        ("resource/skill", {"uri": "beroep/lasser"}, 404, "unknown-concept"),
        ("compare", {"from": "beroep/lasser"}, 400, "taxonomy-uri-missing"),
        ("compare", {"from": "beroep/lasser", "to": "beroep/heks"}, 404, "unknown-concept"),
    ],
)
async def test_what_cannot_be_answered_is_told_in_dutch(
    client: Client, path: str, query: dict[str, str], status: int, name: str
) -> None:
    response = await client.get(f"/api/taxonomy/{path}", params=query)
    assert (response.status, response.content_type) == (status, "application/problem+json")
    problem = await response.json()
    assert set(problem) == {"type", "title", "status", "detail"}
    assert problem["type"] == f"urn:loket:problem:{name}"
    assert "Access-Control-Allow-Origin" in response.headers
