"""What the counter tells of its own accord: with the change or not at all, where the person is now."""

from collections.abc import Awaitable, Callable

import pytest

from counter.conversations.model import Content, Sender
from counter.database import Database
from counter.job_drafts.model import AlreadyCheckedError
from counter.notices.service import NoticeService
from counter.places.gazetteer import Gazetteer
from counter.referrals.model import OpenReferral, Reason, UnknownReferralError
from counter.schemes.model import VoucherKind
from counter.services import Counter, open_counter
from counter.vouchers.model import AlreadyDecidedError, Decision, VoucherState
from skills_taxonomy import Taxonomy
from tests.contract.counter.conftest import SettableClock
from tests.contract.counter.test_job_drafts import a_job
from tests.contract.counter.test_vouchers import an_application
from tests.support.words import plain_words

type NewConversation = Callable[[], Awaitable[str]]


async def said(counter: Counter, conversation_id: str) -> list[tuple[Sender, str]]:
    transcript = await counter.conversations.transcript(conversation_id)
    return [(message.sender, message.content.text) for message in transcript.messages]


async def test_who_is_awarded_a_voucher_reads_the_amount_and_the_reason(
    counter: Counter, new_conversation: NewConversation
) -> None:
    conversation = await new_conversation()
    receipt = await counter.vouchers.apply(an_application(conversation))
    await counter.voucher_desk.decide(receipt.number, Decision.AWARDED, adviser="jan", reason="goed plan")
    [(sender, text)] = await said(counter, conversation)
    assert sender is Sender.SYSTEM
    assert text.startswith("voucher_toegekend: ")
    for fact in (f"nummer={receipt.number}", "bedrag=1.500", "reden=goed plan"):
        assert fact in text


async def test_who_is_rejected_is_told_once_however_often_it_is_tried(
    counter: Counter, new_conversation: NewConversation
) -> None:
    conversation = await new_conversation()
    receipt = await counter.vouchers.apply(an_application(conversation))
    await counter.voucher_desk.decide(receipt.number, Decision.REJECTED, adviser="jan", reason="te laat")
    with pytest.raises(AlreadyDecidedError):
        await counter.voucher_desk.decide(receipt.number, Decision.AWARDED, adviser="jan", reason="toch")
    [(_, text)] = await said(counter, conversation)
    assert text.startswith("voucher_afgewezen: ")


async def test_an_employer_reads_that_the_job_is_public_or_why_it_is_not(
    counter: Counter, new_conversation: NewConversation
) -> None:
    conversation = await new_conversation()
    public = await counter.job_drafts.submit(a_job(conversation, message_id="1"))
    refused = await counter.job_drafts.submit(a_job(conversation, message_id="2"))
    await counter.job_drafts.approve(public.number, adviser="Mila")
    await counter.job_drafts.reject(refused.number, adviser="Mila", reason="geen uren genoemd")
    with pytest.raises(AlreadyCheckedError):
        await counter.job_drafts.approve(refused.number, adviser="Mila")
    [(_, told), (_, why)] = await said(counter, conversation)
    assert told.startswith("baan_geplaatst: ")
    assert f"nummer={public.number}" in told
    assert why.startswith("baan_afgewezen: ")
    assert "reden=geen uren genoemd" in why


async def test_a_decision_that_cannot_be_told_is_not_made(
    database: Database,
    taxonomy: Taxonomy,
    gazetteer: Gazetteer,
    clock: SettableClock,
    new_conversation: NewConversation,
) -> None:
    def speechless(*_: object) -> Content:
        raise KeyError

    counter = open_counter(database, taxonomy, gazetteer, clock, wording=speechless)
    conversation = await new_conversation()
    receipt = await counter.vouchers.apply(an_application(conversation))
    with pytest.raises(KeyError):
        await counter.voucher_desk.decide(receipt.number, Decision.AWARDED, adviser="jan", reason="ja")
    [found] = await counter.vouchers.applications_of(conversation)
    assert found.state is VoucherState.SUBMITTED


async def test_listeners_are_woken_when_it_is_stored_and_not_before(
    database: Database,
    taxonomy: Taxonomy,
    gazetteer: Gazetteer,
    clock: SettableClock,
    new_conversation: NewConversation,
) -> None:
    woken: list[str] = []
    counter = open_counter(database, taxonomy, gazetteer, clock, wording=plain_words, announce=woken.append)
    conversation = await new_conversation()
    receipt = await counter.vouchers.apply(an_application(conversation))
    assert woken == []
    await counter.voucher_desk.decide(receipt.number, Decision.AWARDED, adviser="jan", reason="ja")
    assert woken == [conversation]


async def test_nobody_is_woken_for_what_was_not_told(database: Database, clock: SettableClock) -> None:
    woken: list[str] = []
    notices = NoticeService(database, clock, plain_words, woken.append)
    async with notices.telling("niemand") as telling:
        telling.say(Content(text="hoi"), Sender.SYSTEM)
    assert woken == []


async def test_a_coachs_reply_reaches_the_person_in_the_coachs_own_words(
    counter: Counter, new_conversation: NewConversation
) -> None:
    conversation = await new_conversation()
    receipt = await counter.referrals.open(
        OpenReferral(conversation_id=conversation, message_id="m1", reason=Reason.ASKED)
    )
    await counter.referrals.reply(receipt.number, "Ik bel je morgen.", coach="anja")
    assert await said(counter, conversation) == [
        (Sender.COACH, "Ik bel je morgen."),
        (Sender.SYSTEM, f"coach_antwoord: nummer={receipt.number}"),
    ]
    with pytest.raises(UnknownReferralError):
        await counter.referrals.reply("C-0000-0000", "hoi", coach="anja")


async def test_who_may_lose_their_job_stands_after_need_and_before_the_others(
    counter: Counter, new_conversation: NewConversation
) -> None:
    for reason in (Reason.ASKED, Reason.DISMISSAL, Reason.IN_NEED):
        await counter.referrals.open(
            OpenReferral(conversation_id=await new_conversation(), message_id="m1", reason=reason)
        )
    queue = await counter.referrals.queue()
    assert [queued.reason for queued in queue] == [Reason.IN_NEED, Reason.DISMISSAL, Reason.ASKED]


async def test_an_account_holds_what_is_awarded_and_what_is_reserved(
    counter: Counter, new_conversation: NewConversation
) -> None:
    conversation = await new_conversation()
    assert (await counter.vouchers.account_of(conversation)).awarded == ()
    receipts = [
        await counter.vouchers.apply(an_application(conversation, message_id=kind.value, kind=kind))
        for kind in VoucherKind
    ]
    await counter.voucher_desk.decide(receipts[0].number, Decision.AWARDED, adviser="jan", reason="ja")
    await counter.voucher_desk.decide(receipts[1].number, Decision.REJECTED, adviser="jan", reason="nee")
    account = await counter.vouchers.account_of(conversation)
    assert [entry.number for entry in account.awarded] == [receipts[0].number]
    assert [entry.number for entry in account.reserved] == [receipts[2].number]
    assert (account.statement.awarded, account.statement.reserved) == (500_00, 750_00)
