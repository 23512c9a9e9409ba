"""An index of words on PostgreSQL too, and by which rules of reconciliation each reading's claims were made."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from dragoman.store.dialect import create_search, file_all_words, has_search

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make and fill the index where it lacks; of readings that are there nobody knows the rules."""
    op.add_column("reading", sa.Column("rules", sa.String(80), nullable=False, server_default=""))
    op.create_index("reading_by_rules", "reading", ["rules", "report"])
    connection = op.get_bind()
    if not has_search(connection):
        create_search(connection)
        file_all_words(connection)
