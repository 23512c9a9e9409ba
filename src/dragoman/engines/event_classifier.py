"""The shipped event classifier: an ONNX model that reads a sentence with its trigger marked. Runs without torch.

`training/event_model.py` makes it; `docs/models/event-classifier.md` tells from which data, and how good it is.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from dragoman.domain.ports import EventOpinion, EventQuestion
from dragoman.engines.event_encoding import Encoding, encode
from dragoman.engines.onnx import padded_batches, session_of, tokenizer_of


class OnnxEventClassifier:
    """Judges events by the model in a folder: `event-classifier.onnx`, `.json` (its labels), `event-tokenizer.json`."""

    def __init__(self, folder: Path) -> None:
        labels = json.loads((folder / "event-classifier.json").read_text(encoding="utf-8"))
        self._types: list[str] = labels["types"]
        self._modes: list[str] = labels["modes"]
        self._statuses: list[str] = labels["statuses"]
        self._tokenizer = tokenizer_of(folder / "event-tokenizer.json")
        self._session = session_of(folder / "event-classifier.onnx")

    def judge(self, questions: Sequence[EventQuestion]) -> list[EventOpinion]:
        """Return an opinion for each of QUESTIONS, in order."""
        encodings = [encode(self._tokenizer, q.text, q.trigger, q.start) for q in questions]
        found: dict[int, EventOpinion] = {}
        for length, part in padded_batches([len(e.ids) for e in encodings]):
            rows = self._run([encodings[i] for i in part], length)
            for number, row in zip(part, rows, strict=True):
                found[number] = self._opinion(questions[number], encodings[number], row)
        return [found[i] for i in range(len(questions))]

    def _run(self, encodings: Sequence[Encoding], length: int) -> list[tuple[Any, ...]]:
        ids = np.zeros((len(encodings), length), dtype=np.int64)
        mask = np.zeros((len(encodings), length), dtype=np.int64)
        for row, encoding in enumerate(encodings):
            ids[row, : len(encoding.ids)] = encoding.ids
            mask[row, : len(encoding.ids)] = 1
        opening = np.array([e.opening for e in encodings], dtype=np.int64)
        outputs = self._session.run(None, {"ids": ids, "mask": mask, "opening": opening})
        return list(zip(*outputs, strict=True))

    def _opinion(self, question: EventQuestion, encoding: Encoding, row: tuple[Any, ...]) -> EventOpinion:
        types, modes, statuses, roles = row
        likely = _sigmoid(roles)
        sides: list[list[float]] = [[], []]
        for head in question.heads:
            pieces = encoding.pieces_of(head)
            for side in (0, 1):
                sides[side].append(round(float(max((likely[p][side] for p in pieces), default=0.0)), 3))
        return EventOpinion(
            types=_shares(self._types, types),
            modes=_shares(self._modes, modes),
            statuses=_shares(self._statuses, statuses),
            actors=tuple(sides[0]),
            recipients=tuple(sides[1]),
        )


def _shares(labels: list[str], logits: Any) -> dict[str, float]:
    raised = np.exp(logits - logits.max())
    return {label: round(float(share), 3) for label, share in zip(labels, raised / raised.sum(), strict=True)}


def _sigmoid(logits: Any) -> Any:
    return 1.0 / (1.0 + np.exp(-logits))
