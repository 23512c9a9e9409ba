"""Makes reports and their readings, any number, from templates: what happened is known, so records can be checked.

python -m evaluation.records_corpus --reports 10000 --out readings.jsonl [--truth truth.jsonl]
python -m evaluation.records_corpus --check 200     what the real reader finds in the texts, beside what was put there

Reading 100,000 texts takes hours; a reading is therefore made with its text. About 91 reports a day, three years at
100,000: happenings in 150 countries, most told by one to three reports, a few by up to 200; copies of wire texts,
tolls that rise or differ, plans that are held or called off, looks back at earlier happenings. The first N reports
are the same whatever is asked for, so that 10,000 are as dense as 100,000.
"""

from __future__ import annotations

import argparse
import datetime
import json
import random
import sqlite3
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec

import dragoman
from dragoman.domain.codes import (
    EntityKind,
    EventType,
    Status,
)
from dragoman.lexicon.countries import countries
from evaluation import records_wording as said
from evaluation.records_draft import Draft, Happening, Told

FIRST_DAY = datetime.date(2021, 1, 4)
A_DAY = 40
"""Happenings that begin on a day."""
SIZES = ((52, 1, 1), (22, 2, 2), (12, 3, 3), (10, 4, 8), (3.5, 9, 29), (0.25, 30, 200))
"""Shares of happenings, and how many reports tell them, from and to."""
UNDATED = 0.06
"""Share of the reports whose day the reader is taken to miss."""


class _Slot(msgspec.Struct, frozen=True, order=True):
    published: datetime.date
    happening: int
    number: int
    copied: int


@cache
def towns() -> dict[str, list[tuple[int, str, str, str, float, float]]]:
    """Return the largest towns of each country that has three with plain names: GeoNames id, name, feature, ..."""
    known = countries()
    found: dict[str, list[tuple[int, str, str, str, float, float]]] = {}
    with sqlite3.connect(f"file:{files('dragoman.data') / 'gazetteer.sqlite'}?mode=ro", uri=True) as base:
        rows = base.execute(
            "select id, name, feature, country, admin1, latitude, longitude from places "
            "where feature in ('PPL', 'PPLC', 'PPLA') order by population desc, id"
        )
        for number, name, feature, iso, admin1, latitude, longitude in rows:
            if iso in known and name.isascii() and name.isalpha() and len(found.setdefault(iso, [])) < 12:
                found[iso].append((number, name, feature, admin1 or "", latitude, longitude))
    return {iso: places for iso, places in sorted(found.items()) if len(places) >= 3}


