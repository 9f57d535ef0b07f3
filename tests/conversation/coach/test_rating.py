"""After a coach: how it went, in one press and perhaps a sentence."""

from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import select

from counter.desk.model import Outcome
from counter.referrals.model import ReferralReceipt
from counter.referrals.rows import ReferralRow
from counter.services import Counter
from counter.staff.model import StaffMember
from tests.support.talking import Answer, Conversation

type Ask = Callable[..., Awaitable[Answer]]

ASK_COMMENT = "utter_ask_coach_beoordelen_formulier_coach_toelichting"


@pytest.fixture
async def helped(
    coach: StaffMember,
    counter: Counter,
    ask: Ask,
    request_of: Callable[[], Awaitable[ReferralReceipt]],
) -> str:
    """Give the number of a request that a coach has just finished."""
    await ask(contact=None)
    number = (await request_of()).number
    await counter.desk.claim(number, coach)
    await counter.desk.close(number, coach, next(iter(Outcome)))
    return number


def button(number: str, verdict: str) -> str:
    return f'/coach_beoordelen{{"aanvraagnummer":"{number}","oordeel":"{verdict}"}}'


async def kept(counter: Counter, number: str) -> tuple[str | None, str | None]:
    async with counter.database.reading() as session:
        row = await session.scalar(select(ReferralRow).where(ReferralRow.number == number))
        assert row is not None
        return row.helped, row.helped_comment


async def test_the_last_notice_asks_how_it_went(
    conversation: Conversation, helped: str, counter: Counter
) -> None:
    notice = (await conversation.reads())["messages"][-1]
    assert [one["title"] for one in notice["buttons"]] == ["Ja", "Een beetje", "Nee"]
    answer = await conversation.clicks(notice["buttons"][0]["payload"])
    assert answer.responses == ["utter_coach_beoordeeld", ASK_COMMENT]
    assert await kept(counter, helped) == ("ja", None)


async def test_a_sentence_is_kept_with_it(conversation: Conversation, helped: str, counter: Counter) -> None:
    await conversation.clicks(button(helped, "ja"))
    answer = await conversation.says("Sanne dacht goed met me mee")
    assert answer.responses == ["utter_coach_toelichting_bewaard"]
    assert await kept(counter, helped) == ("ja", "Sanne dacht goed met me mee")


async def test_nothing_more_needs_to_be_said(
    conversation: Conversation, helped: str, counter: Counter
) -> None:
    answer = await conversation.clicks(button(helped, "nee"))
    answer = await conversation.presses(answer, "Nee, zo is het goed")
    assert answer.responses == ["utter_coach_beoordelen_klaar"]
    assert await kept(counter, helped) == ("nee", None)


async def test_a_rating_can_be_changed(conversation: Conversation, helped: str, counter: Counter) -> None:
    for verdict in ("nee", "beetje"):
        await conversation.clicks(button(helped, verdict))
    assert await kept(counter, helped) == ("beetje", None)


async def test_who_asks_something_else_is_answered_and_not_asked_again(
    conversation: Conversation, helped: str
) -> None:
    await conversation.clicks(button(helped, "beetje"))
    answer = await conversation.says("wat kost de hulp van het loket?")
    assert answer.responses == ["utter_faq/kosten_loket"]
