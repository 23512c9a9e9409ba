"""The version of the rules of reconciliation changes whenever the records of the same readings do."""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec

from conftest import ROOT
from dragoman import reconcile
from dragoman.domain.reading import Reading
from dragoman.store.ingest import ingest
from dragoman.store.opening import open_store
from dragoman.store.queries import claims, records

SHORT = ROOT / "tests" / "golden" / "short-readings.jsonl"
PINNED = ("1-595ad2df79d4", "6701335b8792115b")
"""The version of the rules, and a digest of what they make of the short readings."""


def test_other_records_have_another_version(tmp_path: Path) -> None:
    """Where this fails: raise RULES in `dragoman/reconcile/versioning.py`, then pin what the message shows.

    Only where the readings were made anew (`make golden`) and the rules are the same is RULES left alone.
    """
    digest = hashlib.sha256()
    with open_store(str(tmp_path / "a.db")) as store:
        for line in SHORT.read_bytes().splitlines():
            ingest(store, msgspec.json.decode(line, type=Reading), reconcile)
        for record in records(store):
            digest.update(msgspec.json.encode(record))
            digest.update(msgspec.json.encode(claims(store, record.id)))
    made = (reconcile.version(), digest.hexdigest()[:16])
    assert made == PINNED, f"the records are others: raise RULES and pin {made}"
