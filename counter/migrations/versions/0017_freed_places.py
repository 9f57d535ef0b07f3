"""How many places of a job ever came free.

Revision: 0017
Follows: 0016
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Count from now on."""
    op.add_column("jobs", sa.Column("freed_places", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    """Count no more."""
    op.drop_column("jobs", "freed_places")
