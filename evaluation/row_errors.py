"""What differs from gold in sets of one line a row: PLOVER sentences and actor phrases."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from evaluation.differences import Difference, marked, why
from evaluation.scorers import Item, actor_rights, overlap, plover_choice


def plover_differences(row: Item, reading: Item) -> list[Difference]:
    """Return what differs between a READING and the PLOVER sentence that it is of."""
    return list(_plover(row, reading))


def _plover(row: Item, reading: Item) -> Iterator[Difference]:
    text = row["text"]
    event, root, both = plover_choice(row, reading)
    spans = {"actor": [row["actor"]], "recipient": [row["recipient"]], "trigger": [event["trigger"]] if event else []}
    marks = marked(0, len(text), spans)
    names = {e["id"]: e["name"] for e in reading.get("entities", [])}

    def differs(kind: str, wanted: str, got: str, trace: tuple[str, ...], detail: str = "") -> Difference:
        return Difference(
            document=row["id"],
            kind=kind,
            sentence=text,
            marks=marks,
            wanted=wanted,
            got=got,
            trace=trace,
            detail=detail,
        )

    def told(ids: list[str]) -> str:
        return ", ".join(names.get(i, i) for i in ids) or "nobody"

    actor, recipient = (text[slice(*row[side])] for side in ("actor", "recipient"))
    wanted = f"{row['root']}: {actor} → {recipient}"
    if event is None:
        yield differs("no event", wanted, "nothing", (f"entities found: {told(list(names))}",), row["root"])
        return
    got = f"{event['type']} “{text[slice(*event['trigger'])]}”: {told(event['actors'])} → {told(event['recipients'])}"
    if root != row["root"]:
        pair = f"{row['root']} read as {root}"
        yield differs("wrong root", wanted, got, why(text, event, ("type", "mode")), pair)
    if both:
        return
    lost = [side for side in ("actor", "recipient") if not _is_entity(row[side], reading)]
    for side in lost:
        known = f"entities found: {told(list(names))}"
        yield differs(f"{side} not an entity", text[slice(*row[side])], got, (known,))
    if not lost:
        ends = [*event["actors"], *event["recipients"]]
        nowhere = [side for side in ("actor", "recipient") if not _is_entity(row[side], reading, ends)]
        detail = " and ".join(nowhere) or "on the other side"
        yield differs("ends missing", wanted, got, why(text, event, ("actors", "recipients")), detail)


def _is_entity(span: list[int], reading: Item, among: Collection[str] | None = None) -> bool:
    entities = [e for e in reading.get("entities", []) if among is None or e["id"] in among]
    return any(overlap(m["span"], span) for e in entities for m in e["mentions"])


def actor_differences(row: Item, coding: Item) -> list[Difference]:
    """Return what differs between a CODING (country, sector, rule) and the gold of an actor phrase."""
    if row["function"] != "agent_to_code":
        return []
    rights = zip(("country", "sector"), ("country", "code_1"), actor_rights(row, coding), strict=True)
    return [
        Difference(
            document=row["id"], kind=field, sentence=row["text"], wanted=row["expect"][key] or "none",
            got=coding[field] or "none", detail=f"{row['expect'][key] or 'none'} read as {coding[field] or 'none'}",
            trace=(f"found by {coding['rule']}" if coding["rule"] else "no rule knows the phrase",),
        )
        for field, key, right in rights
        if not right
    ]  # fmt: skip
