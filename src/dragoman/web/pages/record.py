"""One record: what stands, what contradicts, every claim in its report's words, and what people decided."""

from __future__ import annotations

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from dragoman.domain.records import Claim, Record, RecordFigure
from dragoman.exports.explanations import value_told
from dragoman.reconcile.correctable import correctable_fields
from dragoman.reconcile.explaining import about
from dragoman.store.accounts import Role
from dragoman.store.correcting import correction_log
from dragoman.store.looking import Likely, ReportHead, alike, claims_by_id, report_heads
from dragoman.store.queries import claims, record
from dragoman.web.auth.changing import may
from dragoman.web.charts import Chart, chart_of
from dragoman.web.marking import Stretch, around
from dragoman.web.templating import page

MOST = 60
"""How many claims a page shows; the rest on asking."""


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """A claim with its report and its sentence, marked."""

    claim: Claim
    head: ReportHead
    sentence: list[Stretch]


class Drawn(msgspec.Struct, frozen=True, kw_only=True):
    """A quantity with its drawing and the words of its rule."""

    figure: RecordFigure
    chart: Chart | None
    rule: str


class Twin(msgspec.Struct, frozen=True, kw_only=True):
    """Another record that may be the same, with the two claims that are most alike."""

    likely: Likely
    own: Told
    other: Told


def show(request: Request) -> Response:
    """Return the page of a record; asked for by a claim's id, of the record that has it."""
    store = request.app.state.store
    found: Record = record(store, request.path_params["id"])
    every = request.query_params.get("all") == "1"
    held = claims(store, found.id)
    twins = alike(store, found)
    pairs = claims_by_id(store, [i for t in twins for i in (t.own, t.other)])
    shown = held if every else held[:MOST]
    heads = report_heads(store, [c.report for c in (*shown, *pairs.values())])
    return page(
        request, "record.html",
        {
            "record": found,
            "told": [told_of(c, heads) for c in shown],
            "more": len(held) - len(shown),
            "figures": [Drawn(figure=f, chart=chart_of(f), rule=about(f.why) or f.why) for f in found.figures],
            "twins": [
                Twin(likely=t, own=told_of(pairs[t.own], heads), other=told_of(pairs[t.other], heads)) for t in twins
            ],
            "outlets": {c.id: heads[c.report].source or heads[c.report].given_id or c.report for c in shown},
            "corrections": correction_log(store, found.id),
            "machine": {c.field: c.machine for c in found.corrections},
            "correctable": correctable_fields(found),
            "value_told": value_told,
            "may_change": may(request, Role.REVIEWER),
        },
    )  # fmt: skip


def told_of(claim: Claim, heads: dict[str, ReportHead]) -> Told:
    """Return CLAIM with its report and its sentence, trigger and counts marked."""
    head = heads[claim.report]
    marks = [(claim.trigger, "trigger"), *((m, "trigger") for m in claim.mentions)]
    marks += [(count.span, "count") for count in claim.counts]
    return Told(claim=claim, head=head, sentence=around(head.text, claim.trigger, marks))
