"""Addresses of people in other channels than the website, and what was delivered there.

Revision: 0005
Follows: 0004
"""

import sqlalchemy as sa
from alembic import op

import counter.database

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add both tables."""
    moment = counter.database.UtcDateTime()
    op.create_table(
        "addresses",
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("address", sa.String(length=128), nullable=False),
        sa.Column("conversation_id", sa.String(length=36), nullable=False),
        sa.Column("heard_at", moment, nullable=False),
        sa.Column("delivered_seq", sa.Integer(), nullable=False),
        sa.Column("delivered_parts", sa.Integer(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("retry_at", moment, nullable=True),
        sa.Column("knocked_at", moment, nullable=True),
        sa.Column("unreachable_at", moment, nullable=True),
        sa.Column("lease_holder", sa.String(length=36), nullable=True),
        sa.Column("lease_until", moment, nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_addresses_conversation_id_conversations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("channel", "address", name=op.f("pk_addresses")),
        sa.UniqueConstraint("conversation_id", name=op.f("uq_addresses_conversation_id")),
    )
    op.create_table(
        "deliveries",
        sa.Column("conversation_id", sa.String(length=36), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("part", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("provider_id", sa.String(length=128), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("error", sa.String(length=40), nullable=True),
        sa.Column("at", moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["addresses.conversation_id"],
            name=op.f("fk_deliveries_conversation_id_addresses"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("conversation_id", "seq", "part", name=op.f("pk_deliveries")),
    )
    op.create_index("ix_deliveries_provider_id", "deliveries", ["channel", "provider_id"])


def downgrade() -> None:
    """Take both away."""
    op.drop_table("deliveries")
    op.drop_table("addresses")
