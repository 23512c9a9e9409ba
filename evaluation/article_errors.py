"""What differs from gold in a whole article, paired as the shared scorer pairs it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from evaluation.differences import Difference, marked, why
from evaluation.scorers import Item, article, matching, overlap, paired, same_interval

SIDES = ("actors", "recipients")
SYMMETRIC = ("CONSULT", "AGREE", "COOPERATE")
FIGURE_FIELDS = {
    "value": ("value", "low", "high", "change"), "who": ("who", "entity"), "period": ("period",),
    "country": ("country", "place"), "source": ("source",),
}  # fmt: skip
AMOUNT = ("value", "low", "high", "change")
SHOWN = 160


def article_differences(name: str, text: str, gold: Item, reading: Item) -> list[Difference]:
    """Return what differs between READING and the GOLD of an article's TEXT; optional gold counts neither way."""
    seen = _Article(name, text, gold, reading)
    return [*seen.events(), *seen.figures(), *seen.quotations(), *seen.entities()]


class _Article:
    def __init__(self, name: str, text: str, gold: Item, reading: Item) -> None:
        self.name, self.text, self.gold, self.reading = name, text, gold, reading
        self.scored: Any = article(text, gold, reading)
        self.wanted = {e["id"]: e for e in gold["entities"]}
        self.got = {e["id"]: e for e in reading.get("entities", [])}

    def difference(self, kind: str, at: Sequence[int], spans: dict[str, Any], **told: Any) -> Difference:
        """Return a difference whose sentence is that of the span AT."""
        start, end = self.scored.bounds[self.scored.sentence(at)]
        while end > start and self.text[end - 1].isspace():
            end -= 1
        while start < end and self.text[start].isspace():
            start += 1
        return Difference(
            document=self.name, kind=kind, sentence=self.text[start:end], marks=marked(start, end, spans), **told
        )

    def words(self, spans: Iterable[Sequence[int]]) -> str:
        told = " … ".join(" ".join(self.text[s:e].split()) for s, e in spans)
        return f"“{told if len(told) <= SHOWN else told[: SHOWN - 1] + '…'}”"

    def wanted_names(self, ids: Iterable[str]) -> str:
        return ", ".join(self.wanted[i]["name"] if i in self.wanted else i for i in ids) or "nobody"

    def got_names(self, ids: Iterable[str]) -> str:
        """Return the names of found entities, with the gold entity that each stands for."""
        told = []
        for i in ids:
            stands = sorted(self.scored.entity_map.get(i, ()))
            as_whom = self.wanted_names(stands) if stands else "no entity of gold"
            name = self.got[i]["name"] if i in self.got else i
            told.append(name if as_whom == name else f"{name} (= {as_whom})")
        return ", ".join(told) or "nobody"

    def wanted_spans(self, event: Item) -> dict[str, list[list[int]]]:
        return {
            "trigger": [event["trigger"], *event["mentions"]],
            "actor": [m for i in event["actors"] if i in self.wanted for m in self.wanted[i]["mentions"]],
            "recipient": [m for i in event["recipients"] if i in self.wanted for m in self.wanted[i]["mentions"]],
        }

    def got_spans(self, event: Item) -> dict[str, list[list[int]]]:
        def mentions(ids: Iterable[str]) -> list[list[int]]:
            return [m["span"] for i in ids if i in self.got for m in self.got[i]["mentions"]]

        ends = {side[:-1]: mentions(event.get(side) or []) for side in SIDES}
        return {"trigger": [event["trigger"], *(event.get("mentions") or [])], **ends}

    def near(self, at: Sequence[int]) -> tuple[str, ...]:
        """Return what events were found in the sentence of the span AT."""
        here = self.scored.sentence(at)
        found = [e for e in self.reading.get("events", []) if self.scored.sentence(e["trigger"]) == here]
        told = "; ".join(f"{e['id']} {e['type']} {self.words([e['trigger']])} by {e['found_by']}" for e in found)
        return (f"found in this sentence: {told or 'no event'}",)

    def events(self) -> Iterator[Difference]:
        found = matching(self.scored, "events")
        for got, wanted in found.kept():
            yield from self.event_fields(got, wanted)
        missed, extra = found.missed(), found.extra()
        mixed = paired(extra, missed, self.same_trigger)
        for i, j in mixed:
            yield self.mixed_up(extra[i], missed[j])
        for j, wanted in enumerate(missed):
            if j not in {j for _, j in mixed}:
                yield self.difference(
                    "event missed", wanted["trigger"], self.wanted_spans(wanted), detail=wanted["type"],
                    wanted=self.told_wanted(wanted), got="nothing", trace=self.near(wanted["trigger"]),
                )  # fmt: skip
        for i, got in enumerate(extra):
            if i not in {i for i, _ in mixed}:
                yield self.difference(
                    "event not in gold", got["trigger"], self.got_spans(got), detail=got["type"],
                    wanted=self.leave(got, found.gold), got=self.told_got(got),
                    trace=why(self.text, got, ("type", "mode")),
                )  # fmt: skip

    def leave(self, got: Item, gold: list[Item]) -> str:
        """Return what gold has at the trigger of an event that it has not: nothing, or another one that is optional."""
        there = [g["type"] for g in gold if g["optional"] and self.same_trigger(got, g)]
        return f"nothing (optional: {', '.join(there)})" if there else "nothing"

    def same_trigger(self, got: Item, wanted: Item) -> int | None:
        mine, spans = self.got_spans(got)["trigger"], self.wanted_spans(wanted)["trigger"]
        return 1 if any(overlap(a, b) for a in mine for b in spans) else None

    def mixed_up(self, got: Item, wanted: Item) -> Difference:
        return self.difference(
            "wrong type at the same trigger", wanted["trigger"], self.wanted_spans(wanted),
            detail=f"{wanted['type']} read as {got['type']}", wanted=self.told_wanted(wanted), got=self.told_got(got),
            trace=why(self.text, got, ("type", "mode")),
        )  # fmt: skip

    def told_wanted(self, event: Item) -> str:
        mode = f"/{event['mode']}" if event.get("mode") else ""
        ends = f"{self.wanted_names(event['actors'])} → {self.wanted_names(event['recipients'])}"
        return f"{event['type']}{mode} {self.words([event['trigger']])}, {event['status']}: {ends}"

    def told_got(self, event: Item) -> str:
        mode = f"/{event['mode']}" if event.get("mode") else ""
        ends = " → ".join(self.got_names(event.get(side) or []) for side in SIDES)
        return f"{event['type']}{mode} {self.words([event['trigger']])}, {event['status']}: {ends}"

    def event_fields(self, got: Item, wanted: Item) -> Iterator[Difference]:
        """Yield a difference for each field of a matched event in which it is not gold's."""
        a, spans = self.scored, self.wanted_spans(wanted)

        def differs(kind: str, want: str, have: str, fields: Sequence[str], detail: str = "") -> Difference:
            told = why(self.text, got, fields)
            return self.difference(
                f"event: {kind}", wanted["trigger"], spans, wanted=want, got=have, trace=told, detail=detail
            )

        sides = (SIDES,) if wanted["type"] in SYMMETRIC else (("actors",), ("recipients",))
        for side in sides:
            gold = [i for name in side for i in wanted[name]]
            found = [i for name in side for i in got.get(name) or []]
            if not a.same_sides(found, gold):
                kind = "the two sides" if len(side) == 2 else side[0]
                lack = "nobody got" if not found else "nobody wanted" if not gold else "others got"
                yield differs(kind, self.wanted_names(gold), self.got_names(found), side, lack)
        if got.get("status") != wanted["status"]:
            pair = f"{wanted['status']} read as {got.get('status')}"
            yield differs("status", wanted["status"], str(got.get("status")), ("status",), pair)
        if not same_interval(got.get("interval"), wanted["interval"]):
            lack = "other date got" if got.get("interval") else "no date got"
            have = days(got.get("interval"))
            yield differs("date", days(wanted["interval"]), have, ("interval",), lack)
        if wanted["country"] and got.get("country") != wanted["country"]:
            lack = "other country got" if got.get("country") else "no country got"
            yield differs("country", wanted["country"], got.get("country") or "none", ("country", "place"), lack)
        source = a.source_entity(got.get("source"))
        if not a.same_entity(source, wanted["source"]):
            want = self.wanted_names([wanted["source"]]) if wanted["source"] else "the report"
            have = self.got_names([source]) if source else "the report"
            yield differs("source", want, have, ("source",))

    def figures(self) -> Iterator[Difference]:
        found = matching(self.scored, "figures")
        for got, wanted in found.kept():
            for field, asked in FIGURE_FIELDS.items():
                if found.same(*_only(field, got, wanted)) != 2:
                    yield self.difference(
                        f"figure differs: {field}", wanted["span"], {"trigger": [wanted["span"]]},
                        wanted=self.told_figure(wanted, field), got=self.told_figure(got, field),
                        trace=why(self.text, got, asked),
                    )  # fmt: skip
        for wanted in found.missed():
            spans = [
                f for f in self.reading.get("figures", []) if overlap(f["span"], wanted["span"])
            ]  # the same number under another measure
            told = "; ".join(f"{f['id']} {f['measure']} by {f['found_by']}" for f in spans)
            yield self.difference(
                "figure missed", wanted["span"], {"trigger": [wanted["span"]]}, detail=wanted["measure"],
                wanted=f"{self.words([wanted['span']])} {wanted['measure']} {wanted['who'] or ''}".strip(),
                got=told or "nothing", trace=tuple(t for f in spans for t in why(self.text, f, ("measure",))),
            )  # fmt: skip
        for got in found.extra():
            yield self.difference(
                "figure not in gold", got["span"], {"trigger": [got["span"]]}, detail=got["measure"], wanted="nothing",
                got=f"{self.words([got['span']])} {got['measure']}", trace=why(self.text, got, ("measure", "value")),
            )  # fmt: skip

    def told_figure(self, figure: Item, field: str) -> str:
        if field == "period":
            return days(figure.get("period"))
        if field == "source":
            source, names = figure.get("source"), self.wanted_names
            if isinstance(source, dict):
                source, names = self.scored.source_entity(source), self.got_names
            return names([source]) if source else "the report"
        if field == "value":
            told = [f"{k} {figure[k]}" for k in AMOUNT if figure.get(k) is not None]
            return ", ".join(told) or "none"
        return str(figure.get(field) or "none")

    def quotations(self) -> Iterator[Difference]:
        found = matching(self.scored, "quotations")
        for got, wanted in found.kept():
            if not self.scored.same_entity(got.get("speaker"), wanted["speaker"]):
                speaker = got.get("speaker")
                yield self.difference(
                    "quotation: speaker", wanted["content"][0], self.quoted(wanted["content"], got.get("speaker_span")),
                    wanted=self.wanted_names([wanted["speaker"]] if wanted["speaker"] else []),
                    got=self.got_names([speaker] if speaker else []), trace=why(self.text, got, ("speaker",)),
                )  # fmt: skip
        for wanted in found.missed():
            near = [
                q for q in self.reading.get("quotations", [])
                if any(overlap(a, b) for a in q["content"] for b in wanted["content"])
            ]  # fmt: skip
            told = "; ".join(f"{q['id']} {q['form']} {self.words(q['content'])}" for q in near)
            yield self.difference(
                "quotation missed", wanted["content"][0], self.quoted(wanted["content"], wanted.get("cue")),
                detail=wanted["form"], wanted=f"{wanted['form']} {self.words(wanted['content'])}",
                got=told or "nothing",
                trace=tuple(t for q in near for t in why(self.text, q, ("content",))),
            )  # fmt: skip
        for got in found.extra():
            yield self.difference(
                "quotation not in gold", got["content"][0], self.quoted(got["content"], got.get("cue_span")),
                detail=got["form"], wanted="nothing", got=f"{got['form']} {self.words(got['content'])}",
                trace=why(self.text, got, ("content", "cue_span")),
            )  # fmt: skip

    def quoted(self, content: list[list[int]], by: list[int] | None) -> dict[str, list[list[int]]]:
        return {"recipient": content, "trigger": [by] if by else []}

    def entities(self) -> Iterator[Difference]:
        for key, wanted in self.wanted.items():
            found = [e for e in self.got.values() if key in self.scored.entity_map[e["id"]]]
            spans = {"actor": wanted["mentions"]}
            if not found and wanted["mentions"]:
                near = [
                    e["name"] for e in self.got.values()
                    if any(overlap(m["span"], w) for m in e["mentions"] for w in wanted["mentions"])
                ]  # fmt: skip
                yield self.difference(
                    "entity not found", wanted["mentions"][0], spans, wanted=wanted["name"],
                    got=f"overlapping: {', '.join(near)}" if near else "nothing",
                )  # fmt: skip
            for field in ("country", "sector"):
                values = [e.get(field) for e in found]
                if found and wanted[field] not in values:
                    told = tuple(t for e in found for t in why(self.text, e, (field,)))
                    yield self.difference(
                        f"entity: {field}", wanted["mentions"][0], spans,
                        wanted=f"{wanted['name']}: {wanted[field] or 'none'}",
                        got=", ".join(f"{e['name']}: {e.get(field) or 'none'}" for e in found), trace=told,
                        detail=f"{wanted[field] or 'none'} read as {values[0] or 'none'}",
                    )  # fmt: skip


def _only(field: str, got: Item, wanted: Item) -> tuple[Item, Item]:
    """Return a figure and its gold so that the scorer's comparison of them turns on FIELD alone."""
    plain = {key: None for key in ("who", "period", "country", "source") if key != field}
    amount = {} if field == "value" else {key: wanted.get(key) for key in AMOUNT}
    return {**got, **amount}, {**wanted, **plain}


def days(interval: Sequence[str | None] | None) -> str:
    """Return an interval as one day or two."""
    if not interval:
        return "none"
    first, last = (day[:10] if day else "…" for day in interval)
    return first if first == last else f"{first} to {last}"
