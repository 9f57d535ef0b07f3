"""Runs of retention, and who is kept longer, and keys to read a conversation.

Revision: 0012
Follows: 0011
"""

import sqlalchemy as sa
from alembic import op

import counter.database

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
    moment = counter.database.UtcDateTime()
    op.create_table(
        "retention_runs",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("began_at", moment, nullable=False),
        sa.Column("ended_at", moment, nullable=True),
        sa.Column("lease_holder", sa.String(length=36), nullable=True),
        sa.Column("lease_until", moment, nullable=True),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_retention_runs")),
    )
    op.create_table(
        "retention_outcomes",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("rule", sa.String(length=40), nullable=False),
        sa.Column("due", sa.Integer(), nullable=False),
        sa.Column("deleted", sa.Integer(), nullable=False),
        sa.Column("preserved", sa.Integer(), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["day"], ["retention_runs.day"], name=op.f("fk_retention_outcomes_day_retention_runs")
        ),
        sa.PrimaryKeyConstraint("day", "rule", name=op.f("pk_retention_outcomes")),
    )
    op.create_table(
        "preservations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.String(length=36), nullable=False),
        sa.Column("ground", sa.String(length=20), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("kept_by", sa.Text(), nullable=False),
        sa.Column("since", moment, nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("released_at", moment, nullable=True),
        sa.Column("released_by", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_preservations_conversation_id_conversations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_preservations")),
    )
    op.create_index(op.f("ix_preservations_conversation_id"), "preservations", ["conversation_id"])
    op.create_table(
        "reading_keys",
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("conversation_id", sa.String(length=36), nullable=False),
        sa.Column("expires_at", moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_reading_keys_conversation_id_conversations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_reading_keys")),
        sa.UniqueConstraint("conversation_id", name=op.f("uq_reading_keys_conversation_id")),
    )


def downgrade() -> None:
    """Take it back; who is kept longer is no longer."""
    op.drop_table("reading_keys")
    op.drop_table("preservations")
    op.drop_table("retention_outcomes")
    op.drop_table("retention_runs")
