"""Vouchers on pages: a person applies and follows, a coach pays, an administrator writes a scheme."""

import os
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, expect

from counter.clock import utc_now
from counter.schemes.model import VoucherKind
from counter.services import Counter
from counter.staff.model import Role
from counter.vouchers.model import Decision
from tests.browser.accessibility import overflow, violations
from tests.contract.counter.test_vouchers import an_application
from tests.support.running import RunningLoket
from tests.support.staff import enrol, hire, new_member

pytestmark = pytest.mark.asyncio(loop_scope="session")

type OpenPage = Callable[..., Awaitable[Page]]
# The narrowest window is also 1280 pixels at 400 %.
WIDTHS = (1360, 390, 320)


@pytest.fixture(scope="module")
def loket(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningLoket]:
    """Give a counter without a bot: these pages need none."""
    running = RunningLoket(folder=tmp_path_factory.mktemp("vouchers"), model=Path())
    try:
        running.start_app()
        running.wait_for_app()
        yield running
    finally:
        running.stop()


@pytest_asyncio.fixture(loop_scope="session")
async def open_page(browser: Browser, loket: RunningLoket) -> AsyncIterator[OpenPage]:
    """Give a function that opens a window with one key in it."""
    contexts: list[BrowserContext] = []

    async def open_one(name: str, token: str, path: str) -> Page:
        contexts.append(context := await browser.new_context(locale="nl-NL"))
        await context.add_cookies([{"name": name, "value": token, "url": f"{loket.url}{path}"}])
        return await context.new_page()

    yield open_one
    for context in contexts:
        await context.close()


@pytest_asyncio.fixture(loop_scope="session")
async def person(behind: Counter, open_page: OpenPage) -> tuple[Page, str]:
    """Give the window of somebody on their own pages, and their conversation."""
    talk = await behind.conversations.open("website")
    return await open_page("loket_mijn", await behind.visits.begin(talk.id), "/mijn"), talk.id


async def look(page: Page, name: str) -> None:
    """See that a page is right at every width; a person looks at the pictures when they ask for them."""
    for width in WIDTHS:
        await page.set_viewport_size({"width": width, "height": 900})
        assert await overflow(page) <= 0, (name, width)
        if folder := os.environ.get("LOKET_PICTURES"):
            await page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)
    await page.set_viewport_size({"width": WIDTHS[0], "height": 900})
    assert await violations(page) == [], name


async def test_somebody_applies_on_a_page_goes_on_later_and_follows_it(
    person: tuple[Page, str], behind: Counter, loket: RunningLoket
) -> None:
    page, talk = person
    await page.goto(f"{loket.url}/mijn/aanvragen")
    await look(page, "mijn-aanvragen")
    await page.get_by_role("link", name="Opleidingsvoucher").click()
    await page.get_by_label("Waarvoor wil je de voucher gebruiken?").fill("Leren lassen")
    await page.get_by_role("button", name="Kijk of het past").click()
    await expect(page.get_by_role("alert")).to_contain_text("Typ je naam, met letters.")
    await look(page, "mijn-aanvraag-fout")
    await page.get_by_label("Hoe heet je?").fill("Fatima")
    await page.get_by_role("button", name="Bewaar voor later").click()
    await expect(page.get_by_role("status")).to_contain_text("Bewaard.")
    await page.goto(f"{loket.url}/mijn/aanvragen")
    await page.get_by_role("link", name="Ga verder met Opleidingsvoucher").click()
    await expect(page.get_by_label("Hoe heet je?")).to_have_value("Fatima")
    await page.get_by_label("Hoe oud ben je?").fill("17")
    await page.get_by_label("Wat is je postcode?").fill("1506 AB")
    await page.get_by_label("Op welk e-mailadres krijg je antwoord?").fill("fatima@example.org")
    await page.get_by_label("De offerte of de prijs van de cursus").check()
    await page.get_by_role("button", name="Kijk of het past").click()
    await expect(page.get_by_text("Dit past niet")).to_be_visible()
    await look(page, "mijn-aanvraag-regels")
    await page.get_by_role("button", name="Verstuur mijn aanvraag").click()
    [receipt] = await behind.vouchers.applications_of(talk)
    await expect(page.get_by_role("status")).to_contain_text(receipt.number)
    await look(page, "mijn-aanvraag")
    await behind.voucher_desk.decide(receipt.number, Decision.REJECTED, adviser="jan", reason="te jong")
    await page.reload()
    await expect(page.get_by_role("heading", name="Niet eens met het besluit?")).to_be_visible()
    await look(page, "mijn-aanvraag-bezwaar")
    await page.get_by_role("link", name="Mijn ontwikkelrekening").click()
    await expect(page.get_by_text("Terug naar het fonds")).to_be_visible()
    await look(page, "mijn-rekening")


