"""Codes to go on elsewhere, and keys that no longer open a conversation.

Revision: 0007
Follows: 0006
"""

import sqlalchemy as sa
from alembic import op

import counter.database

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add both tables."""
    op.create_table(
        "continuation_codes",
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("conversation_id", sa.String(length=36), nullable=False),
        sa.Column("expires_at", counter.database.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_continuation_codes_conversation_id_conversations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_continuation_codes")),
        sa.UniqueConstraint("conversation_id", name=op.f("uq_continuation_codes_conversation_id")),
    )
    op.create_table(
        "former_keys",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("conversation_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_former_keys_conversation_id_conversations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_former_keys")),
    )
    op.create_index(op.f("ix_former_keys_conversation_id"), "former_keys", ["conversation_id"])


def downgrade() -> None:
    """Take both away."""
    op.drop_table("former_keys")
    op.drop_table("continuation_codes")
