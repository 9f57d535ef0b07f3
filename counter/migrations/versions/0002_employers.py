"""Employers, the jobs they offer, and what they ask of an adviser.

Revision: 0002
Follows: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of employers and job drafts; give a request its region and its lead."""
    op.create_table(
        "employers",
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("conversation_id", sa.String(length=36), nullable=True),
        sa.Column("kvk_number", sa.String(length=8), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_employers_conversation_id_conversations"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_employers_person_id_people")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_employers")),
    )
    op.create_table(
        "job_drafts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("conversation_id", sa.String(length=36), nullable=True),
        sa.Column("message_id", sa.String(length=100), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("kvk_number", sa.String(length=8), nullable=True),
        sa.Column("employer", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("sector", sa.String(length=50), nullable=False),
        sa.Column("hours_min", sa.Integer(), nullable=False),
        sa.Column("hours_max", sa.Integer(), nullable=False),
        sa.Column("practical_needs", sa.JSON(), nullable=False),
        sa.Column("open_places", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer_before", sa.Date(), nullable=False),
        sa.Column("adviser", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("job_id", sa.String(length=100), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_job_drafts_conversation_id_conversations"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_job_drafts_job_id_jobs")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_job_drafts_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job_drafts")),
        sa.UniqueConstraint(
            "conversation_id", "message_id", name=op.f("uq_job_drafts_conversation_id_message_id")
        ),
        sa.UniqueConstraint("number", name=op.f("uq_job_drafts_number")),
    )
    op.create_index(op.f("ix_job_drafts_person_id"), "job_drafts", ["person_id"])
    op.add_column("referral_requests", sa.Column("region", sa.Text(), nullable=True))
    op.add_column("referral_requests", sa.Column("lead", sa.JSON(), nullable=True))


def downgrade() -> None:
    """Take it all back."""
    op.drop_column("referral_requests", "lead")
    op.drop_column("referral_requests", "region")
    op.drop_table("job_drafts")
    op.drop_table("employers")