def happenings(days: int, seed: int = 1) -> Iterator[Happening]:
    """Yield what happens in the first DAYS days, in order."""
    known, isos = countries(), list(towns())
    weights = [1 + 40 / (1 + n) for n in range(len(isos))]
    order = random.Random(seed).sample(isos, len(isos))
    kinds = list(said.KINDS)
    for number in range(days * A_DAY):
        rng = random.Random(f"{seed}/{number}")
        iso = rng.choices(order, weights)[0]
        partner = rng.choice([i for i in isos if i != iso])
        kind = rng.choices(kinds, [said.KINDS[k].weight for k in kinds])[0]
        place, second = rng.sample(towns()[iso], 2)
        _, low, high = rng.choices(SIZES, [share for share, _, _ in SIZES])[0]
        fate = rng.choices(("plain", "held", "off"), (6, 3, 1))[0] if said.KINDS[kind].ahead else "plain"
        office, partner_office = rng.choice(said.OFFICES), rng.choice(said.OFFICES)
        side, adjective, thing = rng.choice(said.SIDES), rng.choice(said.ADJECTIVES), rng.choice(said.THINGS)
        crowd = rng.choice(said.CROWDS)
        preposition = f"{side} of" if side in said.SIDES[:4] else side
        words = {
            "country": known[iso].name, "country_adj": _adjective(iso), "town": place[1], "second": second[1],
            "group": _group(iso, rng), "target": rng.choice(said.TARGETS),
            "detail": f"{preposition} the {adjective} {thing}", "crowd": crowd, "crowd_cap": crowd.capitalize(),
            "issue": rng.choice(said.ISSUES), "topic": rng.choice(said.TOPICS), "partner": known[partner].name,
            "office": office, "minister": _person(iso, office), "partner_office": partner_office,
            "partner_minister": _person(partner, partner_office),
        }  # fmt: skip
        yield Happening(
            number=number, kind=kind, day=FIRST_DAY + datetime.timedelta(number // A_DAY), iso=iso, place=place,
            words=words, partner=partner, toll=min(400, 2 + int(rng.expovariate(0.1))), fate=fate,
            size=rng.randint(low, high),
        )  # fmt: skip


def corpus(reports: int, seed: int = 1) -> Iterator[Told]:
    """Yield the first REPORTS reports, by the day of publication."""
    days = reports // 80 + 30
    told = list(happenings(days, seed))
    slots = sorted(slot for happening in told for slot in _slots(happening, seed))
    seen: set[str] = set()
    made = 0
    for slot in slots:
        each = _told(told, slot, seed)
        if each.reading.report.id not in seen:
            seen.add(each.reading.report.id)
            yield each
            made += 1
            if made == reports:
                return


def _slots(happening: Happening, seed: int) -> Iterator[_Slot]:
    """Yield when HAPPENING is reported; every fifth report copies an earlier one's words."""
    rng = random.Random(f"{seed}/{happening.number}/slots")
    spread = 1.0 if happening.size < 9 else 0.35
    for number in range(happening.size):
        lag = min(30, int(rng.expovariate(spread)))
        if happening.fate != "plain" and number % 2 == 0:
            lag = -1 - rng.randint(2, 12)
        copied = rng.randrange(number) if number and rng.random() < 0.2 else number
        yield _Slot(happening.day + datetime.timedelta(lag), happening.number, number, copied)


def _told(all_told: Sequence[Happening], slot: _Slot, seed: int) -> Told:
    happening = all_told[slot.happening]
    rng = random.Random(f"{seed}/{slot.happening}/{slot.copied}/text")
    stage = "plain"
    if slot.published < happening.day:
        soon = (happening.day - slot.published).days <= 3 + 1
        stage = "off" if happening.fate == "off" and soon else "ahead"
    elif happening.fate == "off":
        stage = "off"
    draft = Draft(slot.published)
    kind = said.KINDS[happening.kind]
    tellings = {"plain": kind.plain, "ahead": kind.ahead, "off": kind.off}[stage]
    killed = happening.toll + (rng.choice((-1, 2, 5)) if rng.random() < 0.15 else 0)
    late = max(0, (slot.published - happening.day).days)
    killed = max(1, killed - 2 + min(3, late))
    extra = {
        "day": _day(happening.day, slot.published), "killed": str(killed),
        "injured": str(2 * killed + rng.randrange(3)),
        "count": f"{happening.toll * 50:,}", "voice": rng.choice(said.VOICES),
    }  # fmt: skip
    dated = rng.random() >= UNDATED
    draft.add(rng.choice(tellings), happening, extra, said.STATUSES[stage], kind, happening.number, dated=dated)
    words = {**happening.words, **extra}
    for _ in range(rng.randint(1, 3)):
        draft.plain(rng.choice(said.FILLERS).format(**words))
    if rng.random() < 0.7:
        reaction = rng.randrange(len(said.REACTIONS))
        types = (EventType.ACCUSE, EventType.REQUEST, EventType.ACCUSE)
        of = said.Kind(type=types[reaction], weight=1, other=(EntityKind.ARMED_GROUP, "REB"), plain=())
        number = -1 - (happening.number * len(said.REACTIONS) + reaction)
        draft.add(said.REACTIONS[reaction], happening, extra, Status.OCCURRED, of, number, day=False)
    if rng.random() < 0.25 and (earlier := _earlier(all_told, happening)) is not None:
        back = {"day": _day(earlier.day, slot.published)}
        of = said.KINDS[earlier.kind]
        draft.add(said.BACKDROPS[earlier.kind], earlier, back, Status.OCCURRED, of, earlier.number)
    outlet = random.Random(f"{seed}/{slot.happening}/{slot.number}/outlet").choice(said.OUTLETS)
    draft.plain(f"({outlet}, {slot.published:%d.%m.})")
    return draft.told(outlet, f"made-{slot.happening}-{slot.number}")


def _earlier(all_told: Sequence[Happening], happening: Happening) -> Happening | None:
    """Return the last happening of the country that a report of this one may look back at."""
    for number in range(happening.number - 20, max(-1, happening.number - 600), -1):
        other = all_told[number]
        if other.iso == happening.iso and other.kind in said.BACKDROPS and other.fate == "plain":
            return other
    return None


def _day(day: datetime.date, published: datetime.date) -> str:
    return f"on {day:%A}" if 0 <= (published - day).days <= 5 else f"on {day:%B} {day.day}"


@cache
def _adjective(iso: str) -> str:
    country = countries()[iso]
    return country.demonyms[0] if country.demonyms else country.name


def _person(iso: str, office: str) -> str:
    rng = random.Random(f"{iso}/{office}")
    return f"{rng.choice(said.FIRST_NAMES)} {rng.choice(said.LAST_NAMES)}"


def _group(iso: str, rng: random.Random) -> str:
    return f"{rng.choice(towns()[iso][:3])[1]} {rng.choice(said.GROUPS[:3])}"


def check(number: int) -> dict[str, Any]:
    """Return how many made triggers and figures the real reader finds in NUMBER texts, and how much more it finds."""
    counts: dict[str, int] = dict.fromkeys(
        ("triggers", "found", "same type", "places", "same place", "figures", "read"), 0
    )
    events = 0
    for told in [each for n, each in enumerate(corpus(number * 20)) if n % 20 == 0]:
        made, report = told.reading, told.reading.report
        real = dragoman.read(report.text, published=report.published, source=report.source)
        events += len(real.events)
        for event in made.events:
            near = [e for e in real.events if any(s.overlaps(event.trigger) for s in (e.trigger, *e.mentions))]
            counts["triggers"] += 1
            counts["found"] += bool(near)
            counts["same type"] += any(e.type is event.type for e in near)
        for place in made.places:
            same = {p.geonames_id for p in real.places if p.span.overlaps(place.span)}
            counts["places"] += 1
            counts["same place"] += place.geonames_id in same
        for figure in made.figures:
            counts["figures"] += 1
            counts["read"] += any(f.span.overlaps(figure.span) and f.value == figure.value for f in real.figures)
    return {**counts, "events of the reader": events}


def main() -> int:
    """Write readings, or check texts against the reader."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=10_000)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--truth", type=Path)
    parser.add_argument("--check", type=int, metavar="N")
    options = parser.parse_args()
    if options.check:
        print(json.dumps(check(options.check)))
        return 0
    out = options.out.open("wb") if options.out else sys.stdout.buffer
    with out, (options.truth or Path("/dev/null")).open("w", encoding="utf-8") as truth:
        for told in corpus(options.reports):
            out.write(told.reading.to_json() + b"\n")
            truth.write(json.dumps([told.reading.report.id, told.truth]) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
