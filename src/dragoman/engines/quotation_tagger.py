"""The shipped quotation tagger: an ONNX model that marks attributed words in a whole text. Runs without torch.

`training/quotation_tagger.py` makes it; `docs/models/quotation-tagger.md` tells from which data, and how good it is.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from tokenizers import Tokenizer

from dragoman.domain.ports import HintedToken, TaggedContent
from dragoman.domain.spans import Span
from dragoman.engines.onnx import padded_batches, session_of, tokenizer_of
from dragoman.engines.quotation_encoding import CLS, SEP, Window, windows

OUT, BEGIN, INSIDE, AGAIN = range(4)
"""Marks of a piece: outside, first of a content, further in it, first of a content's next stretch."""
SPEAKER, CUE, FIRST = range(3)
"""What the first piece of a content points to: a piece of its speaker, of its cue, and its own first stretch."""
NEVER = -1e9


class Stretch(msgspec.Struct):
    """A run of marked pieces of one window, with what its first piece points to (None for nothing in the window)."""

    mark: int
    first: int
    span: Span
    speaker: Span | None
    cue: Span | None
    whole: int | None
    sure: float
    at_edge: bool


class OnnxQuotationTagger:
    """Tags by the model in a folder: `quotation-tagger.onnx`, its labels in `.json`, `event-tokenizer.json`.

    The model is loaded when the first text is tagged.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @cached_property
    def _model(self) -> tuple[Any, Tokenizer, list[dict[str, int]]]:
        known = json.loads((self._folder / "quotation-tagger.json").read_text(encoding="utf-8"))
        numbers = [{n: i for i, n in enumerate(names)} for names in known["features"]]
        tokenizer = tokenizer_of(self._folder / "event-tokenizer.json")
        return session_of(self._folder / "quotation-tagger.onnx"), tokenizer, numbers

    def tag(self, text: str, tokens: Sequence[HintedToken]) -> list[TaggedContent]:
        """Return what TEXT attributes; a content that is open where its window ends goes on in the next."""
        session, tokenizer, numbers = self._model
        parts = windows(tokenizer, text, tokens, numbers)
        found: dict[int, list[Stretch]] = {}
        for length, some in padded_batches([len(p.ids) + 2 for p in parts]):
            rows = _run(session, [parts[i] for i in some], length)
            found.update(zip(some, rows, strict=True))
        return _joined([found[i] for i in range(len(parts))])


def _run(session: Any, parts: Sequence[Window], length: int) -> list[list[Stretch]]:
    ids = np.zeros((len(parts), length), dtype=np.int64)
    mask = np.zeros((len(parts), length), dtype=np.int64)
    labels = np.zeros((len(parts), length, len(parts[0].labels[0])), dtype=np.int64)
    for row, part in enumerate(parts):
        size = len(part.ids)
        ids[row, : size + 2] = [CLS, *part.ids, SEP]
        mask[row, : size + 2] = 1
        labels[row, 1 : size + 1] = part.labels
    marks, asks, answers = session.run(None, {"ids": ids, "mask": mask, "labels": labels})
    likely = marks - np.log(np.exp(marks - marks.max(-1, keepdims=True)).sum(-1, keepdims=True))
    likely -= marks.max(-1, keepdims=True)
    paths = best_paths(likely[:, 1:-1], [len(p.ids) for p in parts])
    return [
        _stretches(part, path, likely[row, 1:], asks[row], answers[row])
        for row, (part, path) in enumerate(zip(parts, paths, strict=True))
    ]


def best_paths(likely: Any, sizes: Sequence[int]) -> list[list[int]]:
    """Return the likeliest marks of each row (Viterbi): none goes on inside after outside, but at a row's beginning.

    LIKELY holds logarithms of probabilities (rows x pieces x marks), SIZES how many pieces of each row count.
    """
    rows, length, kinds = likely.shape
    score = likely[:, 0].copy()
    back = np.zeros((rows, length, kinds), dtype=np.int64)
    allowed = np.zeros((kinds, kinds))
    allowed[OUT, INSIDE] = NEVER
    scores = [score]
    for place in range(1, length):
        ways = score[:, :, None] + allowed
        back[:, place] = ways.argmax(1)
        score = ways.max(1) + likely[:, place]
        scores.append(score)
    found = []
    for row, size in enumerate(sizes):
        mark = int(scores[size - 1][row].argmax())
        path = [mark]
        for place in range(size - 1, 0, -1):
            mark = int(back[row, place, mark])
            path.append(mark)
        found.append(path[::-1])
    return found


def _stretches(part: Window, path: Sequence[int], likely: Any, asks: Any, answers: Any) -> list[Stretch]:
    runs: list[list[int]] = []
    for place, mark in enumerate(path):
        if mark in (BEGIN, AGAIN) or (mark == INSIDE and not (place and path[place - 1])):
            runs.append([place, place])
        elif mark == INSIDE:
            runs[-1][1] = place
    size = len(part.ids) + 1
    width = asks.shape[-1] // 3

    def pointed(first: int, what: int) -> int | None:
        part_of = slice(what * width, (what + 1) * width)
        best = int((answers[:size, part_of] @ asks[first + 1, part_of]).argmax())
        return best - 1 if best else None

    found = []
    for first, last in runs:
        sure = float(np.exp(np.mean([likely[p, path[p]] for p in range(first, last + 1)])))
        speaker, cue = pointed(first, SPEAKER), pointed(first, CUE)
        found.append(
            Stretch(
                mark=path[first], first=first, span=Span(part.spans[first][0], part.spans[last][1]),
                speaker=None if speaker is None else Span(*part.spans[speaker]),
                cue=None if cue is None else Span(*part.spans[cue]),
                whole=pointed(first, FIRST), sure=round(sure, 3), at_edge=first == 0 and path[first] == INSIDE,
            )
        )  # fmt: skip
    return found


def _joined(parts: Sequence[Sequence[Stretch]]) -> list[TaggedContent]:
    """Put the stretches of one content together, within a window and over its edge."""
    contents: list[tuple[Stretch, list[Span]]] = []
    for number, part in enumerate(parts):
        here: list[tuple[Stretch, list[Span]]] = []
        for stretch in part:
            if stretch.at_edge and number and contents:
                contents[-1][1].append(stretch.span)
            elif stretch.mark == AGAIN and here:
                whole = next((c for c in here if c[0].first == stretch.whole), here[-1])
                whole[1].append(stretch.span)
            else:
                contents.append((stretch, [stretch.span]))
                here.append(contents[-1])
    return [
        TaggedContent(content=tuple(spans), speaker=first.speaker, cue=first.cue, sure=first.sure)
        for first, spans in contents
    ]
