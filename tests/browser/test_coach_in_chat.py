"""A coach in the chat, as the person sees it: waiting, being helped, and going on with Noor."""

import json
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Locator, Page, Route, WebSocketRoute, expect

from app.domain import responses
from app.settings import Settings
from connectors.notices import DomainWording
from counter.clock import utc_now
from counter.database import Database
from counter.desk.model import Outcome
from counter.places.gazetteer import load_gazetteer
from counter.referrals.model import OpenReferral, Reason
from counter.services import Counter, open_counter
from skills_taxonomy import Taxonomy
from tests.browser.accessibility import overflow, violations
from tests.browser.chat import ANSWER_MS, Chat
from tests.support.running import RunningLoket
from tests.support.staff import a_coach

pytestmark = pytest.mark.asyncio(loop_scope="session")

SANNE = a_coach("Sanne")


@pytest_asyncio.fixture(loop_scope="session")
async def counter(loket: RunningLoket) -> AsyncIterator[Counter]:
    """Give the services that coaches work with, in a process of their own."""
    database = Database.open(loket.database_url)
    words = DomainWording(responses(Settings.domain_folder))
    yield open_counter(database, Taxonomy.load(), load_gazetteer(), utc_now, wording=words)
    await database.close()


async def ask_for_a_coach(counter: Counter, conversation_id: str) -> str:
    command = OpenReferral(conversation_id=conversation_id, message_id="m1", reason=Reason.IN_NEED)
    return (await counter.referrals.open(command)).number


async def somebody_else(counter: Counter) -> str:
    """Put somebody in line; returns their number."""
    return await ask_for_a_coach(counter, (await counter.conversations.open("website")).id)


async def conversation_in(page: Page) -> str:
    kept: str = await page.evaluate("localStorage.getItem('noor.conversation')")
    return str(json.loads(kept)["id"])


async def helped(page: Page, website: str, counter: Counter) -> tuple[Chat, str]:
    """Open the chat and have Sanne there; returns the chat and the number."""
    chat = await Chat(page).open(website)
    number = await ask_for_a_coach(counter, await conversation_in(page))
    await counter.desk.claim(number, SANNE)
    await expect(standing(page, "Je praat met Sanne")).to_be_visible(timeout=ANSWER_MS)
    return chat, number


async def pretend(page: Page, **shown: object) -> None:
    """Have the page hear this beside the messages; it reads them by long poll then."""

    async def add(route: Route) -> None:
        response = await route.fetch()
        await route.fulfill(response=response, json={**await response.json(), **shown})

    async def refuse(socket: WebSocketRoute) -> None:
        await socket.close()

    await page.route("**/messages?*", add)
    await page.route_web_socket("**/stream?*", refuse)


def frames_sent(page: Page) -> list[str | bytes]:
    """Return what the page sends over its stream from now on."""
    sent: list[str | bytes] = []
    # A bound method of a builtin is no listener to Playwright.
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame)))  # noqa: PLW0108
    return sent


def standing(page: Page, text: str) -> Locator:
    """Return the line above the field when it says this."""
    return page.locator(".status").filter(has_text=text)


async def test_who_waits_moves_up_while_they_go_on_with_noor(
    page: Page, website: str, counter: Counter
) -> None:
    ahead = await somebody_else(counter)
    chat = await Chat(page).open(website)
    number = await ask_for_a_coach(counter, await conversation_in(page))
    await chat.ask("Wat kun je voor mij doen?")
    receipt = await counter.referrals.by_number(number)
    assert receipt is not None
    assert receipt.position is not None
    line = standing(page, f"Je wacht op een coach: plek {receipt.position}")
    await expect(line).to_contain_text("Je kunt intussen doorpraten met Noor.")
    # Noor's answer told it already.
    await expect(line).to_have_attribute("aria-live", "off")
    assert await violations(page) == []
    await counter.desk.claim(ahead, SANNE)
    line = standing(page, f"plek {receipt.position - 1}")
    await expect(line).to_be_visible(timeout=ANSWER_MS)
    await expect(line).to_have_attribute("aria-live", "polite")
    await page.reload()
    await expect(standing(page, f"plek {receipt.position - 1}")).to_be_visible(timeout=ANSWER_MS)
    await counter.desk.close(ahead, SANNE, Outcome.HELPED)
    await counter.referrals.cancel(number, await conversation_in(page))


async def test_a_coach_is_told_from_noor_without_seeing_colours(
    page: Page, website: str, counter: Counter
) -> None:
    chat, number = await helped(page, website, counter)
    await counter.desk.say(number, SANNE, "Hoi, ik ben Sanne. Waar werk je nu?", client_id="1")
    said = chat.said("Sanne (mens van het loket)")
    await expect(said).to_contain_text("Waar werk je nu?", timeout=ANSWER_MS)
    await expect(standing(page, "Je praat met Sanne, een mens van het loket.")).to_be_visible()
    # One is not offered a human while there is one.
    await chat.choose("Een mens spreken")
    await expect(chat.status.get_by_text("Je praat met Sanne")).to_be_visible()
    await expect(chat.said("Jij")).to_have_count(0)
    assert await violations(page) == []


async def test_noor_does_not_type_at_who_writes_to_a_coach(
    page: Page, website: str, counter: Counter
) -> None:
    chat, _ = await helped(page, website, counter)
    await chat.say("Ik werk in de zorg.")
    await expect(chat.said("Jij")).to_contain_text("Ik werk in de zorg.")
    await page.wait_for_timeout(1000)
    await expect(page.get_by_text("is aan het typen")).to_be_hidden()


