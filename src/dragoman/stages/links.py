"""Links between findings: one event told twice, plans with their participants, figures with their events."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from dragoman.domain.codes import (
    SYMMETRIC_TYPES,
    EventType,
    Grain,
    Measure,
    ParticipantRole,
    Status,
)
from dragoman.domain.findings import Entity, Event, Figure, Interval, Participant, Quotation, Reason
from dragoman.domain.grammar import depth_between, top_of
from dragoman.domain.mentions import MentionIndex
from dragoman.domain.parse import Parse, Sentence, Token

TOLD = {Status.OCCURRED, Status.ONGOING}
SENDERS = frozenset(
    [
        "representative",
        "delegate",
        "delegation",
        "envoy",
        "minister",
        "official",
        "leader",
        "diplomat",
        "president",
        "ambassador",
        "participant",
        "participation",
    ]
)
HOSTING = frozenset(["host", "convene", "hold", "organize", "organise", "chair", "arrange"])
SPOKEN = {EventType.AGREE, EventType.REQUEST, EventType.ACCUSE, EventType.REJECT, EventType.THREATEN, EventType.SUPPORT}
"""Types of which one speaker does several on end: another word is another act."""
HAPPENINGS = {EventType.ASSAULT, EventType.PROTEST, EventType.CONSULT}
"""Types of which a report mostly tells one, again and again, in other words."""
HEADED = 4
"""Sentences within which the text tells again what its title told."""
FULL_STOPS = frozenset({".", "?", "!", ";", "”", '"', "’", ":"})
SINGLE = HAPPENINGS | {EventType.ACCUSE, EventType.RETREAT, EventType.SANCTION, EventType.COERCE}
"""Types of which two tellings with the same sides are mostly one event (nine in ten of the annotated own reports)."""
OF_MEASURE = {
    EventType.ASSAULT: {Measure.KILLED, Measure.INJURED, Measure.CASUALTIES, Measure.KIDNAPPED, Measure.MISSING},
    EventType.COERCE: {Measure.DETAINED},
    EventType.PROTEST: {Measure.PROTESTERS, Measure.PARTICIPANTS},
    EventType.RETREAT: {Measure.RELEASED},
    EventType.AID: {Measure.MONEY, Measure.HOUSEHOLDS},
    EventType.MOBILIZE: {Measure.TROOPS, Measure.WEAPONS},
    EventType.CONSULT: {Measure.PARTICIPANTS},
    EventType.SANCTION: {Measure.DISPLACED},
}


def link_findings(
    parse: Parse,
    events: Sequence[Event],
    figures: Sequence[Figure],
    entities: Sequence[Entity],
    quotations: Sequence[Quotation],
) -> tuple[list[Event], list[Figure]]:
    """Return events with retellings merged, participants set and ids in order, and figures tied to their events."""
    mentions = MentionIndex(entities)
    planned = [_gathered(parse, event, mentions) for event in events]
    merged = _merged(parse, planned, mentions)
    merged.sort(key=lambda e: (e.trigger, e.type, e.id))
    numbered = [msgspec.structs.replace(e, id=f"e{n}") for n, e in enumerate(merged, 1)]
    return _tied(parse, numbered, figures)


# -- gatherings


def _gathered(parse: Parse, event: Event, mentions: MentionIndex) -> Event:
    """Return a gathering with its host and invitees as participants, and the invitees as recipients."""
    token = top_of(parse, event.trigger)
    if event.type is not EventType.CONSULT or token is None:
        return event
    invited, heads = _invited(token, mentions)
    host = [a for a in event.actors if a not in invited] if _is_hosted(token) else []
    if not invited and not host:
        return event
    participants = [Participant(entity=h, role=ParticipantRole.HOST) for h in host]
    participants += [Participant(entity=i, role=ParticipantRole.INVITEE) for i in invited if i not in host]
    why = list(event.why)
    if host:
        why.append(Reason(field="participants", rule="links.plan.host", spans=(token.span,)))
    if invited:
        why.append(Reason(field="participants", rule="links.plan.invitees", spans=tuple(h.span for h in heads)))
    recipients = tuple(i for i in invited if i not in event.actors) if host and invited else event.recipients
    return msgspec.structs.replace(event, participants=tuple(participants), recipients=recipients, why=tuple(why))


def _is_hosted(token: Token) -> bool:
    verbs = [token, *(a for _, a in zip(range(5), token.ancestors(), strict=False))]
    return any(v.lemma in HOSTING for v in verbs)


def _invited(token: Token, mentions: MentionIndex) -> tuple[list[str], list[Token]]:
    """Return the entities whose representatives a phrase beside the gathering names, and the words that name them."""
    anchors = [token, *(a for _, a in zip(range(5), token.ancestors(), strict=False))]
    for anchor in anchors:
        for prep in anchor.children_by("prep"):
            if prep.lower not in ("with", "of", "between", "among") or prep.i < token.i:
                continue
            for head in prep.children_by("pobj", "pcomp"):
                heads = _sent_by(head) or (_sent_from(anchor) if head.lemma in SENDERS else [])
                found = [(e, h) for h in heads if (e := mentions.at(h)) is not None]
                if found:
                    return list(dict.fromkeys(e for e, _ in found)), [h for _, h in found]
    return [], []


def _sent_by(head: Token) -> list[Token]:
    """Return the names of a list of senders ("representatives from A, B and C")."""
    if head.lemma not in SENDERS:
        return []
    return _sent_from(head)


def _sent_from(anchor: Token) -> list[Token]:
    for prep in anchor.children_by("prep"):
        first = prep.child("pobj") if prep.lower in ("from", "of") else None
        if first is not None and first.pos == "PROPN":
            return first.conjuncts()
    return []


# -- retellings


def _merged(parse: Parse, events: Sequence[Event], mentions: MentionIndex) -> list[Event]:
    kept: list[Event] = []
    for event in events:
        token = top_of(parse, event.trigger)
        place = next((n for n in range(len(kept) - 1, -1, -1) if _same(parse, kept[n], event, token, mentions)), None)
        if place is None:
            kept.append(event)
        else:
            kept[place] = _together(kept[place], event)
    return kept


def _same(parse: Parse, old: Event, new: Event, token: Token | None, mentions: MentionIndex) -> bool:
    """Tell whether NEW tells OLD again: type, participants, status and time agree, and the words take it up."""
    if old.type is not new.type or token is None:
        return False
    if not (old.status is new.status or {old.status, new.status} <= TOLD):
        return False
    if not _compatible(_told_interval(old), _told_interval(new)):
        return False
    if old.place and new.place and old.country != new.country:
        return False
    other = top_of(parse, old.trigger)
    if other is None or other is token:
        return other is token
    alike = other.lemma == token.lemma or _shared_stem(other.lemma, token.lemma)
    definite = token.pos == "NOUN" and any(c.lower in ("the", "this", "that", "these") for c in token.children)
    shared = _overlap(old, new)
    gap = token.sent.i - other.sent.i
    if _heads(other.sent) and 0 < gap <= HEADED and (alike or (shared != "clash" and old.type not in SPOKEN)):
        return True
    if shared == "clash":
        return definite and alike_targets(old, new) and gap <= 4
    if shared == "same":
        whole = bool(old.actors and old.recipients) and old.type in SINGLE
        return alike or definite or whole or (gap <= 2 and old.type not in SPOKEN)
    if shared == "part":
        return (alike or definite) and (gap <= 8 or old.type not in SPOKEN)
    return (
        definite
        or (alike and gap <= 12 and old.type not in SPOKEN)
        or (not new.actors and not new.recipients and gap <= 3 and old.type in HAPPENINGS)
    )


def _heads(sentence: Sentence) -> bool:
    """Tell whether SENTENCE is the title of the report or a line below it: at its start, without a full stop."""
    return sentence.i <= 1 and sentence.tokens[-1].text not in FULL_STOPS


def alike_targets(old: Event, new: Event) -> bool:
    """Tell whether two deeds may be one though they name other targets: a building and the people in it."""
    same_doers = not old.actors or not new.actors or set(old.actors) & set(new.actors)
    return old.type in HAPPENINGS and bool(same_doers)


def _shared_stem(a: str, b: str) -> bool:
    size = min(len(a), len(b), 5)
    return size >= 4 and a[:size] == b[:size]


def _overlap(old: Event, new: Event) -> str:
    """Return how the participants of two events agree: `same`, `part`, `none` known, or `clash`."""
    if old.type in SYMMETRIC_TYPES:
        sides = [(set(old.actors) | set(old.recipients), set(new.actors) | set(new.recipients))]
    else:
        sides = [(set(old.actors), set(new.actors)), (set(old.recipients), set(new.recipients))]
    marks = []
    for left, right in sides:
        if not left or not right:
            marks.append("empty" if not left and not right else "open")
        elif left == right:
            marks.append("same")
        elif left <= right or right <= left:
            marks.append("part")
        else:
            return "clash"
    if "same" in marks and all(m in ("same", "empty") for m in marks):
        return "same"
    return "part" if "same" in marks or "part" in marks else "none"


def _told_interval(event: Event) -> Interval | None:
    """Return the interval of EVENT where a time of the text tells it, not where it is only carried over."""
    return event.interval if event.time is not None else None


def _compatible(a: Interval | None, b: Interval | None) -> bool:
    if a is None or b is None:
        return True
    return (a[0] or "") <= (b[1] or "9999") and (b[0] or "") <= (a[1] or "9999")


def _fullness(event: Event) -> int:
    named = len(event.actors) + len(event.recipients)
    return 2 * min(named, 4) + 2 * (event.interval is not None) + (event.place is not None) + bool(event.participants)


def _together(old: Event, new: Event) -> Event:
    """Return the fuller telling, the other one among its mentions, with what only the other knew."""
    best, other = (new, old) if _fullness(new) > _fullness(old) else (old, new)
    mentions = sorted({*best.mentions, *other.mentions, other.trigger} - {best.trigger})
    why = Reason(field="mentions", rule="links.retold.same", spans=(other.trigger,))
    dated = other if other.time is not None and (best.time is None or best.interval is None) else best
    dated = dated if dated.interval is not None else other
    return msgspec.structs.replace(
        best,
        mentions=tuple(mentions),
        actors=best.actors or other.actors,
        recipients=best.recipients or other.recipients,
        participants=best.participants or other.participants,
        time=dated.time,
        interval=dated.interval,
        grain=dated.grain,
        place=best.place or other.place,
        country=best.country or other.country,
        background=best.background and other.background,
        evidence=tuple(dict.fromkeys([*best.evidence, other.trigger])),
        why=(*best.why, why),
    )


# -- figures


def _tied(parse: Parse, events: Sequence[Event], figures: Sequence[Figure]) -> tuple[list[Event], list[Figure]]:
    by_sentence: dict[int, list[tuple[int, Token]]] = {}
    for n, event in enumerate(events):
        for span in (event.trigger, *event.mentions):
            token = top_of(parse, span)
            if token is not None:
                by_sentence.setdefault(token.sent.i, []).append((n, token))
    found = list(events)
    tied: list[Figure] = []
    for figure in figures:
        token = top_of(parse, figure.span)
        options = by_sentence.get(token.sent.i, []) if token is not None else []
        best: tuple[int, int] | None = None
        for n, trigger in options:
            if token is None or figure.measure not in OF_MEASURE.get(found[n].type, set()):
                continue
            steps = depth_between(token, trigger)
            rank = steps if steps is not None else 10 + abs(trigger.i - token.i)
            if best is None or rank < best[0]:
                best = (rank, n)
        if best is None:
            tied.append(figure)
            continue
        event = found[best[1]]
        found[best[1]] = msgspec.structs.replace(event, figures=(*event.figures, figure.id))
        tied.append(_with_event(figure, event))
    return _caused(parse, found, tied), tied


def _caused(parse: Parse, events: Sequence[Event], figures: Sequence[Figure]) -> list[Event]:
    """Return EVENTS with what the count that they caused tells of them: period, source, whom they hit."""
    found = list(events)
    for figure in figures:
        for cause in figure.causes:
            for n, event in enumerate(found):
                if cause.span.contains(event.trigger):
                    found[n] = _told_by(event, figure)
    return found


def _told_by(event: Event, figure: Figure) -> Event:
    why = [Reason(field="figures", rule="links.figure.cause", spans=(figure.span,))]
    interval, recipients, source, country = event.interval, event.recipients, event.source, event.country
    if interval is None and figure.period is not None:
        interval = figure.period
        why.append(Reason(field="interval", rule="links.figure.cause", spans=(figure.span,)))
    if not recipients and event.type is EventType.ASSAULT and figure.entity is not None:
        recipients = (figure.entity,)
        why.append(Reason(field="recipients", rule="links.figure.cause", spans=(figure.span,)))
    if source is None and figure.source is not None:
        source = figure.source
        why.append(Reason(field="source", rule="links.figure.cause", spans=(figure.span,)))
    if figure.country is not None:
        country = figure.country
    return msgspec.structs.replace(
        event,
        interval=interval,
        grain=event.grain if event.interval is not None else (Grain.RANGE if interval is not None else None),
        recipients=recipients,
        source=source,
        country=country,
        figures=tuple(dict.fromkeys([*event.figures, figure.id])),
        evidence=tuple(dict.fromkeys([*event.evidence, figure.span])),
        why=(*event.why, *why),
    )


def _with_event(figure: Figure, event: Event) -> Figure:
    why = [*figure.why, Reason(field="event", rule="links.figure.event", spans=(event.trigger,))]
    period, country = figure.period, figure.country
    if period is None and event.grain is Grain.DAY and event.time is not None:
        period = event.interval
        why.append(Reason(field="period", rule="links.figure.scene", spans=(event.trigger,)))
    if country is None and event.country is not None:
        country = event.country
        why.append(Reason(field="country", rule="links.figure.scene", spans=(event.trigger,)))
    perpetrators = figure.perpetrators
    if not perpetrators and event.type is EventType.ASSAULT and event.actors:
        perpetrators = event.actors
        why.append(Reason(field="perpetrators", rule="links.figure.event", spans=(event.trigger,)))
    evidence = tuple(dict.fromkeys([*figure.evidence, event.trigger]))
    return msgspec.structs.replace(
        figure,
        event=event.id,
        period=period,
        country=country,
        perpetrators=perpetrators,
        evidence=evidence,
        why=tuple(why),
    )
