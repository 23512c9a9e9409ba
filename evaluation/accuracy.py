"""Writes docs/accuracy.md: how good the reader is, what each part gives, whether confidence can be believed.

python -m evaluation.accuracy
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from typing import Any

import dragoman
from dragoman.api import shipped_world
from dragoman.reader import World
from evaluation.configurations import CONFIGURATIONS
from evaluation.differences import Difference, Mark
from evaluation.errors import ARTICLES, PLOVER, of_articles, of_plover
from evaluation.evaluate import REFERENCE, SETS, score
from evaluation.goldsets import ROOT, SHARED
from evaluation.peers.contest import Contest, load
from evaluation.peers.page import render as beside_peers
from evaluation.reliability import Bin, binned, calibration_error, judged_articles, plot

PAGE = ROOT / "docs" / "accuracy.md"
PLOT = ROOT / "docs" / "images" / "reliability.svg"
CROSS_VALIDATION = ROOT / "evaluation" / "cross-validation.json"

SEEN = {
    "seed": "seen: the first report that the reader was made to read; a high figure says nothing of other reports",
    "articles-dev": "errors in it were looked at; no model is trained on it and no rule is made for one of its reports",
    "own-held-out": "written and annotated by the author of the program; this tenth of the own reports is not "
    "trained on, and only its figures are looked at",
    "plover-sentences": "seen: errors in it were looked at, and **a classifier of events is trained on it**: "
    "wherever one is used, the figures tell how well it was learnt, not how well new sentences are read",
    "actors": "seen: errors in it were looked at, and the actor lists come in part from its authors",
    "quotations-dev": "errors in it were looked at; the weights of cues come from the training part of the same corpus",
    "timebank": "errors in it were looked at", "aquaint": "errors in it were looked at",
    "clusters": "made by the author of the program, who looked at the errors of the development half, on which the "
    "likeness of claims is trained too; of the kept half only figures were looked at",
    "geowebnews": "errors in it were looked at", "lgl": "errors in it were looked at",
}  # fmt: skip
"""What of each set the program was trained on, or its author has looked at."""

COMPARED = {
    "articles-dev": ("events.type.f1", "events.who.f1", "events.full.f1", "events.status.accuracy", "plans.f1"),
    "own-held-out": ("events.type.f1", "events.who.f1", "events.full.f1", "events.status.accuracy"),
    "plover-sentences": ("root_macro_f1", "quad_macro_f1", "both_ends"),
}
"""The figures on which the configurations are compared."""

UNQUOTABLE = ("a07", "a08", "a09", "a10", "a11")
"""Articles that are their publishers' texts: never quoted."""

QUOTED = 10
"""Words of a text that an example shows at most."""

KINDS = 20


def quotable(difference: Difference) -> bool:
    """Tell whether the text of a difference may be quoted."""
    return not difference.document.startswith(UNQUOTABLE)


def excerpt(difference: Difference) -> str:
    """Return at most QUOTED words of the sentence around its trigger (or its first mark)."""
    marks = sorted(difference.marks, key=lambda m: (m.part != "trigger", m.start)) or [Mark(0, 0, "")]
    text = difference.sentence
    before, after = text[: marks[0].start].split(), text[marks[0].start :].split()
    if marks[0].start and after and not text[marks[0].start - 1].isspace():
        after[0] = before.pop() + after[0]
    left = before[max(0, len(before) - QUOTED // 2) :]
    right = after[: QUOTED - len(left)]
    start = "… " if len(left) < len(before) else ""
    return start + " ".join(left + right) + (" …" if len(right) < len(after) else "")


def frequent(sets: dict[str, list[Difference]]) -> list[tuple[str, str, int, str]]:
    """Return the KINDS most frequent kinds of error over SETS: set, kind (and the mixed-up pair), count, an example."""
    groups: dict[tuple[str, str], list[Difference]] = {}
    for name, differences in sets.items():
        for each in differences:
            mixed = each.kind.startswith("wrong")
            groups.setdefault((name, f"{each.kind}: {each.detail}" if mixed else each.kind), []).append(each)
    ranked = sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))[:KINDS]
    return [
        (name, kind, len(group), next((excerpt(d) for d in group if quotable(d)), ""))
        for (name, kind), group in ranked
    ]  # fmt: skip


def scores(world: World | None, names: Iterable[str]) -> dict[str, dict[str, float]]:
    """Return the figures of the sets NAMES, read by WORLD."""
    kept = set(names)
    return {gold.name: score(gold, quick=False, world=world) for gold in SETS if gold.name in kept}


