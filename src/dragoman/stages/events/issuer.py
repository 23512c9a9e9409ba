"""Who "we" is in a statement: the body whose words the whole text is ("The Union welcomes ... We will host ...")."""

from __future__ import annotations

from dragoman.domain.codes import EntityKind
from dragoman.domain.mentions import MentionIndex
from dragoman.domain.parse import Parse, Token
from dragoman.domain.quoting import QuotationIndex
from dragoman.stages.events.grammar import surface_subjects

FIRST_PERSONS = frozenset({"we", "us", "our", "ours"})
BODIES = frozenset(
    {EntityKind.COUNTRY, EntityKind.GOVERNMENT, EntityKind.ORGANIZATION, EntityKind.INTERNATIONAL_ORGANIZATION}
)
OPENING = 6
"""How many sentences are asked for the body that speaks."""


class Issuer:
    """Finds who a text's own "we" stands for, outside quotations."""

    def __init__(self, parse: Parse, index: MentionIndex, quotations: QuotationIndex) -> None:
        self._index = index
        self._quotations = quotations
        self.entity = self._find(parse)

    def _find(self, parse: Parse) -> str | None:
        for sentence in parse.sentences[:OPENING]:
            for subject in surface_subjects(sentence.root):
                entity = self._index.at(subject)
                if entity is not None and self._index.entities[entity].kind in BODIES:
                    return entity
        return None

    def stands_for(self, token: Token) -> str | None:
        """Return the body that TOKEN, a first person in the plural outside quotations, stands for."""
        if token.lower not in FIRST_PERSONS or self.entity is None or self._quotations.innermost(token) is not None:
            return None
        return self.entity
