"""A case with everything on it: read by everybody, given to another organisation, given back to Noor."""

import re
from datetime import timedelta

import aiohttp
import pytest
from playwright.async_api import expect

from counter.clock import utc_now
from counter.conversations.model import Content
from counter.desk.model import Outcome
from counter.passport.model import EntryKind, Source, Told
from counter.referrals.model import Helped, OpenReferral, Reason
from counter.referrals.storage import referral_by_number
from counter.services import Counter
from counter.staff.model import StaffMember
from tests.browser.accessibility import overflow, violations
from tests.browser.conftest import LogIn
from tests.browser.desk import NEWS_MS
from tests.contract.counter.test_job_drafts import a_job as a_draft
from tests.contract.counter.test_vouchers import an_application
from tests.support.running import RunningLoket
from tests.support.staff import an_administrator
from tests.support.talking import Conversation

pytestmark = pytest.mark.asyncio(loop_scope="session")

FORMS = (
    "aanbieden bewaren bellen herinneren afronden labels teruggeven samenvatting gegevens "
    "vaardigheden?zoek=lassen"
).split()


async def asks(counter: Counter, conversation_id: str, message_id: str = "m1", name: str = "Fatima") -> str:
    receipt = await counter.referrals.open(
        OpenReferral(
            conversation_id=conversation_id,
            message_id=message_id,
            reason=Reason.ASKED,
            topic="ontslag",
            region="Groot Amsterdam",
            name=name,
            phone="+31612345678",
            language="pl",
        )
    )
    return receipt.number


async def everything(counter: Counter, coach: StaffMember) -> tuple[str, str]:
    """Have somebody do all that can stand on a card; returns the number and the conversation."""
    before = await counter.conversations.open("website")
    received = await counter.conversations.receive(before.id, Content(text="hoi"))
    await counter.conversations.answer(before.id, received.message.seq, [Content(text="Dag!")])
    earlier = await asks(counter, before.id)
    await counter.desk.claim(earlier, coach)
    await counter.desk.close(earlier, coach, Outcome.HELPED)
    await counter.referrals.rate(earlier, before.id, Helped.A_LITTLE, comment="ging snel")
    now = (await counter.conversations.open("website", earlier_token=before.token)).id
    message_id = ""
    for text, response in (
        ("zoek cursus lassen", "utter_cursus_gevonden"),
        ("wat bedoel je", "utter_uitleg_contact"),
        ("dinges iets", "utter_terugval_menu"),
        ("czy po polsku", "utter_coach_taal_pl"),
        ("een mens", "utter_coach_samenvatting"),
        ("ja hoor", "utter_coach_beginnen"),
    ):
        received = await counter.conversations.receive(now, Content(text=text))
        message_id = received.message.id
        replies = [Content(text="…", response=response)]
        await counter.conversations.answer(now, received.message.seq, replies)
    await counter.vouchers.apply(an_application(now))
    await counter.job_drafts.submit(a_draft(now, message_id="baan"))
    await counter.passports.add(
        now,
        [
            Told(skill_id="vaardigheid/lassen", words="las al jaren"),
            Told(skill_id="vaardigheid/koken", words="koken", source=Source.COACH, added_by="Karim"),
            Told(skill_id="vaardigheid/plannen", words="leren plannen", kind=EntryKind.WISH),
        ],
    )
    number = await asks(counter, now, message_id)
    await counter.desk.claim(number, coach)
    return number, now


async def test_a_case_with_everything_on_it_is_for_everybody(log_in: LogIn, behind: Counter) -> None:
    desk, me = await log_in("mila", "Loket Haarlem")
    number, conversation = await everything(behind, me)
    await desk.open(f"/coach/{number}")
    card = desk.page.get_by_role("complementary", name="Kaart")
    for text in (
        "Fatima wil een mens spreken, over ontslag.",
        "Spreekt liever Pools",
        "“dinges iets”",
        "Zei “ja hoor”",
        "ging snel",
        "las al jaren",
        "van coach Karim",
    ):
        await expect(card.get_by_text(text).first).to_be_visible()
    assert await violations(desk.page) == []
    # What is said meanwhile leaves the card where it is.
    await desk.say("Dag Fatima")
    await expect(desk.log.get_by_text("Dag Fatima")).to_be_visible(timeout=NEWS_MS)
    await expect(card.get_by_text("las al jaren")).to_be_visible()
    await desk.page.set_viewport_size({"width": 320, "height": 640})
    assert await overflow(desk.page) <= 0
    assert await violations(desk.page) == []
    assert conversation


async def test_every_form_of_a_case_is_for_everybody(log_in: LogIn, behind: Counter) -> None:
    desk, me = await log_in("mila", "Loket Haarlem")
    await log_in("karim", "UWV Zaandam")
    number, _ = await everything(behind, me)
    voucher = (await behind.cards.card(number, an_administrator())).applications[0].number
    draft = (await behind.cards.card(number, an_administrator())).drafts[0].number
    talk = (await behind.cards.card(number, an_administrator())).talks[-1].id
    addresses = [f"/coach/{number}/{form}" for form in (*FORMS, f"gesprekken/{talk}")]
    pages = ("aanvragen", "banen", "geescaleerd", f"aanvragen/{voucher}", f"banen/{draft}")
    addresses += [f"/coach/{page}" for page in pages]
    for address in addresses:
        for width in (1280, 320):
            await desk.page.set_viewport_size({"width": width, "height": 800})
            await desk.page.goto(f"{desk.website}{address}")
            assert await violations(desk.page) == [], (address, width)
            assert await overflow(desk.page) <= 0, (address, width)


