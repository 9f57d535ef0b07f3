"""Schemes as an administrator looks after them: written, closed and funded, by name, losing none."""

import pytest

from administration.scheme_form import fields_of, rules_of
from counter.accounts.model import CENTS
from counter.schemes.model import Check, Scheme, VoucherKind
from counter.services import Counter
from tests.contract.counter.test_vouchers import an_application
from tests.contract.staff_entrance.conftest import Client
from tests.support.staff import send

PAGE = "/beheer/regelingen"
OPLEIDING = f"{PAGE}/opleiding"


async def scheme_of(counter: Counter) -> Scheme:
    [scheme] = [one for one in await counter.schemes.all() if one.kind is VoucherKind.OPLEIDING]
    return scheme


def form_of(scheme: Scheme, **changed: str) -> dict[str, str]:
    """Return the form as a browser would send it."""
    rules = {
        f"regel-{place}-{name}": value
        for place, rule in enumerate(rules_of(scheme))
        for name, value in vars(rule).items()
    }
    return {**fields_of(scheme), **rules, **changed}


async def text_of(client: Client, path: str) -> str:
    response = await client.get(path)
    assert response.status == 200
    return await response.text()


async def test_every_scheme_is_shown_with_its_money_and_called_a_sample(administrator: Client) -> None:
    assert (await administrator.get("/beheer", allow_redirects=False)).headers["Location"] == PAGE
    page = await text_of(administrator, PAGE)
    for part in ("Opleidingsvoucher", "voorbeeld", "€ 300.000", "Opleidingsfonds techniek (voorbeeld)"):
        assert part in page
    assert "/beheer/regelingen" in await text_of(administrator, "/account")


async def test_a_form_that_changes_nothing_keeps_everything_as_it_was(
    administrator: Client, counter: Counter
) -> None:
    before = await scheme_of(counter)
    assert (await send(administrator, OPLEIDING, **form_of(before))).status == 303
    after = await scheme_of(counter)
    assert (after.version, after.changed_by) == (2, "Mila")
    assert form_of(after) == form_of(before, versie="2")
    assert "Versie 2" in await text_of(administrator, OPLEIDING)
    assert "niets" in await text_of(administrator, OPLEIDING)


async def test_a_real_scheme_takes_the_place_of_the_sample(administrator: Client, counter: Counter) -> None:
    before = await scheme_of(counter)
    rules = {
        "regel-0-name": "",
        "regel-0-text": "",
        "regel-0-source": "",
        "regel-4-name": "Jong",
        "regel-4-text": "Je bent hooguit 27 jaar.",
        "regel-4-source": "Regeling, artikel 3",
        "regel-4-check": "maximum_age",
        "regel-4-value": "27",
    }
    changed = form_of(
        before,
        titel="Leervoucher",
        bedrag="1.750",
        voorbeeld="",
        dicht="2027-12-31",
        papieren="Offerte\n\n",
        **rules,
    )
    answer = await send(administrator, OPLEIDING, **changed)
    assert answer.headers["Location"] == f"{OPLEIDING}?melding=bewaard"
    after = await scheme_of(counter)
    assert (after.title, after.amount_eur, after.is_sample, after.documents) == (
        "Leervoucher",
        1_750,
        False,
        ("Offerte",),
    )
    assert "minimumleeftijd" not in [rule.id for rule in after.rules]
    assert [rule.id for rule in before.rules[1:]] == [rule.id for rule in after.rules[:-1]]
    young = after.rules[-1]
    assert (young.name, young.check, young.value) == ("Jong", Check.MAXIMUM_AGE, 27)
    page = await text_of(administrator, f"{OPLEIDING}?melding=bewaard")
    assert "naam, bedrag, einde, voorbeeld of echt, papieren, regels" in page
    assert "Bewaard." in page


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        pytest.param({"titel": ""}, "Geef de regeling een naam", id="no title"),
        pytest.param({"bedrag": "veel"}, "Typ het bedrag", id="no amount"),
        pytest.param({"regel-0-source": ""}, "een naam, een tekst en een bron", id="a rule without a source"),
        pytest.param({"regel-0-value": "oud"}, "Typ een leeftijd", id="an age that is none"),
        pytest.param({"open": "2027-02-01", "dicht": "2027-01-01"}, "na de eerste dag", id="over at once"),
        pytest.param({"doel": "bel 111222333"}, "burgerservicenummer", id="a BSN"),
    ],
)
async def test_a_scheme_that_cannot_be_is_refused_and_what_was_typed_stays(
    administrator: Client, counter: Counter, wrong: dict[str, str], told: str
) -> None:
    before = await scheme_of(counter)
    answer = await send(administrator, OPLEIDING, **form_of(before, bezwaar="Postbus 9", **wrong))
    page = await answer.text()
    assert answer.status == 422
    assert told in page
    assert "Postbus 9" in page
    assert (await scheme_of(counter)).version == 1


