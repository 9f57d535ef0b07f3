"""Alerts about new courses.

Revision: 0023
Follows: 0022
"""

import sqlalchemy as sa
from alembic import op

import counter.database

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
    moment, uuid = counter.database.UtcDateTime(), sa.String(length=36)
    op.create_table(
        "course_alerts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("person_id", uuid, nullable=False),
        sa.Column("conversation_id", uuid, nullable=False),
        sa.Column("message_id", sa.String(length=100), nullable=False),
        sa.Column("query", sa.JSON(), nullable=False),
        sa.Column("asked_at", moment, nullable=False),
        sa.Column("expires_at", moment, nullable=False),
        sa.Column("stopped_at", moment, nullable=True),
        sa.Column("looked_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_course_alerts_person_id_people")),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_course_alerts_conversation_id_conversations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_alerts")),
        sa.UniqueConstraint("number", name=op.f("uq_course_alerts_number")),
        sa.UniqueConstraint(
            "conversation_id", "message_id", name=op.f("uq_course_alerts_conversation_id_message_id")
        ),
    )
    op.create_index(op.f("ix_course_alerts_person_id"), "course_alerts", ["person_id"])
    op.create_table(
        "course_alert_courses",
        sa.Column("alert_id", sa.Integer(), nullable=False),
        sa.Column("course", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(
            ["alert_id"],
            ["course_alerts.id"],
            name=op.f("fk_course_alert_courses_alert_id_course_alerts"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("alert_id", "course", name=op.f("pk_course_alert_courses")),
    )


def downgrade() -> None:
    """Take it back; nobody is told any more."""
    op.drop_table("course_alert_courses")
    op.drop_table("course_alerts")
