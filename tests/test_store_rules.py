"""The version of the rules of reconciliation changes whenever the records of the same readings do."""

from __future__ import annotations

import hashlib
from itertools import combinations
from pathlib import Path

import msgspec

from conftest import ROOT
from dragoman import reconcile
from dragoman.domain.reading import Reading
from dragoman.store.ingest import ingest
from dragoman.store.opening import open_store
from dragoman.store.queries import claims, records

SHORT = ROOT / "tests" / "golden" / "short-readings.jsonl"
PINNED = ("2-568c01d2f646", "573e6f27a741c62b")
"""The version of the rules, and a digest of what they make of the short readings: records, keys, likeness, groups."""


def test_other_records_have_another_version(tmp_path: Path) -> None:
    """Where this fails: raise RULES in `dragoman/reconcile/versioning.py`, then pin what the message shows.

    Only where the readings were made anew (`make golden`) and the rules are the same is RULES left alone.
    """
    with open_store(str(tmp_path / "a.db")) as store:
        for line in SHORT.read_bytes().splitlines():
            ingest(store, msgspec.json.decode(line, type=Reading), reconcile)
        made = [(record, claims(store, record.id)) for record in records(store)]
        held = {claim.id: claim for _, its in made for claim in its}
    parts: list[object] = [made, [reconcile.keys_of(claim) for _, claim in sorted(held.items())]]
    pairs = list(combinations(sorted(held), 2))
    parts.append([reconcile.likeness(held[left], held[right]) for left, right in pairs])
    apart = next(pair for pair in pairs if held[pair[0]].report != held[pair[1]].report)
    two = [held[i] for i in apart]
    parts.append([len(reconcile.group(two, {apart: share / 100}, ())) for share in range(100)])
    digest = hashlib.sha256(msgspec.json.encode(parts, order="deterministic")).hexdigest()[:16]
    now = (reconcile.version(), digest)
    assert now == PINNED, f"the records are others: raise RULES and pin {now}"
