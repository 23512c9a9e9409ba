"""Finds toponyms that the recognizer missed: in names of bodies, in repeated names, beside words that show a place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from dragoman.domain.codes import PlaceRole
from dragoman.domain.name_keys import name_key
from dragoman.domain.parse import Parse, Token
from dragoman.domain.ports import Gazetteer
from dragoman.domain.spans import Span
from dragoman.lexicon.countries import country_by_demonym, country_by_name
from dragoman.lexicon.places import PlaceWords, people_place, place_words, region_place, state_called
from dragoman.stages.places.options import NATURAL
from dragoman.stages.places.roles import role_of
from dragoman.stages.places.toponym import Toponym

LONGEST = 4
"""Words of a name that are tried together."""
REACH = 4
"""Words over which the noun of a body is looked for ("Columbus Fire and Police Department")."""
TOWN, CITY = 2_000, 100_000
"""Population from which a town is believed beside a word that shows one, and a city by itself."""
INNER = frozenset({"of", "de", "la", "le", "al", "el", "del", "-", "and", "&", "the", "."})


def inside(parse: Parse, found: Sequence[Toponym], gazetteer: Gazetteer) -> list[Toponym]:
    """Return the toponyms that FOUND, those of the recognizer and the lists, leaves out."""
    report = _Report(parse, found, gazetteer)
    more: list[Toponym] = []
    for sentence in parse.sentences:
        tokens = sentence.tokens
        at = 0
        while at < len(tokens):
            toponym, length = report.begins(tokens, at)
            if toponym is not None:
                more.append(toponym)
            at += length
    return more


class _Beside(msgspec.Struct, frozen=True):
    """What stands beside a name: the word before and after, whether a body's noun follows in capitals."""

    before: str
    after: str
    body: bool
    shown: bool


