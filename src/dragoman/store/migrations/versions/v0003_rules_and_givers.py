"""The rules that made each reading's claims, and who else gave a report."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add them; of readings that are there nobody knows the rules."""
    op.add_column("reading", sa.Column("rules", sa.String(80), nullable=False, server_default=""))
    op.create_index("reading_by_rules", "reading", ["rules", "report"])
    op.create_table(
        "giver",
        sa.Column("report", sa.String(80), sa.ForeignKey("report.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("published", sa.String(10)),
        sa.Column("given_id", sa.Text),
        sa.Column("source", sa.Text),
        sa.Column("url", sa.Text),
        sa.Column("title", sa.Text),
    )
