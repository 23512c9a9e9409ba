"""Matches the words of a pattern with the words around a predicate: before it, after it, or below it in the grammar."""

from __future__ import annotations

from dragoman.domain.parse import Token
from dragoman.lexicon.events import BAR, PREPOSITIONS, Sense
from dragoman.stages.events.grammar import objects, together

JOINING = frozenset({"-", "and", "/"})
SKIPPED = frozenset({"the", "a", "an", "all", "its", "their", "his", "her"})
TIMES = ("DATE", "TIME")


def match(sense: Sense, token: Token) -> tuple[Token, ...] | None:
    """Return the tokens that bear the further words of SENSE's pattern around TOKEN, None where one is missing."""
    if not sense.words:
        return ()
    bar = sense.words.index(BAR) if BAR in sense.words else 0
    before, after = sense.words[:bar], sense.words[bar + (BAR in sense.words) :]
    preceding = _before(before, token)
    following = None if preceding is None else (_after if sense.form == "nouns" else _below)(after, token)
    return None if preceding is None or following is None else (*preceding, *following)


def names(token: Token) -> tuple[str, ...]:
    """Return what a pattern or word list may call TOKEN: its lemma, its form, the hyphenated word that it ends."""
    tokens, place = token.sent.tokens, token.i - token.sent.tokens[0].i
    if not 2 <= place < len(tokens) or tokens[place - 1].text != "-":
        return (token.lemma, token.lower)
    word = f"-{token.lemma}"
    while place >= 2 and tokens[place - 1].text == "-":
        place -= 2
        word = tokens[place].lower + word if word[0] == "-" else f"{tokens[place].lower}-{word}"
    return (token.lemma, token.lower, word)


def _before(words: tuple[str, ...], token: Token) -> tuple[Token, ...] | None:
    """Return the tokens right before TOKEN that bear WORDS, hyphens skipped."""
    tokens, place = token.sent.tokens, token.i - token.sent.tokens[0].i
    found: list[Token] = []
    for word in reversed(words):
        place -= 1
        if place >= 0 and tokens[place].lower in JOINING:
            place -= 1
        if place < 0 or word not in (tokens[place].lemma, tokens[place].lower):
            return None
        found.append(tokens[place])
    return tuple(found)


def _after(words: tuple[str, ...], token: Token) -> tuple[Token, ...] | None:
    """Return the tokens after the noun TOKEN that bear WORDS: next to each other, or tied by a preposition."""
    found: list[Token] = []
    last = token
    for word in words:
        following = _next(last, word) or _tied(last, word)
        if following is None:
            return None
        found.append(following)
        last = following
    return tuple(found)


def _next(token: Token, word: str) -> Token | None:
    tokens, place = token.sent.tokens, token.i + 1 - token.sent.tokens[0].i
    while place < len(tokens) and tokens[place].lower in SKIPPED | {"-"}:
        place += 1
    return tokens[place] if place < len(tokens) and word in names(tokens[place]) else None


def _tied(token: Token, word: str) -> Token | None:
    """Return the preposition WORD that hangs on a noun, or the object WORD of a preposition ("of" stands close)."""
    if "of" in (token.lower, word):
        return None
    if word in PREPOSITIONS:
        return next((c for c in token.children if c.dep == "prep" and c.lower == word), None)
    objects_ = (t for c in token.children if c.dep in ("pobj", "pcomp") for t in together(c))
    return next((t for t in objects_ if word in names(t)), None)


def _below(words: tuple[str, ...], verb: Token) -> tuple[Token, ...] | None:
    """Return the tokens that bear WORDS, each below VERB or below another of them, in whatever order they stand."""
    found: dict[int, Token] = {}
    while len(found) < len(words):
        places = [verb, *found.values()]
        for n, word in enumerate(words):
            token = None if n in found else _bearer(word, verb, places)
            if token is not None:
                found[n] = token
                break
        else:
            return None
    return tuple(found[n] for n in range(len(words)))


def _bearer(word: str, verb: Token, places: list[Token]) -> Token | None:
    """Return what bears WORD below one of PLACES, the latest first, or what VERB describes as its undergoer."""
    for place in reversed(places):
        for child in place.children:
            if child not in places and word in names(child) and _stands_well(child, place, verb):
                return child
    if word in PREPOSITIONS:
        return None
    return next((t for t in objects(verb) if t not in places and word in names(t)), None)


def _stands_well(child: Token, place: Token, verb: Token) -> bool:
    """Tell whether CHILD stands where a pattern's word may: after the verb, or before it as what undergoes it."""
    if child.dep == "prep" and any(p.ent in TIMES for p in child.children):
        return False
    return place is not verb or child.i > verb.i or child.dep in ("nsubjpass", "advmod")
