"""Finds what may be a mention: names, and noun phrases whose head a codebook knows."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

import msgspec

from dragoman.domain.codes import EntityKind, MentionForm, PlaceRole
from dragoman.domain.findings import Place
from dragoman.domain.parse import NamedSpan, Parse, Token
from dragoman.domain.ports import ActorIndex
from dragoman.domain.spans import Span
from dragoman.lexicon.actors import actor_words
from dragoman.lexicon.countries import country_by_capital, country_by_demonym, country_by_name, metonym
from dragoman.lexicon.entities import entity_words
from dragoman.lexicon.events import event_book
from dragoman.stages.entities.coding import Coding, code_words
from dragoman.stages.entities.coding_nations import nation_of
from dragoman.stages.entities.likeness import distance
from dragoman.stages.entities.phrases import (
    dateline,
    name_head,
    noun_phrase,
    trimmed,
    with_article,
    with_complement,
    with_phrase,
    with_titles,
)

NAMES = frozenset({"PERSON", "ORG", "GPE", "NORP", "FAC", "LOC"})
PLACES = frozenset({"GPE", "LOC"})
SHORTEST_SLIP = 5
"""Letters from which a name may be a slip of another."""
LONGEST_OWN = 18
"""The most words and marks of a name in the user's own file."""
OPPOSITE = frozenset({"against", "with", "by", "between", "towards", "toward"})
"""Prepositions after which a capital is its government ("sanctions against Moscow")."""
COMMON = ("roles.", "actors.noun", "actors.listed", "actors.office", "actors.modifier")
"""Rules of common nouns and titles."""
WEAK = ("actors.thing", "actors.noun.of-organization", "actors.noun.bodies")
"""Rules whose nouns are mentions only where they act or are acted on."""
ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "dative"})
TOWARDS = frozenset({"by", "against", "with", "to", "into", "from", "for", "on"})
ACTING = frozenset({"nsubj", "nsubjpass", "agent", "dobj", "dative", "poss", "conj", "appos"})


class Candidate(msgspec.Struct):
    """A mention before it is joined: its words, head, form and coding."""

    span: Span
    head: Token
    tokens: list[Token]
    form: MentionForm
    label: str
    rule: str
    coding: Coding | None
    country_name: str | None = None
    name_tokens: list[Token] | None = None
    alone: Coding | None = None
    """What a general noun is coded as where it takes nothing up."""

    @property
    def kind(self) -> EntityKind:
        """What the mention is coded as."""
        return self.coding.kind if self.coding else EntityKind.OTHER

    @property
    def definite(self) -> bool:
        """Tell whether a definite article, demonstrative or possessive starts it."""
        return any(c.lower in ("the", "this", "that", "these", "those") or c.dep == "poss" for c in self.head.children)

    @property
    def plural(self) -> bool:
        """Tell whether the head is plural or a coordination of several."""
        return self.head.tag in ("NNS", "NNPS")


def find_candidates(
    parse: Parse, places: Sequence[Place], actors: ActorIndex, published: datetime.date | None
) -> list[Candidate]:
    """Return the mentions of names and nominals in text order, none inside another of the same head."""
    coder = _Coder(actors, published)
    persons = [trimmed(n.tokens) for n in parse.names if n.label == "PERSON"]
    surnames = {tokens[-1].text for tokens in persons if len(tokens) > 1}
    roles = {place.span.start: place.role for place in places}
    placed = {p.span.start for p in places if p.geonames_id is not None}
    surnames |= _slips(parse, surnames, placed)
    found: list[Candidate] = []
    taken = {t.i for paragraph in parse.paragraphs for t in dateline(parse.tokens_in(paragraph))}
    for own in _own_names(parse, coder):
        found.append(own)
        taken.update(t.i for t in own.name_tokens or own.tokens)
    for name in parse.names:
        if any(t.i in taken for t in name.tokens):
            continue
        candidate = _surname(trimmed(name.tokens), surnames, coder) or _from_name(name, coder, roles)
        if candidate is not None and candidate.head.i not in taken:
            found.append(candidate)
            taken.update(t.i for t in candidate.name_tokens or candidate.tokens)
        elif name.label in PLACES and any(t.start in placed for t in name.tokens):
            taken.update(t.i for t in name.tokens)
    for token in parse.tokens:
        if token.i in taken or token.pos not in ("NOUN", "PROPN", "ADJ", "NUM", "VERB") or _is_dated(token):
            continue
        candidate = _surname([token], surnames, coder) or _from_noun(token, coder, taken)
        if candidate is not None:
            found.append(candidate)
            if candidate.form is MentionForm.NAME:
                taken.update(t.i for t in candidate.tokens)
    found.sort(key=lambda c: (c.span.start, -c.span.end))
    return found


