"""Voucher schemes become rows that an administrator edits, each with the fund that pays.

Revision: 0024
Follows: 0023
"""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import op

from counter.database import UtcDateTime

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, and write the sample schemes with their funds."""
    funds = op.create_table(
        "funds",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_funds")),
    )
    schemes = op.create_table(
        "schemes",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", name=op.f("pk_schemes")),
    )
    versions = op.create_table(
        "scheme_versions",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("fund_id", sa.String(length=36), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("amount_eur", sa.Integer(), nullable=False),
        sa.Column("answer_within_working_days", sa.Integer(), nullable=False),
        sa.Column("use_within_months", sa.Integer(), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=True),
        sa.Column("closes_on", sa.Date(), nullable=True),
        sa.Column("is_closed", sa.Boolean(), nullable=False),
        sa.Column("is_sample", sa.Boolean(), nullable=False),
        sa.Column("documents", sa.JSON(), nullable=False),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.Column("objection_to", sa.Text(), nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["kind"], ["schemes.kind"], name=op.f("fk_scheme_versions_kind_schemes")),
        sa.ForeignKeyConstraint(["fund_id"], ["funds.id"], name=op.f("fk_scheme_versions_fund_id_funds")),
        sa.PrimaryKeyConstraint("kind", "version", name=op.f("pk_scheme_versions")),
    )
    samples = json.loads(Path(__file__).with_name("0024_sample_schemes.json").read_text(encoding="utf-8"))
    op.bulk_insert(funds, samples["funds"])
    op.bulk_insert(schemes, [{"kind": scheme["kind"], "version": 1} for scheme in samples["schemes"]])
    op.bulk_insert(versions, [_first_version(scheme, samples["all"]) for scheme in samples["schemes"]])


def _first_version(scheme: dict[str, Any], shared: dict[str, Any]) -> dict[str, Any]:
    return {
        **shared,
        # The budget goes into the books, in revision 0025.
        **{name: value for name, value in scheme.items() if name != "budget_eur"},
        "version": 1,
        "is_closed": False,
        "is_sample": True,
        "changed_by": "",
        "changed_at": datetime.now(UTC),
    }


def downgrade() -> None:
    """Take schemes back to the file."""
    for name in ("scheme_versions", "schemes", "funds"):
        op.drop_table(name)
