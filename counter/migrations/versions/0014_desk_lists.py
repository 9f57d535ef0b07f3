"""What coaches leaf through.

Revision: 0014
Follows: 0013
"""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Find what is over by when it ended."""
    op.create_index(op.f("ix_referrals_closed_at"), "referrals", ["closed_at"])


def downgrade() -> None:
    """Take it back."""
    op.drop_index(op.f("ix_referrals_closed_at"), "referrals")