def _own_names(parse: Parse, coder: _Coder) -> Iterator[Candidate]:
    """Yield the mentions of names in the user's own file, but for a word that is part of another person's name."""
    within = {t.i: n.tokens for n in parse.names if n.label == "PERSON" and len(n.tokens) > 1 for t in n.tokens}
    i, last = 0, len(parse.tokens)
    while i < last:
        run = [t for t in parse.tokens[i : i + LONGEST_OWN] if t.sent is parse.tokens[i].sent]
        named = coder.actors.own([t.text for t in run], coder.published)
        if named is None or (named[0] == 1 and any(t.pos == "PROPN" for t in within.get(i, []) if t is not run[0])):
            i += 1
            continue
        length, record = named
        i += length
        tokens = trimmed(run[:length]) or run[:length]
        head = name_head(tokens)
        label = "PERSON" if record.kind == EntityKind.PERSON else "ORG"
        proper = any(t.text[0].isupper() for t in tokens)
        whole = with_titles(tokens, head) if proper else noun_phrase(head)
        coding = coder.code(with_phrase(whole, head), head, label)
        if coding is None or coding.listed_at is None:
            whole, coding = tokens, coder.code(tokens, head, label)
        country = record.country if record.kind == EntityKind.COUNTRY else None
        form = MentionForm.NAME if proper else MentionForm.NOMINAL
        yield _candidate(whole, head, form, label, "actors.own.file", coding, country, tokens)


def _surname(tokens: list[Token], surnames: set[str], coder: _Coder) -> Candidate | None:
    """Return the mention of a person by the last word of a name in the report, whatever the recognizer takes it for."""
    if len(tokens) != 1 or tokens[0].text not in surnames or tokens[0].pos not in ("PROPN", "NOUN"):
        return None
    token = tokens[0]
    if token.dep == "compound" and token.head.pos == "PROPN":
        return None
    whole = with_titles(tokens, token)
    coding = coder.code(whole, token, "PERSON")
    return _candidate(whole, token, MentionForm.NAME, "PERSON", "entities.name.recognized", coding, None, tokens)


def _slips(parse: Parse, surnames: set[str], placed: set[int]) -> set[str]:
    """Return the capitalised words that no list knows and that are a family name of the report but for a letter."""
    words = {t.text for t in parse.tokens if t.pos == "PROPN" and t.start not in placed and t.text[0].isupper()}
    listed = actor_words().longest
    unknown = [w for w in words - surnames if len(w) >= SHORTEST_SLIP and w.isalpha() and w.lower() not in listed]
    return {
        word
        for word in unknown
        if nation_of(word) is None
        and any(s[0] == word[0] and abs(len(s) - len(word)) <= 1 and distance(s, word) == 1 for s in surnames)
    }


def _is_dated(token: Token) -> bool:
    """Tell whether a word belongs to a date or amount ("May 6")."""
    if token.ent in ("DATE", "TIME", "MONEY", "PERCENT", "ORDINAL", "QUANTITY") and token.pos != "NOUN":
        return True
    return token.pos == "PROPN" and any(c.text.isdigit() for c in token.children)


class _Coder:
    def __init__(self, actors: ActorIndex, published: datetime.date | None) -> None:
        self.actors, self.published = actors, published

    def code(self, tokens: list[Token], head: Token, label: str | None) -> Coding | None:
        words = [t.text for t in tokens]
        return code_words(words, tokens.index(head), self.actors, self.published, label)

    def code_noun(self, tokens: list[Token], head: Token) -> Coding | None:
        """Return the coding of a noun phrase where the head itself has a say in it, not only what hangs from it."""
        for phrase in (with_phrase(tokens, head), tokens):
            coding = self.code(phrase, head, None)
            if coding is not None and phrase.index(head) in coding.words:
                return coding
        return None


