"""The pre-check names every rule, and says no more than a machine can know."""

import pytest

from counter.places.gazetteer import Entry, Gazetteer
from counter.places.model import Place, Region
from counter.vouchers.model import Outcome, Scheme, VoucherKind
from counter.vouchers.rules import pre_check
from counter.vouchers.schemes import load_schemes

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


@pytest.fixture(scope="module", params=load_schemes(), ids=lambda scheme: scheme.kind.value)
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
    assert [(rule.rule_id, rule.text, rule.source) for rule in outcomes] == [
        (rule.id, rule.text, rule.source) for rule in scheme.rules
    ]
    by_a_person = {rule.id for rule in scheme.rules if rule.check is None}
    assert by_a_person
    assert {rule.rule_id for rule in outcomes if rule.outcome is Outcome.UNKNOWN} == by_a_person


def test_there_is_one_sample_scheme_of_each_kind() -> None:
    schemes = load_schemes()
    assert [scheme.kind for scheme in schemes] == list(VoucherKind)
    assert all(scheme.is_sample for scheme in schemes)
    assert all(0 < scheme.amount_eur <= scheme.budget_eur for scheme in schemes)
    assert {rule.source for scheme in schemes for rule in scheme.rules} == {"voorbeeldregeling"}


def test_people_can_read_the_rules() -> None:
    sentences = [
        sentence
        for scheme in load_schemes()
        for text in (scheme.purpose, *(rule.text for rule in scheme.rules))
        for sentence in text.split(". ")
    ]
    assert [sentence for sentence in sentences if len(sentence.split()) > 15] == []
