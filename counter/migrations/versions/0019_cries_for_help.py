"""Since when somebody is in need, and what must still be looked at for a cry for help.

Revision: 0019
Follows: 0018
"""

import sqlalchemy as sa
from alembic import op

import counter.database

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

IS_UNWATCHED = sa.text("state = 'unwatched'")


def upgrade() -> None:
    """Add the column and the index; who is in need now is in need since they came."""
    op.add_column("referrals", sa.Column("in_need_at", counter.database.UtcDateTime(), nullable=True))
    op.execute("UPDATE referrals SET in_need_at = opened_at WHERE reason = 'in_need' AND closed_at IS NULL")
    op.create_index(
        "ix_messages_unwatched",
        "messages",
        ["conversation_id", "seq"],
        sqlite_where=IS_UNWATCHED,
        postgresql_where=IS_UNWATCHED,
    )


def downgrade() -> None:
    """Take both away; what was not looked at is a coach's alone."""
    op.drop_index("ix_messages_unwatched", "messages")
    op.execute("UPDATE messages SET state = 'done' WHERE state = 'unwatched'")
    op.drop_column("referrals", "in_need_at")
