"""Where an event was: by a place of its own, of its clause, by those who take part, or by what the story tells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec

from dragoman.domain.codes import EntityKind, EventType, MentionForm, PlaceRole
from dragoman.domain.findings import Entity, Event, Happening, Place, Reason, Told
from dragoman.domain.grammar import VERBAL, clause_verb, depth_between, top_of
from dragoman.domain.motives import answered_before
from dragoman.domain.parse import Parse, Token
from dragoman.domain.spans import Span
from dragoman.domain.whereabouts import Whereabouts
from dragoman.lexicon.events import event_book
from dragoman.stages.scene.nearness import SUBJECTS

DEEDS = {EventType.ASSAULT, EventType.COERCE, EventType.MOBILIZE, EventType.PROTEST, EventType.RETREAT, EventType.AID}
AT_HOME = {EventType.COERCE, EventType.PROTEST, EventType.SANCTION}
"""Types that their doers mostly do in their own country."""
ABROAD = {EventType.ASSAULT, EventType.AID, EventType.MOBILIZE}
"""Types that are mostly where those are whom they befall."""
HITTING = DEEDS - {EventType.AID, EventType.PROTEST}
"""Types that are where the country is that they befall."""
AT_PLACE = frozenset({"investigate", "convict", "visit"})
"""Modes of other events that, like deeds, are mostly where the report as a whole plays."""
LOCATING = frozenset({"in", "at", "near", "outside", "inside", "around", "across", "throughout", "within"})
DATELINE = re.compile(r"[A-Z][A-Z'’. -]{2,}(?:, [A-Z][\w. ]+)?(?: \([^)]*\))? ?[-–—]")
GATHERINGS = frozenset({"conference", "summit", "talk", "talks", "meeting", "forum", "dialogue", "congress"})
MISSIONS = frozenset({"embassy", "consulate", "ambassador", "diplomat", "diplomats", "mission", "envoy"})
LEAD = 2
"""Sentences at the head of the report, which name the country that it plays in twice as surely."""
FEW = 3
"""How often the story's country must be named at least, once in the head of the report counted twice."""
CLEAR = 1.5
"""How many times as often as any other the story's country must be named."""


