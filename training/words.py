"""Counts how rare words are in news, and learns which of them mean nearly the same happening.

python -m training.words --base FOLDER [--out src/dragoman/data]

Words are counted over the texts of the annotated sets in `../shared/gold`, but for those of coreference, which measure
what is made of them. Nearness is the cosine of two words, each read by itself by the base model (MiniLM, unpacked by
`training/base_model.py`), less the mean of all words; the words of one stem count together. Needs torch and
transformers (`training/requirements.txt`).
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from math import log
from pathlib import Path

import numpy as np
from evaluation.goldsets import ROOT, SHARED, task_rows

from dragoman.reconcile.kinship import KIN
from dragoman.reconcile.wording import DULL, stem, words_of

Vectors = np.ndarray[tuple[int, ...], np.dtype[np.float32]]
OUT = ROOT / "src" / "dragoman" / "data"
SETS = (
    "quotations/train", "stories/ngec-synthetic", "places/lgl", "places/geowebnews", "events/rams", "times/timebank",
    "times/aquaint", "plover-sentences/train",
)  # fmt: skip
LETTERS = re.compile(r"[^\W\d_]+")
FEWEST_REPORTS = 3
FEWEST_TIMES = 2
SHORTEST = 3
UNKNOWN = 1.5
"""In how many of the reports a word counts as standing that too few have."""
MOST_KIN = 12
BATCH = 256


def texts() -> Iterator[str]:
    """Yield the texts that words are counted in."""
    for name in SETS:
        for row in task_rows(SHARED / "gold" / f"{name}.jsonl"):
            yield row["text"]


def rarities() -> dict[str, float]:
    """Return how rare each stem is; "" stands for those that too few reports have."""
    held: Counter[str] = Counter()
    reports = 0
    for text in texts():
        reports += 1
        held.update({word.lstrip("^") for word in words_of(text)})
    found = {word: round(log(reports / n), 2) for word, n in held.items() if n >= FEWEST_REPORTS}
    return found | {"": round(log(reports / UNKNOWN), 2)}


def small_words() -> list[str]:
    """Return the words in small letters that stand often enough to be learnt, sorted."""
    held: Counter[str] = Counter()
    for text in texts():
        held.update(word for word in LETTERS.findall(text) if word.islower())
    return sorted(w for w, n in held.items() if n >= FEWEST_TIMES and w not in DULL and len(w) >= SHORTEST)


def embeddings(words: list[str], base: Path) -> Vectors:
    """Return the vector that the model in the folder BASE gives each of WORDS, read by itself."""
    import torch
    from transformers import AutoModel, AutoTokenizer

    tokenizer, model = AutoTokenizer.from_pretrained(base), AutoModel.from_pretrained(base).eval()
    parts = []
    with torch.no_grad():
        for start in range(0, len(words), BATCH):
            batch = tokenizer(words[start : start + BATCH], padding=True, return_tensors="pt")
            states, mask = model(**batch).last_hidden_state, batch["attention_mask"].unsqueeze(-1)
            parts.append(((states * mask).sum(1) / mask.sum(1)).numpy())
    found = np.concatenate(parts)
    made: Vectors = found / np.linalg.norm(found, axis=1, keepdims=True)
    return made


def nearness(words: list[str], vectors: Vectors) -> dict[str, float]:
    """Return how near the stems of WORDS are, by pair ("earthq quake": 0.74), for the nearest of each."""
    vectors = vectors - vectors.mean(0)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    places = defaultdict(list)
    for place, word in enumerate(words):
        places[stem(word)].append(place)
    stems = sorted(places)
    means = np.array([vectors[places[s]].mean(0) for s in stems])
    means /= np.linalg.norm(means, axis=1, keepdims=True)
    found = {}
    for place, row in enumerate(means @ means.T):
        for other in np.argsort(-row, kind="stable")[: MOST_KIN + 1]:
            if other != place and row[other] >= KIN:
                found[" ".join(sorted((stems[place], stems[other])))] = round(float(row[other]), 2)
    return found


def main() -> int:
    """Count, learn and write both files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--base", type=Path, default=ROOT / ".cache" / "training" / "base")
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    words = small_words()
    for name, weights in (("rarity", rarities()), ("kinship", nearness(words, embeddings(words, options.base)))):
        path = options.out / f"{name}.json"
        path.write_text(json.dumps(weights, indent=0, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")
        print(path, len(weights))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
