"""Finds toponyms: names of places that the recognizer marks, or that a gazetteer knows where a place may stand."""

from __future__ import annotations

import re

from dragoman.domain.codes import PlaceRole
from dragoman.domain.name_keys import name_key
from dragoman.domain.parse import NamedSpan, Parse, Token
from dragoman.domain.ports import Gazetteer
from dragoman.domain.spans import Span
from dragoman.lexicon.countries import country_by_demonym, country_by_name
from dragoman.lexicon.places import long_lands, people_place, place_words
from dragoman.stages.places.inside import inside, widened
from dragoman.stages.places.placed import NAME, placed
from dragoman.stages.places.repeated import repeated
from dragoman.stages.places.roles import role_of
from dragoman.stages.places.toponym import Toponym

PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})


LARGE = 150_000
TOWN = 5_000
GATHERINGS = frozenset({"conference", "summit", "talks", "meeting", "forum", "dialogue", "congress"})
DATED_HEADS = 3
"""First paragraphs that may open with a dateline."""
DATELINE = re.compile(r"([A-Z][A-Z'’. -]*[A-Z])(?:/[A-Z ]+)?(?:, [A-Z][\w. ]+)?(?: \([^)]*\))? ?[-–—]+ ")


def find_toponyms(parse: Parse, gazetteer: Gazetteer) -> list[Toponym]:
    """Return the toponyms of the text, in order, none overlapping."""
    found: list[Toponym] = []
    taken: set[int] = set()
    for name in parse.names:
        toponym = _recognized(name, gazetteer)
        taken.update(t.i for t in name.tokens if toponym is not None or name.label not in ("ORG", "PERSON", "EVENT"))
        if toponym is not None:
            found.append(toponym)
    found += [t for t in _datelines(parse, gazetteer) if not any(t.span.overlaps(f.span) for f in found)]
    named = {t.i for n in parse.names for t in n.tokens}
    for token in parse.tokens:
        if token.pos in ("PROPN", "ADJ") and token.i not in taken and token.text[0].isupper():
            toponym = _listed(token, gazetteer, named)
            if toponym is not None and not any(t.span.overlaps(toponym.span) for t in found[-40:]):
                found.append(toponym)
    kept = _apart([t for t in found if t.rule != "places.name.recognized" or not _is_piece(parse, t)])
    taken = {t.i for k in kept for t in parse.tokens_in(k.span)}
    kept = _apart([*kept, *placed(parse, taken, gazetteer)])
    kept = _apart([*kept, *repeated(parse, kept, gazetteer)])
    kept = _joined(parse, kept, gazetteer)
    kept = [widened(parse, t, gazetteer, place_words()) if t.demonym is None else t for t in kept]
    return _with_long_lands(parse, _apart([*kept, *inside(parse, kept, gazetteer)]))


def _joined(parse: Parse, found: list[Toponym], gazetteer: Gazetteer) -> list[Toponym]:
    """Return FOUND with two names that make up one of the gazetteer's made that one ("Boa", "Vista")."""
    joined: list[Toponym] = []
    for toponym in found:
        last = joined[-1] if joined else None
        if last is not None and last.demonym is None and toponym.demonym is None:
            name = parse.text[last.span.start : toponym.span.end]
            if name == f"{last.name} {toponym.name}" and any(
                name_key(p.name) == name_key(name) for p in gazetteer.lookup(name)
            ):
                joined[-1] = Toponym(
                    Span(last.span.start, toponym.span.end), toponym.head, name, "places.name.listed", toponym.role
                )
                continue
        joined.append(toponym)
    return joined


def _with_long_lands(parse: Parse, found: list[Toponym]) -> list[Toponym]:
    """Return FOUND with each pieces of a country's long name made one ("the Islamic Republic of Iran")."""
    names = long_lands()
    whole: list[Toponym] = []
    for token in parse.tokens:
        first = next((f for f in (token.text, f"{token.text}.") if f in names), None)
        name = next((n for n in names.get(first or "", ()) if parse.text.startswith(n, token.start)), None)
        if name is None or parse.text[token.start + len(name) :][:1].isalnum():
            continue
        span = Span(token.start, token.start + len(name))
        pieces = [t for t in found if t.span.overlaps(span)]
        inner = pieces and all(span.start <= t.span.start and t.span.end <= span.end for t in pieces)
        if inner and pieces[0].span != span:
            tokens = parse.tokens_in(span)
            head = next((t for t in tokens if t.head.i not in {x.i for x in tokens}), tokens[-1])
            whole.append(Toponym(span, head, name, "places.name.listed", role_of(head)))
    return _apart([*whole, *(t for t in found if not any(t.span.overlaps(w.span) for w in whole))]) if whole else found


def _apart(found: list[Toponym]) -> list[Toponym]:
    found.sort(key=lambda t: t.span)
    kept: list[Toponym] = []
    for toponym in found:
        if not kept or not kept[-1].span.overlaps(toponym.span):
            kept.append(toponym)
    return kept


def _is_piece(parse: Parse, toponym: Toponym) -> bool:
    """Tell whether a name is the first piece of a hyphened one that the recognizer cut ("Deir" of "Deir ez-Zor")."""
    match = NAME.match(parse.text, toponym.span.start)
    return (
        match is not None
        and match.end() > toponym.span.end
        and "-" in match[0][len(toponym.name) :][:4]
        and toponym.name.isalpha()
    )


