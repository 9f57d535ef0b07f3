"""The pre-check: which rules of a scheme are met, as far as a machine can tell. It decides nothing."""

from counter.places.gazetteer import Gazetteer, postcode_area
from counter.schemes.model import Check, Rule, Scheme
from counter.vouchers.model import Outcome, RuleOutcome


def pre_check(
    scheme: Scheme, *, age: int | None, postcode: str | None, gazetteer: Gazetteer
) -> tuple[RuleOutcome, ...]:
    """Return every rule of the scheme by name, with its outcome and its source."""
    return tuple(
        RuleOutcome(
            rule_id=rule.id,
            name=rule.name,
            text=rule.text,
            source=rule.source,
            outcome=_outcome(rule, age=age, postcode=postcode, gazetteer=gazetteer),
        )
        for rule in scheme.rules
    )


def _outcome(rule: Rule, *, age: int | None, postcode: str | None, gazetteer: Gazetteer) -> Outcome:
    match rule.check:
        case Check.MINIMUM_AGE if age is not None and rule.value is not None:
            return _met(age >= rule.value)
        case Check.MAXIMUM_AGE if age is not None and rule.value is not None:
            return _met(age <= rule.value)
        case Check.LIVES_IN_PROVINCE if postcode is not None and postcode_area(postcode) is not None:
            if gazetteer.by_postcode(postcode) is not None:
                return Outcome.MET
            # New streets get postcodes that our list does not have yet.
            return Outcome.UNKNOWN if gazetteer.may_lie_inside(postcode) else Outcome.NOT_MET
        case _:
            return Outcome.UNKNOWN


def _met(is_met: bool) -> Outcome:  # noqa: FBT001 - what it turns into an outcome
    return Outcome.MET if is_met else Outcome.NOT_MET
