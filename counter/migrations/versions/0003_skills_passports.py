"""Skills passports.

Revision: 0003
Follows: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of what stands in passports."""
    op.create_table(
        "passport_entries",
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("skill_id", sa.String(length=100), nullable=False),
        sa.Column("conversation_id", sa.String(length=36), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("occupation_id", sa.String(length=100), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_passport_entries_conversation_id_conversations"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_passport_entries_person_id_people")
        ),
        sa.PrimaryKeyConstraint("person_id", "skill_id", name=op.f("pk_passport_entries")),
    )
    op.create_index(op.f("ix_passport_entries_conversation_id"), "passport_entries", ["conversation_id"])


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("passport_entries")
