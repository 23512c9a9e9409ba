"""The annotated reports of our own can all be used; a bad annotation is named."""

from __future__ import annotations

from pathlib import Path

import pytest
from training.own_reports import PARTS, faults, own_reports

HEAD = "=== talks | 2019-03-12 | wire\n@ ke: government, KEN, GOV\n@ et: government, ETH, GOV\n"


def write(folder: Path, body: str) -> Path:
    (folder / "a.txt").write_text(HEAD + body, encoding="utf-8")
    return folder


def test_all_reports_can_be_used() -> None:
    reports = [report for part in set(PARTS) for report in own_reports(part)]
    assert [f"{r.slug}: {fault}" for r in reports for fault in faults(r)] == []
    assert len({r.slug for r in reports}) == len(reports)


def test_marks_become_spans_of_the_plain_text(tmp_path: Path) -> None:
    folder = write(
        tmp_path,
        "[[Kenya|ke]'s envoy|ke] {met|CONSULT/meet|occurred|ke>et|id=m} [Ethiopia|et]'s. The {talks|=m} ended.\n",
    )
    (report,) = [r for part in set(PARTS) for r in own_reports(part, folder)]
    assert report.text == "Kenya's envoy met Ethiopia's. The talks ended.\n"
    assert [s.surface(report.text) for s in report.spans(["ke"])] == ["Kenya", "Kenya's envoy"]
    (event,) = report.events
    assert (event.type, event.mode, event.actors, event.recipients) == ("CONSULT", "meet", ["ke"], ["et"])
    assert [s.surface(report.text) for s in (event.span, *event.retold)] == ["met", "talks"]


@pytest.mark.parametrize(
    ("body", "word"),
    [
        ("[Kenya|ke] {met|CHAT|occurred|ke>et}.\n", "no such type"),
        ("[Kenya|ke] {met|CONSULT/hug|occurred|ke>et}.\n", "no mode"),
        ("[Kenya|ke] {met|CONSULT|occurred|ke>so}.\n", "so takes part"),
        ("[Chad|td] {met|CONSULT|occurred|ke>et}.\n", "td is marked"),
    ],
)
def test_a_fault_is_named(tmp_path: Path, body: str, word: str) -> None:
    reports = [r for part in set(PARTS) for r in own_reports(part, write(tmp_path, body))]
    assert any(word in fault for report in reports for fault in faults(report))


@pytest.mark.parametrize(
    ("body", "word"), [("[Kenya|ke met.\n", "not closed"), ("The {talks|=x}.\n", "no event labelled")]
)
def test_a_mark_that_cannot_be_read_is_named_with_its_line(tmp_path: Path, body: str, word: str) -> None:
    with pytest.raises(ValueError, match=word):
        [r for part in set(PARTS) for r in own_reports(part, write(tmp_path, body))]
