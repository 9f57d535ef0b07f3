"""When jobs open and close, one trail for a job and its list, and who was told what about whom.

Revision: 0027
Follows: 0026
"""

import sqlalchemy as sa
from alembic import op

import counter.database

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

_MOMENTS = ("opened_at", "confirmed_at", "asked_at", "closed_at")


def upgrade() -> None:
    """Keep the trail in a table of its own: it tells of jobs as well as of places on their lists."""
    for moment in _MOMENTS:
        op.add_column("jobs", sa.Column(moment, counter.database.UtcDateTime(), nullable=True))
    op.add_column("jobs", sa.Column("closing", sa.String(20), nullable=True))
    op.add_column("jobs", sa.Column("valid_through", sa.Date(), nullable=True))
    op.add_column("jobs", sa.Column("untold_places", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("jobs", sa.Column("trail_digest", sa.String(64), nullable=False, server_default=""))
    # The days of a job that is here already are counted from now on.
    op.execute("UPDATE jobs SET opened_at = CURRENT_TIMESTAMP, confirmed_at = CURRENT_TIMESTAMP")
    # What came free was not told of: whatever is free, offered or taken now came free before.
    op.execute(
        "UPDATE jobs SET untold_places = free_places + (SELECT count(*) FROM sign_ups"
        " WHERE sign_ups.job_id = jobs.id AND sign_ups.state IN ('offered', 'accepted'))"
    )
    op.create_table(
        "list_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("job_id", sa.String(100), nullable=False),
        sa.Column("sign_up_id", sa.String(36), nullable=True),
        sa.Column("event", sa.String(20), nullable=False),
        sa.Column("at", counter.database.UtcDateTime(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=True),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_list_events_job_id_jobs")),
        sa.ForeignKeyConstraint(
            ["sign_up_id"], ["sign_ups.id"], name=op.f("fk_list_events_sign_up_id_sign_ups")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_events")),
    )
    op.create_index(op.f("ix_list_events_job_id"), "list_events", ["job_id"])
    op.create_index(op.f("ix_list_events_sign_up_id"), "list_events", ["sign_up_id"])
    op.execute(
        "INSERT INTO list_events (job_id, sign_up_id, event, at)"
        " SELECT sign_ups.job_id, sign_up_id, event, at FROM sign_up_events"
        " JOIN sign_ups ON sign_ups.id = sign_up_events.sign_up_id ORDER BY sign_up_events.id"
    )
    op.drop_table("sign_up_events")
    op.create_table(
        "sharings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.String(36), nullable=False),
        sa.Column("conversation_id", sa.String(36), nullable=True),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("number", sa.String(20), nullable=False),
        sa.Column("consent", sa.Text(), nullable=False),
        sa.Column("at", counter.database.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_sharings_person_id_people")),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_sharings_conversation_id_conversations"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sharings")),
    )
    op.create_index(op.f("ix_sharings_person_id"), "sharings", ["person_id"])


def downgrade() -> None:
    """Take it back; what happened to jobs themselves is forgotten."""
    op.drop_table("sharings")
    op.create_table(
        "sign_up_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sign_up_id", sa.String(36), nullable=False),
        sa.Column("event", sa.String(20), nullable=False),
        sa.Column("at", counter.database.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["sign_up_id"], ["sign_ups.id"], name=op.f("fk_sign_up_events_sign_up_id_sign_ups")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_up_events")),
    )
    op.create_index(op.f("ix_sign_up_events_sign_up_id"), "sign_up_events", ["sign_up_id"])
    op.execute(
        "INSERT INTO sign_up_events (sign_up_id, event, at)"
        " SELECT sign_up_id, event, at FROM list_events WHERE sign_up_id IS NOT NULL ORDER BY id"
    )
    op.drop_table("list_events")
    for column in ("trail_digest", "untold_places", "valid_through", "closing", *reversed(_MOMENTS)):
        op.drop_column("jobs", column)
