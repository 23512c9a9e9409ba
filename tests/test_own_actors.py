"""A user's own actor file: what its rows decide, and how a bad one is refused."""

from __future__ import annotations

import datetime
import json
import subprocess
import sys
from pathlib import Path

import pytest

import dragoman
from conftest import contract_faults
from dragoman.actors import code_actor
from dragoman.api import world_with
from dragoman.domain.dates import covers, last_day, overlap
from dragoman.domain.findings import Entity
from dragoman.inputs.own_actors import read_own_actors
from dragoman.inputs.plain import InputError

DAY = datetime.date(2017, 2, 7)
FRONT = """\
name,aliases,kind,country,sector,role,since,until,member_of,id
Zarn Front,FFZ|the Front of Zarn,armed_group,KEN,REB,,,2019-06-30,,front
Zarn Front,FFZ,organization,KEN,PTY,,2019-07,,,front
Juma Okello,,person,,,commander,,,front,okello
Hamas,,organization,PSE,PTY,,,,,
"""


@pytest.fixture
def front(tmp_path: Path) -> Path:
    path = tmp_path / "own.csv"
    path.write_text(FRONT, encoding="utf-8")
    return path


def entities(text: str, actors: Path | str | None, day: datetime.date = DAY) -> dict[str, Entity]:
    reading = dragoman.read(text, published=day, actors=actors)
    assert contract_faults(reading) == []
    return {e.name: e for e in reading.entities}


def faults(tmp_path: Path, text: str | bytes, name: str = "own.csv") -> list[str]:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(InputError) as caught:
        read_own_actors(str(path))
    return [line.replace(f"{path}:", "") for line in str(caught.value).split("\n")]


def test_a_row_decides_inside_its_dates(front: Path) -> None:
    text = "The Zarn Front attacked a village. FFZ gunmen killed two teachers. The Zarn Front denied it."
    then = entities(text, front)["Zarn Front"]
    later = entities(text, front, datetime.date(2021, 1, 5))["Zarn Front"]
    assert (then.kind, then.country, then.sector) == ("armed_group", "KEN", "REB")
    assert (later.kind, later.country, later.sector) == ("organization", "KEN", "PTY")
    words = [m.span.surface(text) for m in then.mentions]
    assert words[0] == "The Zarn Front"
    assert "FFZ" in words
    assert [s.id for s in then.same_as] == ["front"]


def test_the_reason_names_file_and_line(front: Path) -> None:
    found = entities("The Zarn Front attacked a village.", front)["Zarn Front"]
    reasons = [r for r in found.why if r.field == "sector"]
    assert [(r.rule, r.listed_at) for r in reasons] == [("actors.own.file", f"{front}:2")]


def test_a_row_goes_before_the_shipped_list(front: Path) -> None:
    text = "Hamas said on Monday that it would hold a vote."
    assert entities(text, None)["Hamas"].sector == "REB"
    own = entities(text, front)["Hamas"]
    assert (own.sector, own.kind) == ("PTY", "organization")


def test_a_member_takes_country_and_sector_from_its_group(front: Path) -> None:
    text = "Juma Okello met villagers in Nairobi. Okello promised them water."
    found = entities(text, front)["Juma Okello"]
    assert (found.kind, found.country, found.sector, found.role) == ("person", "KEN", "REB", "commander")
    assert [m.span.surface(text) for m in found.mentions] == ["Juma Okello", "Okello"]


