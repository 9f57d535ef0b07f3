"""Who added a skill to a passport, and how well somebody does it.

Revision: 0016
Follows: 0015
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep both; what was added before came from the person, and of no skill is it known how well."""
    op.add_column("passport_entries", sa.Column("coach", sa.Text(), nullable=False, server_default=""))
    op.add_column("passport_entries", sa.Column("level", sa.String(10), nullable=True))


def downgrade() -> None:
    """Forget them."""
    op.drop_column("passport_entries", "level")
    op.drop_column("passport_entries", "coach")
