"""The rows of an actor file as written, with their lines, from CSV or YAML."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import NamedTuple

import msgspec
import yaml

PARENTS = ("member_of", "parent")
COLUMNS = ("name", "aliases", "kind", "country", "sector", "role", "since", "until", *PARENTS, "id")
_ALLOWED = f"allowed: {', '.join(COLUMNS)}"


class Problem(NamedTuple):
    """What is wrong in a line."""

    line: int
    text: str


class Row(msgspec.Struct, kw_only=True):
    """One actor as written: its cells by column, names, place in the file, and whether its dates can be read."""

    line: int
    cells: dict[str, str]
    aliases: list[str]
    dated: bool = True
    place: int = 0

    @property
    def names(self) -> list[str]:
        """Name and aliases."""
        return [n for n in (self.cells.get("name", ""), *self.aliases) if n]

    @property
    def since(self) -> str | None:
        """First day, month or year, or None."""
        return self.cells.get("since") or None

    @property
    def until(self) -> str | None:
        """Last day, month or year, or None."""
        return self.cells.get("until") or None


Found = tuple[list[Row], list[Problem]]


def csv_rows(text: str) -> Found:
    """Return the rows of a CSV text with a header line, and what is wrong with its form."""
    lines = _csv_lines(text)
    rows: list[Row] = []
    problems: list[Problem] = []
    header: list[str] | None = None
    try:
        for line, cells in lines:
            cells = [cell.strip() for cell in cells]
            if not any(cells):
                continue
            if header is None:
                header = [cell.lower() for cell in cells]
                problems += _header_problems(header, line)
                if problems:
                    break
                continue
            if len(cells) > len(header):
                more = f"{len(cells)} cells under {len(header)} columns; quote a cell that holds a comma"
                problems.append(Problem(line, more))
                continue
            found = dict(zip(header, cells, strict=False))
            rows.append(Row(line=line, cells=found, aliases=_split(found.pop("aliases", ""))))
    except csv.Error as error:
        problems.append(Problem(error.args[1] if len(error.args) > 1 else 1, f"not CSV: {error.args[0]}"))
    return rows, problems


def _csv_lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each record with the line that it begins on."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise csv.Error(str(error), line) from error
        yield line, record


def _header_problems(header: list[str], line: int) -> list[Problem]:
    found = [Problem(line, f"unknown column {name!r}; {_ALLOWED}") for name in header if name not in COLUMNS]
    found += [Problem(line, f"column {name!r} stands twice") for name in {n for n in header if header.count(n) > 1}]
    if "name" not in header:
        found.append(Problem(line, f"no column `name` in the header line; {_ALLOWED} (with commas between them)"))
    return found


def yaml_rows(text: str) -> Found:
    """Return the rows of a YAML text, a list of mappings, and what is wrong with its form.

    Values are taken as written, so that `no` stays a word and 2017-02 a month.
    """
    try:
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        return [], [Problem(line, f"not YAML: {error.problem}")]
    except (yaml.YAMLError, RecursionError) as error:
        return [], [Problem(1, f"not YAML: {str(error).splitlines()[0]}")]
    if not isinstance(node, yaml.SequenceNode):
        return [], [Problem(_line(node), "an actor file is a list of actors, each `- name: ...`")]
    rows: list[Row] = []
    problems: list[Problem] = []
    for item in node.value:
        if not isinstance(item, yaml.MappingNode):
            problems.append(Problem(_line(item), f"an actor is a mapping with at least `name:`; {_ALLOWED}"))
            continue
        rows.append(_yaml_row(item, problems))
    return rows, problems


def _yaml_row(item: yaml.MappingNode, problems: list[Problem]) -> Row:
    cells: dict[str, str] = {}
    aliases: list[str] = []
    for key, value in item.value:
        column = str(key.value) if isinstance(key, yaml.ScalarNode) else "?"
        if column not in COLUMNS:
            problems.append(Problem(_line(key), f"unknown field {column!r}; {_ALLOWED}"))
        elif column in cells or (column == "aliases" and aliases):
            problems.append(Problem(_line(key), f"field {column!r} stands twice"))
        elif column == "aliases" and isinstance(value, yaml.SequenceNode):
            for alias in value.value:
                if isinstance(alias, yaml.ScalarNode):
                    aliases.append(_scalar(alias))
                else:
                    problems.append(Problem(_line(alias), "an alias is a text"))
        elif not isinstance(value, yaml.ScalarNode):
            problems.append(Problem(_line(value), f"field {column!r} is a text, not a list or mapping"))
        elif column == "aliases":
            aliases = _split(_scalar(value))
        else:
            cells[column] = _scalar(value)
    return Row(line=_line(item), cells=cells, aliases=[a for a in aliases if a])


def _scalar(node: yaml.ScalarNode) -> str:
    value = str(node.value).strip()
    return "" if not node.style and value in ("~", "null", "Null", "NULL") else value


def _line(node: yaml.Node | None) -> int:
    return node.start_mark.line + 1 if node is not None else 1


def _split(cell: str) -> list[str]:
    return [name for part in cell.split("|") if (name := part.strip())]
