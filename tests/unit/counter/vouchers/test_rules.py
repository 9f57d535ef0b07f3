"""The pre-check names every rule, and says no more than a machine can know."""

from dataclasses import replace

import pytest

from counter.places.gazetteer import Entry, Gazetteer
from counter.places.model import Place, Region
from counter.schemes.model import Check, Rule, Scheme, VoucherKind, faults_of
from counter.vouchers.model import Outcome
from counter.vouchers.rules import pre_check
from tests.support.schemes import sample_budgets, sample_schemes

GAZETTEER = Gazetteer(
    [
        Entry(
            place=Place(
                name="Zaandam",
                municipality="Zaanstad",
                region=Region.ZAANSTREEK_WATERLAND,
                latitude=52.4,
                longitude=4.8,
            ),
            postcode_areas=(range(1500, 1508),),
        )
    ]
)


@pytest.fixture(scope="module", params=sample_schemes(), ids=lambda scheme: scheme.kind.value)
def scheme(request: pytest.FixtureRequest) -> Scheme:
    found: Scheme = request.param
    return found


def outcome(scheme: Scheme, rule_id: str, *, age: int | None = None, postcode: str | None = None) -> Outcome:
    [found] = [
        rule.outcome
        for rule in pre_check(scheme, age=age, postcode=postcode, gazetteer=GAZETTEER)
        if rule.rule_id == rule_id
    ]
    return found


@pytest.mark.parametrize(
    ("age", "expected"), [(17, Outcome.NOT_MET), (18, Outcome.MET), (None, Outcome.UNKNOWN)]
)
def test_the_age_rule_is_met_from_the_birthday_on(scheme: Scheme, age: int | None, expected: Outcome) -> None:
    assert outcome(scheme, "minimumleeftijd", age=age) is expected


@pytest.mark.parametrize(("age", "expected"), [(27, Outcome.MET), (28, Outcome.NOT_MET)])
def test_a_rule_for_the_young_ends_after_its_age(scheme: Scheme, age: int, expected: Outcome) -> None:
    young = Rule(id="jong", name="Jong", text="t", source="s", check=Check.MAXIMUM_AGE, value=27)
    assert outcome(replace(scheme, rules=(young,)), "jong", age=age) is expected


@pytest.mark.parametrize(
    ("postcode", "expected"),
    [
        ("1506 AB", Outcome.MET),
        ("1509 AB", Outcome.UNKNOWN),
        ("3511 AB", Outcome.NOT_MET),
        ("banaan", Outcome.UNKNOWN),
        (None, Outcome.UNKNOWN),
    ],
)
def test_the_place_rule_is_met_inside_the_province(
    scheme: Scheme, postcode: str | None, expected: Outcome
) -> None:
    assert outcome(scheme, "woonplaats", postcode=postcode) is expected


def test_every_rule_is_named_with_its_source_and_those_for_a_person_stay_open(scheme: Scheme) -> None:
    outcomes = pre_check(scheme, age=34, postcode="1506 AB", gazetteer=GAZETTEER)
    assert [(rule.rule_id, rule.name, rule.text, rule.source) for rule in outcomes] == [
        (rule.id, rule.name, rule.text, rule.source) for rule in scheme.rules
    ]
    by_a_person = {rule.id for rule in scheme.rules if rule.check is None}
    assert by_a_person
    assert {rule.rule_id for rule in outcomes if rule.outcome is Outcome.UNKNOWN} == by_a_person


def test_there_is_one_sample_scheme_of_each_kind() -> None:
    schemes = sample_schemes()
    assert [scheme.kind for scheme in schemes] == list(VoucherKind)
    assert all(scheme.is_sample for scheme in schemes)
    assert all(faults_of(scheme) == () for scheme in schemes)
    budgets = sample_budgets()
    assert all(0 < scheme.amount_eur <= budgets[scheme.kind] for scheme in schemes)
    assert all("voorbeeld" in rule.source for scheme in schemes for rule in scheme.rules)
    assert all("voorbeeld" in scheme.fund.name for scheme in schemes)
    assert all("Voorbeeld" in scheme.objection_to for scheme in schemes)


def test_people_can_read_the_rules() -> None:
    sentences = [
        sentence
        for scheme in sample_schemes()
        for text in (scheme.purpose, scheme.who, *(rule.text for rule in scheme.rules))
        for sentence in text.split(". ")
    ]
    assert [sentence for sentence in sentences if len(sentence.split()) > 15] == []
