"""A user's own actor file, CSV or YAML: rows to actors, or all that is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import PurePath

from dragoman.domain.codes import EntityKind
from dragoman.domain.dates import first_day, last_day, overlap
from dragoman.domain.name_keys import name_key
from dragoman.domain.ports import OWN_FILE, ActorRecord, OwnActor
from dragoman.inputs.own_actor_rows import COLUMNS, PARENTS, Problem, Row, csv_rows, yaml_rows
from dragoman.inputs.plain import InputError, read_bytes
from dragoman.lexicon.actors import actor_words, sector_codes, sector_kind
from dragoman.lexicon.countries import countries, country_by_name

MOST_TOLD = 20
"""How many problems of one file are told."""


class ActorFileError(InputError):
    """An actor file that can't be used. Its text has a line for each of `problems`, with file and line."""

    def __init__(self, name: str, problems: Sequence[Problem]) -> None:
        ordered = sorted(set(problems), key=lambda p: (p.line, p.text))
        super().__init__(name, ordered[0].text, ordered[0].line)
        self.problems = [f"{name}:{p.line}: {p.text}" for p in ordered[:MOST_TOLD]]
        if len(ordered) > MOST_TOLD:
            self.problems.append(f"{name}: {len(ordered) - MOST_TOLD} more problems")

    def __str__(self) -> str:
        return "\n".join(self.problems)


def read_own_actors(name: str) -> list[OwnActor]:
    """Return the actors of the file NAME (`.csv`, `.yaml` or `.yml`).

    Raises InputError where the file can't be opened, and ActorFileError with all its problems where it can't be used.
    """
    ending = PurePath(name).suffix.lower()
    if ending not in (".csv", ".yaml", ".yml"):
        raise InputError(name, "an actor file ends in .csv, .yaml or .yml")
    text = _decoded(read_bytes(name), name)
    rows, problems = csv_rows(text) if ending == ".csv" else yaml_rows(text)
    for place, row in enumerate(rows):
        row.place = place
        problems += _problems(row)
    if not rows and not problems:
        problems.append(
            Problem(1, f"holds no actors; a row has {', '.join(COLUMNS)}, of which only `name` is required")
        )
    problems += _doubles(rows)
    above, lost = _parents(rows)
    problems += [*lost, *_cycles(rows, above)]
    if problems:
        raise ActorFileError(name, problems)
    return [_actor(row, above, f"{name}:{row.line}") for row in rows]


def _decoded(data: bytes, name: str) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problem = f"not UTF-8: byte {error.start} of the file is 0x{data[error.start]:02x}; save the file as UTF-8"
        raise ActorFileError(name, [Problem(line, problem)]) from error
    if "\x00" in text:
        line = text.count("\n", 0, text.index("\x00")) + 1
        raise ActorFileError(name, [Problem(line, "is binary or UTF-16, not text; save the file as UTF-8")])
    if not text.strip():
        raise ActorFileError(name, [Problem(1, f"is empty; a row has {', '.join(COLUMNS)}")])
    return text


def _problems(row: Row) -> list[Problem]:
    """Return what is wrong with a row by itself."""
    found = []
    cells = row.cells
    if not cells.get("name"):
        found.append("no name; every actor needs one")
    found += [f"name {name!r} has no letters" for name in row.names if len(name_key(name)) < 2]
    kind, country, sector = (cells.get(c, "") for c in ("kind", "country", "sector"))
    if kind and kind not in list(EntityKind):
        found.append(f"unknown kind {kind!r}; allowed: {', '.join(EntityKind)}")
    if country and country not in countries():
        meant = country.upper() if country.upper() in countries() else country_by_name(country)
        hint = f"; write {meant}" if meant else ", such as KEN, or empty"
        found.append(f"unknown country {country!r}; allowed: an ISO 3166-1 alpha-3 code{hint}")
    if sector and sector not in sector_codes():
        found.append(f"unknown sector {sector!r}; allowed: {', '.join(sector_codes())}")
    dated = True
    for column in ("since", "until"):
        if cells.get(column):
            try:
                first_day(cells[column])
            except ValueError:
                dated = False
                found.append(f"{column} {cells[column]!r} is no date; allowed: 2017-02-07, 2017-02 or 2017")
    row.dated = dated
    if dated and row.since and row.until and first_day(row.since) > last_day(row.until):
        found.append(f"since {row.since} is after until {row.until}")
    return [Problem(row.line, text) for text in found]


