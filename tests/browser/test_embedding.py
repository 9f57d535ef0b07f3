"""The chat on somebody else's site: one script tag, whatever that site's policy and style are."""

import re
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import pytest_asyncio
from playwright.async_api import ConsoleMessage, Page, Request, expect

from tests.browser.accessibility import overflow, violations
from tests.browser.chat import ANSWER_MS, Chat
from tests.browser.neighbour import neighbour
from tests.support.running import RunningLoket, free_port

pytestmark = pytest.mark.asyncio(loop_scope="session")

GUIDE = Path(__file__).parents[2] / "docs" / "chat-in-eigen-kleuren.md"
THEME = GUIDE.read_text(encoding="utf-8").split("```css\n")[1].split("```")[0]
COUNTED = re.compile(r"Chat met Noor (1 nieuw bericht|\d nieuwe berichten)")
DESKTOP, PHONE, ENLARGED = (1280, 900), (320, 640), (320, 256)


@pytest_asyncio.fixture(loop_scope="session")
async def elsewhere(loket: RunningLoket) -> AsyncIterator[str]:
    """Give the address of a site that may show the chat."""
    async with neighbour(loket.neighbour_port, loket.url) as address:
        yield address


async def opened(page: Page, address: str, size: tuple[int, int] = DESKTOP) -> Chat:
    """Go to the site and open the chat."""
    await page.set_viewport_size({"width": size[0], "height": size[1]})
    await page.goto(address)
    await page.get_by_role("button", name="Chat met Noor").click()
    chat = Chat(page)
    await chat.greeted()
    return chat


