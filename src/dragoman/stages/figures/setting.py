"""When, where, by whose count: the period, place, source, status and doers of a figure."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import msgspec

from dragoman.domain.codes import EntityKind, Status, TimeType
from dragoman.domain.findings import Entity, Interval, Place, Quotation, Source, Time
from dragoman.domain.mentions import MentionIndex
from dragoman.domain.parse import Parse, Token
from dragoman.domain.quoting import QuotationIndex
from dragoman.domain.whereabouts import Whereabouts

NOBODYS = frozenset({"die", "perish", "drown", "flee", "disappear", "vanish", "treat", "hospitalize", "lose"})
"""Verbs whose subject does no harm by them."""
COMPARING = frozenset({"compared", "comparison", "than", "versus", "against"})
DOERS = {
    EntityKind.ARMED_GROUP,
    EntityKind.PERSON,
    EntityKind.GOVERNMENT,
    EntityKind.COUNTRY,
    EntityKind.OTHER,
    EntityKind.ORGANIZATION,
}
MODALS = {
    "will": Status.PLANNED,
    "shall": Status.PLANNED,
    "would": Status.PLANNED,
    "may": Status.POSSIBLE,
    "might": Status.POSSIBLE,
    "could": Status.POSSIBLE,
}


class Surroundings(msgspec.Struct):
    """The findings around a report's figures, by sentence."""

    times: dict[int, list[tuple[Time, Token]]]
    where: Whereabouts
    mentions: MentionIndex
    quotations: QuotationIndex
    entities: dict[str, Entity]


def surroundings(
    parse: Parse,
    times: Sequence[Time],
    places: Sequence[Place],
    entities: Sequence[Entity],
    quotations: Sequence[Quotation],
) -> Surroundings:
    """Return the findings filed for look-up."""
    by_time: dict[int, list[tuple[Time, Token]]] = {}
    for time in times:
        token = parse.token_at(time.span.end - 1)
        if token is not None and time.type in (TimeType.DATE, TimeType.TIME):
            by_time.setdefault(token.sent.i, []).append((time, token))
    return Surroundings(
        by_time,
        Whereabouts(parse, places),
        MentionIndex(entities),
        QuotationIndex(quotations),
        {e.id: e for e in entities},
    )


def clause_verb(token: Token) -> Token | None:
    """Return the verb of the clause that a token stands in."""
    return next((a for a in token.ancestors() if a.pos in ("VERB", "AUX")), None)


def periods(around: Surroundings, verb: Token | None, anchor: Token) -> tuple[list[Time], list[Time]]:
    """Return the times of the clause of a figure, and those that it is compared with."""
    own: list[Time] = []
    baseline: list[Time] = []
    above = {verb.i, *(a.i for a in verb.ancestors())} if verb is not None else set()
    for time, token in around.times.get(anchor.sent.i, []):
        if time.interval is None or _since_the_worst(token):
            continue
        if _compared(token):
            baseline.append(time)
            continue
        clause = clause_verb(token)
        if clause is None or clause.i in above or _below(clause, verb):
            own.append(time)
    return own, baseline


def _below(clause: Token, verb: Token | None) -> bool:
    """Tell whether a clause belongs to the figure's verb as its adverbial or participle."""
    return verb is not None and clause.head is verb and clause.dep in ("advcl", "conj", "xcomp", "prep")


def _since_the_worst(token: Token) -> bool:
    """Tell whether a time only says how rare something is: "the deadliest attack since 2001"."""
    before = [t for t in token.sent.tokens if token.i - 8 <= t.i < token.i]
    return any(t.lower in ("since", "in") for t in before[-3:]) and any(
        t.tag in ("JJS", "RBS") and t.lower not in ("least", "most") for t in before
    )


def _compared(token: Token) -> bool:
    if any(a.lower in COMPARING for a in token.ancestors() if a.sent is token.sent):
        return True
    tokens = token.sent.tokens
    place = token.i - tokens[0].i
    before = [t.lower for t in tokens[max(0, place - 6) : place]]
    return any(w in COMPARING for w in before[-5:]) or any(
        pair in (("up", "from"), ("down", "from")) for pair in pairwise(before)
    )


