"""Tells in which language a text is (py3langid, Lui and Baldwin 2012)."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

SAMPLE = 4_000
"""Characters looked at."""

ENOUGH = 60
"""Letters below which nothing is said."""

FUNCTION_WORDS = frozenset(
    {"the", "of", "and", "to", "in", "a", "that", "is", "was", "for", "it", "with", "as", "on", "be", "at", "by",
    "this", "had", "not", "are", "but", "from", "or", "have", "an", "they", "which", "one", "you", "were",
    "all", "her", "she", "there", "would", "their", "we", "him", "been", "has", "when", "who", "will", "no",
    "more", "if", "out", "so", "said", "its", "than", "into", "could"}
)  # fmt: skip


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def detect(text: str) -> str | None:
    """Return the ISO 639-1 code of TEXT's language, or None where the text is too short or too mixed to tell."""
    sample = text[:SAMPLE]
    if sum(c.isalpha() for c in sample) < ENOUGH:
        return None
    words = re.findall(r"[^\W\d_]+", sample.lower())
    if words and sum(w in FUNCTION_WORDS for w in words) >= 0.2 * len(words):
        return "en"
    language, probability = _identifier().classify(sample)
    if language == "en":
        return "en"
    english = sum(w in FUNCTION_WORDS for w in words) / max(1, len(words))
    return str(language) if probability >= 0.9 and english < 0.12 else None
