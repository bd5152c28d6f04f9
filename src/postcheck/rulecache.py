"""What was made of rules before, so that it needn't be made again each time.

It follows from the files alone: what they say (and that it's sound), the index of their term
lists, their compiled expressions. What is kept is named by a hash of the files and of the
installation that made it, is the user's own as Python's compiled modules are, and is used only if
it's whole. It holds rules, never a draft.
"""

import os
import pickle
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from shutil import rmtree
from typing import Any, TypeVar

from postcheck.cachefolder import cache_folder, make_private
from postcheck.installation import installation
from postcheck.rulefolders import RuleFolder
from postcheck.yaml_source import shown

_MOST = 4
"""How many rulebooks' worth is kept: a rule writer makes new ones by and by."""

_Made = TypeVar("_Made")


class RuleCache:
    """What is kept of one rulebook: that of these folders, for an organization or the default one.

    `digest` tells it from any other, and any state of postcheck from another.
    """

    def __init__(self, folders: Sequence[RuleFolder], organization: str | None) -> None:
        parts = (repr(installation()), repr(organization), *_contents(folders))
        digests = (sha256(part.encode("utf-8", "surrogateescape")).digest() for part in parts)
        self.digest = sha256(b"".join(digests)).hexdigest()

    def made(self, name: str, make: Callable[[], _Made]) -> _Made:
        """What is kept under a name, or else what `make` makes. Where that can't be kept, it's made again."""
        try:
            place = _folder() / self.digest / name
        except RuntimeError:  # there is no home
            return make()
        kept: _Made | None = _recall(place)
        if kept is None:
            kept = make()
            with suppress(OSError):
                _remember(place, kept)
        return kept


def clear() -> None:
    """Forget all rulebooks. Raises `OSError` if that can't be done."""
    with suppress(FileNotFoundError):
        rmtree(_folder())


def _folder() -> Path:
    return cache_folder() / "rules"


def _recall(place: Path) -> Any:
    """What is kept at a place; nothing if it isn't whole, or could be somebody else's."""
    try:
        with place.open("rb") as file:
            digest, _, content = file.read().partition(b"\n")
            state = os.fstat(file.fileno())
    except OSError:
        return None
    if hasattr(os, "getuid") and (state.st_uid != os.getuid() or state.st_mode & 0o022):
        return None
    if sha256(content).hexdigest().encode() != digest:
        return None
    try:
        return _Unpickler(BytesIO(content)).load()
    except (pickle.UnpicklingError, AttributeError, ImportError, TypeError, ValueError):
        return None


def _remember(place: Path, made: object) -> None:
    content = pickle.dumps(made, pickle.HIGHEST_PROTOCOL)
    make_private(place.parent)
    with tempfile.NamedTemporaryFile(dir=place.parent, delete=False) as file:
        file.write(sha256(content).hexdigest().encode() + b"\n" + content)
    Path(file.name).replace(place)
    for old in sorted(place.parents[1].iterdir(), key=lambda each: each.stat().st_mtime)[:-_MOST]:
        rmtree(old, ignore_errors=True)


class _Unpickler(pickle.Unpickler):
    """Reads postcheck's own values and compiled expressions, and runs nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        """The class of that name. Raises `pickle.UnpicklingError` for what isn't one of postcheck's."""
        found = super().find_class(module, name)
        ours = isinstance(found, type) and found.__module__.startswith("postcheck.")
        if not ours and (module, name) != ("regex._regex", "compile"):
            raise pickle.UnpicklingError(f"{module}.{name} isn't postcheck's")
        return found


def _contents(folders: Iterable[RuleFolder]) -> Iterator[str]:
    for folder in folders:
        yield folder.origin
        for path in sorted((*folder.path.glob("*.yaml"), *folder.path.glob("*/*.yaml"))):
            yield shown(path)
            with suppress(OSError):  # it's told where it's read
                yield sha256(path.read_bytes()).hexdigest()
