"""Ranks what names may stand for by learned weights, twice: the second time with the first's odds as context."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import msgspec
import numpy as np

from dragoman.stages.places.support import FEATURES, Name, features

WEIGHTS = Path(__file__).resolve().parents[2] / "data" / "place_ranking.json"
PRIOR = {
    "population": 1.6,
    "called": 1.5,
    "capital": 1.0,
    "country": 6.0,
    "division": 0.5,
    "county": -0.5,
    "region": 6.0,
    "inside": 6.0,
}
"""The weights of the first look, before anything is known of the report."""


@cache
def shipped_weights() -> tuple[np.ndarray, ...]:
    """Return the weights of each round, in the order of FEATURES."""
    rounds = msgspec.json.decode(WEIGHTS.read_bytes(), type=dict[str, list[dict[str, float]]])["rounds"]
    return tuple(np.array([weights.get(f, 0.0) for f in FEATURES]) for weights in rounds)


def prior_odds(names: Sequence[Name]) -> list[np.ndarray]:
    """Return the odds of each name's options by population and kind alone."""
    blank = [[0.0] * len(n.options) for n in names]
    weights = np.array([PRIOR.get(f, 0.0) for f in FEATURES])
    return [softmax(rows @ weights) for rows in features(names, blank)]


def rank(names: Sequence[Name], rounds: Sequence[np.ndarray]) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """Return the odds of each name's options, and the features that they were weighed by last."""
    odds = prior_odds(names)
    rows: list[np.ndarray] = []
    for weights in rounds:
        rows = features(names, odds)
        odds = [softmax(r @ weights) for r in rows]
    return odds, rows


def softmax(scores: np.ndarray) -> np.ndarray:
    """Return SCORES as odds that sum to 1."""
    if not len(scores):
        return scores
    grown = np.exp(scores - scores.max())
    odds: np.ndarray = grown / grown.sum()
    return odds
