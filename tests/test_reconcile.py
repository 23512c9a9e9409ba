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
from dragoman.reconcile.closeness import close_to
from dragoman.reconcile.comparison import comparable, likeness
from dragoman.reconcile.contradiction import contradiction
from dragoman.reconcile.evidence import features
from dragoman.reconcile.grouping import group, pair_of
from dragoman.reconcile.kinship import family, kinship, nearest
from dragoman.reconcile.recording import record_of
from dragoman.reconcile.tellings import tellings
from dragoman.reconcile.wording import Sentences, head_of, rarity, setting_of, stem, words_of

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


def test_what_came_of_a_deed_is_no_retelling_of_it() -> None:
    text = "A bomb exploded in Kismayo, killing nine traders.\nThe bomb exploded in Kismayo on Monday, killing traders."
    spans = [Span(text.index(w), text.index(w) + len(w)) for w in ("exploded", "killing", "explod")]
    spans[2] = Span(text.rindex("exploded"), text.rindex("exploded") + 8)
    assert tellings(text, spans) == [(spans[0], spans[2]), (spans[1],)]
    claims = claims_of(dragoman.read("A bomb exploded in Kismayo, killing nine traders.", published=DAY))
    (blast,) = [c for c in claims if c.type is EventType.ASSAULT]
    assert (blast.heads, blast.mentions, blast.counts[0].value) == (("explod", "killin"), (), 9)


def test_the_word_that_a_phrase_turns_on() -> None:
    phrases = ("shot him in the head", "fatally shot", "opened fire", "checked herself into", "with", "", "…")
    assert [head_of(p) for p in phrases] == ["shot", "shot", "fire", "checke", "with", "", ""]


def test_words_of_one_meaning_are_kin_both_ways_and_filed_together() -> None:
    assert kinship("shooti", "shot") == kinship("shot", "shooti") > 0.6
    assert kinship("quake", "earthq") > 0.6
    assert kinship("killed", "killin") >= 0.9
    assert kinship("quake", "shot") == kinship("", "") == 0
    assert nearest(("quake", "shot"), ("shooti",)) == kinship("shot", "shooti")
    assert nearest((), ("shot",)) == 0
    assert family("earthq") == family("quake")


def test_a_report_is_known_by_its_rare_words_and_a_name_once() -> None:
    setting = setting_of("The market of Kismayo burned. Kismayo's market, said people, is the market of the people.")
    assert setting[0] == "^kismay"
    assert set(setting) == {"^kismay", "market", "burned", "people"}
    assert rarity("kismayo"[:6]) > rarity("market") > rarity("people")
    assert setting_of("") == ()


def test_close_words_days_and_amounts() -> None:
    close = close_to(claim("a", text="On Monday two gunmen shot 9 traders in Kismayo in May.", heads=("shot",)))
    assert close.words >= {"gunmen", "trader", "kismay"}
    assert close.days == {"monday", "may"}
    assert close.amounts == {"2", "9"}
    assert close_to(claim("a", text="It may end.", heads=("shot",))) == close_to(
        claim("b", text="It may end.", heads=())
    )


def test_other_names_speak_against_one_happening() -> None:
    def arrest(report: str, player: str, setting: tuple[str, ...]) -> Claim:
        party = Party(name=player, kind="person")
        return claim(
            report, type=EventType.COERCE, heads=("arrest",), recipients=(party,), setting=setting, place=None,
            words=("^charge", "^diego", f"^{player[:6].lower()}", "arrest", "drunk"), text=f"{player} was arrested.",
        )  # fmt: skip

    one = arrest("a", "Jackson", ("^jackso", "^charge", "^diego", "drunk"))
    same = arrest("b", "Jackson", ("^jackso", "^charge", "^diego", "drunk"))
    other = arrest("c", "Merriman", ("^merrim", "^charge", "^diego", "drunk"))
    assert likeness(one, same) > 0.5
    assert likeness(one, same) > likeness(one, other)


def test_groups_that_keep_naming_others_stay_apart_and_a_judgement_joins_them() -> None:
    settings = [("^charge", "^jackso")] * 4 + [("^charge", "^merrim")] * 4
    claims = [claim(f"{n}", setting=setting) for n, setting in enumerate(settings)]
    near = {pair_of(a.id, b.id): 0.9 if a.setting == b.setting else 0.7 for a in claims for b in claims if a.id < b.id}
    assert [len(g) for g in group(claims, near, [])] == [4, 4]
    mixed = [msgspec.structs.replace(c, setting=("^charge",)) for c in claims]
    assert [len(g) for g in group(mixed, near, [])] == [8]
    same = Judgement(
        left=claims[0].id, right=claims[7].id, verdict=Verdict.SAME, who="ada", when="2024-05-15T10:00:00Z"
    )
    assert any({claims[0], claims[7]} <= set(g) for g in group(claims, near, [same]))


def test_contradiction_needs_reports_enough_and_both_sides() -> None:
    one, other = [frozenset({"a", "x"})] * 4, [frozenset({"a", "y"})] * 4
    assert contradiction(one, other) == contradiction(other, one) > 1
    assert contradiction(one[:2], other) == 0
    assert contradiction(one, [frozenset({"a"})] * 4) == 0
    assert contradiction([], []) == 0


def test_words_of_another_meaning_in_one_report_keep_groups_apart() -> None:
    bombs = [claim(r, heads=("bomb",)) for r in "ab"]
    dead = [msgspec.structs.replace(claim(r, heads=("killed",)), id=f"{r}-9-12") for r in "ab"]
    again = [msgspec.structs.replace(c, heads=("bomb",)) for c in dead]
    cross = {pair_of(bombs[n].id, dead[1 - n].id): 0.9 for n in (0, 1)}
    near = {pair_of(bombs[0].id, bombs[1].id): 0.95, pair_of(dead[0].id, dead[1].id): 0.95} | cross
    assert [len(g) for g in group([*bombs, *dead], near, [])] == [2, 2]
    assert [len(g) for g in group([*bombs, *again], near, [])] == [4]


def test_claims_of_one_story_share_a_key_whatever_the_word() -> None:
    one = claim("a", type=None, heads=("quake",), words=("^bandar", "quake"), setting=("^qeshm", "^bandar"), place=None)
    two = claim(
        "b", type=None, heads=("earthq",), words=("earthq", "island"), setting=("^qeshm", "^bandar"), place=None
    )
    assert keys_of(one).meet(keys_of(two))
    assert comparable(one, two)
    month = msgspec.structs.replace(two, published=datetime.date(2024, 9, 1))
    assert not keys_of(one).meet(keys_of(month))
    fire = msgspec.structs.replace(two, heads=("senten",))
    assert not keys_of(one).meet(keys_of(fire))
    assert not comparable(one, fire)
    assert comparable(*(msgspec.structs.replace(c, found_by="happenings.disaster.quake") for c in (one, fire)))
