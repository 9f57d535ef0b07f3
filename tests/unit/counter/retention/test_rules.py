"""The rules are data: complete, explained, and never so short that they delete what is in use."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter.retention.model import Rule, WrongRulesError, check_rules, months_before
from counter.retention.rules import load_rules

A_RULE = '[gesprekken]\nwat = "w"\nna_maanden = 12\nwaarom = "y"\nvoorbeeld = false\n'


def a_rule(months: int, name: str = "gesprekken") -> Rule:
    return Rule(name=name, what="w", months=months, why="y", is_sample=False)


def test_the_rules_of_the_project_say_what_and_why_and_that_terms_are_samples() -> None:
    rules = load_rules()
    assert rules["gesprekken"].months == 12
    assert all(rule.what and rule.why for rule in rules.values())
    assert all(rule.is_sample for rule in rules.values() if rule.months)


@pytest.mark.parametrize(
    "text",
    [
        "[gesprekken",
        A_RULE.replace("12", '"twaalf"'),
        A_RULE.replace("12", "true"),
        A_RULE.replace("12", "12.5"),
        A_RULE.replace('waarom = "y"\n', ""),
        A_RULE + "na_dagen = 3\n",
        "gesprekken = 12\n",
    ],
)
def test_a_file_that_is_not_understood_whole_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "termijnen.toml"
    file.write_text(text)
    with pytest.raises(WrongRulesError):
        load_rules(file)


def test_a_file_of_ones_own_is_read(tmp_path: Path) -> None:
    file = tmp_path / "termijnen.toml"
    file.write_text(A_RULE.replace("12", "24"))
    assert load_rules(file)["gesprekken"].months == 24


@pytest.mark.parametrize("months", [0, -1])
def test_a_rule_that_would_delete_what_is_in_use_is_refused(months: int) -> None:
    with pytest.raises(WrongRulesError, match="at least 1"):
        check_rules({"gesprekken": a_rule(months)}, {"gesprekken": 1})


def test_a_rule_that_is_missing_and_one_about_nothing_are_refused() -> None:
    with pytest.raises(WrongRulesError, match=r"\[gesprekken\] is missing"):
        check_rules({}, {"gesprekken": 1})
    with pytest.raises(WrongRulesError, match=r"\[iets\] is about nothing"):
        check_rules({"iets": a_rule(1, "iets")}, {})


@given(
    st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2090, 1, 1)),  # noqa: DTZ001
    st.integers(0, 240),
)
def test_months_earlier_is_the_same_day_or_the_last_of_a_shorter_month(moment: datetime, months: int) -> None:
    moment = moment.replace(tzinfo=UTC)
    earlier = months_before(moment, months)
    assert (moment.year - earlier.year) * 12 + moment.month - earlier.month == months
    assert earlier.timetz() == moment.timetz()
    assert earlier.day == moment.day or (earlier.day < moment.day and earlier.day >= 28)
