"""The whole conversation without JavaScript: from the home page to a receipt, and erased again."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, expect

from tests.browser.accessibility import overflow, violations
from tests.browser.test_flows import receipt_in, stored
from tests.support.running import RunningLoket

pytestmark = pytest.mark.asyncio(loop_scope="session")

ANSWER_MS = 15_000


@pytest_asyncio.fixture(loop_scope="session")
async def without(browser: Browser) -> AsyncIterator[BrowserContext]:
    """Give a browser that runs no scripts."""
    context = await browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    yield context
    await context.close()


async def say(page: Page, text: str) -> str:
    """Type and send; returns everything Noor said."""
    await page.get_by_label("Typ je vraag of je antwoord").fill(text)
    async with page.expect_navigation():
        await page.get_by_role("button", name="Verstuur").click()
    return await noor(page)


async def press(page: Page, title: str) -> str:
    """Press the newest button with this title; returns everything Noor said."""
    async with page.expect_navigation():
        await page.get_by_role("button", name=title, exact=True).last.click()
    return await noor(page)


async def noor(page: Page) -> str:
    return "\n".join(await said(page, "Noor"))


async def said(page: Page, who: str) -> list[str]:
    return await page.get_by_role("listitem").filter(has_text=f"{who}:").all_inner_texts()


async def test_from_the_home_page_to_noor_by_one_link(without: BrowserContext, website: str) -> None:
    page = await without.new_page()
    await page.goto(website)
    await page.get_by_role("link", name="Praat met Noor").click()
    await expect(page.get_by_role("heading", name="Praat met Noor")).to_be_visible()
    # Looking is no conversation yet.
    assert await without.cookies() == []
    answer = await press(page, "Begin zonder vraag")
    assert "digitale assistent" in answer
    [cookie] = await without.cookies()
    assert (cookie["httpOnly"], cookie["sameSite"], cookie["path"]) == (True, "Strict", "/gesprek")
    assert cookie["expires"] == -1


async def test_somebody_applies_for_a_voucher_without_javascript(
    without: BrowserContext, website: str, loket: RunningLoket
) -> None:
    page = await without.new_page()
    await page.goto(f"{website.rstrip('/')}/gesprek")
    await say(page, "Ik wil een opleidingsvoucher aanvragen")
    for answer in ["Ik wil leren lassen", "Samira Jansen", "34", "1506 AB", "samira@voorbeeld.nl"]:
        await say(page, answer)
    await press(page, "Sla over")
    number = receipt_in(await press(page, "Ja, verstuur"), "V")
    assert stored(loket, "vouchers", number) == ("Samira Jansen", "submitted")
    # Pressed, it stands in the conversation by its name; a reload sends nothing again.
    before = await said(page, "Jij")
    assert "Ja, verstuur" in before[-1]
    await page.reload()
    assert await said(page, "Jij") == before


async def test_a_card_is_chosen_from_by_keyboard(without: BrowserContext, website: str) -> None:
    page = await without.new_page()
    await page.goto(f"{website.rstrip('/')}/gesprek")
    await page.get_by_label("Typ je vraag of je antwoord").focus()
    await page.keyboard.type("Ik zoek een avondcursus elektrotechniek in Alkmaar")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", level=3).first).to_be_visible()
    # The browser stands at what is new, and Tab goes on from there.
    await expect(page.locator(":target")).to_contain_text("avondcursus elektrotechniek")
    more = page.get_by_role("button", name="Meer weten")
    await expect(more.first).to_have_accessible_description("Elektrotechniek voor beginners (voorbeeld)")
    await page.keyboard.press("Tab")
    await expect(more.first).to_be_focused()
    async with page.expect_navigation():
        await page.keyboard.press("Enter")
    assert "Meer weten" in (await said(page, "Jij"))[-1]


@pytest.mark.parametrize("size", [(1280, 900), (320, 640), (320, 256)], ids=["desktop", "phone", "enlarged"])
async def test_axe_finds_nothing_and_nothing_falls_off(
    page: Page, website: str, size: tuple[int, int]
) -> None:
    # axe itself is a script; the page has none.
    await page.set_viewport_size({"width": size[0], "height": size[1]})
    await page.goto(f"{website.rstrip('/')}/gesprek")
    assert await page.locator("script").count() == 0
    assert await violations(page) == []
    await say(page, "Ik zoek een avondcursus elektrotechniek in Alkmaar")
    await page.get_by_text("Nieuw gesprek").click()
    await page.get_by_text("Gesprek wissen").click()
    assert await violations(page) == []
    assert await overflow(page) <= 0


async def test_an_answer_is_said_more_simply(without: BrowserContext, website: str) -> None:
    page = await without.new_page()
    await page.goto(f"{website.rstrip('/')}/gesprek")
    await say(page, "Wat is het verschil tussen bbl en bol?")
    easier = page.get_by_text("Bij bbl werk je. Je krijgt loon.")
    await expect(easier).to_be_hidden()
    await page.get_by_text("Makkelijker", exact=True).click()
    await expect(easier).to_be_visible()


async def test_markup_is_shown_as_the_text_it_is(page: Page, website: str) -> None:
    await page.goto(f"{website.rstrip('/')}/gesprek")
    attack = "</p><script>document.title='gekaapt'</script><img src=x onerror=\"document.title='gekaapt'\">"
    await say(page, attack)
    await expect(page.get_by_role("listitem").filter(has_text="Jij:")).to_contain_text(attack)
    assert await page.locator("article script, article img").count() == 0
    assert await page.title() != "gekaapt"


async def test_the_conversation_is_taken_home_begun_anew_and_erased(
    without: BrowserContext, website: str, tmp_path: Path
) -> None:
    page = await without.new_page()
    await page.goto(f"{website.rstrip('/')}/gesprek")
    await say(page, "Dit wil ik bewaren")
    async with page.expect_download() as download:
        await page.get_by_role("link", name="Gesprek downloaden").click()
    file = tmp_path / "gesprek.txt"
    await (await download.value).save_as(file)
    assert (await download.value).suggested_filename == "gesprek-met-noor.txt"
    assert "Dit wil ik bewaren" in file.read_text(encoding="utf-8")
    await page.get_by_text("Nieuw gesprek").click()
    await press(page, "Ja, begin opnieuw")
    assert await said(page, "Jij") == []
    await say(page, "Weg ermee")
    await page.get_by_text("Gesprek wissen").click()
    await press(page, "Ja, wis dit gesprek")
    await expect(page.get_by_role("status")).to_contain_text("Je gesprek is gewist.")
    assert await without.cookies() == []
    assert await said(page, "Jij") == []


async def test_who_comes_back_from_another_site_finds_the_conversation(
    without: BrowserContext, website: str
) -> None:
    page = await without.new_page()
    await page.goto(f"{website.rstrip('/')}/gesprek")
    await say(page, "Ik kom zo terug")
    await page.goto("about:blank")
    await page.goto(f"{website.rstrip('/')}/gesprek")
    assert "Ik kom zo terug" in (await said(page, "Jij"))[0]
