"""The pages about a whole classification: groups to walk through, and lists that do not end a page."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import aiohttp_jinja2
import jinja2
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from connectors import website
from connectors.website.browsing import BROWSING
from connectors.website.routes import routes
from counter.browsing.model import PART, address_of, slug_of
from counter.browsing.service import BrowsingService
from counter.courses.model import Course, Form, Level, Listing, Taught
from counter.courses.service import CourseService
from skills_taxonomy import Group, Occupation, Sector, Skill, SkillKind, Taxonomy, TaxonomyData, World

Client = TestClient[web.Request, web.Application]

ESCO = "http://data.europa.eu/esco/"
BUILDERS = Group(id=f"{ESCO}isco/C71", name="Bouwvakkers", code="71")
ROOFERS = Group(
    id=f"{ESCO}isco/C7121",
    name="Dakdekkers",
    code="7121",
    broader=(BUILDERS.id,),
    description="Zij leggen daken.",
)
KNOWING = Skill(id="vaardigheid/dakdekken", name="daken dekken", kind=SkillKind.AMBACHT)
OCCUPATIONS = [
    Occupation(
        id=f"beroep/{number:03}",
        name=f"dakdekker {number:03}",
        broader=(ROOFERS.id,),
        sector=Sector.BOUW,
        world=World.WONEN_WERKEN_VERKEER,
        essential=(KNOWING.id,),
    )
    for number in range(2 * PART + 1)
]


def a_course(name: str, confidence: float) -> Course:
    return Course(
        id=name,
        title=name,
        provider="Voorbeeldschool",
        place="Zaandam",
        form=Form.AVOND,
        level=Level.MBO2,
        listing=Listing(source="roc", seen_at=datetime(2026, 11, 28, 23, 30, tzinfo=UTC)),
        taught=(Taught(skill_id=KNOWING.id, confidence=confidence),),
    )


class FewCourses:
    """A catalogue of courses that teach the skill, each for sure in another degree."""

    async def search(self, _query: object, limit: int) -> SimpleNamespace:
        assert limit
        found = (a_course("Misschien dakdekken", 0.5), a_course("Bouw", 0.65), a_course("Dakdekken", 0.95))
        return SimpleNamespace(hits=[SimpleNamespace(course=course) for course in found])


@pytest.fixture
async def client() -> AsyncIterator[Client]:
    taxonomy = Taxonomy(
        TaxonomyData(
            occupations={one.id: one for one in OCCUPATIONS},
            skills={KNOWING.id: KNOWING},
            groups={one.id: one for one in (BUILDERS, ROOFERS)},
        )
    )
    app = web.Application()
    templates = jinja2.FileSystemLoader(Path(website.__file__).parent / "templates")
    filters = {"slug": slug_of, "address": address_of}
    aiohttp_jinja2.setup(
        app, loader=templates, autoescape=True, undefined=jinja2.StrictUndefined, filters=filters
    )
    app.add_routes(routes())
    app[BROWSING] = BrowsingService(taxonomy, cast("CourseService", FewCourses()))
    async with TestClient(TestServer(app)) as client:
        yield client


async def page(client: Client, address: str) -> str:
    response = await client.get(address)
    assert response.status == 200
    return await response.text()


async def test_an_occupation_leads_to_its_group_and_the_group_on_in_every_direction(client: Client) -> None:
    assert 'href="/groepen/isco-C7121"' in await page(client, "/beroepen/000")
    roofers = await page(client, "/groepen/isco-C7121")
    for said in (
        "Dakdekkers",
        "Een groep beroepen (nummer 7121).",
        ROOFERS.description,
        'href="/groepen/isco-C71"',
        "/beroepen/000",
    ):
        assert said in roofers
    assert 'href="/groepen/isco-C7121"' in await page(client, "/groepen/isco-C71")


@pytest.mark.parametrize("address", ["/groepen/isco-C7121?", "/beroepen-en-vaardigheden?sector=bouw&"])
async def test_a_long_list_is_leafed_through(client: Client, address: str) -> None:
    first, second, last = [await page(client, f"{address}deel={number}") for number in (1, 2, 99)]
    assert [one.count('href="/beroepen/') for one in (first, second, last)] == [PART, PART, 1]
    assert "Deel 1 van 3" in first
    assert "deel=2#lijst" in first
    assert ("Vorige" in first, "Volgende" in first) == (False, True)
    assert ("Vorige" in last, "Volgende" in last) == (True, False)


@pytest.mark.parametrize("number", ["0", "-1", "x", "²", "99999999999"])
async def test_a_part_that_cannot_be_is_the_first(client: Client, number: str) -> None:
    text: Any = await page(client, f"/beroepen-en-vaardigheden?sector=bouw&deel={number}")
    assert "Deel 1 van 3" in text


async def test_a_skill_names_the_courses_that_teach_it_for_sure_the_surest_first(client: Client) -> None:
    text = await page(client, "/vaardigheden/dakdekken")
    assert "Hier leer je het" in text
    assert text.index("<strong>Dakdekken</strong>") < text.index("<strong>Bouw</strong>")
    assert "Misschien dakdekken" not in text
    assert "bijgewerkt op 29-11-2026" in text
