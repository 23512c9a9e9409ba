"""Whether two names may be one: parts of a name, other romanizations, slips of a letter or two.

The distance is our own dozen lines rather than rapidfuzz's: names are short, few pairs are compared, and a compiled
dependency would be one more to install and to lock.
"""

from __future__ import annotations

from collections.abc import Iterable

from dragoman.domain.name_keys import sound_key


def same_person(words: list[str], keys: Iterable[str]) -> bool:
    """Tell whether a name fits a person's known names: one contains the other, and given names don't disagree."""
    for key in keys:
        known = key.split()
        if len(words) == 1 or len(known) == 1:
            if words[-1] == known[-1]:
                return True
            continue
        if words[-1] == known[-1] and (
            words[0] == known[0] or (words[0][0] == known[0][0] and min(len(words[0]), len(known[0])) == 1)
        ):
            return True
        if set(words) <= set(known) or set(known) <= set(words):
            return True
    return False


def alike(wanted: str, key: str) -> bool:
    """Tell whether a name in the text is the listed one in another spelling; one word fits the last."""
    if " " not in key:
        last = wanted.split()[-1]
        return key == last or (len(key) >= 5 and key[0] == last[0] and near(key, last))
    return key == wanted or (bool(sound_key(key)) and sound_key(key) == sound_key(wanted))


def near(a: str, b: str) -> bool:
    """Tell whether two names differ by one letter put, left out or changed, or by two neighbours swapped (or two such
    in a long name)."""
    allowed = 2 if min(len(a), len(b)) >= 6 else 1
    if abs(len(a) - len(b)) > allowed:
        return False
    return distance(a, b) <= allowed


def distance(a: str, b: str) -> int:
    """Return the optimal string alignment distance of two words (Damerau 1964, no substring edited twice)."""
    rows = [list(range(len(b) + 1))]
    for i in range(1, len(a) + 1):
        row = [i]
        for j in range(1, len(b) + 1):
            cost = min(rows[-1][j] + 1, row[j - 1] + 1, rows[-1][j - 1] + (a[i - 1] != b[j - 1]))
            if i > 1 and j > 1 and a[i - 1] == b[j - 2] and a[i - 2] == b[j - 1]:
                cost = min(cost, rows[-2][j - 2] + 1)
            row.append(cost)
        rows.append(row)
    return rows[-1][-1]


def initials(key: str) -> str:
    """Return the first letters of a name's words, small words left out."""
    return "".join(w[0] for w in key.split() if w not in ("of", "the", "and", "for", "in", "on")) if " " in key else ""
