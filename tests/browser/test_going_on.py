"""A conversation goes along to another device: a code, a QR code, and what is left behind."""

import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, Route, expect

from tests.browser.accessibility import overflow, violations
from tests.browser.chat import ANSWER_MS, Chat

pytestmark = pytest.mark.asyncio(loop_scope="session")

SAID = "Ik wil iets met techniek"
OWN = "Dit zei ik op mijn telefoon"
NEWS_MS = 30_000
HERE, ELSEWHERE, WITH_CODE = "Ja, ga hier verder", "Verder op een ander apparaat", "Verder met een code"


@pytest_asyncio.fixture(loop_scope="session")
async def phone(browser: Browser) -> AsyncIterator[Page]:
    """Give a second device, with a screen as small as they come."""
    context = await browser.new_context(viewport={"width": 320, "height": 640}, locale="nl-NL")
    window = await context.new_page()
    errors: list[str] = []
    window.on("pageerror", lambda error: errors.append(str(error)))
    yield window
    await context.close()
    assert errors == []


def dialog(page: Page, name: str) -> Locator:
    return page.get_by_role("dialog", name=name)


async def code_of(chat: Chat) -> str:
    """Ask for a code; returns it, as it stands on the screen."""
    await chat.choose(ELSEWHERE)
    shown = dialog(chat.page, ELSEWHERE).get_by_text(re.compile(r"^\w{4}-\w{4}$"))
    return await shown.inner_text()


async def test_a_conversation_goes_from_laptop_to_phone_and_back(
    page: Page, phone: Page, website: str
) -> None:
    laptop, pocket = await Chat(page).open(website), await Chat(phone).open(website)
    await laptop.ask(SAID)
    code = await code_of(laptop)
    await pocket.choose(WITH_CODE)
    await phone.get_by_label("Code", exact=True).fill(code.lower().replace("-", " "))
    await phone.keyboard.press("Enter")
    await expect(pocket.said("Jij")).to_contain_text([SAID], timeout=ANSWER_MS)
    await expect(dialog(phone, WITH_CODE)).to_be_hidden()
    await pocket.ask("Wat kun je?")
    # The laptop is told, shows nothing of it any more, and asks the counter nothing any more.
    await expect(laptop.said("Bericht van het loket")).to_contain_text(
        "Je hebt dit gesprek meegenomen", timeout=NEWS_MS
    )
    await expect(dialog(page, ELSEWHERE)).to_be_hidden()
    await expect(laptop.said("Jij")).to_have_count(0)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("websocket", lambda socket: asked.append(socket.url))
    await laptop.choose("Gesprek wissen")
    await expect(laptop.status.get_by_text("Je hebt dit gesprek meegenomen")).to_be_visible()
    await page.wait_for_timeout(2500)
    assert asked == []
    assert await violations(page) == []
    # A reload tells the same; and back it goes.
    await page.reload()
    await expect(laptop.said("Bericht van het loket")).to_contain_text("meegenomen", timeout=ANSWER_MS)
    back = await code_of(pocket)
    await laptop.choose(WITH_CODE)
    await page.get_by_label("Code", exact=True).fill(back)
    await page.get_by_role("button", name=HERE).click()
    await expect(laptop.said("Jij")).to_contain_text([SAID, "Wat kun je?"], timeout=ANSWER_MS)
    await laptop.ask("Ik ben terug")
    await expect(pocket.said("Bericht van het loket")).to_contain_text("meegenomen", timeout=NEWS_MS)
    await pocket.log.get_by_role("button", name="Nieuw gesprek").click()
    await pocket.greeted()
    await pocket.ask("Hallo")


async def test_what_is_typed_where_the_conversation_was_is_kept_for_a_new_one(
    page: Page, phone: Page, website: str
) -> None:
    laptop, pocket = await Chat(page).open(website), await Chat(phone).open(website)
    code = await code_of(laptop)
    await pocket.choose(WITH_CODE)
    await phone.get_by_label("Code", exact=True).fill(code)
    await phone.keyboard.press("Enter")
    await expect(laptop.said("Bericht van het loket")).to_contain_text("meegenomen", timeout=NEWS_MS)
    await laptop.say("Ik praat hier door")
    await laptop.greeted()
    await expect(laptop.said("Jij")).to_contain_text(["Ik praat hier door"])
    await expect(pocket.said("Jij")).to_have_count(0)


