"""Finds predicates: tokens that fit a sense of the codebook, verb, noun or adjective."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.domain.codes import EntityKind
from dragoman.domain.mentions import MentionIndex
from dragoman.domain.parse import Parse, Sentence, Token
from dragoman.lexicon.events import EventBook, Sense
from dragoman.stages.events.candidate import Candidate
from dragoman.stages.events.grammar import is_passive, objects, subjects, together
from dragoman.stages.events.patterns import match, names

AUXILIARY = frozenset({"aux", "auxpass"})
ACTING = frozenset({"PERSON", "ORG", "GPE", "NORP"})
HELD_BY_NAMES = frozenset({"ORG", "PERSON", "FAC", "PRODUCT", "LAW", "WORK_OF_ART", "GPE", "LOC"})
REACH = 3
"""How many steps below a predicate count as near."""

PERSONAL = frozenset({"he", "she", "they", "him", "her", "them", "we", "us", "i", "me", "you", "who", "whom"})


class Predicates:
    """Looks up the predicates of one text."""

    def __init__(self, book: EventBook, index: MentionIndex) -> None:
        self._book = book
        self._index = index
        self._titled = book.lists["titled"]

    def find(self, parse: Parse) -> Iterator[Candidate]:
        """Yield a candidate for every token that fits a sense, in text order."""
        for sentence in parse.sentences:
            headline = is_headline(sentence)
            for token in sentence.tokens:
                found = self._at(token, headline)
                if found is not None:
                    yield found

    def _at(self, token: Token, headline: bool) -> Candidate | None:
        tag = token.tag[:2]
        if tag == "VB" and (token.pos != "AUX" or token.dep not in AUXILIARY):
            if token.dep == "amod" and token.lower in (
                "suspected",
                "accused",
                "alleged",
                "planned",
                "proposed",
                "agreed",
            ):
                return None
            if token.tag == "VBG" and _has_article(token):
                return self._noun(token, token.lower) or self._verb(token)
            return self._verb(token)
        if tag == "NN":
            return self._noun_or_title(token, headline)
        if tag == "JJ":
            return self._adjective(token)
        return None

    def _noun_or_title(self, token: Token, headline: bool) -> Candidate | None:
        if token.tag in ("NN", "NNS"):
            return self._noun(token, token.lemma) or (self._verb(token) if headline and token.dep == "ROOT" else None)
        lemma = token.lower
        if lemma not in self._book.nouns and lemma.endswith("s"):
            lemma = lemma[:-1]
        if lemma not in self._book.nouns or (token.ent in HELD_BY_NAMES and not headline):
            return None
        if token.text[:1].isupper() and not headline and lemma not in self._titled:
            return None
        return self._noun(token, lemma)

    def _verb(self, token: Token) -> Candidate | None:
        senses = self._book.verbs.get(token.lemma)
        return self._best(senses, token) if senses else None

    def _noun(self, token: Token, lemma: str) -> Candidate | None:
        senses = self._book.nouns.get(lemma)
        return self._best(senses, token) if senses else None

    def _adjective(self, token: Token) -> Candidate | None:
        senses = self._book.adjectives.get(token.lower)
        return self._best(senses, token) if senses else None

    def _best(self, senses: tuple[Sense, ...], token: Token) -> Candidate | None:
        rivals: list[str] = []
        for sense in senses:
            matched = self._fits(sense, token)
            if matched is not None:
                others = tuple(f"{s.type} by {s.id}" for s in senses if s.type != sense.type)[:3]
                return Candidate(sense, token, matched, tuple(rivals) or others)
            if len(rivals) < 3:
                rivals.append(f"{sense.type} by {sense.id}: its words or objects are not here")
        return None

    def _fits(self, sense: Sense, token: Token) -> tuple[Token, ...] | None:
        """Return the other words of the pattern where SENSE fits TOKEN, else None."""
        matched = match(sense, token)
        if matched is None:
            return None
        if sense.form == "verbs" and not self._fits_verb(sense, token, matched):
            return None
        if sense.complement and not _has_complement(token, sense.complement):
            return None
        if sense.near is not None and not self._near(token, sense.near):
            return None
        if sense.not_near is not None and self._near(token, sense.not_near):
            return None
        return matched

    def _fits_verb(self, sense: Sense, token: Token, matched: tuple[Token, ...]) -> bool:
        if sense.passive is not None and is_passive(token) != sense.passive:
            return False
        if sense.objects is not None or sense.not_objects is not None:
            undergoers = self.undergoers(token, matched) + [t for t in matched if t.dep in ("dobj", "nsubjpass")]
            if sense.objects is not None and not any(self.belongs(t, sense.objects) for t in undergoers):
                return False
            if sense.not_objects is not None and any(self.belongs(t, sense.not_objects) for t in undergoers):
                return False
        if sense.subjects is not None or sense.not_subjects is not None:
            doers = subjects(token)
            if sense.subjects is not None and not any(self.belongs(t, sense.subjects) for t in doers):
                return False
            if sense.not_subjects is not None and any(self.belongs(t, sense.not_subjects) for t in doers):
                return False
        return True

    def undergoers(self, verb: Token, matched: tuple[Token, ...]) -> list[Token]:
        """Return the objects of VERB; where its pattern ends in a preposition, those of the preposition."""
        last = matched[-1] if matched else None
        if last is not None and last.dep in ("prep", "dative", "agent"):
            found = [t for c in last.children if c.dep in ("pobj", "pcomp") for t in together(c)]
            if found:
                return found
        return [t for t in objects(verb) if t not in matched]

    def belongs(self, token: Token, words: frozenset[str]) -> bool:
        """Tell whether TOKEN, or what it is compounded with or a group of, is one of WORDS."""
        if "$any" in words or self._is_one(token, words):
            return True
        for child in token.children:
            if child.dep in ("compound", "prep") and child.i >= token.i - 3 and _within(child, words):
                return True
        return False

    def _is_one(self, token: Token, words: frozenset[str]) -> bool:
        """Tell whether TOKEN is one of WORDS (lemmas), or of one of the live classes among them."""
        if any(name in words for name in names(token)):
            return True
        if "$person" in words and self._is_person(token):
            return True
        if "$actor" in words and (token.ent in ACTING or token.lower in PERSONAL or self._is_actor(token)):
            return True
        if "$number" in words and token.pos == "NUM":
            return True
        return "$money" in words and (token.ent == "MONEY" or token.lower in ("$", "€", "£", "million", "billion"))

    def _is_actor(self, token: Token) -> bool:
        """Tell whether TOKEN names somebody; a thing that only stands where an actor could ("Snow") is nobody."""
        entity = self._index.at(token)
        if entity is None:
            return False
        found = self._index.entities[entity]
        return found.kind is not EntityKind.OTHER or found.country is not None or found.sector is not None

    def _is_person(self, token: Token) -> bool:
        if token.ent == "PERSON" or token.lower in PERSONAL:
            return True
        entity = self._index.at(token)
        return entity is not None and self._index.entities[entity].kind is EntityKind.PERSON

    def _near(self, token: Token, words: frozenset[str]) -> bool:
        """Tell whether one of WORDS hangs below TOKEN within REACH steps, or a noun hangs on one."""
        below = [token]
        for _ in range(REACH):
            below = [child for place in below for child in place.children]
            if any(self._is_one(child, words) for child in below):
                return True
        if token.tag[:2] == "VB" or token.head is token:
            return False
        head = token.head
        if self._is_one(head, words) or (head.dep == "prep" and self._is_one(head.head, words)):
            return True
        placed = (c for c in head.children if c.dep in ("prep", "dative"))
        return token.dep in ("dobj", "nsubjpass") and any(self._is_one(c, words) for c in placed)


def _within(child: Token, words: frozenset[str]) -> bool:
    """Tell whether a compound or an "of" phrase holds one of WORDS ("arms depot", "lots of money")."""
    if child.dep == "compound":
        return child.lemma in words
    return child.lower == "of" and any(p.lemma in words for p in child.children)


def _has_article(token: Token) -> bool:
    return any(c.dep in ("det", "poss") for c in token.children)


def _has_complement(token: Token, kind: str) -> bool:
    for child in token.children:
        if child.dep in ("xcomp", "ccomp", "advcl", "acl"):
            infinitive = any(c.dep == "aux" and c.lower == "to" for c in child.children)
            if infinitive and kind in ("infinitive", "any"):
                return True
            if child.dep == "ccomp" and (kind in ("clause", "any")):
                return True
        elif child.dep == "prep":
            if kind == "any" and any(c.dep == "pcomp" for c in child.children):
                return True
        elif child.dep in ("dobj", "pobj") and kind in ("infinitive", "any") and _has_complement(child, "infinitive"):
            return True
    return False


def is_headline(sentence: Sentence) -> bool:
    """Tell whether SENTENCE is set as a headline: no full stop, and most of its longer words capitalized."""
    if sentence.tokens[-1].text in (".", "?", "!", ";", "”", '"') or len(sentence.tokens) > 30:
        return False
    words = [t for t in sentence.tokens if len(t.text) > 3 and t.text[0].isalpha()]
    capital = sum(t.text[0].isupper() for t in words)
    return len(words) >= 3 and capital >= 0.7 * len(words)
