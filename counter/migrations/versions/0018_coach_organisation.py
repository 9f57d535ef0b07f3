"""The organisation for which a coach has somebody: colleagues may look, others may not.

Revision: 0018
Follows: 0017
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

# Who has it, whom it comes back to, or who gave Noor what she does.
_OF_ITS_COACH = """
UPDATE referrals SET coach_organisation = (
    SELECT staff.organisation FROM staff WHERE staff.id = COALESCE(
        referrals.coach_id,
        CASE WHEN referrals.state = 'offered' THEN referrals.offered_to_coach END,
        CASE WHEN referrals.state = 'handed_back' THEN (
            SELECT referral_events.staff_id FROM referral_events
            WHERE referral_events.referral_id = referrals.id AND referral_events.event = 'handed_back'
            ORDER BY referral_events.id DESC LIMIT 1
        ) END
    )
)
"""


def upgrade() -> None:
    """Keep it, for whom a coach has already as well; those coaches work where they did."""
    op.add_column("referrals", sa.Column("coach_organisation", sa.Text()))
    op.execute(_OF_ITS_COACH)


def downgrade() -> None:
    """Keep it no more."""
    op.drop_column("referrals", "coach_organisation")
