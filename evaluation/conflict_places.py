"""Scores the 300 places of `evaluation/places/conflict_places.csv`, by name alone and in a sentence.

Names and points are facts as GeoNames gives them (CC BY 4.0), rounded to hundredths of a degree and put down by hand;
the spellings are those of news, several for some; the sentences are the project's own. A place is right in its country
and within 161 km of its point (a province's point differs from source to source).

    python -m evaluation.conflict_places
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import dragoman
from dragoman.domain.findings import Place
from dragoman.domain.globe import kilometres

LIST = Path(__file__).resolve().parent / "places" / "conflict_places.csv"
REACH_KM = 161.0

Row = dict[str, str]


def rows() -> list[Row]:
    """Return the list."""
    with LIST.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def is_right(row: Row, text: str) -> bool:
    """Tell whether the place of ROW is found in TEXT, where it lies."""
    return any(_fits(row, p) for p in dragoman.read(text).places if row["name"] in p.span.surface(text))


def _fits(row: Row, place: Place) -> bool:
    if place.latitude is None or place.longitude is None or place.country != row["country"]:
        return False
    return kilometres(float(row["latitude"]), float(row["longitude"]), place.latitude, place.longitude) <= REACH_KM


def wrong(form: str) -> Iterator[Row]:
    """Yield the rows that are not right in FORM, `name` or `sentence`."""
    for row in rows():
        if not is_right(row, row[form]):
            yield row


def main() -> None:
    """Print the share that is right in each form, and what is wrong."""
    for form in ("name", "sentence"):
        missed = list(wrong(form))
        print(f"{form}: {100 * (1 - len(missed) / len(rows())):.1f} % right; wrong: {[r['name'] for r in missed]}")


if __name__ == "__main__":
    main()
