"""How much the codebooks and the classifier count where both have a say. Evaluation compares several balances."""

from __future__ import annotations

import msgspec


class Balance(msgspec.Struct, frozen=True, kw_only=True):
    """Powers to which shares count: 0 leaves a voice out, 1 takes it as it is.

    `codebook` and `classifier` are for the type of an event, `cues` and `statuses` for its status; `grammar` is what a
    participant that the grammar names is worth (0-1), beside the classifier's probability times the rest.
    """

    codebook: float = 1.0
    classifier: float = 1.0
    grammar: float = 0.6
    cues: float = 1.0
    statuses: float = 0.6


BOTH = Balance()
CLASSIFIER_ALONE = Balance(codebook=0.0, classifier=1.0, grammar=0.0, cues=0.0, statuses=1.0)
