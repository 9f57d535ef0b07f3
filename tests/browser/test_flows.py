"""The five things people come for, done by mouse and keyboard from greeting to receipt."""

import re
import sqlite3

import pytest
from playwright.async_api import Page, expect

from tests.browser.chat import ANSWER_MS, Chat
from tests.support.running import RunningLoket

pytestmark = pytest.mark.asyncio(loop_scope="session")

STATEMENTS = 12
RECEIPT = re.compile(r"\b([VHC])-[0-9A-Z]{4}-[0-9A-Z]{4}\b")


def receipt_in(text: str, letter: str) -> str:
    """Return the number in a text; it starts with this letter."""
    numbers = [match.group() for match in RECEIPT.finditer(text) if match.group(1) == letter]
    assert numbers, f"no receipt {letter}-… in: {text}"
    return numbers[0]


def stored(loket: RunningLoket, table: str, number: str) -> tuple[str, str]:
    """Return the name and the state that the database holds under a receipt number."""
    with sqlite3.connect(loket.folder / "loket.db") as database:
        query = f"SELECT name, state FROM {table} WHERE number = ?"  # noqa: S608 - a table of ours
        name, state = database.execute(query, (number,)).fetchone()
    return name, state


async def begin_again(chat: Chat) -> None:
    """Come back later: a new conversation of the same person, in the same browser."""
    await chat.begin_again()
    await expect(chat.said("Noor").first).to_be_visible(timeout=ANSWER_MS)


async def test_the_interest_test_ends_in_three_occupations(page: Page, website: str) -> None:
    chat = await Chat(page).open(website)
    await chat.press("Wat past bij mij?")
    await chat.press("Test beginnen")
    for answer in ["Ja", "Nee", "Een beetje"] * (STATEMENTS // 3):
        await chat.press(answer)
    # Two worlds, and three occupations that fit them.
    await expect(chat.log.get_by_role("heading", level=3)).to_have_count(5, timeout=ANSWER_MS)


async def test_one_sentence_finds_courses_nearby(page: Page, website: str) -> None:
    chat = await Chat(page).open(website)
    await chat.ask("Ik zoek een avondcursus elektrotechniek in Alkmaar")
    cards = chat.log.get_by_role("heading", level=3)
    await expect(cards.first).to_be_visible(timeout=ANSWER_MS)
    await expect(chat.log.get_by_text("voorbeeld").first).to_be_visible()
    assert await cards.count() <= 3


async def test_somebody_signs_up_for_a_job_and_finds_the_place_again_later(
    page: Page, website: str, loket: RunningLoket
) -> None:
    chat = await Chat(page).open(website)
    await chat.ask("Ik zoek werk zonder sollicitatiebrief in Zaandam, 24 uur per week")
    await expect(chat.log.get_by_role("heading", level=3).first).to_be_visible(timeout=ANSWER_MS)
    summary = await chat.press("Aanmelden")
    assert "Klopt dit?" in summary
    receipt = await chat.press("Ja, meld me aan")
    number = receipt_in(receipt, "H")
    assert stored(loket, "sign_ups", number) == (None, "waiting")
    await begin_again(chat)
    assert number in await chat.ask("Waar sta ik op de lijst?")


async def test_somebody_applies_for_a_voucher_and_finds_it_again_later(
    page: Page, website: str, loket: RunningLoket
) -> None:
    chat = await Chat(page).open(website)
    await chat.ask("Ik wil een opleidingsvoucher aanvragen")
    for answer in ["Ik wil leren lassen", "Samira Jansen", "34", "1506 AB", "samira@voorbeeld.nl"]:
        await chat.ask(answer)
    summary = await chat.press("Sla over")
    assert "Klopt dit?" in summary
    receipt = await chat.press("Ja, verstuur")
    number = receipt_in(receipt, "V")
    assert stored(loket, "vouchers", number) == ("Samira Jansen", "submitted")
    await begin_again(chat)
    assert number in await chat.ask("Hoe staat het met mijn voucher?")


async def test_somebody_asks_for_a_person_and_gets_a_number(
    page: Page, website: str, loket: RunningLoket
) -> None:
    chat = await Chat(page).open(website)
    await chat.press("Een mens spreken")
    await chat.press("Werk vinden")
    await chat.press("Zaanstreek/Waterland")
    await chat.ask("Ik heet Samira Jansen")
    await chat.ask("0612345678")
    number = receipt_in(await chat.press("Ja, versturen"), "C")
    assert stored(loket, "referrals", number) == ("Samira Jansen", "waiting")
    await expect(page.get_by_text("Je wacht op een coach: plek")).to_be_visible()
