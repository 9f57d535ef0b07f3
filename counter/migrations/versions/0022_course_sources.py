"""Where courses come from, when their source told of them last, and what they teach.

Revision: 0022
Follows: 0021
"""

import sqlalchemy as sa
from alembic import op

import counter.database

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep it from now on; what was stored before has no source, and stays open."""
    moment = counter.database.UtcDateTime()
    op.add_column("courses", sa.Column("source", sa.String(length=20), nullable=False, server_default=""))
    for name, type_ in (
        ("series", sa.String(length=100)),
        ("last_day", sa.Date()),
        ("seen_at", moment),
        ("closed_at", moment),
        ("taught", sa.JSON()),
        ("taught_from", sa.String(length=32)),
    ):
        op.add_column("courses", sa.Column(name, type_, nullable=True))
    op.create_index(op.f("ix_courses_source"), "courses", ["source"])
    op.create_table(
        "course_sources",
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("imported_at", moment, nullable=True),
        sa.Column("tried_at", moment, nullable=True),
        sa.Column("lease_holder", sa.String(length=36), nullable=True),
        sa.Column("lease_until", moment, nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_course_sources")),
    )


def downgrade() -> None:
    """Forget it; what was closed is gone."""
    op.drop_table("course_sources")
    op.execute("DELETE FROM courses WHERE closed_at IS NOT NULL")
    op.drop_index(op.f("ix_courses_source"), "courses")
    for name in ("taught_from", "taught", "closed_at", "seen_at", "last_day", "series", "source"):
        op.drop_column("courses", name)
