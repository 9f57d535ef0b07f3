"""Applications for a voucher that somebody began and did not send yet.

Revision: 0026
Follows: 0025
"""

import sqlalchemy as sa
from alembic import op

from counter.database import UtcDateTime

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "voucher_drafts",
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("conversation_id", sa.String(length=36), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_voucher_drafts_person_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_voucher_drafts_conversation_id_conversations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("person_id", "kind", name=op.f("pk_voucher_drafts")),
    )
    op.create_index(op.f("ix_voucher_drafts_conversation_id"), "voucher_drafts", ["conversation_id"])


def downgrade() -> None:
    """Drop it."""
    op.drop_table("voucher_drafts")
