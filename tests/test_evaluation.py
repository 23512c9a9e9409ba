"""The pinned results hold: no figure of the quick part of a set falls by more than half a point."""

from __future__ import annotations

import pytest
from evaluation.evaluate import SETS, SHARED, GoldSet, drops, load_pinned, score


@pytest.mark.skipif(not SHARED.exists(), reason="the annotated sets (../shared) are not here; set DRAGOMAN_SHARED")
@pytest.mark.parametrize("gold", SETS, ids=[s.name for s in SETS])
def test_no_pinned_figure_falls(gold: GoldSet) -> None:
    assert drops(gold.name, score(gold, quick=True), load_pinned()["quick"].get(gold.name, {})) == []


def test_a_drop_is_seen() -> None:
    assert drops("x", {"f1": 70.0}, {"f1": 70.5}) == []
    assert drops("x", {"f1": 69.9}, {"f1": 70.5}) == ["x f1: 69.9 now, 70.5 pinned"]
    assert drops("x", {}, {"f1": 70.5}) == ["x f1: None now, 70.5 pinned"]