class _Report:
    """What the report as a whole tells of its names."""

    def __init__(self, parse: Parse, found: Sequence[Toponym], gazetteer: Gazetteer) -> None:
        self.parse, self.gazetteer, self.words = parse, gazetteer, place_words()
        self.taken = {t.i for f in found for t in parse.tokens_in(f.span)}
        self.known = {name_key(f.name) for f in found if f.demonym is None and self._exists(f.name)}
        persons = [n.tokens for n in parse.names if n.label == "PERSON"]
        self.persons = {t.i for tokens in persons if len(tokens) > 1 for t in tokens}
        self.surnames = {tokens[-1].lower for tokens in persons if len(tokens) > 1}
        self.surnames |= {t.lower for tokens in persons if len(tokens) > 1 for t in tokens[-2:] if len(t.text) > 3}
        self.common = {t.text for t in parse.tokens if t.text.islower()} | self.words.common

    def begins(self, tokens: Sequence[Token], at: int) -> tuple[Toponym | None, int]:
        """Return the toponym that begins with the word AT, if any, and over how many words to go on."""
        first = tokens[at]
        if not first.text[0].isupper() or first.i in self.taken or first.lower in ("the", "a", "an"):
            return None, 1
        for length in range(min(LONGEST, len(tokens) - at), 0, -1):
            run = tokens[at : at + length]
            if not run[-1].text[0].isupper() or any(
                t.i in self.taken or not (t.text[0].isupper() or t.lower in INNER) for t in run
            ):
                continue
            toponym = self._toponym(run, tokens, at)
            if toponym is not None:
                return toponym, length
        return None, 1

    def _toponym(self, run: Sequence[Token], tokens: Sequence[Token], at: int) -> Toponym | None:
        surface = self.parse.text[run[0].start : run[-1].end]
        beside = self._beside(tokens, at, len(run))
        person = any(t.i in self.persons for t in run) and not beside.body
        if person or (len(run) == 1 and run[0].ent == "PERSON" and not (beside.body or beside.shown)):
            return None
        span = Span(run[0].start, run[-1].end)
        head = run[-1]
        people = people_place(surface)
        country = None if people else country_by_demonym(surface)
        if country is not None and country_by_name(surface) is None:
            if head.ent == "LANGUAGE":
                return None
            rule = "places.name.inside" if beside.body else "places.name.demonym"
            return Toponym(span, head, surface, rule, PlaceRole.ASSOCIATIVE, country)
        if people is not None:
            return Toponym(span, head, people, "places.name.demonym", PlaceRole.ASSOCIATIVE)
        name = self._believed(surface, run, beside)
        if name is None:
            return None
        last = _noun_after(tokens, at + len(run))
        if last is not None and name == surface:
            span = Span(span.start, last.end)
            name = self.parse.text[span.start : span.end]
            return Toponym(span, last, name, "places.name.inside", role_of(last))
        if beside.body:
            return Toponym(span, head, name, "places.name.inside", PlaceRole.ASSOCIATIVE)
        return Toponym(span, head, name, "places.name.inside", role_of(head))

    def _beside(self, tokens: Sequence[Token], at: int, length: int) -> _Beside:
        after = tokens[at + length : at + length + REACH + 1]
        body = False
        for token in after:
            if not (token.text[0].isupper() or token.lower in INNER):
                break
            if token.lower in self.words.bodies:
                body = True
                break
        follower = after[0].lower if after else ""
        if follower in ("'s", "’s") and len(after) > 1:
            follower = after[1].lower
        before = tokens[at - 1].lower if at else ""
        in_body = before == "of" and at > 1 and tokens[at - 2].lower in self.words.bodies
        shown = follower in self.words.shown or follower in self.words.nouns
        return _Beside(before, follower, body or in_body, shown)

    def _believed(self, surface: str, run: Sequence[Token], beside: _Beside) -> str | None:
        """Return the name by which the toponym is looked up, None where it is not believed to be one."""
        state = state_called(surface)
        if state is not None and ("." in surface or surface.isupper()):
            before = self.parse.text[max(0, run[0].start - 2) : run[0].start]
            return state if "." in surface or before in (", ", "D-", "R-") else None
        if country_by_name(surface) or (region_place(surface) and (len(run) > 1 or run[0].lower not in self.common)):
            return surface
        key = name_key(surface)
        if key in self.known and not (len(run) == 1 and run[0].lower in self.surnames and not beside.body):
            return surface
        if len(run) == 1 and (run[0].lower in self.common or len(surface) < 4 or not _nominal(run[0])):
            return None
        if beside.after in ("counties", "parishes") or self._listed_county(run):
            county = f"{surface} County"
            return county if self.gazetteer.lookup(county) else None
        places = [p for p in self.gazetteer.lookup(surface) if p.feature != "ADM3"]
        called = [p for p in places if name_key(p.name) == key] or [p for p in places if p.feature in ("ADM1", "ADM2")]
        if not called:
            return None
        population = max(p.population for p in called)
        many = len(run) > 1
        party = self.parse.text[max(0, run[0].start - 2) : run[0].start] in ("D-", "R-")
        if party or (many and any(p.feature in ("ADM1", "ADM2") for p in called)):
            return surface
        if (beside.body or beside.shown) and population >= TOWN:
            return surface
        if many and population >= TOWN and run[0].ent != "PERSON":
            return surface
        if run[0].lower in self.surnames:
            return None
        if beside.before in self.words.into and run[0].dep in ("pobj", "compound") and population >= TOWN:
            return surface
        comma = self.parse.text[run[-1].end : run[-1].end + 1] == "," and population >= TOWN
        if comma and self._contained(run[-1].end + 1):
            return surface
        return surface if population >= CITY and run[0].ent in ("", "ORG", "GPE", "LOC", "FAC") else None

    def _contained(self, at: int) -> bool:
        token = self.parse.token_at(at + 1)
        return token is not None and (
            token.lower in self.words.states
            or country_by_name(token.text) is not None
            or any(p.feature == "ADM1" for p in self.gazetteer.lookup(token.text))
        )

    def _listed_county(self, run: Sequence[Token]) -> bool:
        """Tell whether the name is one of several before "counties" ("Jackson and Barrow counties")."""
        for token in _after(run[-1]):
            if token.lower in ("counties", "parishes"):
                return True
            if not (token.text[0].isupper() or token.text in (",", "and")):
                return False
        return False

    def _exists(self, name: str) -> bool:
        return bool(country_by_name(name) or region_place(name) or self.gazetteer.lookup(name))


def _after(token: Token) -> Iterator[Token]:
    tokens: list[Token] = token.sent.tokens
    yield from tokens[token.i - tokens[0].i + 1 :][:9]


def widened(parse: Parse, toponym: Toponym, gazetteer: Gazetteer, words: PlaceWords) -> Toponym:
    """Return TOPONYM with the noun of its division or street if it lacks it ("Edgar" of "Edgar County")."""
    after = parse.text[toponym.span.end : toponym.span.end + 14]
    noun = after[1:].split(" ")[0].strip(".,;:'’") if after[:1] == " " else ""
    beyond = parse.text[toponym.span.end + 1 + len(noun) :].lstrip(" ")[:1]
    street = noun[:1].isupper() and noun.lower() in NATURAL and not beyond.isupper()
    if street or (noun in words.divisions and gazetteer.lookup(f"{toponym.name} {noun}")):
        span = Span(toponym.span.start, toponym.span.end + 1 + len(noun))
        head = parse.token_at(span.end - 1) or toponym.head
        return msgspec.structs.replace(toponym, span=span, head=head, name=f"{toponym.name} {noun}")
    return toponym


def _noun_after(tokens: Sequence[Token], at: int) -> Token | None:
    """Return the word AT if it is the noun of a street or a water in capitals, and the name ends there."""
    if at >= len(tokens) or not tokens[at].text[0].isupper() or tokens[at].lower not in NATURAL:
        return None
    return tokens[at] if at + 1 >= len(tokens) or not tokens[at + 1].text[0].isupper() else None


def _nominal(token: Token) -> bool:
    return token.pos in ("PROPN", "NOUN", "ADJ")
