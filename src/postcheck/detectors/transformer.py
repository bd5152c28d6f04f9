"""Transformers that run on the machine's own processor: their weights and their tokenizer."""

from pathlib import Path
from typing import Any


def tokenizer(path: Path) -> Any:
    """A tokenizer that reads a text whole: nothing is cut off and nothing is filled up."""
    from tokenizers import Tokenizer

    loaded = Tokenizer.from_file(str(path))
    loaded.no_truncation()
    loaded.no_padding()
    return loaded


def session(path: Path) -> Any:
    """An ONNX model, ready to run on one thread.

    Its integers are multiplied without saturation, so that it says the same on every processor:
    on those without VNNI instructions the default differs by up to 0.14 in a probability
    (https://onnxruntime.ai/docs/performance/model-optimizations/quantization.html).
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.add_session_config_entry("session.x64quantprecision", "1")
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
