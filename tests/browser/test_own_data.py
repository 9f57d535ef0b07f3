"""One's own data in the chat: erased before one's eyes, taken along, and news that comes by itself."""

import asyncio
import json
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.browser.accessibility import violations
from tests.browser.chat import ANSWER_MS, Chat
from tests.browser.test_flows import receipt_in
from tests.support.running import RunningLoket

pytestmark = pytest.mark.asyncio(loop_scope="session")

SECRET = "Xanthippe"
NEWS_MS = 30_000


async def apply_for_a_voucher(chat: Chat) -> str:
    """Apply as somebody types it; returns the receipt number."""
    await chat.ask("Ik wil een opleidingsvoucher aanvragen")
    for answer in ["Ik wil leren lassen", SECRET, "34", "1506 AB", "samira@voorbeeld.nl"]:
        await chat.ask(answer)
    await chat.press("Sla over")
    return receipt_in(await chat.press("Ja, verstuur"), "V")


async def test_who_says_yes_sees_everything_disappear_and_keeps_a_receipt(page: Page, website: str) -> None:
    chat = await Chat(page).open(website)
    await apply_for_a_voucher(chat)
    await chat.ask("Wis alles wat jullie van mij weten")
    await chat.log.get_by_role("button", name="Ja, wis alles").last.click()
    notice = chat.said("Bericht van het loket").last
    await expect(notice).to_contain_text("Alles over jou is gewist", timeout=NEWS_MS)
    await expect(notice).to_contain_text("Voucheraanvragen")
    # What was said is gone from this screen too, for who looks at it next.
    await expect(chat.said("Jij")).to_have_count(0)
    await expect(chat.said("Noor")).to_have_count(0)
    assert SECRET not in await chat.log.inner_text()
    assert await violations(page) == []
    await page.reload()
    await expect(notice).to_contain_text("Alles over jou is gewist", timeout=ANSWER_MS)
    assert SECRET not in await chat.log.inner_text()


async def test_after_erasing_one_begins_again_as_somebody_new(page: Page, website: str) -> None:
    chat = await Chat(page).open(website)
    await chat.ask("Wis alles wat jullie van mij weten")
    await chat.log.get_by_role("button", name="Ja, wis alles").last.click()
    await expect(chat.said("Bericht van het loket").last).to_contain_text(
        "Alles over jou is gewist", timeout=NEWS_MS
    )
    # The old conversation must have left the window before answers are counted.
    await expect(chat.said("Jij")).to_have_count(0)
    await chat.press("Opnieuw beginnen")
    await chat.greeted()


async def test_a_decision_about_a_voucher_appears_while_one_is_looking(
    page: Page, website: str, loket: RunningLoket
) -> None:
    chat = await Chat(page).open(website)
    number = await apply_for_a_voucher(chat)
    await asyncio.to_thread(
        loket.command, "voucher", "decide", number, "toegekend", "--reason", "Een goed plan."
    )
    notice = chat.said("Bericht van het loket").last
    await expect(notice).to_contain_text("Goed nieuws", timeout=NEWS_MS)
    await expect(notice).to_contain_text("Een goed plan.")
    # Nothing of the conversation is lost by it.
    assert number in await chat.log.inner_text()
    assert "1.500" in await chat.press("Ontwikkelrekening")


async def test_a_decision_is_there_for_who_comes_back_later(
    page: Page, website: str, loket: RunningLoket
) -> None:
    chat = await Chat(page).open(website)
    number = await apply_for_a_voucher(chat)
    await page.goto("about:blank")
    await asyncio.to_thread(
        loket.command, "voucher", "decide", number, "afgewezen", "--reason", "De cursus is al begonnen."
    )
    await page.goto(website)
    await expect(chat.said("Bericht van het loket").last).to_contain_text(
        "De cursus is al begonnen.", timeout=ANSWER_MS
    )


async def test_everything_can_be_downloaded_from_the_conversation(
    page: Page, website: str, tmp_path: Path
) -> None:
    chat = await Chat(page).open(website)
    await chat.ask("Wat weten jullie van mij?")
    async with page.expect_download() as download:
        await chat.log.get_by_role("button", name="Alles downloaden").last.click()
    file = tmp_path / "gegevens.json"
    await (await download.value).save_as(file)
    assert json.loads(file.read_text(encoding="utf-8"))["conversations"]
    await expect(chat.said("Noor").last).to_contain_text("downloads", timeout=ANSWER_MS)
