"""Visits to somebody's own pages, and the links that begin them.

Revision: 0020
Follows: 0019
"""

import sqlalchemy as sa
from alembic import op

import counter.database

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
    moment = counter.database.UtcDateTime()
    op.create_table(
        "visit_links",
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("conversation_id", sa.String(length=36), nullable=False),
        sa.Column("expires_at", moment, nullable=False),
        sa.Column("used_on", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_visit_links_conversation_id_conversations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("key_hash", name=op.f("pk_visit_links")),
        sa.UniqueConstraint("conversation_id", name=op.f("uq_visit_links_conversation_id")),
    )
    op.create_table(
        "visits",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("conversation_id", sa.String(length=36), nullable=False),
        sa.Column("began_at", moment, nullable=False),
        sa.Column("ends_at", moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_visits_conversation_id_conversations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_visits")),
    )
    op.create_index(op.f("ix_visits_conversation_id"), "visits", ["conversation_id"])


def downgrade() -> None:
    """Take it back; every visit ends."""
    op.drop_table("visits")
    op.drop_table("visit_links")
