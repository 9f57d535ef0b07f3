"""Names in passports, for skills that a later taxonomy does not have.

Revision: 0006
Follows: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep the name; what was added before has none, and is called by the person's own words."""
    op.add_column("passport_entries", sa.Column("name", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    """Forget the names."""
    op.drop_column("passport_entries", "name")