def test_a_name_that_a_country_has_can_be_taken(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text("- {name: Jordan, aliases: [Jordan & Sons], kind: organization, country: USA, sector: BUS}\n")
    found = entities("Jordan criticised the new tax. Jordan & Sons sued the city.", path)
    assert next(e for name, e in found.items() if name.startswith("Jordan")).sector == "BUS"


def test_a_row_with_dates_needs_a_day(front: Path) -> None:
    actors = world_with(front).actors
    undated, dated = code_actor("Zarn Front", None, actors), code_actor("Zarn Front", DAY, actors)
    assert undated is None or undated.listed_at is None
    assert dated is not None
    assert dated.listed_at == f"{front}:2"


def test_a_spokesman_of_an_own_group_is_of_it(front: Path) -> None:
    coding = code_actor("a spokesman for the Zarn Front", DAY, world_with(front).actors)
    assert coding is not None
    assert (coding.country, coding.sector) == ("KEN", "REB")


def test_an_own_office_holder_is_named(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("name,country,role,since,until\nWafula Barasa,KEN,Foreign Minister,2017,2017\n")
    actors = world_with(path).actors
    then = code_actor("the Kenyan foreign minister", DAY, actors)
    later = code_actor("the Kenyan foreign minister", datetime.date(2018, 2, 1), actors)
    assert then is not None
    assert later is not None
    assert (then.name, then.sector, then.listed_at) == ("Wafula Barasa", "GOV", f"{path}:2")
    assert later.name != "Wafula Barasa"


def test_an_acronym_needs_its_capitals_and_a_name_its_capital(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("name,sector\nIT,REB\nRose,PTY\nherders,AGR\n")
    actors = world_with(path).actors
    assert actors.own(["it"], None) is None
    assert actors.own(["rose"], None) is None
    assert actors.own(["Herders", "of"], None) is not None


def test_part_of_another_persons_name_is_not_the_own_name(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("name,kind,sector\nClinton,person,BUS\n")
    found = entities("Hillary Clinton spoke in Rome.", path)
    assert found["Hillary Clinton"].sector != "BUS"


def test_a_changed_file_is_read_anew(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("name,sector\nZarn Front,REB\n")
    assert entities("The Zarn Front left.", path)["Zarn Front"].sector == "REB"
    path.write_text("name,kind,sector\nZarn Front,organization,BUS\n")
    assert entities("The Zarn Front left.", path)["Zarn Front"].sector == "BUS"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("name,kind\nA B,club\n", 2, "unknown kind 'club'; allowed: person"),
        ("name,country\nA B,Kenya\n", 2, "unknown country 'Kenya'; allowed: an ISO 3166-1 alpha-3 code; write KEN"),
        ("name,country\nA B,xx\n", 2, "such as KEN"),
        ("name,sector\n\nA B,FOO\n", 3, "unknown sector 'FOO'; allowed: GOV"),
        ("name,sectors\nA B,GOV\n", 1, "unknown column 'sectors'; allowed: name, aliases"),
        ("name,name\nA B,C\n", 1, "column 'name' stands twice"),
        ("kind\nperson\n", 1, "no column `name`"),
        ("name;kind\nA;person\n", 1, "commas"),
        ("name,kind\n,person\n", 2, "no name"),
        ("name\n...\n", 2, "no letters"),
        ("name,since\nA B,7 Feb 2017\n", 2, "since '7 Feb 2017' is no date; allowed: 2017-02-07, 2017-02 or 2017"),
        ("name,until\nA B,2017-02-30\n", 2, "until '2017-02-30' is no date"),
        ("name,since,until\nA B,2018,2017-12\n", 2, "since 2018 is after until 2017-12"),
        ("name\nA B\na b\n", 3, "name 'a b' is that of line 2 too"),
        ("name,aliases\nA B,\nC D,E|A B\n", 3, "name 'A B' is that of line 2 too"),
        ("name,since,until\nA B,2015,2017\nA B,2017-12,\n", 3, "don't overlap"),
        ("name,id\nA B,x\nC D,x\n", 3, "id 'x' is that of line 2 too"),
        ("name,parent\nA B,C D\n", 2, "parent 'C D' is no other row's name, alias or id"),
        ("name,parent\nA B,A B\n", 2, "is above itself: A B > A B"),
        ("name,parent,member_of\nA B,,C D\nC D,E F,\nE F,,A B\n", 2, "is above itself: A B > C D > E F > A B"),
        ("name\nA B,C\n", 2, "2 cells under 1 columns"),
        ('name\n"A B\n', 2, "not CSV"),
        ("", 1, "is empty"),
        ("name,kind\n", 1, "holds no actors"),
        (b"name\nCaf\xe9 Front\n", 2, "not UTF-8: byte 8 of the file is 0xe9"),
        ("name\nA B\n".encode("utf-16-le"), 1, "UTF-16"),
    ],
)
def test_a_bad_csv_is_refused_with_its_line(tmp_path: Path, text: str | bytes, line: int, words: str) -> None:
    found = faults(tmp_path, text)
    assert found[0].startswith(f"{line}: ")
    assert words in found[0]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("name: A B\n", 1, "list of actors"),
        ("- A B\n", 1, "mapping"),
        ("- name: A B\n  kin: person\n", 2, "unknown field 'kin'"),
        ("- name: A B\n- kind: person\n", 2, "no name"),
        ("- name: A B\n  name: C\n", 2, "stands twice"),
        ("- name: [A, B]\n", 1, "not a list"),
        ("- name: A B\n  aliases: [{a: b}]\n", 2, "an alias is a text"),
        ("- name: A B\n- {name: C D, since: 2017-13}\n", 2, "is no date"),
        ("- name: 'A B\n", 2, "not YAML"),
        ("- name: A\x07\n", 1, "not YAML"),
        ("- {name: A B, parent: C D}\n- {name: C D, parent: A B}\n", 1, "above itself"),
    ],
)
def test_a_bad_yaml_is_refused_with_its_line(tmp_path: Path, text: str, line: int, words: str) -> None:
    found = faults(tmp_path, text, "own.yaml")
    assert found[0].startswith(f"{line}: ")
    assert words in found[0]


def test_all_problems_are_told_up_to_twenty(tmp_path: Path) -> None:
    assert len(faults(tmp_path, "name,kind,country\nA B,club,XX\nC D,,\n,person,\n")) == 3
    found = faults(tmp_path, "name,kind\n" + "".join(f"A{i} B,club\n" for i in range(30)))
    assert len(found) == 21
    assert found[-1].endswith("10 more problems")


def test_a_file_of_another_kind_or_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"ends in \.csv"):
        read_own_actors(str(tmp_path / "own.xlsx"))
    with pytest.raises(InputError, match="can't be opened"):
        dragoman.read("Nothing.", actors=tmp_path / "none.csv")


