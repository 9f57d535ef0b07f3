"""The sample schemes, as the database has them before anybody changed any."""

import json
from datetime import UTC, datetime
from pathlib import Path

import counter.migrations
from counter.accounts.model import Fund, FunderKind
from counter.schemes.model import Scheme, VoucherKind
from counter.schemes.storage import to_rules

_FILE = Path(counter.migrations.__file__).parent / "versions" / "0024_sample_schemes.json"


def sample_schemes() -> tuple[Scheme, ...]:
    """Return the sample scheme of each kind."""
    written = json.loads(_FILE.read_text(encoding="utf-8"))
    funds = {fund["id"]: Fund(**{**fund, "kind": FunderKind(fund["kind"])}) for fund in written["funds"]}
    return tuple(
        Scheme(
            kind=VoucherKind(scheme["kind"]),
            fund=funds[scheme["fund_id"]],
            rules=to_rules(scheme["rules"]),
            documents=tuple(scheme["documents"]),
            version=1,
            is_closed=False,
            is_sample=True,
            changed_by="",
            changed_at=datetime(2026, 11, 23, tzinfo=UTC),
            **{name: scheme[name] for name in ("title", "purpose", "who", "amount_eur")},
            **written["all"],
        )
        for scheme in written["schemes"]
    )


def sample_budgets() -> dict[VoucherKind, int]:
    """Return the budget of each kind, in whole euros."""
    written = json.loads(_FILE.read_text(encoding="utf-8"))
    return {VoucherKind(scheme["kind"]): scheme["budget_eur"] for scheme in written["schemes"]}
