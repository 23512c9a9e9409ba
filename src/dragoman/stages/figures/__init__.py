"""Figures: counts and amounts, with what they count, when, where and by whose account."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from dragoman.domain.codes import ChangeUnit, EntityKind, Measure, Precision
from dragoman.domain.findings import Change, Entity, Figure, Place, Quotation, Reason, Time
from dragoman.domain.parse import Parse, Token
from dragoman.stages.figures.causes import with_causes
from dragoman.stages.figures.changes import Movement, movement
from dragoman.stages.figures.counted import Counted, counted
from dragoman.stages.figures.numbers import Number, find_numbers
from dragoman.stages.figures.parts import RULE as PART
from dragoman.stages.figures.parts import holds, is_one_of, part_people, whole_of
from dragoman.stages.figures.setting import (
    Surroundings,
    doers,
    joined_interval,
    periods,
    place_of,
    source_of,
    status_of,
    surroundings,
)
from dragoman.stages.figures.totals import RULE as TOTAL
from dragoman.stages.figures.totals import Total, teller_of, total

__all__ = ["find_figures"]

PERSONS = {
    Measure.KILLED, Measure.INJURED, Measure.CASUALTIES, Measure.MISSING, Measure.DISPLACED, Measure.REFUGEES,
    Measure.DETAINED, Measure.KIDNAPPED, Measure.RELEASED, Measure.PROTESTERS, Measure.TROOPS, Measure.PARTICIPANTS,
}  # fmt: skip
HARMED = {Measure.KILLED, Measure.INJURED, Measure.CASUALTIES, Measure.KIDNAPPED, Measure.DETAINED}
SURE = {
    Measure.OTHER: 0.55,
    Measure.PARTICIPANTS: 0.6,
    Measure.WEAPONS: 0.65,
    Measure.MONEY: 0.85,
    Measure.PERCENT: 0.75,
}


def find_figures(
    parse: Parse,
    times: Sequence[Time],
    places: Sequence[Place],
    entities: Sequence[Entity],
    quotations: Sequence[Quotation],
) -> list[Figure]:
    """Return the figures of the text, in order, ids `f1` ..."""
    around = surroundings(parse, times, places, entities, quotations)
    told: list[tuple[Number, Figure]] = []
    numbers = find_numbers(parse, times)
    for number in numbers:
        whole = total(number, told)
        moved = movement(number) if whole is None else None
        what = counted(number) if whole is None and (moved is None or moved.measure is None) else None
        part = whole_of(number, told, numbers) if whole is None and moved is None else None
        if part is None and is_one_of(number):
            continue
        if whole is not None:
            what = Counted(whole.who, whole.who, whole.measure, TOTAL, whole.verb, whole.verb)
        elif what is None and part is not None:
            who = part_people(number)
            what = Counted(who, who, part[0].measure, PART, part[1][0], None)
        elif what is None and (moved is None or (moved.measure is None and not number.percent)):
            continue
        figure = _figure(f"f{len(told) + 1}", parse, number, what, moved, around, whole)
        if told and told[-1][1].part_of is None and holds(number, told[-1][0]):
            told[-1] = (told[-1][0], _shared(told[-1][1], figure))
        told.append((number, _parted(figure, *part) if part is not None else figure))
    return with_causes(parse, [f for _, f in told], around)


def _shared(part: Figure, whole: Figure) -> Figure:
    """Return PART as a part of WHOLE, which follows it ("34 of the 120")."""
    why = (*part.why, Reason(field="part_of", rule=PART, spans=(whole.span,)))
    evidence = tuple(dict.fromkeys([*part.evidence, whole.span]))
    return msgspec.structs.replace(part, part_of=whole.id, evidence=evidence, why=why)


def _parted(figure: Figure, whole: Figure, cue: tuple[Token, ...]) -> Figure:
    """Return FIGURE as a part of WHOLE: what it doesn't tell itself is as with the whole."""
    soft = figure.measure in (Measure.OTHER, Measure.TROOPS, Measure.PROTESTERS, Measure.PARTICIPANTS, Measure.REFUGEES)
    if figure.unit != "person" and figure.measure is not Measure.OTHER:
        return figure
    why = [Reason(field="part_of", rule=PART, spans=tuple(t.span for t in cue))]
    if soft and whole.measure is not figure.measure:
        figure = msgspec.structs.replace(figure, measure=whole.measure, unit="person", confidence=whole.confidence)
        why.append(Reason(field="measure", rule=PART, spans=(whole.span,)))
    return msgspec.structs.replace(
        figure,
        part_of=whole.id,
        period=figure.period or whole.period,
        perpetrators=figure.perpetrators or whole.perpetrators,
        evidence=tuple(dict.fromkeys([*figure.evidence, whole.span])),
        why=(*figure.why, *why),
    )


