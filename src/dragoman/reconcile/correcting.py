"""Puts what people corrected in a record: their values outrank the machine's, which stay beside them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from dragoman.domain.codes import EventType, Grain, Status
from dragoman.domain.findings import Interval
from dragoman.domain.records import Conflict, Corrected, Correction, Party, Record, RecordFigure, Spot
from dragoman.lexicon import plover
from dragoman.reconcile.correctable import Quantity, grain_of, place_of, quantity_of

TYPES: dict[str, Any] = {
    "type": EventType | None, "mode": str | None, "status": Status, "interval": Interval | None,
    "grain": Grain | None, "place": Spot | None, "actors": tuple[Party, ...], "recipients": tuple[Party, ...],
    "participants": tuple[Party, ...],
}  # fmt: skip
"""The fields that can be corrected, in the order in which they are."""
BY_PEOPLE = "figures.best.corrected"
"""The rule that chose a count where a person did."""


def corrected(record: Record, corrections: Sequence[Correction]) -> Record:
    """Return RECORD with CORRECTIONS, which stand in the order in which they were made: the latest of a field counts.

    A correction that a later kind of record can't hold changes nothing.
    """
    latest: dict[str, Correction] = {}
    for correction in corrections:
        latest.pop(correction.field, None)
        latest[correction.field] = correction
    if not latest:
        return record
    values: dict[str, Any] = {}
    notes: list[Corrected] = []
    for field, kind in TYPES.items():
        made = latest.get(field)
        if made is not None and _fits(made.value, kind):
            values[field] = msgspec.convert(made.value, type=kind)
            notes.append(_note(made, field, made.value, getattr(record, field)))
    notes += _followers(record, values, latest)
    figures, counted = _figures(record, [c for f, c in latest.items() if f not in TYPES])
    return msgspec.structs.replace(record, **values, figures=figures, corrections=(*notes, *counted))


def open_conflicts(record: Record) -> tuple[Conflict, ...]:
    """Return the conflicts on which no person has put a value."""
    decided = {_conflict_of(c.field) for c in record.corrections}
    return tuple(c for c in record.conflicts if c.field not in decided)


def _conflict_of(field: str) -> str | None:
    """Return the field under which claims that disagree on FIELD are a conflict."""
    wanted = quantity_of(field)
    if wanted is not None:
        return f"figures.{wanted.measure.value}" if wanted.end == "best" else None
    return "country" if field == "place" else field


def _fits(value: Any, kind: Any) -> bool:
    try:
        msgspec.convert(value, type=kind)
    except msgspec.ValidationError:
        return False
    return True


def _note(made: Correction, field: str, value: Any, machine: Any) -> Corrected:
    plain = msgspec.json.decode(msgspec.json.encode(machine))
    return Corrected(field=field, value=value, machine=plain, who=made.who, when=made.when, why=made.why)


def _followers(record: Record, values: dict[str, Any], latest: dict[str, Correction]) -> list[Corrected]:
    """Set what follows from a correction: a mode that the type can't have goes, a grain is that of the interval."""
    notes = []
    if "type" in values and "mode" not in values and record.mode is not None:
        kind = values["type"]
        if kind is None or record.mode not in plover.modes()[kind.value]:
            values["mode"] = None
            notes.append(_note(latest["type"], "mode", None, record.mode))
    if "interval" in values and "grain" not in values:
        grain = values["grain"] = grain_of(values["interval"])
        if grain is not record.grain:
            notes.append(_note(latest["interval"], "grain", grain and grain.value, record.grain))
    return notes


def _figures(
    record: Record, corrections: Sequence[Correction]
) -> tuple[tuple[RecordFigure, ...], tuple[Corrected, ...]]:
    """Return the quantities with the numbers that people put, and a note of each."""
    figures = list(record.figures)
    put: dict[tuple[int, str], Correction] = {}
    for made in corrections:
        wanted = quantity_of(made.field)
        if wanted is None or not _fits(made.value, float | int | None):
            continue
        at = place_of(figures, wanted)
        if at is None:
            at = len(figures)
            figures.append(_uncounted(wanted))
        put[at, wanted.end] = made
    notes = tuple(_note(m, m.field, m.value, getattr(figures[at], end)) for (at, end), m in _keyed(put))
    for at in sorted({at for at, _ in put}):
        figures[at] = _with_numbers(figures[at], {end: m.value for (n, end), m in put.items() if n == at})
    return tuple(figures), notes


def _keyed(put: dict[tuple[int, str], Correction]) -> list[tuple[tuple[int, str], Correction]]:
    return sorted(put.items(), key=lambda item: item[0])


def _uncounted(wanted: Quantity) -> RecordFigure:
    """Return a quantity that no claim counts."""
    return RecordFigure(
        measure=wanted.measure, who=wanted.who, period=wanted.period, best=None, low=None, high=None, claims=(),
        why=BY_PEOPLE,
    )  # fmt: skip


def _with_numbers(figure: RecordFigure, put: dict[str, float | int | None]) -> RecordFigure:
    """Return FIGURE with the numbers PUT; the others move as little as keeps best between low and high."""
    known = [v for v in put.values() if v is not None]
    low, best, high = (put.get(end, getattr(figure, end)) for end in ("low", "best", "high"))
    if "low" not in put and known:
        low = min(v for v in (low, *known) if v is not None)
    if "high" not in put and known:
        high = max(v for v in (high, *known) if v is not None)
    if "best" not in put and best is not None:
        best = best if low is None else max(best, low)
        best = best if high is None else min(best, high)
    why = BY_PEOPLE if "best" in put else figure.why
    return msgspec.structs.replace(figure, low=low, best=best, high=high, why=why)