async def test_one_script_tag_brings_the_chat_to_a_site_with_a_strict_policy(
    page: Page, elsewhere: str, loket: RunningLoket
) -> None:
    complaints: list[str] = []
    asked: list[str] = []

    def complain(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            complaints.append(message.text)

    def note(request: Request) -> None:
        asked.append(request.url)

    page.on("console", complain)
    page.on("request", note)
    chat = await opened(page, elsewhere)
    await expect(chat.field).to_be_focused()
    await chat.ask("Ik zoek een avondcursus elektrotechniek in Alkmaar")
    await expect(chat.log.get_by_role("heading", level=3).first).to_be_visible()
    # The site's own favicon is the browser's idea, and nobody else is asked anything.
    known = {urlsplit(elsewhere).netloc, urlsplit(loket.url).netloc}
    assert {urlsplit(url).netloc for url in asked} <= known
    assert [text for text in complaints if "favicon" not in text] == []
    assert await page.context.cookies() == []


@pytest.mark.parametrize("size", [DESKTOP, PHONE, ENLARGED], ids=["desktop", "phone", "enlarged"])
async def test_everybody_can_use_the_chat_on_another_site(
    page: Page, elsewhere: str, size: tuple[int, int]
) -> None:
    await page.set_viewport_size({"width": size[0], "height": size[1]})
    await page.goto(elsewhere)
    await expect(page.get_by_role("button", name="Chat met Noor")).to_be_visible()
    assert await violations(page) == []
    chat = await opened(page, elsewhere, size)
    await chat.ask("Ik zoek een avondcursus elektrotechniek in Alkmaar")
    assert await violations(page) == []
    assert await overflow(page) <= 0
    await chat.menu.click()
    assert await violations(page) == []
    wider = "node => node.scrollWidth - node.clientWidth"
    assert await page.get_by_role("dialog", name="Chat met Noor").evaluate(wider) <= 0


async def test_letters_are_as_large_as_on_our_own_page(page: Page, elsewhere: str) -> None:
    chat = await opened(page, elsewhere)
    size = "node => parseFloat(getComputedStyle(node).fontSize)"
    assert await chat.said("Noor").first.evaluate(size) == pytest.approx(18)
    assert await chat.send.evaluate(size) == pytest.approx(18)


async def test_the_chat_opens_and_closes_by_keyboard_and_gives_the_focus_back(
    page: Page, elsewhere: str
) -> None:
    await page.goto(elsewhere)
    button = page.get_by_role("button", name="Chat met Noor")
    await expect(button).to_have_attribute("aria-expanded", "false")
    await button.focus()
    await page.keyboard.press("Enter")
    chat = Chat(page)
    await chat.greeted()
    await expect(chat.field).to_be_focused()
    await expect(button).to_have_attribute("aria-expanded", "true")
    # Escape closes what is on top, one at a time.
    await chat.menu.click()
    await page.keyboard.press("Escape")
    await expect(chat.menu).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(chat.field).to_be_hidden()
    await expect(button).to_be_focused()


async def test_on_a_phone_the_chat_takes_the_screen_and_nothing_behind_it_has_the_focus(
    page: Page, elsewhere: str
) -> None:
    chat = await opened(page, elsewhere, PHONE)
    for _ in range(30):
        await page.keyboard.press("Tab")
        assert await page.evaluate("document.activeElement.localName") in {"noor-launcher", "body"}
    await page.get_by_role("button", name="Sluiten").click()
    await expect(chat.field).to_be_hidden()
    await expect(page.get_by_role("button", name="Chat met Noor")).to_be_focused()


async def test_the_conversation_goes_along_to_the_next_page_of_the_site(page: Page, elsewhere: str) -> None:
    chat = await opened(page, elsewhere)
    await chat.ask("Ik ben op de eerste bladzijde")
    await page.get_by_role("link", name="Verder").click()
    await expect(chat.said("Jij")).to_contain_text("Ik ben op de eerste bladzijde", timeout=ANSWER_MS)
    # It is open as it was, but the person came for the page.
    assert await page.evaluate("document.activeElement === document.body")


async def test_links_of_noor_lead_to_the_counter_and_leave_the_site_open(
    page: Page, elsewhere: str, loket: RunningLoket
) -> None:
    chat = await opened(page, elsewhere)
    link = chat.log.get_by_role("link").first
    await expect(link).to_have_attribute("href", f"{loket.url}/privacy")
    await expect(link).to_have_attribute("target", "_blank")


async def test_a_message_that_comes_while_the_chat_is_closed_is_counted(page: Page, elsewhere: str) -> None:
    title = await (await opened(page, elsewhere)).page.title()
    await page.get_by_role("button", name="Sluiten").click()
    button = page.get_by_role("button", name="Chat met Noor")
    other = Chat(await page.context.new_page())
    await other.page.goto(elsewhere)
    await other.page.get_by_role("button", name="Chat met Noor").click()
    await expect(other.said("Noor").first).to_be_visible(timeout=ANSWER_MS)
    # Both windows are before somebody in a headless browser; this one reads nothing, for it is closed.
    await other.page.evaluate("Object.defineProperty(document, 'hidden', {value: true})")
    await other.ask("Wat kun je?")
    await expect(button).to_have_accessible_name(COUNTED, timeout=ANSWER_MS)
    assert re.fullmatch(rf"\(\d\) {title}", await page.title())
    assert await violations(page) == []
    await button.click()
    await expect(button).to_have_accessible_name("Chat met Noor")
    assert await page.title() == title


async def test_a_site_can_give_the_chat_a_place_of_its_own(page: Page, loket: RunningLoket) -> None:
    async with neighbour(loket.neighbour_port, loket.url, body="<noor-chat></noor-chat>") as placed:
        await page.goto(placed)
        chat = Chat(page)
        await chat.greeted()
        await expect(page.get_by_role("main").get_by_label("Typ je vraag of je antwoord")).to_be_visible()
        await expect(page.get_by_role("button", name="Chat met Noor")).to_have_count(0)
        await expect(page.get_by_role("button", name="Sluiten")).to_have_count(0)
        # Whoever came for the page is not drawn away from it.
        assert await page.evaluate("document.activeElement === document.body")
        assert await violations(page) == []


async def test_a_site_that_is_not_allowed_gets_nothing(page: Page, loket: RunningLoket) -> None:
    async with neighbour(free_port(), loket.url) as stranger:
        await page.goto(stranger)
        await page.wait_for_load_state("networkidle")
        await expect(page.get_by_role("heading", name="Werk en inkomen")).to_be_visible()
        assert await page.locator("noor-launcher").count() == 0


async def test_the_chat_takes_the_colours_of_the_site_and_stays_readable(
    page: Page, loket: RunningLoket
) -> None:
    async with neighbour(loket.neighbour_port, loket.url, style=THEME) as themed:
        chat = await opened(page, themed)
        await chat.ask("Ik zoek een avondcursus elektrotechniek in Alkmaar")
        ground = "node => getComputedStyle(node).backgroundColor"
        letter = "node => getComputedStyle(node).fontFamily"
        assert await chat.send.evaluate(ground) == "rgb(107, 31, 58)"
        assert await page.get_by_role("button", name="Chat met Noor").evaluate(ground) == "rgb(107, 31, 58)"
        assert "Trebuchet" in await chat.said("Noor").first.evaluate(letter)
        assert await violations(page) == []
