"""The report of `bench nlu` that editors read, in a browser and on paper."""

from datetime import date
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from benchmarks.nlu.figures import Figures
from benchmarks.nlu.report import make_report, render
from tests.browser.accessibility import overflow, violations
from tests.support.readings import BLIND, READINGS

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    figures = Figures.of(BLIND, READINGS)
    file: Path = tmp_path_factory.mktemp("report") / "nlu.html"
    file.write_text(
        render(make_report(BLIND, READINGS, figures, figures, date(2025, 11, 24))), encoding="utf-8"
    )
    return file.as_uri()


async def test_axe_finds_nothing_in_the_report(page: Page, address: str) -> None:
    await page.goto(address)
    assert await violations(page) == []


async def test_the_report_fits_a_narrow_screen_and_wide_tables_scroll_by_keyboard(
    page: Page, address: str
) -> None:
    await page.set_viewport_size({"width": 320, "height": 640})
    await page.goto(address)
    assert await overflow(page) <= 0
    assert await violations(page) == []


async def test_from_a_confusion_one_click_leads_to_its_sentences(page: Page, address: str) -> None:
    await page.goto(address)
    confusions = page.get_by_role("table", name="Het vaakst verwisseld staat bovenaan")
    await confusions.get_by_role("link", name="faq/leeftijd").click()
    await expect(page.get_by_role("heading", name="faq/leeftijd")).to_be_in_viewport()
    sentences = page.get_by_role("table", name="Verkeerd begrepen bij faq/leeftijd")
    row = sentences.get_by_role("row", name="ben ik te oud")
    await expect(row.get_by_role("cell")).to_have_text(["faq/leeftijd", "faq/vervoer", "80 %"])


async def test_on_paper_nothing_is_hidden_by_scrolling(page: Page, address: str) -> None:
    await page.goto(address)
    await page.emulate_media(media="print")
    assert await page.locator(".table").evaluate_all(
        "tables => tables.every(table => getComputedStyle(table).overflowX === 'visible')"
    )
    await expect(page.get_by_role("link", name="Ga naar de inhoud")).to_be_hidden()
