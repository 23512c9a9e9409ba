"""PLOVER's tables: quad classes, scores, modes, and the CAMEO code closest to a type and mode.

The tables are `codebooks/ontology/plover-*.csv`, `cameo-events.csv` and `cameo-to-plover.csv` (PLOVER's 2021 mapping).
"""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

from dragoman.domain.codes import EventType

CLOSEST: dict[tuple[str, str], str] = {
    ("ACCUSE", ""): "110",
    ("ACCUSE", "allege"): "112",
    ("ACCUSE", "disapprove"): "111",
    ("ACCUSE", "investigate"): "090",
    ("AGREE", ""): "030",
    ("AID", ""): "070",
    ("ASSAULT", ""): "190",
    ("ASSAULT", "abduct"): "181",
    ("ASSAULT", "aerial"): "195",
    ("ASSAULT", "crowd-control"): "175",
    ("ASSAULT", "destroy"): "190",
    ("ASSAULT", "drone"): "1952",
    ("ASSAULT", "explosives"): "183",
    ("ASSAULT", "primitive"): "190",
    ("ASSAULT", "targeted"): "186",
    ("CONCEDE", ""): "080",
    ("CONSULT", ""): "040",
    ("CONSULT", "meet"): "046",
    ("CONSULT", "multilateral"): "046",
    ("CONSULT", "visit"): "042",
    ("COERCE", "censor"): "172",
    ("COERCE", "cyber"): "176",
    ("COERCE", "restrict"): "172",
    ("COERCE", "withhold"): "172",
    ("COOPERATE", ""): "060",
    ("MOBILIZE", ""): "150",
    ("MOBILIZE", "militia"): "155",
    ("MOBILIZE", "weapons"): "150",
    ("PROTEST", ""): "140",
    ("PROTEST", "strike"): "143",
    ("PROTEST", "vandalize"): "145",
    ("REJECT", ""): "120",
    ("REQUEST", ""): "100",
    ("RETREAT", ""): "080",
    ("RETREAT", "access"): "086",
    ("RETREAT", "resign"): "083",
    ("SANCTION", ""): "160",
    ("SANCTION", "convict"): "160",
    ("SUPPORT", ""): "050",
    ("THREATEN", ""): "130",
    ("THREATEN", "arrest"): "130",
    ("THREATEN", "violence"): "138",
}
"""The broadest fitting code where the 2021 table lists several or none; others take the table's shortest."""


def _rows(name: str) -> list[dict[str, str]]:
    text = (files("dragoman.codebooks") / "ontology" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@cache
def quad_classes() -> dict[str, int]:
    """Return each type's quad class: 1 verbal, 2 material cooperation; 3 verbal, 4 material conflict."""
    return {row["code"]: int(row["quad_class"]) for row in _rows("plover-events.csv")}


@cache
def modes() -> dict[str, frozenset[str]]:
    """Return the modes that each type may have."""
    found: dict[str, set[str]] = {t.value: set() for t in EventType}
    for row in _rows("plover-modes.csv"):
        if row["mode"]:
            found[row["type"]].add(row["mode"])
    return {name: frozenset(values) for name, values in found.items()}


@cache
def contexts() -> frozenset[str]:
    """Return PLOVER's contexts."""
    return frozenset(row["context"] for row in _rows("plover-contexts.csv"))


@cache
def sectors() -> frozenset[str]:
    """Return the codes of actor sectors."""
    return frozenset(row["sector"] for row in _rows("plover-sectors.csv"))


@cache
def _cameo_codes() -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for row in _rows("cameo-to-plover.csv"):
        key = (row["plover_type"], row["plover_mode"])
        if key[0] and (key not in found or len(row["cameo"]) < len(found[key])):
            found[key] = row["cameo"]
    return found | CLOSEST


def closest_cameo(type_: str, mode: str | None) -> str | None:
    """Return the CAMEO code nearest to a PLOVER type and mode, or None."""
    codes = _cameo_codes()
    return codes.get((type_, mode or "")) or codes.get((type_, ""))


@cache
def _goldsteins() -> dict[str, float]:
    return {row["code"]: float(row["goldstein"]) for row in _rows("cameo-events.csv") if row["goldstein"]}


@cache
def _scores() -> dict[tuple[str, str], float]:
    return {(row["type"], row["mode"]): float(row["score"]) for row in _rows("plover-modes.csv") if row["score"]}


def goldstein(cameo: str | None, type_: str, mode: str | None) -> float | None:
    """Return the Goldstein value of a CAMEO code; where there is none, PLOVER's own score of the type and mode."""
    if cameo is not None and cameo in _goldsteins():
        return _goldsteins()[cameo]
    return _scores().get((type_, mode or ""), _scores().get((type_, "")))
