"""Puts quoted stretches and attributed clauses together into quotations."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from dragoman.domain.codes import QuotationForm
from dragoman.domain.findings import Entity, Quotation, Reason
from dragoman.domain.mentions import MentionIndex
from dragoman.domain.parse import Parse, Token
from dragoman.domain.spans import Span
from dragoman.lexicon.quotations import Cue, cue_book
from dragoman.stages.quotations.attributions import Attribution, addressee_of, speaker_of
from dragoman.stages.quotations.marks import Quoted, QuotedIndex

SURE = {
    "quotations.direct.cue-after": 0.93, "quotations.direct.cue-before": 0.9, "quotations.direct.continued": 0.75,
    "quotations.direct.no-speaker": 0.5, "quotations.mixed.clause": 0.85, "quotations.mixed.words": 0.7,
    "quotations.indirect.clause": 0.8, "quotations.indirect.source-after": 0.85, "quotations.indirect.infinitive": 0.55,
    "quotations.indirect.according-to": 0.85, "quotations.indirect.noun": 0.5, "quotations.indirect.hope": 0.6,
}  # fmt: skip
NEAR = 12
"""Tokens between a closing or opening mark and its cue."""


class Draft(msgspec.Struct):
    """A quotation before ids and entities."""

    form: QuotationForm
    rule: str
    content: list[Span]
    cue: Token | None
    cue_rule: str | None
    speaker: list[Token]
    addressee: Token | None
    inherits: bool = False
    paragraph: int = -1


def assemble(
    parse: Parse, entities: Sequence[Entity], quoted: QuotedIndex, attributions: Sequence[Attribution]
) -> list[Quotation]:
    """Return the quotations of the text in order."""
    drafts: list[Draft] = []
    used: set[Span] = set()
    by_cue: dict[int, Draft] = {}
    for attribution in attributions:
        cue_quote = quoted.at(attribution.cue.start)
        draft = _from_attribution(parse, attribution, quoted, cue_quote, used)
        if draft is not None and attribution.cue.i not in by_cue:
            drafts.append(draft)
            by_cue[attribution.cue.i] = draft
    for quote in quoted.quoted:
        if quote.outer not in used:
            _place(parse, quote, quoted, drafts, by_cue, used)
    drafts = [d for d in drafts if d.content]
    drafts.sort(key=lambda d: (d.content[0].start, -d.content[-1].end))
    return _finished(parse, drafts, MentionIndex(entities))


def _from_attribution(
    parse: Parse, attribution: Attribution, quoted: QuotedIndex, cue_quote: Quoted | None, used: set[Span]
) -> Draft | None:
    content = attribution.content
    if content.end <= content.start:
        return None
    inside = [q for q in quoted.within(content) if cue_quote is None or q.outer != cue_quote.outer]
    form, rule, spans = QuotationForm.INDIRECT, attribution.rule, [content]
    before = attribution.cue.start >= content.end
    if rule == "quotations.indirect.clause" and before:
        rule = "quotations.indirect.source-after"
    if cue_quote is not None:
        content = Span(max(content.start, cue_quote.inner.start), min(content.end, cue_quote.inner.end))
        spans = [content]
        if content.end - content.start < 3:
            return None
    elif inside:
        letters = _letters(parse.text, content)
        quoted_letters = sum(_letters(parse.text, _both(q.inner, content)) for q in inside)
        if letters and quoted_letters >= 0.85 * letters:
            form = QuotationForm.DIRECT
            rule = "quotations.direct.cue-after" if before else "quotations.direct.cue-before"
            spans = [q.inner for q in inside]
        else:
            form, rule = QuotationForm.MIXED, "quotations.mixed.clause"
            if attribution.rule == "quotations.mixed.words":
                rule = attribution.rule
            spans = [_widened(content, inside)]
        used.update(q.outer for q in inside)
    return Draft(
        form, rule, [_trimmed(parse.text, s) for s in spans], attribution.cue, attribution.entry.rule, attribution.speaker,
        attribution.addressee, paragraph=_paragraph(parse, content.start),
    )  # fmt: skip


def _both(a: Span, b: Span) -> Span:
    return Span(max(a.start, b.start), max(max(a.start, b.start), min(a.end, b.end)))


def _letters(text: str, span: Span) -> int:
    return sum(c.isalnum() for c in text[span.start : span.end])


def _widened(content: Span, inside: Sequence[Quoted]) -> Span:
    """Return the clause, drawn out to the end of a quotation that runs over its edge; marks at the edges left outside."""
    start, end = content
    for quote in inside:
        start, end = min(start, quote.inner.start), max(end, quote.inner.end)
        if start in range(quote.outer.start, quote.inner.start):
            start = quote.inner.start
        if quote.inner.end < end <= quote.outer.end:
            end = quote.inner.end
    return Span(start, end)


def _trimmed(text: str, span: Span) -> Span:
    start, end = span
    while start < end and (text[start].isspace() or text[start] in '“"‘`'):
        start += 1
    while end > start and (
        text[end - 1].isspace() or text[end - 1] in "”\"’'" and not text[end - 2 : end - 1].isalnum()
    ):
        end -= 1
    return Span(start, end)


def _paragraph(parse: Parse, offset: int) -> int:
    return next((i for i, p in enumerate(parse.paragraphs) if p.start <= offset < p.end), -1)


def _place(
    parse: Parse, quote: Quoted, quoted: QuotedIndex, drafts: list[Draft], by_cue: dict[int, Draft], used: set[Span]
) -> None:
    """Find the cue of a quoted stretch that no clause claimed, or tie it to the quotation before."""
    tokens = parse.tokens_in(quote.inner)
    if not tokens:
        return
    paragraph = _paragraph(parse, quote.outer.start)
    found = _cue_after(parse, quote, quoted) or _cue_before(parse, quote, quoted)
    if found is not None:
        cue, rule = found
        draft = by_cue.get(cue.i)
        if draft is not None and draft.form is QuotationForm.DIRECT:
            draft.content.append(quote.inner)
            return
        if draft is not None or len(tokens) < 2:
            return
        entry = next(c for c in cue_book().verbs[cue.lemma] if "words" in c.frames)
        draft = _direct(quote, rule, cue, entry, paragraph)
        drafts.append(draft)
        by_cue[cue.i] = draft
        used.add(quote.outer)
        return
    if quote.single or len(tokens) < 4:
        return
    last = drafts[-1] if drafts else None
    before = [d for d in drafts if d.content[-1].end <= quote.outer.start]
    last = max(before, key=lambda d: d.content[-1].end) if before else None
    whole = tokens[0].text[0].isupper() and (tokens[-1].text in ".!?" or not quote.closed)
    if last is not None and last.paragraph == paragraph and last.form is not QuotationForm.INDIRECT and whole:
        if last.form is QuotationForm.DIRECT:
            last.content.append(quote.inner)
            return
    if not whole:
        return
    close = last is not None and 0 <= paragraph - last.paragraph <= 1
    rule = "quotations.direct.continued" if close else "quotations.direct.no-speaker"
    speaker = last.speaker if close and last is not None else []
    drafts.append(
        Draft(QuotationForm.DIRECT, rule, [quote.inner], None, None, speaker, None, inherits=True, paragraph=paragraph)
    )


def _direct(quote: Quoted, rule: str, cue: Token, entry: Cue, paragraph: int) -> Draft:
    return Draft(
        QuotationForm.DIRECT, rule, [quote.inner], cue, entry.rule, speaker_of(cue) or _beside(cue), addressee_of(cue),
        paragraph=paragraph,
    )  # fmt: skip


def _beside(cue: Token) -> list[Token]:
    """Return the name or noun right after an inverted cue ("said Lavrov") that the parse hung elsewhere."""
    tokens = cue.sent.tokens
    place = cue.i - tokens[0].i
    for token in tokens[place + 1 : place + 5]:
        if token.pos in ("PROPN", "NOUN", "PRON") and token.dep != "compound":
            return [token]
    for token in reversed(tokens[max(0, place - 4) : place]):
        if token.pos in ("PROPN", "NOUN", "PRON"):
            return [token]
    return []


def _is_cue(token: Token) -> bool:
    return token.pos in ("VERB", "AUX") and any("words" in c.frames for c in cue_book().verbs.get(token.lemma, ()))


def _cue_after(parse: Parse, quote: Quoted, quoted: QuotedIndex) -> tuple[Token, str] | None:
    """Return a cue right after the closing mark: ",” said X", ",” X told Y"."""
    inner = parse.text[quote.inner.end - 1]
    if inner == "." or not quote.closed:
        return None
    last = parse.tokens_in(quote.inner)[-1]
    for token in parse.tokens[last.i + 1 : last.i + 1 + NEAR]:
        if token.start < quote.outer.end:
            continue
        if token.text in (".", ";", ":") or "\n" in parse.text[quote.outer.end : token.start]:
            return None
        if quoted.at(token.start) is not None:
            return None
        if _is_cue(token) and (token.child("nsubj") or _beside(token)):
            return token, "quotations.direct.cue-after"
    return None


def _cue_before(parse: Parse, quote: Quoted, quoted: QuotedIndex) -> tuple[Token, str] | None:
    """Return a cue shortly before the opening mark: "X said: “", "X told Y, “"."""
    first = parse.tokens_in(quote.inner)[0]
    before = parse.text[: quote.outer.start].rstrip()[-1:]
    if before not in (",", ":", "") and not (before.isalnum() and _short(parse, quote)):
        return None
    for token in reversed(parse.tokens[max(0, first.i - NEAR) : first.i]):
        if token.start >= quote.outer.start:
            continue
        if token.text in (".", "!", "?", ";") or "\n" in parse.text[token.end : quote.outer.start]:
            return None
        if quoted.at(token.start) is not None:
            return None
        if _is_cue(token):
            return token, "quotations.direct.cue-before"
    return None


def _short(parse: Parse, quote: Quoted) -> bool:
    return False if quote.single else parse.text[quote.inner.start].isupper()


def _finished(parse: Parse, drafts: Sequence[Draft], mentions: MentionIndex) -> list[Quotation]:
    found: list[Quotation] = []
    issuers: dict[str, str] = {}
    for number, draft in enumerate(drafts, 1):
        head = draft.speaker[0] if draft.speaker else None
        speaker = _entity(mentions, head) if head is not None else None
        if head is not None and head.pos == "NOUN":
            if speaker is None:
                speaker = issuers.get(head.lemma)
            else:
                issuers[head.lemma] = speaker
        span = None if head is None or draft.inherits else speaker_span(head, draft.content)
        cue = draft.cue.span if draft.cue is not None else None
        why = [Reason(field="content", rule=draft.rule, spans=tuple(draft.content))]
        if draft.cue_rule and cue:
            why.append(Reason(field="cue_span", rule=draft.cue_rule, spans=(cue,)))
        if head is not None:
            rule = "quotations.speaker.subject"
            if draft.inherits:
                rule = "quotations.speaker.previous"
            elif draft.rule == "quotations.indirect.according-to":
                rule = "quotations.speaker.source"
            why.append(Reason(field="speaker", rule=rule, spans=(head.span,)))
        addressee = mentions.at(draft.addressee) if draft.addressee is not None else None
        if addressee is not None and addressee != speaker and draft.addressee is not None:
            why.append(Reason(field="addressee", rule="quotations.addressee.object", spans=(draft.addressee.span,)))
        else:
            addressee = None
        sure = SURE[draft.rule] if head is not None else min(SURE[draft.rule], 0.6)
        found.append(
            Quotation(
                id=f"q{number}", confidence=sure, found_by=draft.rule, why=tuple(why),
                evidence=tuple(dict.fromkeys([*draft.content, *(s for s in (span, cue) if s is not None)])),
                form=draft.form, speaker=speaker, speaker_span=span, cue_span=cue, content=tuple(draft.content),
                addressee=addressee,
            )
        )  # fmt: skip
    return _nested(found)


def _entity(mentions: MentionIndex, head: Token) -> str | None:
    """Return the entity of a speaker's head word, or of the body that a document speaks for ("a UN report said")."""
    found = mentions.at(head)
    if found is not None:
        return found
    for child in head.children:
        if child.dep in ("compound", "nmod", "poss", "amod") and (owner := mentions.at(child)) is not None:
            return owner
        if child.dep in ("prep", "agent") and child.lower in ("by", "from", "of"):
            source = child.child("pobj")
            if source is not None and (owner := mentions.at(source)) is not None:
                return owner
    return None


