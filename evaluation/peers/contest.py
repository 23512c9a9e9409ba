"""Runs the other tools and Dragoman on the same texts in turn, scores what they find and times them."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from evaluation.evaluate import SETS
from evaluation.goldsets import ROOT, task_rows
from evaluation.peers.convert import CONVERTERS, Finding, direct
from evaluation.scorers import shared_script

HOME = ROOT / ".cache" / "peers"
PINNED = ROOT / "evaluation" / "peers.json"

ROUNDS = 3
"""Parts that the texts of a contest are dealt into; in each, one tool after the other reads the same texts."""

Row = dict[str, Any]
Figures = dict[str, dict[str, float]]
"""By tool: the figures of the shared scorer."""


class Peer(msgspec.Struct, frozen=True, kw_only=True):
    """Another tool: its environment in HOME, the part of a reading that it is for, and what a reader should know."""

    name: str
    title: str
    part: str
    sets: tuple[str, ...]
    licence: str
    made_for: str
    settings: str
    untried: tuple[str, ...] = ()
    """Figures of the scorer for something that the tool is not made for."""

    @property
    def python(self) -> Path:
        """The Python of its environment."""
        return HOME / self.name / "bin" / "python"

    @property
    def installed(self) -> bool:
        """Whether `make peers` has made its environment."""
        return (HOME / self.name / "installed").exists()


class Speed(msgspec.Struct, frozen=True):
    """The seconds that CHARACTERS took; `ratios` are the CPU seconds of each round to those of Dragoman's part."""

    characters: int
    cpu: float
    wall: float
    ratios: list[float]

    @property
    def ratio(self) -> float:
        """The ratio of the median round."""
        return sorted(self.ratios)[len(self.ratios) // 2]


class Contest(msgspec.Struct, frozen=True):
    """One tool beside Dragoman: where, on what, how good (by set) and how fast (by tool)."""

    peer: str
    machine: str
    versions: dict[str, str]
    texts: dict[str, int]
    figures: dict[str, Figures]
    speed: dict[str, Speed]


class PeerError(Exception):
    """A tool that could not be run."""


PEERS = (
    Peer(
        name="heideltime", title="HeidelTime", part="times", sets=("timebank", "aquaint"),
        licence="GPL 3; its TreeTagger: for research, teaching and evaluation only",
        made_for="times, in 13 languages and four kinds of text; its English rules were tuned on these two sets, the "
        "training data of TempEval-3",
        settings="English, news, day of publication given, TreeTagger; one Java machine for all texts",
    ),
    Peer(
        name="textacy", title="textacy", part="quotations", sets=("quotations-dev",),
        licence="Apache 2.0",
        made_for="direct quotations with a speaker and a cue beside them, among much else; no indirect ones",
        settings="`direct_quotations` on spaCy's parse by the same model as Dragoman's, a paragraph at a time: a text "
        "with an unpaired quotation mark is refused whole (content F1 rises by it)",
    ),
    Peer(
        name="flashgeotext", title="flashgeotext", part="places", sets=("geowebnews", "lgl"),
        licence="MIT; its lists are from GeoNames, CC BY 3.0",
        made_for="countries and cities of its lists, very fast; no coordinates, no choice between namesakes, no other "
        "kinds of place",
        settings="its own lists, case-sensitive",
        untried=("within_161_km_of_all",),
    ),
)  # fmt: skip


def alone(part: str) -> str:
    """Return the title of Dragoman's PART."""
    return f"Dragoman, {part} alone"


FULL = "Dragoman, full reading"
"""Only of the first round: it is here for scale, and takes longest."""


def machine() -> str:
    """Return the processor and the Python, without a name or a path of the machine."""
    model = platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        lines = info.read_text(encoding="utf-8").splitlines()
        model = next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), model)
    return f"{model}, {os.cpu_count()} cores, Python {platform.python_version()}"


def deal(rows: list[Row], rounds: int) -> list[list[Row]]:
    """Return ROWS dealt into as many parts as ROUNDS, none of them empty."""
    return [part for part in (rows[i::rounds] for i in range(rounds)) if part]


def gold_rows(peer: Peer, share: int) -> dict[str, list[Row]]:
    """Return one of every SHARE rows of the gold sets of PEER."""
    return {s.name: task_rows(s.path)[::share] for s in SETS if s.name in peer.sets}


def views(
    part: str, gold: dict[str, Row], found: dict[str, Row]
) -> Iterator[tuple[str, dict[str, Row], dict[str, Row]]]:
    """Yield what is scored of a set: all, and of quotations the direct ones alone, in GOLD as in what was FOUND."""
    yield "", gold, found
    if part == "quotations":
        wanted, got = (
            {key: {**row, part: direct(gold[key]["text"], row[part])} for key, row in rows.items()}
            for rows in (gold, found)
        )
        yield ", direct", wanted, got


