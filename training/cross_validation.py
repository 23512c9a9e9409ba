"""Cross-validates the event classifier on the PLOVER sentences, end to end: nothing is given but the sentence.

python -m training.cross_validation --base FOLDER [--folds 5]

For each fold, `training/event_model.py` trains its last stage without that part of the sentences (the first two stages
hold none of them), and the whole reader reads the part left out. Writes `evaluation/cross-validation.json`.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import msgspec
from evaluation.evaluate import SCORES
from evaluation.goldsets import ROOT, SHARED, read_cached, task_reports, task_rows

from dragoman.api import shipped_world
from dragoman.engines.event_classifier import OnnxEventClassifier

GOLD = SHARED / "gold" / "plover-sentences" / "train.jsonl"
RESULT = ROOT / "evaluation" / "cross-validation.json"
HOW = (
    "{folds}-fold over the {count} sentences: the classifier's last training stage leaves each part out in turn, the "
    "stages before it hold no sentence of this set; the codebooks were written with most of these sentences seen"
)


def main() -> int:
    """Train where a fold's model is missing, read all folds, score them together, write the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--base", type=Path, required=True, help="folder with MiniLM's config, weights and tokenizer")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument(
        "--models", type=Path, default=ROOT / ".cache" / "training", help="where fold-N folders are kept"
    )
    parser.add_argument("--python", default=sys.executable, help="a Python with torch, to train with")
    options = parser.parse_args()
    reports, rows = task_reports(GOLD), task_rows(GOLD)
    with tempfile.TemporaryDirectory() as folder:
        readings = Path(folder) / "readings.jsonl"
        with readings.open("wb") as out:
            for fold in range(options.folds):
                model = options.models / f"fold-{fold}"
                if not (model / "event-classifier.onnx").exists():
                    command = [options.python, "-m", "training.event_model", "--base", str(options.base)]
                    part = ["--fold", str(fold), "--folds", str(options.folds), "--out", str(model)]
                    subprocess.run([*command, *part], check=True)
                world = msgspec.structs.replace(shipped_world(), classifier=OnnxEventClassifier(model))
                for number, reading in enumerate(read_cached(reports, world)):
                    if number % options.folds == fold:
                        out.write(reading.to_json() + b"\n")
        command = [sys.executable, str(SCORES / "score_tasks.py"), "plover", "--gold", str(GOLD)]
        done = subprocess.run([*command, "--readings", str(readings)], capture_output=True, text=True, check=True)
    figures = json.loads(done.stdout)
    figures["how"] = HOW.format(folds=options.folds, count=len(rows))
    RESULT.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(figures, indent=1))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
