"""Vouchers on both databases: one open application a kind, never more money than there is."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date

import pytest

from counter.accounts.model import CENTS
from counter.accounts.statements import faults
from counter.conversations.model import UnknownConversationError
from counter.schemes.model import VoucherKind
from counter.services import Counter
from counter.vouchers import storage
from counter.vouchers.model import (
    AlreadyAppliedError,
    AlreadyDecidedError,
    Decision,
    Outcome,
    UnknownVoucherError,
    VoucherApplicationCommand,
    VoucherBudgetSpentError,
    VoucherReceipt,
    VoucherState,
)
from counter.vouchers.service import VoucherService
from tests.contract.counter.conftest import SettableClock

type NewConversation = Callable[[], Awaitable[str]]
type TwoConversations = Callable[[], Awaitable[tuple[str, str]]]

AMOUNT = 1500


def an_application(
    conversation_id: str, *, message_id: str = "m1", kind: VoucherKind = VoucherKind.OPLEIDING
) -> VoucherApplicationCommand:
    return VoucherApplicationCommand(
        conversation_id=conversation_id,
        message_id=message_id,
        kind=kind,
        goal="lasser worden",
        name="Fatima",
        age=34,
        postcode="1506 AB",
        email="fatima@example.org",
        phone="+31612345678",
    )


@pytest.fixture
async def last_ten(counter: Counter) -> VoucherService:
    """Give vouchers with money for ten, and a little over that is not enough for another."""
    for scheme in await counter.schemes.all():
        await counter.schemes.change(replace(scheme, amount_eur=AMOUNT), by="mila")
        wanted = 10 * AMOUNT + AMOUNT - 1
        there = (await counter.schemes.budgets())[scheme.kind].total // CENTS
        await counter.schemes.move_budget(
            scheme.kind, wanted - there, movement_id=f"test {scheme.kind.value}", by="mila"
        )
    return counter.vouchers


async def bound(counter: Counter, kind: VoucherKind = VoucherKind.OPLEIDING) -> int:
    """Return what people hold of a kind's budget, in whole euros; see that the books are right."""
    async with counter.database.reading() as session:
        assert await faults(session) == ()
    return (await counter.schemes.budgets())[kind].bound // CENTS


async def test_an_applicant_gets_a_receipt_and_a_day_for_the_answer(
    counter: Counter, new_conversation: NewConversation
) -> None:
    receipt = await counter.vouchers.apply(an_application(await new_conversation()))
    assert receipt.number.startswith("V-")
    assert receipt == VoucherReceipt(
        number=receipt.number,
        kind=VoucherKind.OPLEIDING,
        goal="lasser worden",
        state=VoucherState.SUBMITTED,
        submitted_at=counter.clock(),
        answer_before=date(2026, 12, 7),
    )
    assert await counter.vouchers.by_number(receipt.number) == receipt
    assert await counter.vouchers.by_number("V-0000-0000") is None


async def test_the_same_message_again_gives_the_same_receipt_and_reserves_once(
    counter: Counter, last_ten: VoucherService, new_conversation: NewConversation
) -> None:
    command = an_application(await new_conversation())
    receipts = [await last_ten.apply(command)]
    receipts += await asyncio.gather(*(last_ten.apply(command) for _ in range(10)))
    assert set(receipts) == {receipts[0]}
    assert await bound(counter) == AMOUNT


async def test_two_hundred_people_at_once_for_the_last_ten(
    counter: Counter, last_ten: VoucherService, new_conversation: NewConversation
) -> None:
    conversations = [await new_conversation() for _ in range(200)]
    results = await asyncio.gather(
        *(last_ten.apply(an_application(conversation)) for conversation in conversations),
        return_exceptions=True,
    )
    assert sum(isinstance(result, VoucherReceipt) for result in results) == 10
    assert sum(isinstance(result, VoucherBudgetSpentError) for result in results) == 190
    assert await bound(counter) == 10 * AMOUNT


async def test_an_application_without_money_leaves_nothing_behind(
    last_ten: VoucherService, new_conversation: NewConversation
) -> None:
    for _ in range(10):
        await last_ten.apply(an_application(await new_conversation()))
    late = await new_conversation()
    with pytest.raises(VoucherBudgetSpentError):
        await last_ten.apply(an_application(late))
    assert await last_ten.applications_of(late) == ()


async def test_the_budgets_of_two_kinds_are_apart(
    counter: Counter, last_ten: VoucherService, new_conversation: NewConversation
) -> None:
    await last_ten.apply(an_application(await new_conversation(), kind=VoucherKind.ORIENTATIE))
    assert await bound(counter) == 0


async def test_a_person_has_one_open_application_of_a_kind(
    counter: Counter, two_conversations: TwoConversations
) -> None:
    one, other = await two_conversations()
    receipt = await counter.vouchers.apply(an_application(one))
    with pytest.raises(AlreadyAppliedError) as refused:
        await counter.vouchers.apply(an_application(other, message_id="m2"))
    assert refused.value.receipt == receipt
    second = await counter.vouchers.apply(
        an_application(other, message_id="m3", kind=VoucherKind.BEGELEIDING)
    )
    assert {found.number for found in await counter.vouchers.applications_of(other)} == {
        receipt.number,
        second.number,
    }


async def test_two_applications_of_one_person_at_once_become_one(
    counter: Counter, last_ten: VoucherService, two_conversations: TwoConversations
) -> None:
    one, other = await two_conversations()
    results = await asyncio.gather(
        last_ten.apply(an_application(one)),
        last_ten.apply(an_application(other)),
        return_exceptions=True,
    )
    assert {type(result) for result in results} == {VoucherReceipt, AlreadyAppliedError}
    assert await bound(counter) == AMOUNT


