import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.accessibility import overflow, violations
from tests.browser.chat import ANSWER_MS, Chat

pytestmark = pytest.mark.asyncio(loop_scope="session")

COURSE_QUESTION = "Ik zoek een avondcursus elektrotechniek in Alkmaar"
# Both a phone of 320 pixels and a 1280 by 1024 screen at 400 %.
NARROW = [{"width": 320, "height": 640}, {"width": 320, "height": 256}]
SMALLEST_TARGET = 44

# Every node added to the log while it is live is read aloud; count each text.
LISTEN = """log => {
  window.heard = [];
  const live = () => log.getAttribute("aria-live") === "polite";
  new MutationObserver(changes => {
    for (const change of changes) for (const node of change.addedNodes)
      if (live() && node.nodeName === "LI") window.heard.push(node.textContent);
  }).observe(log, {childList: true, subtree: true});
}"""
LISTEN_FROM_THE_START = f"""
const attach = Element.prototype.attachShadow;
Element.prototype.attachShadow = function (options) {{
  const root = attach.call(this, options);
  queueMicrotask(() => ({LISTEN})(root.querySelector("[role=log]")));
  return root;
}};
"""


async def test_axe_finds_nothing_at_the_start(page: Page, website: str) -> None:
    await Chat(page).open(website)
    assert await violations(page) == []


async def test_axe_finds_nothing_once_there_are_cards(page: Page, website: str) -> None:
    chat = await Chat(page).open(website)
    await chat.ask(COURSE_QUESTION)
    await expect(chat.log.get_by_role("heading", level=3).first).to_be_visible()
    assert await violations(page) == []


async def test_axe_finds_nothing_in_the_open_menu(page: Page, website: str) -> None:
    chat = await Chat(page).open(website)
    await chat.menu.click()
    assert await violations(page) == []


async def test_axe_finds_nothing_in_the_question_before_erasing(page: Page, website: str) -> None:
    chat = await Chat(page).open(website)
    await chat.choose("Gesprek wissen")
    await expect(chat.dialog).to_be_visible()
    assert await violations(page) == []


async def test_axe_finds_nothing_when_something_is_wrong(page: Page, website: str) -> None:
    chat = await Chat(page).open(website)
    await page.context.set_offline(True)
    await chat.say("Ben je er nog?")
    await expect(chat.status.get_by_text("Geen verbinding.")).to_be_visible()
    await chat.field.fill("a" * 2001)
    assert await violations(page) == []


@pytest.mark.parametrize("path", ["/privacy", "/toegankelijkheid"])
async def test_axe_finds_nothing_on_the_pages_to_read(page: Page, website: str, path: str) -> None:
    await page.goto(website.rstrip("/") + path)
    assert await violations(page) == []


@pytest.mark.parametrize("viewport", NARROW, ids=["phone", "enlarged"])
async def test_nothing_falls_off_a_narrow_screen(page: Page, website: str, viewport: dict[str, int]) -> None:
    await page.set_viewport_size({"width": viewport["width"], "height": viewport["height"]})
    chat = await Chat(page).open(website)
    await chat.ask(COURSE_QUESTION)
    await chat.ask("Een heel lang woord: " + "arbeidsmarktregio" * 8)
    await chat.menu.click()
    assert await overflow(page) <= 0
    assert await violations(page) == []


async def test_everything_can_be_done_with_the_keyboard(page: Page, website: str) -> None:
    chat = await Chat(page).open(website)
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("link", name="Ga naar de inhoud")).to_be_focused()
    choice = chat.log.get_by_role("button").first
    await tab_to(page, "button.choice")
    await expect(choice).to_be_focused()
    answers = await chat.said("Noor").count()
    await page.keyboard.press("Enter")
    await expect(chat.said("Noor").nth(answers)).to_be_visible(timeout=ANSWER_MS)
    # A new answer does not take the person away from where they are.
    await expect(choice).to_be_focused()
    await tab_to(page, "textarea")
    await page.keyboard.type("Wat kun je?")
    await page.keyboard.press("Enter")
    await expect(chat.said("Jij").last).to_contain_text("Wat kun je?")
    await expect(chat.field).to_be_focused()


