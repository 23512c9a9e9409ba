"""The kind of records of happenings that have no PLOVER type, so that lists can leave them out."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; records that are there get theirs when they are made anew."""
    op.add_column("record", sa.Column("kind", sa.String(16)))
    op.drop_index("record_counted", "record")
    columns = ["type", "status", "country", "conflicts", "since", "until", "id", "kind"]
    op.create_index("record_counted", "record", columns)
