"""What the engines that run ONNX models share: how a model is loaded, and which rows it judges together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import onnxruntime
from tokenizers import Tokenizer

BATCH = 16
"""Rows judged at once."""


def session_of(path: Path) -> Any:
    """Return the model in the file PATH, ready to run on one thread."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def tokenizer_of(path: Path) -> Tokenizer:
    """Return the tokenizer in the file PATH; it neither pads nor cuts."""
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def padded_batches(sizes: Sequence[int]) -> Iterator[tuple[int, list[int]]]:
    """Yield (length, numbers of rows): SIZES padded to a multiple of eight, rows of one length judged together."""
    classes: dict[int, list[int]] = {}
    for number, size in enumerate(sizes):
        classes.setdefault(-(-size // 8) * 8, []).append(number)
    for length, members in sorted(classes.items()):
        for start in range(0, len(members), BATCH):
            yield length, members[start : start + BATCH]
