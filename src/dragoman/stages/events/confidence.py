"""How sure an event is: a logistic scale over what the codebooks, the classifier and the grammar say of it.

The weights are fitted by `training/event_confidence.py` on annotated reports that the classifier was not trained on
(Platt's scaling, 1999, with a few more features); they belong to the shipped classifier.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from dragoman.stages.events.asking import Answer
from dragoman.stages.events.candidate import Candidate

THRESHOLD = 0.225
"""Least probability with which an event is kept."""
FEATURES = ("bias", "weighed", "event", "type", "agrees", "noun", "sides", "unknown", "long")
WEIGHTS: tuple[float, ...] = (0.111, -0.02, -0.024, 0.287, 1.09, -0.871, 0.038, 1.65, 0.104)


def features(candidate: Candidate, answer: Answer) -> tuple[float, ...]:
    """Return what the confidence of CANDIDATE hangs on, in the order of FEATURES.

    In words: what codebooks and classifier make of it together (log-odds), that it is an event at all, that it is of
    its type, whether both agree on the type, whether a noun carries it, how many sides are known, whether no codebook
    entry knows its word, and how long the sentence is (in fifty words).
    """
    types = answer.opinion.types
    best = min(types, key=lambda t: (-types[t], t))
    return (
        1.0,
        _odds(candidate.confidence),
        _odds(1 - types.get("NONE", 0.0)),
        _odds(types.get(candidate.type, 0.0)),
        float(best == candidate.type and candidate.type == candidate.sense.type),
        float(candidate.sense.form == "nouns"),
        float(bool(candidate.actors)) + float(bool(candidate.recipients)),
        float(candidate.sense.type == "NONE"),
        min(1.0, len(candidate.token.sent.tokens) / 50),
    )


def scaled(values: Sequence[float]) -> float:
    """Return the probability that the event of these features is right."""
    total = sum(w * v for w, v in zip(WEIGHTS, values, strict=True))
    return 1 / (1 + math.exp(-total))


def _odds(share: float) -> float:
    kept = min(0.995, max(0.005, share))
    return math.log(kept / (1 - kept))
