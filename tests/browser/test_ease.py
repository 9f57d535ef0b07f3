"""What makes the chat easier to read, hear and understand."""

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.accessibility import overflow, violations
from tests.browser.chat import ANSWER_MS, Chat

pytestmark = pytest.mark.asyncio(loop_scope="session")

# A device's voices; what it would say is kept, and ends when the test says so.
VOICES = """
window.said = [];
const voices = LANGUAGES.map(([lang, localService]) => ({lang, localService, name: lang}));
window.SpeechSynthesisUtterance = function (text) { this.text = text; };
const speech = new EventTarget();
speech.getVoices = () => voices;
speech.speak = piece => { window.said.push(piece); };
speech.cancel = () => { window.stopped = true; };
Object.defineProperty(window, "speechSynthesis", {value: speech});
"""


def voices(*languages: tuple[str, bool]) -> str:
    """Return a script that gives the browser these voices: language, and whether it is the device's own."""
    listed = ",".join(f"['{language}', {str(is_own).lower()}]" for language, is_own in languages)
    return VOICES.replace("LANGUAGES", f"[{listed}]")


async def letters(chat: Chat) -> float:
    """Return how large Noor's words are, in pixels."""
    size: float = await chat.said("Noor").first.evaluate(
        "node => parseFloat(getComputedStyle(node).fontSize)"
    )
    return size


async def test_choices_are_a_numbered_list_for_who_cannot_see_them(page: Page, website: str) -> None:
    chat = await Chat(page).open(website)
    choices = chat.log.get_by_role("list", name="Keuzes")
    assert await choices.get_by_role("listitem").count() == await choices.get_by_role("button").count() > 2
    assert await choices.evaluate("list => list.localName") == "ol"


@pytest.mark.parametrize("width", [320, 1280])
async def test_letters_grow_in_two_steps_and_stay_so(page: Page, website: str, width: int) -> None:
    await page.set_viewport_size({"width": width, "height": 900})
    chat = await Chat(page).open(website)
    ordinary = await letters(chat)
    await chat.choose("Grotere letters")
    await expect(chat.status.get_by_text("De letters zijn groter.")).to_be_visible()
    assert await letters(chat) == pytest.approx(1.25 * ordinary)
    await chat.choose("Nog grotere letters")
    await page.reload()
    await expect(chat.said("Noor").first).to_be_visible(timeout=ANSWER_MS)
    assert await letters(chat) == pytest.approx(1.5 * ordinary)
    await chat.ask("Ik zoek een avondcursus elektrotechniek in Alkmaar")
    await chat.menu.click()
    assert await overflow(page) <= 0
    assert await violations(page) == []
    await chat.menu.click()
    await chat.choose("Gewone letters")
    assert await letters(chat) == pytest.approx(ordinary)


async def test_an_answer_is_said_more_simply_and_heard_once(page: Page, website: str) -> None:
    await page.set_viewport_size({"width": 320, "height": 640})
    chat = await Chat(page).open(website)
    # What somebody types themselves has no easier words, nor has a short answer.
    await expect(chat.log.get_by_role("button", name="Makkelijker")).to_have_count(0)
    await chat.ask("Wat is het verschil tussen bbl en bol?")
    await chat.log.evaluate(
        "log => { window.added = []; new MutationObserver(changes => window.added.push(...changes.flatMap("
        "change => [...change.addedNodes].map(node => node.textContent)))).observe(log, "
        "{childList: true, subtree: true}); }"
    )
    button = chat.log.get_by_role("button", name="Makkelijker")
    await button.focus()
    await page.keyboard.press("Enter")
    easier = chat.log.get_by_text("Bij bbl werk je. Je krijgt loon.")
    await expect(easier).to_be_visible()
    await expect(button).to_have_attribute("aria-expanded", "true")
    await expect(button).to_be_focused()
    assert await violations(page) == []
    assert await overflow(page) <= 0
    await page.keyboard.press("Enter")
    await expect(easier).to_be_hidden()
    await page.keyboard.press("Enter")
    await expect(easier).to_be_visible()
    added = await page.evaluate("window.added")
    assert len([text for text in added if "Bij bbl werk je. Je krijgt loon." in text]) == 1
    # Nothing was said to Noor by it: a form that is under way goes on.
    await expect(chat.said("Jij")).to_have_count(1)


