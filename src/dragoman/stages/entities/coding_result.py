"""What the coding of a phrase says."""

from __future__ import annotations

import msgspec

from dragoman.domain.codes import EntityKind
from dragoman.domain.findings import ExternalId
from dragoman.domain.ports import OWN_FILE, ActorRecord

STATE = frozenset(("GOV", "CVL", "UNK", "ELI"))
ARMED = frozenset(("REB", "UAF", "PRM", "SEP", "MIL"))
OFFICE_SECTORS = frozenset(("GOV", "MIL", "SPY", "JUD", "LEG", "COP", "IGO", "ELI"))
_FIGHTERS = frozenset(("UAF", "MIL", "REB", "PRM", "SEP", "UNK", "CVL", "GOV"))
_HELPERS = frozenset(("LAB", "EDU", "GOV", "UNK", "HLH", "NGO", "CVL", "BUS"))
GIVES_WAY = {
    **dict.fromkeys(("REB", "PRM", "SEP", "UAF", "CRM"), _FIGHTERS),
    **dict.fromkeys(("IGO", "NGO", "HRI", "MED"), _HELPERS),
    **dict.fromkeys(("COP", "SPY", "MIL", "LEG", "JUD", "PTY", "OPP", "BUS", "EDU"), frozenset(("GOV", "UNK"))),
}
"""By the sector of an organization named before a noun: the noun's sectors that give way to it ("Hamas gunmen")."""


class Coding(msgspec.Struct, frozen=True, kw_only=True):
    """What a phrase is coded as. `rule` is a codebook id; `considered` tells what else was possible and lost.

    `certain` is a confidence between 0 and 1. `words` are the indexes of the words that decided. `name` is the full
    name of who holds the office, where the phrase names an office and the actor list knows its holder on that day.
    `listed_at` is the file and line of the user's own file, where its row decided.
    """

    kind: EntityKind = EntityKind.OTHER
    country: str | None = None
    sector: str | None = None
    role: str | None = None
    name: str | None = None
    same_as: tuple[ExternalId, ...] = ()
    rule: str
    certain: float = 0.5
    words: tuple[int, ...] = ()
    considered: tuple[str, ...] = ()
    listed_at: str | None = None


def same_as(record: ActorRecord) -> tuple[ExternalId, ...]:
    """Return the actor list's code of RECORD, if it has one."""
    return (ExternalId(scheme=record.scheme, id=record.id),) if record.id and record.scheme != "leaders" else ()


def by_own_file(coding: Coding, record: ActorRecord, others: tuple[str, ...]) -> Coding:
    """Return CODING with what a row of the user's own file says in place of all else; empty cells leave it as it is.

    OTHERS tells what the shipped list has under the name.
    """
    return msgspec.structs.replace(
        coding, kind=EntityKind(record.kind), country=record.country or coding.country,
        sector=record.sector or coding.sector, role=record.role or coding.role, same_as=same_as(record),
        rule="actors.own.file", certain=0.95, listed_at=record.listed_at, considered=others,
    )  # fmt: skip


def is_own(record: ActorRecord) -> bool:
    """Tell whether a record is of the user's own file."""
    return record.scheme == OWN_FILE


def told(record: ActorRecord) -> str:
    """Return RECORD in words."""
    parts = [record.name, record.role or record.kind, record.country or "", record.since or "", record.until or ""]
    return ", ".join(p for p in parts if p)


def has_number(words: list[str]) -> bool:
    """Tell whether one of WORDS begins with a digit."""
    return any(w[0].isdigit() for w in words if w)
