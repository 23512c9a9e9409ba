"""Near-copies of one wire text are known by their sketches, and are one source."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from typing import Any

import pytest

import dragoman
from dragoman.reconcile.claims import claims_of
from dragoman.reconcile.copies import FEWEST, copied, origins_of, sketch_of
from dragoman.reconcile.recording import record_of
from test_reconcile import claim, day

WIRE = (
    "MOGADISHU, Jan 3 (Wire) - A car bomb exploded outside a hotel in the port city of Kismayo on Monday, killing nine"
    " people and wounding 14 others, police said. The blast tore through the entrance of the Safari Hotel, which is"
    " popular with traders. Ambulances carried the wounded to the general hospital, where relatives gathered."
)
EDITED = WIRE.partition(" - ")[2].replace("A car bomb exploded", "A bomb in a car went off").replace("nine", "11")
SHORT = WIRE.partition(" - ")[2].partition(" Ambulances")[0]
OTHER = (
    "Traders fled on Monday as an explosion tore through stalls near the old harbour gate of Kismayo. Nine of them died"
    " there, the mayor told a broadcaster, and the market will stay closed until the engineers have looked at its roof."
)


def told(name: str, text: str, **fields: Any) -> Any:
    return claim(name, sketch=sketch_of(text), **fields)


@pytest.mark.parametrize(("text", "wanted"), [(EDITED, True), (SHORT, True), (OTHER, False)])
def test_a_copy_may_be_edited_or_cut_short(text: str, wanted: bool) -> None:
    assert copied(sketch_of(WIRE), sketch_of(text)) is wanted
    assert copied(sketch_of(text), sketch_of(WIRE)) is wanted


def test_a_sentence_in_stock_words_is_no_copy() -> None:
    words = "Gunmen killed eight people in a village near Jos on Monday, police said."
    assert len(words.split()) < FEWEST
    assert sketch_of(words) is None
    assert not copied(None, None)
    assert not copied("no sketch", "minhash2.24.===")


def test_sketches_of_another_way_of_hashing_are_not_compared() -> None:
    sketch = sketch_of(WIRE) or ""
    assert copied(sketch, sketch)
    assert not copied(sketch, "minhash1." + sketch.partition(".")[2])


@pytest.mark.parametrize("text", ["", "\ud800 " * 40, "\0" * 900, "a" * 1_000_000, "‮ x y z " * 30])
def test_any_text_has_a_sketch_or_none(text: str) -> None:
    assert sketch_of(text) == sketch_of(text)


def test_a_sketch_is_the_same_in_every_process() -> None:
    code = f"from dragoman.reconcile.copies import sketch_of; print(sketch_of({WIRE!r}))"
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        )  # fmt: skip
        assert done.stdout.strip() == sketch_of(WIRE)


def test_sketches_estimate_the_share_of_runs() -> None:
    from dragoman.reconcile.copies import _shares, _sketch

    chance = random.Random(7)
    for share in (0.2, 0.5, 0.8):
        words = [f"w{n}" for n in range(400)]
        changed = [w if n < share * 400 else f"x{chance.random()}" for n, w in enumerate(words)]
        one, other = _sketch(sketch_of(" ".join(words))), _sketch(sketch_of(" ".join(changed)))
        assert one is not None
        assert other is not None
        alike, shorter = _shares(one, other)
        assert alike == pytest.approx(share / (2 - share), abs=0.12)
        assert shorter == pytest.approx(share, abs=0.15)


def test_copies_of_one_wire_text_are_one_source_whatever_the_order() -> None:
    claims = [told("a", SHORT), told("b", WIRE), told("c", OTHER), told("d", EDITED)]
    assert origins_of(claims).sources == 2
    assert record_of(claims).independent_sources == 2
    assert record_of(claims).reports == 4
    assert origins_of(claims[::-1]) == origins_of(claims)


def test_the_reports_of_one_outlet_are_one_source() -> None:
    claims = [told("a", WIRE, outlet="Wire"), told("b", OTHER, outlet="the wire"), told("c", SHORT, outlet="Daily")]
    assert origins_of(claims).sources == 2 - 1
    assert origins_of([*claims, told("d", OTHER.upper()[:40], outlet="Radio")]).sources == 2


def test_a_copy_is_as_old_as_what_it_copies() -> None:
    days = origins_of([told("a", WIRE), told("b", SHORT, published=day(2)), told("c", OTHER, published=day(2))]).days
    assert days == {"a": day(0), "b": day(0), "c": day(2)}


def test_the_claims_of_a_reading_carry_its_sketch() -> None:
    claims = claims_of(dragoman.read(WIRE, published=day(0)))
    assert claims
    assert {c.sketch for c in claims} == {sketch_of(WIRE)}
