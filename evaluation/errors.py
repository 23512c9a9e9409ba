"""What differs from gold in an annotated set, by kind of error: a page (HTML) and a list for the terminal.

python -m evaluation.errors articles-dev|seed|plover-sentences|actors [-o FILE.html] [--limit N]

In the sentences for the terminal *trigger*, <actor> and [recipient] are marked (of a quotation: *cue*, [content]).
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import jinja2

from dragoman.exports.text import printable
from dragoman.reader import World
from evaluation.article_errors import article_differences
from evaluation.differences import Difference, counted, details, pieces, signed
from evaluation.goldsets import ROOT, SHARED, actor_codings, article_reports, read_cached, task_reports, task_rows
from evaluation.row_errors import actor_differences, plover_differences

ARTICLES = {"seed": SHARED / "articles", "articles-dev": SHARED / "articles" / "dev"}
PLOVER = SHARED / "gold" / "plover-sentences" / "train.jsonl"
ACTORS = SHARED / "gold" / "actors" / "ngec.jsonl"
ON_TERMINAL = 5
"""Errors of each kind that the terminal shows where no --limit says more."""


def of_articles(folder: Path, world: World | None = None) -> list[Difference]:
    """Return the errors in the articles of FOLDER, read by WORLD (the shipped one)."""
    found = []
    for reading in read_cached(article_reports(folder), world):
        name = str(reading.report.given_id)
        gold = json.loads((folder / f"{name}.gold.json").read_text(encoding="utf-8"))
        found += article_differences(name, reading.report.text, gold, json.loads(reading.to_json()))
    return found


def of_plover(path: Path, world: World | None = None) -> list[Difference]:
    """Return the errors in the PLOVER sentences of the file PATH, read by WORLD (the shipped one)."""
    readings = read_cached(task_reports(path), world)
    pairs = zip(task_rows(path), readings, strict=True)
    return [d for row, reading in pairs for d in plover_differences(row, json.loads(reading.to_json()))]


def of_actors(path: Path) -> list[Difference]:
    """Return the errors in the actor phrases of the file PATH."""
    rows = task_rows(path)
    return [d for row, coding in zip(rows, actor_codings(rows), strict=True) for d in actor_differences(row, coding)]


SETS: dict[str, Callable[[], list[Difference]]] = {
    **{name: partial(of_articles, folder) for name, folder in ARTICLES.items()},
    "plover-sentences": lambda: of_plover(PLOVER),
    "actors": lambda: of_actors(ACTORS),
}


def as_text(name: str, differences: list[Difference], limit: int | None = None) -> str:
    """Return the list for the terminal: the counts of each kind, then at most LIMIT errors of each."""
    groups = counted(differences)
    documents = len({d.document for d in differences})
    lines = [f"{name}: {len(differences)} differences from gold in {documents} documents", ""]
    for kind, group in groups:
        told = ", ".join(f"{detail} {n}" for detail, n in details(group)[:4])
        lines.append(f"{len(group):6}  {kind}" + (f"  ({told})" if told else ""))
    for kind, group in groups:
        lines += ["", f"== {kind} ({len(group)})"]
        for difference in group[:limit]:
            lines += _entry(difference)
        if limit is not None and len(group) > limit:
            lines.append(f"   and {len(group) - limit} more")
    return "\n".join(lines) + "\n"


def _entry(difference: Difference) -> list[str]:
    return [
        f"-- {difference.document}" + (f"  {difference.detail}" if difference.detail else ""),
        f"   {signed(difference)}",
        f"   wanted  {printable(difference.wanted)}",
        f"   got     {printable(difference.got)}",
        *(f"   why     {line}" for line in difference.trace),
    ]


def as_page(name: str, differences: list[Difference], limit: int | None = None) -> str:
    """Return the list as one HTML page that asks no other host for anything, at most LIMIT errors of each kind."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=jinja2.StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    groups: list[dict[str, Any]] = [
        {"kind": kind, "count": len(group), "details": details(group), "shown": group[:limit]}
        for kind, group in counted(differences)
    ]
    return environment.get_template("errors.html").render(
        name=name, groups=groups, total=len(differences), documents=len({d.document for d in differences}),
        pieces=pieces, printable=printable,
    )  # fmt: skip


def main() -> int:
    """Write the page, print the list; 2 where there is no such set here."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("set", choices=SETS, nargs="?", default="articles-dev")
    parser.add_argument("-o", "--output", type=Path, help="where the page goes (.cache/errors-SET.html)")
    parser.add_argument("--limit", type=int, help="show at most so many errors of each kind")
    options = parser.parse_args()
    if not SHARED.exists():
        print(f"no annotated data at {SHARED}; set DRAGOMAN_SHARED", file=sys.stderr)
        return 2
    differences = SETS[options.set]()
    output = options.output or ROOT / ".cache" / f"errors-{options.set}.html"
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text(as_page(options.set, differences, options.limit), encoding="utf-8")
    told = as_text(options.set, differences, ON_TERMINAL if options.limit is None else options.limit)
    try:
        print(f"{told}\nas a page: {output}", flush=True)
    except BrokenPipeError:  # `... | head` has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


if __name__ == "__main__":
    sys.exit(main())
