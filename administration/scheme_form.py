"""The form in which an administrator writes a scheme: from a scheme to its fields, and back."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from connectors.screening import clean, refusal
from counter.accounts.model import Fund
from counter.database import new_id
from counter.schemes.model import MAX_RULES, Check, Rule, Scheme

# As many empty rules stand below those there are.
SPARE_RULES = 2
_LONGEST_NUMBER = 7
_RULE_FIELDS = ("id", "name", "text", "source", "check", "value")


@dataclass(frozen=True, kw_only=True)
class RuleFields:
    """One rule as it stands in the form."""

    id: str = ""
    name: str = ""
    text: str = ""
    source: str = ""
    check: str = ""
    value: str = ""

    @property
    def is_empty(self) -> bool:
        """Tell whether nobody wrote anything here: then it is no rule."""
        return not (self.name or self.text or self.source)


def fields_of(scheme: Scheme) -> dict[str, str]:
    """Return the fields of a scheme, but for its rules."""
    return {
        "versie": str(scheme.version),
        "titel": scheme.title,
        "doel": scheme.purpose,
        "voor_wie": scheme.who,
        "bedrag": str(scheme.amount_eur),
        "fonds": scheme.fund.id,
        "antwoord": str(scheme.answer_within_working_days),
        "gebruik": str(scheme.use_within_months),
        "open": "" if scheme.opens_on is None else scheme.opens_on.isoformat(),
        "dicht": "" if scheme.closes_on is None else scheme.closes_on.isoformat(),
        "gesloten": "ja" if scheme.is_closed else "",
        "voorbeeld": "ja" if scheme.is_sample else "",
        "papieren": "\n".join(scheme.documents),
        "bezwaar": scheme.objection_to,
    }


def rules_of(scheme: Scheme) -> list[RuleFields]:
    """Return the rules of a scheme as they stand in the form, with room for more."""
    there = [
        RuleFields(
            id=rule.id,
            name=rule.name,
            text=rule.text,
            source=rule.source,
            check="" if rule.check is None else rule.check.value,
            value="" if rule.value is None else str(rule.value),
        )
        for rule in scheme.rules
    ]
    return _with_room(there)


def rules_in(form: Mapping[str, str]) -> list[RuleFields]:
    """Return the rules that somebody wrote, with room for more."""
    written = [
        RuleFields(**{name: clean(form.get(f"regel-{place}-{name}", "")) for name in _RULE_FIELDS})
        for place in range(MAX_RULES + SPARE_RULES)
    ]
    return _with_room([rule for rule in written if not rule.is_empty])


def _with_room(rules: list[RuleFields]) -> list[RuleFields]:
    return [*rules, *(RuleFields() for _ in range(SPARE_RULES))]


def scheme_in(form: Mapping[str, str], scheme: Scheme, funds: Sequence[Fund]) -> Scheme:
    """Return the scheme that somebody wrote over another; what is no number or day counts as none."""
    return replace(
        scheme,
        version=_number(form.get("versie", "")),
        fund=next((fund for fund in funds if fund.id == form.get("fonds")), scheme.fund),
        title=clean(form.get("titel", "")),
        purpose=clean(form.get("doel", "")),
        who=clean(form.get("voor_wie", "")),
        amount_eur=_number(form.get("bedrag", "")),
        answer_within_working_days=_number(form.get("antwoord", "")),
        use_within_months=_number(form.get("gebruik", "")),
        opens_on=day_in(form.get("open", "")),
        closes_on=day_in(form.get("dicht", "")),
        is_closed=form.get("gesloten") == "ja",
        is_sample=form.get("voorbeeld") == "ja",
        documents=tuple(filter(None, map(clean, form.get("papieren", "").splitlines()))),
        rules=tuple(map(_to_rule, (rule for rule in rules_in(form) if not rule.is_empty))),
        objection_to=clean(form.get("bezwaar", "")),
    )


def refused_text(form: Mapping[str, str]) -> str | None:
    """Return why what was written may not be kept, or None."""
    return next(filter(None, map(refusal, _texts(form))), None)


def _texts(form: Mapping[str, str]) -> Iterator[str]:
    return (value for value in form.values() if value)


def _to_rule(fields: RuleFields) -> Rule:
    check = next((check for check in Check if check.value == fields.check), None)
    has_number = check is not None and check.needs_value
    return Rule(
        id=fields.id or new_id(),
        name=fields.name,
        text=fields.text,
        source=fields.source,
        check=check,
        value=_number(fields.value) if has_number else None,
    )


def _number(text: str) -> int:
    text = text.strip().replace(".", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _LONGEST_NUMBER else 0


def day_in(text: str) -> date | None:
    """Return the day as a browser sends it, or None."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