async def test_who_writes_over_a_newer_version_is_told(administrator: Client, counter: Counter) -> None:
    before = await scheme_of(counter)
    assert (await send(administrator, OPLEIDING, **form_of(before, titel="Eerste"))).status == 303
    late = await send(administrator, OPLEIDING, **form_of(before, titel="Tweede"))
    assert late.status == 422
    assert "Iemand anders heeft deze regeling net veranderd" in await late.text()
    assert (await scheme_of(counter)).title == "Eerste"


async def test_a_budget_grows_once_and_never_falls_below_what_people_hold(
    administrator: Client, counter: Counter
) -> None:
    conversation = await counter.conversations.open("website")
    await counter.vouchers.apply(an_application(conversation.id))
    form = {"formulier": "f1", "richting": "erbij", "bedrag": "5.000"}
    for _ in range(2):
        assert (await send(administrator, f"{OPLEIDING}/budget", **form)).status == 303
    assert (await counter.schemes.budgets())[VoucherKind.OPLEIDING].total == 305_000 * CENTS
    too_much = {"formulier": "f2", "richting": "terug", "bedrag": "304000"}
    answer = await send(administrator, f"{OPLEIDING}/budget", **too_much)
    assert answer.status == 422
    assert "Zoveel is er niet vrij" in await answer.text()
    for nothing in ("0", "veel", "1,50", "2000000"):
        answer = await send(administrator, f"{OPLEIDING}/budget", **form | {"bedrag": nothing})
        assert answer.status == 422
    page = await text_of(administrator, OPLEIDING)
    assert "€ 5.000 erbij, Opleidingsfonds techniek (voorbeeld), door Mila" in page


async def test_funds_are_added_once_renamed_and_chosen(administrator: Client, counter: Counter) -> None:
    funds = f"{PAGE}/fondsen"
    form = {"formulier": "f1", "naam": "Gemeente Zaanstad", "soort": "municipality"}
    for _ in range(2):
        assert (await send(administrator, funds, **form)).status == 303
    assert (await text_of(administrator, funds)).count("Gemeente Zaanstad") == 2  # its summary and its field
    assert (await send(administrator, f"{funds}/f1", naam="Zaanstad", soort="municipality")).status == 303
    for wrong in ({"naam": " "}, {"soort": "bank"}):
        assert (await send(administrator, funds, **form | wrong)).status == 422
        assert (await send(administrator, f"{funds}/f1", **form | wrong)).status == 422
    assert (await send(administrator, f"{funds}/f9", naam="Zaanstad", soort="municipality")).status == 404
    before = await scheme_of(counter)
    assert (await send(administrator, OPLEIDING, **form_of(before, fonds="f1"))).status == 303
    assert (await scheme_of(counter)).fund.name == "Zaanstad"


async def test_a_scheme_nobody_has_is_not_found(administrator: Client) -> None:
    for path in (f"{PAGE}/anders", f"{PAGE}/anders/budget"):
        assert (await send(administrator, path)).status == 404
    assert (await administrator.get(f"{PAGE}/anders")).status == 404
