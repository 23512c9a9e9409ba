"""Cuts a noun phrase into the pieces that its coding goes by: nations, names of the actor list, titles, nouns."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from enum import Enum
from functools import cache, lru_cache

from dragoman.domain.ports import ActorIndex, ActorRecord
from dragoman.lexicon.actors import LONGEST, ActorWords, Modifier, Noun, Title, actor_words, grammar
from dragoman.stages.entities.coding_nations import Nation, nation_of

LONGEST_NAME = 9
"""The most words of a listed name that are looked up."""


class Sort(Enum):
    """What a piece is."""

    NATION = "nation"
    LISTED = "listed"
    PLACE = "place"
    TITLE = "title"
    NOUN = "noun"
    NAME = "name"
    MODIFIER = "modifier"
    PREPOSITION = "preposition"
    COMMA = "comma"
    JOINER = "joiner"
    POSSESSIVE = "possessive"
    PROXY = "proxy"
    STANCE = "stance"
    OTHER = "other"


class Piece:
    """Words `[start, end)` of a phrase and what they are."""

    __slots__ = ("end", "modifier", "nation", "noun", "records", "sort", "start", "text", "title")

    def __init__(self, sort: Sort, start: int, end: int, text: str) -> None:
        self.sort, self.start, self.end, self.text = sort, start, end, text
        self.nation: Nation | None = None
        self.records: list[ActorRecord] = []
        self.title: Title | None = None
        self.noun: Noun | None = None
        self.modifier: Modifier | None = None

    def __repr__(self) -> str:
        return f"<{self.sort.value} {self.text}>"


POSSESSIVES = frozenset(("'s", "’s", "'", "’"))
_HYPHENS = frozenset("-–‑")


def clean_words(words: Sequence[str]) -> tuple[list[str], list[int]]:
    """Return the words with possessive endings and inner hyphen compounds ("US-led") apart, and each one's index."""
    found: list[str] = []
    places: list[int] = []
    for i, word in enumerate(words):
        if len(word) > 2 and word[-2:] in ("'s", "’s"):
            parts = [word[:-2], "'s"]
        elif len(word) > 2 and word[-1] in "'’" and word[-2] == "s":
            parts = [word[:-1], "'s"]
        elif word == "." and found and f"{found[-1].lower()}." in actor_words().titles:
            found[-1] += word
            continue
        else:
            parts = [word]
        if "/" in word[1:-1] and parts == [word]:
            left, _, right = word.partition("/")
            parts = [left, "/", right]
        first = parts[0]
        if "-" in first and len(first) > 3:
            head, _, tail = first.rpartition("-")
            start = first.partition("-")
            if tail.lower() in grammar("led") or tail.lower() in grammar("backed"):
                parts[:1] = [head, "-", tail]
            elif start[0].lower() in grammar("stances") and len(start[2]) > 1:
                parts[:1] = [start[0], "-", start[2]]
        found.extend(parts)
        places.extend([i] * len(parts))
    return found, places


def cut(words: list[str], actors: ActorIndex, published: datetime.date | None, label: str | None) -> list[Piece]:
    """Return the pieces of WORDS from left to right, the longest first at each place; names of a user's file first."""
    lower = [w.lower().replace("’", "'") for w in words]
    lexicon = actor_words()
    pieces: list[Piece] = []
    own = _own(words, actors, published, label)
    i, n = 0, len(words)
    while i < n:
        end = min((start for start in own if start > i), default=n)
        piece = own.get(i) or _piece(words, lower, i, end, actors, lexicon, pieces, label)
        pieces.append(piece)
        i = piece.end
    return _proxies(_names(pieces, label))


def _piece(
    words: list[str], lower: list[str], i: int, n: int, actors: ActorIndex, lexicon: ActorWords, before: list[Piece],
    label: str | None,
) -> Piece:  # fmt: skip
    low = lower[i]
    mark = _marks().get(low)
    if mark is not None and not (mark is Sort.PREPOSITION and i == 0 and words[i][:1].isupper()):
        return Piece(mark, i, i + 1, low)
    if low in grammar("honorifics") and i + 1 < n:
        return Piece(Sort.OTHER, i, i + 1, low)
    best = _worded(words, lower, i, n, lexicon)
    nation = _nation(words, lower, i, n) if low != "the" else None
    if nation and (best is None or nation.end >= best.end):
        best = nation
    if (words[i][:1].isupper() and low not in grammar("determiners")) or words[i][:1].isdigit() or low in ("al", "al-"):
        listed = _listed(words, i, n, best.end if best else i, actors, label)
        if listed and not _weaker(listed, best, words, before):
            best = listed
    if best is not None:
        return best
    if low in grammar("determiners") or not words[i][:1].isupper() or (i == 0 and low in grammar("plain_openers")):
        return Piece(Sort.OTHER, i, i + 1, low)
    return Piece(Sort.NAME, i, i + 1, words[i])


