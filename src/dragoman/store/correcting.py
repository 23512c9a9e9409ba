"""What people put in place of a record's values, and taking it back."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import Connection, insert, select, update

from dragoman.domain.records import Correction, Record
from dragoman.reconcile.correctable import InvalidCorrectionError, checked, clean
from dragoman.store.errors import CorrectionError
from dragoman.store.judging import claim_named
from dragoman.store.opening import Store
from dragoman.store.reconciler import Reconciler
from dragoman.store.regrouping import regroup
from dragoman.store.rows import read_correction, read_record
from dragoman.store.schema import CORRECTION, MEMBERSHIP, RECORD


class Noted(msgspec.Struct, frozen=True, kw_only=True):
    """A correction of the log, and who took it back."""

    number: int
    correction: Correction
    undone_by: str | None


def correct(
    store: Store, wanted: str, field: str, value: Any, who: str, why: str, when: str, reconciler: Reconciler
) -> Correction:
    """Put VALUE in FIELD of the record WANTED, or of the one that has the claim WANTED, and return what was noted.

    It hangs on that claim, or on the record's earliest one. Raises UnknownIdError, or CorrectionError where the field
    or the value can't be, or where WHY says nothing.
    """
    if not clean(why).strip():
        raise CorrectionError("a correction needs a note: say why")
    with store.deciding() as connection:
        claim = claim_named(connection, wanted)
        try:
            full, plain = checked(_record_with(connection, claim), field, value)
        except InvalidCorrectionError as error:
            raise CorrectionError(str(error)) from error
        made = Correction(claim=claim, field=full, value=plain, who=clean(who), when=when, why=clean(why).strip())
        row = {**msgspec.to_builtins(made), "value": msgspec.json.encode(plain).decode()}
        connection.execute(insert(CORRECTION), row)
        regroup(connection, (claim,), (), reconciler)
    return made


def undo_correction(store: Store, who: str, reconciler: Reconciler, number: int | None = None) -> Correction | None:
    """Take back the last correction that stands, or that with NUMBER of the log, in WHO's name, and return it.

    None where none stands.
    """
    with store.deciding() as connection:
        query = select(CORRECTION).where(CORRECTION.c.undone_by.is_(None)).order_by(CORRECTION.c.seq.desc()).limit(1)
        row = connection.execute(query if number is None else query.where(CORRECTION.c.seq == number)).first()
        if row is None:
            return None
        connection.execute(update(CORRECTION).where(CORRECTION.c.seq == row.seq).values(undone_by=clean(who)))
        regroup(connection, (row.claim,), (), reconciler)
    return read_correction(row)


def correction_log(store: Store, wanted: str | None = None) -> list[Noted]:
    """Return every correction in the order it was made, those taken back too; with WANTED, only those of its record.

    Raises UnknownIdError where WANTED is no record or claim.
    """
    query = select(CORRECTION).order_by(CORRECTION.c.seq)
    with store.reading() as connection:
        if wanted is not None:
            own = select(MEMBERSHIP.c.record).where(MEMBERSHIP.c.claim == claim_named(connection, wanted))
            members = select(MEMBERSHIP.c.claim).where(MEMBERSHIP.c.record == own.scalar_subquery())
            query = query.where(CORRECTION.c.claim.in_(members))
        rows = connection.execute(query).all()
    return [Noted(number=row.seq, correction=read_correction(row), undone_by=row.undone_by) for row in rows]


def _record_with(connection: Connection, claim: str) -> Record:
    query = select(RECORD.c.json).join(MEMBERSHIP, MEMBERSHIP.c.record == RECORD.c.id)
    return read_record(connection.execute(query.where(MEMBERSHIP.c.claim == claim)).scalar_one())