def speaker_span(head: Token, content: Sequence[Span]) -> Span:
    """Return the words that name the speaker: the noun phrase, long clauses after it left out, content left out."""
    tokens = [head]
    for child in head.children:
        if child.dep in ("relcl", "acl", "punct", "advcl", "ccomp", "parataxis", "cc", "conj") and child.dep != "conj":
            continue
        tokens += child.subtree()
    tokens = [t for t in tokens if not any(s.start <= t.start < s.end for s in content)]
    tokens = sorted({t.i: t for t in [head, *tokens]}.values(), key=lambda t: t.i)
    place = next(i for i, t in enumerate(tokens) if t is head)
    first = last = place
    while first > 0 and tokens[first].i - tokens[first - 1].i <= 2:
        first -= 1
    while last + 1 < len(tokens) and tokens[last + 1].i - tokens[last].i <= 2:
        last += 1
    return Span(tokens[first].start, tokens[last].end)


def _nested(quotations: Sequence[Quotation]) -> list[Quotation]:
    """Return the quotations with `within` set to the smallest one that holds all their content."""
    found: list[Quotation] = []
    open_ones: list[Quotation] = []
    for quotation in quotations:
        whole = Span(quotation.content[0].start, quotation.content[-1].end)
        open_ones = [q for q in open_ones if q.content[-1].end >= whole.start]
        holders = [q for q in open_ones if any(s.contains(whole) and s != whole for s in q.content)]
        if holders:
            holder = min(holders, key=lambda q: q.content[-1].end - q.content[0].start)
            quotation = msgspec.structs.replace(quotation, within=holder.id)
        open_ones.append(quotation)
        found.append(quotation)
    return found
