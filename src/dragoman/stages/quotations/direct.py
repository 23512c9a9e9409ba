"""Finds the cue of words in quotation marks that no clause claimed, or the quotation that they go on with."""

from __future__ import annotations

from dragoman.domain.parse import Parse, Token
from dragoman.lexicon.quotations import Cue, cue_book
from dragoman.stages.quotations.marks import Quoted, QuotedIndex
from dragoman.stages.quotations.speakers import beside

NEAR = 12
"""Tokens between a closing or opening mark and its cue."""
LINES = 3
"""Line ends between a colon and the quotation that it opens."""


def words_sense(lemma: str) -> Cue | None:
    """Return the sense in which a verb brings in somebody's very words, or None."""
    return next((c for c in cue_book().verbs.get(lemma, ()) if "words" in c.frames), None)


def cue_of(parse: Parse, quote: Quoted, quoted: QuotedIndex) -> tuple[Token, str] | None:
    """Return the cue of QUOTE and the rule that found it, or None."""
    return _cue_after(parse, quote, quoted) or _cue_before(parse, quote, quoted)


def _is_cue(token: Token) -> bool:
    return token.pos in ("VERB", "AUX") and words_sense(token.lemma) is not None


def _cue_after(parse: Parse, quote: Quoted, quoted: QuotedIndex) -> tuple[Token, str] | None:
    """Return a cue right after the closing mark: ",” said X", ",” X told Y"."""
    if not quote.closed or parse.text[quote.inner.end - 1] == ".":
        return None
    last = parse.tokens_in(quote.inner)[-1]
    for token in parse.tokens[last.i + 1 : last.i + 1 + NEAR]:
        if token.start < quote.outer.end:
            continue
        if token.text in (".", ";", ":") or "\n" in parse.text[quote.outer.end : token.start]:
            return None
        if quoted.at(token.start) is not None:
            return None
        if _is_cue(token) and (token.child("nsubj") or beside(token)):
            return token, "quotations.direct.cue-after"
    return None


def _cue_before(parse: Parse, quote: Quoted, quoted: QuotedIndex) -> tuple[Token, str] | None:
    """Return a cue shortly before the opening mark: "X said: “", "X told Y, “"."""
    first = parse.tokens_in(quote.inner)[0]
    text = parse.text[max(0, quote.outer.start - 40) : quote.outer.start].rstrip()
    before = text[-1:]
    capital = not quote.single and parse.text[quote.inner.start].isupper()
    if before not in (",", ":") and not (before.isalnum() and capital):
        return None
    for token in reversed(parse.tokens[max(0, first.i - NEAR) : first.i]):
        if token.start >= quote.outer.start:
            continue
        gap = parse.text[token.end : quote.outer.start]
        if token.text in (".", "!", "?", ";") or ("\n" in gap and not (before == ":" and gap.count("\n") <= LINES)):
            return None
        if quoted.at(token.start) is not None:
            return None
        if _is_cue(token):
            return token, "quotations.direct.cue-before"
    return None


def is_whole(parse: Parse, quote: Quoted) -> bool:
    """Tell whether QUOTE holds whole sentences, not a word or name put in marks."""
    tokens = parse.tokens_in(quote.inner)
    if quote.single or len(tokens) < 4:
        return False
    end = parse.text[max(0, quote.inner.end - 4) : quote.inner.end].rstrip("'’”\" ")[-1:]
    return not tokens[0].text[0].islower() and (end in (".", "!", "?", "…", "—", "-") or not quote.closed)