async def test_the_menu_works_with_the_keyboard(page: Page, website: str) -> None:
    chat = await Chat(page).open(website)
    await chat.menu.focus()
    await page.keyboard.press("Enter")
    await expect(chat.menu).to_have_attribute("aria-expanded", "true")
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("button", name="Een mens spreken").first).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(chat.menu).to_have_attribute("aria-expanded", "false")
    await expect(chat.menu).to_be_focused()


async def test_the_question_before_erasing_starts_on_no_and_gives_the_focus_back(
    page: Page, website: str
) -> None:
    chat = await Chat(page).open(website)
    await chat.choose("Gesprek wissen")
    await expect(chat.dialog.get_by_role("button", name="Nee, bewaar het")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(chat.dialog).to_be_hidden()
    await expect(chat.menu).to_be_focused()


async def test_a_screen_reader_hears_each_new_message_once(page: Page, website: str) -> None:
    chat = await Chat(page).open(website)
    await chat.log.evaluate(LISTEN)
    await chat.ask("Hoe vaak hoor ik dit?")
    await page.wait_for_timeout(500)
    heard = await page.evaluate("window.heard")
    assert len([text for text in heard if "Hoe vaak hoor ik dit?" in text and text.startswith("Jij")]) == 1
    assert len(heard) == len(set(heard))
    assert any(text.startswith("Noor") for text in heard)


async def test_a_screen_reader_does_not_hear_the_whole_history_again(page: Page, website: str) -> None:
    chat = await Chat(page).open(website)
    await chat.ask("Dit is al gezegd")
    # Listen from before the first element of the chat stands.
    await page.add_init_script(LISTEN_FROM_THE_START)
    await page.reload()
    await expect(chat.said("Jij")).to_have_count(1, timeout=ANSWER_MS)
    await expect(chat.log).to_have_attribute("aria-live", "polite")
    assert await page.evaluate("window.heard") == []
    await chat.ask("Dit is nieuw")
    assert len(await page.evaluate("window.heard")) > 0


async def test_buttons_are_large_enough_for_a_thumb(page: Page, website: str) -> None:
    await page.set_viewport_size({"width": 390, "height": 844})
    chat = await Chat(page).open(website)
    await chat.ask(COURSE_QUESTION)
    await chat.menu.click()
    buttons = await page.get_by_role("button").all()
    for button in buttons:
        box = await button.bounding_box()
        if box is not None:
            name = await button.inner_text()
            assert min(box["width"], box["height"]) >= SMALLEST_TARGET - 0.5, f"{name}: {box}"


async def test_nothing_moves_for_who_asked_for_rest(browser: Browser, website: str) -> None:
    context = await browser.new_context(reduced_motion="reduce")
    page = await context.new_page()
    chat = await Chat(page).open(website)
    await chat.say("Wat kun je?")
    await expect(chat.said("Jij")).to_have_count(1)
    moving = await page.evaluate("document.getAnimations().length")
    shadowed = await chat.log.evaluate("log => log.getRootNode().getAnimations().length")
    assert (moving, shadowed) == (0, 0)
    await context.close()


async def test_the_page_is_usable_in_forced_colours(browser: Browser, website: str) -> None:
    context = await browser.new_context(forced_colors="active")
    page = await context.new_page()
    chat = await Chat(page).open(website)
    border = await chat.send.evaluate("button => getComputedStyle(button).borderTopStyle")
    assert border == "solid"
    await context.close()


async def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus, also within the chat, is on such an element."""
    focused = """selector => {
      let node = document.activeElement;
      while (node?.shadowRoot?.activeElement) node = node.shadowRoot.activeElement;
      return node?.matches(selector) ?? false;
    }"""
    for _ in range(60):
        await page.keyboard.press("Tab")
        if await page.evaluate(focused, selector):
            return
    pytest.fail(f"Tab never reaches {selector}")