def _from_name(name: NamedSpan, coder: _Coder, roles: dict[int, PlaceRole]) -> Candidate | None:
    if name.label not in NAMES:
        return None
    tokens = trimmed(name.tokens)
    if not tokens or not any(t.text[0].isupper() for t in tokens):
        return None
    surface = " ".join(t.text for t in tokens)
    head = name_head(tokens)
    if surface.lower() in entity_words().no_names:
        return None
    country = country_by_name(surface)
    modifies = head.dep in ("amod", "compound", "nmod") or head.pos == "ADJ"
    nation = country_by_demonym(surface) if modifies and head.tag not in ("NNPS", "NNS") else None
    if nation is not None:
        if head.head.lemma not in event_book().nouns or head.head.pos != "NOUN":
            return None
        return _candidate(tokens, head, MentionForm.NAME, name.label, "entities.name.adjective", None, nation, tokens)
    capital = name.label in ("PERSON", "ORG") and country_by_capital(surface) is not None
    if country is None and (name.label in ("GPE", "LOC", "FAC") or capital):
        return _from_place(tokens, head, surface, name.label, coder, roles)
    whole = with_titles(tokens, head)
    coded = with_phrase(whole, head)
    coding = coder.code(coded, head, name.label)
    if name.label in ("FAC", "LOC") and (coding is None or coding.sector is None):
        return None
    return _candidate(whole, head, MentionForm.NAME, name.label, "entities.name.recognized", coding, country, tokens)


def _from_place(
    tokens: list[Token], head: Token, surface: str, label: str, coder: _Coder, roles: dict[int, PlaceRole]
) -> Candidate | None:
    """Return the mention of a government by its capital, or of a body that the recognizer took for a place."""
    country = country_by_capital(surface) or metonym(surface)
    if country is not None:
        acting = (
            head.dep in ACTING
            or (head.dep == "pobj" and head.head.lower in OPPOSITE)
            or metonym(surface) is not None
            or roles.get(tokens[0].start) is PlaceRole.ASSOCIATIVE
        )
        if not acting or (head.dep == "pobj" and not metonym(surface) and head.head.lower not in OPPOSITE):
            return None
        coding = coder.code(tokens, head, label)
        return _candidate(tokens, head, MentionForm.NAME, label, "entities.name.metonym", coding, country, tokens)
    whole = with_titles(tokens, head)
    coding = coder.code(with_phrase(whole, head), head, label)
    if coding is None or coding.sector is None or coding.kind is EntityKind.COUNTRY:
        return None
    if coding.rule == "actors.place.city" and not _acts_as_people(head):
        return None
    return _candidate(whole, head, MentionForm.NAME, label, "entities.name.recognized", coding, None, tokens)


def _from_noun(token: Token, coder: _Coder, taken: set[int]) -> Candidate | None:
    if token.dep in ("compound", "nmod") and token.head.pos in ("NOUN", "PROPN") and token.head.i > token.i:
        return _modifier(token, coder)
    if token.pos in ("ADJ", "NUM", "VERB") and not _nominal_use(token):
        return None
    tokens = noun_phrase(token)
    if any(t.i in taken for t in tokens if t.dep == "compound" and t.head is token):
        titled = coder.code(tokens, token, "PERSON") if token.pos == "PROPN" else None
        if titled is not None and titled.role and tokens.index(token) in titled.words:  # "the UN envoy Solheim"
            rule = "entities.name.unknown"
            return _candidate(tokens, token, MentionForm.NAME, "PERSON", rule, titled, None, [token])
        tokens = tokens if token.pos == "NOUN" else [token]
    form = MentionForm.NAME if token.pos == "PROPN" else MentionForm.NOMINAL
    coding = None if is_anaphor(token) else coder.code_noun(tokens, token)
    if coding is not None and coding.kind is EntityKind.COUNTRY and form is MentionForm.NOMINAL:
        return None
    counterpart = token.lemma == "counterpart"
    if form is MentionForm.NAME and coding is not None and coding.rule.startswith(COMMON):
        form = MentionForm.NOMINAL  # "the President", "the Opposition": a common noun with a capital
    known = coding is not None and (coding.sector is not None or coding.kind is not EntityKind.OTHER)
    if coding is not None and coding.rule.startswith(WEAK):
        known = _acts(token)
    if not known and form is MentionForm.NAME and _acts(token):
        return _unknown_name(token, tokens, coding)
    if not known and not is_anaphor(token) and not counterpart:
        return None
    if is_anaphor(token):
        found = _candidate(tokens, token, MentionForm.NOMINAL, "", "entities.nominal.coded", None, None, tokens)
        return msgspec.structs.replace(found, alone=coder.code_noun(tokens, token))
    rule = "entities.name.listed" if form is MentionForm.NAME else "entities.nominal.coded"
    if form is MentionForm.NAME and coding is not None and coding.certain < 0.6 and token.dep in ("pobj", "npadvmod"):
        return None
    country = country_by_name(token.text)
    if country is None and coding is not None and coding.kind is EntityKind.COUNTRY and _acts(token):
        country = country_by_capital(" ".join(t.text for t in tokens)) or country_by_capital(token.text)
        rule = "entities.name.metonym" if country is not None else rule
    return _candidate(tokens, token, form, "", rule, coding, country, tokens)


