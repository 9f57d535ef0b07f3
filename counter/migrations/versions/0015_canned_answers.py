"""What coaches say often, and the answers that a new counter begins with.

Revision: 0015
Follows: 0014
"""

import tomllib
from pathlib import Path

import sqlalchemy as sa
from alembic import op

import counter
from counter.database import new_id

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_ANSWERS = Path(counter.__file__).parent / "canned_answers" / "antwoorden.toml"


def upgrade() -> None:
    """Add the table, with what stands in the file."""
    table = op.create_table(
        "canned_answers",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("owner_id", sa.String(length=36), nullable=True),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["staff.id"], name=op.f("fk_canned_answers_owner_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_canned_answers")),
    )
    op.create_index(op.f("ix_canned_answers_owner_id"), "canned_answers", ["owner_id"])
    shipped = tomllib.loads(_ANSWERS.read_text(encoding="utf-8"))["antwoord"]
    op.bulk_insert(
        table,
        [
            {"id": new_id(), "owner_id": None, "name": answer["naam"], "text": answer["tekst"]}
            for answer in shipped
        ],
    )


def downgrade() -> None:
    """Take it back."""
    op.drop_table("canned_answers")
