"""The tables. What is asked for by value has a column; the rest of a claim, reading or record is JSON."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

METADATA = MetaData()

REPORT = Table(
    "report",
    METADATA,
    Column("id", String(80), primary_key=True),
    Column("given_id", Text),
    Column("title", Text),
    Column("source", Text),
    Column("url", Text),
    Column("published", String(10)),
    Column("language", String(16)),
    Column("text", Text, nullable=False),
    Column("added", String(32)),
)
"""`added` is when the store first had the report: UTC, ISO 8601, seconds."""

GIVER = Table(
    "giver",
    METADATA,
    Column("report", String(80), ForeignKey("report.id", ondelete="CASCADE"), primary_key=True),
    Column("key", String(64), primary_key=True),
    Column("published", String(10)),
    Column("given_id", Text),
    Column("source", Text),
    Column("url", Text),
    Column("title", Text),
)
"""Who else gave a report, word for word the same; `key` is a digest of what is known of it."""

READING = Table(
    "reading",
    METADATA,
    Column("report", String(80), ForeignKey("report.id", ondelete="CASCADE"), primary_key=True),
    Column("version", String(80), nullable=False),
    Column("json", LargeBinary, nullable=False),
    Column("rules", String(80), nullable=False, server_default=""),
    Index("reading_by_rules", "rules", "report"),
)
"""`rules` is the version of the reconciliation that made the claims and their likeness; nothing where unknown."""

CLAIM = Table(
    "claim",
    METADATA,
    Column("id", String(160), primary_key=True),
    Column("number", Integer),
    Column("report", String(80), ForeignKey("report.id", ondelete="CASCADE"), nullable=False),
    Column("type", String(16)),
    Column("status", String(24), nullable=False),
    Column("country", String(3)),
    Column("since", String(10)),
    Column("until", String(10)),
    Column("published", String(10)),
    Column("json", LargeBinary, nullable=False),
    Index("claim_by_report", "report"),
    Index("claim_by_number", "number", unique=True),
)
"""`number` is given once and never again: what has it is always the same claim, as the same reading had it."""

CLAIM_KEY = Table(
    "claim_key",
    METADATA,
    Column("key", Text, primary_key=True),
    Column("claim", Integer, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)
"""Under which keys claims (by number) are filed. Keys begin with a time, so that new ones lie together on the disk."""


def _claim() -> ForeignKey:
    return ForeignKey("claim.number", ondelete="CASCADE")


LIKENESS = Table(
    "likeness",
    METADATA,
    Column("left", Integer, _claim(), primary_key=True, autoincrement=False),
    Column("right", Integer, _claim(), primary_key=True, autoincrement=False),
    Column("share", Float, nullable=False),
    Index("likeness_by_right", "right"),
    Index("likeness_by_share", "share"),
    sqlite_with_rowid=False,
)
"""Pairs of claims (by number) that may tell of one happening, the smaller number left."""

RECORD = Table(
    "record",
    METADATA,
    Column("id", String(160), primary_key=True),
    Column("type", String(16)),
    Column("status", String(24), nullable=False),
    Column("country", String(3)),
    Column("since", String(10)),
    Column("until", String(10)),
    Column("reports", Integer, nullable=False),
    Column("json", LargeBinary, nullable=False),
    Column("text", Text, nullable=False),
    Column("latest", String(10)),
    Column("added", String(32)),
    Column("latitude", Float),
    Column("longitude", Float),
    Column("conflicts", Integer, nullable=False, server_default="0"),
    Column("number", Integer),
    Column("begins", String(10)),
    Column("kind", String(16)),
    Index("record_by_begin", "begins", "id", "since", "until", "status", "type", "country", "number"),
    Index("record_by_number", "number", unique=True),
    Index("record_by_added", "added", "id"),
    Index("record_by_latest", "latest", "id"),
    Index("record_by_reports", "reports", "id"),
    Index("record_by_conflicts", "conflicts", "latest"),
    Index("record_by_spot", "latitude", "longitude"),
    Index("record_counted", "type", "status", "country", "conflicts", "since", "until", "id", "kind"),
)
"""`latest` is the last day on which a report of it was published, `added` when the last of its reports came here.

`kind` is given where nothing that has a PLOVER type and no count of harm is among its claims.
`number` is what the index of words has it under. `begins` is `since`, or a day after all others: all that is asked of
many records is in one index, so that the records themselves, which are large, need not be looked at. `record_counted`
has all that pages count by, so that counting reads no record."""

MEMBERSHIP = Table(
    "membership",
    METADATA,
    Column("claim", String(160), ForeignKey("claim.id", ondelete="CASCADE"), primary_key=True),
    Column("record", String(160), ForeignKey("record.id", ondelete="CASCADE"), nullable=False),
    Index("membership_by_record", "record"),
)

PARTY = Table(
    "party",
    METADATA,
    Column("record", String(160), ForeignKey("record.id", ondelete="CASCADE"), primary_key=True),
    Column("name", Text, primary_key=True),
    Column("country", String(3), primary_key=True),
    Index("party_by_name", "name", "record"),
    Index("party_by_country", "country", "record"),
)
"""Who takes part in a record: the key of the name between spaces, and the country or nothing ('')."""

PARTY_NAME = Table("party_name", METADATA, Column("name", Text, primary_key=True), sqlite_with_rowid=False)
"""Every name of a party, once: few enough to look through all of them for a part of a name."""

JUDGEMENT = Table(
    "judgement",
    METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("left", String(160), nullable=False),
    Column("right", String(160), nullable=False),
    Column("verdict", String(16), nullable=False),
    Column("who", Text, nullable=False),
    Column("when", String(40), nullable=False),
    Column("why", Text),
    Column("undone_by", Text),
    Index("judgement_by_left", "left"),
    Index("judgement_by_right", "right"),
    sqlite_autoincrement=True,
)
"""What people decided, in order, the smaller id left. It outlives the claims: a report read again finds it there."""

CORRECTION = Table(
    "correction",
    METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("claim", String(160), nullable=False),
    Column("field", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("when", String(40), nullable=False),
    Column("why", Text, nullable=False),
    Column("undone_by", Text),
    Index("correction_by_claim", "claim"),
    sqlite_autoincrement=True,
)
"""What people put in place of a record's value (as JSON); it belongs to the record that has the claim."""

ACCOUNT = Table(
    "account",
    METADATA,
    Column("name", String(80), primary_key=True),
    Column("role", String(16), nullable=False),
    Column("hash", Text, nullable=False),
    Column("created", String(40), nullable=False),
)

SESSION = Table(
    "session",
    METADATA,
    Column("token", String(64), primary_key=True),
    Column("account", String(80), ForeignKey("account.name", ondelete="CASCADE"), nullable=False),
    Column("csrf", String(64), nullable=False),
    Column("expires", String(40), nullable=False),
)
"""Who is logged in; `token` is the hash of what the browser holds."""

ABOUT = Table(
    "about",
    METADATA,
    Column("name", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)
"""What the store knows of itself, such as which reconciliation made its records."""