def _own(words: list[str], actors: ActorIndex, published: datetime.date | None, label: str | None) -> dict[int, Piece]:
    """Return the names of the user's own file among WORDS, by where they begin."""
    found: dict[int, Piece] = {}
    i = 0
    while i < len(words):
        named = actors.own(words[i : i + LONGEST_NAME * 2], published)
        if named is not None and not (named[0] == 1 and label == "PERSON" and _within_name(words, i)):
            piece = Piece(Sort.LISTED, i, i + named[0], " ".join(words[i : i + named[0]]))
            piece.records = [named[1]]
            found[i] = piece
            i = piece.end
        else:
            i += 1
    return found


def _within_name(words: list[str], i: int) -> bool:
    """Tell whether the word at I is one of the several words of a person's name."""
    return any(_goes_on(word) for word in (*words[max(0, i - 1) : i], *words[i + 1 : i + 2]))


@cache
def _marks() -> dict[str, Sort]:
    return {
        **dict.fromkeys(grammar("prepositions"), Sort.PREPOSITION),
        **dict.fromkeys(grammar("joiners"), Sort.JOINER),
        **dict.fromkeys(POSSESSIVES, Sort.POSSESSIVE),
        **dict.fromkeys((",", "(", ")", ";", ":", "–", "—"), Sort.COMMA),
        **dict.fromkeys(_HYPHENS, Sort.OTHER),
    }


def _worded(words: list[str], lower: list[str], i: int, n: int, lexicon: ActorWords) -> Piece | None:
    """Return the longest phrase of the codebooks that begins at I."""
    limit = lexicon.longest.get(lower[i])
    if limit is None:
        return None
    for end in range(min(i + min(limit, LONGEST), n), i, -1):
        text = lower[i] if end == i + 1 else " ".join(lower[i:end]).replace(" 's", "'s").replace(" - ", "-")
        title, noun, modifier = lexicon.titles.get(text), lexicon.nouns.get(text), lexicon.modifiers.get(text)
        if title is None and noun is None and modifier is None:
            continue
        sort = Sort.NOUN if noun is not None and not (modifier and end < n) else Sort.MODIFIER
        if title is not None and (noun is None or _is_office(title, noun, words[end : end + 1])):
            sort = Sort.TITLE
        piece = Piece(sort, i, end, text)
        piece.title, piece.noun, piece.modifier = title, noun, modifier
        return piece
    return None


def _is_office(title: Title, noun: Noun, following: list[str]) -> bool:
    """Tell whether a word that is both title and noun is a title here: before a name, or where it is an office."""
    return title.office or noun.rule.startswith("actors.listed") or bool(following and following[0][:1].isupper())


def _nation(words: list[str], lower: list[str], i: int, n: int) -> Piece | None:
    for end in range(min(i + 5, n), i, -1):
        if end > i + 1 and not words[end - 1][:1].isalpha():
            continue
        nation = nation_of(" ".join(words[i:end]))
        if nation is not None:
            piece = Piece(Sort.NATION, i, end, " ".join(words[i:end]))
            piece.nation = nation
            return piece
    return None


def _listed(words: list[str], i: int, n: int, floor: int, actors: ActorIndex, label: str | None) -> Piece | None:
    """Return the longest run of words from I that the actor list knows, if it reaches to FLOOR."""
    end = i + 1
    while end < n and end - i < LONGEST_NAME:
        word = words[end]
        if not (word[:1].isupper() or word[:1].isdigit() or word.lower() in grammar("name_joiners")):
            break
        end += 1
    while end > max(i, floor - 1):
        last = words[end - 1]
        if end == i + 1 or (last[:1].isalnum() and last.lower() not in grammar("name_joiners")):
            text = " ".join(words[i:end]).replace(" 's", "'s").replace(" ’s", "'s")
            records = actors.by_name(text)
            if records:
                place = all(r.kind == "place" for r in records)
                piece = Piece(Sort.PLACE if place else Sort.LISTED, i, end, text)
                piece.records = records
                return piece
        end -= 1
    return None