async def test_the_code_is_heard_in_groups_and_closing_gives_the_focus_back(page: Page, website: str) -> None:
    await page.set_viewport_size({"width": 320, "height": 640})
    chat = await Chat(page).open(website)
    code = await code_of(chat)
    first, second = code.split("-")
    view = dialog(page, ELSEWHERE)
    await expect(view).to_have_accessible_description(
        re.compile(rf"{' '.join(first)}, {' '.join(second)}.*tot \d\d:\d\d uur")
    )
    await expect(view.get_by_role("img", name="QR-code")).to_be_visible()
    assert await violations(page) == []
    assert await overflow(page) <= 0
    await expect(view.get_by_role("button", name="Sluiten")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(view).to_be_hidden()
    await expect(chat.menu).to_be_focused()


async def test_the_apps_of_the_counter_are_one_link_away(page: Page, website: str) -> None:
    async def with_telegram(route: Route) -> None:
        answer = await (response := await route.fetch()).json()
        url = f"https://t.me/noor_bot?start={answer['code']}"
        answer["ways"].append({"channel": "telegram", "url": url, "qr": answer["ways"][0]["qr"]})
        await route.fulfill(response=response, json=answer)

    await page.route("**/code", with_telegram)
    chat = await Chat(page).open(website)
    code = await code_of(chat)
    app = dialog(page, ELSEWHERE).get_by_role("link", name="Verder in Telegram")
    await expect(app).to_have_attribute("href", f"https://t.me/noor_bot?start={code}")
    assert await violations(page) == []


async def test_a_wrong_code_is_told_at_the_field_and_changes_nothing(phone: Page, website: str) -> None:
    chat = await Chat(phone).open(website)
    await chat.ask(OWN)
    # By keyboard alone: from the menu to the field, and out again.
    await chat.menu.focus()
    await phone.keyboard.press("Enter")
    entry = phone.get_by_role("button", name=WITH_CODE)
    for _ in range(10):
        await phone.keyboard.press("Tab")
        if await entry.evaluate("button => button.getRootNode().activeElement === button"):
            break
    await phone.keyboard.press("Enter")
    view, field = dialog(phone, WITH_CODE), phone.get_by_label("Code", exact=True)
    await expect(field).to_be_focused()
    # Somebody with words of their own here is told what becomes of them, and can take them along.
    await expect(view).to_have_accessible_description(re.compile("Wat je hier zei, verdwijnt"))
    await expect(view.get_by_role("button", name="Gesprek eerst downloaden")).to_be_visible()
    await phone.keyboard.type("BCDF-2345")
    await phone.keyboard.press("Enter")
    await expect(field).to_have_accessible_description(re.compile("Een code werkt één keer"))
    await expect(field).to_have_attribute("aria-invalid", "true")
    await expect(field).to_be_focused()
    assert await violations(phone) == []
    assert await overflow(phone) <= 0
    await phone.keyboard.press("Escape")
    await expect(view).to_be_hidden()
    await expect(chat.menu).to_be_focused()
    await expect(chat.said("Jij")).to_contain_text([OWN])
    await chat.ask("Ben je er nog?")


async def test_a_qr_code_asks_once_and_leaves_no_code_in_the_address(
    page: Page, phone: Page, website: str
) -> None:
    laptop = await Chat(page).open(website)
    await laptop.ask(SAID)
    code = await code_of(laptop)
    await phone.goto(f"{website.rstrip('/')}/#code={code}")
    question = dialog(phone, "Hier verdergaan met je gesprek?")
    await expect(question).to_be_visible()
    assert code not in phone.url
    await phone.go_back()
    assert code not in phone.url
    await phone.goto(f"{website.rstrip('/')}/#code={code}")
    assert await violations(phone) == []
    assert await overflow(phone) <= 0
    await question.get_by_role("button", name=HERE).click()
    pocket = Chat(phone)
    await expect(pocket.said("Jij")).to_contain_text([SAID], timeout=ANSWER_MS)
    await pocket.ask("Wat kun je?")
    # Once more, in the window that is open: the code was used, and the conversation stays.
    await phone.evaluate(f"location.hash = 'code={code}'")
    await question.get_by_role("button", name=HERE).click()
    await expect(phone.get_by_label("Code", exact=True)).to_have_accessible_description(
        re.compile("Een code werkt één keer")
    )
    await question.get_by_role("button", name="Nee").click()
    await expect(pocket.said("Jij")).to_contain_text([SAID])


async def test_who_says_no_to_a_qr_code_keeps_the_code_and_their_own_conversation(
    page: Page, phone: Page, website: str
) -> None:
    laptop = await Chat(page).open(website)
    await laptop.ask(SAID)
    code = await code_of(laptop)
    await phone.goto(f"{website.rstrip('/')}/#code={code}")
    await dialog(phone, "Hier verdergaan").get_by_role("button", name="Nee").click()
    pocket = Chat(phone)
    await pocket.greeted()
    await expect(pocket.said("Jij")).to_have_count(0)
    await expect(laptop.said("Jij")).to_contain_text([SAID])
    await phone.goto(f"{website.rstrip('/')}/gesprek")
    await phone.get_by_text(WITH_CODE).click()
    await phone.get_by_label("Code", exact=True).fill("BCDF-2345")
    await phone.get_by_role("button", name=HERE).click()
    field = phone.get_by_label("Code", exact=True)
    await expect(field).to_have_accessible_description(re.compile("Een code werkt één keer"))
    assert await violations(phone) == []
    assert await overflow(phone) <= 0
    await field.fill(code)
    await phone.get_by_role("button", name=HERE).click()
    await expect(phone.get_by_role("listitem").filter(has_text="Jij:")).to_contain_text([SAID])
    await phone.get_by_text(ELSEWHERE).click()
    await phone.get_by_role("button", name="Geef mij een code").click()
    await expect(phone.get_by_role("img", name="QR-code")).to_be_visible()
    assert await violations(phone) == []
    assert await overflow(phone) <= 0
