"""By which rules records are made: what a store keeps with them, so that two kinds never lie mixed unsaid."""

from __future__ import annotations

import hashlib
import json
from functools import cache

from dragoman.lexicon.weights import weights_of

RULES = 2
"""Raised by one whenever the same readings make other claims or records. A test says when."""


@cache
def version() -> str:
    """Return the number of the rules and a digest of all weights that they use."""
    weights = json.dumps([weights_of(name) for name in ("records", "rarity", "kinship")], sort_keys=True)
    return f"{RULES}-{hashlib.sha256(weights.encode()).hexdigest()[:12]}"
