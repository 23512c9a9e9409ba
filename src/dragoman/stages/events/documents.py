"""Who speaks where a document does: "the resolution demanded" is the Council that adopted it."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.domain.mentions import MentionIndex
from dragoman.domain.parse import Parse, Token
from dragoman.lexicon.events import EventBook
from dragoman.stages.events import grammar


class Documents:
    """Knows the makers of a report's documents: who is named with them, or adopts, issues, publishes them."""

    def __init__(self, parse: Parse, book: EventBook, index: MentionIndex) -> None:
        self._nouns, self._making = book.lists["documents"], book.lists["making"]
        self._index = index
        self._made: list[tuple[int, str, list[str]]] = []
        for token in parse.tokens:
            if self.is_one(token):
                makers = self._makers(token)
                if makers:
                    self._made.append((token.i, token.lower, makers))

    def is_one(self, token: Token) -> bool:
        """Tell whether TOKEN names a document, and nobody known by that name."""
        if token.lower not in self._nouns and token.lemma not in self._nouns:
            return False
        entity = self._index.at(token)
        return entity is None or self._index.entities[entity].sector is None

    def makers(self, token: Token) -> list[str]:
        """Return who made the document TOKEN: as its own phrase says, or as the text says before of such a one."""
        own = [m for i, _, m in self._made if i == token.i]
        if own:
            return own[0]
        if not any(c.lower in ("the", "this", "that", "such") for c in token.children):
            return []
        before = [(word, m) for i, word, m in self._made if i < token.i]
        same = [m for word, m in before if word == token.lower]
        return (same or [m for _, m in before] or [[]])[-1]

    def _makers(self, token: Token) -> list[str]:
        """Return who is named as the maker of TOKEN: whose it is, what stands before it, who issues or adopts it."""
        for doers in self._doers(token):
            found = [i for t in doers if (i := self._index.at(t)) is not None and not self._index.is_thing(i)]
            if found:
                return found
        return []

    def _doers(self, token: Token) -> Iterator[list[Token]]:
        yield [t for c in token.children if c.dep == "poss" for t in grammar.together(c)]
        yield [c for c in token.children if c.dep in ("amod", "compound", "nmod")]
        yield grammar.prepositional(token, ("by", "from", "of"))
        if token.dep in ("dobj", "nsubjpass") and token.head.lemma in self._making:
            yield grammar.subjects(token.head)
        for child in token.children:
            if child.dep in ("acl", "relcl") and child.lemma in self._making:
                yield grammar.subjects(child)
