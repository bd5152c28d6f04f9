"""Which files of rules were examined before and found sound, so that it needn't be done again each time.

What is kept is an empty file, named by a hash of the files and of postcheck's own code.
"""

from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from postcheck.cachefolder import cache_folder
from postcheck.rulefiles import RuleFiles


def are_known(files: RuleFiles) -> bool:
    """Whether these very files were found sound by this very postcheck."""
    try:
        return _mark(files).is_file()
    except (OSError, RuntimeError):  # no home
        return False


def remember(files: RuleFiles) -> None:
    """Note that the files are sound. Where it can't be noted, they are examined again."""
    with suppress(OSError, RuntimeError):
        mark = _mark(files)
        mark.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        mark.touch(mode=0o600)


def _mark(files: RuleFiles) -> Path:
    digest = sha256("\0".join((*_code(), *files.digests())).encode())
    return cache_folder() / "sound" / digest.hexdigest()


def _code() -> Iterator[str]:
    """What tells one state of postcheck's code from another, in a checkout too."""
    for module in sorted(Path(__file__).parent.glob("*.py")):
        state = module.stat()
        yield f"{module.name} {state.st_mtime_ns} {state.st_size}"
