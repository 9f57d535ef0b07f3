"""Everybody can read about jobs, and the data for search engines stands there without breaking a rule."""

import json

import pytest
from playwright.async_api import Page, expect

from tests.browser.accessibility import overflow, violations

pytestmark = pytest.mark.asyncio(loop_scope="session")

PAGES = [
    "/vacatures",
    "/vacatures?plaats=Alkmaar",
    "/vacatures/productie-alkmaar",
    "/vacatures/bestaat-niet",
]


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("path", PAGES)
async def test_everybody_can_use_the_pages(page: Page, website: str, path: str, width: int) -> None:
    await page.set_viewport_size({"width": width, "height": 900})
    await page.goto(website.rstrip("/") + path)
    assert await violations(page) == []
    assert await overflow(page) <= 0


async def test_the_data_of_a_job_is_there_and_the_browser_refuses_nothing(page: Page, website: str) -> None:
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))
    page.on("pageerror", lambda error: refused.append(str(error)))
    await page.add_init_script(
        "addEventListener('securitypolicyviolation', event => console.error(event.violatedDirective))"
    )
    await page.goto(website.rstrip("/") + "/vacatures/productie-alkmaar")
    data = json.loads(await page.locator('script[type="application/ld+json"]').text_content() or "")
    assert data["@type"] == "JobPosting"
    assert data["hiringOrganization"]["name"] == "Voorbeeldbedrijf Kaas en Co"
    assert refused == []


async def test_somebody_finds_a_job_with_the_keyboard_alone(page: Page, website: str) -> None:
    await page.goto(website.rstrip("/") + "/vacatures")
    await page.get_by_label("In welke plaats wil je werken?").focus()
    await page.keyboard.type("Alkmaar")
    await page.keyboard.press("Enter")
    await page.get_by_role("link", name="Medewerker productie").focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", level=1)).to_contain_text("Medewerker productie")
