"""What an entry in the books must be before anybody writes it down."""

from datetime import date

import pytest

from counter.accounts import model
from counter.accounts.model import EntryKind, Holding, JournalEntry, Posting, Pot, UnbalancedEntryError

TODAY = date(2026, 11, 23)
POT = Pot(fund_id="provincie", name="opleiding")
HELD = Holding(pot=POT, person_id="fatima", number="V-1")


def an_entry(*postings: tuple[model.Account, int]) -> JournalEntry:
    return JournalEntry(
        reference="r",
        kind=EntryKind.DEPOSIT,
        about="opleiding",
        on=TODAY,
        postings=tuple(Posting(account=account, cents=cents) for account, cents in postings),
    )


@pytest.mark.parametrize(
    "postings",
    [
        pytest.param([], id="nothing"),
        pytest.param([(POT.available, 5)], id="one side"),
        pytest.param([(POT.funder, -5), (POT.available, 4)], id="a cent short"),
        pytest.param([(POT.available, -5), (POT.available, 5)], id="one account twice"),
        pytest.param([(POT.funder, 0), (POT.available, 0)], id="nought"),
        pytest.param(
            [(POT.funder, -5), (Pot(fund_id="gemeente", name="opleiding").available, 5)], id="two funds"
        ),
    ],
)
def test_an_entry_that_does_not_balance_cannot_exist(postings: list[tuple[model.Account, int]]) -> None:
    with pytest.raises(UnbalancedEntryError):
        an_entry(*postings)


def test_a_payment_for_nothing_cannot_exist() -> None:
    with pytest.raises(UnbalancedEntryError):
        model.pay(HELD, "School", 0, payment_id="1", on=TODAY)


def test_a_reversal_is_the_same_the_other_way_round() -> None:
    payment = model.pay(HELD, "School", 5, payment_id="1", on=TODAY)
    back = model.reversal(payment, on=TODAY)
    assert {(p.account, -p.cents) for p in back.postings} == {(p.account, p.cents) for p in payment.postings}
    assert back.about == payment.about
    assert back.reference != payment.reference


def test_a_trainer_has_one_account_with_a_fund_however_the_name_is_typed() -> None:
    assert POT.paid_to(" Lasschool  Noord").code == POT.paid_to("LASSCHOOL noord").code
    assert POT.paid_to("Lasschool Zuid").code != POT.paid_to("Lasschool Noord").code


def test_what_is_rest_after_an_award_flows_back_in_one_entry() -> None:
    entry = model.release(HELD, awarded=5, reference="V-1 rest", on=TODAY)
    assert {(p.account.code, p.cents) for p in entry.postings} == {
        ("awarded/V-1", -5),
        ("available/provincie/opleiding", 5),
    }
