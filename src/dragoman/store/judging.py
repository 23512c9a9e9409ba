"""What people decide of two happenings, and taking it back."""

from __future__ import annotations

from sqlalchemy import Connection, insert, select, update

from dragoman.domain.records import Claim, Judgement, Verdict
from dragoman.store.errors import JudgementError, UnknownIdError
from dragoman.store.opening import Store
from dragoman.store.reconciler import Reconciler
from dragoman.store.regrouping import load_claims, regroup
from dragoman.store.rows import read_judgement
from dragoman.store.schema import JUDGEMENT, MEMBERSHIP


def judge(
    store: Store,
    left: str,
    right: str,
    verdict: Verdict,
    who: str,
    when: str,
    why: str | None,
    reconciler: Reconciler,
) -> Judgement:
    """Note that LEFT and RIGHT, claims or records, are the same, different or unsure, and regroup what that touches.

    A record stands for its earliest claim. Raises UnknownIdError, or JudgementError where the two are one claim.
    """
    with store.deciding() as connection:
        one, other = sorted((claim_named(connection, left), claim_named(connection, right)))
        if one == other:
            raise JudgementError(
                f"{left!r} and {right!r} are the same claim; name two claims of the record to judge what is in it"
            )
        judgement = Judgement(left=one, right=other, verdict=verdict, who=who, when=when, why=why)
        row = {"left": one, "right": other, "verdict": verdict, "who": who, "when": when, "why": why}
        connection.execute(insert(JUDGEMENT), row)
        regroup(connection, (one, other), (), reconciler)
    return judgement


def undo(store: Store, who: str, reconciler: Reconciler) -> Judgement | None:
    """Take back the last judgement that stands, in WHO's name, and return it; None where none stands."""
    with store.deciding() as connection:
        last = connection.execute(
            select(JUDGEMENT).where(JUDGEMENT.c.undone_by.is_(None)).order_by(JUDGEMENT.c.seq.desc()).limit(1)
        ).first()
        if last is None:
            return None
        connection.execute(update(JUDGEMENT).where(JUDGEMENT.c.seq == last.seq).values(undone_by=who))
        judgement = read_judgement(last)
        regroup(connection, (judgement.left, judgement.right), (), reconciler)
    return judgement


def claim_named(connection: Connection, wanted: str) -> str:
    """Return the claim that an id names, or the earliest claim of the record that it names.

    Raises UnknownIdError.
    """
    if load_claims(connection, [wanted]):
        return wanted
    ids = connection.execute(select(MEMBERSHIP.c.claim).where(MEMBERSHIP.c.record == wanted)).scalars()
    claims = load_claims(connection, sorted(ids))
    if not claims:
        raise UnknownIdError("record or claim", wanted)
    return min(claims.values(), key=_earliness).id


def _earliness(claim: Claim) -> tuple[str, str]:
    return (claim.published.isoformat() if claim.published else "9999", claim.id)
