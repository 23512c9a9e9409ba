"""Finds names again that the report uses for a place elsewhere: a recognizer often sees one of two of them."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.domain.parse import Parse, Token
from dragoman.domain.ports import Gazetteer
from dragoman.domain.spans import Span
from dragoman.lexicon.countries import country_by_name
from dragoman.stages.places.roles import role_of
from dragoman.stages.places.toponym import Toponym

MOST = 200
"""Names of a report that are looked for again at most."""
PUT = frozenset({"in", "at", "near", "outside", "inside", "into", "around", "to", "from", "of", "on"})


def repeated(parse: Parse, found: Sequence[Toponym], gazetteer: Gazetteer) -> list[Toponym]:
    """Return the names of FOUND that stand elsewhere too, where the recognizer or the grammar let them go."""
    taken = {t.i for f in found for t in parse.tokens_in(f.span)}
    persons = {t.lower for n in parse.names if n.label == "PERSON" and len(n.tokens) > 1 for t in n.tokens}
    named = {f.name: f for f in found if f.demonym is None and f.rule != "places.name.demonym"}
    more: list[Toponym] = []
    for name in sorted(named, key=lambda n: (-len(n), n))[:MOST]:
        if len(name) < 4 or name not in parse.text or name.lower() in persons or country_by_name(name):
            continue
        if not gazetteer.lookup(name):
            continue
        at = parse.text.find(name)
        while at >= 0:
            span = Span(at, at + len(name))
            tokens = parse.tokens_in(span)
            whole = bool(tokens) and tokens[0].start == at and tokens[-1].end == span.end
            if whole and not any(t.i in taken for t in tokens) and _stands_alone(tokens):
                taken.update(t.i for t in tokens)
                top = _top(tokens)
                more.append(Toponym(span, top, name, "places.name.repeated", role_of(top)))
            at = parse.text.find(name, span.end)
    return more


def _stands_alone(tokens: Sequence[Token]) -> bool:
    """Tell whether a name is no piece of a longer one, and stands where a place may: after a verb or preposition."""
    sentence: list[Token] = tokens[0].sent.tokens
    first, last = tokens[0].i - sentence[0].i, tokens[-1].i - sentence[0].i
    beside = [*sentence[max(0, first - 1) : first], *sentence[last + 1 : last + 2]]
    if any(t.text[0].isupper() or t.text in ("-", "&") for t in beside if t.i):
        return False
    top = _top(tokens)
    return top.dep == "dobj" or (top.dep == "pobj" and top.head.lower in PUT)


def _top(tokens: Sequence[Token]) -> Token:
    own = {t.i for t in tokens}
    return next((t for t in reversed(tokens) if t.head.i not in own), tokens[-1])