def test_values_of_yaml_are_taken_as_written(tmp_path: Path) -> None:
    path = tmp_path / "own.yml"
    path.write_text("- name: No\n  since: 2017-02\n  until: null\n  aliases: Never|Not at all\n")
    (actor,) = read_own_actors(str(path))
    assert actor.names == ("No", "Never", "Not at all")
    assert (actor.record.since, actor.record.until) == ("2017-02", None)


def test_a_long_chain_of_parents_ends(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    rows = "".join(f"G{i} B,G{i + 1} B,G{i + 1} B,\n" for i in range(3000))
    path.write_text(f"name,parent,member_of,country\n{rows}G3000 B,,,KEN\n")
    assert read_own_actors(str(path))[0].record.country == "KEN"


def test_spans_of_time() -> None:
    assert last_day("2016-02") == datetime.date(2016, 2, 29)
    assert covers("2017", "2017-02", DAY)
    assert not covers("2017", None, None)
    assert overlap((None, "2017"), ("2017-12-31", None))
    assert not overlap((None, "2017"), ("2018", None))


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "dragoman", *arguments]
    return subprocess.run(command, capture_output=True, check=False, encoding="utf-8")


def test_the_commands_take_an_actor_file(front: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text("The Zarn Front attacked a village in Kenya.", encoding="utf-8")
    own = ["--actors", str(front), "--published", "2017-02-07"]
    reading = json.loads(run("read", str(report), "--format", "json", *own).stdout)
    assert ("Zarn Front", "REB") in {(e["name"], e["sector"]) for e in reading["entities"]}
    explained = run("explain", str(report), *own).stdout
    assert "actors.own.file" in explained
    assert f"listed at: {front}:2" in explained
    told = run("actor", "the Zarn Front", *own).stdout
    assert f"{front}:2" in told


@pytest.mark.parametrize("command", ["read", "explain", "actor"])
def test_a_bad_actor_file_ends_a_command(command: str, tmp_path: Path) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text("name,kind,sector\nA B,club,\nC D,,FOO\n", encoding="utf-8")
    report = tmp_path / "report.txt"
    report.write_text("The Zarn Front attacked a village in Kenya.", encoding="utf-8")
    done = run(command, str(report), "--actors", str(bad))
    assert (done.returncode, done.stdout) == (1, "")
    lines = done.stderr.splitlines()
    assert [line.split(": ")[1] for line in lines] == [f"{bad}:2", f"{bad}:3"]
