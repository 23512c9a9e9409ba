"""Keys under which names are filed and looked up: the same name in another spelling gives the same key.

Standard library only: the build of the indexes loads this file by its path.
"""

from __future__ import annotations

import unicodedata

_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "&": " and "}
)
_MARKS = str.maketrans({**dict.fromkeys("'’‘`´ʻʼʿʾ.\"“”", ""), **dict.fromkeys("-–—_/,;:()[]", " ")})
_WORDS = {
    "el": "al", "organisation": "organization", "organisations": "organizations", "defence": "defense",
    "labour": "labor", "programme": "program", "centre": "center", "saint": "st",
}  # fmt: skip


def name_key(name: str) -> str:
    """Return NAME in small letters without accents, dots, apostrophes, hyphens and a leading "the".

    British spellings of common words become American; the Arabic article "el" becomes "al".
    """
    plain = name.lower().translate(_LETTERS)
    if not plain.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    words = [_WORDS.get(word, word) for word in plain.translate(_MARKS).split()]
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    return " ".join(words)


_VOWELS = frozenset("aeiouyjwh")
_SOUNDS = str.maketrans({"q": "k", "c": "k", "z": "s", "x": "s", "v": "f", "p": "f", "b": "f", "g": "k", "d": "t"})


def sound_key(key: str) -> str:
    """Return the consonants of a name's KEY by class, first letters kept: one for all romanizations of the name.

    "sergey lavrov" and "sergei lavrow" give the same. Empty where too little is left to tell names apart.
    """
    found = []
    for word in key.split():
        if word in ("al", "bin", "ibn", "van", "von", "de") or len(word) == 1:
            continue
        sounds = word.replace("ph", "f").replace("ck", "k").translate(_SOUNDS)
        kept = sounds[0]
        for sound in sounds[1:]:
            if sound not in _VOWELS and sound != kept[-1]:
                kept += sound
        found.append(kept)
    joined = " ".join(found)
    return joined if len(found) > 1 and len(joined) > 6 else ""


_ARTICLES = frozenset({"al", "ar", "as", "ash", "at", "az", "an", "ad", "e", "i", "ul", "us", "ur"})
_ROMANIZED = (
    ("ou", "u"), ("oo", "u"), ("ee", "i"), ("ei", "ai"), ("ey", "ai"), ("ay", "ai"), ("iy", "i"), ("yi", "i"),
    ("dzh", "j"), ("dj", "j"), ("zh", "j"), ("gh", "g"), ("kh", "h"), ("q", "k"), ("w", "v"), ("y", "i"), ("e", "i"),
    ("o", "u"),
)  # fmt: skip


def loose_key(key: str) -> str:
    """Return a name's KEY with other romanizations of it folded in: "~" and its letters without spaces and articles.

    "deir ez zor" and "dayr az zawr" stay apart in their vowels' order only; "lashkar gah" and "lashkargah" are one.
    Empty where too little is left to tell names apart.
    """
    words = key.split()
    plain = "".join(w for w in words if w not in _ARTICLES) if len(words) > 1 else key
    for old, new in _ROMANIZED:
        plain = plain.replace(old, new)
    single = "".join(c for n, c in enumerate(plain) if n == 0 or c != plain[n - 1])
    single = single.removesuffix("h") if single.endswith("ah") else single
    return f"~{single}" if len(single) >= 5 else ""
