import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.accessibility import overflow, violations

pytestmark = pytest.mark.asyncio(loop_scope="session")

PAGES = [
    "/beroepen-en-vaardigheden?zoek=lasster",
    "/beroepen-en-vaardigheden?sector=bouw",
    "/beroepen/lasser",
    "/vaardigheden/lassen",
    "/vaardigheden/bestaat-niet",
    "/groepen/bestaat-niet",
    "/overstappen?van=vliegtuigmonteur&naar=windturbinetechnicus",
]


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("path", PAGES)
async def test_everybody_can_use_the_pages(page: Page, website: str, path: str, width: int) -> None:
    await page.set_viewport_size({"width": width, "height": 900})
    await page.goto(website.rstrip("/") + path)
    assert await violations(page) == []
    assert await overflow(page) <= 0


async def test_somebody_without_mouse_or_javascript_finds_the_way(browser: Browser, website: str) -> None:
    context = await browser.new_context(java_script_enabled=False)
    page = await context.new_page()
    await page.goto(website.rstrip("/") + "/overstappen")
    await page.get_by_label("Van welk beroep?").focus()
    await page.keyboard.type("lasser")
    await page.keyboard.press("Tab")
    await page.keyboard.type("kok")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="Van lasser naar kok").first).to_be_visible()
    await expect(page.get_by_role("img", name="De weg van lasser naar kok")).to_be_visible()
    await context.close()
