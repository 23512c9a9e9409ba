"""Puts quoted stretches and attributed clauses together into quotations."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

import msgspec

from dragoman.domain.codes import QuotationForm
from dragoman.domain.parse import Parse, Token
from dragoman.domain.spans import Span
from dragoman.lexicon.quotations import cue_book
from dragoman.stages.quotations.candidates import candidates
from dragoman.stages.quotations.colons import by_colon
from dragoman.stages.quotations.direct import cue_of, is_whole, words_sense
from dragoman.stages.quotations.marks import Quoted, QuotedIndex, find_quoted
from dragoman.stages.quotations.speakers import addressee_of, beside, speaker_of
from dragoman.stages.quotations.verbs import Attribution
from dragoman.stages.quotations.weighing import weight

DIRECT, INDIRECT, MIXED = QuotationForm.DIRECT, QuotationForm.INDIRECT, QuotationForm.MIXED
VERBATIM = 0.85
"""Share of a content's letters in quotation marks from which it is direct."""
ENOUGH = 0.33
"""Probability from which a cue is taken to attribute."""
PHRASES = frozenset({"object", "about", "noun-prep", "noun-to", "judged", "gerund", "voiced-noun-prep"})
ENOUGH_PHRASE = 0.5
"""The same where the content is no clause: the thing that somebody demands is seldom told as a quotation."""


class Draft(msgspec.Struct):
    """A quotation before ids and entities."""

    form: QuotationForm
    rule: str
    content: list[Span]
    speaker: Token | None
    cue: Token | None = None
    cue_rule: str | None = None
    cue_span: Span | None = None
    addressee: Token | None = None
    inherits: bool = False
    weight: float | None = None
    line: int = -1
    redrawn: bool = False
    tagged_speaker: bool = False

    @property
    def whole(self) -> Span:
        """From the first character of the content to its last."""
        return Span(self.content[0].start, self.content[-1].end)


class Drafted(msgspec.Struct, frozen=True):
    """The drafts of a text and what they were made of."""

    quoted: QuotedIndex
    choices: list[list[Attribution]]
    drafts: list[Draft]


def draft_quotations(parse: Parse) -> Drafted:
    """Return what the marks and the cues of the codebook make of a text."""
    quoted = QuotedIndex(find_quoted(parse))
    choices = list(candidates(parse, quoted))
    for choice in choices:
        for attribution in choice:
            attribution.weight = weight(attribution)
    return Drafted(quoted, choices, Assembly(parse, quoted, choices).build())


