"""Weighs the drafts against what the tagger marked: contents redrawn, unsure ones left out, further ones taken in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from dragoman.domain.codes import QuotationForm
from dragoman.domain.parse import Parse, Token
from dragoman.domain.ports import TaggedContent
from dragoman.domain.spans import Span
from dragoman.lexicon.events import event_book
from dragoman.lexicon.quotations import cue_book
from dragoman.stages.quotations.assembly import Draft, Drafted, trimmed_span
from dragoman.stages.quotations.finishing import sureness
from dragoman.stages.quotations.marks import QuotedIndex
from dragoman.stages.quotations.speakers import addressee_of, speaker_span

RULE = "quotations.tagger.content"
REDRAWN = 0.6
"""How sure the tagger must be to redraw the content of a draft that it shares."""
SHARED = 0.5
"""How sure it must be for a draft that it shares to stand by that alone."""
ALONE = 0.5
"""How sure a draft must be that the tagger did not mark."""
CLAUSE = 0.8
"""How sure it must be of a clause that no draft has."""
PHRASE = 0.85
"""The same of a phrase."""
APART = 0.3
"""Share of a content's letters that may lie in others."""
JOINING = ("CCONJ", "PUNCT")
NAMING = ("compound", "nmod", "amod", "poss", "det", "nummod", "case", "appos")


