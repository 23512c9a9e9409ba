"""The same input gives the same bytes: in another process, with another hash seed, in a batch of any order."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from conftest import EXAMPLE
from dragoman.lexicon.source import load_entries, topics


def read_lines(path: Path, seed: str) -> list[bytes]:
    command = [sys.executable, "-m", "dragoman", "read", "--format", "jsonl", str(path)]
    done = subprocess.run(command, capture_output=True, check=True, env={**os.environ, "PYTHONHASHSEED": seed})
    return done.stdout.splitlines()


def test_same_bytes_with_another_hash_seed_and_order(tmp_path: Path) -> None:
    texts = [x["text"] for topic in topics() for e in load_entries(topic) for x in e.finds[:1]][::10][:60]
    texts.append(EXAMPLE.read_text(encoding="utf-8"))
    rows = [json.dumps({"id": str(n), "text": text, "published": "2024-05-14"}) for n, text in enumerate(texts)]
    there, back = tmp_path / "there.jsonl", tmp_path / "back.jsonl"
    there.write_text("\n".join(rows), encoding="utf-8")
    back.write_text("\n".join(reversed(rows)), encoding="utf-8")
    first = read_lines(there, "0")
    assert first == read_lines(there, "12345")
    assert first == read_lines(back, "77")[::-1]