async def test_somebody_sees_that_the_coach_types(page: Page, website: str) -> None:
    await pretend(page, owner="coach", coach="Sanne", typing=True)
    await Chat(page).open(website)
    await expect(page.get_by_text("Sanne is aan het typen")).to_be_visible()
    assert await violations(page) == []
    await page.unroute_all(behavior="ignoreErrors")


async def test_a_coach_hears_that_somebody_types_and_never_what(
    page: Page, website: str, counter: Counter
) -> None:
    sent = frames_sent(page)
    chat, _ = await helped(page, website, counter)
    await chat.field.press_sequentially("Dit is van mij", delay=20)
    await page.wait_for_timeout(200)
    assert sent == ['{"typing":true}']
    # Emptied is not typed.
    await page.wait_for_timeout(3000)
    await chat.field.fill("")
    assert len(sent) == 1


async def test_nobody_hears_that_somebody_types_to_noor(page: Page, website: str) -> None:
    sent = frames_sent(page)
    chat = await Chat(page).open(website)
    await chat.field.press_sequentially("Dit is van mij", delay=20)
    await page.wait_for_timeout(200)
    assert sent == []


async def test_with_the_keyboard_alone_somebody_goes_on_with_noor(
    page: Page, website: str, counter: Counter
) -> None:
    await page.set_viewport_size({"width": 320, "height": 640})
    chat, _ = await helped(page, website, counter)
    assert await violations(page) == []
    assert await overflow(page) <= 0
    await chat.log.get_by_role("button", name="Verder met Noor").focus()
    await page.keyboard.press("Enter")
    await expect(chat.log.get_by_text("Je praat weer met mij, Noor.")).to_be_visible(timeout=ANSWER_MS)
    await expect(standing(page, "Je praat met")).to_have_count(0, timeout=ANSWER_MS)
    assert "Nee, ik ben Noor" in await chat.ask("Ben jij een mens?")


async def test_at_the_end_noor_is_back(page: Page, website: str, counter: Counter) -> None:
    chat, number = await helped(page, website, counter)
    await counter.desk.close(number, SANNE, Outcome.HELPED)
    await expect(chat.said("Bericht van het loket").last).to_contain_text("Sanne", timeout=ANSWER_MS)
    await expect(standing(page, "Je praat met")).to_have_count(0, timeout=ANSWER_MS)
    await expect(page.get_by_text("Digitale assistent", exact=True)).to_be_visible()
    await chat.ask("Wat kun je voor mij doen?")
    assert await violations(page) == []


async def test_a_conversation_with_a_coach_is_downloaded_and_erased(
    page: Page, website: str, counter: Counter
) -> None:
    chat, number = await helped(page, website, counter)
    await counter.desk.say(number, SANNE, "Dit vertel ik je.", client_id="1")
    await expect(chat.log.get_by_text("Dit vertel ik je.")).to_be_visible(timeout=ANSWER_MS)
    async with page.expect_download() as download:
        await chat.choose("Gesprek downloaden")
    content = (await (await download.value).path()).read_text(encoding="utf-8")
    assert "Sanne (mens van het loket)" in content
    await chat.choose("Gesprek wissen")
    await chat.dialog.get_by_role("button", name="Ja, wis alles").click()
    await expect(chat.log.get_by_text("Je gesprek is gewist.")).to_be_visible()
    await expect(standing(page, "Je praat met")).to_have_count(0, timeout=ANSWER_MS)


@pytest.mark.parametrize(
    ("minutes", "words"), [(10, "ongeveer 10 minuten"), (90, "ongeveer 1,5 uur"), (120, "ongeveer 2 uur")]
)
@pytest.mark.parametrize("size", [(1280, 900), (320, 640), (320, 256)], ids=["desktop", "phone", "enlarged"])
async def test_about_how_long_it_takes_fits_every_screen(
    page: Page, website: str, size: tuple[int, int], minutes: int, words: str
) -> None:
    await pretend(page, owner="waiting", queue={"place": 12, "minutes": minutes})
    await page.set_viewport_size({"width": size[0], "height": size[1]})
    await Chat(page).open(website)
    await expect(standing(page, f"Je wacht op een coach: plek 12, {words}. Je kunt")).to_be_visible()
    assert await violations(page) == []
    assert await overflow(page) <= 0
    await page.unroute_all(behavior="ignoreErrors")


async def test_without_javascript_somebody_reads_who_is_there(
    context_without: BrowserContext, website: str, counter: Counter
) -> None:
    page = await context_without.new_page()
    await page.goto(f"{website.rstrip('/')}/gesprek")
    async with page.expect_navigation():
        await page.get_by_role("button", name="Begin zonder vraag").click()
    [cookie] = await context_without.cookies()
    number = await ask_for_a_coach(counter, cookie["value"].partition(".")[0])
    await page.get_by_role("link", name="Ververs de pagina").first.click()
    await expect(page.get_by_text("Je wacht op een coach: plek ")).to_be_visible()
    await counter.desk.claim(number, SANNE)
    await counter.desk.say(number, SANNE, "Hoi, ik ben Sanne.", client_id="1")
    await page.get_by_role("link", name="Ververs de pagina").first.click()
    await expect(page.get_by_text("Je praat met Sanne, een mens van het loket.")).to_be_visible()
    said = page.get_by_role("listitem").filter(has_text="Sanne (mens van het loket):")
    await expect(said).to_contain_text("Hoi, ik ben Sanne.")
    async with page.expect_navigation():
        await page.get_by_role("button", name="Verder met Noor").last.click()
    await expect(page.get_by_text("Je praat weer met mij, Noor.")).to_be_visible()
    assert await overflow(page) <= 0


@pytest_asyncio.fixture(loop_scope="session")
async def context_without(browser: Browser) -> AsyncIterator[BrowserContext]:
    """Give a browser that runs no scripts."""
    context = await browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    yield context
    await context.close()
