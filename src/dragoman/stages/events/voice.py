"""Who speaks at a place of the text: the speaker of the quotation around it, or the subject of the verb of saying."""

from __future__ import annotations

from dragoman.domain.parse import Token
from dragoman.domain.quoting import QuotationIndex
from dragoman.domain.spans import Span
from dragoman.stages.events.arguments import Arguments
from dragoman.stages.events.grammar import subjects


class Voice:
    """Looks up speakers."""

    def __init__(self, quotations: QuotationIndex, arguments: Arguments, saying: frozenset[str]) -> None:
        self._quotations = quotations
        self._arguments = arguments
        self._saying = saying

    def speaker(self, token: Token) -> tuple[str, Span] | None:
        """Return who says the clause of TOKEN, with the words that tell so, or None."""
        quotation = self._quotations.innermost(token)
        if quotation is not None and quotation.speaker is not None:
            return quotation.speaker, quotation.cue_span or quotation.speaker_span or quotation.content[0]
        verb = self.saying_verb(token)
        if verb is not None:
            ids = self._arguments.entities(subjects(verb))
            if ids:
                return ids[0], verb.span
        return None

    def issuer(self, token: Token) -> str | None:
        """Return who issues the statement that TOKEN stands in outside quotations, if the report is one."""
        return self._arguments.issuer if self._quotations.innermost(token) is None else None

    def saying_verb(self, token: Token) -> Token | None:
        """Return the verb of saying whose clause TOKEN stands in."""
        for _ in range(8):
            head = token.head
            if head is token:
                return None
            if token.dep in ("ccomp", "parataxis") and head.lemma in self._saying:
                return head
            token = head
        return None

    def entities(self, tokens: list[Token]) -> list[str]:
        """Return the entities that TOKENS head a mention of."""
        return self._arguments.entities(tokens)

    def is_own_words(self, verb: Token, actors: list[str]) -> bool:
        """Tell whether one of ACTORS is who says VERB's clause."""
        speaker = self.speaker(verb)
        return speaker is not None and speaker[0] in actors
