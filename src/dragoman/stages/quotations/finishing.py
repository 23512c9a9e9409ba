"""Makes findings of drafts: ids, entities, reasons, confidence, nesting."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from dragoman.domain.findings import Quotation, Reason
from dragoman.domain.mentions import MentionIndex
from dragoman.domain.spans import Span
from dragoman.stages.quotations.assembly import Draft
from dragoman.stages.quotations.speakers import entity_of, speaker_span

SURE = {
    "quotations.direct.cue-after": 0.93,
    "quotations.direct.cue-before": 0.85,
    "quotations.direct.continued": 0.6,
    "quotations.direct.no-speaker": 0.6,
    "quotations.direct.statement": 0.6,
    "quotations.direct.transcript": 0.7,
    "quotations.indirect.headline": 0.8,
}
"""How often the content of what a rule finds is right, by PolNeAR's training part; other rules weigh each finding."""


def finished(drafts: Sequence[Draft], mentions: MentionIndex) -> list[Quotation]:
    """Return DRAFTS, which stand in order, as quotations `q1` ..."""
    issuers: dict[str, str] = {}
    return nested([_finding(n, draft, mentions, issuers) for n, draft in enumerate(drafts, 1)])


def sureness(draft: Draft) -> float:
    """Return how likely DRAFT's content is right (0-1)."""
    sure = SURE.get(draft.rule, draft.weight if draft.weight is not None else 0.6)
    return round(min(0.97, max(0.05, sure)), 2)


def _finding(number: int, draft: Draft, mentions: MentionIndex, issuers: dict[str, str]) -> Quotation:
    head = draft.speaker
    speaker = entity_of(mentions, head) if head is not None else None
    if head is not None and head.pos == "NOUN":  # "a UN report" first, then "the report": the UN's again
        speaker = speaker or issuers.get(head.lemma)
        if speaker is not None:
            issuers[head.lemma] = speaker
    span = None if head is None or draft.inherits else speaker_span(head, draft.content)
    why = [Reason(field="content", rule=draft.rule, spans=tuple(draft.content))]
    if draft.redrawn:
        why.append(Reason(field="content", rule="quotations.tagger.content", spans=tuple(draft.content)))
    if draft.cue_rule and draft.cue_span:
        why.append(Reason(field="cue_span", rule=draft.cue_rule, spans=(draft.cue_span,)))
    why.append(_speaker_reason(draft))
    addressee = mentions.at(draft.addressee) if draft.addressee is not None else None
    if addressee is not None and addressee != speaker and draft.addressee is not None:
        why.append(Reason(field="addressee", rule="quotations.addressee.object", spans=(draft.addressee.span,)))
    else:
        addressee = None
    return Quotation(
        id=f"q{number}", confidence=sureness(draft), found_by=draft.rule, why=tuple(why),
        evidence=tuple(dict.fromkeys([*draft.content, *(s for s in (span, draft.cue_span) if s is not None)])),
        form=draft.form, speaker=speaker, speaker_span=span, cue_span=draft.cue_span, content=tuple(draft.content),
        addressee=addressee,
    )  # fmt: skip


def _speaker_reason(draft: Draft) -> Reason:
    head = draft.speaker
    if head is None:
        return Reason(field="speaker", rule="quotations.speaker.unstated")
    rule = "quotations.speaker.subject"
    if draft.tagged_speaker or draft.rule == "quotations.tagger.content":
        rule = "quotations.tagger.speaker"
    elif draft.inherits:
        rule = "quotations.speaker.previous"
    elif draft.rule == "quotations.indirect.according-to":
        rule = "quotations.speaker.source"
    return Reason(field="speaker", rule=rule, spans=(head.span,))


def nested(quotations: Sequence[Quotation]) -> list[Quotation]:
    """Return the quotations with `within` set to the smallest one that holds all their content."""
    found: list[Quotation] = []
    open_ones: list[Quotation] = []
    for quotation in quotations:
        whole = Span(quotation.content[0].start, quotation.content[-1].end)
        open_ones = [q for q in open_ones if q.content[-1].end > whole.start]
        holders = [q for q in open_ones if any(s.contains(whole) and s != whole for s in q.content)]
        if holders:
            holder = min(holders, key=lambda q: q.content[-1].end - q.content[0].start)
            quotation = msgspec.structs.replace(quotation, within=holder.id)
        open_ones.append(quotation)
        found.append(quotation)
    return found
