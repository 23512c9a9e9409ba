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
    Column("report", String(80), ForeignKey("report.id", ondelete="CASCADE"), nullable=False),
    Column("type", String(16)),
    Column("status", String(24), nullable=False),
    Column("country", String(3)),
    Column("since", String(10)),
    Column("until", String(10)),
    Column("published", String(10)),
    Column("json", LargeBinary, nullable=False),
    Index("claim_by_report", "report"),
)

CLAIM_KEY = Table(
    "claim_key",
    METADATA,
    Column("key", Text, primary_key=True),
    Column("claim", String(160), ForeignKey("claim.id", ondelete="CASCADE"), primary_key=True),
    Index("claim_key_by_claim", "claim"),
)

LIKENESS = Table(
    "likeness",
    METADATA,
    Column("left", String(160), ForeignKey("claim.id", ondelete="CASCADE"), primary_key=True),
    Column("right", String(160), ForeignKey("claim.id", ondelete="CASCADE"), primary_key=True),
    Column("share", Float, nullable=False),
    Index("likeness_by_right", "right"),
    Index("likeness_by_share", "share"),
)
"""Pairs of claims that may tell of one happening, the smaller id left."""

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
    Index("record_by_since", "since", "id"),
    Index("record_by_status", "status"),
    Index("record_by_added", "added", "id"),
    Index("record_by_latest", "latest", "id"),
    Index("record_by_reports", "reports", "id"),
    Index("record_by_conflicts", "conflicts", "latest"),
    Index("record_by_spot", "latitude", "longitude"),
    Index("record_counted", "type", "status", "country", "conflicts", "since", "until", "id"),
)
"""`latest` is the last day on which a report of it was published, `added` when the last of its reports came here.

`record_counted` has all that pages count by, so that counting reads no record."""

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
)
"""Who takes part in a record: the key of the name between spaces, and the country or nothing ('')."""

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
