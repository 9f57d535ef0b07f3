"""Telling what one can, seeing it in a passport, and taking that away: by link, by menu, by keyboard."""

import json
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.browser.accessibility import violations
from tests.browser.chat import ANSWER_MS, Chat

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_somebody_tells_what_they_can_and_takes_the_passport_away(
    page: Page, website: str, tmp_path: Path
) -> None:
    chat = await Chat(page).open(website)
    await chat.ask("Ik zorg voor mijn moeder en ik sleutel aan brommers")
    await chat.press("Ja, dit klopt")
    await expect(chat.log.get_by_role("heading", name="Jouw skillspaspoort")).to_be_visible(timeout=ANSWER_MS)
    await expect(chat.log.get_by_text("“zorg voor mijn moeder”")).to_be_visible()
    assert await violations(page) == []

    link = chat.log.get_by_role("link", name="Downloaden als PDF")
    async with page.expect_download() as by_link:
        await link.focus()
        await page.keyboard.press("Enter")
    read = tmp_path / "paspoort.pdf"
    download = await by_link.value
    assert download.suggested_filename == "skillspaspoort.pdf"
    await download.save_as(read)
    assert read.read_bytes().startswith(b"%PDF-")

    async with page.expect_download() as by_menu:
        await chat.choose("Skillspaspoort voor andere sites")
    data = tmp_path / "paspoort.json"
    await (await by_menu.value).save_as(data)
    badges = json.loads(data.read_text(encoding="utf-8"))["verifiableCredential"]
    assert len(badges) == 2


async def test_who_told_nothing_yet_reads_why_there_is_no_passport(page: Page, website: str) -> None:
    chat = await Chat(page).open(website)
    await chat.choose("Skillspaspoort downloaden")
    await expect(chat.status.get_by_text("Je skillspaspoort is nog leeg.")).to_be_visible(timeout=ANSWER_MS)
    # The conversation goes on: an empty passport is no lost conversation.
    await chat.ask("Wat kun je?")
