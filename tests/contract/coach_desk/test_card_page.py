"""The card beside the conversation: everything that is known, and what is not known is said."""

from typing import Any

import pytest
from sqlalchemy import select

from coach_desk import card as card_page
from connectors.bot_client import BotClient, BotUnavailableError
from counter.conversations.model import Content, Remembered
from counter.desk.model import Outcome
from counter.passport.model import Source, Told
from counter.referrals.model import Helped, OpenReferral, Reason
from counter.services import Counter
from counter.staff.model import StaffEvent
from counter.staff.storage import StaffEventRow
from tests.contract.coach_desk.conftest import Asker, Client, NewAsker, NewCoach
from tests.contract.counter.test_vouchers import an_application
from tests.support.staff import an_administrator


async def page(client: Client, path: str) -> str:
    response = await client.get(path)
    assert response.status == 200, path
    return await response.text()


async def looks(counter: Counter) -> list[tuple[str, str]]:
    async with counter.database.reading() as session:
        rows = await session.scalars(
            select(StaffEventRow)
            .where(StaffEventRow.event == StaffEvent.LOOKED.value)
            .order_by(StaffEventRow.id)
        )
        return [(row.detail, row.person_id or "") for row in rows]


@pytest.fixture
def bot(monkeypatch: pytest.MonkeyPatch) -> dict[str, Remembered]:
    """Give what Noor has in mind, by conversation; for others she is away."""
    minds: dict[str, Remembered] = {}

    async def recall(self: BotClient, conversation_id: str) -> Remembered:
        del self
        if conversation_id not in minds:
            raise BotUnavailableError
        return minds[conversation_id]

    monkeypatch.setattr(BotClient, "recall", recall)
    return minds


async def test_the_card_shows_goal_answers_skills_tries_and_consent(
    coach: Client, counter: Counter, asker: Asker, bot: dict[str, Remembered]
) -> None:
    conversation = asker.conversation.id
    bot[conversation] = Remembered(
        form="voucher_formulier",
        asks="postcode",
        answers={"voucher_doel": "lasdiploma", "cursus_resultaten": "x1, x2"},
    )
    for text, response in (("cursus?", "utter_cursus_gevonden"), ("dinges", "utter_terugval_menu")):
        received = await counter.conversations.receive(conversation, Content(text=text))
        reply = Content(text="…", response=response)
        await counter.conversations.answer(conversation, received.message.seq, [reply])
    voucher = await counter.vouchers.apply(an_application(conversation))
    await counter.passports.add(
        conversation,
        [
            Told(skill_id="vaardigheid/lassen", words="las al jaren"),
            Told(skill_id="vaardigheid/koken", words="koken", source=Source.COACH, added_by="Karim"),
        ],
    )
    text = await page(coach, f"/coach/{asker.number}")
    for part in (
        "Fatima wil een mens spreken, over ontslag.",
        "06 12345678",
        "een voucher aanvragen",
        "Noor vroeg naar: postcode",
        "lasdiploma",
        voucher.number,
        "gezegd: “las al jaren”",
        "van coach Karim",
        "Cursus zoeken",
        "“dinges”",
        "Niet meer na te gaan.",
    ):
        assert part in text, part
    assert "x1, x2" not in text


async def test_when_noor_is_away_the_card_says_so_and_shows_the_rest(
    coach: Client, asker: Asker, bot: dict[str, Remembered]
) -> None:
    del bot
    text = await page(coach, f"/coach/{asker.number}")
    assert "Noor is nu niet bereikbaar" in text
    assert "06 12345678" in text


async def test_a_noor_who_thinks_too_long_holds_no_coach_up(
    coach: Client, asker: Asker, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def think(self: Any, conversation_id: str) -> Remembered:
        del self, conversation_id
        raise TimeoutError

    monkeypatch.setattr(BotClient, "recall", think)
    monkeypatch.setattr(card_page, "PATIENCE", 0.01)
    assert "Noor is nu niet bereikbaar" in await page(coach, f"/coach/{asker.number}")


async def test_what_somebody_typed_is_text_on_the_card_and_never_a_script(
    coach: Client, counter: Counter, asker: Asker, bot: dict[str, Remembered]
) -> None:
    evil = "<script>alert(1)</script>"
    bot[asker.conversation.id] = Remembered(answers={"voucher_doel": evil})
    received = await counter.conversations.receive(asker.conversation.id, Content(text=evil))
    reply = Content(text="?", response="utter_terugval_menu")
    await counter.conversations.answer(asker.conversation.id, received.message.seq, [reply])
    text = await page(coach, f"/coach/{asker.number}")
    assert evil not in text
    assert text.count("&lt;script&gt;alert(1)") >= 3


async def test_an_earlier_conversation_can_be_read_back_and_is_a_look(
    new_coach: NewCoach, counter: Counter, asker: Asker, bot: dict[str, Remembered]
) -> None:
    del bot
    client, me = await new_coach("sanne")
    first = asker.conversation
    await counter.conversations.receive(first.id, Content(text="dit was vroeger"))
    await counter.desk.claim(asker.number, me)
    await counter.desk.close(asker.number, me, Outcome.HELPED)
    await counter.referrals.rate(asker.number, first.id, Helped.NO, comment="te snel")
    now = await counter.conversations.open("website", earlier_token=first.token)
    again = await counter.referrals.open(
        OpenReferral(conversation_id=now.id, message_id="m9", reason=Reason.ASKED)
    )
    text = await page(client, f"/coach/{again.number}")
    assert asker.number in text
    assert "niet geholpen" in text
    assert "te snel" in text
    address = f"/coach/{again.number}/gesprekken/{first.id}"
    assert f'href="{address}"' in text
    assert "dit was vroeger" in await page(client, address)
    assert [detail for detail, _ in await looks(counter)] == [again.number, again.number]


async def test_no_conversation_of_another_person_can_be_read_back(
    coach: Client, asker: Asker, new_asker: NewAsker, bot: dict[str, Remembered]
) -> None:
    del bot
    other = await new_asker("Kees")
    response = await coach.get(f"/coach/{asker.number}/gesprekken/{other.conversation.id}")
    assert response.status == 404


async def test_every_view_of_a_case_and_an_application_is_kept_once(
    coach: Client, counter: Counter, asker: Asker, bot: dict[str, Remembered]
) -> None:
    del bot
    voucher = await counter.vouchers.apply(an_application(asker.conversation.id))
    person = (await counter.cards.card(asker.number, an_administrator())).person_id
    await page(coach, f"/coach/{asker.number}")
    await page(coach, f"/coach/{asker.number}/bellen")
    await page(coach, f"/coach/aanvragen/{voucher.number}")
    assert [look for look in await looks(counter) if look[1] == person] == [
        (asker.number, person),
        (asker.number, person),
        (voucher.number, person),
    ]