def scored(part: str, rows: list[Row], found: dict[str, list[Finding]]) -> dict[str, dict[str, float]]:
    """Return the scorer's figures of what was FOUND in ROWS, by view, flat."""
    gold = {row["id"]: row for row in rows}
    told = {row["id"]: {part: found[row["id"]]} for row in rows}
    score = getattr(shared_script("score_tasks"), part)
    return {view: _flat(score(wanted, got)) for view, wanted, got in views(part, gold, told)}


def _flat(result: dict[str, Any]) -> dict[str, float]:
    inner = {f"{k}.{name}": float(n) for k, v in result.items() if isinstance(v, dict) for name, n in v.items()}
    return inner | {key: float(value) for key, value in result.items() if not isinstance(value, dict)}


def measure(peer: Peer, share: int = 1) -> Contest:
    """Return how PEER and Dragoman do on the same texts. Raises PeerError where PEER can't be run."""
    sets = gold_rows(peer, share)
    rows = [{**row, "id": f"{name}/{row['id']}"} for name, part in sets.items() for row in part]
    module = "evaluation.peers.run_"
    runs = {
        peer.title: [str(peer.python), "-m", f"{module}{peer.name}"],
        alone(peer.part): [sys.executable, "-m", f"{module}dragoman"],
        FULL: [sys.executable, "-m", f"{module}dragoman"],
    }
    words = {alone(peer.part): [peer.part], FULL: ["read"]}
    found: dict[str, dict[str, Any]] = {title: {} for title in runs}
    told: dict[str, list[Row]] = {title: [] for title in runs}
    for number, part in enumerate(deal(rows, ROUNDS)):
        for title, command in runs.items():
            if title != FULL or not number:
                told[title].append(_ran(command, words.get(title, []), part, found[title]))
    texts = {row["id"]: row["text"] for row in rows}
    convert = CONVERTERS[peer.part]
    found[peer.title] = {key: convert(texts[key], value) for key, value in found[peer.title].items()}
    figures: dict[str, Figures] = {}
    for title in (peer.title, alone(peer.part)):
        for name, own in sets.items():
            here = {row["id"]: _listed(found[title][f"{name}/{row['id']}"]) for row in own}
            for view, values in scored(peer.part, own, here).items():
                figures.setdefault(name + view, {})[title] = values
    beside = told[alone(peer.part)]
    return Contest(
        peer=peer.name,
        machine=machine(),
        versions={k: v for each in told.values() for k, v in each[0]["versions"].items()},
        texts={name: len(own) for name, own in sets.items()},
        figures=figures,
        speed={title: speed(each, beside[: len(each)]) for title, each in told.items()},
    )


def speed(rounds: list[Row], beside: list[Row]) -> Speed:
    """Return what ROUNDS took, and their CPU seconds to those of the same rounds of Dragoman's part, BESIDE."""
    ratios = [round(a["cpu"] / max(b["cpu"], 1e-9), 3) for a, b in zip(rounds, beside, strict=True)]
    cpu, wall = (round(sum(each[key] for each in rounds), 2) for key in ("cpu", "wall"))
    return Speed(characters=sum(each["characters"] for each in rounds), cpu=cpu, wall=wall, ratios=ratios)


def _listed(findings: list[Finding]) -> list[Finding]:
    """Return FINDINGS with lists where Python has tuples, as they are in JSON."""
    result: list[Finding] = json.loads(json.dumps(findings))
    return result


def _ran(command: list[str], words: list[str], rows: list[Row], found: dict[str, Any]) -> Row:
    """Run a tool over ROWS, add what it finds to FOUND, and return its seconds and versions."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}
    with tempfile.TemporaryDirectory() as folder:
        texts, output = Path(folder) / "texts.jsonl", Path(folder) / "found.jsonl"
        kept = [{key: row.get(key) for key in ("id", "text", "published")} for row in rows]
        texts.write_text("".join(json.dumps(row) + "\n" for row in kept), encoding="utf-8")
        line = [*command, str(texts), str(output), *words]
        done = subprocess.run(line, capture_output=True, text=True, check=False, cwd=ROOT, env=environment)
        if done.returncode:
            raise PeerError((done.stderr.strip().splitlines() or [f"left with {done.returncode}"])[-1])
        found.update((row["id"], row["found"]) for row in map(json.loads, output.read_text("utf-8").splitlines()))
    result: Row = json.loads(done.stdout.strip().splitlines()[-1])
    return result | {"characters": sum(len(row["text"]) for row in rows)}


def load() -> list[Contest]:
    """Return the contests of the last `make bench`, none where there was none."""
    return msgspec.json.decode(PINNED.read_bytes(), type=list[Contest]) if PINNED.exists() else []


def save(contests: list[Contest]) -> None:
    """Keep CONTESTS, and those of other tools that were kept before."""
    kept = {c.peer: c for c in load()} | {c.peer: c for c in contests}
    ordered = [kept[peer.name] for peer in PEERS if peer.name in kept]
    PINNED.write_bytes(msgspec.json.format(msgspec.json.encode(ordered), indent=1) + b"\n")
