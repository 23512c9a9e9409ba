"""The scene of an event: when and where."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import msgspec

from dragoman.domain.codes import EntityKind, EventType, Grain, PlaceRole, Status, TimeType
from dragoman.domain.findings import Entity, Event, Interval, Place, Quotation, Reason, Time
from dragoman.domain.grammar import clause_verb, depth_between, is_compared, top_of
from dragoman.domain.parse import Parse, Token
from dragoman.domain.whereabouts import Whereabouts

SAID = {
    EventType.AGREE, EventType.REQUEST, EventType.ACCUSE, EventType.REJECT, EventType.THREATEN, EventType.SUPPORT,
    EventType.CONCEDE,
}  # fmt: skip
"""Types that are acts of speech: a report that carries one without a time was written when it was made."""
DEEDS = {EventType.ASSAULT, EventType.COERCE, EventType.MOBILIZE, EventType.PROTEST, EventType.RETREAT, EventType.AID}
TOLD = {Status.OCCURRED, Status.ONGOING}
REACH = 6
PERFECT = frozenset({"has", "have", "had", "’ve", "'ve"})
"""Sentences over which a statement's day carries."""


class When(msgspec.Struct, frozen=True):
    """The time of an event and how it was found."""

    times: tuple[Time, ...]
    interval: Interval
    grain: Grain | None
    rule: str
    sure: int


def set_scene(
    parse: Parse,
    events: Sequence[Event],
    times: Sequence[Time],
    places: Sequence[Place],
    entities: Sequence[Entity],
    quotations: Sequence[Quotation],
    published: datetime.date | None,
) -> list[Event]:
    """Return EVENTS with `time`, `interval`, `grain`, `place` and `country` set where the text tells them."""
    clock = _Clock(parse, events, times, published)
    map_ = _Map(parse, places, entities)
    found: list[Event] = []
    for event in events:
        token = top_of(parse, event.trigger)
        found.append(event if token is None else map_.placed(clock.timed(event, token), token))
    return found


