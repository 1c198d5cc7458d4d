"""tombstones"""

import sqlalchemy as sa
from alembic import op

revision = "parser_0002"
down_revision = "parser_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "tombstones",
        sa.Column("resume_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("resume_id"),
        schema="parser",
    )


def downgrade() -> None:
    op.drop_table("tombstones", schema="parser")