class Assembly:
    """The drafts of one text as they are put together."""

    def __init__(self, parse: Parse, quoted: QuotedIndex, choices: Sequence[Sequence[Attribution]]) -> None:
        self.parse = parse
        self.quoted = quoted
        self._choices = choices
        self.drafts: list[Draft] = []
        self._by_cue: dict[int, Draft] = {}
        self._used: set[Span] = set()
        self._lines = [p.start for p in parse.paragraphs]

    def build(self) -> list[Draft]:
        """Return the drafts of the text in order."""
        for attribution in by_colon(self.parse, self.quoted):
            self._state(attribution)
        for choice in self._choices:
            self._attribute(choice)
        self._drop_held()
        for draft in self.drafts:
            self._claim(draft)
        self.drafts.sort(key=lambda d: (d.whole.start, -d.whole.end))
        for quote in self.quoted.quoted:
            if quote.outer not in self._used:
                self._place(quote)
        self.drafts.sort(key=lambda d: (d.whole.start, -d.whole.end))
        return self.drafts

    def _state(self, attribution: Attribution) -> None:
        form = INDIRECT if attribution.rule == "quotations.indirect.headline" else DIRECT
        self._keep(attribution, form, attribution.rule, attribution.content)

    def _attribute(self, choice: Sequence[Attribution]) -> None:
        for attribution in choice:
            verbatim = attribution.quoted >= VERBATIM
            if attribution.cue.i in self._by_cue or (verbatim and words_sense(attribution.cue.lemma) is None):
                continue
            if attribution.weight >= (
                ENOUGH_PHRASE if attribution.frame in PHRASES and not attribution.quotes else ENOUGH
            ):
                self._add(attribution, verbatim)
                return

    def _add(self, attribution: Attribution, verbatim: bool) -> None:
        form, rule, spans = INDIRECT, attribution.rule, attribution.content
        if verbatim:
            before = attribution.cue.start >= spans[0].end
            form, rule = DIRECT, "quotations.direct.cue-after" if before else "quotations.direct.cue-before"
            spans = [q.inner for q in attribution.quotes]
        elif attribution.quotes:
            form = MIXED
            rule = (
                "quotations.mixed.clause"
                if attribution.frame not in ("as", "object", "about")
                else "quotations.mixed.words"
            )
        self._keep(attribution, form, rule, spans, attribution.weight)

    def _keep(
        self, attribution: Attribution, form: QuotationForm, rule: str, spans: list[Span], weight: float | None = None
    ) -> None:
        spans = [s for s in (trimmed_span(self.parse.text, s) for s in spans) if s.end > s.start]
        if spans:
            draft = Draft(
                form, rule, spans, attribution.speaker, attribution.cue, attribution.entry.rule, attribution.cue_span,
                attribution.addressee, weight=weight, line=self.line(spans[0].start),
            )  # fmt: skip
            self.drafts.append(draft)
            self._by_cue[attribution.cue.i] = draft

    def _drop_held(self) -> None:
        """Leave out what a quotation already holds: a thought told inside of what somebody else says."""
        spans = sorted((s, n) for n, d in enumerate(self.drafts) for s in d.content)
        held: set[int] = set()
        reach: list[tuple[int, int]] = []
        for span, n in spans:
            reach = [r for r in reach if r[0] > span.start]
            cue = self.drafts[n].cue
            if cue is not None and any(other != n and self._holds(other, n) for _, other in reach):
                held.add(n)
            reach.append((span.end, n))
        for n in held:
            cue = self.drafts[n].cue
            if cue is not None:
                del self._by_cue[cue.i]
        self.drafts = [d for n, d in enumerate(self.drafts) if n not in held]

    def _holds(self, other: int, n: int) -> bool:
        """Tell whether draft OTHER holds the cue of draft N and N is no link of a chain ("it reported he said")."""
        outer, inner = self.drafts[other], self.drafts[n]
        cue, source = inner.cue, outer.cue
        if cue is None or not any(s.start <= cue.start < s.end for s in outer.content):
            return False
        named = inner.speaker is not None and inner.speaker.pos in ("NOUN", "PROPN") and inner.speaker.head is cue
        relayed = source is not None and source.lemma in cue_book().relaying and cue.head is source
        chained = relayed and outer.form is not DIRECT
        return not (named and chained and inner.rule in ("quotations.indirect.clause", "quotations.mixed.clause"))

    def _claim(self, draft: Draft) -> None:
        for span in draft.content:
            self._used.update(q.outer for q in self.quoted.within(span))

    def line(self, offset: int) -> int:
        """Return the number of the paragraph that holds OFFSET."""
        return bisect_right(self._lines, offset) - 1

    def _place(self, quote: Quoted) -> None:
        """Find the cue of a quoted stretch that no clause claimed, or tie it to the quotation before."""
        tokens = self.parse.tokens_in(quote.inner)
        if not tokens:
            return
        found = cue_of(self.parse, quote, self.quoted)
        if found is not None:
            self._tie(quote, *found, len(tokens))
        elif is_whole(self.parse, quote):
            self._go_on(quote)

    def _tie(self, quote: Quoted, cue: Token, rule: str, size: int) -> None:
        draft = self._by_cue.get(cue.i)
        sense = words_sense(cue.lemma)
        if draft is not None and draft.form is DIRECT:
            draft.content = sorted({*draft.content, quote.inner})
        elif draft is None and size >= 2 and sense is not None:
            speaker = speaker_of(cue) or beside(cue)
            content = self._drawn_back(quote, rule)
            form = DIRECT if content == quote.inner else MIXED
            rule = rule if form is DIRECT else "quotations.mixed.clause"
            draft = Draft(form, rule, [content], speaker, cue, sense.rule, cue.span, addressee_of(cue), weight=0.75)
            draft.line = self.line(quote.outer.start)
            self.drafts.append(draft)
            self._by_cue[cue.i] = draft

    def _drawn_back(self, quote: Quoted, rule: str) -> Span:
        """Return the content of QUOTE with its sentence's beginning where it only ends it ("All were “safe,”")."""
        token = self.parse.tokens_in(quote.inner)[0]
        words = token.sent.tokens
        before = [t for t in words[: token.i - words[0].i] if t.end <= quote.outer.start]
        if (
            rule != "quotations.direct.cue-after"
            or len(before) < 2
            or before[-1].dep == "punct"
            or token.text[0].isupper()
        ):
            return quote.inner
        if any(self.quoted.at(t.start) is not None for t in before) or any(
            t.start < d.whole.end for d in self.drafts[-3:] for t in before
        ):
            return quote.inner
        return Span(before[0].start, quote.inner.end)

    def _go_on(self, quote: Quoted) -> None:
        """Add whole sentences in marks to the quotation that they go on with, or let them stand alone."""
        line = self.line(quote.outer.start)
        before = [d for d in self.drafts[-40:] if d.whole.end <= quote.outer.start]
        before += [d for d in self.drafts if line - 1 <= d.line <= line and d.whole.end <= quote.outer.start]
        last = max(before, key=lambda d: d.whole.end) if before else None
        if last is not None and last.form is not DIRECT:
            last = max((d for d in before if self._same_breath(d, last)), key=lambda d: d.whole.end, default=last)
        gap = line - self.line(last.whole.end - 1) if last is not None else 99
        follows = last is not None and last.cue is not None and last.cue.start > last.content[0].start
        if last is not None and gap <= 1 and (last.form is DIRECT or (last.form is MIXED and follows and gap == 0)):
            last.content.append(quote.inner)
            return
        rule = "quotations.direct.continued" if gap <= 1 else "quotations.direct.no-speaker"
        speaker = last.speaker if last is not None and gap <= 1 else None
        self.drafts.append(Draft(DIRECT, rule, [quote.inner], speaker, inherits=True, line=line))

    def _same_breath(self, draft: Draft, later: Draft) -> bool:
        """Tell whether DRAFT is direct and LATER only tells of its speaker in the sentence of its cue."""
        cue, other = draft.cue, later.cue
        return draft.form is DIRECT and cue is not None and other is not None and cue.sent is other.sent


def trimmed_span(text: str, span: Span) -> Span:
    """Return SPAN without white space and quotation marks at its ends."""
    start, end = span
    while start < end and (text[start].isspace() or text[start] in '“"‘`”'):
        start += 1
    while end > start and (
        text[end - 1].isspace() or (text[end - 1] in "”\"’'“" and not text[end - 2 : end - 1].isalnum())
    ):
        end -= 1
    return Span(start, end)
