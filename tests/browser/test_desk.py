"""A person in the chat and a coach at the desk, side by side."""

import asyncio
import re

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from counter.conversations.model import Owner
from counter.referrals.model import OpenReferral, Reason
from counter.services import Counter
from tests.browser.accessibility import overflow, violations
from tests.browser.chat import ANSWER_MS, Chat
from tests.browser.conftest import LogIn
from tests.browser.desk import NEWS_MS, CoachDesk

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest_asyncio.fixture(loop_scope="session")
async def desk(log_in: LogIn) -> CoachDesk:
    """Give the browser of Sanne, who is logged in."""
    window, _ = await log_in("sanne", "Loket Haarlem")
    return window


async def ask_for_a_person(behind: Counter, name: str, conversation_id: str | None = None) -> str:
    """Have somebody ask for a person; returns the receipt number."""
    if conversation_id is None:
        conversation_id = (await behind.conversations.open("website")).id
    receipt = await behind.referrals.open(
        OpenReferral(
            conversation_id=conversation_id,
            message_id="m1",
            reason=Reason.ASKED,
            topic="ontslag",
            region="Groot Amsterdam",
            name=name,
        )
    )
    return receipt.number


async def conversation_of(page: Page) -> tuple[str, list[str]]:
    """Return the id of the conversation that this chat holds, and what comes to it from now on."""
    async with page.expect_websocket() as waiting:
        await page.reload()
    stream, frames = await waiting.value, []
    stream.on("framereceived", lambda frame: frames.append(str(frame)))
    found = re.search(r"/api/conversations/([^/]+)/stream", stream.url)
    assert found is not None
    return found[1], frames


async def test_a_person_and_a_coach_talk(page: Page, log_in: LogIn, behind: Counter, loket_url: str) -> None:
    desk, sanne = await log_in("sanne", "Loket Haarlem")
    chat = await Chat(page).open(loket_url)
    conversation_id, frames = await conversation_of(page)
    await chat.greeted()
    await desk.open()
    await ask_for_a_person(behind, "Shirin", conversation_id)
    await expect(desk.line("Shirin")).to_be_visible(timeout=NEWS_MS)
    # Whoever else cries for help in this database stands before the figure.
    await expect(desk.page).to_have_title(re.compile(r"^(Nood! )?\(\d+\) Wachtrij"))
    await desk.claim("Shirin")
    await expect(chat.log.get_by_text("Sanne").first).to_be_visible(timeout=ANSWER_MS)

    await chat.say("Ik ben ontslagen")
    await expect(desk.log.get_by_text("Ik ben ontslagen")).to_be_visible(timeout=NEWS_MS)
    await desk.box.press_sequentially("Dag Shirin")
    async with asyncio.timeout(NEWS_MS / 1000):
        while not frames or '"typing": true' not in frames[-1]:  # noqa: ASYNC110 - a page knows no events
            await asyncio.sleep(0.05)
    assert not any("Dag Shirin" in frame for frame in frames), "that they type is told, and not what"
    await desk.box.press("Enter")
    await expect(chat.log.get_by_text("Dag Shirin")).to_be_visible(timeout=ANSWER_MS)
    await expect(desk.box).to_have_value("")
    # Noor is silent: what was said after the claim, a coach or the counter said.
    said = (await behind.conversations.transcript(conversation_id)).messages
    claimed = next(message.seq for message in said if message.sender == "system" and message.seq > 1)
    assert all(message.sender != "bot" for message in said if message.seq > claimed)
    assert (await behind.conversations.transcript(conversation_id)).owner is Owner.COACH
    number = (await behind.referrals.of_person(conversation_id))[0].number
    await behind.desk.hand_back(number, sanne)
    await expect(desk.page.get_by_text("Dit gesprek is afgerond.")).to_be_visible(timeout=NEWS_MS)
    await chat.ask("Hallo Noor")


async def test_a_note_never_reaches_the_person(
    page: Page, desk: CoachDesk, behind: Counter, loket_url: str
) -> None:
    chat = await Chat(page).open(loket_url)
    conversation_id, _ = await conversation_of(page)
    number = await ask_for_a_person(behind, "Eva", conversation_id)
    await desk.open(f"/coach/{number}")
    await desk.page.keyboard.press("Alt+n")
    await expect(desk.note).to_be_focused()
    await desk.page.keyboard.type("Klinkt moe, graag rustig aan")
    await desk.page.get_by_role("button", name="Bewaar voor collega’s").click()
    await expect(desk.page.get_by_role("list", name="Notities").get_by_text("Klinkt moe")).to_be_visible()
    await expect(desk.note).to_have_value("")
    await page.wait_for_timeout(500)
    await expect(chat.log.get_by_text("Klinkt moe")).to_have_count(0)


async def test_what_is_typed_survives_a_reload(desk: CoachDesk, behind: Counter) -> None:
    number = await ask_for_a_person(behind, "Joop")
    await desk.open(f"/coach/{number}")
    await desk.page.get_by_role("button", name="Neem over").click()
    await desk.box.fill("Half geschreven")
    await desk.page.reload()
    await expect(desk.box).to_have_value("Half geschreven")
    await desk.say("Nu wel af")
    await expect(desk.log.get_by_text("Nu wel af")).to_be_visible(timeout=NEWS_MS)
    await desk.page.reload()
    await expect(desk.box).to_have_value("")


