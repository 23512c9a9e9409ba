"""Why a record has its values: the claims for and against each, their words, the rules, and what people decided."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

import msgspec

from dragoman.domain.findings import Interval
from dragoman.domain.name_keys import name_key
from dragoman.domain.records import (
    Claim,
    Corrected,
    Count,
    Judgement,
    Party,
    Record,
    RecordFigure,
    Spot,
    Verdict,
    middle_of,
)
from dragoman.domain.spans import Span
from dragoman.lexicon.source import load_entries
from dragoman.lexicon.weights import weights_of
from dragoman.reconcile import comparison
from dragoman.reconcile.correctable import ENDS, path_of, place_of, quantity_of
from dragoman.reconcile.evidence import features
from dragoman.reconcile.grouping import Pair, pair_of, standing

EXPLANATION_SCHEMA: Literal["dragoman.explanation/1"] = "dragoman.explanation/1"
AROUND = 70
"""How many characters are quoted before and after the words."""
LONGEST_SAID = 200
STRONGEST = 6
"""How many features are given for and against that two claims are of one happening."""


class UnknownFieldError(ValueError):
    """The record has no field of this name; the message names those that it has."""


class Voice(msgspec.Struct, frozen=True, kw_only=True):
    """A claim that speaks for or against a value: whose it is, what it tells, and its words in the report's text.

    `stands` is false for a count that a later one or an exact one replaced.
    """

    claim: str
    report: str
    outlet: str | None
    published: str | None
    source: str | None
    background: bool
    value: Any
    span: Span
    before: str
    said: str
    after: str
    stands: bool = True


class FieldExplained(msgspec.Struct, frozen=True, kw_only=True):
    """A field of a record: the value that stands, the rule that chose it, and who tells so or otherwise.

    `machine` is what the claims alone come to, where `corrections` put something else. `silent` is how many claims
    don't say.
    """

    field: str
    value: Any
    machine: Any
    rule: str
    about: str
    backing: tuple[Voice, ...]
    against: tuple[Voice, ...]
    silent: int
    corrections: tuple[Corrected, ...]


class Feature(msgspec.Struct, frozen=True, kw_only=True):
    """What two claims have alike or not, and how much it speaks for one happening (logarithm of odds)."""

    name: str
    weight: float


class Kinship(msgspec.Struct, frozen=True, kw_only=True):
    """Why two claims of a record are held to be of one happening."""

    left: str
    right: str
    likeness: float
    judged: Verdict | None
    speaks_for: tuple[Feature, ...]
    against: tuple[Feature, ...]


class Explanation(msgspec.Struct, frozen=True, kw_only=True):
    """Why a record is as it is. `pairs` has for each claim the one it is most like, and what people judged."""

    schema: Literal["dragoman.explanation/1"] = EXPLANATION_SCHEMA
    record: str
    fields: tuple[FieldExplained, ...]
    pairs: tuple[Kinship, ...]
    judgements: tuple[Judgement, ...]
    corrections: tuple[Corrected, ...]


def explain(
    record: Record,
    claims: Sequence[Claim],
    texts: Mapping[str, str],
    likely: Mapping[Pair, float],
    field: str | None = None,
) -> Explanation:
    """Return why RECORD, which is made of CLAIMS, has its values; with FIELD, why it has that one.

    TEXTS has the text of each claim's report by content id (a claim's own sentence stands in for one that is missing),
    LIKELY the likeness of pairs of the claims, smaller id first. Raises UnknownFieldError.
    """
    fields = [_field(record, claims, texts, name) for name in _VALUES]
    fields += [_figure(record, figure, claims, texts) for figure in record.figures]
    if field is not None:
        wanted = _WORDS.get(field, field)
        found = [f for f in fields if f.field == wanted or f.field.startswith(f"{wanted}.") or _is_end(f.field, wanted)]
        if not found:
            raise UnknownFieldError(
                f"no field {field[:LONGEST_SAID]!r}; there are {', '.join(f.field for f in fields)}"
            )
        fields = found
    return Explanation(
        record=record.id, fields=tuple(fields), pairs=() if field is not None else _pairs(record, claims, likely),
        judgements=record.judgements, corrections=record.corrections,
    )  # fmt: skip


def _is_end(path: str, wanted: str) -> bool:
    return wanted in {f"{path}.{end}" for end in ENDS}


def _spot(spot: Spot | None) -> Any:
    """Return what two claims must have alike to tell the same place."""
    if spot is None:
        return None
    return (spot.country, spot.geonames_id or name_key(spot.name or ""))


def _days(interval: Interval | None) -> Any:
    return interval and tuple(interval)


def _names(parties: Sequence[Party]) -> Any:
    return frozenset(name_key(p.name) for p in parties) or None


_VALUES: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "type": ("records.type.most-told", lambda t: t.type),
    "mode": ("records.mode.most-told", lambda t: t.mode),
    "contexts": ("records.contexts.all-told", lambda t: frozenset(t.contexts) or None),
    "status": ("records.status.latest", lambda t: t.status),
    "interval": ("records.interval.most-told", lambda t: _days(t.interval)),
    "grain": ("records.grain.with-interval", lambda t: t.grain),
    "place": ("records.place.most-told", lambda t: _spot(t.place)),
    "actors": ("records.parties.all-told", lambda t: _names(t.actors)),
    "recipients": ("records.parties.all-told", lambda t: _names(t.recipients)),
    "participants": ("records.parties.all-told", lambda t: _names(t.participants)),
}
"""The fields, the rule that chooses each, and what claims must have alike to tell the same."""
_WORDS = {"country": "place", "date": "interval", "days": "interval"}


def _field(record: Record, claims: Sequence[Claim], texts: Mapping[str, str], name: str) -> FieldExplained:
    rule, key = _VALUES[name]
    stands = key(record)
    own = {claim.id: key(claim) for claim in claims}
    told = [c for c in claims if own[c.id] is not None]
    notes = tuple(c for c in record.corrections if c.field == name)
    machine = notes[-1].machine if notes else _plain(getattr(record, name))
    if notes:
        rule = "records.value.corrected"
    elif not told:
        rule = "records.value.none"
    elif len({own[c.id] for c in told}) == 1:
        rule = "records.value.only"
    agrees = _same_place if name == "place" else _agrees
    backing = [c for c in told if agrees(own[c.id], stands)]
    return FieldExplained(
        field=name, value=_plain(getattr(record, name)), machine=machine, rule=rule, about=about(rule),
        backing=tuple(_voice(c, c.trigger, _plain(getattr(c, name)), texts) for c in backing),
        against=tuple(_voice(c, c.trigger, _plain(getattr(c, name)), texts) for c in told if c not in backing),
        silent=len(claims) - len(told), corrections=notes,
    )  # fmt: skip


def _agrees(own: Any, stands: Any) -> bool:
    if isinstance(own, frozenset):
        return bool(own & (stands or frozenset()))
    return bool(own == stands)


def _same_place(own: Any, stands: Any) -> bool:
    """Tell whether two places are one, or in one country of which one of them names no more."""
    if stands is None or own[0] != stands[0]:
        return False
    return bool(own[1] == stands[1] or not own[1] or not stands[1])


def _figure(record: Record, figure: RecordFigure, claims: Sequence[Claim], texts: Mapping[str, str]) -> FieldExplained:
    paths = {path_of(record.figures, figure, end): end for end in ENDS}
    notes = tuple(c for c in record.corrections if _number_of(c.field, figure, record) is not None)
    numbers = {end: getattr(figure, end) for end in ENDS}
    machine = numbers | {end: n.machine for n in notes if (end := _number_of(n.field, figure, record)) is not None}
    counts = {(c.given_id or c.report, count.figure): (c, count) for c in claims for count in c.counts}
    told = [counts[key] for t in figure.claims if (key := (t.report, t.figure)) in counts]
    voices = [_counted(claim, count, machine if not notes else {}, texts) for claim, count in told]
    backing = tuple(v for v, (_, count) in zip(voices, told, strict=True) if _tells(count, figure.best))
    return FieldExplained(
        field=next(iter(paths)).rpartition(".")[0], value=numbers, machine=machine, rule=figure.why,
        about=about(figure.why), backing=backing, against=tuple(v for v in voices if v not in backing),
        silent=len(claims) - len({c.id for c, _ in told}), corrections=notes,
    )  # fmt: skip


def _number_of(field: str, figure: RecordFigure, record: Record) -> str | None:
    """Return which number of FIGURE a correction of FIELD put, None where it put one of another quantity."""
    wanted = quantity_of(field)
    at = None if wanted is None else place_of(record.figures, wanted)
    return wanted.end if wanted is not None and at is not None and record.figures[at] is figure else None


def _middle(count: Count) -> float | int | None:
    return middle_of(count.value, count.low, count.high)


def _tells(count: Count, best: float | int | None) -> bool:
    return best is not None and (_middle(count) == best or (count.low is not None and count.low == count.high == best))


def _counted(claim: Claim, count: Count, range_: Mapping[str, Any], texts: Mapping[str, str]) -> Voice:
    value = {"value": count.value, "low": count.low, "high": count.high, "precision": count.precision.value}
    voice = _voice(claim, count.span, value, texts)
    middle, low, high = _middle(count), range_.get("low"), range_.get("high")
    stands = middle is None or low is None or high is None or low <= middle <= high
    return msgspec.structs.replace(voice, stands=stands, source=count.source or voice.source)


def _voice(claim: Claim, span: Span, value: Any, texts: Mapping[str, str]) -> Voice:
    text = texts.get(claim.report)
    before, said, after = ("", claim.text[:LONGEST_SAID], "") if text is None else _quoted(text, span)
    return Voice(
        claim=claim.id, report=claim.given_id or claim.report, outlet=claim.outlet,
        published=claim.published.isoformat() if claim.published else None, source=claim.source,
        background=claim.background, value=value, span=span, before=before, said=said, after=after,
    )  # fmt: skip


def _quoted(text: str, span: Span) -> tuple[str, str, str]:
    """Return the words of SPAN with some before and after them, white space as blanks."""
    start, end = span
    said = text[start:end] if end - start <= LONGEST_SAID else text[start : start + LONGEST_SAID] + "…"
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    if start > AROUND:
        before = "…" + (before.partition(" ")[2] or before)
    if end + AROUND < len(text):
        after = (after.rpartition(" ")[0] or after) + "…"
    return _blanks(before), _blanks(said), _blanks(after)


def _blanks(text: str) -> str:
    return "".join(" " if c.isspace() else c for c in text)


def _plain(value: Any) -> Any:
    return msgspec.json.decode(msgspec.json.encode(value))


def about(rule: str) -> str:
    """Return what the rule RULE says, '' where none is known."""
    return next((entry.about for entry in load_entries("records") if entry.id == rule), "")


def _pairs(record: Record, claims: Sequence[Claim], likely: Mapping[Pair, float]) -> tuple[Kinship, ...]:
    """Return for each claim the other that it is most like, and all pairs that people judged, most alike first."""
    by_id = {c.id: c for c in claims}
    within = {p: share for p, share in likely.items() if p[0] in by_id and p[1] in by_id}
    best: dict[str, Pair] = {}
    for pair, share in sorted(within.items()):
        for each in pair:
            if each not in best or share > within[best[each]]:
                best[each] = pair
    judged = {p: v for p, v in standing(record.judgements).items() if p[0] in by_id and p[1] in by_id}
    pairs = {*best.values(), *judged}
    found = [_kinship(by_id[left], by_id[right], within, judged) for left, right in sorted(pairs)]
    return tuple(sorted(found, key=lambda k: (-k.likeness, k.left, k.right)))


def _kinship(left: Claim, right: Claim, likely: Mapping[Pair, float], judged: Mapping[Pair, Verdict]) -> Kinship:
    pair = pair_of(left.id, right.id)
    features = _features(left, right)
    return Kinship(
        left=pair[0], right=pair[1], likeness=likely[pair] if pair in likely else comparison.likeness(left, right),
        judged=judged.get(pair),
        speaks_for=tuple(f for f in features if f.weight > 0)[:STRONGEST],
        against=tuple(f for f in features if f.weight < 0)[:STRONGEST],
    )  # fmt: skip


def _features(left: Claim, right: Claim) -> list[Feature]:
    """Return what speaks for and against one happening, the strongest first."""
    weights = weights_of("records")
    weighed = {name: weights.get(name, 0.0) for name in features(left, right) if name != "bias"}
    ranked = sorted(weighed.items(), key=lambda item: (-abs(item[1]), item[0]))
    return [Feature(name=name, weight=round(weight, 3)) for name, weight in ranked]
