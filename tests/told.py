"""Reports of one claim a line, and a reconciler that compares their words: what the store's tests work with."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

from dragoman.domain.codes import EventType, Status
from dragoman.domain.reading import Reading
from dragoman.domain.records import Claim, Judgement, Keys, Party, Record, RecordClaim, Spot, StatusTold, Verdict
from dragoman.domain.report import Report, content_id
from dragoman.domain.spans import Span

ENOUGH = 0.6


def told(text: str, day: int = 1, version: str = "1.0.0") -> Reading:
    """Return a reading of a report whose lines are claims, published on a day of May 2024.

    A line is words, then what is known: `@KEN` the country, `=planned` the status, `#14` the day in May, `+Name` who.
    """
    published = datetime.date(2024, 5, day)
    return Reading(version=version, report=Report(id=content_id(text), text=text, published=published))


class WordReconciler:
    """Takes claims for one happening where most of their words are the same."""

    LEAST = ENOUGH

    def __init__(self) -> None:
        self.compared = 0
        self.rules = "words-1"

    def version(self) -> str:
        return self.rules

    def claims_of(self, reading: Reading) -> list[Claim]:
        found, start = [], 0
        for line in reading.report.text.splitlines():
            if not line.startswith(f"[{reading.version[0]}]") and line.startswith("["):
                start += len(line) + 1
                continue
            found.append(_claim(reading.report, line, start))
            start += len(line) + 1
        return found

    def keys_of(self, claim: Claim) -> Keys:
        words = frozenset(claim.words)
        return Keys(filed=words, asked=words)

    def likeness(self, left: Claim, right: Claim) -> float:
        self.compared += 1
        return len({*left.words} & {*right.words}) / len({*left.words} | {*right.words})

    def group(
        self, claims: Sequence[Claim], likely: Mapping[tuple[str, str], float], judgements: Sequence[Judgement]
    ) -> list[list[Claim]]:
        said = {(j.left, j.right): j.verdict for j in judgements}
        same = sorted(pair for pair, verdict in said.items() if verdict is Verdict.SAME)
        apart = {pair for pair, verdict in said.items() if verdict is Verdict.DIFFERENT}
        alike = sorted((-share, pair) for pair, share in likely.items() if share >= ENOUGH)
        cluster = {claim.id: {claim.id} for claim in claims}
        for left, right in [*same, *(pair for _, pair in alike)]:
            one, other = cluster[left], cluster[right]
            if one is not other and not any((min(a, b), max(a, b)) in apart for a in one for b in other):
                one |= other
                cluster.update(dict.fromkeys(other, one))
        by_id = {claim.id: claim for claim in claims}
        return [[by_id[i] for i in ids] for ids in sorted({tuple(sorted(ids)) for ids in cluster.values()})]

    def record_of(self, claims: Sequence[Claim], judgements: Sequence[Judgement]) -> Record:
        ordered = sorted(claims, key=lambda c: (c.published or datetime.date.max, c.id))
        first, last = ordered[0], ordered[-1]
        return Record(
            id="r-" + first.id, type=first.type, mode=None, contexts=(), status=last.status,
            history=tuple(StatusTold(status=c.status, published=c.published, claim=c.id) for c in ordered),
            interval=first.interval, grain=None, place=first.place, actors=first.actors, recipients=(),
            participants=(), figures=(), claims=tuple(_shown(c) for c in ordered), conflicts=(),
            reports=len({c.report for c in claims}), independent_sources=1, confidence=1.0,
            judgements=tuple(judgements),
        )  # fmt: skip


def _claim(report: Report, line: str, start: int) -> Claim:
    words = [w for w in line.split() if w[0] not in "@=#+["]
    marks = {w[0]: w[1:] for w in line.split() if w[0] in "@=#+"}
    day = f"2024-05-{int(marks['#']):02}" if "#" in marks else None
    return Claim(
        id=f"{report.id[7:19]}.{start}", report=report.id, given_id=None, event=f"e{start}",
        trigger=Span(start, start + len(line)), text=line, type=EventType.PROTEST,
        status=Status(marks.get("=", "occurred")), interval=(day, day) if day else None,
        place=Spot(name="Somewhere", country=marks["@"]) if "@" in marks else None,
        actors=(Party(name=marks["+"], kind="person", country="PER"),) if "+" in marks else (),
        published=report.published, words=tuple(w.lower() for w in words), confidence=1.0,
    )  # fmt: skip


def _shown(claim: Claim) -> RecordClaim:
    return RecordClaim(
        id=claim.id, report=claim.report, event=claim.event, trigger=claim.trigger, mentions=(), text=claim.text,
        status=claim.status, interval=claim.interval, source=None, published=claim.published,
    )  # fmt: skip
