"""From whom a skill is known, how long somebody did it, and passports shared by a link.

Revision: 0021
Follows: 0020
"""

import sqlalchemy as sa
from alembic import op

import counter.database

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

_ENTRIES = "passport_entries"


def upgrade() -> None:
    """Tell a coach's additions from the person's; of nothing is it known how long."""
    # Both databases know this; Alembic would copy the whole table on SQLite.
    op.execute(f"ALTER TABLE {_ENTRIES} RENAME COLUMN coach TO added_by")
    op.add_column(_ENTRIES, sa.Column("source", sa.String(10), nullable=False, server_default="told"))
    op.add_column(_ENTRIES, sa.Column("rated_by", sa.Text(), nullable=False, server_default=""))
    op.add_column(_ENTRIES, sa.Column("years", sa.Float(), nullable=True))
    entries = sa.table(_ENTRIES, sa.column("source"), sa.column("added_by"))
    op.execute(entries.update().where(entries.c.added_by != "").values(source="coach"))
    moment = counter.database.UtcDateTime()
    op.create_table(
        "shared_passports",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("conversation_id", sa.String(length=36), nullable=False),
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("first_name", sa.Text(), nullable=False),
        sa.Column("skills", sa.JSON(), nullable=False),
        sa.Column("with_experience", sa.Boolean(), nullable=False),
        sa.Column("with_words", sa.Boolean(), nullable=False),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("expires_at", moment, nullable=False),
        sa.Column("looks", sa.Integer(), nullable=False),
        sa.Column("last_look", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_shared_passports_conversation_id_conversations"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_shared_passports_person_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shared_passports")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_shared_passports_key_hash")),
    )
    op.create_index(op.f("ix_shared_passports_conversation_id"), "shared_passports", ["conversation_id"])
    op.create_index(op.f("ix_shared_passports_person_id"), "shared_passports", ["person_id"])


def downgrade() -> None:
    """Take it back; every link ends."""
    op.drop_table("shared_passports")
    op.drop_column(_ENTRIES, "years")
    op.drop_column(_ENTRIES, "rated_by")
    op.drop_column(_ENTRIES, "source")
    op.execute(f"ALTER TABLE {_ENTRIES} RENAME COLUMN added_by TO coach")
