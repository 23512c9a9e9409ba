"""First persons in quotations: "I" is the speaker; "we" of a government's speaker is the government."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from dragoman.domain.codes import EntityKind, MentionForm, QuotationForm
from dragoman.domain.findings import Entity, Mention, Quotation, Reason
from dragoman.domain.parse import Parse
from dragoman.lexicon.entities import entity_words

OFFICIAL = frozenset({"GOV", "MIL", "COP", "SPY"})


def voiced(parse: Parse, entities: Sequence[Entity], quotations: Sequence[Quotation]) -> list[Entity]:
    """Return ENTITIES with the first persons of direct and mixed quotations as mentions of whom they stand for."""
    known = {e.id: e for e in entities}
    states = {e.country: e.id for e in entities if e.kind is EntityKind.COUNTRY}
    classes = entity_words().pronouns
    added: dict[str, list[Mention]] = {}
    for quotation in quotations:
        if quotation.form is QuotationForm.INDIRECT or quotation.speaker not in known:
            continue
        speaker = known[quotation.speaker]
        state = states.get(speaker.country) if speaker.sector in OFFICIAL else None
        for span in quotation.content:
            for token in parse.tokens_in(span):
                kind = classes.get(token.lower)
                if (
                    (kind == "speaker" and token.lower != "mine")
                    or (kind == "group" and token.lower != "us")
                    or token.text == "us"
                ):
                    whom = state if kind == "group" and state else speaker.id
                    added.setdefault(whom, []).append(Mention(span=token.span, form=MentionForm.PRONOUN))
    return [_with(entity, added[entity.id]) if entity.id in added else entity for entity in entities]


def _with(entity: Entity, mentions: list[Mention]) -> Entity:
    old = {m.span for m in entity.mentions}
    new = [m for m in dict.fromkeys(mentions) if m.span not in old]
    reasons = [Reason(field="mentions", rule="entities.pronoun.speaker", spans=(m.span,)) for m in new]
    ordered = sorted([*entity.mentions, *new], key=lambda m: (m.span, m.form))
    return msgspec.structs.replace(entity, mentions=tuple(ordered), why=(*entity.why, *reasons))
