"""Records of older rules: they are told of and made anew, in batches, with all that people decided."""

from __future__ import annotations

import datetime
from itertools import islice
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import text

from dragoman.cli.main import main
from dragoman.domain.reading import Reading
from dragoman.domain.records import Claim, Verdict
from dragoman.store import remaking
from dragoman.store.ingest import Outcome, ingest
from dragoman.store.judging import judge
from dragoman.store.opening import Store, open_store
from dragoman.store.queries import judgement_log, record, records
from dragoman.store.remaking import by_other_rules, count_by_other_rules, forget_rules, remake
from told import WordReconciler, told

READINGS = [
    told("miners block coast road\nharbour closes", 3),
    told("miners block coast road again", 4),
    told("miners block the coast road", 5),
    told("harbour closes early", 6),
    told("teachers march", 7),
]


class Newer(WordReconciler):
    """Leaves out short claims, and compares the first words only."""

    def __init__(self) -> None:
        super().__init__()
        self.rules = "words-2"

    def claims_of(self, reading: Reading) -> list[Claim]:
        return [claim for claim in super().claims_of(reading) if len(claim.words) > 2]

    def likeness(self, left: Claim, right: Claim) -> float:
        return float(left.words[:2] == right.words[:2])


def state(store: Store) -> bytes:
    return msgspec.json.encode(records(store))


def fill(store: Store, reconciler: WordReconciler) -> None:
    for reading in READINGS:
        ingest(store, reading, reconciler)


def test_what_other_rules_made_is_made_anew_as_if_new(store: Store, tmp_path: Path) -> None:
    fill(store, WordReconciler())
    assert not by_other_rules(store, "words-1")
    assert by_other_rules(store, "words-2")
    assert list(remake(store, Newer())) == sorted(reading.report.id for reading in READINGS)
    assert not by_other_rules(store, "words-2")
    with open_store(str(tmp_path / "new.db")) as new:
        fill(new, Newer())
        assert state(store) == state(new)
    assert list(remake(store, Newer())) == []


def test_an_empty_store_is_of_no_other_rules(store: Store) -> None:
    assert not by_other_rules(store, "words-1")


def test_it_goes_on_where_it_was_cut_off(store: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(remaking, "AT_ONCE", 2)
    fill(store, WordReconciler())
    first = list(islice(remake(store, Newer()), 2))
    assert count_by_other_rules(store, "words-2") == 3
    ingest(store, told("miners block coast road still", 8), Newer())
    assert not {*first} & {*remake(store, Newer())}
    with open_store(str(tmp_path / "new.db")) as new:
        fill(new, Newer())
        ingest(new, told("miners block coast road still", 8), Newer())
        assert state(store) == state(new)


def test_every_claim_has_its_record_at_every_moment(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remaking, "AT_ONCE", 1)
    fill(store, WordReconciler())
    lacking = text("select count(*) from claim where id not in (select claim from membership)")
    for _ in remake(store, Newer()):
        with store.reading() as connection:
            assert connection.execute(lacking).scalar() == 0


def test_a_failure_leaves_what_was_there(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(store, WordReconciler())
    before = state(store)
    failing = Newer()
    monkeypatch.setattr(failing, "record_of", lambda claims, judgements: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        list(remake(store, failing))
    assert state(store) == before


def test_judgements_outlive_claims_that_go_and_come_back(store: Store) -> None:
    """Rules and readings may lose a claim that was judged; once it is found again, the judgement stands again."""
    fill(store, WordReconciler())
    closes, march = (r.claims[0].id for r in records(store) if r.claims[0].text in ("harbour closes", "teachers march"))
    judge(store, closes, march, Verdict.SAME, "Ana", "2024-06-01", None, WordReconciler())
    before = state(store)
    assert record(store, closes) == record(store, march)
    list(remake(store, Newer()))
    assert not {closes, march} & {c.id for r in records(store) for c in r.claims}
    list(remake(store, WordReconciler()))
    assert state(store) == before
    assert len(judgement_log(store)) == 1


def test_judgements_outlive_readings_that_lose_a_claim_and_find_it_again(store: Store) -> None:
    words = "port strike goes on\n[2] ferry crews join in"
    first, other = told("\n".join(("lorries queue at border",))), told(words, version="2.0.0")
    ingest(store, first, WordReconciler())
    ingest(store, other, WordReconciler())
    lorries, ferry = (r.claims[0].id for r in records(store) if r.claims[0].text[:3] in ("lor", "[2]"))
    judge(store, lorries, ferry, Verdict.SAME, "Ana", "2024-06-01", None, WordReconciler())
    before = state(store)
    assert ingest(store, told(words, version="3.0.0"), WordReconciler()).outcome is Outcome.REPLACED
    assert ferry not in {c.id for r in records(store) for c in r.claims}
    again = WordReconciler()
    again.claims_of = lambda reading: WordReconciler.claims_of(again, told(words, version="2.0.0"))  # type: ignore
    assert ingest(store, told(words, version="4.0.0"), again).outcome is Outcome.REPLACED
    assert state(store) == before


def test_columns_that_an_older_version_did_not_keep_are_filled(store: Store) -> None:
    fill(store, WordReconciler())
    columns = text("select id, latest, added, conflicts from record order by id")
    with store.writing() as connection:
        full = connection.execute(columns).all()
        connection.execute(text("update record set latest = null, added = null, conflicts = 7"))
    forget_rules(store)
    list(remake(store, WordReconciler()))
    with store.reading() as connection:
        assert connection.execute(columns).all() == full
        assert {row.latest for row in full} == {datetime.date(2024, 5, day).isoformat() for day in (5, 6, 7)}


def test_the_command_makes_anew_what_the_others_tell_of(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    where = ["--store", str(tmp_path / "a.db")]
    with open_store(where[1]) as store:
        fill(store, WordReconciler())
    assert main(["records", *where]) == 0
    told_of = capsys.readouterr().err
    assert told_of.startswith("dragoman records: some records were made by other rules")
    assert f"`dragoman reconcile --store {where[1]}`" in told_of
    assert main(["reconcile", *where]) == 0
    assert capsys.readouterr() == ("5 reports reconciled anew\n", "")
    assert main(["reconcile", *where]) == 0
    assert capsys.readouterr().out == "all records are made by the rules of this version\n"
    assert main(["upcoming", *where]) == 0
    assert capsys.readouterr().err == ""
    assert main(["reconcile", "--all", *where]) == 0
    assert capsys.readouterr().out == "5 reports reconciled anew\n"