def _figure(
    name: str,
    parse: Parse,
    number: Number,
    what: Counted | None,
    moved: Movement | None,
    around: Surroundings,
    whole: Total | None,
) -> Figure:
    measure = what.measure if what is not None else moved.measure if moved is not None else None
    measure = measure or Measure.PERCENT
    rule = what.rule if what is not None else "figures.change.movement"
    who = (what.who if what is not None else None) or (moved.who if moved is not None else None)
    if who is None and number.currency is not None and number.last.pos in ("NOUN", "PROPN"):
        who = number.last
    verb = what.verb if what is not None else moved.verb if moved is not None else None
    own, compared = periods(around, verb, number.top)
    if whole is not None and whole.earlier:
        own, compared = compared, []
    period, used = joined_interval(parse, own)
    baseline, base_used = joined_interval(parse, compared)
    place, country, country_rule = place_of(around, number.top)
    source = source_of(around, number.top) or (teller_of(around, whole) if whole is not None else None)
    status, status_cue = status_of(verb)
    people = (
        doers(around, verb) if measure in HARMED and what is not None and what.cue is verb and whole is None else []
    )
    who_words, who_entity = _who(who, around)
    why = [
        Reason(field="value", rule=number.rule, spans=(number.span,)),
        Reason(field="measure", rule=rule, spans=((what.cue if what else moved.verb).span,) if what or moved else ()),  # type: ignore[union-attr]
    ]
    if period is not None:
        why.append(Reason(field="period", rule="figures.period.clause", spans=tuple(t.span for t in used)))
    if country is not None:
        why.append(Reason(field="country", rule=country_rule, spans=(place.span,) if place else ()))
    if source is not None:
        why.append(Reason(field="source", rule="figures.source.quotation"))
    if status_cue is not None:
        why.append(Reason(field="status", rule="figures.status.modality", spans=(status_cue.span,)))
    if people and verb is not None:
        why.append(Reason(field="perpetrators", rule="figures.perpetrators.agent", spans=(verb.span,)))
    change = None
    if whole is not None and whole.direction is not None and not whole.earlier:
        change = Change(direction=whole.direction, unit=ChangeUnit.COUNT, baseline=baseline)
        why.append(Reason(field="change", rule=TOTAL, spans=(whole.verb.span,)))
    if moved is not None:
        change = Change(direction=moved.direction, amount=_tidy(moved.amount), unit=moved.unit, baseline=baseline)
        why.append(Reason(field="change", rule="figures.change.movement", spans=(moved.verb.span,)))
        if baseline is not None:
            why.append(Reason(field="change", rule="figures.baseline.compared", spans=tuple(t.span for t in base_used)))
    evidence = [number.span, *([who.span] if who is not None else []), *(t.span for t in used)]
    return Figure(
        id=name,
        confidence=SURE.get(measure, 0.8),
        found_by=rule,
        evidence=tuple(dict.fromkeys(evidence)),
        why=tuple(why),
        span=number.span,
        measure=measure,
        value=None if moved is not None else _tidy(number.value),
        low=_tidy(number.low),
        high=_tidy(number.high),
        precision=number.precision if number.value is not None or number.high is not None else Precision.AT_LEAST,
        unit=_unit(number, measure, what),
        who=who_words,
        who_span=who.span if who is not None else None,
        entity=who_entity,
        period=period,
        place=place.id if place is not None else None,
        country=country,
        change=change,
        perpetrators=tuple(p for p in people if p != who_entity),
        source=source,
        status=status,
    )


def _tidy(value: float | None) -> float | int | None:
    return None if value is None else int(value) if float(value).is_integer() else round(value, 6)


def _who(who: Token | None, around: Surroundings) -> tuple[str | None, str | None]:
    if who is None:
        return None, None
    return who.text, around.mentions.at(who) or _population(who, around)


def _population(who: Token, around: Surroundings) -> str | None:
    """Return the population of the report that a bare word names again ("civilian deaths" of "the civilians")."""
    for entity in around.entities.values():
        if entity.kind is EntityKind.POPULATION and entity.name.lower().split()[-1].rstrip("s") == who.lower.rstrip(
            "s"
        ):
            return entity.id
    return None


def _unit(number: Number, measure: Measure, what: Counted | None) -> str | None:
    if number.currency is not None:
        return number.currency
    if number.percent:
        return "percent"
    if measure in PERSONS:
        return "person"
    return what.noun.lemma if what is not None and what.noun is not None else None
