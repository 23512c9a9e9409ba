"""What the counts of a record come to: quantities, which claims stand, best, low and high by a stated rule."""

from __future__ import annotations

from typing import Any

import pytest

import dragoman
from dragoman.domain.codes import Measure, Precision, Status
from dragoman.domain.records import Claim
from dragoman.reconcile.claims import claims_of
from dragoman.reconcile.recording import record_of
from test_copies import OTHER, SHORT, WIRE, told
from test_reconcile import DAY, claim, count, day

ABOUT, LEAST, MOST, RANGE = Precision.APPROXIMATE, Precision.AT_LEAST, Precision.AT_MOST, Precision.BETWEEN
YEAR = ("2024-01-01", "2024-12-31")


def figures(*claims: Claim) -> list[tuple[Any, Any, Any, str]]:
    return [(f.best, f.low, f.high, f.why.removeprefix("figures.best.")) for f in record_of(claims).figures]


def two(first: Any, second: Any, days: int = 1, **fields: Any) -> list[Claim]:
    return [claim("a", first, **fields), claim("b", second, published=day(days), **fields)]


POLICE = {"source": "police"}
OFFICE = {"source": "ministry", "official": True}


@pytest.mark.parametrize(
    ("claims", "wanted"),
    [
        ([claim("a", count(9))], (9, 9, 9, "only")),
        (two(count(9), count(9)), (9, 9, 9, "agreed")),
        (two(count(9), count(11)), (11, 9, 11, "latest")),
        (two(count(9), count(11), outlet="Wire"), (11, 11, 11, "later")),
        (two(count(9), count(11), outlet="Wire", days=0), (11, 9, 11, "most-told")),
        (two(count(9, **POLICE), count(11, **POLICE)), (11, 11, 11, "later")),
        (two(count(9, **POLICE), count(11, source="medics")), (11, 9, 11, "latest")),
        (two(count(9, **POLICE), count(11, source="medics"), outlet="Wire"), (11, 9, 11, "latest")),
        (two(count(9), count(11, **OFFICE), outlet="Wire"), (11, 11, 11, "later")),
        (two(count(30, source="rebels"), count(9), outlet="Wire"), (9, 9, 30, "latest")),
        (two(count(9, source="medics"), count(11), outlet="Wire"), (11, 11, 11, "later")),
        (two(count(52, **POLICE), count(50, LEAST, **POLICE)), (52, 52, 52, "exact")),
        (two(count(52), count(50, ABOUT)), (52, 52, 52, "exact")),
        (two(count(52), count(70, ABOUT)), (70, 52, 70, "latest")),
        (two(count(52), count(50, LEAST)), (52, 52, 52, "exact")),
        (two(count(50, LEAST), count(40, LEAST)), (50, 50, 50, "exact")),
        (two(count(9), count(20, LEAST), days=0), (9, 9, 20, "exact")),
        (two(count(60, MOST), count(52)), (52, 52, 52, "exact")),
        (two(count(40, MOST), count(52)), (52, 40, 52, "latest")),
        (two(count(None, LEAST, low=24), count(37)), (37, 37, 37, "exact")),
        (two(count(None, RANGE, low=50, high=60), count(57)), (57, 57, 57, "exact")),
        ([claim("a", count(None, RANGE, low=50, high=60))], (None, 50, 60, "range")),
        ([claim("a", count(9)), claim("b", count(30)), claim("c", count(30))], (30, 9, 30, "most-told")),
        ([claim("a", count(7, **OFFICE)), claim("b", count(12), published=day(2))], (7, 7, 12, "official")),
        (
            [claim("a", count(7, **OFFICE)), claim("b", count(9, source="army", official=True), published=day(2))],
            (9, 7, 9, "latest"),
        ),
        ([claim("a", count(6, **POLICE), count(2, figure="f2", **POLICE))], (6, 6, 6, "whole")),
        ([claim("a", count(30, **OFFICE), count(8, figure="f2", source="rebels"))], (30, 8, 30, "official")),
        (
            [claim("a", count(500), status=Status.PLANNED), claim("b", count(300), published=day(2))],
            (300, 300, 300, "later"),
        ),
    ],
)  # fmt: skip
def test_best_low_and_high_of_a_toll(claims: list[Claim], wanted: tuple[Any, ...]) -> None:
    assert figures(*claims) == [wanted]
    assert figures(*reversed(claims)) == [wanted]


def test_a_copied_count_is_the_wire_s_and_falls_with_it() -> None:
    wire = told("a", WIRE, counts=(count(9),), outlet="Wire")
    copy = told("b", SHORT, counts=(count(9),), outlet="Daily", published=day(3))
    later = told("c", OTHER, counts=(count(12),), outlet="Wire", published=day(1))
    assert figures(wire, copy, later) == [(12, 12, 12, "later")]
    assert record_of([wire, copy, later]).conflicts == ()


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (YEAR, None),
        (("2024-01-01", None), ("2024-05-13", "2024-05-13")),
        (("2024-02-01", "2024-02-29"), ("2024-03-01", "2024-03-31")),
    ],
)
def test_tolls_of_other_scopes_are_not_mixed(first: Any, second: Any) -> None:
    record = record_of(two(count(900, period=first), count(9, period=second)))
    assert sorted(f.best or 0 for f in record.figures) == [9, 900]
    assert record.conflicts == ()


