"""One's own pages, by people: without a script, by keyboard, on a phone, and enlarged four times."""

import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, expect

from tests.browser.accessibility import overflow, violations

pytestmark = pytest.mark.asyncio(loop_scope="session")

# A phone, and a screen of 1280 pixels enlarged four times.
SIZES = [(390, 844), (320, 256)]
STORY = "Ik las al tien jaar, ik zorg voor mijn moeder en ik wil leren programmeren"


@pytest_asyncio.fixture(loop_scope="session", params=SIZES, ids=["phone", "enlarged"])
async def own(browser: Browser, website: str, request: pytest.FixtureRequest) -> AsyncIterator[Page]:
    """Give the own pages of somebody who just said hello."""
    width, height = request.param
    context = await browser.new_context(viewport={"width": width, "height": height}, locale="nl-NL")
    yield await at_passport(context, website)
    await context.close()


async def at_passport(context: BrowserContext, website: str) -> Page:
    page = await context.new_page()
    await page.goto(f"{website.rstrip('/')}/gesprek")
    await page.get_by_role("button", name="Begin zonder vraag").click()
    await page.get_by_role("link", name="Mijn loket").click()
    await fine(page, "Mijn loket")
    await page.get_by_role("main").get_by_role("link", name="Mijn skillspaspoort").last.click()
    await fine(page, "Mijn skillspaspoort")
    return page


async def fine(page: Page, heading: str) -> None:
    """Expect a page with this heading that everybody can use, that fits its window and needs no script."""
    await expect(page.get_by_role("heading", level=1, name=heading)).to_be_visible()
    await expect(page.locator("script")).to_have_count(0)
    assert await violations(page) == []
    assert await overflow(page) <= 0


async def tell(page: Page) -> None:
    """Add to the passport in one's own words."""
    await page.get_by_role("link", name="Iets toevoegen").click()
    await page.get_by_label("Wat kun je, of wat wil je leren?").fill(STORY)
    await page.get_by_role("button", name="Kijk wat erin zit").click()
    await fine(page, "Iets toevoegen")
    await page.get_by_label("zorgen voor een familielid").uncheck()
    await page.get_by_role("button", name="Zet dit in mijn paspoort").click()
    await expect(page.get_by_role("status")).to_contain_text("lassen, programmeren")
    await fine(page, "Mijn skillspaspoort")


async def test_one_tells_changes_takes_out_and_puts_back_without_a_script(own: Page) -> None:
    await tell(own)
    await own.locator("summary").filter(has_text="Waarom staat dit erin? lassen").click()
    await expect(own.get_by_text("zei je: “las”")).to_be_visible()
    await own.locator("summary").filter(has_text="Aanpassen lassen").click()
    await own.get_by_label("Gevorderd: het gaat goed").first.check()
    years = own.get_by_label("Hoeveel jaar deed je dit?").first
    await expect(years).to_have_value("10")
    await years.fill("lang")
    await own.get_by_role("button", name="Bewaar lassen").click()
    await expect(years).to_be_focused()
    await fine(own, "Mijn skillspaspoort")
    await years.fill("12")
    await own.get_by_role("button", name="Bewaar lassen").click()
    await expect(own.get_by_role("status")).to_contain_text(
        "lassen: dit kun je (zelf verteld, gevorderd, 12 jaar)"
    )
    await own.locator("summary").filter(has_text="Aanpassen lassen").click()
    await own.get_by_role("button", name="Haal weg uit mijn paspoort lassen").click()
    await expect(own.get_by_role("status")).to_contain_text("Dit staat niet meer in je paspoort: lassen.")
    await fine(own, "Mijn skillspaspoort")
    await own.get_by_role("button", name="Zet terug lassen").first.click()
    await expect(own.get_by_role("status")).to_contain_text("Dit is teruggezet: lassen.")


async def test_one_shares_looks_as_another_and_withdraws(own: Page, browser: Browser) -> None:
    await tell(own)
    await own.get_by_role("link", name="Delen met een link").click()
    await fine(own, "Mijn paspoort delen")
    await own.get_by_role("button", name="Maak de link").click()
    await expect(own.get_by_role("alert")).to_have_text("Vink minstens één vaardigheid aan.")
    await fine(own, "Mijn paspoort delen")
    await own.get_by_label("lassen").check()
    await own.get_by_label("Naam voor jezelf").fill("Voor de bakker")
    await own.get_by_role("button", name="Maak de link").click()
    await fine(own, "Mijn paspoort delen")
    link = await own.get_by_label("De link").input_value()
    other = await browser.new_context(viewport=own.viewport_size)
    seen = await other.new_page()
    await seen.goto(link)
    await fine(seen, "Skillspaspoort")
    await expect(seen.get_by_role("heading", name="lassen")).to_be_visible()
    await expect(seen.get_by_text("programmeren")).to_have_count(0)
    await own.reload()
    await expect(own.get_by_text(re.compile(r"1 keer bekeken, het laatst op \d"))).to_be_visible()
    await own.get_by_role("button", name="Trek in Voor de bakker").click()
    await expect(own.get_by_role("status")).to_have_text("De link is ingetrokken. Niemand ziet nog iets.")
    await seen.reload()
    await fine(seen, "Deze link werkt niet")
    await other.close()


async def test_the_passport_is_changed_with_the_keyboard_alone(browser: Browser, website: str) -> None:
    context = await browser.new_context(viewport={"width": 1280, "height": 900})
    page = await at_passport(context, website)
    await tell(page)
    await page.locator("summary").filter(has_text="Aanpassen lassen").focus()
    await page.keyboard.press("Enter")
    await page.keyboard.press("Tab")
    await page.keyboard.press("ArrowDown")
    await expect(page.get_by_label("Dit wil ik leren").first).to_be_checked()
    await page.keyboard.press("Tab")
    await page.keyboard.press("Tab")
    await expect(page.get_by_label("Hoeveel jaar deed je dit?").first).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("status")).to_contain_text("lassen: dit wil je leren")
    await context.close()
