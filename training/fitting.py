"""What the trainings of ONNX models share: one step down the loss, and the export with int8 weights. Needs torch."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from torch import nn


def descend(model: nn.Module, loss: torch.Tensor, optimizer: Any, schedule: Any) -> None:
    """Take one step down LOSS, with gradients clipped to length 1."""
    optimizer.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    schedule.step()


def export_int8(
    model: nn.Module, example: tuple[torch.Tensor, ...], path: Path, inputs: list[str], axes: dict[str, dict[int, str]]
) -> None:
    """Write MODEL to PATH as ONNX with int8 weights; AXES name all inputs and outputs, and which sizes vary."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    whole = path.with_suffix(".fp32.onnx")
    torch.onnx.export(
        model.eval(), example, str(whole), input_names=inputs,
        output_names=[name for name in axes if name not in inputs], opset_version=17, dynamo=False, dynamic_axes=axes,
    )  # fmt: skip
    quantize_dynamic(str(whole), str(path), weight_type=QuantType.QInt8, per_channel=True)
    whole.unlink()
