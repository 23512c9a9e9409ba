"""The review queue: what the machine is least sure of, one question after another."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from dragoman.reconcile.grouping import LEAST
from dragoman.store.accounts import Role
from dragoman.store.looking import report_heads
from dragoman.store.reviewing import questions
from dragoman.web.auth.changing import may
from dragoman.web.pages.record import told_of
from dragoman.web.templating import page

AT_ONCE = 20


def show(request: Request) -> Response:
    """Return the first questions; a person answers with a key or a button."""
    store = request.app.state.store
    asked = questions(store, AT_ONCE, LEAST)
    heads = report_heads(store, [c.report for q in asked for c in (q.left, q.right)])
    return page(
        request, "review.html",
        {
            "asked": [(q, told_of(q.left, heads), told_of(q.right, heads)) for q in asked],
            "may_change": may(request, Role.REVIEWER),
        },
    )  # fmt: skip
