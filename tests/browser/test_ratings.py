"""Telling whether an answer helped: by mouse or keyboard, with a reason or without."""

import sqlite3

import pytest
from playwright.async_api import Page, expect

from tests.browser.accessibility import overflow, violations
from tests.browser.chat import ANSWER_MS, Chat
from tests.support.running import RunningLoket

pytestmark = pytest.mark.asyncio(loop_scope="session")


def kept(loket: RunningLoket, text: str) -> list[tuple[int, str | None]]:
    """Return what is kept about answers in the conversation in which somebody said this text."""
    with sqlite3.connect(loket.folder / "loket.db") as database:
        return database.execute(
            "SELECT is_helpful, reason FROM ratings WHERE conversation_id IN "
            "(SELECT conversation_id FROM messages WHERE text = ?)",
            (text,),
        ).fetchall()


async def asked(page: Page, website: str, text: str) -> Chat:
    """Open the chat and ask something; the rating stands under the answer."""
    chat = await Chat(page).open(website)
    rating = page.get_by_role("group", name="Hielp dit antwoord?")
    # A greeting is no answer yet.
    await expect(rating).to_have_count(0)
    await chat.ask(text)
    await expect(rating).to_have_count(1)
    return chat


async def test_one_press_tells_that_an_answer_helped(page: Page, website: str, loket: RunningLoket) -> None:
    chat = await asked(page, website, "Wat kun je voor mij doen, Noor 1?")
    up = page.get_by_role("button", name="Dit antwoord hielp mij", exact=True)
    await up.click()
    await expect(chat.status.get_by_text("Dank je wel.")).to_be_visible()
    await expect(up).to_have_attribute("aria-pressed", "true")
    assert kept(loket, "Wat kun je voor mij doen, Noor 1?") == [(1, None)]
    await page.reload()
    await expect(up).to_have_attribute("aria-pressed", "true", timeout=ANSWER_MS)


async def test_who_was_not_helped_says_why_with_the_keyboard_alone(
    page: Page, website: str, loket: RunningLoket
) -> None:
    await page.set_viewport_size({"width": 320, "height": 640})
    chat = await asked(page, website, "Wat kun je voor mij doen, Noor 2?")
    down = page.get_by_role("button", name="Dit antwoord hielp mij niet")
    await down.focus()
    await page.keyboard.press("Enter")
    await expect(chat.status.get_by_text("Wat was er niet goed?")).to_be_visible()
    await expect(down).to_be_focused()
    assert await violations(page) == []
    assert await overflow(page) <= 0
    # Three ready reasons, and then the field.
    for _ in range(4):
        await page.keyboard.press("Tab")
    await expect(page.get_by_label("Of in je eigen woorden")).to_be_focused()
    await page.keyboard.type("Mijn BSN is 111222333")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("alert")).to_contain_text("burgerservicenummer")
    assert kept(loket, "Wat kun je voor mij doen, Noor 2?") == [(0, None)]
    await page.get_by_label("Of in je eigen woorden").fill("Te veel tekst")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(chat.status.get_by_text("Dank je wel.")).to_be_visible()
    await expect(down).to_be_focused()
    assert kept(loket, "Wat kun je voor mij doen, Noor 2?") == [(0, "Te veel tekst")]


async def test_a_ready_reason_is_one_press(page: Page, website: str, loket: RunningLoket) -> None:
    chat = await asked(page, website, "Wat kun je voor mij doen, Noor 3?")
    await page.get_by_role("button", name="Dit antwoord hielp mij niet").click()
    await page.get_by_role("button", name="Ik snap het niet").click()
    await expect(chat.status.get_by_text("Dank je wel.")).to_be_visible()
    assert kept(loket, "Wat kun je voor mij doen, Noor 3?") == [(0, "Ik snap het niet")]
    # The next answer is asked about anew.
    await chat.ask("Ik zoek een avondcursus elektrotechniek in Alkmaar")
    await expect(page.get_by_role("button", name="Dit antwoord hielp mij niet")).to_have_attribute(
        "aria-pressed", "false"
    )
