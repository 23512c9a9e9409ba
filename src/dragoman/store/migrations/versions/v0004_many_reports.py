"""What lets a store hold many reports: numbers for claims and records, keys that begin with a time, fewer indexes.

Keys have another form now: the rules of all readings are forgotten, so that `dragoman reconcile` makes them anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

from dragoman.store.dialect import create_search, file_words

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

NEVER = "9999-99-99"


def upgrade() -> None:
    """Number claims and records, bring likeness over by number, and file names and words again."""
    connection = op.get_bind()
    op.add_column("claim", sa.Column("number", sa.Integer))
    op.add_column("record", sa.Column("number", sa.Integer))
    op.add_column("record", sa.Column("begins", sa.String(10)))
    for table in ("claim", "record"):
        _number(connection, table)
    op.create_index("claim_by_number", "claim", ["number"], unique=True)
    op.create_index("record_by_number", "record", ["number"], unique=True)
    connection.execute(sa.text("update record set begins = coalesce(since, :never)"), {"never": NEVER})
    op.drop_index("record_by_since", "record")
    op.drop_index("record_by_status", "record")
    columns = ["begins", "id", "since", "until", "status", "type", "country", "number"]
    op.create_index("record_by_begin", "record", columns)
    _new_likeness(connection)
    op.drop_table("claim_key")
    op.create_table(
        "claim_key",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("claim", sa.Integer, primary_key=True, autoincrement=False),
        sqlite_with_rowid=False,
    )
    op.create_table("party_name", sa.Column("name", sa.Text, primary_key=True), sqlite_with_rowid=False)
    connection.execute(sa.text("insert into party_name (name) select distinct name from party"))
    op.create_index("party_by_name", "party", ["name", "record"])
    op.create_index("party_by_country", "party", ["country", "record"])
    _new_words(connection)
    connection.execute(sa.text("update reading set rules = ''"))


def _number(connection: sa.Connection, table: str) -> None:
    ids = connection.execute(sa.text(f"select id from {table} order by id")).scalars().all()
    rows = [{"id": i, "number": n} for n, i in enumerate(ids, start=1)]
    if rows:
        connection.execute(sa.text(f"update {table} set number = :number where id = :id"), rows)
        about = {"name": f"last {table}", "value": str(len(rows))}
        connection.execute(sa.text("insert into about (name, value) values (:name, :value)"), about)


def _new_likeness(connection: sa.Connection) -> None:
    claim = sa.table("claim", sa.column("id"), sa.column("number"))
    one, other = claim.alias("one"), claim.alias("other")
    likeness = sa.table("likeness", sa.column("left"), sa.column("right"), sa.column("share"))
    pairs = sa.select(one.c.number, other.c.number.label("second"), likeness.c.share).where(
        one.c.id == likeness.c.left, other.c.id == likeness.c.right
    )
    rows: list[dict[str, Any]] = [
        {"left": min(a, b), "right": max(a, b), "share": share} for a, b, share in connection.execute(pairs)
    ]
    op.drop_table("likeness")
    new = op.create_table(
        "likeness",
        *(
            sa.Column(
                side, sa.Integer, sa.ForeignKey("claim.number", ondelete="CASCADE"), primary_key=True,
                autoincrement=False,
            )
            for side in ("left", "right")
        ),
        sa.Column("share", sa.Float, nullable=False),
        sqlite_with_rowid=False,
    )  # fmt: skip
    if rows:
        op.bulk_insert(new, rows)
    op.create_index("likeness_by_right", "likeness", ["right"])
    op.create_index("likeness_by_share", "likeness", ["share"])


def _new_words(connection: sa.Connection) -> None:
    connection.execute(sa.text("drop table if exists record_search_ids"))
    connection.execute(sa.text("drop table if exists record_search"))
    connection.info.pop("record_search", None)
    create_search(connection)
    for number, words in _words(connection):
        file_words(connection, {number: words})


def _words(connection: sa.Connection) -> Iterator[tuple[int, str]]:
    last = 0
    while row := connection.execute(
        sa.text("select number, text from record where number > :last order by number limit 1"), {"last": last}
    ).first():
        last = row[0]
        yield row[0], row[1]