def page(
    figures: dict[str, dict[str, float]],
    compared: dict[str, dict[str, dict[str, float]]],
    bins: list[Bin],
    errors: list[tuple[str, str, int, str]],
    cross_validation: dict[str, Any] | None,
    contests: Sequence[Contest] = (),
) -> str:
    """Return docs/accuracy.md."""
    return "\n".join(
        [
            "# How good it is",
            "",
            f"Made by `make accuracy` with dragoman {dragoman.__version__}; do not edit. The sets are those of `make",
            "evaluate`; they are not part of this repository. Figures are percent (F1 unless they say otherwise).",
            "",
            "## What the program or its author has seen",
            "",
            *table(["set", "seen"], [[name, SEEN.get(name, "not told")] for name in figures]),
            "",
            *_cross_validated(cross_validation),
            "## Figures",
            "",
            *_figures(figures),
            *beside_peers(contests, table),
            "## With and without its parts",
            "",
            *_compared(compared),
            "",
            "## Can confidence be believed?",
            "",
            *_reliability(bins),
            "",
            "## What still goes wrong most often",
            "",
            f"The {KINDS} most frequent kinds of error over articles-dev and plover-sentences; `make errors SET` shows",
            f"every one with its reason. Examples have at most {QUOTED} words; texts that may not be quoted",
            "give none.",
            "",
            *table(
                ["errors", "set", "kind", "for example"],
                [[str(n), name, kind, f"“{words}”" if words else "–"] for name, kind, n, words in errors],
            ),
        ]
    ) + "\n"  # fmt: skip


def table(head: list[str], rows: list[list[str]]) -> list[str]:
    """Return a table in Markdown."""
    cells = [[cell.replace("|", "\\|").replace("\n", " ") for cell in row] for row in [head, *rows]]
    lines = [f"| {' | '.join(row)} |" for row in cells]
    return [lines[0], "|" + " --- |" * len(head), *lines[1:]]


def _figures(figures: dict[str, dict[str, float]]) -> list[str]:
    lines = []
    for name, own in figures.items():
        lines += [f"### {name}", ""]
        if own:
            notes = {figure: REFERENCE.get(f"{name} {figure}", "") for figure in own}
            head = ["figure", "now"] + (["reference"] if any(notes.values()) else [])
            rows = [[figure, f"{value:.1f}", notes[figure]][: len(head)] for figure, value in own.items()]
            lines += table(head, rows)
        else:
            lines.append("Not scored: its texts are not here.")
        lines.append("")
    return lines


def _compared(compared: dict[str, dict[str, dict[str, float]]]) -> list[str]:
    rows = [
        [name, figure, *(f"{of[name][figure]:.1f}" if figure in of.get(name, {}) else "–" for of in compared.values())]
        for name, chosen in COMPARED.items()
        for figure in chosen
    ]
    return table(["set", "figure", *compared], rows)


def _cross_validated(told: dict[str, Any] | None) -> list[str]:
    if told is None:
        return []
    rows = [[key, f"{told[key]:.1f}"] for key in ("root_macro_f1", "quad_macro_f1", "both_ends") if key in told]
    return [
        f"What the classifier makes of plover-sentences that it was not trained on: {told['how']}", "",
        *table(["figure", "cross-validated"], rows), "",
    ]  # fmt: skip


def _reliability(bins: list[Bin]) -> list[str]:
    rows = [
        [f"{b.low:.1f}–{b.high:.1f}", str(b.events), f"{100 * b.confidence:.0f} %", f"{100 * b.share:.0f} %"]
        for b in bins
    ]
    total = sum(b.events for b in bins)
    return [
        f"The {total} events found in articles-dev, by confidence. An event is right where gold has one of its type in",
        "its sentence (as in `events.type`); what only optional gold has is left out. Expected calibration error:",
        f"{100 * calibration_error(bins):.1f} points. A tenth that holds few events says little.",
        "",
        "![Share of right events by confidence](images/reliability.svg)",
        "",
        *table(["confidence", "events", "mean confidence", "right"], rows),
    ]


def compare(all_figures: dict[str, dict[str, float]]) -> dict[str, dict[str, dict[str, float]]]:
    """Return the compared figures of every configuration; those of the shipped one are known."""
    found = {}
    for name, make in CONFIGURATIONS.items():
        world = make()
        found[name] = all_figures if world == shipped_world() else scores(world, COMPARED)
    return found


def main() -> int:
    """Score everything and write the page and the plot."""
    if not SHARED.exists():
        print(f"no annotated data at {SHARED}; set DRAGOMAN_SHARED", file=sys.stderr)
        return 2
    figures = {}
    for gold in SETS:
        print(f"reading {gold.name} …", flush=True)
        figures[gold.name] = score(gold, quick=False)
    bins = binned(judged_articles(ARTICLES["articles-dev"]))
    errors = {"articles-dev": of_articles(ARTICLES["articles-dev"]), "plover-sentences": of_plover(PLOVER)}
    told = json.loads(CROSS_VALIDATION.read_text(encoding="utf-8")) if CROSS_VALIDATION.exists() else None
    PAGE.write_text(page(figures, compare(figures), bins, frequent(errors), told, load()), encoding="utf-8")
    PLOT.write_text(plot(bins, "Events of articles-dev: confidence and truth"), encoding="utf-8")
    print(f"wrote {PAGE.relative_to(ROOT)} and {PLOT.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
