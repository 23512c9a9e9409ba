"""What the counts of a record come to: best, low, high, and by which rule.

Which counts are of one quantity, says `quantities`; which of them still stand, `standing`. Best is, by this order:
what an official gives, the latest, the exact one, what most voices tell. A range alone has no best count.
"""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.domain.records import Claim, Conflict, CountTold, RecordFigure, Stand
from dragoman.reconcile.copies import Origins
from dragoman.reconcile.quantities import Told, quantities_of
from dragoman.reconcile.standing import agree, standing


def figures_of(claims: Sequence[Claim], origins: Origins) -> tuple[list[RecordFigure], list[Conflict]]:
    """Return the quantities of CLAIMS, in order of their measures, and where those that still stand disagree."""
    figures, conflicts = [], []
    for told in quantities_of(claims, origins):
        stand, dropped = standing(told)
        figure = _figure(told, stand, dropped)
        figures.append(figure)
        if any(not agree(a, b) for a in stand for b in stand):
            values: dict[float, set[str]] = {}
            for one in stand:
                if one.value is not None:
                    values.setdefault(one.value, set()).add(one.claim.id)
            stands = tuple(Stand(value=_plain(v), claims=tuple(sorted(ids))) for v, ids in sorted(values.items()))
            conflicts.append(Conflict(field=f"figures.{figure.measure.value}", values=stands))
    return figures, conflicts


def _figure(told: Sequence[Told], stand: Sequence[Told], dropped: str | None) -> RecordFigure:
    best, why = _best(stand)
    if len({(t.low, t.high) for t in told}) == 1 and best is not None:
        why = "figures.best.agreed" if len(told) > 1 else "figures.best.only"
    elif why == "figures.best.only":
        why = dropped or why
    head = told[0].count
    return RecordFigure(
        measure=head.measure, who=next((t.count.who for t in told if t.count.who), None),
        period=next((t.count.period for t in told if t.count.period), None), best=_plain(best),
        low=_plain(min((t.low for t in stand if t.low is not None), default=None)),
        high=_plain(max((t.high for t in stand if t.high is not None), default=None)), why=why,
        claims=tuple(
            CountTold(
                report=t.claim.given_id or t.claim.report, figure=t.count.figure, span=t.count.span,
                value=t.count.value, low=t.count.low, high=t.count.high, source=t.count.source,
                published=t.claim.published,
            )
            for t in told
        ),
    )  # fmt: skip


def _plain(value: float | None) -> float | int | None:
    return int(value) if value is not None and float(value).is_integer() else value


def _best(stand: Sequence[Told]) -> tuple[float | None, str]:
    """Return the count to show, and the rule that chose it: the last of those that narrow the choice down."""
    known = [t for t in stand if t.given is not None]
    if not known:
        return None, "figures.best.range"
    rule = "figures.best.only"
    for name, chosen in (("official", _official), ("latest", _latest), ("exact", _exact)):
        left = chosen(known) or known
        if len({t.given for t in left}) < len({t.given for t in known}):
            known, rule = left, f"figures.best.{name}"
    numbers = sorted({t.given for t in known if t.given is not None})
    if len(numbers) == 1:
        return numbers[0], rule
    return max(numbers, key=lambda n: (len({t.voice for t in known if t.given == n}), n)), "figures.best.most-told"


def _official(known: Sequence[Told]) -> list[Told]:
    return [t for t in known if t.count.official]


def _latest(known: Sequence[Told]) -> list[Told]:
    last = max(t.day for t in known)
    return [t for t in known if t.day == last]


def _exact(known: Sequence[Told]) -> list[Told]:
    return [t for t in known if t.exact]