class Map:
    """Tells the place and country of events."""

    def __init__(self, parse: Parse, places: Sequence[Place], entities: Sequence[Entity]) -> None:
        places = sorted([*places, *_entered(parse, places, entities)], key=lambda p: p.span)
        self.where = Whereabouts(parse, places)
        self.entities = {e.id: e for e in entities}
        self.named: dict[int, list[tuple[Place, Token]]] = {}
        for place in places:
            token = top_of(parse, place.span)
            if token is not None and place.role is PlaceRole.ASSOCIATIVE:
                self.named.setdefault(token.sent.i, []).append((place, token))
        self.story, self.likely = _story(parse, places, entities)

    def placed(self, event: Event, token: Token) -> Event:
        """Return EVENT with the place and country that the text gives it."""
        found = self._in_name(event, token) or self._own(event, token)
        if found is not None:
            why = Reason(field="place", rule="scene.place.own", spans=(found.span,))
            event = self._with(event, found.id or None, found.country, why)
            if found.country is not None:
                return event
        guess = next((g for g in self._inferred(event, token) if g[0] is not None), None)
        if guess is None:
            return event
        country, rule, spans = guess
        return self._with(event, event.place, country, Reason(field="country", rule=rule, spans=spans))

    def located(self, happening: Happening, token: Token) -> Happening:
        """Return HAPPENING with a place of its own, else with the country that its sentence plays in."""
        found = self._own(happening, token)
        if found is not None:
            why = Reason(field="place", rule="scene.place.own", spans=(found.span,))
            return self._with(happening, found.id or None, found.country, why)
        near = self._within(token)
        if near is None or near.role is not PlaceRole.LOCATION:
            return happening
        return self._with(
            happening, None, near.country, Reason(field="country", rule="scene.place.sentence", spans=(near.span,))
        )

    def _inferred(self, event: Event, token: Token) -> Iterator[tuple[str | None, str, tuple[Span, ...]]]:
        """Yield the countries that the text suggests for an event without a place, the likeliest first."""
        deed = event.type in DEEDS
        if event.type in HITTING:
            yield self._hit(event), "scene.place.acted-on", ()
        near = self._within(token)
        if near is not None and near.role is PlaceRole.LOCATION:
            yield near.country, "scene.place.sentence", (near.span,)
        if event.type is EventType.COERCE or self._is_among_one_people(event):
            yield self._home(event), "scene.place.domestic", ()
        if event.mode == "phone":
            yield self._home(event), "scene.place.domestic", ()
            return
        if deed or event.mode in AT_PLACE or (event.type is EventType.CONSULT and self._is_side(event, self.story)):
            yield self.story, "scene.place.report", ()
        if near is not None and deed:
            yield near.country, "scene.place.sentence", (near.span,)
        yield self._home(event), "scene.place.domestic", ()
        earlier = self.where.before(token.sent.i) if deed or event.type is EventType.CONSULT else None
        if earlier is not None:
            yield earlier.country, "scene.place.before", (earlier.span,)
        if deed:
            yield self._only(event.actors), "scene.place.domestic", ()
            yield self.likely, "scene.place.report", ()
        elif event.type is EventType.ACCUSE and not event.actors:
            yield self.story, "scene.place.report", ()

    def _is_among_one_people(self, event: Event) -> bool:
        """Tell whether both sides are of one country."""
        doers = self._only(event.actors)
        return doers is not None and doers == self._only(event.recipients)

    def _is_side(self, event: Event, country: str | None) -> bool:
        """Tell whether one of those who take part is of a country."""
        return any(self.entities[i].country == country for i in (*event.actors, *event.recipients))

    def _hit(self, event: Event) -> str | None:
        """Return the country among those whom a deed befalls."""
        sides = [self.entities[r] for r in event.recipients]
        return next((e.country for e in sides if e.kind is EntityKind.COUNTRY), None)

    def _home(self, event: Event) -> str | None:
        """Return the country of those who take part, or of that side at whose home such an event mostly is."""
        doers, others = self._only(event.actors), self._only(event.recipients)
        if event.type in AT_HOME:
            return doers or (others if not event.actors else None)
        if event.type in ABROAD or (event.type is EventType.CONSULT and event.mode == "visit"):
            return others
        sides = [self.entities[i] for i in (*event.actors, *event.recipients)]
        known = {e.country for e in sides if e.country is not None}
        if len(known) != 1 or any(e.kind is EntityKind.INTERNATIONAL_ORGANIZATION for e in sides):
            return None
        return doers

    def _only(self, ids: Sequence[str]) -> str | None:
        """Return the one country of some entities, None where none or several are known."""
        known = {e.country for i in ids if not _is_mission(e := self.entities[i])} - {None}
        return next(iter(known)) if len(known) == 1 else None

    def _within(self, token: Token) -> Place | None:
        """Return the place of the sentence, those of a speaker who only tells of the event left out."""
        outside = _speakers(token)
        if not outside:
            return self.where.within(token.sent.i)
        near = [(p, x) for p, x in self.where.by_sentence.get(token.sent.i, []) if p.country and x.i not in outside]
        located = [p for p, _ in near if p.role is PlaceRole.LOCATION] or [p for p, _ in near]
        return located[0] if located and len({p.country for p in located}) == 1 else None

    def _with(self, event: Told, place: str | None, country: str | None, why: Reason) -> Told:
        evidence = tuple(dict.fromkeys([*event.evidence, *why.spans]))
        return msgspec.structs.replace(event, place=place, country=country, evidence=evidence, why=(*event.why, why))

    def _own(self, event: Event | Happening, token: Token) -> Place | None:
        verb = clause_verb(token)
        best: tuple[int, Place] | None = None
        for place, where in self.where.by_sentence.get(token.sent.i, []):
            answered = answered_before(where, event_book().lists["answers"])
            if answered is not None and depth_between(token, answered) is None:
                continue
            rank = depth_between(where, token)
            spot = _spot_of(place, where)
            if spot is not None:
                rank = depth_between(spot, token)
                if rank is None and verb is not None:
                    rank = _clause_rank(verb, clause_verb(spot))
            elif place.role is PlaceRole.LITERAL and where.dep == "pobj" and where.head.lower not in LOCATING:
                away = where.head.lower in ("from", "to", "with") or event.type not in DEEDS
                rank = rank + 4 if rank is not None and rank <= 2 and not away else None
            elif place.role is PlaceRole.LITERAL and rank is not None:
                rank = rank + 4 if rank <= 2 else None
            if rank is None and verb is not None and place.role is PlaceRole.LOCATION:
                rank = _clause_rank(verb, clause_verb(where))
            if rank is not None and (best is None or rank < best[0]):
                best = (rank, place)
        return best[1] if best is not None else None

    def _in_name(self, event: Event | Happening, token: Token) -> Place | None:
        """Return the city in a gathering's name ("the Geneva talks", "last year's London conference")."""
        if event.type is not EventType.CONSULT:
            return None
        near = [*self.named.get(token.sent.i, []), *self.where.by_sentence.get(token.sent.i, [])]
        cities = [(p, x) for p, x in near if x.dep == "compound" and (p.kind or "").startswith("PPL")]
        if token.pos in VERBAL and token.dep == "relcl":
            before = [(x.i, p) for p, x in cities if x.i < token.i and x.head.lemma.lower() in GATHERINGS]
            return max(before, key=lambda b: b[0])[1] if before else None
        return next((p for p, x in cities if x.head is token), None)


