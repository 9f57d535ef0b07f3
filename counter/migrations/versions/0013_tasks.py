"""What Noor does for coaches, and what the bot has not heard of a talk with one.

Revision: 0013
Follows: 0012
"""

import sqlalchemy as sa
from alembic import op

import counter.database

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of tasks, and let a conversation know from where the bot was not there."""
    op.create_table(
        "tasks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.String(length=36), nullable=True),
        sa.Column("coach_id", sa.String(length=36), nullable=False),
        sa.Column("coach_name", sa.Text(), nullable=False),
        sa.Column("flow", sa.String(length=40), nullable=True),
        sa.Column("questions", sa.JSON(), nullable=False),
        sa.Column("returns", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("cause", sa.String(length=20), nullable=True),
        sa.Column("ended_by", sa.String(length=36), nullable=True),
        sa.Column("assigned_at", counter.database.UtcDateTime(), nullable=False),
        sa.Column("ended_at", counter.database.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_tasks_conversation_id_conversations"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referrals.id"], name=op.f("fk_tasks_referral_id_referrals")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tasks")),
    )
    op.create_index(op.f("ix_tasks_conversation_id"), "tasks", ["conversation_id"])
    op.create_index(op.f("ix_tasks_referral_id"), "tasks", ["referral_id"])
    op.create_index(
        "uq_tasks_open",
        "tasks",
        ["conversation_id"],
        unique=True,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.add_column("conversations", sa.Column("unheard_from", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Take it back."""
    op.drop_column("conversations", "unheard_from")
    op.drop_table("tasks")
