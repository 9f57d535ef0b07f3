"""What happens to a referral once a coach looks at it.

Revision: 0010
Follows: 0009
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

import counter.database

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_OPEN = sa.text("closed_at IS NULL")
_WAS_OPEN = sa.text("state = 'open'")
_IN_LINE = sa.text("state = 'waiting'")


def _columns() -> dict[str, sa.types.TypeEngine[Any]]:
    moment, person = counter.database.UtcDateTime(), sa.String(length=36)
    return {
        "language": sa.String(length=10),
        "position_at_first": sa.Integer(),
        "first_claimed_at": moment,
        "coach_id": person,
        "coach_name": sa.Text(),
        "coach_since": moment,
        "offered_by": person,
        "offered_to_coach": person,
        "offered_to_organisation": sa.Text(),
        "offered_until": moment,
        "escalated_at": moment,
        "call_back_from": moment,
        "call_back_until": moment,
        "summary": sa.Text(),
        "remind_at": moment,
        "outcome": sa.String(length=20),
        "helped": sa.String(length=10),
        "helped_comment": sa.Text(),
    }


def upgrade() -> None:
    """Add the desk; who was open waits in line."""
    op.add_column("messages", sa.Column("response", sa.String(length=100), nullable=False, server_default=""))
    op.add_column("messages", sa.Column("author", sa.Text(), nullable=False, server_default=""))
    for name, type_ in _columns().items():
        op.add_column("referrals", sa.Column(name, type_, nullable=True))
    op.add_column("referral_events", sa.Column("staff_id", sa.String(length=36), nullable=True))
    op.drop_index("uq_referrals_open", "referrals")
    op.execute("UPDATE referrals SET state = 'waiting' WHERE state = 'open'")
    op.create_index(
        "uq_referrals_open",
        "referrals",
        ["person_id"],
        unique=True,
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    )
    op.create_index(
        "ix_referrals_in_line",
        "referrals",
        ["priority", "id"],
        sqlite_where=_IN_LINE,
        postgresql_where=_IN_LINE,
    )
    for name in ("coach_id", "offered_to_coach"):
        op.create_index(op.f(f"ix_referrals_{name}"), "referrals", [name])
    _create_tables()


def _create_tables() -> None:
    moment = counter.database.UtcDateTime()
    op.create_table(
        "private_notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.String(length=36), nullable=True),
        sa.Column("author", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("client_id", sa.String(length=100), nullable=True),
        sa.Column("at", moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referrals.id"], name=op.f("fk_private_notes_referral_id_referrals")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_private_notes")),
        sa.UniqueConstraint("referral_id", "client_id", name=op.f("uq_private_notes_referral_id_client_id")),
    )
    op.create_index(op.f("ix_private_notes_referral_id"), "private_notes", ["referral_id"])
    op.create_table(
        "referral_labels",
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=30), nullable=False),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referrals.id"], name=op.f("fk_referral_labels_referral_id_referrals")
        ),
        sa.PrimaryKeyConstraint("referral_id", "label", name=op.f("pk_referral_labels")),
    )
    op.create_table(
        "presence",
        sa.Column("staff_id", sa.String(length=36), nullable=False),
        sa.Column("chosen", sa.String(length=10), nullable=False),
        sa.Column("seen_at", moment, nullable=False),
        sa.Column("active_at", moment, nullable=False),
        sa.Column("looking_at", sa.String(length=20), nullable=True),
        sa.PrimaryKeyConstraint("staff_id", name=op.f("pk_presence")),
    )


def downgrade() -> None:
    """Take it back; who is with a coach waits again."""
    for table in ("presence", "referral_labels", "private_notes"):
        op.drop_table(table)
    for name in ("coach_id", "offered_to_coach"):
        op.drop_index(op.f(f"ix_referrals_{name}"), "referrals")
    op.drop_index("ix_referrals_in_line", "referrals")
    op.drop_index("uq_referrals_open", "referrals")
    op.execute("UPDATE referrals SET state = 'open' WHERE closed_at IS NULL")
    op.execute("UPDATE referrals SET state = 'cancelled' WHERE closed_at IS NOT NULL")
    op.execute("UPDATE conversations SET owner = 'waiting' WHERE owner = 'coach'")
    op.create_index(
        "uq_referrals_open",
        "referrals",
        ["person_id"],
        unique=True,
        sqlite_where=_WAS_OPEN,
        postgresql_where=_WAS_OPEN,
    )
    op.drop_column("referral_events", "staff_id")
    for name in _columns():
        op.drop_column("referrals", name)
    op.drop_column("messages", "author")
    op.drop_column("messages", "response")