async def test_a_canned_answer_is_chosen_by_keyboard(desk: CoachDesk, behind: Counter) -> None:
    number = await ask_for_a_person(behind, "Kees")
    await desk.open(f"/coach/{number}")
    await desk.page.get_by_role("button", name="Neem over").click()
    await desk.box.press("/")
    picker = desk.page.get_by_role("combobox", name="Zoek een vast antwoord")
    await expect(picker).to_be_focused()
    await desk.page.keyboard.type("welkom")
    answers = desk.page.get_by_role("listbox", name="Vaste antwoorden")
    await expect(answers.get_by_role("option", selected=True)).to_contain_text("Welkom")
    assert await violations(desk.page) == []
    await desk.page.keyboard.press("Enter")
    await expect(desk.box).to_be_focused()
    await expect(desk.box).to_have_value(re.compile("^Dag Kees, ik ben Sanne"))
    await desk.box.fill("")
    await desk.box.press("/")
    await desk.page.keyboard.press("Escape")
    await expect(desk.box).to_be_focused()
    await desk.box.press("/")
    await desk.page.keyboard.press("/")
    await expect(desk.box).to_have_value("/")


async def test_what_must_not_be_kept_stays_in_the_box_with_the_reason(
    desk: CoachDesk, behind: Counter
) -> None:
    number = await ask_for_a_person(behind, "Bea")
    await desk.open(f"/coach/{number}")
    await desk.page.get_by_role("button", name="Neem over").click()
    await desk.say("Je BSN is 111222333")
    await expect(desk.page.get_by_role("alert").filter(has_text="burgerservicenummer")).to_be_visible()
    await expect(desk.box).to_have_value("Je BSN is 111222333")


async def test_the_list_does_not_move_while_somebody_is_in_it(desk: CoachDesk, behind: Counter) -> None:
    await ask_for_a_person(behind, "Alfa")
    await desk.open()
    await desk.line("Alfa").get_by_role("link").first.focus()
    before = await desk.line("Alfa").bounding_box()
    await ask_for_a_person(behind, "Beta")
    button = desk.page.get_by_role("button", name=re.compile("nieuw: laat zien"))
    await expect(button).to_be_visible(timeout=NEWS_MS)
    await expect(desk.line("Alfa").get_by_role("link").first).to_be_focused()
    after = await desk.line("Alfa").bounding_box()
    assert before is not None
    assert after is not None
    assert after["y"] - before["y"] < 80, "only the button came above it"
    await button.click()
    await expect(desk.line("Beta")).to_be_visible()


async def test_a_lost_line_is_told_and_comes_back(desk: CoachDesk, behind: Counter) -> None:
    number = await ask_for_a_person(behind, "Gea")
    await desk.open(f"/coach/{number}")
    await desk.page.get_by_role("button", name="Neem over").click()
    await expect(desk.box).to_be_visible()
    await desk.page.context.set_offline(True)
    await desk.page.evaluate("window.dispatchEvent(new Event('offline'))")
    await desk.say("Gezegd zonder lijn")
    await desk.page.context.set_offline(False)
    await expect(desk.log.get_by_text("Gezegd zonder lijn")).to_have_count(1, timeout=NEWS_MS)


async def test_every_page_is_accessible_and_fits_a_phone(desk: CoachDesk, behind: Counter) -> None:
    number = await ask_for_a_person(behind, "Ida")
    await desk.open(f"/coach/{number}")
    await desk.page.get_by_role("button", name="Neem over").click()
    await desk.say("Dag Ida")
    for path in ("/coach", "/coach/mijn", "/coach/terugbellen", "/coach/afgerond", "/coach/antwoorden"):
        await desk.page.goto(f"{desk.website}{path}")
        assert await violations(desk.page) == [], path
    await desk.page.goto(f"{desk.website}/coach/{number}")
    assert await violations(desk.page) == []
    await desk.page.set_viewport_size({"width": 320, "height": 640})
    for path in ("/coach", "/coach/antwoorden", f"/coach/{number}"):
        await desk.page.goto(f"{desk.website}{path}")
        assert await overflow(desk.page) <= 0, path
        assert await violations(desk.page) == [], path


async def test_the_desk_works_without_javascript(log_in: LogIn, loket_url: str, behind: Counter) -> None:
    number = await ask_for_a_person(behind, "Lia")
    desk, _ = await log_in("sanne", "Loket Haarlem", java_script_enabled=False)
    page = desk.page
    await page.goto(f"{loket_url}/coach/{number}")
    await page.get_by_role("button", name="Neem over").click()
    await page.get_by_label("Schrijf aan Lia").fill("Dag Lia")
    await page.get_by_role("button", name="Verstuur naar Lia").click()
    await expect(page.get_by_role("log").get_by_text("Dag Lia")).to_be_visible()
    await page.get_by_label("Notitie voor collega’s").fill("Belt liever")
    await page.get_by_role("button", name="Bewaar voor collega’s").click()
    await expect(page.get_by_role("list", name="Notities").get_by_text("Belt liever")).to_be_visible()
