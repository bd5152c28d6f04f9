"""What was made of rules before, so that it needn't be made again each time: that they are sound, and their index.

Both follow from the files alone. What is kept for them is named by a hash of them and of
postcheck's own code, and is used only if it's whole.
"""

import json
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from postcheck.cachefolder import cache_folder
from postcheck.lexicon import Index
from postcheck.rulefiles import RuleFiles

_MOST = 4
"""How many rulebooks' worth is kept: a rule writer makes new ones by and by."""


def recall(files: RuleFiles) -> Index | None:
    """The index of these very files, if this very postcheck found them sound."""
    try:
        digest, _, content = _place(files).read_bytes().partition(b"\n")
    except (OSError, RuntimeError):  # nothing is kept, or there is no home
        return None
    if sha256(content).hexdigest().encode() != digest:
        return None
    kept = json.loads(content)
    return Index(kept["lists"], kept["longest"])


def remember(files: RuleFiles, index: Index) -> None:
    """Keep the index of files that are sound. Where it can't be kept, it's made again."""
    content = json.dumps({"lists": index.lists, "longest": index.longest}).encode()
    with suppress(OSError, RuntimeError):
        place = _place(files)
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=place.parent, delete=False) as file:
            file.write(sha256(content).hexdigest().encode() + b"\n" + content)
        Path(file.name).replace(place)
        for old in sorted(place.parent.iterdir(), key=lambda each: each.stat().st_mtime)[:-_MOST]:
            old.unlink()


def _place(files: RuleFiles) -> Path:
    digest = sha256("\0".join((*_code(), *files.digests())).encode())
    return cache_folder() / "rules" / digest.hexdigest()


def _code() -> Iterator[str]:
    """What tells one state of postcheck's code from another, in a checkout too."""
    for module in sorted(Path(__file__).parent.glob("*.py")):
        state = module.stat()
        yield f"{module.name} {state.st_mtime_ns} {state.st_size}"
