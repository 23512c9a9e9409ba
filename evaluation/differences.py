"""What differs from gold: one difference with its sentence, what was wanted, what was got, and why."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from dragoman.exports.text import printable
from dragoman.lexicon.rules import describe


class Mark(msgspec.Struct, frozen=True):
    """A stretch of the sentence that plays a part: trigger, actor or recipient."""

    start: int
    end: int
    part: str


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """One difference from gold.

    `kind` groups it; `detail` says more of the kind where that is worth counting (a pair of types that were mixed up);
    offsets of `marks` count in `sentence`.
    """

    document: str
    kind: str
    sentence: str
    marks: tuple[Mark, ...] = ()
    wanted: str = ""
    got: str = ""
    detail: str = ""
    trace: tuple[str, ...] = ()


class Piece(msgspec.Struct, frozen=True):
    """A piece of the sentence under the same marks."""

    text: str
    parts: str


PARTS = ("trigger", "actor", "recipient")
SIGNS = {"trigger": ("*", "*"), "actor": ("<", ">"), "recipient": ("[", "]")}


def marked(start: int, end: int, spans: Mapping[str, Iterable[Sequence[int]]]) -> tuple[Mark, ...]:
    """Return the SPANS (by part, offsets of the text) that lie in the sentence from START to END as its marks."""
    found = [
        Mark(max(s, start) - start, min(e, end) - start, part)
        for part in PARTS
        for s, e in spans.get(part, ())
        if s < end and start < e
    ]
    return tuple(dict.fromkeys(sorted(found, key=lambda m: (m.start, -m.end, m.part))))


def pieces(difference: Difference) -> list[Piece]:
    """Return the sentence of DIFFERENCE cut at every edge of a mark."""
    marks, text = difference.marks, difference.sentence
    edges = sorted({0, len(text), *(m.start for m in marks), *(m.end for m in marks)})
    found = []
    for start, end in itertools.pairwise(edges):
        parts = [p for p in PARTS if any(m.part == p and m.start <= start and end <= m.end for m in marks)]
        found.append(Piece(printable(text[start:end]), " ".join(parts)))
    return found


def signed(difference: Difference) -> str:
    """Return the sentence with signs around its marks: *trigger*, <actor>, [recipient]."""
    text, out = difference.sentence, []
    for place in range(len(text) + 1):
        out += [SIGNS[m.part][1] for m in reversed(difference.marks) if m.end == place and m.start < place]
        out += [SIGNS[m.part][0] for m in difference.marks if m.start == place]
        out.append(text[place : place + 1])
    return printable("".join(out)).strip()


def counted(differences: Iterable[Difference]) -> list[tuple[str, list[Difference]]]:
    """Return DIFFERENCES by kind, the most frequent kind first."""
    groups: dict[str, list[Difference]] = {}
    for difference in differences:
        groups.setdefault(difference.kind, []).append(difference)
    return sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))


def details(group: Iterable[Difference]) -> list[tuple[str, int]]:
    """Return how often each detail occurs in a group, the most frequent first."""
    return sorted(Counter(d.detail for d in group if d.detail).items(), key=lambda pair: (-pair[1], pair[0]))


def why(text: str, finding: dict[str, Any] | None, fields: Iterable[str]) -> tuple[str, ...]:
    """Return the trace of FINDING: what found it, and of FIELDS the rules, their words and what else was considered."""
    if finding is None:
        return ()
    first = f"{finding['id']} found by {_rule(finding['found_by'])}, confidence {finding['confidence']:.2f}"
    lines, wanted, silent = [first], tuple(fields), []
    for field in wanted:
        reasons = [r for r in finding.get("why", ()) if r["field"] == field]
        if not reasons:
            silent.append(field)
        for reason in reasons:
            words = ", ".join(f"“{' '.join(text[s:e].split())}”" for s, e in reason.get("spans", ()))
            lines.append(f"{field}: by {_rule(reason['rule'])}" + (f"; words {words}" if words else ""))
            lines += [f"considered: {other}" for other in reason.get("considered", ())]
    if silent:
        lines.append(f"no reason given for {', '.join(silent)}")
    return tuple(dict.fromkeys(printable(line) for line in lines))


def _rule(rule: str) -> str:
    entry = describe(rule)
    return f"{rule} ({entry.about})" if entry and entry.about else rule
