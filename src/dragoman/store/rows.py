"""Domain structs to rows and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

import msgspec

from dragoman.domain.findings import Interval
from dragoman.domain.name_keys import name_key
from dragoman.domain.reading import Reading
from dragoman.domain.records import Claim, Correction, Judgement, Record, Verdict
from dragoman.domain.report import Report
from dragoman.reconcile.correcting import open_conflicts

T = TypeVar("T")
BATCH = 500
"""How many ids one query names at most: databases bound it."""
LONGEST_KEY = 200
"""How many characters of a key are kept: indexes bound them. Keys that begin alike are compared once too often."""

NEVER = "9999-99-99"
"""What stands for the first day of a record that has none: it comes after all others."""

_CLAIM = msgspec.json.Decoder(Claim)
_RECORD = msgspec.json.Decoder(Record)
_READING = msgspec.json.Decoder(Reading)


def batches(items: Iterable[T]) -> Iterator[list[T]]:
    """Yield ITEMS in lists that one query can name."""
    rest = iter(items)
    while batch := list(islice(rest, BATCH)):
        yield batch


def report_row(report: Report) -> dict[str, Any]:
    """Return the row of a report, to look at and to search in; its reading has it character for character."""
    row = {
        "id": report.id,
        "given_id": report.given_id,
        "title": report.title,
        "source": report.source,
        "url": report.url,
        "published": report.published.isoformat() if report.published else None,
        "language": report.language,
        "text": report.text,
    }
    return {name: value and _without_noughts(value) for name, value in row.items()}


def filed_key(key: str) -> str:
    """Return a blocking key as it is filed."""
    return _without_noughts(key)[:LONGEST_KEY]


def claim_row(claim: Claim, number: int) -> dict[str, Any]:
    """Return the row of a claim."""
    return {
        **_asked_for(claim),
        "number": number,
        "report": claim.report,
        "published": claim.published.isoformat() if claim.published else None,
    }


def record_row(record: Record, claims: Sequence[Claim], added: str | None) -> dict[str, Any]:
    """Return the row of a record; its text is all the words by which it can be found.

    ADDED is when the last of its reports came into the store.
    """
    days = [claim.published for claim in claims if claim.published is not None]
    row = _asked_for(record)
    return {
        **row,
        "reports": record.reports,
        "text": _without_noughts(_words(record, claims)),
        "latest": max(days).isoformat() if days else None,
        "added": added,
        "latitude": record.place.latitude if record.place else None,
        "longitude": record.place.longitude if record.place else None,
        "conflicts": len(open_conflicts(record)),
        "begins": row["since"] or NEVER,
        "kind": record.kind.value if record.kind else None,
    }


def party_key(name: str) -> str:
    """Return the key by which who is called NAME is found, between spaces: words of it are looked for as wholes."""
    return f" {name_key(name)} "


def party_rows(record: Record) -> list[dict[str, Any]]:
    """Return a row for each name and country that takes part in a record."""
    parties = {
        (party_key(_without_noughts(p.name)[:LONGEST_KEY]), p.country or "")
        for p in (*record.actors, *record.recipients, *record.participants)
    }
    return [{"record": record.id, "name": name, "country": country} for name, country in sorted(parties)]


def read_claim(json: bytes) -> Claim:
    """Return the claim that a row holds."""
    return _CLAIM.decode(json)


def read_record(json: bytes) -> Record:
    """Return the record that a row holds."""
    return _RECORD.decode(json)


def read_reading(json: bytes) -> Reading:
    """Return the reading that a row holds."""
    return _READING.decode(json)


def read_judgement(row: Any) -> Judgement:
    """Return the judgement that a row is."""
    return Judgement(
        left=row.left, right=row.right, verdict=Verdict(row.verdict), who=row.who, when=row.when, why=row.why
    )


def read_correction(row: Any) -> Correction:
    """Return the correction that a row is."""
    return Correction(
        claim=row.claim, field=row.field, value=msgspec.json.decode(row.value), who=row.who, when=row.when, why=row.why
    )


def _without_noughts(text: str) -> str:
    """Return TEXT without the character 0, which text columns can't hold everywhere."""
    return text.replace("\x00", "\ufffd")


def _asked_for(told: Claim | Record) -> dict[str, Any]:
    """Return what rows of claims and of records have alike: what they are asked for by, and all of it as JSON."""
    since, until = _days(told.interval)
    return {
        "id": told.id,
        "type": told.type,
        "status": told.status,
        "country": told.place.country if told.place else None,
        "since": since,
        "until": until,
        "json": msgspec.json.encode(told),
    }


def _days(interval: Interval | None) -> tuple[str | None, str | None]:
    since, until = interval or (None, None)
    return since and since[:10], until and until[:10]


def _words(record: Record, claims: Sequence[Claim]) -> str:
    """Return what the claims say and name, line by line, each line once."""
    lines: dict[str, None] = {}
    for claim in claims:
        lines[claim.text] = None
        lines |= _names(claim)
        lines[" ".join(claim.words)] = None
    lines |= _names(record)
    if record.type:
        lines[record.type.lower()] = None
    return "\n".join(line for line in lines if line)


def _names(told: Claim | Record) -> dict[str, None]:
    parties = (p.name for p in (*told.actors, *told.recipients, *told.participants))
    return dict.fromkeys([*parties, *([told.place.name] if told.place and told.place.name else [])])
