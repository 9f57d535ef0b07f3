"""A person and a coach side by side: a coach in a browser, and a person on the website or in a channel."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import Locator, Page, expect
from sqlalchemy import select

from counter.channels.storage import AddressRow
from counter.clock import utc_now
from counter.conversations.model import Sender
from counter.referrals.model import OpenReferral, Reason
from counter.services import Counter
from tests.browser.accessibility import violations
from tests.browser.conftest import LogIn
from tests.browser.desk import NEWS_MS, BreakableLine, CoachDesk
from tests.browser.people import ChannelPerson, Person, WebsitePerson, get_in_line, new_name
from tests.contract.connectors.telegram.provider import FIRST_PERSON, TelegramProvider
from tests.contract.connectors.whatsapp.provider import WhatsAppProvider
from tests.support.channel_talk import in_a_thread
from tests.support.opening import always_open
from tests.support.running import RunningLoket, newest_model

pytestmark = pytest.mark.asyncio(loop_scope="session")

TEMPLATE = "loket_nieuws"
# Long enough for whatever would come twice to come twice.
A_WHILE = 1.5


@pytest.fixture(scope="module")
def telegram() -> TelegramProvider:
    return TelegramProvider()


@pytest.fixture(scope="module")
def whatsapp() -> WhatsAppProvider:
    return WhatsAppProvider()


@pytest.fixture(scope="module")
def loket(
    tmp_path_factory: pytest.TempPathFactory, telegram: TelegramProvider, whatsapp: WhatsAppProvider
) -> Iterator[RunningLoket]:
    """Give a running counter that talks to both doubles."""
    folder = tmp_path_factory.mktemp("side_by_side")
    with in_a_thread(telegram), in_a_thread(whatsapp):
        running = RunningLoket(
            folder=folder,
            model=newest_model(),
            environment={
                **telegram.environment,
                **whatsapp.environment,
                "LOKET_WHATSAPP_TEMPLATE": TEMPLATE,
                "LOKET_OPENING_HOURS": str(always_open(folder)),
            },
        )
        try:
            running.start()
            yield running
        finally:
            running.stop()


@pytest_asyncio.fixture(loop_scope="session")
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest_asyncio.fixture(loop_scope="session")
async def on_telegram(
    http: aiohttp.ClientSession, loket: RunningLoket, telegram: TelegramProvider, behind: Counter
) -> ChannelPerson:
    return await ChannelPerson.come(http, loket, telegram, behind)


@pytest_asyncio.fixture(loop_scope="session")
async def on_whatsapp(
    http: aiohttp.ClientSession, loket: RunningLoket, whatsapp: WhatsAppProvider, behind: Counter
) -> ChannelPerson:
    return await ChannelPerson.come(http, loket, whatsapp, behind)


@pytest_asyncio.fixture(loop_scope="session")
async def on_the_website(page: Page, loket: RunningLoket) -> WebsitePerson:
    return await WebsitePerson.come(page, loket.url)


@pytest.fixture(params=["on_the_website", "on_telegram", "on_whatsapp"])
def person(request: pytest.FixtureRequest) -> Person:
    somebody: Person = request.getfixturevalue(request.param)
    return somebody


@pytest.fixture(params=["on_telegram", "on_whatsapp"])
def chatter(request: pytest.FixtureRequest) -> ChannelPerson:
    somebody: ChannelPerson = request.getfixturevalue(request.param)
    return somebody


@pytest_asyncio.fixture(loop_scope="session")
async def desk(log_in: LogIn) -> CoachDesk:
    """Give the browser of Sanne, who is logged in."""
    window, _ = await log_in("sanne", "Loket Haarlem")
    return window


async def waits(behind: Counter, person: Person) -> tuple[str, str]:
    """Have somebody wait for a coach, as Noor arranges; returns their number and their name."""
    name = new_name()
    asked = OpenReferral(
        conversation_id=person.conversation_id, message_id="m1", reason=Reason.ASKED, name=name
    )
    return (await behind.referrals.open(asked)).number, name


async def helped(desk: CoachDesk, behind: Counter, person: Person) -> str:
    """Have the coach take this person over, on the page of their case; returns their name."""
    number, name = await waits(behind, person)
    await desk.open(f"/coach/{number}")
    await desk.page.get_by_role("button", name="Neem over").click()
    await expect(desk.box).to_be_visible(timeout=NEWS_MS)
    await person.receives("is er, een coach van Loket Haarlem")
    return name


async def seen(desk: CoachDesk, text: str) -> None:
    """Wait until these words stand in the conversation on the desk, once."""
    await expect(desk.log.get_by_text(text, exact=True)).to_have_count(1, timeout=NEWS_MS)


def passage(desk: CoachDesk, text: str) -> Locator:
    """Return how far the message with these words came, as the desk shows it."""
    return desk.log.get_by_role("listitem").filter(has_text=text).locator(".passage")


async def silent_for(time: timedelta, behind: Counter, person: ChannelPerson) -> None:
    """Have it be this long ago that somebody wrote."""
    async with behind.database.session() as session:
        place = await session.scalar(select(AddressRow).where(AddressRow.conversation_id == person.id))
        assert place is not None
        place.heard_at = utc_now() - time


async def senders(behind: Counter, person: Person, *, after: str) -> set[Sender]:
    """Return who said something after the message with these words."""
    said = (await behind.conversations.transcript(person.conversation_id)).messages
    since = next(message.seq for message in said if message.content.text == after)
    return {message.sender for message in said if message.seq > since}


async def test_somebody_is_helped_from_asking_noor_until_noor_is_back(
    person: Person, desk: CoachDesk, behind: Counter
) -> None:
    await desk.open()
    name = new_name()
    await get_in_line(person, name)
    await expect(desk.line(name)).to_be_visible(timeout=NEWS_MS)
    await desk.claim(name)
    await person.receives("is er, een coach van Loket Haarlem")
    await desk.page.evaluate("window.neverReloaded = true")

    # Noor would answer both of these.
    await person.writes("ik ben vrijdag ontslagen")
    await seen(desk, "ik ben vrijdag ontslagen")
    await person.writes("wat is een voucher?")
    await seen(desk, "wat is een voucher?")
    await desk.box.fill("Dat is schrikken. Wat deed je daar?")
    await desk.page.get_by_role("button", name=f"Verstuur naar {name}").dblclick()
    await person.receives("Dat is schrikken. Wat deed je daar?")
    await seen(desk, "Dat is schrikken. Wat deed je daar?")
    await asyncio.sleep(A_WHILE)
    assert await person.times_read("Dat is schrikken.") == 1
    assert await senders(behind, person, after="ik ben vrijdag ontslagen") == {Sender.PERSON, Sender.COACH}
    assert await desk.page.evaluate("window.neverReloaded")

    await desk.page.get_by_role("link", name="Geef terug aan Noor").click()
    await desk.page.get_by_role("button", name="Geef terug aan Noor").click()
    await person.receives("is klaar voor nu. Ik ben Noor")
    await person.writes("ben je een mens?")
    await person.receives("Nee, ik ben Noor")


async def test_a_note_reaches_no_provider(chatter: ChannelPerson, desk: CoachDesk, behind: Counter) -> None:
    await helped(desk, behind, chatter)
    await desk.note.fill("Klinkt moe, graag rustig aan")
    await desk.page.get_by_role("button", name="Bewaar voor collega’s").click()
    notes = desk.page.get_by_role("list", name="Notities")
    await expect(notes.get_by_text("Klinkt moe")).to_be_visible(timeout=NEWS_MS)
    # What comes after it is there, so it would be there too.
    await desk.say("Neem rustig de tijd.")
    await chatter.receives("Neem rustig de tijd.")
    assert "Klinkt moe" not in json.dumps(chatter.provider.requests)


async def test_how_far_a_message_came_is_on_the_desk_as_soon_as_whatsapp_says_so(
    on_whatsapp: ChannelPerson, whatsapp: WhatsAppProvider, desk: CoachDesk, behind: Counter
) -> None:
    await helped(desk, behind, on_whatsapp)
    await desk.say("Ik zoek het voor je uit.")
    far = passage(desk, "Ik zoek het voor je uit.")
    await expect(far).to_have_text("verstuurd", timeout=NEWS_MS)
    sent_as = whatsapp.ids[-1]
    # Reports come in any order, and more than once.
    for state, shown in (
        ("sent", "verstuurd"),
        ("delivered", "aangekomen"),
        ("read", "gelezen"),
        ("delivered", "gelezen"),
    ):
        await on_whatsapp.brings(whatsapp.reports(state, sent_as, person=on_whatsapp.person))
        await expect(far).to_have_text(shown, timeout=NEWS_MS)
    await desk.say("Morgen weet ik het.")
    await expect(passage(desk, "Morgen weet ik het.")).to_have_text("verstuurd", timeout=NEWS_MS)
    failed = whatsapp.reports("failed", whatsapp.ids[-1], code=131026, person=on_whatsapp.person)
    await on_whatsapp.brings(failed)
    await expect(passage(desk, "Morgen weet ik het.")).to_have_text("mislukt", timeout=NEWS_MS)


async def test_who_blocked_us_in_telegram_is_shown_as_out_of_reach_until_they_write(
    on_telegram: ChannelPerson, telegram: TelegramProvider, desk: CoachDesk, behind: Counter
) -> None:
    await helped(desk, behind, on_telegram)
    await desk.say("Hoe gaat het?")
    await expect(passage(desk, "Hoe gaat het?")).to_have_text("verstuurd", timeout=NEWS_MS)
    telegram.blocked.add(FIRST_PERSON + on_telegram.person)
    await desk.say("Ben je er nog?")
    await expect(passage(desk, "Ben je er nog?")).to_have_text("niet bereikbaar", timeout=NEWS_MS)
    telegram.blocked.clear()
    await on_telegram.writes("ja hoor")
    await expect(passage(desk, "Ben je er nog?")).to_have_text("verstuurd", timeout=NEWS_MS)
    assert await on_telegram.times_read("Ben je er nog?") == 1


async def test_after_a_day_of_silence_whatsapp_takes_the_template_alone_and_the_desk_says_so(
    on_whatsapp: ChannelPerson, whatsapp: WhatsAppProvider, desk: CoachDesk, behind: Counter
) -> None:
    await helped(desk, behind, on_whatsapp)
    await expect(desk.page.get_by_text("Je kunt hier nog 23 uur vrij schrijven.")).to_be_visible()
    await silent_for(timedelta(hours=25), behind, on_whatsapp)
    warning = desk.page.get_by_text("De persoon schreef meer dan 24 uur geleden in WhatsApp.")
    await expect(warning).to_be_visible(timeout=NEWS_MS)
    assert await violations(desk.page) == []
    before = len(whatsapp.requests)
    await desk.say("Heb je nog gebeld?")
    await expect(passage(desk, "Heb je nog gebeld?")).to_have_text(
        "wacht tot de persoon schrijft", timeout=NEWS_MS
    )
    [(_, sent)] = whatsapp.requests[before:]
    assert (sent["type"], sent["template"]["name"]) == ("template", TEMPLATE)
    await desk.say("Laat maar weten.")
    await expect(passage(desk, "Laat maar weten.")).to_have_text(
        "wacht tot de persoon schrijft", timeout=NEWS_MS
    )
    await on_whatsapp.writes("ja, vanmorgen")
    for text in ("Heb je nog gebeld?", "Laat maar weten."):
        await expect(passage(desk, text)).to_have_text("verstuurd", timeout=NEWS_MS)
        assert await on_whatsapp.times_read(text) == 1
    await expect(desk.page.get_by_text("Je kunt hier nog 23 uur vrij schrijven.")).to_be_visible()
    templates = [body for _, body in whatsapp.requests[before:] if body.get("type") == "template"]
    assert len(templates) == 1


async def test_what_was_written_while_the_line_was_lost_is_there_once_and_nothing_typed_is_lost(
    person: Person, desk: CoachDesk, behind: Counter
) -> None:
    line = BreakableLine()
    await line.keep(desk.page)
    await helped(desk, behind, person)
    await desk.page.evaluate("window.neverReloaded = true")
    await line.breaks()
    await person.writes("ben je er nog?")
    await expect(desk.page.get_by_text("Geen verbinding.")).to_be_visible(timeout=NEWS_MS)
    await desk.say("Ja, ik ben er.")
    await desk.note.fill("Wil snel antwoord")
    await person.writes("hallo?")
    await asyncio.sleep(A_WHILE)
    assert await person.times_read("Ja, ik ben er.") == 0
    await expect(desk.log.get_by_text("hallo?")).to_have_count(0)
    line.comes_back()
    await person.receives("Ja, ik ben er.")
    for text in ("ben je er nog?", "hallo?", "Ja, ik ben er."):
        await seen(desk, text)
    await expect(desk.page.get_by_text("Geen verbinding.")).to_be_hidden()
    await expect(desk.note).to_have_value("Wil snel antwoord")
    await expect(desk.box).to_have_value("")
    await asyncio.sleep(A_WHILE)
    assert await person.times_read("Ja, ik ben er.") == 1
    assert await desk.page.evaluate("window.neverReloaded")


async def test_a_coach_goes_on_where_they_were_when_the_counter_was_gone_for_a_moment(
    chatter: ChannelPerson, desk: CoachDesk, behind: Counter, loket: RunningLoket
) -> None:
    await helped(desk, behind, chatter)
    await desk.say("Ik kijk het na.")
    # From here on it is remembered that the provider has it; killed before that, it is sent again.
    await expect(passage(desk, "Ik kijk het na.")).to_have_text("verstuurd", timeout=NEWS_MS)
    loket.kill_app()
    await expect(desk.page.get_by_text("Geen verbinding.")).to_be_visible(timeout=NEWS_MS)
    await desk.say("Gevonden: maandag om tien uur.")
    loket.start_app()
    await asyncio.to_thread(loket.wait_for_app)
    await chatter.writes("fijn dat je kijkt")
    await chatter.receives("Gevonden: maandag om tien uur.")
    for text in ("fijn dat je kijkt", "Gevonden: maandag om tien uur."):
        await seen(desk, text)
    await asyncio.sleep(A_WHILE)
    assert await chatter.times_read("Gevonden: maandag om tien uur.") == 1
    assert await chatter.times_read("Ik kijk het na.") == 1


async def test_who_was_taken_by_mistake_is_let_go_hears_so_and_keeps_their_place(
    person: Person, desk: CoachDesk, behind: Counter
) -> None:
    number, wrong = await waits(behind, person)
    before = (await behind.referrals.of_person(person.conversation_id))[0]
    await desk.open()
    await expect(desk.line(wrong)).to_be_visible(timeout=NEWS_MS)
    await desk.claim(wrong)
    await person.receives("is er, een coach van Loket Haarlem")
    await desk.page.get_by_role("button", name="Zet terug in de wachtrij").click()
    await person.receives("kan nu niet verder met je praten. Je wacht weer op een coach")
    await expect(desk.box).to_be_hidden()
    [after] = await behind.referrals.of_person(person.conversation_id)
    assert (after.number, after.state, after.position) == (number, before.state, before.position)
    # Noor helps them meanwhile.
    await person.writes("ben je een mens?")
    await person.receives("Nee, ik ben Noor")
    await desk.open()
    await expect(desk.line(wrong)).to_be_visible()
