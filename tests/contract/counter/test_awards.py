"""What becomes of an award on both databases: a trainer is paid, or the money flows back; the books agree."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any

import pytest

from counter.accounts.model import Budget, EntryKind
from counter.accounts.statements import faults
from counter.schemes.model import VoucherKind
from counter.services import Counter
from counter.vouchers.deciding import Pay
from counter.vouchers.model import (
    Decision,
    NotAwardedError,
    PaymentTooHighError,
    UnknownPaymentError,
    UnknownVoucherError,
    VoucherBudgetSpentError,
    VoucherReceipt,
    VoucherState,
)
from tests.contract.counter.conftest import SettableClock
from tests.contract.counter.test_vouchers import an_application

type NewConversation = Callable[[], Awaitable[str]]
BUDGET = 300_000_00


@pytest.fixture
async def conversation(new_conversation: NewConversation) -> str:
    return await new_conversation()


@pytest.fixture
async def awarded(counter: Counter, conversation: str) -> VoucherReceipt:
    """Give what was awarded: € 1.500 for a course."""
    receipt = await counter.vouchers.apply(an_application(conversation))
    return await counter.voucher_desk.decide(
        receipt.number, Decision.AWARDED, adviser="jan", reason="goed plan"
    )


def a_payment(cents: int = 1_500_00, *, payment_id: str = "p1", is_last: bool = False) -> Pay:
    return Pay(
        payment_id=payment_id,
        payee="Lasschool Zaandam",
        cents=cents,
        paid_on=date(2026, 11, 24),
        is_last=is_last,
    )


async def budget(counter: Counter) -> Budget:
    async with counter.database.reading() as session:
        assert await faults(session) == ()
    return (await counter.schemes.budgets())[VoucherKind.OPLEIDING]


async def state(counter: Counter, number: str) -> VoucherState:
    found = await counter.vouchers.by_number(number)
    assert found is not None
    return found.state


async def last_told(counter: Counter, conversation: str) -> str:
    return (await counter.conversations.transcript(conversation)).messages[-1].content.text


async def test_an_award_says_until_when_it_can_be_used_and_until_when_one_can_object(
    counter: Counter, awarded: VoucherReceipt, conversation: str
) -> None:
    # Six weeks after Monday 23 November is Monday 4 January.
    assert (awarded.object_before, awarded.use_before) == (date(2027, 1, 4), date(2027, 11, 23))
    told = await last_told(counter, conversation)
    assert "bezwaar=4-1-2027" in told
    assert "gebruiken=23-11-2027" in told
    assert "waar=Voorbeeldadres" in told


async def test_a_trainer_is_paid_once_however_often_the_form_is_sent(
    counter: Counter, awarded: VoucherReceipt, conversation: str
) -> None:
    await asyncio.gather(
        *(counter.voucher_desk.pay(awarded.number, a_payment(1_000_00), adviser="jan") for _ in range(5))
    )
    assert await budget(counter) == Budget(
        available=BUDGET - 1_500_00, reserved=0, awarded=500_00, paid=1_000_00
    )
    found = await counter.vouchers.application(awarded.number)
    [payment] = found.payments
    assert (payment.payee, payment.cents, payment.by) == ("Lasschool Zaandam", 1_000_00, "jan")
    assert payment.paid_on == date(2026, 11, 24)
    assert found.left_cents == 500_00
    told = await last_told(counter, conversation)
    assert told.startswith("voucher_betaald")
    assert "bedrag=1.000, aan=Lasschool Zaandam, datum=24-11-2026, over=500" in told


async def test_an_award_that_is_paid_out_is_used(counter: Counter, awarded: VoucherReceipt) -> None:
    used = await counter.voucher_desk.pay(awarded.number, a_payment(), adviser="jan")
    assert used.state is VoucherState.USED
    with pytest.raises(NotAwardedError):
        await counter.voucher_desk.pay(awarded.number, a_payment(1, payment_id="p2"), adviser="jan")


async def test_after_the_last_payment_the_rest_flows_back_to_the_fund(
    counter: Counter, awarded: VoucherReceipt
) -> None:
    await counter.voucher_desk.pay(awarded.number, a_payment(900_00, is_last=True), adviser="jan")
    assert await state(counter, awarded.number) is VoucherState.USED
    assert await budget(counter) == Budget(available=BUDGET - 900_00, reserved=0, awarded=0, paid=900_00)


async def test_no_payment_is_higher_than_what_is_left(counter: Counter, awarded: VoucherReceipt) -> None:
    await counter.voucher_desk.pay(awarded.number, a_payment(1_000_00), adviser="jan")
    with pytest.raises(PaymentTooHighError) as refused:
        await counter.voucher_desk.pay(awarded.number, a_payment(500_01, payment_id="p2"), adviser="jan")
    assert refused.value.left_cents == 500_00
    assert (await budget(counter)).paid == 1_000_00


async def test_payments_at_once_never_go_over_the_award(counter: Counter, awarded: VoucherReceipt) -> None:
    results = await asyncio.gather(
        *(
            counter.voucher_desk.pay(awarded.number, a_payment(500_00, payment_id=f"p{n}"), adviser="jan")
            for n in range(8)
        ),
        return_exceptions=True,
    )
    assert sum(isinstance(result, VoucherReceipt) for result in results) == 3
    assert (await budget(counter)).paid == 1_500_00


async def test_nothing_is_paid_of_what_was_not_awarded(counter: Counter, conversation: str) -> None:
    receipt = await counter.vouchers.apply(an_application(conversation))
    with pytest.raises(NotAwardedError):
        await counter.voucher_desk.pay(receipt.number, a_payment(), adviser="jan")
    with pytest.raises(UnknownVoucherError):
        await counter.voucher_desk.pay("V-0000-0000", a_payment(), adviser="jan")


async def test_a_payment_by_mistake_is_put_right_and_both_stay_in_the_books(
    counter: Counter, awarded: VoucherReceipt
) -> None:
    number = awarded.number
    await counter.voucher_desk.pay(number, a_payment(900_00, is_last=True), adviser="jan")
    for _ in range(2):
        back = await counter.voucher_desk.take_back(number, "p1", adviser="mila", reason="verkeerde")
    assert back.state is VoucherState.AWARDED
    assert await budget(counter) == Budget(available=BUDGET - 1_500_00, reserved=0, awarded=1_500_00, paid=0)
    [payment] = (await counter.vouchers.application(number)).payments
    assert payment.is_reversed
    with pytest.raises(UnknownPaymentError):
        await counter.voucher_desk.take_back(number, "p9", adviser="mila", reason="verkeerde")
    await counter.voucher_desk.pay(number, a_payment(payment_id="p2"), adviser="jan")
    assert await state(counter, number) is VoucherState.USED


async def test_a_rest_that_somebody_else_got_meanwhile_is_not_taken_from_them(
    counter: Counter, awarded: VoucherReceipt
) -> None:
    await counter.voucher_desk.pay(awarded.number, a_payment(900_00, is_last=True), adviser="jan")
    free = (await budget(counter)).available // 100
    await counter.schemes.move_budget(VoucherKind.OPLEIDING, -free, movement_id="leeg", by="mila")
    with pytest.raises(VoucherBudgetSpentError):
        await counter.voucher_desk.take_back(awarded.number, "p1", adviser="mila", reason="verkeerde")
    assert await state(counter, awarded.number) is VoucherState.USED
    assert (await budget(counter)).paid == 900_00


async def test_an_award_that_is_not_used_in_time_flows_back_and_its_holder_is_told_before(
    counter: Counter, awarded: VoucherReceipt, conversation: str, clock: SettableClock
) -> None:
    async def look_on(day: date) -> str:
        clock.now = clock.now.replace(year=day.year, month=day.month, day=day.day)
        # Several processes look, and look again half a minute later.
        await asyncio.gather(*(counter.voucher_upkeep.look() for _ in range(3)))
        return await last_told(counter, conversation)

    assert (await look_on(date(2027, 10, 23))).startswith("voucher_toegekend")
    assert await look_on(date(2027, 10, 24)) == (
        f"voucher_bijna_verlopen: nummer={awarded.number}, titel=Opleidingsvoucher, datum=23-11-2027"
    )
    await look_on(date(2027, 11, 16))
    await look_on(date(2027, 11, 23))
    assert await state(counter, awarded.number) is VoucherState.AWARDED
    assert (await look_on(date(2027, 11, 24))).startswith("voucher_verlopen")
    assert await state(counter, awarded.number) is VoucherState.EXPIRED
    assert await budget(counter) == Budget(available=BUDGET, reserved=0, awarded=0, paid=0)
    told = [
        message.content.text.partition(":")[0]
        for message in (await counter.conversations.transcript(conversation)).messages
    ]
    assert told.count("voucher_bijna_verlopen") == 2
    assert told.count("voucher_verlopen") == 1


async def test_a_person_reads_everything_on_their_account_and_it_adds_up(
    counter: Counter, awarded: VoucherReceipt, conversation: str
) -> None:
    await counter.voucher_desk.pay(awarded.number, a_payment(900_00, is_last=True), adviser="jan")
    other = await counter.vouchers.apply(
        an_application(conversation, message_id="m2", kind=VoucherKind.ORIENTATIE)
    )
    account = await counter.vouchers.account_of(conversation)
    assert [(line.kind, line.number, line.balance) for line in account.statement.lines] == [
        (EntryKind.RESERVE, awarded.number, 1_500_00),
        (EntryKind.AWARD, awarded.number, 1_500_00),
        (EntryKind.PAY, awarded.number, 600_00),
        (EntryKind.RELEASE, awarded.number, 0),
        (EntryKind.RESERVE, other.number, 500_00),
    ]
    assert {line.fund.name for line in account.statement.lines} == {
        "Opleidingsfonds techniek (voorbeeld)",
        "Provincie Noord-Holland (voorbeeld)",
    }
    assert [entry.cents for entry in account.reserved] == [500_00]
    assert account.awarded == ()
    assert account.is_sample
    exported: list[dict[str, Any]] = (await counter.conversations.export(conversation))["vouchers"]
    balances = {one["number"]: [line["balance_cents"] for line in one["account"]] for one in exported}
    assert balances == {awarded.number: [1_500_00, 1_500_00, 600_00, 0], other.number: [500_00]}


async def test_erasing_lets_an_award_flow_back_and_keeps_what_was_paid_without_a_name(
    counter: Counter, awarded: VoucherReceipt, conversation: str
) -> None:
    await counter.voucher_desk.pay(awarded.number, a_payment(1_000_00), adviser="jan")
    await counter.conversations.erase(conversation)
    assert await state(counter, awarded.number) is VoucherState.WITHDRAWN
    assert await budget(counter) == Budget(available=BUDGET - 1_000_00, reserved=0, awarded=0, paid=1_000_00)
    found = await counter.vouchers.application(awarded.number)
    assert (found.name, found.receipt.goal) == (None, "")


async def test_an_award_keeps_its_person_until_it_is_used_or_runs_out(
    counter: Counter, awarded: VoucherReceipt, clock: SettableClock
) -> None:
    async def people_due() -> int:
        return (await counter.retention.preview())["gesprekken"].count

    # Over a year after the last word.
    clock.advance(days=400)
    assert await people_due() == 0
    await counter.voucher_upkeep.look()
    assert await state(counter, awarded.number) is VoucherState.EXPIRED
    # That it ran out was told, and counts as the last message.
    assert await people_due() == 0
    clock.advance(days=400)
    assert await people_due() == 1


async def test_what_was_used_keeps_nobody(
    counter: Counter, awarded: VoucherReceipt, clock: SettableClock
) -> None:
    await counter.voucher_desk.pay(awarded.number, a_payment(), adviser="jan")
    clock.advance(days=400)
    assert (await counter.retention.preview())["gesprekken"].count == 1
