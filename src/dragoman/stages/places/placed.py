"""Finds names that the recognizer takes for people or bodies, or for nothing, where the text puts something there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dragoman.domain.name_keys import name_key
from dragoman.domain.parse import Parse, Token
from dragoman.domain.ports import Gazetteer
from dragoman.domain.spans import Span
from dragoman.lexicon.countries import country_by_demonym
from dragoman.lexicon.places import place_words
from dragoman.stages.places.roles import role_of
from dragoman.stages.places.toponym import Toponym

CAPITAL = r"(?=[A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĠĢĤĦĪİĶŁĻĽŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŹŻŽȘȚḨŞ‘’])"
NAME = re.compile(
    rf"{CAPITAL}\w[\w'’]*"
    rf"(?:(?:-(?:e|i|ye)[- ]|[- ](?:al|ez|el|as|ar|ad|ash|at|an|du|de|le|la)[- ]|[- ]){CAPITAL}\w[\w'’]*)*"
)
SITE = re.compile(
    r" (?:(?:refugee|displacement|displaced persons|IDP|detention|prison|training|army) camp"
    r"|(?:air|military|army|naval) ?base|camp|village|(?:sub-?)?district|governorate|checkpoint|valley)\b"
)
"""Nouns after a name that show a place even where no gazetteer knows it ("Zamzam camp")."""
BEFORE_SITE = re.compile(r"(?:\b(?:in|at|near|outside|inside|from|to|around|of|on|into)) (the )?$")
TOWN = 2_000
DATED = frozenset({"DATE", "TIME"})
"""Entity types of words that tell when, and no place ("the camp in May")."""
ANGLOPHONE = frozenset({"USA", "GBR", "CAN", "AUS", "NZL", "IRL", "ZAF", "JAM"})
"""Countries whose towns bear the names of persons: such a name needs more than a verb beside it."""
FALLING = frozenset({"fall", "rain", "land", "descend", "advance", "march", "converge", "close"})
"""Verbs whose "on" stands before where something comes down or goes."""
HERE = frozenset({"in", "near", "outside", "inside", "into", "around", "toward", "towards"})


def placed(parse: Parse, taken: set[int], gazetteer: Gazetteer) -> list[Toponym]:
    """Return the names at which the grammar puts something, but for words TAKEN; and a name that is the whole text."""
    persons = {t.lower for n in parse.names if n.label == "PERSON" and len(n.tokens) > 1 for t in n.tokens}
    found: list[Toponym] = []
    done = -1
    for token in parse.tokens:
        if token.i in taken or token.start < done or not token.text[0].isupper() or token.ent in DATED:
            continue
        match = NAME.match(parse.text, token.start)
        if match is None:
            continue
        alone = match[0] == parse.text.strip().rstrip(".")
        for surface in _shorter(match[0]):
            tokens = parse.tokens_in(Span(token.start, token.start + len(surface)))
            if not tokens or any(t.i in taken for t in tokens):
                continue
            if _is_site(parse, surface, token) or (
                (alone or _is_put(tokens, persons)) and _exists(surface, tokens, gazetteer)
            ):
                span = Span(token.start, token.start + len(surface))
                found.append(Toponym(span, tokens[-1], surface, "places.name.placed", role_of(_top(tokens))))
                done = span.end
                break
    return found


def _is_site(parse: Parse, surface: str, first: Token) -> bool:
    """Tell whether a camp, a base, a village or a district is called SURFACE, and something is there."""
    site = SITE.match(parse.text, first.start + len(surface))
    if site is None or first.lower in place_words().common or first.ent == "DATE":
        return False
    if country_by_demonym(surface) or first.pos not in ("PROPN", "NOUN", "ADJ"):
        return False
    before = BEFORE_SITE.search(parse.text, max(0, first.start - 14), first.start)
    bare = site[0] == " camp"
    if before is None:
        at = first.i - first.sent.tokens[0].i
        return at > 0 and first.sent.tokens[at - 1].lemma in place_words().placing
    return not (before[1] and bare)


def _shorter(name: str) -> Iterator[str]:
    yield name
    words = name.split(" ")
    for length in range(len(words) - 1, 0, -1):
        if words[length - 1][:1].isupper():
            yield " ".join(words[:length])


def _top(tokens: Sequence[Token]) -> Token:
    own = {t.i for t in tokens}
    return next((t for t in reversed(tokens) if t.head.i not in own), tokens[-1])


def _is_put(tokens: Sequence[Token], persons: set[str]) -> bool:
    top = _top(tokens)
    own = {t.i for t in tokens}
    person = top.ent == "PERSON"
    whole = all(t.i in own for t in _named(top))
    if not whole or (len(tokens) == 1 and tokens[0].lower in persons):
        return False
    after = top.sent.tokens[tokens[-1].i - top.sent.tokens[0].i + 1 :][:1]
    if after and after[0].text[0].isupper() and after[0].ent == top.ent != "":
        return False
    if top.dep == "pobj":
        above = top.head.lower
        residents = above == "of" and top.head.head.lower in place_words().residents
        moved = above in ("to", "from", "at", "through") and top.head.head.lemma in place_words().moving
        shelled = above in ("on", "upon") and top.head.head.lemma in FALLING
        return above in HERE or residents or shelled or (moved and top.head.head.pos in ("VERB", "NOUN"))
    return (
        top.dep in ("dobj", "xcomp")
        and top.head.lemma in place_words().placing
        and not (person and top.head.lemma == "attack")
    )


def _named(top: Token) -> list[Token]:
    """Return the words of the recognizer's name that TOP is in."""
    tokens: list[Token] = top.sent.tokens
    at = top.i - tokens[0].i
    first = at
    while first > 0 and top.ent and tokens[first].ent == top.ent and not tokens[first].ent_start:
        first -= 1
    return [t for t in tokens[first : at + 1] if t.text[0].isupper()] if top.ent in ("PERSON", "ORG") else [top]


def _exists(surface: str, tokens: Sequence[Token], gazetteer: Gazetteer) -> bool:
    key = name_key(surface)
    places = gazetteer.lookup(surface) or gazetteer.like(surface)
    if not places or len(key) < 3 or (len(tokens) == 1 and tokens[0].lower in place_words().common):
        return False
    best = max(places, key=lambda p: p.size)
    if best.size < TOWN and best.feature[:3] != "ADM":
        return False
    strict = _top(tokens).dep == "pobj" and _top(tokens).head.lower in HERE
    return strict or best.country not in ANGLOPHONE