def _weaker(listed: Piece, best: Piece | None, words: list[str], before: list[Piece]) -> bool:
    """Tell whether what the list knows by one word is rather part of a longer name, or a word of the codebooks."""
    if best is not None and best.end >= listed.end:
        if best.nation is not None and (best.nation.form != "metonym" or _names_persons(listed)):
            return True
        if listed.sort is Sort.PLACE or (best.sort is not Sort.NATION and _elsewhere(listed, before)):
            return True
    if listed.end > listed.start + 1:
        return False
    named = _names_persons(listed)
    if best is not None and named:
        return True
    if not named and len(words) == 1 and listed.records[0].scheme == "dragoman":
        return False
    if not named:
        return (
            best is not None
            and best.nation is None
            and not words[listed.start].isupper()
            and best.sort is not Sort.MODIFIER
        )
    following = words[listed.end] if listed.end < len(words) else ""
    if listed.sort is Sort.LISTED:
        return bool(before and before[-1].sort is Sort.NAME) or _goes_on(following)
    return bool(before and before[-1].sort is Sort.NAME)


def _names_persons(listed: Piece) -> bool:
    return all(r.kind in ("person", "place") for r in listed.records)


def _elsewhere(listed: Piece, before: list[Piece]) -> bool:
    """Tell whether a nation just before says that another country's body of that name is meant ("Chile's Congress")."""
    k = len(before) - 1
    if k >= 0 and before[k].sort is Sort.POSSESSIVE:
        k -= 1
    if k < 0 or before[k].sort not in (Sort.NATION, Sort.PLACE):
        return False
    nation = before[k].nation
    country = nation.country if nation else before[k].records[0].country
    return all(r.country not in (None, country) for r in listed.records)


def _goes_on(word: str) -> bool:
    return bool(word) and word[:1].isupper() and word.lower() not in actor_words().longest and nation_of(word) is None


def _names(pieces: list[Piece], label: str | None) -> list[Piece]:
    """Make a part of a person's name what is also a place ("Michael Jordan", "George Haswani")."""
    if label not in (None, "PERSON"):
        return pieces
    for k in range(1, len(pieces)):
        left, right = pieces[k - 1], pieces[k]
        if left.sort is Sort.NAME and _may_be_name(right) and left.text.lower() not in grammar("directions"):
            right.sort, right.nation = Sort.NAME, None
        elif left.sort is Sort.PLACE and left.end == left.start + 1 and right.sort is Sort.NAME:
            left.sort = Sort.NAME
    return pieces


def _may_be_name(piece: Piece) -> bool:
    if piece.end != piece.start + 1:
        return False
    if piece.sort is Sort.PLACE:
        return True
    return piece.nation is not None and piece.nation.form in ("name", "capital") and piece.sort is Sort.NATION


def _proxies(pieces: list[Piece]) -> list[Piece]:
    """Mark "US-led" (the nation counts), "Iran-backed" and "pro-Russian" (it does not)."""
    for k, piece in enumerate(pieces):
        if piece.text not in _HYPHENS or k == 0 or k + 1 == len(pieces):
            continue
        left, right = pieces[k - 1], pieces[k + 1]
        if right.text.lower() in grammar("led") and left.sort in (Sort.NATION, Sort.LISTED, Sort.PLACE):
            right.sort = Sort.PROXY
        elif right.text.lower() in grammar("backed"):
            left.sort, right.sort = Sort.STANCE, Sort.OTHER
        elif left.text.lower() in grammar("stances") and left.text.lower() != "ex":
            kept = right.sort is Sort.NOUN and " " in right.text
            right.sort, left.sort = Sort.NOUN if kept else Sort.STANCE, Sort.OTHER
    return pieces


@lru_cache(maxsize=4096)
def is_plural_name(word: str) -> bool:
    """Tell whether a demonym is plural ("Syrians", "Englishmen")."""
    return word.endswith(("s", "men")) and not word.endswith("ss")
