"""What the store counts for pages."""

from __future__ import annotations

import datetime

import msgspec
import pytest

from desk.shown import BY
from dragoman.domain.codes import EventType, Status
from dragoman.store import faceting
from dragoman.store.faceting import Order, actors, extent, facets, listed, located, newest, streamed
from dragoman.store.ingest import ingest
from dragoman.store.opening import Store
from dragoman.store.queries import Wanted, count, records
from told import told


def test_facets_count_what_the_same_question_with_another_value_gives(store: Store) -> None:
    asked = [
        Wanted(),
        Wanted(type=EventType.ASSAULT),
        Wanted(status=Status.OCCURRED, country="KEN"),
        Wanted(conflict=True, text="miners"),
        Wanted(actor="Ana", conflict=False),
        Wanted(party="Ana", since=datetime.date(2024, 5, 19)),
    ]
    for wanted in asked:
        found = facets(store, wanted)
        assert found.total == count(store, wanted)
        for field, tallies in (("type", found.types), ("status", found.statuses), ("country", found.countries)):
            for tally in tallies:
                other = msgspec.structs.replace(wanted, **{field: tally.value})
                assert tally.count == count(store, other), (wanted, tally)
        assert found.contested == tuple(
            count(store, msgspec.structs.replace(wanted, conflict=choice)) for choice in (True, False)
        )


def test_actors_are_counted_by_record_and_have_names(store: Store) -> None:
    assert [(a.name, a.count) for a in actors(store)] == [("Ana", 3), ("Ben", 1)]
    assert [(a.name, a.count) for a in actors(store, Wanted(country="KEN", party="Ana"))] == [("Ben", 1)]
    assert [(a.name, a.count) for a in actors(store, Wanted(actor="ana", text="raid"))] == [("Ana", 1)]
    for actor in actors(store):
        assert count(store, Wanted(party=actor.name)) == actor.count


def test_whoever_is_only_a_word_is_no_actor(store: Store) -> None:
    ingest(store, told("strike in town #11 +we\nraid in town #12 +police", 11), BY)
    assert [a.name for a in actors(store)] == ["Ana", "Ben"]


def test_a_part_of_the_map_may_lie_over_the_date_line(store: Store) -> None:
    over = {r.place.country for r in records(store, Wanted(bbox=(170.0, -30.0, -160.0, 0.0)))}
    assert over == {"FJI", "WSM"}
    assert {r.place.country for r in records(store, Wanted(bbox=(30.0, -5.0, 40.0, 5.0)))} == {"KEN"}
    assert located(store, Wanted(), 2)[1] == 5
    assert len(located(store, Wanted(), 2)[0]) == 2


def test_lists_are_sorted_and_what_lacks_a_day_comes_last(store: Store) -> None:
    oldest = [r.interval and r.interval[0] for r in listed(store, order=Order.OLDEST)]
    assert oldest == ["2024-05-03", "2024-05-09", "2024-05-10", "2024-05-20", "2024-05-25", None]
    assert [r.interval and r.interval[0] for r in listed(store, order=Order.NEWEST)] == [*oldest[4::-1], None]
    assert listed(store, order=Order.REPORTS)[0].reports == 2
    assert listed(store)[0].interval is None  # reported last, on the 21st
    assert listed(store, limit=2, offset=1) == listed(store)[1:3]
    assert list(streamed(store)) == listed(store)
    assert extent(store).undated == 1


def test_what_came_last_is_new(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    before = {r.id for r in newest(store, 10)}
    with store.writing() as connection:
        connection.execute(faceting.RECORD.update().values(added="2020-01-01T00:00:00+00:00"))
    ingest(store, told("harbour ablaze tonight #1", 1), BY)
    assert newest(store, 1)[0].id not in before