def test_this_year_and_since_its_start_are_one_scope() -> None:
    assert figures(*two(count(190, period=YEAR), count(190, period=("2024-01-01", None)))) == [
        (190, 190, 190, "agreed")
    ]
    since = two(count(8000, period=("2024-05-11", None)), count(8000, period=("2024-05-14", "2024-05-14")))
    assert figures(*since) == [(8000, 8000, 8000, "agreed")]


def test_groups_are_told_apart_by_a_report_that_has_both() -> None:
    both = claim("a", count(5, who="soldiers"), count(5, figure="f2", who="civilians"))
    assert len(figures(both, claim("b", count(5, who="soldiers")))) == 2
    assert len(figures(*two(count(9, who="farmers"), count(9, who="villagers")))) == 1
    assert len(figures(*two(count(9, who="farmers"), count(4, who="soldiers")))) == 2
    assert len(figures(*two(count(4, who="officers", **POLICE), count(6, who="police", **POLICE)))) == 1
    assert len(figures(*two(count(4, who="soldiers"), count(6, who="people")))) == 1
    marchers = two(
        count(60, who=None, measure=Measure.PROTESTERS), count(20, who="protesters", measure=Measure.PROTESTERS)
    )
    assert len(figures(*marchers)) == 1


def test_contradicting_tolls_are_a_conflict_and_both_stay() -> None:
    record = record_of([claim("a", count(9)), claim("b", count(30))])
    (conflict,) = record.conflicts
    assert conflict.field == "figures.killed"
    assert [(s.value, s.claims) for s in conflict.values] == [(9, ("a-0-4",)), (30, ("b-0-4",))]
    assert [c.value for c in record.figures[0].claims] == [9, 30]


@pytest.mark.parametrize(
    "claims",
    [
        two(count(52), count(50, ABOUT)),
        two(count(9), count(11), outlet="Wire"),
        two(count(None, RANGE, low=50, high=60), count(57)),
        two(count(None, RANGE, low=50, high=60), count(50, LEAST)),
    ],
)
def test_what_rounds_or_came_later_is_no_conflict(claims: list[Claim]) -> None:
    assert record_of(claims).conflicts == ()


def test_counts_of_the_state_are_official() -> None:
    text = "Police said nine people were killed in Kismayo on Monday. The rebels said 30 people were killed."
    counts = [k for c in claims_of(dragoman.read(text, published=DAY)) for k in c.counts]
    assert [(k.value, k.official) for k in counts] == [(9, True), (30, False)]


@pytest.mark.parametrize(
    ("statuses", "wanted"),
    [
        ([Status.PLANNED, Status.OCCURRED], Status.OCCURRED),
        ([Status.PLANNED, Status.DID_NOT_HAPPEN], Status.DID_NOT_HAPPEN),
        ([Status.OCCURRED, Status.CALLED_FOR], Status.OCCURRED),
        ([Status.OCCURRED, Status.ONGOING], Status.ONGOING),
    ],
)
def test_the_status_is_the_latest_and_no_plan_undoes_an_outcome(statuses: list[Status], wanted: Status) -> None:
    claims = [claim("a", status=statuses[0]), claim("b", status=statuses[1], published=day(1))]
    record = record_of(claims[::-1])
    assert record.status is wanted
    assert [h.status for h in record.history] == statuses
    assert record.conflicts == ()


def test_a_plan_made_anew_is_planned_for_its_new_day() -> None:
    later = ("2024-06-08", "2024-06-08")
    off = claim("a", status=Status.DID_NOT_HAPPEN, interval=("2024-05-14", "2024-05-14"))
    anew = claim("b", status=Status.PLANNED, interval=later, published=day(1))
    assert (record_of([off, anew]).status, record_of([off, anew]).interval) == (Status.PLANNED, later)


def test_a_copied_plan_does_not_undo_its_outcome() -> None:
    plan, copy = (told(n, t, status=Status.PLANNED, published=day(d)) for n, t, d in (("a", WIRE, 0), ("b", SHORT, 3)))
    assert record_of([plan, copy, claim("c", status=Status.OCCURRED, published=day(2))]).status is Status.OCCURRED


@pytest.mark.parametrize("status", [Status.DENIED, Status.DID_NOT_HAPPEN])
def test_outcomes_that_still_stand_contradict_each_other(status: Status) -> None:
    fields = [conflict.field for conflict in record_of([claim("a"), claim("b", status=status)]).conflicts]
    assert fields == ["status"]
    corrected = [claim("a", outlet="Wire"), claim("b", status=status, outlet="Wire", published=day(1))]
    assert record_of(corrected).conflicts == ()


def test_days_that_overlap_are_no_conflict() -> None:
    week, inner = ("2024-05-13", "2024-05-19"), ("2024-05-14", "2024-05-14")
    assert record_of([claim("a", interval=week), claim("b", interval=inner)]).conflicts == ()
    other = ("2024-05-16", "2024-05-16")
    assert [c.field for c in record_of([claim("a", interval=inner), claim("b", interval=other)]).conflicts] == [
        "interval"
    ]