class _Clock:
    def __init__(
        self, parse: Parse, events: Sequence[Event], times: Sequence[Time], published: datetime.date | None
    ) -> None:
        self.parse = parse
        self.published = published.isoformat() if published else None
        self.times: dict[int, list[tuple[Time, Token]]] = {}
        for time in times:
            token = top_of(parse, time.span)
            if token is not None and time.interval is not None and time.type in (TimeType.DATE, TimeType.TIME):
                self.times.setdefault(token.sent.i, []).append((time, token))
        tops = [top_of(parse, e.trigger) for e in events]
        self.triggers = {t.i for t in tops if t is not None}
        self.narrative: tuple[int, Interval] | None = None
        self.story: tuple[int, Interval] | None = None

    def timed(self, event: Event, token: Token) -> Event:
        """Return EVENT with its time, or without one where none is told."""
        when = self._own(token) or self._ever_since(token)
        if when is None and self._is_statement(event):
            when = self._statement(token)
        if when is None and event.status in TOLD and not event.background:
            when = self._carried(token)
        if when is None:
            return event
        if event.status in TOLD and not event.background and when.grain is Grain.DAY and when.times:
            self.story = (token.sent.i, when.interval)
            if event.type in SAID or event.type is EventType.CONSULT:
                self.narrative = (token.sent.i, when.interval)
        spans = tuple(t.span for t in when.times)
        why = Reason(field="interval", rule=when.rule, spans=spans)
        return msgspec.structs.replace(
            event,
            time=when.times[0].id if when.times else None,
            interval=when.interval,
            grain=when.grain,
            evidence=tuple(dict.fromkeys([*event.evidence, *spans])),
            why=(*event.why, why),
        )

    def _is_statement(self, event: Event) -> bool:
        return event.type in SAID and event.status is Status.OCCURRED and not event.background

    def _statement(self, token: Token) -> When | None:
        if self.narrative is not None and 0 <= token.sent.i - self.narrative[0] <= REACH:
            return When((), self.narrative[1], Grain.DAY, "scene.time.narrative", 1)
        if self.published is None:
            return None
        return When((), (self.published, self.published), Grain.DAY, "scene.time.published", 0)

    def _carried(self, token: Token) -> When | None:
        """Return the day of the happening told before, for a deed that the story goes on with in the simple past."""
        if self.story is None or not 0 <= token.sent.i - self.story[0] <= REACH:
            return None
        verb = clause_verb(token)
        if verb is None or verb.tag not in ("VBD", "VBN", "VBG", "VB") or self._is_perfect(verb):
            return None
        return When((), self.story[1], Grain.DAY, "scene.time.story", 1)

    def _is_perfect(self, verb: Token) -> bool:
        return any(c.dep in ("aux", "auxpass") and c.lower in PERFECT for c in verb.children)

    def _ever_since(self, token: Token) -> When | None:
        """Return the open interval from the last time told before, where the clause says "ever since"."""
        verb = clause_verb(token)
        if verb is None:
            return None
        for child in verb.children:
            words = {t.lower for t in child.subtree()} if child.dep in ("advmod", "prep", "mark") else set()
            if "since" in words and words <= {"ever", "since", "then"}:
                for number in range(token.sent.i, max(-1, token.sent.i - REACH), -1):
                    told = [t for t, x in self.times.get(number, []) if x.i < token.i and t.interval and t.interval[0]]
                    if told and told[-1].interval is not None:
                        return When((told[-1],), (told[-1].interval[0], None), Grain.RANGE, "scene.time.since", 2)
        return None

    def _own(self, token: Token) -> When | None:
        best: tuple[int, int, list[Time]] | None = None
        near = [(t, x) for t, x in self.times.get(token.sent.i, []) if not is_compared(x)]
        for n, (time, where) in enumerate(near):
            rank = self._rank(token, where)
            if rank is None:
                continue
            if best is None or rank < best[0]:
                joined = [time]
                if n + 1 < len(near) and self._joined(time, near[n + 1][0]):
                    joined.append(near[n + 1][0])
                best = (rank, where.i, joined)
        if best is None:
            return None
        rule = ("scene.time.own", "scene.time.clause", "scene.time.governing")[min(2, best[0] // 10)]
        return self._when(best[2], rule)

    def _joined(self, first: Time, second: Time) -> bool:
        gap = self.parse.text[first.span.end : second.span.start].strip().lower()
        return gap in ("and", "to", "through", "until", "-", "–")

    def _when(self, times: Sequence[Time], rule: str) -> When:
        first = times[0]
        assert first.interval is not None
        interval, grain = first.interval, first.grain
        if len(times) == 2 and times[1].interval is not None:
            interval, grain = (first.interval[0], times[1].interval[1]), Grain.RANGE
        before = self.parse.text[max(0, first.span.start - 12) : first.span.start].lower().split()
        if before and before[-1] == "since":
            interval, grain, rule = (first.interval[0], None), Grain.RANGE, "scene.time.since"
        return When(tuple(times), interval, grain, rule, 2)

    def _rank(self, token: Token, where: Token) -> int | None:
        """Return how near a time stands to an event in the grammar (small is near), or None where it is another's."""
        led = self._led(where)
        if led is not None:
            return 0 if led is token else None
        steps = depth_between(where, token)
        if steps is not None:
            other = self._taken(where, token)
            return None if other else min(9, steps)
        verb, clause = clause_verb(token), clause_verb(where)
        if self._taken(where, None) and (clause is not verb or self._taken(where, verb)):
            return None
        if clause is None or verb is None:
            return 19
        if clause is verb:
            return 12
        up = depth_between(verb, clause)
        if up is not None and up <= 4 and not _reported(verb, clause):
            return 20 + up
        down = depth_between(clause, verb)
        if down == 1 and clause.dep in ("advcl", "conj", "xcomp", "prep", "pcomp"):
            return 15 if clause.dep != "conj" else None
        return None

    def _led(self, where: Token) -> Token | None:
        """Return the noun of an event right before a time ("air strikes last week"), which the time then belongs to."""
        place = where.subtree()[0].i - 1
        if place not in self.triggers:
            return None
        noun = self.parse.tokens[place]
        return noun if noun.tag in ("NN", "NNS") and noun.sent is where.sent else None

    def _taken(self, where: Token, token: Token | None) -> bool:
        """Tell whether a time hangs from the words of an event below TOKEN (or of any)."""
        for ancestor in where.ancestors():
            if ancestor is token:
                return False
            if ancestor.i in self.triggers:
                return True
        return False


def _reported(verb: Token, clause: Token) -> bool:
    """Tell whether a verb stands in what another verb reports: the time of saying is not that of what is said."""
    current = verb
    while current is not clause:
        if current.dep == "ccomp":
            return True
        current = current.head
    return False


class _Map:
    def __init__(self, parse: Parse, places: Sequence[Place], entities: Sequence[Entity]) -> None:
        self.where = Whereabouts(parse, places)
        self.entities = {e.id: e for e in entities}

    def placed(self, event: Event, token: Token) -> Event:
        """Return EVENT with the place and country that the text gives it."""
        found = self._own(token)
        if found is not None:
            why = Reason(field="place", rule="scene.place.own", spans=(found.span,))
            return self._with(event, found.id, found.country, why)
        hit = next((e.country for r in event.recipients if (e := self.entities[r]).kind is EntityKind.COUNTRY), None)
        if event.type in DEEDS and hit is not None and event.type is not EventType.AID:
            return self._with(event, None, hit, Reason(field="country", rule="scene.place.acted-on"))
        near = self.where.within(token.sent.i)
        if near is not None and (event.type in DEEDS or near.role is PlaceRole.LOCATION):
            why = Reason(field="country", rule="scene.place.sentence", spans=(near.span,))
            return self._with(event, None, near.country, why)
        if event.type not in DEEDS:
            return self._domestic(event)
        earlier = self.where.before(token.sent.i)
        if earlier is not None:
            why = Reason(field="country", rule="scene.place.before", spans=(earlier.span,))
            return self._with(event, None, earlier.country, why)
        if self.where.whole is not None:
            return self._with(event, None, self.where.whole, Reason(field="country", rule="scene.place.report"))
        return event

    def _domestic(self, event: Event) -> Event:
        """Return EVENT with the country of all who take part, where they are of one country."""
        found = {e.country for i in (*event.actors, *event.recipients) if (e := self.entities[i]) is not None}
        country = next(iter(found)) if len(found) == 1 else None
        if country is None or not event.actors:
            return event
        return self._with(event, None, country, Reason(field="country", rule="scene.place.domestic"))

    def _with(self, event: Event, place: str | None, country: str | None, why: Reason) -> Event:
        evidence = tuple(dict.fromkeys([*event.evidence, *why.spans]))
        return msgspec.structs.replace(event, place=place, country=country, evidence=evidence, why=(*event.why, why))

    def _own(self, token: Token) -> Place | None:
        verb = clause_verb(token)
        best: tuple[int, Place] | None = None
        for place, where in self.where.by_sentence.get(token.sent.i, []):
            steps = depth_between(where, token)
            rank = steps if steps is not None else None
            if rank is None and verb is not None:
                clause = clause_verb(where)
                if clause is verb and place.role is PlaceRole.LOCATION:
                    rank = 10
            if rank is not None and place.role is PlaceRole.LITERAL:
                rank = rank + 4 if rank <= 2 and where.head.lower not in ("from", "to", "with") else None
            if rank is not None and (best is None or rank < best[0]):
                best = (rank, place)
        return best[1] if best is not None else None
