"""Referrals on both databases: need first, then order of arrival, one open referral a person."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from counter.conversations.model import Owner, UnknownConversationError
from counter.conversations.storage import ConversationRow
from counter.employers.model import Employer
from counter.referrals import storage
from counter.referrals.model import (
    Lead,
    OpenReferral,
    Reason,
    ReferralReceipt,
    Request,
    UnknownReferralError,
)
from counter.referrals.rows import requests_for
from counter.referrals.states import ReferralState
from counter.services import Counter
from tests.contract.counter.conftest import SettableClock

type NewConversation = Callable[[], Awaitable[str]]
type TwoConversations = Callable[[], Awaitable[tuple[str, str]]]


def a_request(
    conversation_id: str,
    *,
    message_id: str = "m1",
    reason: Reason = Reason.ASKED,
    topic: str | None = "ontslag",
) -> OpenReferral:
    return OpenReferral(
        conversation_id=conversation_id,
        message_id=message_id,
        reason=reason,
        topic=topic,
        region="Groot Amsterdam",
        name="Fatima",
        phone="+31612345678",
    )


BAKERY = Employer(kvk_number="12345678", name="Bakkerij Jansen")


def a_lead(
    conversation_id: str,
    *,
    message_id: str = "m1",
    topic: str = "Personeel zoeken",
    region: str = "Zaanstreek/Waterland",
    employer: Employer | None = BAKERY,
) -> OpenReferral:
    return OpenReferral(
        conversation_id=conversation_id,
        message_id=message_id,
        reason=Reason.SME,
        topic=topic,
        region=region,
        name="Kees",
        email="kees@example.org",
        lead=Lead(need="twee bakkers", place="Zaandam", people=2, start=date(2027, 3, 1), employer=employer),
    )


async def owner_of(counter: Counter, conversation_id: str) -> str | None:
    async with counter.database.session() as session:
        return await session.scalar(
            select(ConversationRow.owner).where(ConversationRow.id == conversation_id)
        )


async def test_who_asks_waits_for_a_coach_and_the_bot_keeps_answering(
    counter: Counter, new_conversation: NewConversation
) -> None:
    conversation = await new_conversation()
    receipt = await counter.referrals.open(a_request(conversation))
    assert receipt == ReferralReceipt(
        number=receipt.number,
        position=1,
        state=ReferralState.WAITING,
        opened_at=counter.clock(),
        answer_before=date(2026, 11, 25),
        region="Groot Amsterdam",
    )
    assert receipt.number.startswith("C-")
    assert await owner_of(counter, conversation) == Owner.WAITING
    assert await counter.referrals.by_number(receipt.number) == receipt
    assert await counter.referrals.by_number("C-0000-0000") is None


async def test_people_in_need_go_first_and_the_others_in_order_of_arrival(
    counter: Counter, new_conversation: NewConversation
) -> None:
    reasons = [Reason.ASKED, Reason.IN_NEED, Reason.COMPLAINT, Reason.IN_NEED]
    receipts = [
        await counter.referrals.open(a_request(await new_conversation(), reason=reason)) for reason in reasons
    ]
    queue = await counter.referrals.queue()
    in_order = [receipts[index].number for index in (1, 3, 0, 2)]
    assert [queued.receipt.number for queued in queue] == in_order
    assert [queued.receipt.position for queued in queue] == [1, 2, 3, 4]
    assert await counter.referrals.by_number(receipts[0].number) == queue[2].receipt
    assert queue[0].receipt.answer_before == date(2026, 11, 24)


async def test_the_same_message_again_changes_nothing(
    counter: Counter, new_conversation: NewConversation
) -> None:
    command = a_request(await new_conversation())
    first = await counter.referrals.open(command)
    again = await asyncio.gather(*(counter.referrals.open(command) for _ in range(10)))
    assert set(again) == {first}
    assert await request_count(counter, first.number) == 1


async def test_a_message_that_comes_again_after_cancelling_opens_nothing(
    counter: Counter, new_conversation: NewConversation
) -> None:
    conversation = await new_conversation()
    receipt = await counter.referrals.open(a_request(conversation))
    cancelled = await counter.referrals.cancel(receipt.number, conversation)
    assert await counter.referrals.open(a_request(conversation)) == cancelled
    assert await counter.referrals.queue() == ()
    assert await owner_of(counter, conversation) == Owner.BOT


async def test_who_waits_already_keeps_the_place_and_adds_a_topic(
    counter: Counter, two_conversations: TwoConversations
) -> None:
    one, other = await two_conversations()
    first = await counter.referrals.open(a_request(one))
    again = await counter.referrals.open(a_request(other, message_id="m2", topic="een cursus"))
    assert again == first
    [queued] = await counter.referrals.queue()
    assert queued.topics == ("ontslag", "een cursus")
    assert queued.reason is Reason.ASKED
    assert await owner_of(counter, other) == Owner.WAITING


async def test_need_moves_who_waits_already_to_the_top_and_nothing_moves_them_back(
    counter: Counter, new_conversation: NewConversation
) -> None:
    await counter.referrals.open(a_request(await new_conversation()))
    conversation = await new_conversation()
    second = await counter.referrals.open(a_request(conversation))
    raised = await counter.referrals.open(
        a_request(conversation, message_id="m2", reason=Reason.IN_NEED, topic=None)
    )
    assert (second.position, raised.position, raised.number) == (2, 1, second.number)
    assert raised.answer_before < second.answer_before
    later = await counter.referrals.open(a_request(conversation, message_id="m3"))
    assert later == raised
    assert (await counter.referrals.queue())[0].reason is Reason.IN_NEED


async def test_two_questions_of_one_person_at_once_become_one_referral(
    counter: Counter, two_conversations: TwoConversations
) -> None:
    one, other = await two_conversations()
    receipts = await asyncio.gather(
        counter.referrals.open(a_request(one)),
        counter.referrals.open(a_request(other)),
        counter.referrals.open(a_request(one, message_id="m2", reason=Reason.IN_NEED)),
    )
    assert len({receipt.number for receipt in receipts}) == 1
    assert await request_count(counter, receipts[0].number) == 3


async def test_cancelling_gives_every_conversation_back_to_the_bot(
    counter: Counter, two_conversations: TwoConversations, clock: SettableClock
) -> None:
    one, other = await two_conversations()
    receipt = await counter.referrals.open(a_request(one))
    await counter.referrals.open(a_request(other))
    clock.advance(minutes=5)
    cancelled = await counter.referrals.cancel(receipt.number, other)
    assert (cancelled.state, cancelled.position) == (ReferralState.CANCELLED, None)
    assert [await owner_of(counter, each) for each in (one, other)] == [Owner.BOT, Owner.BOT]
    assert await counter.referrals.cancel(receipt.number, one) == cancelled
    second = await counter.referrals.open(a_request(one, message_id="m2"))
    assert await counter.referrals.of_person(other) == (second, cancelled)


async def test_nobody_cancels_the_referral_of_another_person(
    counter: Counter, new_conversation: NewConversation
) -> None:
    receipt = await counter.referrals.open(a_request(await new_conversation()))
    with pytest.raises(UnknownReferralError):
        await counter.referrals.cancel(receipt.number, await new_conversation())


async def test_nobody_is_referred_without_a_conversation(counter: Counter) -> None:
    with pytest.raises(UnknownConversationError):
        await counter.referrals.open(a_request("nobody"))


async def test_erasing_cancels_and_blanks_who_asked_and_why(
    counter: Counter, new_conversation: NewConversation
) -> None:
    conversation = await new_conversation()
    receipt = await counter.referrals.open(a_request(conversation))
    await counter.conversations.erase(conversation)
    async with counter.database.session() as session:
        row = await storage.referral_by_number(session, receipt.number)
        assert row is not None
        topics = [request.topic for request in await requests_for(session, row)]
    assert row.state == ReferralState.CANCELLED
    assert {row.name, row.phone, row.email, row.region, row.conversation_id, *topics} == {None}


async def test_an_export_holds_everything_that_was_given(
    counter: Counter, new_conversation: NewConversation
) -> None:
    conversation = await new_conversation()
    receipt = await counter.referrals.open(a_request(conversation))
    [exported] = (await counter.conversations.export(conversation))["referrals"]
    assert (exported["number"], exported["name"]) == (receipt.number, "Fatima")
    assert [request["topic"] for request in exported["requests"]] == ["ontslag"]


async def test_a_lead_stands_in_the_queue_with_what_the_firm_told(
    counter: Counter, new_conversation: NewConversation
) -> None:
    command = a_lead(await new_conversation())
    receipt = await counter.referrals.open(command)
    [queued] = await counter.referrals.queue()
    assert (queued.receipt, queued.reason, queued.region) == (receipt, Reason.SME, "Zaanstreek/Waterland")
    assert queued.topics == ("Personeel zoeken",)
    assert queued.requests == (
        Request(
            reason=Reason.SME,
            topic="Personeel zoeken",
            region="Zaanstreek/Waterland",
            lead=command.lead,
            at=counter.clock(),
        ),
    )


async def test_a_second_lead_joins_the_first_and_each_keeps_its_region(
    counter: Counter, new_conversation: NewConversation
) -> None:
    conversation = await new_conversation()
    first = await counter.referrals.open(a_lead(conversation))
    second = await counter.referrals.open(
        a_lead(conversation, message_id="m2", topic="Vernieuwen", region="Groot Amsterdam")
    )
    assert second == replace(first, region="Groot Amsterdam")
    [queued] = await counter.referrals.queue()
    assert [(asked.topic, asked.region) for asked in queued.requests] == [
        ("Personeel zoeken", "Zaanstreek/Waterland"),
        ("Vernieuwen", "Groot Amsterdam"),
    ]


async def test_the_firm_of_a_lead_is_known_in_a_later_conversation_and_to_nobody_else(
    counter: Counter, two_conversations: TwoConversations, new_conversation: NewConversation
) -> None:
    one, other = await two_conversations()
    assert await counter.employers.of_person(one) is None
    await counter.referrals.open(a_lead(one))
    assert await counter.employers.of_person(other) == BAKERY
    assert await counter.employers.of_person(await new_conversation()) is None
    later = Employer(name="Jansen Banket")
    await counter.referrals.open(a_lead(other, message_id="m2", employer=later))
    assert await counter.employers.of_person(one) == later


async def test_a_lead_without_a_firm_leaves_the_known_firm_alone(
    counter: Counter, new_conversation: NewConversation
) -> None:
    conversation = await new_conversation()
    await counter.referrals.open(a_lead(conversation))
    await counter.referrals.open(a_lead(conversation, message_id="m2", employer=None))
    assert await counter.employers.of_person(conversation) == BAKERY


async def test_leads_of_one_person_at_the_same_moment_all_arrive(
    counter: Counter, two_conversations: TwoConversations
) -> None:
    conversations = await two_conversations()
    await asyncio.gather(*(counter.referrals.open(a_lead(each)) for each in conversations * 3))
    [queued] = await counter.referrals.queue()
    assert len(queued.requests) == 2
    assert await counter.employers.of_person(conversations[0]) == BAKERY


async def test_a_lead_is_exported_and_erased_with_its_firm(
    counter: Counter, two_conversations: TwoConversations
) -> None:
    conversation, other = await two_conversations()
    receipt = await counter.referrals.open(a_lead(conversation))
    export = await counter.conversations.export(other)
    [request] = export["referrals"][0]["requests"]
    assert (request["topic"], request["lead"]["need"]) == ("Personeel zoeken", "twee bakkers")
    assert request["lead"]["employer"] == {"kvk_number": "12345678", "name": "Bakkerij Jansen"}
    assert [entry["kvk_number"] for entry in export["employers"]] == ["12345678"]
    await counter.conversations.erase(conversation)
    assert await counter.employers.of_person(other) is None
    async with counter.database.session() as session:
        row = await storage.referral_by_number(session, receipt.number)
        assert row is not None
        [kept] = await requests_for(session, row)
    assert (kept.topic, kept.region, kept.lead) == (None, None, None)


async def request_count(counter: Counter, number: str) -> int:
    async with counter.database.session() as session:
        row = await storage.referral_by_number(session, number)
        assert row is not None
        return len(await requests_for(session, row))