def _doubles(rows: Iterable[Row]) -> list[Problem]:
    """Return a problem for every name or id that two rows share on some day."""
    seen: dict[tuple[str, str], list[Row]] = {}
    found = []
    for row in rows:
        keys = dict.fromkeys([("name", name_key(n)) for n in row.names if n])
        if row.cells.get("id"):
            keys[("id", row.cells["id"])] = None
        for key in keys:
            others = seen.setdefault(key, [])
            for other in others:
                if row.dated and other.dated and overlap((row.since, row.until), (other.since, other.until)):
                    written = next((n for n in row.names if name_key(n) == key[1]), key[1])
                    found.append(
                        Problem(
                            row.line,
                            f"{key[0]} {written!r} is that of line {other.line} too; rows that share one need "
                            "`since` and `until` that don't overlap",
                        )
                    )
                    break
            others.append(row)
    return found


def _parents(rows: Sequence[Row]) -> tuple[dict[int, list[Row]], list[Problem]]:
    """Return the rows that each row (by its place) names as those above it, and a problem for each that is missing."""
    by_name: dict[str, list[Row]] = {}
    for row in rows:
        for key in {row.cells.get("id", ""), *(name_key(n) for n in row.names)} - {""}:
            by_name.setdefault(key, []).append(row)
    above: dict[int, list[Row]] = {}
    lost = []
    for row in rows:
        for column in PARENTS:
            wanted = row.cells.get(column, "")
            if not wanted:
                continue
            named = by_name.get(wanted) or by_name.get(name_key(wanted)) or []
            if not named:
                lost.append(Problem(row.line, f"{column} {wanted!r} is no other row's name, alias or id"))
                continue
            then = [r for r in named if row.dated and r.dated and overlap((row.since, row.until), (r.since, r.until))]
            above.setdefault(row.place, []).append((then or named)[0])
    return above, lost


def _cycles(rows: Sequence[Row], above: dict[int, list[Row]]) -> list[Problem]:
    """Return a problem for each ring of rows that a walk upwards closes."""
    found: list[Problem] = []
    done: set[int] = set()
    for row in rows:
        path: list[Row] = [row]
        ways = [iter(above.get(row.place, []))]
        while path and row.place not in done:
            parent = next(ways[-1], None)
            if parent is None:
                done.add(path.pop().place)
                ways.pop()
                continue
            places = [r.place for r in path] if parent.place not in done else []
            if parent.place in places:
                ring = [*path[places.index(parent.place) :], parent]
                names = " > ".join(r.cells.get("name", "") for r in ring)
                found.append(Problem(min(r.line for r in ring), f"is above itself: {names}"))
            elif parent.place not in done:
                path.append(parent)
                ways.append(iter(above.get(parent.place, [])))
    return found


def _actor(row: Row, above: dict[int, list[Row]], listed_at: str) -> OwnActor:
    country, sector = _inherited(row, "country", above), _inherited(row, "sector", above)
    role = row.cells.get("role") or None
    title = actor_words().titles.get(role.lower()) if role else None
    kind = row.cells.get("kind") or (EntityKind.PERSON if role else sector_kind(sector))
    record = ActorRecord(
        name=row.cells["name"],
        kind=str(kind),
        country=country,
        sector=sector or (title.sector if title else None),
        role=title.role if title else role,
        since=row.since,
        until=row.until,
        scheme=OWN_FILE,
        id=row.cells.get("id") or row.cells["name"],
        listed_at=listed_at,
    )
    return OwnActor(record=record, names=tuple(dict.fromkeys(row.names)))


def _inherited(row: Row, column: str, above: dict[int, list[Row]]) -> str | None:
    """Return a row's own cell, or that of the nearest row above that has one."""
    level = [row]
    while level:
        value = next((r.cells[column] for r in level if r.cells.get(column)), None)
        if value:
            return value
        level = list({p.place: p for r in level for p in above.get(r.place, [])}.values())
    return None
