"""The development account in conversation: in euros, with what happened on it, and called what it is."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from bot.actions.gegevens_account import RESPONSE_TO_ENTRY, ShowAccountAction
from counter.accounts.model import EntryKind, Fund, FunderKind, Statement, StatementLine
from counter.schemes.model import VoucherKind
from counter.vouchers.model import AccountEntry, DevelopmentAccount
from tests.support.schemes import sample_schemes

EMPTY = DevelopmentAccount(awarded=(), reserved=(), statement=Statement(lines=()), is_sample=False)


class FakeVouchers:
    """One person's account."""

    def __init__(self) -> None:
        self.account = EMPTY

    async def account_of(self, _conversation_id: str) -> DevelopmentAccount:
        return self.account

    async def schemes(self) -> tuple:
        return sample_schemes()


@pytest.fixture(autouse=True)
def vouchers(counter: SimpleNamespace) -> FakeVouchers:
    counter.vouchers = FakeVouchers()
    return counter.vouchers


def a_line(kind: EntryKind = EntryKind.PAY, *, awarded: int = 0, reserved: int = 0) -> StatementLine:
    return StatementLine(
        kind=kind,
        number="V-1",
        pot="opleiding",
        fund=Fund(id="f", kind=FunderKind.PROVINCE, name="Provincie"),
        on=date(2026, 11, 24),
        at=datetime(2026, 11, 24, 9, tzinfo=UTC),
        cents=250_00,
        change=0,
        reserved=reserved,
        awarded=awarded,
        payee=None,
    )


async def test_an_account_is_shown_in_euros_and_says_what_is_a_sample(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    await ShowAccountAction(counter).run(dispatcher, turn("x"), {})
    counter.vouchers.account = DevelopmentAccount(
        awarded=(AccountEntry(number="V-1", kind=VoucherKind.OPLEIDING, cents=1250_50),),
        reserved=(AccountEntry(number="V-2", kind=VoucherKind.ORIENTATIE, cents=500_00),),
        statement=Statement(lines=(a_line(awarded=1250_50, reserved=500_00),)),
        is_sample=True,
    )
    await ShowAccountAction(counter).run(dispatcher, turn("x"), {})
    assert said() == [
        "utter_gegevens_rekening_leeg",
        "utter_gegevens_rekening",
        "utter_gegevens_rekening_toegekend",
        "utter_gegevens_rekening_gereserveerd",
        "utter_voucher_voorbeeld",
        "utter_gegevens_rekening_verder",
    ]
    total = dispatcher.messages[1]
    assert (total["toegekend"], total["gereserveerd"]) == ("1.250,50", "€ 500")


async def test_what_happened_on_an_account_is_told_an_entry_a_card_and_no_more_than_five(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    kinds = (EntryKind.RESERVE, EntryKind.RESERVE, *RESPONSE_TO_ENTRY)
    lines = tuple(a_line(kind, awarded=n * 100) for n, kind in enumerate(kinds))
    counter.vouchers.account = replace(EMPTY, statement=Statement(lines=lines))
    asked = turn("x", entities={"onderdeel": "verloop"})
    await ShowAccountAction(counter).run(dispatcher, asked, {})
    assert said() == [*RESPONSE_TO_ENTRY.values(), "utter_gegevens_rekening_verder"]
    told = dispatcher.messages[0]
    assert (told["nummer"], told["dag"], told["fonds"]) == ("V-1", "24-11-2026", "Provincie")
    assert (told["bedrag"], told["stand"]) == ("250", "2")
