"""The words of a telling, cut to stems: enough to see that two tellings speak of the same things.

How rare a stem is in news comes from `data/rarity.json`, which `training/words.py` counts.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from math import log

from dragoman.domain.name_keys import name_key
from dragoman.domain.spans import Span
from dragoman.lexicon.weights import weights_of

WORD = re.compile(r"[^\W\d_][\w'’-]*|\d[\d.,]*")
SENTENCE = re.compile(r"(?<=[.!?])[\"”’')\]]*\s+(?=[\"“‘'(\[A-Z0-9])|\n+")
STEM = 6
"""Letters that are kept of a word: enough to join "shelling" and "shelled", short of joining strangers."""
REMEMBERED = 10_000
"""Of how many texts the words are kept: a record is often made anew of the same sentences."""
KNOWN = 100_000
"""Of how many stems the rarity is kept: it is asked for many times a comparison."""
SETTING = 40
"""How many words of a report tell what it is about."""
DULL = frozenset(
    {
        "a", "about", "after", "all", "also", "an", "and", "any", "are", "as", "at", "be", "been", "before", "being",
        "between", "both", "but", "by", "can", "could", "did", "do", "does", "down", "during", "each", "for", "from",
        "had", "has", "have", "he", "her", "him", "his", "how", "i", "if", "in", "into", "is", "it", "its", "itself",
        "just", "last", "many", "may", "me", "might", "more", "most", "much", "must", "my", "new", "no", "nor",
        "not", "now", "of", "off", "on", "once", "one", "only", "or", "other", "our", "out", "over", "own", "per",
        "same", "she", "should", "since", "so", "some", "such", "than", "that", "the", "their", "them", "then",
        "there", "these", "they", "this", "those", "through", "to", "too", "under", "until", "up", "upon", "us",
        "very", "was", "we", "were", "what", "when", "where", "which", "while", "who", "whom", "whose", "why",
        "will", "with", "would", "you", "your", "said", "says", "say", "told", "tells", "according", "monday",
        "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march", "april",
        "june", "july", "august", "september", "october", "november", "december", "today", "yesterday", "tomorrow",
        "week", "month", "year", "day", "two", "three", "mr", "mrs", "ms", "dr", "himself",
        "herself", "themselves", "away",
    }
)  # fmt: skip


def stem(word: str) -> str:
    """Return WORD in small letters without accents, cut to its first letters."""
    return name_key(word)[:STEM]


class Sentences:
    """The sentences of a text, found once."""

    def __init__(self, text: str) -> None:
        gaps = [mark.span() for mark in SENTENCE.finditer(text)]
        self._ends = [start for start, _ in gaps] + [len(text)]
        self._starts = [0] + [end for _, end in gaps]

    def around(self, span: Span) -> Span:
        """Return the sentence that holds SPAN, or those that it reaches over."""
        first = self._starts[bisect_right(self._starts, span.start, lo=1) - 1]
        return Span(first, self._ends[min(bisect_left(self._ends, span.end), len(self._ends) - 1)])


@lru_cache(REMEMBERED)
def words_of(text: str) -> tuple[str, ...]:
    """Return the stems of the content words of TEXT, each once, sorted; names are marked by a leading "^"."""
    return tuple(sorted(set(_content(text))))


def setting_of(text: str) -> tuple[str, ...]:
    """Return the words by which the report TEXT is known among others, most telling first, marked as by `words_of`.

    A stem that stands both as a name and as another word is a name.
    """
    told = Counter(_content(text))
    names = {w[1:] for w in told if w[0] == "^"}
    counts = Counter[str]()
    for word, count in told.items():
        stemmed = word.lstrip("^")
        counts["^" + stemmed if stemmed in names else stemmed] += count
    weight = {w: rarity(w.lstrip("^")) * (1 + log(n)) for w, n in counts.items()}
    return tuple(sorted(weight, key=lambda w: (-weight[w], w))[:SETTING])


def head_of(phrase: str) -> str:
    """Return the stem of the word that PHRASE turns on: the last of its first content words ("SHOT in the head")."""
    run: list[str] = []
    for match in WORD.finditer(phrase):
        low = match.group().lower()
        if low not in DULL:
            run.append(low)
        elif run:
            break
    return stem(run[-1] if run else phrase.split()[-1] if phrase.split() else phrase)


@lru_cache(maxsize=KNOWN)
def rarity(word: str) -> float:
    """Return how rare the stem WORD is in news: the logarithm of one by the share of reports that have it."""
    known = weights_of("rarity")
    return known.get(word, known[""])


def _content(text: str) -> Iterator[str]:
    """Yield the stems of the content words of TEXT in order, names marked by a leading "^"."""
    for number, match in enumerate(WORD.finditer(text)):
        word = match.group()
        low = word.lower().removesuffix("'s").removesuffix("’s")
        if low in DULL or len(low) < 2:
            continue
        named = word[0].isupper() and (number > 0 or not low.isalpha())
        if stemmed := stem(low).strip("^"):
            yield ("^" if named else "") + stemmed
