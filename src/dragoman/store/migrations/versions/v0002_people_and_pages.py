"""What pages show and people do: days, places and conflicts of records, corrections, accounts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns and tables."""
    op.add_column("report", sa.Column("added", sa.String(32)))
    op.add_column("record", sa.Column("latest", sa.String(10)))
    op.add_column("record", sa.Column("added", sa.String(32)))
    op.add_column("record", sa.Column("latitude", sa.Float))
    op.add_column("record", sa.Column("longitude", sa.Float))
    op.add_column("record", sa.Column("conflicts", sa.Integer, nullable=False, server_default="0"))
    op.create_table(
        "correction",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("claim", sa.String(160), nullable=False),
        sa.Column("field", sa.Text, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("when", sa.String(40), nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("undone_by", sa.Text),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "account",
        sa.Column("name", sa.String(80), primary_key=True),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
        sa.Column("created", sa.String(40), nullable=False),
    )
    op.create_table(
        "session",
        sa.Column("token", sa.String(64), primary_key=True),
        sa.Column("account", sa.String(80), sa.ForeignKey("account.name", ondelete="CASCADE"), nullable=False),
        sa.Column("csrf", sa.String(64), nullable=False),
        sa.Column("expires", sa.String(40), nullable=False),
    )
    op.create_table(
        "about",
        sa.Column("name", sa.String(40), primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )
    op.create_index("correction_by_claim", "correction", ["claim"])
    op.create_index("likeness_by_share", "likeness", ["share"])
    op.create_index("record_by_added", "record", ["added", "id"])
