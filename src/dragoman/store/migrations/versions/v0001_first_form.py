"""The first form of the store."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from dragoman.store.dialect import create_search

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make all tables."""
    op.create_table(
        "report",
        sa.Column("id", sa.String(80), primary_key=True),
        sa.Column("given_id", sa.Text),
        sa.Column("title", sa.Text),
        sa.Column("source", sa.Text),
        sa.Column("url", sa.Text),
        sa.Column("published", sa.String(10)),
        sa.Column("language", sa.String(16)),
        sa.Column("text", sa.Text, nullable=False),
    )
    op.create_table(
        "reading",
        sa.Column("report", sa.String(80), sa.ForeignKey("report.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("version", sa.String(80), nullable=False),
        sa.Column("json", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "claim",
        sa.Column("id", sa.String(160), primary_key=True),
        sa.Column("report", sa.String(80), sa.ForeignKey("report.id", ondelete="CASCADE"), nullable=False),
        sa.Column("type", sa.String(16)),
        sa.Column("status", sa.String(24), nullable=False),
        sa.Column("country", sa.String(3)),
        sa.Column("since", sa.String(10)),
        sa.Column("until", sa.String(10)),
        sa.Column("published", sa.String(10)),
        sa.Column("json", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "claim_key",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("claim", sa.String(160), sa.ForeignKey("claim.id", ondelete="CASCADE"), primary_key=True),
    )
    op.create_table(
        "likeness",
        sa.Column("left", sa.String(160), sa.ForeignKey("claim.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("right", sa.String(160), sa.ForeignKey("claim.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("share", sa.Float, nullable=False),
    )
    op.create_table(
        "record",
        sa.Column("id", sa.String(160), primary_key=True),
        sa.Column("type", sa.String(16)),
        sa.Column("status", sa.String(24), nullable=False),
        sa.Column("country", sa.String(3)),
        sa.Column("since", sa.String(10)),
        sa.Column("until", sa.String(10)),
        sa.Column("reports", sa.Integer, nullable=False),
        sa.Column("json", sa.LargeBinary, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
    )
    op.create_table(
        "membership",
        sa.Column("claim", sa.String(160), sa.ForeignKey("claim.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("record", sa.String(160), sa.ForeignKey("record.id", ondelete="CASCADE"), nullable=False),
    )
    op.create_table(
        "party",
        sa.Column("record", sa.String(160), sa.ForeignKey("record.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("country", sa.String(3), primary_key=True),
    )
    op.create_table(
        "judgement",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("left", sa.String(160), nullable=False),
        sa.Column("right", sa.String(160), nullable=False),
        sa.Column("verdict", sa.String(16), nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("when", sa.String(40), nullable=False),
        sa.Column("why", sa.Text),
        sa.Column("undone_by", sa.Text),
        sqlite_autoincrement=True,
    )
    op.create_index("claim_by_report", "claim", ["report"])
    op.create_index("claim_key_by_claim", "claim_key", ["claim"])
    op.create_index("likeness_by_right", "likeness", ["right"])
    op.create_index("record_by_since", "record", ["since", "id"])
    op.create_index("record_by_status", "record", ["status"])
    op.create_index("membership_by_record", "membership", ["record"])
    op.create_index("judgement_by_left", "judgement", ["left"])
    op.create_index("judgement_by_right", "judgement", ["right"])
    create_search(op.get_bind())
