"""Schemes on both databases: every version is kept, and money is never taken from who has it."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from counter.accounts.model import CENTS, FunderKind
from counter.accounts.statements import faults
from counter.calendar import local_date
from counter.schemes.model import (
    BudgetInUseError,
    Check,
    Fault,
    Rule,
    Scheme,
    SchemeChangedError,
    UnknownFundError,
    VoucherKind,
    WrongSchemeError,
)
from counter.services import Counter
from counter.vouchers.model import SchemeClosedError, VoucherReceipt
from tests.contract.counter.conftest import SettableClock
from tests.contract.counter.test_vouchers import an_application
from tests.support.schemes import sample_budgets, sample_schemes

type NewConversation = Callable[[], Awaitable[str]]
KIND = VoucherKind.OPLEIDING


async def scheme_of(counter: Counter) -> Scheme:
    [scheme] = [one for one in await counter.schemes.all() if one.kind is KIND]
    return scheme


async def test_there_are_samples_to_begin_with_and_they_say_so(counter: Counter) -> None:
    found = await counter.schemes.all()
    assert [replace(scheme, changed_at=sample_schemes()[0].changed_at) for scheme in found] == list(
        sample_schemes()
    )
    budgets = await counter.schemes.budgets()
    assert {kind: budget.total // CENTS for kind, budget in budgets.items()} == sample_budgets()
    async with counter.database.reading() as session:
        assert await faults(session) == ()


async def test_every_version_is_kept_with_who_wrote_it(counter: Counter, clock: SettableClock) -> None:
    first = await scheme_of(counter)
    clock.advance(days=1)
    await counter.schemes.change(replace(first, title="Leervoucher", is_sample=False), by="mila")
    new, old = await counter.schemes.versions(KIND)
    assert (new.version, new.title, new.is_sample, new.changed_by, new.changed_at) == (
        2,
        "Leervoucher",
        False,
        "mila",
        clock(),
    )
    assert old == first
    assert await scheme_of(counter) == new


async def test_two_administrators_at_once_do_not_write_over_each_other(counter: Counter) -> None:
    first = await scheme_of(counter)
    results = await asyncio.gather(
        *(counter.schemes.change(replace(first, title=f"Titel {n}"), by=f"m{n}") for n in range(8)),
        return_exceptions=True,
    )
    assert sum(isinstance(result, Scheme) for result in results) == 1
    assert sum(isinstance(result, SchemeChangedError) for result in results) == 7
    assert len(await counter.schemes.versions(KIND)) == 2


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"title": ""}, Fault.TITLE),
        ({"amount_eur": 0}, Fault.AMOUNT),
        ({"rules": ()}, Fault.RULES),
        ({"rules": (Rule(id="x", name="Leeftijd", text="t", source=""),)}, Fault.RULES),
        (
            {"rules": (Rule(id="x", name="n", text="t", source="s", check=Check.MINIMUM_AGE),)},
            Fault.RULE_VALUE,
        ),
        ({"opens_on": date(2027, 2, 1), "closes_on": date(2027, 1, 1)}, Fault.PERIOD),
        ({"objection_to": ""}, Fault.OBJECTION),
    ],
)
async def test_a_scheme_that_cannot_be_is_refused(
    counter: Counter, change: dict[str, object], fault: Fault
) -> None:
    with pytest.raises(WrongSchemeError) as refused:
        await counter.schemes.change(replace(await scheme_of(counter), **change), by="mila")  # type: ignore[arg-type]
    assert refused.value.faults == (fault,)
    assert (await scheme_of(counter)).version == 1


async def test_an_application_keeps_the_version_it_was_made_under(
    counter: Counter, new_conversation: NewConversation
) -> None:
    receipt = await counter.vouchers.apply(an_application(await new_conversation()))
    first = await scheme_of(counter)
    stricter = (*first.rules, Rule(id="nieuw", name="Nieuw", text="Iets nieuws.", source="artikel 9"))
    await counter.schemes.change(replace(first, amount_eur=100, rules=stricter), by="mila")
    found = await counter.vouchers.application(receipt.number)
    assert found.scheme == first
    assert "nieuw" not in [check.rule_id for check in found.checks]
    later = await counter.vouchers.apply(an_application(await new_conversation()))
    assert (await counter.vouchers.application(later.number)).amount_eur == 100


@pytest.mark.parametrize("how", ["closed", "over", "not_yet"])
async def test_nobody_applies_under_a_scheme_that_is_not_open(
    counter: Counter, new_conversation: NewConversation, clock: SettableClock, how: str
) -> None:
    earlier = an_application(await new_conversation())
    receipt = await counter.vouchers.apply(earlier)
    first, today, day = await scheme_of(counter), local_date(clock()), timedelta(days=1)
    change = {
        "closed": replace(first, is_closed=True),
        "over": replace(first, closes_on=today - day),
        "not_yet": replace(first, opens_on=today + day),
    }[how]
    await counter.schemes.change(change, by="mila")
    late = await new_conversation()
    with pytest.raises(SchemeClosedError):
        await counter.vouchers.apply(an_application(late))
    assert await counter.vouchers.applications_of(late) == ()
    assert not await counter.vouchers.is_open(KIND)
    # Who applied before is not put out, also when their message arrives again.
    assert await counter.vouchers.apply(earlier) == receipt


async def test_a_budget_grows_once_however_often_the_form_is_sent(counter: Counter) -> None:
    before = (await counter.schemes.budgets())[KIND].total
    for _ in range(3):
        after = await counter.schemes.move_budget(KIND, 5_000, movement_id="f1", by="mila")
    assert after.total == before + 5_000 * CENTS


async def test_a_budget_never_falls_below_what_people_hold(
    counter: Counter, new_conversation: NewConversation
) -> None:
    await counter.vouchers.apply(an_application(await new_conversation()))
    free = (await counter.schemes.budgets())[KIND].available // CENTS
    with pytest.raises(BudgetInUseError):
        await counter.schemes.move_budget(KIND, -free - 1, movement_id="f1", by="mila")
    left = await counter.schemes.move_budget(KIND, -free, movement_id="f2", by="mila")
    assert (left.available, left.bound) == (0, 1_500 * CENTS)


async def test_a_scheme_paid_from_another_fund_leaves_earlier_money_where_it_is(
    counter: Counter, new_conversation: NewConversation
) -> None:
    conversation = await new_conversation()
    receipt = await counter.vouchers.apply(an_application(conversation))
    fund = await counter.schemes.add_fund(FunderKind.MUNICIPALITY, "Gemeente Zaanstad", fund_id="f1")
    await counter.schemes.add_fund(FunderKind.MUNICIPALITY, "Gemeente Zaanstad", fund_id="f1")
    assert [one.name for one in await counter.schemes.funds()].count("Gemeente Zaanstad") == 1
    first = await scheme_of(counter)
    await counter.schemes.change(replace(first, fund=fund), by="mila")
    assert (await counter.schemes.budgets())[KIND].total == 0
    await counter.schemes.move_budget(KIND, 3_000, movement_id="f1", by="mila")
    assert isinstance(await counter.vouchers.apply(an_application(await new_conversation())), VoucherReceipt)
    await counter.vouchers.withdraw(receipt.number, conversation)
    assert (await counter.schemes.budgets())[KIND].total == 3_000 * CENTS
    lines = (await counter.vouchers.account_of(conversation)).statement.lines
    assert {line.fund.id for line in lines} == {first.fund.id}


async def test_a_fund_gets_another_name_and_nobody_names_one_that_is_not_there(counter: Counter) -> None:
    fund = (await scheme_of(counter)).fund
    renamed = replace(fund, name="OTIB", kind=FunderKind.SECTOR_FUND)
    await counter.schemes.change_fund(renamed)
    assert (await scheme_of(counter)).fund == renamed
    with pytest.raises(UnknownFundError):
        await counter.schemes.change_fund(replace(fund, id="geen"))