async def test_an_answer_is_read_aloud_in_dutch_and_stops_when_asked(page: Page, website: str) -> None:
    await page.add_init_script(voices(("en-US", True), ("nl-BE", True), ("nl-NL", True)))
    chat = await Chat(page).open(website)
    await chat.ask("Ik zoek een avondcursus elektrotechniek in Alkmaar")
    assert await violations(page) == []
    await chat.log.get_by_role("button", name="Lees voor").last.click()
    said = await page.evaluate("window.said.map(piece => piece.text)")
    assert "elektrotechniek" in said[0]
    # Cards and choices are part of the answer; what only a screen reader gets is not.
    assert any("Voorbeeldschool" in text for text in said)
    assert not any("nieuw venster" in text for text in said)
    assert await page.evaluate("window.said.every(piece => piece.voice.lang === 'nl-NL')")
    await chat.log.get_by_role("button", name="Stop").click()
    assert await page.evaluate("window.stopped")
    await expect(chat.log.get_by_role("button", name="Stop")).to_have_count(0)


async def test_reading_aloud_ends_by_itself(page: Page, website: str) -> None:
    await page.add_init_script(voices(("nl_NL", True)))
    chat = await Chat(page).open(website)
    await chat.log.get_by_role("button", name="Lees voor").click()
    await expect(chat.log.get_by_role("button", name="Stop")).to_be_visible()
    await page.evaluate("window.said.at(-1).onend()")
    await expect(chat.log.get_by_role("button", name="Lees voor")).to_be_visible()


@pytest.mark.parametrize(
    "known", [[], [("en-US", True)], [("nl-NL", False)]], ids=["none", "no Dutch", "not the device's own"]
)
async def test_without_a_dutch_voice_of_the_device_there_is_no_button(
    page: Page, website: str, known: list[tuple[str, bool]]
) -> None:
    await page.add_init_script(voices(*known))
    chat = await Chat(page).open(website)
    await expect(chat.log.get_by_role("button", name="Lees voor")).to_have_count(0)


@pytest.mark.parametrize(
    ("locale", "language", "says"),
    [
        ("pl-PL", "pl", "Noor mówi tylko po niderlandzku"),
        ("ar-SY", "ar", "يمكن لموظف أن يساعدك"),
        ("sw-KE", "en", "A person can help you"),
    ],
)
async def test_who_reads_another_language_is_told_that_a_person_can_help(
    browser: Browser, website: str, locale: str, language: str, says: str
) -> None:
    context = await browser.new_context(locale=locale, viewport={"width": 320, "height": 640})
    page = await context.new_page()
    chat = await Chat(page).open(website)
    notice = page.get_by_role("note").filter(has_text=says)
    await expect(notice).to_have_attribute("lang", language)
    await expect(notice).to_have_attribute("dir", "rtl" if language == "ar" else "ltr")
    assert await violations(page) == []
    assert await overflow(page) <= 0
    await notice.get_by_role("button").first.click()
    await expect(chat.said("Jij")).to_contain_text("Een mens spreken")
    await notice.get_by_role("button").last.click()
    await expect(notice).to_have_count(0)
    await page.reload()
    await chat.greeted()
    await expect(notice).to_have_count(0)
    await context.close()


async def test_who_reads_dutch_is_not_told(page: Page, website: str) -> None:
    chat = await Chat(page).open(website)
    await chat.ask("Wat kun je?")
    await expect(page.get_by_role("note")).to_have_count(0)
