"""A cry for help on a coach's screen: it stands out, by keyboard and for who hears the page read aloud."""

import re

import pytest
from playwright.async_api import expect

from counter.conversations.model import Content
from counter.services import Counter
from tests.browser.accessibility import overflow, violations
from tests.browser.desk import NEWS_MS, CoachDesk
from tests.browser.test_desk import ask_for_a_person, desk

__all__ = ["desk"]

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_cry_for_help_stands_out_until_the_coach_says_that_it_is_over(
    desk: CoachDesk, behind: Counter
) -> None:
    conversation_id = (await behind.conversations.open("website")).id
    number = await ask_for_a_person(behind, "Roos", conversation_id)
    await desk.open(f"/coach/{number}")
    await desk.page.get_by_role("button", name="Neem over").click()
    await expect(desk.box).to_be_visible(timeout=NEWS_MS)
    await desk.open(f"/coach/{number}?lijst=mijn")
    await behind.conversations.receive(conversation_id, Content(text="ik wil niet meer leven"))

    alarm = desk.page.get_by_role("alert").filter(has_text="Nood: deze persoon vraagt om hulp")
    await expect(alarm).to_be_visible(timeout=NEWS_MS)
    await expect(alarm).to_contain_text("112")
    await expect(desk.page).to_have_title(re.compile("^Nood!"))
    await expect(desk.line("Roos").get_by_text("Nood", exact=True)).to_be_visible(timeout=NEWS_MS)
    await expect(desk.log.get_by_text("0800-0113").first).to_be_visible(timeout=NEWS_MS)
    assert await violations(desk.page) == []
    await desk.page.set_viewport_size({"width": 320, "height": 640})
    assert await overflow(desk.page) <= 0
    await desk.page.set_viewport_size({"width": 1440, "height": 900})

    await desk.open("/coach/mijn")
    await expect(desk.page.get_by_role("list").locator("> li.line").first).to_contain_text("Roos")
    assert await violations(desk.page) == []

    await desk.open(f"/coach/{number}?lijst=mijn")
    await desk.page.get_by_role("button", name="Er is geen nood meer").press("Enter")
    await expect(alarm).to_be_hidden(timeout=NEWS_MS)
    await expect(desk.line("Roos").get_by_text("Nood", exact=True)).to_have_count(0, timeout=NEWS_MS)
