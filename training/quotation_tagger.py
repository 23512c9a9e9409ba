"""Trains the quotation tagger on the PolNeAR corpus and writes it as ONNX (int8), with its labels.

python -m training.quotation_tagger --base FOLDER --gold TRAIN.jsonl

Needs what `training/requirements.txt` lists; what users install does not. One encoder (MiniLM, 22 M parameters) reads
windows of word pieces, each with labels of its token added to its embedding: grammar, and what the cues of the codebook
make of it (`stages/quotations/hints.py`). Each piece is marked outside, first of a content, further in it, or first of
a content's next stretch; the first piece of a content points to its speaker, its cue and its own first stretch.
Every twentieth article is left out, to choose thresholds by.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from torch import nn
from transformers import AutoModel

from dragoman.domain.ports import HintedToken
from dragoman.domain.spans import Span
from dragoman.engines.onnx import tokenizer_of
from dragoman.engines.quotation_encoding import CLS, SEP, pieces_of, windows
from dragoman.engines.quotation_tagger import AGAIN, BEGIN, INSIDE, OUT
from dragoman.engines.spacy_parser import SpacyParser
from dragoman.stages.quotations.assembly import draft_quotations
from dragoman.stages.quotations.hints import hints
from training.fitting import descend, export_int8

ROOT = Path(__file__).resolve().parent.parent
SEED = 7
WIDTH = 64
"""Numbers by which a first piece asks, and a pointed-to piece answers."""
BATCH = 16
LEFT_OUT = (20, 7)
IGNORED = -100


class QuotationModel(nn.Module):  # type: ignore[misc]  # torch is not installed where types are checked
    """The encoder with its heads: marks, and what asks and answers of each piece."""

    def __init__(self, base: Path, sizes: list[int]) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(base)
        self.encoder.embeddings.requires_grad_(False)
        width = self.encoder.config.hidden_size
        self.tags = nn.Linear(width, 4)
        self.q = nn.Linear(width, 3 * WIDTH)
        self.k = nn.Linear(width, 3 * WIDTH)
        self.drop = nn.Dropout(0.1)
        self.fe = nn.ModuleList([nn.Embedding(size, width) for size in [*sizes, 2]])
        for table in self.fe:
            nn.init.normal_(table.weight, std=0.005)

    def forward(self, ids: torch.Tensor, mask: torch.Tensor, labels: torch.Tensor) -> tuple[torch.Tensor, ...]:
        """Return logits of marks (rows x pieces x 4), what asks and what answers (rows x pieces x 3 WIDTH)."""
        inputs = self.encoder.embeddings.word_embeddings(ids)
        for number, table in enumerate(self.fe):
            inputs = inputs + table(labels[:, :, number])
        hidden = self.drop(self.encoder(inputs_embeds=inputs, attention_mask=mask).last_hidden_state)
        return self.tags(hidden), self.q(hidden), self.k(hidden)


def hinted(rows: list[dict[str, Any]]) -> list[list[HintedToken]]:
    """Return the tokens of the texts of ROWS with their labels."""
    engine = SpacyParser()
    found = []
    for start in range(0, len(rows), 24):
        for parse in engine.parse_many([r["text"] for r in rows[start : start + 24]]):
            found.append(hints(parse, draft_quotations(parse)))
    return found


def examples_of(
    tokenizer: Tokenizer, row: dict[str, Any], tokens: list[HintedToken], numbers: list[dict[str, int]]
) -> list[dict[str, Any]]:
    """Return the windows of one annotated text as numbers; a content inside of another is left out."""
    parts = windows(tokenizer, row["text"], tokens, numbers)
    spans = [s for p in parts for s in p.spans]
    marks = [OUT] * len(spans)
    pointers = []
    for quotation in sorted(row["quotations"], key=lambda q: q["content"][0][0] - q["content"][-1][1]):
        stretches = [p for p in (pieces_of(spans, Span(*s)) for s in quotation["content"]) if p]
        if not stretches or any(marks[i] for s in stretches for i in s):
            continue
        for number, stretch in enumerate(stretches):
            for piece in stretch:
                marks[piece] = INSIDE
            marks[stretch[0]] = AGAIN if number else BEGIN
        said = [[i for s in quotation[name] for i in pieces_of(spans, Span(*s))] for name in ("source", "cue")]
        pointers += [(stretch[0], [*said, [stretches[0][0]]]) for stretch in stretches]
    found, start = [], 0
    for part in parts:
        end = start + len(part.ids)
        rows = [0] * (len(numbers) + 1)
        found.append(
            {
                "ids": [CLS, *part.ids, SEP],
                "labels": [rows, *part.labels, rows],
                "marks": [IGNORED, *marks[start:end], IGNORED],
                "pointers": [
                    (first - start + 1, [[i - start + 1 for i in to if start <= i < end] for to in targets])
                    for first, targets in pointers
                    if start <= first < end
                ],
            }
        )
        start = end
    return found


def loss_of(model: QuotationModel, batch: list[dict[str, Any]]) -> torch.Tensor:
    """Return the loss of BATCH: marks, and pointers (the window's first piece stands for nothing told)."""
    longest = max(len(r["ids"]) for r in batch)
    ids = torch.zeros(len(batch), longest, dtype=torch.long)
    mask, marks = torch.zeros_like(ids), torch.full_like(ids, IGNORED)
    labels = torch.zeros(len(batch), longest, len(batch[0]["labels"][0]), dtype=torch.long)
    for i, row in enumerate(batch):
        size = len(row["ids"])
        ids[i, :size], mask[i, :size] = torch.tensor(row["ids"]), 1
        marks[i, :size], labels[i, :size] = torch.tensor(row["marks"]), torch.tensor(row["labels"])
    with torch.autocast("cpu", dtype=torch.bfloat16):
        outputs = model(ids, mask, labels)
    tags, asks, answers = (o.float() for o in outputs)
    loss = nn.functional.cross_entropy(tags.view(-1, 4), marks.view(-1), ignore_index=IGNORED)
    from_rows = [(i, first, targets) for i, row in enumerate(batch) for first, targets in row["pointers"]]
    if not from_rows:
        return loss
    rows, firsts = torch.tensor([r for r, _, _ in from_rows]), torch.tensor([f for _, f, _ in from_rows])
    wanted = torch.zeros(len(from_rows), 3, longest)
    for number, (_, _, targets) in enumerate(from_rows):
        for what, pieces in enumerate(targets):
            wanted[number, what, pieces or [0]] = 1
    asked, answered = asks[rows, firsts].view(-1, 3, WIDTH), answers[rows].view(-1, longest, 3, WIDTH)
    scores = torch.einsum("nrd,nlrd->nrl", asked, answered) / 8
    likely = torch.log_softmax(scores.masked_fill(mask[rows][:, None, :] == 0, -1e4), -1)
    return loss - 0.15 * torch.logsumexp(likely.masked_fill(wanted == 0, -1e4), -1).mean(0).sum()


def train(model: QuotationModel, examples: list[dict[str, Any]], epochs: int, rate: float) -> None:
    """Train MODEL with AdamW, a short warm-up and a linear decay."""
    chance = random.Random(SEED)
    model.train()
    named = [(n, p) for n, p in model.named_parameters() if p.requires_grad]
    groups = [
        {"params": [p for n, p in named if n.startswith("encoder")], "lr": rate},
        {"params": [p for n, p in named if not n.startswith("encoder")], "lr": 1e-3},
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = epochs * math.ceil(len(examples) / BATCH)
    warm = 0.06 * steps
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min(1.0, (s + 1) / warm) * max(0.0, (steps - s) / steps)
    )
    began, step = time.monotonic(), 0
    for _ in range(epochs):
        rows = list(examples)
        chance.shuffle(rows)
        rows.sort(key=lambda r: len(r["ids"]) // 16)
        groups_of = [rows[i : i + BATCH] for i in range(0, len(rows), BATCH)]
        chance.shuffle(groups_of)
        for batch in groups_of:
            loss = loss_of(model, batch)
            descend(model, loss, optimizer, schedule)
            step += 1
            if step % 100 == 0:
                print(f"{step}/{steps} loss {loss.item():.3f}, {time.monotonic() - began:.0f} s", flush=True)


def export(model: QuotationModel, features: list[list[str]], out: Path) -> None:
    """Write MODEL as ONNX with int8 weights, and the names of its labels, into the folder OUT."""
    ones = torch.ones(2, 16, dtype=torch.long)
    axes = {name: {0: "rows", 1: "pieces"} for name in ("ids", "mask", "labels", "marks", "asks", "answers")}
    example = (ones, ones, torch.zeros(2, 16, len(features) + 1, dtype=torch.long))
    export_int8(model, example, out / "quotation-tagger.onnx", ["ids", "mask", "labels"], axes)
    known = json.dumps({"features": features}, indent=1)
    (out / "quotation-tagger.json").write_text(known + "\n", encoding="utf-8")


def main() -> int:
    """Train on the file that the command line names and write the model."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--base", type=Path, required=True, help="folder with MiniLM's config, weights and tokenizer")
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=4, help="more than 4 fit the training part only")
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--weights", type=Path, help="export these weights, trained before, instead of training")
    parser.add_argument("--out", type=Path, default=ROOT / "src" / "dragoman" / "data")
    options = parser.parse_args()
    torch.manual_seed(SEED)
    torch.set_num_threads(2)
    tokenizer = tokenizer_of(options.base / "tokenizer.json")
    with options.gold.open(encoding="utf-8") as lines:
        rows = sorted((json.loads(line) for line in lines), key=lambda r: r["id"])
    tokens = hinted(rows)
    features = [sorted({t.labels[n] for text in tokens for t in text}) for n in range(len(tokens[0][0].labels))]
    model = QuotationModel(options.base, [len(f) for f in features])
    if options.weights is not None:
        model.load_state_dict(torch.load(options.weights), strict=False)
    else:
        numbers = [{label: i for i, label in enumerate(names)} for names in features]
        every, part = LEFT_OUT
        examples = [
            example
            for n, (row, hint) in enumerate(zip(rows, tokens, strict=True))
            if n % every != part
            for example in examples_of(tokenizer, row, hint, numbers)
        ]
        train(model, examples, options.epochs, options.rate)
        torch.save(model.state_dict(), ROOT / ".cache" / "training" / "quotation-tagger.pt")
    export(model, features, options.out)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
