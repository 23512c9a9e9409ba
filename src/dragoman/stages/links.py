"""Links between findings: plans with their participants, figures with their events."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from dragoman.domain.codes import (
    EventType,
    Grain,
    Measure,
    ParticipantRole,
)
from dragoman.domain.findings import Entity, Event, Figure, Participant, Reason
from dragoman.domain.grammar import depth_between, top_of
from dragoman.domain.mentions import MentionIndex
from dragoman.domain.parse import Parse, Token

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

BEFORE = 2
"""Sentences back over which a count of marchers is of the march told there."""


def set_participants(parse: Parse, events: Sequence[Event], entities: Sequence[Entity]) -> list[Event]:
    """Return EVENTS with the hosts and invitees of gatherings as their participants."""
    mentions = MentionIndex(entities)
    return [_gathered(parse, event, mentions) for event in events]


def link_findings(parse: Parse, events: Sequence[Event], figures: Sequence[Figure]) -> tuple[list[Event], list[Figure]]:
    """Return EVENTS in the order of their triggers, ids `e1` ..., and FIGURES, tied to each other."""
    ordered = sorted(events, key=lambda e: (e.trigger, e.type, e.id))
    numbered = [msgspec.structs.replace(e, id=f"e{n}") for n, e in enumerate(ordered, 1)]
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
        before = None if best is not None or token is None else _marched_before(found, by_sentence, figure, token)
        if best is None and before is None:
            tied.append(figure)
            continue
        rule = "links.figure.event" if best is not None else "links.figure.before"
        place = best[1] if best is not None else before
        assert place is not None
        event = found[place]
        found[place] = msgspec.structs.replace(event, figures=(*event.figures, figure.id))
        tied.append(_with_event(figure, event, rule))
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


def _marched_before(
    events: Sequence[Event], by_sentence: dict[int, list[tuple[int, Token]]], figure: Figure, token: Token
) -> int | None:
    """Return the place in EVENTS of the one march told just before a count of marchers, or None."""
    if figure.measure is not Measure.PROTESTERS:
        return None
    for number in range(token.sent.i - 1, max(-1, token.sent.i - BEFORE - 1), -1):
        marches = {n for n, _ in by_sentence.get(number, ()) if events[n].type is EventType.PROTEST}
        if marches:
            (first, *others) = sorted(marches)
            apart = figure.period is not None and figure.period != events[first].interval
            return None if others or apart else first
    return None


def _with_event(figure: Figure, event: Event, rule: str) -> Figure:
    why = [*figure.why, Reason(field="event", rule=rule, spans=(event.trigger,))]
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
