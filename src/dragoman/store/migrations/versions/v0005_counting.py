"""Indexes by which pages sort and count records."""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

INDEXES = (
    ("record_by_latest", "record", ["latest", "id"]),
    ("record_by_reports", "record", ["reports", "id"]),
    ("record_by_conflicts", "record", ["conflicts", "latest"]),
    ("record_by_spot", "record", ["latitude", "longitude"]),
    ("record_counted", "record", ["type", "status", "country", "conflicts", "since", "until", "id"]),
)


def upgrade() -> None:
    """Add the indexes."""
    for name, table, columns in INDEXES:
        op.create_index(name, table, columns)
