"""Reads one gold set, scores it and writes the readings: the quick loop while working on a stage.

python -m evaluation.try_set articles|seed|plover|quotations|times|places [--limit N] [--out FILE] [--errors]
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from evaluation.goldsets import SHARED, article_reports, read_cached, task_reports

SETS = {
    "plover": ("plover", ["plover-sentences/train.jsonl"]),
    "quotations": ("quotations", ["quotations/dev.jsonl"]),
    "times": ("times", ["times/timebank.jsonl", "times/aquaint.jsonl"]),
    "places": ("places", ["places/geowebnews.jsonl", "places/lgl.jsonl"]),
}


def main() -> int:
    """Run the loop on the set that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("set", choices=["articles", "seed", *SETS])
    parser.add_argument("--limit", type=int)
    parser.add_argument("--out", type=Path, default=Path(".cache"))
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    if options.set in ("articles", "seed"):
        folder = SHARED / "articles" / ("dev" if options.set == "articles" else "")
        target = options.out / f"{options.set}.jsonl"
        with target.open("wb") as out:
            for reading in read_cached(article_reports(folder)):
                out.write(reading.to_json() + b"\n")
        command = [sys.executable, str(SHARED / "score" / "score_articles.py"), "--gold", str(folder)]
        command += ["--readings", str(target), "--by-article"] + (["--errors"] if options.errors else [])
        return subprocess.run(command, check=False).returncode
    task, files = SETS[options.set]
    for name in files:
        gold = SHARED / "gold" / name
        target = options.out / name.replace("/", "-")
        with target.open("wb") as out:
            for reading in read_cached(task_reports(gold)[: options.limit]):
                out.write(reading.to_json() + b"\n")
        command = [sys.executable, str(SHARED / "score" / "score_tasks.py"), task, "--gold", str(gold)]
        print(name, flush=True)
        subprocess.run([*command, "--readings", str(target)], check=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
