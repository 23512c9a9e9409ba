"""Verbs of headlines in capitals ("Tara Orr Checks Into Clinic"), which the parser takes for names."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.domain.mentions import MentionIndex
from dragoman.domain.parse import Sentence, Token
from dragoman.domain.spans import Span
from dragoman.lexicon.happenings import HappeningBook, Wording

MOSTLY = 0.7
"""Share of a headline's longer words that begin with a capital."""
LONG, LEAST = 4, 3
"""Letters of a longer word, and how many of them a headline has at least."""
MOST = 3
"""How many may take part in what a headline tells."""
AFTER = 3
"""Words after the verb among which the rest of its phrase stands."""


def headline_verbs(sentence: Sentence, book: HappeningBook) -> Iterator[tuple[Token, Wording, list[Token]]]:
    """Yield the verbs in the third person of a headline that has no verb for the parser, with their wordings."""
    words = sentence.tokens
    if any(t.pos == "VERB" for t in words) or not _is_headline(words):
        return
    for place, token in enumerate(words[1:], 1):
        for wording in book.verbs.get(book.forms.get(token.lower, ""), ()) if token.text[:1].isupper() else ():
            rest = words[place + 1 : place + 1 + AFTER]
            matched = [t for w in wording.words for t in rest if t.lower == w][: len(wording.words)]
            if not (wording.subjects or wording.objects) and len(matched) == len(wording.words):
                yield token, wording, matched
                return


def headline_sides(verb: Token, index: MentionIndex) -> dict[str, Span]:
    """Return the entities that the headline of VERB mentions, each with the words that do."""
    found: dict[str, Span] = {}
    for mention, entity in index.overlapping(verb.sent.span):
        if len(found) < MOST:
            found.setdefault(entity, mention.span)
    return found


def _is_headline(words: list[Token]) -> bool:
    longer = [t.text for t in words if len(t.text) >= LONG and t.text.isalpha()]
    return len(longer) >= LEAST and sum(t[0].isupper() for t in longer) >= MOSTLY * len(longer)
