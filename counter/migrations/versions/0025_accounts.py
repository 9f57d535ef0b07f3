"""The books: accounts, journal entries and postings, over which the database keeps watch.

The money of vouchers moves into them: what a kind may spend, and what people were promised of it.

Revision: 0025
Follows: 0024
"""

import json
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import op

from counter.database import UtcDateTime

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

_CENTS = 100
# Nobody loses a voucher by an update: what was awarded before can be used for at least this long.
_USE, _LEAST_USE = timedelta(days=365), timedelta(days=90)
_OPEN = sa.text("state = 'submitted'")
_APPEND_ONLY = ("journal_entries", "postings")
_DOES_NOT_BALANCE = "SELECT COUNT(*) < 2 OR SUM(cents) <> 0 FROM postings WHERE entry_id = NEW.id"
_IS_CLOSED = "SELECT EXISTS (SELECT 1 FROM journal_entries WHERE id = NEW.entry_id)"


def upgrade() -> None:
    """Make the books, have the database guard them, and book what was put in and promised so far."""
    _create_tables()
    if op.get_bind().dialect.name == "postgresql":
        _watch_on_postgresql()
    else:
        _watch_on_sqlite()
    _change_vouchers()
    op.drop_table("voucher_budgets")
    _open_books()


def _create_tables() -> None:
    op.create_table(
        "accounts",
        sa.Column("code", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("fund_id", sa.String(length=36), nullable=False),
        sa.Column("pot", sa.String(length=20), nullable=True),
        sa.Column("person_id", sa.String(length=36), nullable=True),
        sa.Column("payee", sa.String(length=100), nullable=True),
        sa.Column("balance_cents", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("balance_cents >= 0 OR kind = 'funder'", name=op.f("ck_accounts_not_overdrawn")),
        sa.ForeignKeyConstraint(["fund_id"], ["funds.id"], name=op.f("fk_accounts_fund_id_funds")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_accounts_person_id_people")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_accounts")),
    )
    op.create_index(op.f("ix_accounts_fund_id"), "accounts", ["fund_id"])
    op.create_index(op.f("ix_accounts_person_id"), "accounts", ["person_id"])
    op.create_table(
        "journal_entries",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("reference", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("about", sa.String(length=40), nullable=False),
        sa.Column("actor", sa.Text(), nullable=True),
        sa.Column("booked_on", sa.Date(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_entries")),
        sa.UniqueConstraint("reference", name=op.f("uq_journal_entries_reference")),
    )
    op.create_index(op.f("ix_journal_entries_about"), "journal_entries", ["about"])
    op.create_table(
        "postings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.String(length=36), nullable=False),
        sa.Column("account_code", sa.String(length=100), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("cents <> 0", name=op.f("ck_postings_not_nought")),
        sa.ForeignKeyConstraint(
            ["account_code"], ["accounts.code"], name=op.f("fk_postings_account_code_accounts")
        ),
        # Postings come before the entry that closes them.
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["journal_entries.id"],
            name=op.f("fk_postings_entry_id_journal_entries"),
            deferrable=True,
            initially="DEFERRED",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_postings")),
        sa.UniqueConstraint("entry_id", "account_code", name=op.f("uq_postings_entry_id_account_code")),
    )
    op.create_index(op.f("ix_postings_account_code"), "postings", ["account_code"])


def _watch_on_sqlite() -> None:
    refusals = [
        ("journal_entries_balance", "INSERT ON journal_entries", f"WHEN ({_DOES_NOT_BALANCE})"),
        ("postings_before_their_entry", "INSERT ON postings", f"WHEN ({_IS_CLOSED})"),
    ]
    for table in _APPEND_ONLY:
        refusals += [
            (f"{table}_no_{verb.lower()}", f"{verb} ON {table}", "") for verb in ("UPDATE", "DELETE")
        ]
    for name, event, when in refusals:
        op.execute(f"CREATE TRIGGER {name} BEFORE {event} {when} BEGIN SELECT RAISE(ABORT, '{name}'); END")


def _watch_on_postgresql() -> None:
    for name, table, wrong in (
        ("journal_entries_balance", "journal_entries", _DOES_NOT_BALANCE),
        ("postings_before_their_entry", "postings", _IS_CLOSED),
    ):
        op.execute(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF ({wrong}) THEN RAISE EXCEPTION '{name}' USING ERRCODE = 'check_violation'; END IF; "
            "RETURN NEW; END $$"
        )
        op.execute(f"CREATE TRIGGER {name} BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")
    op.execute(
        "CREATE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "RAISE EXCEPTION '% is only ever added to', TG_TABLE_NAME USING ERRCODE = 'check_violation'; END $$"
    )
    for table in _APPEND_ONLY:
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION append_only()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_never_emptied BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION append_only()"
        )


def _change_vouchers() -> None:
    _take_events_away()
    op.drop_index("uq_vouchers_open", "vouchers")
    with op.batch_alter_table("vouchers") as vouchers:
        vouchers.drop_constraint(op.f("fk_vouchers_kind_voucher_budgets"), type_="foreignkey")
        vouchers.add_column(sa.Column("scheme_version", sa.Integer(), nullable=False, server_default="1"))
        vouchers.add_column(sa.Column("documents", sa.JSON(), nullable=False, server_default="[]"))
        vouchers.add_column(sa.Column("use_before", sa.Date(), nullable=True))
        vouchers.add_column(sa.Column("object_before", sa.Date(), nullable=True))
        vouchers.add_column(sa.Column("reminders", sa.Integer(), nullable=False, server_default="0"))
        vouchers.create_foreign_key(
            op.f("fk_vouchers_kind_scheme_versions"),
            "scheme_versions",
            ["kind", "scheme_version"],
            ["kind", "version"],
        )
    _index_open()
    _bring_events_back()


def _index_open() -> None:
    op.create_index(
        "uq_vouchers_open",
        "vouchers",
        ["person_id", "kind"],
        unique=True,
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    )


def _take_events_away() -> None:
    """SQLite makes a table anew to change it, which nothing may refer to meanwhile."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("CREATE TABLE kept_voucher_events AS SELECT * FROM voucher_events")
        op.drop_table("voucher_events")


def _bring_events_back() -> None:
    if op.get_bind().dialect.name != "sqlite":
        return
    op.create_table(
        "voucher_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("voucher_id", sa.String(length=36), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("actor", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["voucher_id"], ["vouchers.id"], name=op.f("fk_voucher_events_voucher_id_vouchers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voucher_events")),
    )
    op.create_index(op.f("ix_voucher_events_voucher_id"), "voucher_events", ["voucher_id"])
    op.execute(
        "INSERT INTO voucher_events (id, voucher_id, state, actor, reason, at) "
        "SELECT id, voucher_id, state, actor, reason, at FROM kept_voucher_events"
    )
    op.drop_table("kept_voucher_events")


def _open_books() -> None:
    """Put in each pot what its scheme may spend, and take out of it what people were promised."""
    samples = json.loads(Path(__file__).with_name("0024_sample_schemes.json").read_text(encoding="utf-8"))
    promised = _promised()
    now = datetime.now(UTC)
    for scheme in samples["schemes"]:
        kind, fund = scheme["kind"], {"fund_id": scheme["fund_id"]}
        own = [voucher for voucher in promised if voucher.kind == kind]
        cents = _CENTS * max(scheme["budget_eur"], sum(voucher.amount_eur for voucher in own))
        funder = {"code": f"funder/{scheme['fund_id']}", "kind": "funder", **fund}
        available = {
            "code": f"available/{scheme['fund_id']}/{kind}",
            "kind": "available",
            "pot": kind,
            **fund,
        }
        _post(f"budget {kind} opening", "deposit", kind, now, [(funder, -cents), (available, cents)])
        for voucher in own:
            _promise(voucher, available, now)


def _promised() -> Sequence[Any]:
    """Return the vouchers that hold money, with when they were awarded."""
    moment = UtcDateTime()
    vouchers = sa.table(
        "vouchers",
        *map(sa.column, ("id", "number", "person_id", "kind", "state", "amount_eur")),
        sa.column("submitted_at", moment),
    )
    events = sa.table("voucher_events", sa.column("voucher_id"), sa.column("state"), sa.column("at", moment))
    awarded_at = (
        sa.select(sa.func.max(events.c.at))
        .where(events.c.voucher_id == vouchers.c.id, events.c.state == "awarded")
        .scalar_subquery()
    )
    found = sa.select(vouchers, sa.type_coerce(awarded_at, moment).label("awarded_at"))
    in_order = (vouchers.c.submitted_at, vouchers.c.id)
    return (
        op.get_bind()
        .execute(found.where(vouchers.c.state.in_(["submitted", "awarded"])).order_by(*in_order))
        .all()
    )


def _promise(voucher: Any, available: dict[str, Any], now: datetime) -> None:  # noqa: ANN401 - a row
    own = {"fund_id": available["fund_id"], "pot": voucher.kind, "person_id": voucher.person_id}
    reserved = {"code": f"reserved/{voucher.number}", "kind": "reserved", **own}
    awarded = {"code": f"awarded/{voucher.number}", "kind": "awarded", **own}
    cents = voucher.amount_eur * _CENTS
    moves = [(available, -cents), (reserved, cents)]
    _post(f"{voucher.number} reserve", "reserve", voucher.number, voucher.submitted_at, moves)
    if voucher.state == "awarded":
        at = voucher.awarded_at or voucher.submitted_at
        moves = [(reserved, -cents), (awarded, cents)]
        _post(f"{voucher.number} award", "award", voucher.number, at, moves)
        vouchers = sa.table("vouchers", sa.column("id"), sa.column("use_before", sa.Date()))
        use_before = max((at + _USE).date(), (now + _LEAST_USE).date())
        op.execute(vouchers.update().where(vouchers.c.id == voucher.id).values(use_before=use_before))


def _post(
    reference: str, kind: str, about: str, at: datetime, moves: Sequence[tuple[dict[str, Any], int]]
) -> None:
    """Write an entry as the books take it: its postings first."""
    names = ("code", "kind", "fund_id", "pot", "person_id", "balance_cents")
    accounts = sa.table("accounts", *map(sa.column, names))
    postings = sa.table("postings", *map(sa.column, ("entry_id", "account_code", "cents")))
    entries = sa.table(
        "journal_entries",
        *map(sa.column, ("id", "reference", "kind", "about")),
        sa.column("booked_on", sa.Date()),
        sa.column("at", UtcDateTime()),
    )
    entry_id = str(uuid.uuid4())
    for account, cents in moves:
        is_it = accounts.c.code == account["code"]
        if op.get_bind().execute(sa.select(accounts.c.code).where(is_it)).first() is None:
            op.execute(accounts.insert().values(**account, balance_cents=0))
        op.execute(accounts.update().where(is_it).values(balance_cents=accounts.c.balance_cents + cents))
        op.execute(postings.insert().values(entry_id=entry_id, account_code=account["code"], cents=cents))
    values = {"id": entry_id, "reference": reference, "kind": kind, "about": about}
    op.execute(entries.insert().values(**values, booked_on=at.date(), at=at))


def downgrade() -> None:
    """Count euros again in place of books; an award that was used or expired counts as an award."""
    budgets = op.create_table(
        "voucher_budgets",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("reserved_eur", sa.Integer(), nullable=False),
        sa.CheckConstraint("reserved_eur >= 0", name=op.f("ck_voucher_budgets_reserved")),
        sa.PrimaryKeyConstraint("kind", name=op.f("pk_voucher_budgets")),
    )
    op.execute("UPDATE vouchers SET state = 'awarded' WHERE state IN ('used', 'expired')")
    held = (
        "SELECT kind, (SELECT COALESCE(SUM(amount_eur), 0) FROM vouchers "
        "WHERE vouchers.kind = schemes.kind AND state IN ('submitted', 'awarded')) FROM schemes"
    )
    op.execute(f"INSERT INTO {budgets.name} (kind, reserved_eur) {held}")
    _take_events_away()
    op.drop_index("uq_vouchers_open", "vouchers")
    with op.batch_alter_table("vouchers") as vouchers:
        vouchers.drop_constraint(op.f("fk_vouchers_kind_scheme_versions"), type_="foreignkey")
        for name in ("reminders", "object_before", "use_before", "documents", "scheme_version"):
            vouchers.drop_column(name)
        vouchers.create_foreign_key(
            op.f("fk_vouchers_kind_voucher_budgets"), "voucher_budgets", ["kind"], ["kind"]
        )
    _index_open()
    _bring_events_back()
    _drop_books()


def _drop_books() -> None:
    for table in ("postings", "journal_entries"):
        if op.get_bind().dialect.name == "sqlite":
            # SQLite empties a table that it drops.
            op.execute(f"DROP TRIGGER {table}_no_delete")
        op.drop_table(table)
    op.drop_table("accounts")
    if op.get_bind().dialect.name == "postgresql":
        for name in ("journal_entries_balance", "postings_before_their_entry", "append_only"):
            op.execute(f"DROP FUNCTION {name}()")
