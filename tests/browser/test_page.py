import gzip
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, Request, expect

from connectors import website as website_package
from tests.browser.chat import ANSWER_MS, Chat

pytestmark = pytest.mark.asyncio(loop_scope="session")

STATIC = Path(website_package.__file__).parent / "static"
MAX_CHAT_BYTES = 40 * 1024

TILES = ["Wat past bij mij?", "Werk zonder brief", "Cursus zoeken", "Voucher aanvragen", "Een mens spreken"]


async def test_noor_says_at_once_that_she_is_no_person(page: Page, website: str) -> None:
    chat = await Chat(page).open(website)
    await expect(chat.said("Noor").first).to_contain_text("geen mens")
    await expect(chat.log.get_by_role("link").first).to_have_attribute(
        "href", f"{website.rstrip('/')}/privacy"
    )


@pytest.mark.parametrize("tile", TILES)
async def test_a_tile_asks_its_question_in_the_chat(page: Page, website: str, tile: str) -> None:
    chat = await Chat(page).open(website)
    greetings = await chat.said("Noor").count()
    await page.get_by_role("link", name=tile).click()
    await expect(chat.said("Jij").first).to_contain_text(tile)
    await expect(chat.said("Noor").nth(greetings)).to_be_visible(timeout=ANSWER_MS)
    await expect(chat.field).to_be_focused()


async def test_the_page_asks_nothing_of_anybody_else(page: Page, website: str) -> None:
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    page.on("request", note)
    chat = await Chat(page).open(website)
    await chat.ask("Ik zoek een avondcursus elektrotechniek in Alkmaar")
    assert [url for url in asked if not url.startswith((website, "blob:"))] == []
    assert await page.context.cookies() == []


async def test_without_javascript_people_read_how_to_reach_the_counter(
    browser: Browser, website: str
) -> None:
    context = await browser.new_context(java_script_enabled=False)
    page = await context.new_page()
    await page.goto(website)
    await expect(page.get_by_role("heading", name="Het gesprek start hier niet")).to_be_visible()
    await expect(page.get_by_role("main").get_by_text("023 555 01 23").first).to_be_visible()
    await context.close()


@pytest.mark.parametrize(
    ("link", "title"), [("Privacy", "Privacy"), ("Toegankelijkheid", "Toegankelijkheid")]
)
async def test_the_footer_leads_to_what_people_must_be_able_to_read(
    page: Page, website: str, link: str, title: str
) -> None:
    await page.goto(website)
    await page.get_by_role("contentinfo").get_by_role("link", name=link).click()
    await expect(page.get_by_role("heading", level=1, name=title)).to_be_visible()


async def test_the_chat_is_light_enough_for_an_old_phone() -> None:
    files = [*(STATIC / "noor-chat").iterdir(), STATIC / "images" / "noor.svg"]
    assert sum(len(gzip.compress(file.read_bytes())) for file in files) <= MAX_CHAT_BYTES
