"""Reading voucher schemes; the ones that come with the project are samples."""

import json
from importlib import resources
from typing import Any

from counter.vouchers.model import Check, Rule, Scheme, VoucherKind


def load_schemes() -> tuple[Scheme, ...]:
    """Read the schemes that come with the project; reads a file at each call."""
    source = resources.files("counter.vouchers").joinpath("schemes.json")
    return tuple(_scheme(entry) for entry in json.loads(source.read_text(encoding="utf-8")))


def _scheme(entry: dict[str, Any]) -> Scheme:
    return Scheme(**{**entry, "kind": VoucherKind(entry["kind"]), "rules": tuple(map(_rule, entry["rules"]))})


def _rule(entry: dict[str, Any]) -> Rule:
    check = entry.get("check")
    return Rule(**{**entry, "check": None if check is None else Check(check)})
