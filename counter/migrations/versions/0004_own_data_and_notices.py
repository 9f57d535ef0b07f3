"""Erasing a person, offered places, and what happens to a referral.

Revision: 0004
Follows: 0003
"""

import sqlalchemy as sa
from alembic import op

import counter.database

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_ON_LIST = sa.text("state = 'waiting' OR state = 'offered'")
_WAITING = sa.text("state = 'waiting'")
_WISHES_ERASURE = sa.text("erase_requested_at IS NOT NULL")


def upgrade() -> None:
    """Add what is kept of wishes, free places and offers; who may lose their job goes before others."""
    moment = counter.database.UtcDateTime()
    op.add_column("conversations", sa.Column("erase_requested_at", moment, nullable=True))
    op.create_index(
        "ix_conversations_erase_requested",
        "conversations",
        ["person_id"],
        sqlite_where=_WISHES_ERASURE,
        postgresql_where=_WISHES_ERASURE,
    )
    op.add_column("jobs", sa.Column("free_places", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("sign_ups", sa.Column("answer_before", moment, nullable=True))
    op.drop_index("uq_sign_ups_waiting", "sign_ups")
    op.create_index(
        "uq_sign_ups_on_list",
        "sign_ups",
        ["job_id", "person_id"],
        unique=True,
        sqlite_where=_ON_LIST,
        postgresql_where=_ON_LIST,
    )
    op.create_table(
        "referral_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("event", sa.String(length=20), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referrals.id"], name=op.f("fk_referral_events_referral_id_referrals")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral_events")),
    )
    op.create_index(op.f("ix_referral_events_referral_id"), "referral_events", ["referral_id"])
    # Everybody who is not in need makes room for who may lose their job.
    op.execute("UPDATE referrals SET priority = 2 WHERE priority = 1")


def downgrade() -> None:
    """Take it back; an offered place is a place in line again."""
    op.execute("UPDATE referrals SET priority = 1 WHERE priority = 2")
    op.drop_table("referral_events")
    op.execute("UPDATE sign_ups SET state = 'waiting' WHERE state = 'offered'")
    op.execute("UPDATE sign_ups SET state = 'left' WHERE state IN ('accepted', 'passed', 'expired')")
    op.drop_index("uq_sign_ups_on_list", "sign_ups")
    op.create_index(
        "uq_sign_ups_waiting",
        "sign_ups",
        ["job_id", "person_id"],
        unique=True,
        sqlite_where=_WAITING,
        postgresql_where=_WAITING,
    )
    op.drop_column("sign_ups", "answer_before")
    op.drop_column("jobs", "free_places")
    op.drop_index("ix_conversations_erase_requested", "conversations")
    op.drop_column("conversations", "erase_requested_at")
