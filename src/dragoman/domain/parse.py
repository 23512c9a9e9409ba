"""The parsed text that all stages share: tokens with their grammar, in sentences.

Any parser may fill it (`engines/` has spaCy's). Labels are those of spaCy's English pipelines: `pos` is
Universal POS, `tag` Penn Treebank, `dep` ClearNLP dependencies (`nsubj`, `dobj`, `prep`, `pobj` ...),
`ent` OntoNotes entity types. Stages read it and never change it.
"""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.domain.spans import Span


class Token:
    """One word or mark. Its offsets count code points; `i` is its place in the text's tokens."""

    __slots__ = (
        "children",
        "dep",
        "end",
        "ent",
        "ent_start",
        "head",
        "i",
        "lemma",
        "lower",
        "pos",
        "sent",
        "start",
        "tag",
        "text",
    )  # fmt: skip

    i: int
    start: int
    end: int
    text: str
    lower: str
    lemma: str
    pos: str
    tag: str
    dep: str
    ent: str
    ent_start: bool
    head: Token
    children: list[Token]
    sent: Sentence

    @property
    def span(self) -> Span:
        """The token's characters."""
        return Span(self.start, self.end)

    def child(self, *deps: str) -> Token | None:
        """Return the first child that hangs by one of DEPS, in text order."""
        for token in self.children:
            if token.dep in deps:
                return token
        return None

    def children_by(self, *deps: str) -> list[Token]:
        """Return the children that hang by one of DEPS, in text order."""
        return [token for token in self.children if token.dep in deps]

    def ancestors(self) -> Iterator[Token]:
        """Yield the head, the head's head ... up to the root."""
        token = self
        while token.head is not token:
            token = token.head
            yield token

    def subtree(self) -> list[Token]:
        """Return the token and all below it, in text order."""
        found, stack = [], [self]
        while stack:
            token = stack.pop()
            found.append(token)
            stack.extend(token.children)
        found.sort(key=lambda t: t.i)
        return found

    def subtree_span(self) -> Span:
        """Return the smallest span around the token and all below it."""
        tokens = self.subtree()
        return Span(tokens[0].start, tokens[-1].end)

    def conjuncts(self) -> list[Token]:
        """Return the token and all that are coordinated with it below it ("A, B and C")."""
        found = [self]
        for token in found:
            found.extend(token.children_by("conj"))
        return found

    def __repr__(self) -> str:
        return f"<{self.i}:{self.text}/{self.tag}/{self.dep}>"


class Sentence:
    """A run of tokens with one root."""

    __slots__ = ("i", "root", "tokens")

    def __init__(self, i: int, tokens: list[Token], root: Token) -> None:
        self.i = i
        self.tokens = tokens
        self.root = root

    @property
    def span(self) -> Span:
        """The sentence's characters, from its first token to its last."""
        return Span(self.tokens[0].start, self.tokens[-1].end)


class NamedSpan:
    """A name as the parser's recognizer marks it: tokens `[first, last]` and its OntoNotes label."""

    __slots__ = ("label", "tokens")

    def __init__(self, tokens: list[Token], label: str) -> None:
        self.tokens = tokens
        self.label = label

    @property
    def span(self) -> Span:
        """The name's characters."""
        return Span(self.tokens[0].start, self.tokens[-1].end)


class Parse:
    """A parsed text. `paragraphs` are the spans between line ends, blank ones left out."""

    __slots__ = ("_token_at", "names", "paragraphs", "sentences", "text", "tokens")

    def __init__(self, text: str, tokens: list[Token], sentences: list[Sentence], names: list[NamedSpan]) -> None:
        self.text = text
        self.tokens = tokens
        self.sentences = sentences
        self.names = names
        self.paragraphs = _paragraphs(text)
        self._token_at: list[int] | None = None

    def token_at(self, offset: int) -> Token | None:
        """Return the token that covers the character at OFFSET, or None where white space does."""
        if self._token_at is None:
            table = [-1] * (len(self.text) + 1)
            for token in self.tokens:
                table[token.start : token.end] = [token.i] * (token.end - token.start)
            self._token_at = table
        if not 0 <= offset < len(self._token_at) or self._token_at[offset] < 0:
            return None
        return self.tokens[self._token_at[offset]]

    def tokens_in(self, span: Span) -> list[Token]:
        """Return the tokens that share a character with SPAN, in order."""
        first = next((t for o in range(span.start, span.end) if (t := self.token_at(o)) is not None), None)
        if first is None:
            return []
        last = first.i + 1
        while last < len(self.tokens) and self.tokens[last].start < span.end:
            last += 1
        return self.tokens[first.i : last]


def _paragraphs(text: str) -> list[Span]:
    found, start = [], 0
    for line in text.splitlines(keepends=True):
        if stripped := line.strip():
            begin = start + line.index(stripped[0])
            found.append(Span(begin, begin + len(stripped)))
        start += len(line)
    return found
