"""The learnt weights of stages that weigh what speaks for and against a finding."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files


@cache
def weights_of(name: str) -> dict[str, float]:
    """Return the weights (logarithms of odds) by feature name that the package holds as `data/NAME.json`.

    Each is made by a script in `training/`, which names the annotated texts that it learnt from.
    """
    text = (files("dragoman.data") / f"{name}.json").read_text(encoding="utf-8")
    weights: dict[str, float] = json.loads(text)
    return weights