async def test_withdrawing_frees_the_money_once(
    counter: Counter, last_ten: VoucherService, new_conversation: NewConversation
) -> None:
    conversation = await new_conversation()
    await last_ten.apply(an_application(await new_conversation()))
    receipt = await last_ten.apply(an_application(conversation))
    withdrawn = await asyncio.gather(*(last_ten.withdraw(receipt.number, conversation) for _ in range(5)))
    assert {each.state for each in withdrawn} == {VoucherState.WITHDRAWN}
    assert await bound(counter) == AMOUNT
    await last_ten.apply(an_application(conversation, message_id="m2"))


async def test_nobody_withdraws_the_application_of_another_person(
    counter: Counter, new_conversation: NewConversation
) -> None:
    receipt = await counter.vouchers.apply(an_application(await new_conversation()))
    with pytest.raises(UnknownVoucherError):
        await counter.vouchers.withdraw(receipt.number, await new_conversation())


@pytest.mark.parametrize(
    ("decision", "state", "reserved"),
    [
        (Decision.AWARDED, VoucherState.AWARDED, AMOUNT),
        (Decision.REJECTED, VoucherState.REJECTED, 0),
    ],
)
async def test_an_adviser_decides_once_and_a_rejection_frees_the_money(
    counter: Counter,
    last_ten: VoucherService,
    new_conversation: NewConversation,
    decision: Decision,
    state: VoucherState,
    reserved: int,
) -> None:
    conversation = await new_conversation()
    receipt = await last_ten.apply(an_application(conversation))
    decided = await counter.voucher_desk.decide(
        receipt.number, decision, adviser="jan", reason="past bij het doel"
    )
    assert decided.state is state
    assert await bound(counter) == reserved
    with pytest.raises(AlreadyDecidedError) as refused:
        await counter.voucher_desk.decide(
            receipt.number, Decision.REJECTED, adviser="jan", reason="toch niet"
        )
    assert refused.value.receipt == decided
    with pytest.raises(AlreadyDecidedError):
        await last_ten.withdraw(receipt.number, conversation)


async def test_nobody_decides_about_an_application_that_is_not_there(counter: Counter) -> None:
    with pytest.raises(UnknownVoucherError):
        await counter.voucher_desk.decide("V-0000-0000", Decision.AWARDED, adviser="jan", reason="")


async def test_what_happened_to_an_application_is_kept(
    counter: Counter, new_conversation: NewConversation, clock: SettableClock
) -> None:
    receipt = await counter.vouchers.apply(an_application(await new_conversation()))
    clock.advance(days=1)
    await counter.voucher_desk.decide(receipt.number, Decision.REJECTED, adviser="jan", reason="te laat")
    async with counter.database.session() as session:
        row = await storage.application_by_number(session, receipt.number)
        assert row is not None
        events = await storage.history(session, row.id)
    assert [(event.state, event.actor, event.reason) for event in events] == [
        ("submitted", None, None),
        ("rejected", "jan", "te laat"),
    ]
    assert [event.at for event in events] == [receipt.submitted_at, clock()]


async def test_nobody_applies_without_a_conversation(counter: Counter) -> None:
    with pytest.raises(UnknownConversationError):
        await counter.vouchers.apply(an_application("nobody"))


async def test_erasing_withdraws_frees_the_money_and_blanks_who_it_was(
    counter: Counter, new_conversation: NewConversation
) -> None:
    conversation = await new_conversation()
    receipt = await counter.vouchers.apply(an_application(conversation))
    await counter.conversations.erase(conversation)
    async with counter.database.session() as session:
        row = await storage.application_by_number(session, receipt.number)
    assert row is not None
    assert (row.state, row.goal) == ("withdrawn", "")
    assert {row.name, row.age, row.postcode, row.email, row.phone, row.conversation_id} == {None}
    assert await bound(counter) == 0


async def test_an_export_holds_everything_that_was_given(
    counter: Counter, new_conversation: NewConversation
) -> None:
    conversation = await new_conversation()
    receipt = await counter.vouchers.apply(an_application(conversation))
    [exported] = (await counter.conversations.export(conversation))["vouchers"]
    assert exported["number"] == receipt.number
    given = ("goal", "name", "age", "postcode", "email", "phone")
    command = an_application(conversation)
    assert [exported[name] for name in given] == [getattr(command, name) for name in given]


async def test_a_pre_check_names_every_rule_and_decides_nothing(counter: Counter) -> None:
    outcomes = await counter.vouchers.pre_check(VoucherKind.OPLEIDING, age=17, postcode="1506 AB")
    found = {outcome.rule_id: outcome.outcome for outcome in outcomes}
    assert found["minimumleeftijd"] is Outcome.NOT_MET
    assert found["woonplaats"] is Outcome.MET
    assert {scheme.kind for scheme in await counter.vouchers.schemes()} == set(VoucherKind)


async def test_an_adviser_reads_who_asks_for_what_and_which_rules_are_met(
    counter: Counter, new_conversation: NewConversation
) -> None:
    command = an_application(await new_conversation())
    receipt = await counter.vouchers.apply(command)
    found = await counter.vouchers.application(receipt.number)
    assert (found.name, found.age, found.postcode) == (command.name, command.age, command.postcode)
    assert found.receipt == receipt
    checks = await counter.vouchers.pre_check(command.kind, age=command.age, postcode=command.postcode)
    assert found.checks == checks
    with pytest.raises(UnknownVoucherError):
        await counter.vouchers.application("V-BESTAAT-NIET")