def _acts(token: Token) -> bool:
    """Tell whether a word is a subject, an object, or who something is done by, to or with."""
    if token.dep == "conj":
        return _acts(token.head)
    if token.dep == "pobj":
        return token.head.lower in TOWARDS and token.head.head.pos in ("VERB", "NOUN")
    return token.dep in ARGUMENTS


def _acts_as_people(token: Token) -> bool:
    """Tell whether a city or region is its people: where it acts or is acted on, not where something is."""
    if token.dep != "pobj":
        return token.dep in ACTING
    noun = token.head.head.pos == "NOUN" and token.head.lower == "to"  # "aid to Darfur", not "flew to Darfur"
    return noun or token.head.lower in OPPOSITE or token.head.lower in ("on", "of", "from")


def _unknown_name(token: Token, tokens: list[Token], coding: Coding | None) -> Candidate | None:
    """Return the mention of a name that neither the recognizer nor a list knows, where it acts or is acted on."""
    run = [t for t in tokens if t.pos == "PROPN" and t.text[0].isupper()]
    if (
        token not in run
        or len(token.text) < 3
        or token.lower in entity_words().no_names
        or not token.text.replace("-", "").isalpha()
    ):
        return None
    speaks = token.head.lemma in entity_words().personal and token.dep == "nsubj"
    if token.i == token.sent.tokens[0].i and len(run) == 1 and not speaks:
        return None  # the first word of a sentence has its capital anyway ("Snow blocked the pass")
    label = "PERSON" if speaks else ""
    return _candidate(tokens, token, MentionForm.NAME, label, "entities.name.unknown", coding, None, run)


def is_anaphor(token: Token) -> bool:
    """Tell whether a general noun with nothing but its article takes up something named before ("the group")."""
    before = [c for c in token.children if c.i < token.i]
    definite = any(c.lower in ("the", "this") for c in before)
    return definite and token.lemma in entity_words().anaphors and len(before) == 1 and not _of(token)


def _of(token: Token) -> bool:
    return any(c.dep == "prep" and c.lower == "of" for c in token.children)


def _nominal_use(token: Token) -> bool:
    """Tell whether an adjective or number stands for people ("the wounded", "the Syrians")."""
    return token.dep in ("nsubj", "nsubjpass", "dobj", "pobj", "conj") and any(c.lower == "the" for c in token.children)


def _modifier(token: Token, coder: _Coder) -> Candidate | None:
    """Return the mention of who acts by the noun that it stands before ("army helicopters", "a Hamas raid")."""
    if token.lemma in entity_words().forces and token.pos in ("NOUN", "PROPN", "ADJ"):
        known = coder.code_noun(noun_phrase(token.head), token.head)
        if known is not None and token.head.pos != "PROPN" and not known.rule.startswith("actors.thing"):
            return None  # "army officers" are who acts themselves
        nations = [t for t in token.sent.tokens if t.i == token.i - 1 and country_by_demonym(t.text)]
        tokens = [*nations, token]
        coding = coder.code(tokens, token, None)
        if coding is None or coding.sector is None:
            return None
        return _candidate(tokens, token, MentionForm.NOMINAL, "", "entities.nominal.modifier", coding, None, tokens)
    return _listed_modifier(token, coder)


def _listed_modifier(token: Token, coder: _Coder) -> Candidate | None:
    """Return the mention of a listed group that modifies a noun ("a Hamas spokesman")."""
    if token.pos != "PROPN" or not token.text[0].isupper() or country_by_demonym(token.text):
        return None
    coding = coder.code([token], token, None)
    if coding is None or coding.sector is None or coding.certain < 0.6 or coding.kind is EntityKind.PERSON:
        return None
    country = country_by_name(token.text)
    return _candidate([token], token, MentionForm.NAME, "", "entities.name.listed", coding, country, [token])


def _candidate(
    tokens: list[Token], head: Token, form: MentionForm, label: str, rule: str, coding: Coding | None,
    country: str | None, name_tokens: list[Token],
) -> Candidate:  # fmt: skip
    whole = with_article(tokens) if form is MentionForm.NAME else with_complement(tokens, head)
    span = Span(whole[0].start, whole[-1].end)
    return Candidate(span, head, tokens, form, label, rule, coding, country, name_tokens)


def pronouns(parse: Parse) -> Iterator[tuple[Token, str]]:
    """Yield every pronoun that may stand for somebody, with its class."""
    classes = entity_words().pronouns
    for token in parse.tokens:
        kind = classes.get(token.lower)
        if kind is None or token.tag not in ("PRP", "PRP$", "WP", "WP$", "WDT"):
            continue
        yield token, kind