def _spot_of(place: Place, where: Token) -> Token | None:
    """Return the noun that says what a town or division is to a deed ("in the port of Sfax", "on the edge of Jos")."""
    if place.role is not PlaceRole.LITERAL or not (place.kind or "").startswith(("PPL", "ADM")):
        return None
    noun = where.head.head
    if where.dep != "pobj" or where.head.lower != "of" or noun.pos != "NOUN" or noun.dep != "pobj":
        return None
    return noun if noun.head.lower in LOCATING or noun.head.lower == "on" else None


def _clause_rank(verb: Token, clause: Token | None) -> int | None:
    """Return how near a place of CLAUSE stands to an event of VERB's: of the same clause, or of one it goes on from."""
    if clause is None:
        return None
    if clause is verb:
        return 10
    current, steps = verb, 0
    while current.dep in ("conj", "xcomp", "advcl") and steps < 3:
        current, steps = current.head, steps + 1
        if current is clause:
            return 10 + steps
    return None


def _speakers(token: Token) -> set[int]:
    """Return the tokens of those who say that the event was: the subjects above the clause in which it is told."""
    found: set[int] = set()
    current = token
    while current.head is not current:
        if current.dep == "ccomp" and current.child(*SUBJECTS) is not None:
            for subject in current.head.children_by(*SUBJECTS):
                found.update(t.i for t in subject.subtree())
        current = current.head
    return found


def _is_mission(entity: Entity) -> bool:
    """Tell whether somebody stands for a country abroad, so that the country tells nothing of the place."""
    return bool(MISSIONS & set(entity.name.lower().split()))


def _entered(parse: Parse, places: Sequence[Place], entities: Sequence[Entity]) -> list[Place]:
    """Return the countries and cities among the entities that the text puts something in ("in Bamako"), as places."""
    known = [p.span for p in places]
    found: list[Place] = []
    for entity in entities:
        if entity.kind is not EntityKind.COUNTRY or entity.country is None:
            continue
        for mention in entity.mentions:
            token = top_of(parse, mention.span)
            if token is None or token.dep != "pobj" or token.head.lower not in LOCATING:
                continue
            if mention.form is MentionForm.NAME and not any(mention.span.overlaps(k) for k in known):
                found.append(_as_place(entity, mention.span))
    return found


def _as_place(entity: Entity, span: Span) -> Place:
    """Return a place without id, at SPAN, in an entity's country."""
    return Place(
        id="", confidence=entity.confidence, found_by=entity.found_by, evidence=(span,), span=span,
        country=entity.country, role=PlaceRole.LOCATION,
    )  # fmt: skip


def _story(parse: Parse, places: Sequence[Place], entities: Sequence[Entity]) -> tuple[str | None, str | None]:
    """Return the country that the report plays in: that of its dateline, else the one named far more than others."""
    counts: Counter[str] = Counter()
    lead = parse.sentences[:LEAD][-1].span.end if parse.sentences else 0
    heads = [p for p in parse.paragraphs[:3] if DATELINE.match(parse.text[p.start : p.start + 60])]
    named = [(p.span, p.country, 1 if p.role is PlaceRole.ASSOCIATIVE else 2) for p in places]
    named += [(m.span, e.country, 1) for e in entities for m in e.mentions if m.form is MentionForm.NAME]
    for span, country, weight in sorted(named, key=lambda n: n[0]):
        if country is None:
            continue
        if any(head.start <= span.start <= head.start + 3 for head in heads):
            return country, country
        counts[country] += weight * (2 if span.start < lead else 1)
    ranked = counts.most_common(2)
    if not ranked or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
        return None, None
    first, times = ranked[0]
    clear = times >= FEW and (len(ranked) == 1 or times >= CLEAR * ranked[1][1])
    return (first if clear else None), first