def _recognized(name: NamedSpan, gazetteer: Gazetteer) -> Toponym | None:
    tokens = list(name.tokens)
    while tokens and (tokens[0].lower in ("the", "a", "an") or not tokens[0].text[0].isalnum()):
        tokens = tokens[1:]
    while tokens and (tokens[-1].lower in ("'s", "’s", "'", "’") or tokens[-1].text in ",.;:!?"):
        tokens = tokens[:-1]
    if not tokens or not any(t.text[0].isupper() for t in tokens):
        return None
    if name.label in PLACE_LABELS:
        tokens += _hyphened(tokens[-1], gazetteer)
    span = Span(tokens[0].start, tokens[-1].end)
    surface = " ".join(t.text for t in tokens).replace(" - ", "-")
    head = next((t for t in tokens if t.head.i not in {x.i for x in tokens}), tokens[-1])
    country = None if people_place(surface) else country_by_demonym(surface)
    if name.label == "NORP" or (country and not country_by_name(surface)):
        if country is None:
            people = people_place(surface)
            if people is None:
                return None
            return Toponym(span, head, people, "places.name.demonym", PlaceRole.ASSOCIATIVE)
        return Toponym(span, head, surface, "places.name.demonym", PlaceRole.ASSOCIATIVE, country)
    if name.label not in PLACE_LABELS:
        return None
    role = PlaceRole.ASSOCIATIVE if _prefixed(head) else role_of(head)
    return Toponym(span, head, surface, "places.name.recognized", role)


def _datelines(parse: Parse, gazetteer: Gazetteer) -> list[Toponym]:
    """Return the cities that the first paragraphs name before a dash, as reports from there do ("BELGRADE - ")."""
    found: list[Toponym] = []
    for paragraph in parse.paragraphs[:DATED_HEADS]:
        match = DATELINE.match(paragraph.surface(parse.text))
        if match is None or not gazetteer.lookup(match[1]):
            continue
        span = Span(paragraph.start, paragraph.start + len(match[1]))
        head = parse.token_at(span.end - 1)
        if head is not None:
            found.append(Toponym(span, head, match[1], "places.name.dateline", PlaceRole.LOCATION))
    return found


def _hyphened(last: Token, gazetteer: Gazetteer) -> list[Token]:
    """Return the tokens after LAST that are of its name by hyphens ("Mazar-e-Sharif"), where a gazetteer knows it."""
    after: list[Token] = []
    for token in last.sent.tokens[last.i - last.sent.tokens[0].i + 1 :][:6]:
        before = after[-1] if after else last
        if token.start != before.end or "-" not in (token.text[0], before.text[-1]):
            break
        after.append(token)
    text = last.text + "".join(t.text for t in after)
    return after if after and "-" not in (text[0], text[-1]) and gazetteer.lookup(text) else []


def _prefixed(head: Token) -> bool:
    """Tell whether a name is the first part of an adjective ("US-led", "Saudi-backed")."""
    return head.dep in ("npadvmod", "amod", "compound") and any(
        t.text == "-" and t.start == head.end for t in head.sent.tokens[head.i - head.sent.tokens[0].i + 1 :][:1]
    )


def _listed(token: Token, gazetteer: Gazetteer, named: set[int]) -> Toponym | None:
    country = country_by_demonym(token.text)
    if (
        country is not None
        and token.i not in named
        and (token.pos == "ADJ" or token.dep in ("amod", "compound", "nmod"))
    ):
        return Toponym(token.span, token, token.text, "places.name.demonym", PlaceRole.ASSOCIATIVE, country)
    if token.pos != "PROPN" or (token.i in named and token.ent == "PERSON"):
        return None
    before = token.head.lower if token.dep == "pobj" else ""
    beside = any(c.lower in place_words().nouns for c in token.children) or (
        token.dep == "compound" and token.head.lower in place_words().nouns
    )
    if token.i in named and not beside and not _is_put_in(token, gazetteer):
        return None
    known = country_by_name(token.text) is not None
    put = _is_put_in(token, gazetteer)
    if not (known or before in place_words().into or beside or put or _is_large(token, gazetteer)):
        return None
    if any(c.dep == "compound" and c.text[0].isupper() for c in token.children) and not known:
        return None
    if not known and not beside and not gazetteer.lookup(token.text):
        return None
    return Toponym(token.span, token, token.text, "places.name.listed", role_of(token))


def _is_put_in(token: Token, gazetteer: Gazetteer) -> bool:
    """Tell whether something is in a town, or is named for it, whose name the recognizer took for another's."""
    named_for = token.dep == "compound" and token.head.lower in GATHERINGS
    if (not named_for and (token.dep != "pobj" or token.head.lower != "in")) or token.children:
        return False
    key = name_key(token.text)
    return any(p.population >= TOWN and name_key(p.name) == key for p in gazetteer.lookup(token.text))


def _is_large(token: Token, gazetteer: Gazetteer) -> bool:
    """Tell whether a name by itself is that of a large town: then it needs no word of place beside it."""
    if token.dep not in ("dobj", "nsubj", "nsubjpass", "conj", "pobj", "poss"):
        return False
    return any(p.population >= LARGE for p in gazetteer.lookup(token.text)[:1])