def joined_interval(parse: Parse, times: Sequence[Time]) -> tuple[Interval | None, tuple[Time, ...]]:
    """Return the interval of a figure's times: a range where two are joined (between A and B), else the first one's."""
    if not times:
        return None, ()
    if len(times) >= 2:
        gap = parse.text[times[0].span.end : times[1].span.start].strip().lower()
        first, second = times[0].interval, times[1].interval
        if (
            gap in ("and", "to", "through", "until", "-", "–")
            and first
            and second
            and (first[0] or "") <= (second[1] or "")
        ):
            return (first[0], second[1]), (times[0], times[1])
    before = parse.text[max(0, times[0].span.start - 8) : times[0].span.start].lower().split()
    interval = times[0].interval
    if before and before[-1] == "since" and interval is not None:
        return (interval[0], None), (times[0],)
    return interval, (times[0],)


def place_of(around: Surroundings, anchor: Token) -> tuple[Place | None, str | None, str]:
    """Return the place and country of a figure and the rule: of its sentence, those before, or the whole report."""
    number = anchor.sent.i
    near = around.where.within(number)
    if near is not None:
        return near, near.country, "figures.country.sentence"
    if number not in around.where.by_sentence:
        earlier = around.where.before(number)
        if earlier is not None:
            return None, earlier.country, "figures.country.before"
    if around.where.whole is not None:
        return None, around.where.whole, "figures.country.report"
    return None, None, ""


def source_of(around: Surroundings, token: Token) -> Source | None:
    """Return the quotation around a figure and its speaker as the figure's source, or None."""
    for quotation in around.quotations.around(token):
        if quotation.speaker is not None or quotation.speaker_span is not None:
            return Source(quotation=quotation.id, entity=quotation.speaker)
    return None


def doers(around: Surroundings, verb: Token | None) -> list[str]:
    """Return who does what the figure's verb tells: its agent, or its subject where the verb is active."""
    if verb is None or verb.lemma in NOBODYS:
        return []
    passive = any(c.dep in ("auxpass", "nsubjpass") for c in verb.children)
    agent = verb.child("agent")
    head = agent.child("pobj") if agent is not None else None
    if head is None and not passive:
        head = verb.child("nsubj")
        if head is None and verb.dep in ("advcl", "conj", "xcomp"):
            head = verb.head.child("nsubj")
    return entities_in(around, head) if head is not None else []


def entities_in(around: Surroundings, head: Token) -> list[str]:
    """Return the entities that a noun phrase and its joined nouns name, or that its "of" phrase does."""
    found: list[str] = []
    for token in head.conjuncts():
        entity = around.mentions.at(token)
        if entity is not None:
            found.append(entity)
            continue
        for child in token.children:
            if child.dep == "prep" and child.lower in ("of", "by") and (inner := child.child("pobj")) is not None:
                found += [e for t in inner.conjuncts() if (e := around.mentions.at(t)) is not None]
    return [e for e in dict.fromkeys(found) if around.entities[e].kind in DOERS]


def status_of(verb: Token | None) -> tuple[Status, Token | None]:
    """Return the status that the governing verb's modality gives a figure, and the word that tells it."""
    if verb is None:
        return Status.OCCURRED, None
    for child in verb.children:
        if child.dep == "aux" and child.lower in MODALS:
            return MODALS[child.lower], child
        if child.dep == "neg" and verb.lemma not in ("know",):
            return Status.DID_NOT_HAPPEN, child
    if verb.tag == "VBG" and any(c.lower in ("is", "are") for c in verb.children if c.dep == "aux"):
        return Status.ONGOING, verb
    if verb.lemma in ("have", "be", "remain", "host", "maintain", "number") and verb.tag in ("VBZ", "VBP"):
        return Status.ONGOING, verb
    return Status.OCCURRED, None
