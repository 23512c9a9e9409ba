"""Why a record has its values, as a person reads it in a terminal."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from dragoman.domain.records import Corrected
from dragoman.exports.text import printable
from dragoman.reconcile.explaining import Explanation, FieldExplained, Kinship, Voice

DAY = re.compile(r"-?\d{4}-\d\d")
MOST = 3
"""How many claims for or against are shown of a field where all fields are."""
QUIET = "records.value.none"


def explanation_page(explanation: Explanation) -> str:
    """Return EXPLANATION as a page of lines. Fields of which no claim and no person says anything are left out."""
    lines = [explanation.record]
    for field in explanation.fields:
        if field.rule != QUIET or len(explanation.fields) == 1:
            lines += _field(field, MOST if len(explanation.fields) > 1 else None)
    if explanation.pairs:
        lines += ["", "held to be one happening"]
        for pair in explanation.pairs:
            lines += _pair(pair)
    if explanation.judgements:
        lines += ["", "judged"]
    for made in explanation.judgements:
        why = f": {made.why}" if made.why else ""
        lines.append(f"  {made.verdict.value}  {made.left} {made.right}  by {made.who}, {made.when}{why}")
    return "\n".join(map(printable, lines)) + "\n"


def value_told(value: Any) -> str:
    """Return a value of a field in a line: names of parties and places, counts with their range, days."""
    if value is None or value == []:
        return "none"
    if isinstance(value, list) and all(isinstance(v, Mapping) for v in value):
        return "; ".join(_party(v) for v in value)
    if isinstance(value, list) and len(value) == 2 and all(v is None or DAY.match(str(v)) for v in value):
        return str(value[0]) if value[0] == value[1] else f"{value[0] or ''}/{value[1] or ''}"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, Mapping) and "best" in value:
        ends = "" if value["low"] == value["high"] else f" [{value['low']}-{value['high']}]"
        return f"{'?' if value['best'] is None else value['best']}{ends}"
    if isinstance(value, Mapping) and "precision" in value:
        return _count(value)
    if isinstance(value, Mapping):
        return ", ".join(str(v) for k, v in value.items() if v is not None and k != "geonames_id")
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def correction_told(made: Corrected) -> str:
    """Return a correction in a line."""
    return (
        f"{made.field}: {value_told(made.value)} (machine: {value_told(made.machine)}) by {made.who}, {made.when}: "
        f"{made.why}"
    )


def _party(party: Mapping[str, Any]) -> str:
    codes = " ".join(str(party[k]) for k in ("country", "sector") if party.get(k))
    return f"{party.get('name')} ({codes})" if codes else str(party.get("name"))


def _count(value: Mapping[str, Any]) -> str:
    number, low, high = value["value"], value["low"], value["high"]
    told = f"{number}" if number is not None else f"{'' if low is None else low}-{'' if high is None else high}"
    return told if value["precision"] == "exact" else f"{told} ({value['precision'].replace('_', ' ')})"


def _field(field: FieldExplained, most: int | None) -> list[str]:
    lines = ["", f"{field.field}: {value_told(field.value)}"]
    lines.append(f"  by {field.rule}" + (f" - {field.about}" if field.about else ""))
    lines += [f"  corrected {correction_told(made)}" for made in field.corrections]
    for title, voices in (("for", field.backing), ("against", field.against)):
        for voice in voices[:most]:
            lines += _voice(title, voice)
        if most is not None and len(voices) > most:
            lines.append(f"  {title}: {len(voices) - most} more claims (explain {field.field} alone to see them)")
    if field.silent:
        lines.append(f"  silent: {field.silent} of the claims")
    return lines


def _voice(title: str, voice: Voice) -> list[str]:
    notes = [
        voice.report, *([voice.outlet] if voice.outlet else []), voice.published or "no date",
        *([f"by {voice.source}"] if voice.source else []), *(["as background"] if voice.background else []),
        *([] if voice.stands else ["superseded"]),
    ]  # fmt: skip
    words = f"{voice.before}«{voice.said}»{voice.after}".strip()
    return [f"  {title}: {value_told(voice.value)}  {voice.claim}  {', '.join(notes)}", f"    “{words}”"]


def _pair(pair: Kinship) -> list[str]:
    judged = f", judged {pair.judged.value}" if pair.judged is not None else ""
    lines = [f"  {pair.left} {pair.right}  likeness {pair.likeness:.2f}{judged}"]
    for title, features in (("for", pair.speaks_for), ("against", pair.against)):
        if features:
            lines.append(f"    {title}: " + ", ".join(f"{f.name} {f.weight:+.2f}" for f in features))
    return lines
