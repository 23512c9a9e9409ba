"""The tools that `make bench` runs beside Dragoman: how what they put out is read, scored, timed and told."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest
from evaluation.accuracy import table
from evaluation.goldsets import SHARED
from evaluation.peers import clock, contest, page
from evaluation.peers.contest import FULL, PEERS, Contest, Peer, PeerError, Speed, alone
from evaluation.peers.convert import CONVERTERS, direct, places, quotations, times

TEXT = '\nThe "war" & <b> began on Monday.\nIt ended two days later, on Monday — café.\n'
HEAD = '<?xml version="1.0"?>\n<!DOCTYPE TimeML SYSTEM "TimeML.dtd">\n<TimeML>\n'


def timeml(body: str) -> str:
    return f"{HEAD}{body}\n</TimeML>\n"


def timex(words: str, value: str, more: str = "") -> str:
    return f'<TIMEX3 tid="t1" type="DATE" value="{value}"{more}>{words}</TIMEX3>'


def surfaces(text: str, found: list[dict[str, Any]]) -> list[tuple[str, int, str]]:
    return [(text[slice(*each["span"])], each["span"][0], each["value"]) for each in found]


def test_times_are_where_the_tags_are_in_the_text() -> None:
    body = TEXT.replace("Monday.", timex("Monday", "2016-02-29") + ".")
    body = body.replace("two days later", timex("two days later", "2016-03-02", ' mod="APPROX"'))
    body = body.replace("Monday —", timex("Monday", "2016-03-07") + " —")
    found = times(TEXT, timeml(body))
    assert surfaces(TEXT, found) == [
        ("Monday", TEXT.index("Monday"), "2016-02-29"),
        ("two days later", TEXT.index("two"), "2016-03-02"),
        ("Monday", TEXT.rindex("Monday"), "2016-03-07"),
    ]
    assert {each["type"] for each in found} == {"DATE"}


def test_a_text_that_came_back_changed_is_aligned_by_its_words() -> None:
    body = TEXT.replace("café", "cafe").replace("<b> ", "").replace("on Monday —", f"on {timex('Monday', 'X')} —")
    body = body.replace("began on Monday", f"began on {timex('Monday', 'Y')}")
    assert surfaces(TEXT, times(TEXT, timeml(body))) == [
        ("Monday", TEXT.index("Monday"), "Y"), ("Monday", TEXT.rindex("Monday"), "X"),
    ]  # fmt: skip
    assert times(TEXT, timeml(timex("Friday", "Z"))) == []


def test_intervals_and_broken_timeml_give_no_times_of_their_own() -> None:
    inner = timex("Monday", "2016-02-29")
    body = f'From <TIMEX3INTERVAL earliestBegin="a" latestEnd="b">{inner} to {timex("Friday", "F")}</TIMEX3INTERVAL>.'
    text = "From Monday to Friday."
    assert surfaces(text, times(text, timeml(body))) == [("Monday", 5, "2016-02-29"), ("Friday", 15, "F")]
    assert times(text, "") == []
    assert times(text, timeml("From Monday</TIMEX3> to Friday.")) == []


def test_quotations_of_textacy_keep_its_spans() -> None:
    found = quotations("", [{"speaker": [0, 4], "cue": [5, 9], "content": [10, 20]}])
    assert found == [{"content": [[10, 20]], "speaker_span": [0, 4], "cue_span": [5, 9]}]


def test_places_are_each_span_once_and_the_longest_where_they_overlap() -> None:
    def names(**spans: list[tuple[int, int]]) -> dict[str, Any]:
        return {name: {"count": len(found), "span_info": found, "found_as": []} for name, found in spans.items()}

    found = places(
        "", {"cities": names(york=[(4, 8), (20, 24)], new_york=[(0, 8)]), "countries": names(mali=[(20, 24)])}
    )
    assert [each["span"] for each in found] == [[0, 8], [20, 24]]
    assert {each["latitude"] for each in found} == {None}


@pytest.mark.parametrize(
    ("words", "is_direct"),
    [
        ("“Yes, no”", True),
        ("Yes, no", True),
        ("said", False),
        ("that it", False),
        ("‘maybe’ not", True),
        ("not", False),
    ],
)
def test_direct_quotations_begin_with_a_mark_or_just_after_one(words: str, is_direct: bool) -> None:
    text = "“Yes, no” she said, and that it was ‘maybe’ not so."
    start = text.index(words)
    later = [len(text) - 4, len(text) - 1]
    assert bool(direct(text, [{"content": [later, [start, start + len(words)]]}])) is is_direct


def test_texts_are_dealt_into_rounds_without_loss() -> None:
    rows = [{"id": str(n)} for n in range(7)]
    dealt = contest.deal(rows, 3)
    assert sorted(row["id"] for part in dealt for row in part) == [str(n) for n in range(7)]
    assert [len(part) for part in dealt] == [3, 2, 2]
    assert contest.deal(rows[:1], 3) == [rows[:1]]


def test_the_speed_is_of_all_rounds_and_its_ratio_the_median_one() -> None:
    rounds = [{"cpu": cpu, "wall": cpu, "characters": 10} for cpu in (8.0, 2.0, 3.0)]
    beside = [{"cpu": 1.0}] * 3
    speed = contest.speed(rounds, beside)
    assert (speed.cpu, speed.characters, speed.ratios, speed.ratio) == (13.0, 30, [8.0, 2.0, 3.0], 3.0)


def test_the_clock_counts_the_rows_once_and_keeps_what_was_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [{"id": str(n), "text": "x" * n} for n in range(7)]
    source, target = tmp_path / "texts", tmp_path / "found"
    source.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["run", str(source), str(target)])
    seen = []
    clock.run(lambda row: seen.append(row["id"]) or len(row["text"]), {"tool": "1"}, str)
    assert len(seen) == clock.WARMING + 7
    assert [json.loads(line) for line in target.read_text("utf-8").splitlines()][6] == {"id": "6", "found": "6"}
    told = json.loads(capsys.readouterr().out)
    assert told["versions"] == {"tool": "1"}
    assert told["cpu"] >= 0 <= told["wall"]


def test_every_peer_has_its_runner_its_converter_and_its_pinned_packages() -> None:
    folder = Path(contest.__file__).parent
    makefile = (contest.ROOT / "Makefile").read_text(encoding="utf-8")
    assert f"PEERS = {' '.join(peer.name for peer in PEERS)}\n" in makefile
    for peer in PEERS:
        assert (folder / f"run_{peer.name}.py").exists()
        pinned = (folder / "requirements" / f"{peer.name}.txt").read_text(encoding="utf-8")
        assert "--hash=sha256:" in pinned
        assert "://" not in pinned
        assert peer.part in CONVERTERS
        assert peer.part in page.SHOWN


def made(peer: Peer) -> Contest:
    figures = {title: dict.fromkeys(page.SHOWN[peer.part], 41.26) for title in (peer.title, alone(peer.part))}
    return Contest(
        peer=peer.name,
        machine="A processor, 2 cores",
        versions={peer.title: "9.9", "dragoman": "0"},
        texts=dict.fromkeys(peer.sets, 3),
        figures={peer.sets[0]: figures},
        speed={
            peer.title: Speed(characters=3000, cpu=2.0, wall=2.5, ratios=[1.0, 4.0, 2.0]),
            FULL: Speed(characters=1000, cpu=1.0, wall=1.0, ratios=[3.0]),
        },
    )


def test_the_page_tells_how_good_how_fast_and_under_what_licence() -> None:
    told = "\n".join(page.render([made(peer) for peer in PEERS], table))
    assert "### HeidelTime: times" in told
    assert "| licence | GPL 3" in told
    assert "| version | HeidelTime 9.9 |" in told
    assert "| timebank | HeidelTime | 41.3 | 41.3 | 41.3 | 41.3 |" in told
    assert "| geowebnews | flashgeotext | 41.3 | 41.3 | 41.3 | 41.3 | – |" in told
    assert "| geowebnews | Dragoman, places alone | 41.3 | 41.3 | 41.3 | 41.3 | 41.3 |" in told
    assert "| HeidelTime | 3,000 | 2.0 | 2.5 | 1,500 | 2.00 |" in told
    assert "| Mordecai 3 (3.5.0) | places |" in told


def test_the_kept_contests_are_of_known_tools_and_name_no_path() -> None:
    assert {each.peer for each in contest.load()} <= {peer.name for peer in PEERS}
    if contest.PINNED.exists():
        kept = contest.PINNED.read_text(encoding="utf-8")
        assert "/work" not in kept
        assert "/tmp" not in kept
        assert "\n".join(page.render(contest.load(), table))


def test_contests_are_kept_and_those_of_other_tools_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contest, "PINNED", tmp_path / "peers.json")
    assert contest.load() == []
    contest.save([made(PEERS[1])])
    contest.save([msgspec.structs.replace(made(PEERS[0]), machine="other")])
    assert [(each.peer, each.machine) for each in contest.load()] == [
        ("heideltime", "other"), ("textacy", "A processor, 2 cores"),
    ]  # fmt: skip


def test_the_bench_says_what_is_missing_and_goes_on_past_what_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contest, "HOME", tmp_path)
    monkeypatch.setattr(contest, "PINNED", tmp_path / "peers.json")
    for name in ("heideltime", "textacy"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "installed").touch()

    def measured(peer: Peer, share: int) -> Contest:
        if peer.name == "heideltime":
            raise PeerError("no Java here")
        return made(peer)

    monkeypatch.setattr(page, "measure", measured)
    told: list[str] = []
    page.bench(tell=told.append)
    assert "HeidelTime could not be run: no Java here" in told[0]
    assert "textacy (textacy 9.9) beside Dragoman, 3 texts of quotations-dev" in told[1]
    assert "flashgeotext; `make peers` installs" in told[-1]
    assert [each.peer for each in contest.load()] == ["textacy"]
    page.bench(share=2, tell=told.append)
    assert [each.peer for each in contest.load()] == ["textacy"]


def test_a_tool_that_fails_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(PeerError, match="ZeroDivisionError"):
        contest._ran([sys.executable, "-c", "1 / 0"], [], [{"id": "1", "text": "x"}], {})


@pytest.mark.skipif(not SHARED.exists(), reason="the annotated sets (../shared) are not here; set DRAGOMAN_SHARED")
def test_gold_beside_itself_is_all_right_and_direct_gold_is_a_part() -> None:
    (rows,) = contest.gold_rows(PEERS[1], 10).values()
    found = {
        row["id"]: [
            {"content": q["content"], "speaker_span": q["source"][0], "cue_span": None} for q in row["quotations"]
        ]
        for row in rows
        if all(q["source"] for q in row["quotations"])
    }
    rows = [row for row in rows if row["id"] in found]
    figures = contest.scored("quotations", rows, found)
    assert {view: own["content.f1"] for view, own in figures.items()} == {"": 100.0, ", direct": 100.0}
    assert 0 < figures[", direct"]["gold"] < figures[""]["gold"]
