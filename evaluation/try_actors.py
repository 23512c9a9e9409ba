"""Codes the phrases of the actor gold set and scores them.

python -m evaluation.try_actors [--errors] [--out FILE]
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import subprocess
import sys
from pathlib import Path

from dragoman.actors import code_actor

SHARED = Path(os.environ.get("DRAGOMAN_SHARED", Path(__file__).resolve().parents[2] / "shared"))
GOLD = SHARED / "gold" / "actors" / "ngec.jsonl"


def query_day(value: str | None) -> datetime.date | None:
    """Return the day that a row asks about, as the gold writes it ("'2022-05-01'", "'12 April 2022'")."""
    text = (value or "").strip("'\" ")
    for form in ("%Y-%m-%d", "%d %B %Y"):
        try:
            return datetime.datetime.strptime(text, form).date()
        except ValueError:
            continue
    return None


def main() -> int:
    """Code every phrase, write the lines, print errors where asked, and score."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--errors", action="store_true", help="print every phrase that is coded otherwise")
    parser.add_argument("--out", type=Path, default=Path(".cache/actors.jsonl"))
    options = parser.parse_args()
    options.out.parent.mkdir(parents=True, exist_ok=True)
    with options.out.open("w", encoding="utf-8") as out:
        for line in GOLD.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            coding = code_actor(row["text"], query_day(row["options"].get("query_date")))
            country, sector = (coding.country, coding.sector) if coding else (None, None)
            print(json.dumps({"given_id": row["id"], "country": country, "sector": sector}), file=out)
            expect = row["expect"]
            wrong = [
                f"{field} {got or '-'} not {expect[key] or '-'}"
                for field, key, got in (("country", "country", country), ("sector", "code_1", sector))
                if key in expect and (got or "") != expect[key]
            ]
            if options.errors and row["function"] == "agent_to_code" and wrong:
                print(f"{row['text']:50} {'; '.join(wrong):40} {coding.rule if coding else ''}")
    score = [sys.executable, str(SHARED / "score" / "score_tasks.py"), "actors", "--gold", str(GOLD)]
    return subprocess.run([*score, "--readings", str(options.out)], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
