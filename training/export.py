"""A trained network as the files that postcheck ships: ONNX with 8-bit weights, the tokenizer, the calibration."""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process

from training.network import Network

FILES = ("calibration.json", "model.onnx", "tokenizer.json")
ABOUT = "SHA-256 sums of the files of the learned model."


def export(
    network: Network, base: Path, labels: Mapping[str, Mapping[str, float]], about: str, institution: str, folder: Path
) -> None:
    """Write the model to `folder`, and the sums of its files beside it.

    `labels` holds the calibration of each, in the order of the network's labels; `institution` is what the drafts
    call the one that they are of.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        whole, prepared = Path(temporary) / "whole.onnx", Path(temporary) / "prepared.onnx"
        example = torch.ones(1, 8, dtype=torch.long)
        axes = {0: "batch", 1: "length"}
        torch.onnx.export(
            network.eval(),
            (example, example),
            str(whole),
            input_names=["input_ids", "token_type_ids"],
            output_names=["contributions"],
            dynamic_axes={"input_ids": axes, "token_type_ids": axes, "contributions": axes},
            opset_version=17,
            dynamo=False,
        )
        quant_pre_process(str(whole), str(prepared), skip_symbolic_shape=True)
        quantize_dynamic(
            str(prepared),
            str(folder / "model.onnx"),
            op_types_to_quantize=["MatMul", "Gather"],
            per_channel=True,
            weight_type=QuantType.QInt8,
        )
    shutil.copyfile(base / "tokenizer.json", folder / "tokenizer.json")
    calibration = {
        "about": about,
        "institution": institution,
        "labels": {label: dict(scale) for label, scale in labels.items()},
    }
    _write(folder / "calibration.json", calibration)
    sums = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in FILES}
    _write(folder.with_suffix(".json"), {"about": ABOUT, "sha256": sums})


def _write(path: Path, content: Mapping[str, Any]) -> None:
    path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
