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
    """An ONNX model, ready to run on one thread."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