class Ground:
    """Who holds which letters of a text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._held: dict[int, list[int]] = {}
        self._number = 0

    def letters(self, spans: Sequence[Span]) -> frozenset[int]:
        """Return the offsets of the letters and digits in SPANS."""
        return frozenset(i for s in spans for i in range(s.start, s.end) if self._text[i].isalnum())

    def take(self, letters: frozenset[int]) -> None:
        """Give LETTERS to the next holder; the first is number 0."""
        for offset in letters:
            self._held.setdefault(offset, []).append(self._number)
        self._number += 1

    def shared(self, letters: frozenset[int]) -> Counter[int]:
        """Return how many of LETTERS each holder has that has any."""
        return Counter(number for offset in letters for number in self._held.get(offset, ()))


def weigh_tagged(parse: Parse, drafted: Drafted, tagged: Sequence[TaggedContent]) -> list[Draft]:
    """Return the drafts that stand beside what was TAGGED, with the further ones that it gives, in order.

    What is in quotation marks stays as the marks have it. A phrase under a word that tells an event ("condemned the
    attack") is that event's, and no quotation.
    """
    ground = Ground(parse.text)
    theirs = [ground.letters(t.content) for t in tagged]
    partner = _paired(ground, [ground.letters(d.content) for d in drafted.drafts], theirs)
    cues = {t.i for c in tagged if (t := _token(parse, c.cue)) is not None}
    kept: list[Draft] = []
    held = Ground(parse.text)
    for number, draft in enumerate(drafted.drafts):
        other = partner.get(number)
        if other is not None and tagged[other].sure >= SHARED:
            _redraw(parse, draft, tagged[other], cues)
        elif draft.form is not QuotationForm.DIRECT and sureness(draft) < ALONE:
            continue
        kept.append(draft)
        held.take(held.letters(draft.content))
    used = set(partner.values())
    for number, content in enumerate(tagged):
        if (number in used and content.sure >= SHARED) or not theirs[number] or content.sure < min(CLAUSE, PHRASE):
            continue
        if max(held.shared(theirs[number]).values(), default=0) > APART * len(theirs[number]):
            continue
        further = _further(parse, drafted.quoted, content, cues)
        if further is not None:
            kept.append(further)
            held.take(theirs[number])
    kept.sort(key=lambda d: (d.whole.start, -d.whole.end))
    return kept


def _paired(ground: Ground, mine: Sequence[frozenset[int]], theirs: Sequence[frozenset[int]]) -> dict[int, int]:
    """Pair drafts with tagged contents, those first that share most of their letters."""
    for letters in mine:
        ground.take(letters)
    ranked = sorted(
        (-both / (len(mine[i]) + len(letters) - both), j, i)
        for j, letters in enumerate(theirs)
        for i, both in ground.shared(letters).items()
    )
    found: dict[int, int] = {}
    used: set[int] = set()
    for _, j, i in ranked:
        if i not in found and j not in used:
            found[i] = j
            used.add(j)
    return found


def _redraw(parse: Parse, draft: Draft, tagged: TaggedContent, cues: set[int]) -> None:
    if draft.form is QuotationForm.DIRECT:
        return
    spans = _trimmed(parse, tagged, cues)
    if tagged.sure >= REDRAWN and spans and spans != draft.content:
        draft.content, draft.redrawn = spans, True
    draft.weight = tagged.sure
    speaker = _token(parse, tagged.speaker)
    if speaker is not None and not _names(draft, speaker):
        draft.speaker, draft.tagged_speaker = _top(speaker), True


def _trimmed(parse: Parse, tagged: TaggedContent, cues: set[int]) -> list[Span]:
    """Return the content without marks at its ends, and without a joining word and the next content's cue at its end.

    "... “do not target civilians” and accusing": CUES are the tokens by which any content is attributed.
    """
    spans = [s for s in (trimmed_span(parse.text, s) for s in tagged.content) if s.end > s.start]
    if not spans:
        return []
    tokens = parse.tokens_in(spans[-1])
    last = len(tokens)
    while last > 1 and (tokens[last - 1].i in cues or (last < len(tokens) and tokens[last - 1].pos in JOINING)):
        last -= 1
    if last < len(tokens):
        spans[-1] = trimmed_span(parse.text, Span(spans[-1].start, tokens[last - 1].end))
    return [s for s in spans if s.end > s.start]


def _names(draft: Draft, token: Token) -> bool:
    """Tell whether the words of DRAFT's speaker hold TOKEN."""
    if draft.speaker is None:
        return False
    return speaker_span(draft.speaker, draft.content).overlaps(token.span)


def _further(parse: Parse, quoted: QuotedIndex, tagged: TaggedContent, cues: set[int]) -> Draft | None:
    """Return the draft of a content that no cue of the codebook gave, or None where it is not sure enough."""
    spans = _trimmed(parse, tagged, cues)
    cue, speaker = _token(parse, tagged.cue), _token(parse, tagged.speaker)
    if not spans:
        return None
    clause = _is_clause(parse, spans)
    if tagged.sure < (CLAUSE if clause else PHRASE):
        return None
    if not clause and cue is not None and _tells_event(cue):
        return None
    marked = any(quoted.within(s) for s in spans)
    known = cue is not None and (cue.lemma in cue_book().verbs or cue.lemma in cue_book().nouns)
    return Draft(
        QuotationForm.MIXED if marked else QuotationForm.INDIRECT, RULE, spans,
        None if speaker is None else _top(speaker), cue, "quotations.tagger.cue" if cue is not None else None,
        None if cue is None else cue.span, addressee_of(cue) if cue is not None and known else None,
        weight=tagged.sure,
    )  # fmt: skip


def _tells_event(cue: Token) -> bool:
    return cue.lemma in event_book().verbs or cue.lemma in event_book().nouns


def _is_clause(parse: Parse, spans: Sequence[Span]) -> bool:
    """Tell whether what is said hangs by a verb."""
    tokens = [t for s in spans for t in parse.tokens_in(s)]
    inside = {t.i for t in tokens}
    return any(
        (t.head is t or t.head.i not in inside) and t.tag.startswith(("VB", "MD"))
        for t in tokens
        if t.dep not in ("punct", "mark", "cc")
    )


def _token(parse: Parse, span: Span | None) -> Token | None:
    if span is None:
        return None
    return next(iter(parse.tokens_in(span)), None)


def _top(token: Token) -> Token:
    """Return the head of the name or noun phrase that TOKEN is in."""
    for _ in range(6):
        if token.dep not in NAMING or token.head is token or token.head.pos not in ("NOUN", "PROPN"):
            break
        token = token.head
    return token