async def test_a_coach_books_a_payment_and_the_person_sees_it(
    person: tuple[Page, str], behind: Counter, loket: RunningLoket, open_page: OpenPage
) -> None:
    own, talk = person
    receipt = await behind.vouchers.apply(an_application(talk))
    await behind.voucher_desk.decide(receipt.number, Decision.AWARDED, adviser="jan", reason="goed plan")
    opened = await hire(behind, new_member("betaler"))
    page = await open_page("loket_medewerker", opened.token, "/")
    await page.goto(f"{loket.url}/coach/aanvragen")
    await look(page, "coach-aanvragen")
    await page.get_by_role("link", name=receipt.number).click()
    await page.get_by_label("Betaald aan", exact=True).fill("Lasschool Zaandam")
    await page.get_by_label("Bedrag in euro's").fill("9000")
    await page.get_by_label("Betaald op").fill("2026-01-02")
    await page.get_by_role("button", name="Leg vast").click()
    await expect(page.get_by_role("alert")).to_contain_text("nog € 1.500 over")
    await look(page, "coach-aanvraag-fout")
    await page.get_by_label("Bedrag in euro's").fill("1250,50")
    await page.get_by_role("button", name="Leg vast").click()
    await expect(page.get_by_text("€ 1.250,50 aan Lasschool Zaandam op 2-1-2026")).to_be_visible()
    await look(page, "coach-aanvraag")
    await own.goto(f"{loket.url}/mijn/rekening")
    await expect(own.get_by_text("Voor jou betaald: € 1.250,50")).to_be_visible()
    await look(own, "mijn-rekening-betaald")


async def test_an_administrator_writes_a_scheme_and_funds_it(
    behind: Counter, loket: RunningLoket, open_page: OpenPage
) -> None:
    opened = await hire(behind, new_member("mila", Role.ADMINISTRATOR))
    await enrol(behind, opened, utc_now())
    page = await open_page("loket_medewerker", opened.token, "/")
    await page.goto(f"{loket.url}/beheer/regelingen")
    await look(page, "beheer-regelingen")
    await page.get_by_role("link", name="Begeleidingsvoucher").click()
    await page.get_by_label("Betaalt hooguit").fill("veel")
    await page.get_by_role("button", name="Bewaar als nieuwe versie").click()
    await expect(page.get_by_role("alert")).to_contain_text("Typ het bedrag")
    await look(page, "beheer-regeling-fout")
    await page.get_by_label("Betaalt hooguit").fill("800")
    await page.get_by_label("Dit is nog een voorbeeld").uncheck()
    await page.get_by_role("button", name="Bewaar als nieuwe versie").click()
    await expect(page.get_by_role("status")).to_contain_text("Bewaard.")
    await page.get_by_label("Hoeveel, in hele euro's").fill("5000")
    await page.get_by_role("button", name="Verander het budget").click()
    await expect(page.get_by_role("status")).to_contain_text("grootboek")
    await look(page, "beheer-regeling")
    await page.get_by_role("link", name="Fondsen").click()
    await look(page, "beheer-fondsen")
    [scheme] = [one for one in await behind.schemes.all() if one.kind is VoucherKind.BEGELEIDING]
    assert (scheme.amount_eur, scheme.is_sample) == (800, False)
