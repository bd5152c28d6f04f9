"""Transformers that run on the machine's own processor: their weights and their tokenizer."""

from pathlib import Path
from typing import Any

_PROCESSOR = Path("/proc/cpuinfo")
"""Where Linux tells what the processor can do."""


def tokenizer(content: bytes) -> Any:
    """A tokenizer that reads a text whole: nothing is cut off and nothing is filled up."""
    from tokenizers import Tokenizer

    loaded = Tokenizer.from_buffer(content)
    loaded.no_truncation()
    loaded.no_padding()
    return loaded


def session(content: bytes) -> Any:
    """An ONNX model, ready to run on one thread.

    Its integers are multiplied without saturation, so that it says the same on every processor. Those
    with VNNI instructions do so anyway; on others the default differs by up to 0.14 in a probability,
    and the exact way takes longer
    (https://onnxruntime.ai/docs/performance/model-optimizations/quantization.html).
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    if not _never_saturates():
        options.add_session_config_entry("session.x64quantprecision", "1")
    return onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])


def _never_saturates() -> bool:
    """Whether the processor is known to have VNNI instructions."""
    try:
        return "vnni" in _PROCESSOR.read_text(encoding="ascii", errors="replace")
    except OSError:  # a system that doesn't tell it so
        return False
