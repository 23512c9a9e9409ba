"""From readings to records: claims, which are of one happening, and what they say of it together."""

from __future__ import annotations

import datetime
import random
from typing import Any

import msgspec

import dragoman
from dragoman.domain.codes import EventType, Measure, Precision, Status
from dragoman.domain.records import Claim, Count, Judgement, Party, Record, Spot, Verdict
from dragoman.domain.spans import Span
from dragoman.reconcile.blocking import keys_of
from dragoman.reconcile.claims import claims_of
from dragoman.reconcile.comparison import comparable, likeness
from dragoman.reconcile.evidence import features
from dragoman.reconcile.grouping import group, pair_of
from dragoman.reconcile.recording import record_of
from dragoman.reconcile.wording import Sentences, stem, words_of

BLAST = "A bomb in the market of Kismayo killed {} people on Monday, police said."
DAY = datetime.date(2024, 5, 14)


def count(value: float | None, precision: Precision = Precision.EXACT, **fields: Any) -> Count:
    known = {"figure": "f1", "measure": Measure.KILLED, "who": "people", "period": None, "span": Span(0, 1)}
    return Count(**known | {"value": value, "low": None, "high": None, "precision": precision, "source": None} | fields)


def claim(name: str, *counts: Count, **fields: Any) -> Claim:
    known: dict[str, Any] = {
        "id": f"{name}-0-4", "report": name, "given_id": name, "event": "e1", "trigger": Span(0, 4), "text": "A bomb.",
        "type": EventType.ASSAULT, "status": Status.OCCURRED, "counts": counts, "published": DAY, "heads": ("bomb",),
        "words": ("^kismay", "bomb", "market"), "confidence": 0.8, "place": Spot(name="Kismayo", country="SOM"),
    }  # fmt: skip
    return Claim(**known | fields)


def day(number: int) -> datetime.date:
    return DAY + datetime.timedelta(days=number)


def test_a_reading_claims_its_events_and_the_harm_that_no_event_holds() -> None:
    text = "Kenya and Somalia met in Nairobi. A flood left three people dead."
    reading = dragoman.read(text, published=DAY, given_id="r1")
    claims = claims_of(reading)
    assert [(c.type, text[c.trigger.start : c.trigger.end]) for c in claims] == [
        (EventType.CONSULT, "met"),
        (None, "flood"),
        (None, "dead"),
    ]
    assert claims[2].counts[0].value == 3
    assert {p.name for p in (*claims[0].actors, *claims[0].recipients)} >= {"Kenya", "Somalia"}


def test_the_id_of_a_claim_stays_when_the_text_is_read_again() -> None:
    first, again = (claims_of(dragoman.read(BLAST.format(9), published=d)) for d in (DAY, day(3)))
    assert [c.id for c in first] == [c.id for c in again]
    assert first


def test_two_reports_of_one_blast_are_more_alike_than_of_two_blasts() -> None:
    one, two = (
        claims_of(dragoman.read(t, published=DAY))[0]
        for t in (BLAST.format(9), "The bomb that hit the market of Kismayo killed 11 people, officials said.")
    )
    far = claims_of(dragoman.read("A bomb at a school in Garowe killed two people in March.", published=DAY))[0]
    assert keys_of(one).meet(keys_of(two))
    assert likeness(one, two) > likeness(one, far)
    assert likeness(one, two) == likeness(two, one)
    assert features(one, two) == features(two, one)


def test_claims_of_one_report_or_of_days_apart_are_not_compared() -> None:
    one = claim("a", interval=("2024-05-13", "2024-05-13"))
    assert not comparable(one, msgspec.structs.replace(one, id="a-9-12"))
    assert not comparable(one, claim("b", interval=("2024-05-20", "2024-05-20")))
    assert comparable(one, claim("b", interval=("2024-05-12", None)))


def test_groups_do_not_depend_on_the_order_of_claims() -> None:
    chance = random.Random(4)
    claims = [claim(f"{n:02}") for n in range(14)]
    for _ in range(25):
        likely = {pair_of(a.id, b.id): round(chance.random(), 2) for a in claims for b in claims if a.id < b.id}
        wanted = [[c.id for c in g] for g in group(claims, likely, [])]
        shuffled = chance.sample(claims, len(claims))
        pairs = list(likely.items())
        chance.shuffle(pairs)
        assert [[c.id for c in g] for g in group(shuffled, dict(pairs), [])] == wanted


def test_a_judgement_outranks_the_likeness_and_the_latest_stands() -> None:
    a, b = claim("a"), claim("b")
    likely = {(a.id, b.id): 0.99}
    assert len(group([a, b], likely, [])) == 1
    apart = Judgement(left=b.id, right=a.id, verdict=Verdict.DIFFERENT, who="ada", when="2024-05-15T10:00:00Z")
    assert len(group([a, b], likely, [apart])) == 2
    again = msgspec.structs.replace(apart, verdict=Verdict.SAME)
    assert len(group([a, b], {}, [apart, again])) == 1
    unsure = msgspec.structs.replace(apart, verdict=Verdict.UNSURE)
    assert len(group([a, b], likely, [apart, unsure])) == 1


def test_a_plan_that_was_held_has_occurred_and_keeps_its_history() -> None:
    plan = claim("a", status=Status.PLANNED)
    record = record_of([claim("b", published=day(3)), plan])
    assert record.status is Status.OCCURRED
    assert [h.status for h in record.history] == [Status.PLANNED, Status.OCCURRED]
    assert record.id == "r-a-0-4"
    called_off = record_of([plan, claim("b", status=Status.DID_NOT_HAPPEN, published=day(3))])
    assert called_off.status is Status.DID_NOT_HAPPEN


def test_a_record_is_the_same_whatever_the_order_and_names_each_party_once() -> None:
    party = Party(name="The Rebels", kind="group")
    fuller = Party(name="Rebels", kind="group", country="SOM")
    claims = [claim("a", actors=(party,)), claim("b", actors=(fuller,)), claim("c", count(3))]
    record = record_of(claims)
    assert record_of(claims[::-1]) == record
    assert record.actors == (fuller,)
    assert msgspec.json.decode(msgspec.json.encode(record), type=Record) == record


def test_words_and_sentences_of_a_telling() -> None:
    text = "Guards fled. The shelling of Daraya’s market went on.\nNobody was hurt."
    start, end = Sentences(text).around(Span(text.index("shelling"), text.index("shelling") + 8))
    assert text[start:end] == "The shelling of Daraya’s market went on."
    assert words_of(text[start:end]) == ("^daraya", "market", "shelli", "went")
    assert stem("Attacking") == stem("attacked") == "attack"
