"""Telling what one can, seeing it in a passport, and taking that away: by link, by menu, by keyboard."""

import pytest
from playwright.async_api import Page, expect

from tests.browser.accessibility import violations
from tests.browser.chat import ANSWER_MS, Chat

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_somebody_tells_what_they_can_and_takes_the_passport_away(page: Page, website: str) -> None:
    chat = await Chat(page).open(website)
    await chat.ask("Ik zorg voor mijn moeder en ik sleutel aan brommers")
    await chat.press("Ja, dit klopt")
    await expect(chat.log.get_by_role("heading", name="Jouw skillspaspoort")).to_be_visible(timeout=ANSWER_MS)
    await expect(chat.log.get_by_text("“zorg voor mijn moeder”")).to_be_visible()
    assert await violations(page) == []

    link = chat.log.get_by_role("link", name="Bekijken, aanpassen of meenemen")
    async with page.expect_popup() as by_link:
        await link.focus()
        await page.keyboard.press("Enter")
    passport = await by_link.value
    await expect(passport.get_by_role("heading", level=1, name="Mijn skillspaspoort")).to_be_visible()
    assert await violations(passport) == []


async def test_the_menu_leads_to_ones_own_pages_and_the_conversation_goes_on(
    page: Page, website: str
) -> None:
    chat = await Chat(page).open(website)
    async with page.expect_popup() as popup:
        await chat.choose("Mijn loket")
    own = await popup.value
    await expect(own.get_by_role("heading", level=1, name="Mijn loket")).to_be_visible()
    assert "sleutel" not in own.url
    assert await violations(own) == []
    await own.get_by_role("link", name="Mijn skillspaspoort").last.click()
    await expect(own.get_by_text("Je skillspaspoort is nog leeg.")).to_be_visible()
    await own.get_by_role("button", name="Klaar op dit apparaat").click()
    await expect(own.get_by_role("heading", level=1, name="Klaar")).to_be_visible()
    assert await violations(own) == []
    await own.goto(f"{website}/mijn/paspoort")
    await expect(own.get_by_role("heading", name="Zo kom je binnen")).to_be_visible()
    assert await violations(own) == []
    # An empty passport is no lost conversation.
    await chat.ask("Wat kun je?")