async def test_somebody_goes_to_another_organisation_by_keyboard_alone(
    log_in: LogIn, behind: Counter
) -> None:
    mila, me = await log_in("mila", "Loket Haarlem")
    karim, him = await log_in("karim", "UWV Zaandam")
    number = await asks(behind, (await behind.conversations.open("website")).id)
    await behind.desk.claim(number, me)
    await mila.open(f"/coach/{number}")
    await mila.page.get_by_role("link", name="Vraag een collega of een organisatie").press("Enter")
    await mila.page.get_by_label("Wie vraag je?").focus()
    await mila.page.keyboard.type("UWV Zaandam")
    await mila.page.get_by_label("Waarom?").fill("dichter bij huis")
    await mila.page.get_by_role("button", name="Bied aan").press("Enter")
    await expect(mila.page.get_by_text("Aangeboden aan UWV Zaandam").first).to_be_visible()

    await karim.open(f"/coach/{number}")
    await expect(karim.page.get_by_text("dichter bij huis")).to_be_visible()
    await karim.page.get_by_role("button", name="Neem aan").press("Enter")
    await expect(karim.box).to_be_visible(timeout=NEWS_MS)
    await expect(karim.page.get_by_role("heading", name="Wijzigen")).to_be_visible()
    # Mila's page was open: it says who helps now, and nothing of the person is left on it.
    lost = mila.page.get_by_role("heading", level=1, name="Dit gesprek is nu bij iemand anders")
    await expect(lost).to_be_focused(timeout=NEWS_MS)
    await expect(mila.page.get_by_text(f"{him.name} van UWV Zaandam")).to_be_visible()
    await expect(mila.page.locator("main")).not_to_contain_text("Fatima")
    assert await violations(mila.page) == []
    await mila.page.reload()
    await expect(mila.page.get_by_role("heading", name="Dit gesprek is bij iemand anders")).to_be_visible()
    for width in (1440, 390, 320):
        await mila.page.set_viewport_size({"width": width, "height": 800})
        assert await violations(mila.page) == [], width
        assert await overflow(mila.page) <= 0, width


async def test_what_nobody_accepts_in_time_comes_back_and_is_on_its_own_list(
    log_in: LogIn, behind: Counter
) -> None:
    mila, me = await log_in("mila", "Loket Haarlem")
    number = await asks(behind, (await behind.conversations.open("website")).id, name="Traagje")
    await behind.desk.claim(number, me)
    await behind.desk.offer(number, me, to_organisation="Elders")
    async with behind.database.session() as session:
        row = await referral_by_number(session, number)
        assert row is not None
        row.offered_until = utc_now() - timedelta(minutes=1)
    await behind.upkeep.look()
    await mila.page.goto(f"{mila.website}/coach")
    await mila.page.get_by_role("link", name="Geëscaleerd").click()
    await mila.page.get_by_role("link", name="Traagje").click()
    await expect(mila.page.get_by_text("Niemand nam dit gesprek op tijd aan")).to_be_visible()
    await expect(mila.box).to_be_visible()


async def test_noor_asks_what_the_coach_wants_to_know_and_gives_somebody_back(
    log_in: LogIn, behind: Counter, loket: RunningLoket
) -> None:
    mila, _ = await log_in("mila", "Loket Haarlem")
    async with aiohttp.ClientSession() as http:
        person = await Conversation(http, loket.url, loket.bot_url).open()
        await person.clicks("/cursus_zoeken")
        await person.says("lassen")
        number = await asks(behind, person.id)
        await mila.open(f"/coach/{number}")
        # What Noor was doing is on the card.
        await expect(mila.page.get_by_text("Nog niet klaar: een cursus zoeken").first).to_be_visible()
        await mila.page.get_by_role("button", name="Neem over").click()
        await mila.page.get_by_role("link", name="Geef terug aan Noor").click()
        await mila.page.get_by_label("Wat doet Noor?").select_option("vragen")
        await mila.page.get_by_label("Mijn vragen").fill("vraag postcode")
        await expect(mila.page.get_by_label("Geef het gesprek daarna weer aan mij")).to_be_checked()
        seen = (await person.reads())["messages"][-1]["seq"]
        await mila.page.get_by_role("button", name="Geef terug aan Noor").click()
        await expect(mila.page.get_by_role("heading", level=1, name=re.compile("Fatima"))).to_be_visible()
        await person.answer_to(seen)
        await person.says("1506 AB")
        await person.says("ja")
    await mila.page.goto(f"{mila.website}/coach/{number}")
    await expect(mila.page.get_by_text("1506 AB").first).to_be_visible()
    await mila.page.get_by_role("button", name="Neem aan").click()
    await expect(mila.box).to_be_visible(timeout=NEWS_MS)
