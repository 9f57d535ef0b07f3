"""The public pages about jobs: what they say, to people and to search engines, and what is gone."""

import json
import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient

from connectors.website.vacancies import JOBS, PART, data_block
from counter.clock import utc_now
from counter.database import Database
from counter.open_hiring.closing_storage import close
from counter.open_hiring.model import Closing
from tests.contract.counter.test_open_hiring import a_job

Client = TestClient[web.Request, web.Application]

JOB = a_job(practical_needs=("je kunt 10 kilo tillen",), valid_through=date(2099, 3, 1))


async def page(client: Client, address: str, *, status: int = 200) -> str:
    response = await client.get(address)
    assert response.status == status
    return await response.text()


class _Blocks(HTMLParser):
    """Reads a page as a browser does: what stands in each script."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.scripts: list[str] = []
        self._is_script = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._is_script = tag == "script"
        if self._is_script:
            assert ("type", "application/ld+json") in attrs
            self.scripts.append("")

    def handle_data(self, data: str) -> None:
        if self._is_script:
            self.scripts[-1] += data

    def handle_endtag(self, tag: str) -> None:
        del tag
        self._is_script = False


def posting_on(text: str) -> dict[str, Any]:
    [block] = _Blocks(text).scripts
    found: dict[str, Any] = json.loads(block)
    return found


async def test_a_job_is_read_by_people_and_by_search_engines(client: Client) -> None:
    await client.app[JOBS].store([JOB])
    text = await page(client, "/vacatures/magazijn")
    for told in (
        "Magazijnmedewerker",
        "24 tot 32 uur",
        "je kunt 10 kilo tillen",
        "1-3-2099",
        "wacht er niemand",
    ):
        assert told in text
    posting = posting_on(text)
    assert (posting["@type"], posting["title"]) == ("JobPosting", "Magazijnmedewerker")
    assert "noindex" not in text


async def test_a_sample_says_so_and_is_kept_from_search_engines(client: Client) -> None:
    await client.app[JOBS].store([a_job(is_sample=True)])
    text = await page(client, "/vacatures/magazijn")
    assert '<meta name="robots" content="noindex">' in text
    assert "Deze baan is verzonnen" in text
    assert '<span class="mark">voorbeeld</span>' in await page(client, "/vacatures")


async def test_what_an_employer_wrote_ends_no_block_and_runs_nothing(client: Client) -> None:
    hostile = '</script><script>alert(1)</script><!-- & "'
    await client.app[JOBS].store([replace(JOB, title=hostile, tasks=hostile, employer=hostile)])
    text = await page(client, "/vacatures/magazijn")
    assert posting_on(text)["title"] == hostile
    assert "<script>alert" not in text


async def test_nothing_in_data_means_anything_to_html() -> None:
    assert not re.search("[<>&]", data_block({"a": "<&>"}))


async def test_a_job_that_is_closed_is_gone_and_an_unknown_one_is_not_found(
    client: Client, database_url: str
) -> None:
    await client.app[JOBS].store([JOB])
    database = Database.open(database_url)
    async with database.session() as session:
        await close(session, "magazijn", Closing.BY_COUNTER, at=utc_now())
    await database.close()
    gone = await page(client, "/vacatures/magazijn", status=410)
    assert "Deze baan is gesloten" in gone
    assert "noindex" in gone
    assert "ken ik niet" in await page(client, "/vacatures/weg", status=404)
    assert "Magazijnmedewerker" not in await page(client, "/vacatures")


async def test_jobs_are_found_near_a_place_and_told_when_they_are_far(client: Client) -> None:
    await client.app[JOBS].store([JOB, a_job("tuin", title="Hovenier", place="Hilversum")])
    near = await page(client, "/vacatures?plaats=Zaandam")
    assert "1 baan bij Zaandam" in near
    assert "Hovenier" not in near
    far = await page(client, "/vacatures?plaats=Den+Helder")
    assert "Dicht bij ‘Den Helder’ vind ik niets" in far


@pytest.mark.parametrize("asked", ["", "&deel=x", "&deel=0", "&deel=9999999999"])
async def test_a_long_list_comes_in_parts_and_any_part_can_be_asked_for(client: Client, asked: str) -> None:
    await client.app[JOBS].store([a_job(f"baan-{number:02}") for number in range(PART + 1)])
    assert "Deel 1 van 2" in await page(client, f"/vacatures?plaats={asked}") or asked == "&deel=9999999999"
    second = await page(client, "/vacatures?deel=2")
    assert second.count('href="/vacatures/baan-') == 1
