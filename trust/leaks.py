"""Canaries: drafts full of unmistakable strings, none of which may turn up anywhere but in the drafts.

Every command, format and error path is run over them, with a home, a cache and a temporary folder of
its own. Then everything that was printed and every file that is there is searched for the canaries,
for any piece of them, and for unkeyed digests of them and of the drafts.
"""

import base64
import hashlib
import json
import os
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from trust.documents import sheet, word

PIECE = 5
"""So many letters of a canary may stand nowhere else."""

_CONSONANTS = "qxzjvkwd"
_DIGEST_NAMES = ("md5", "sha1", "sha256", "blake2b")


@dataclass(frozen=True, slots=True)
class Canary:
    """The strings of one run: letters that stand in no word, and a number."""

    letters: str
    number: str

    @classmethod
    def new(cls) -> "Canary":
        """One that is like no other."""
        chosen = random.SystemRandom()
        letters = "".join(chosen.choice(_CONSONANTS) for _ in range(14))
        return cls(letters.capitalize(), str(chosen.randrange(10**9, 10**10)))

    @property
    def phone(self) -> str:
        """The digits of a phone number but for its area."""
        return f"{self.number[:3]}-{self.number[3:7]}"

    @property
    def post(self) -> str:
        """A draft that many rules find something in."""
        name, number, phone = self.letters, self.number, self.phone
        return (
            f"Mr. {name} rang the bell today! His MRN {number} is on the board, write him at {name}@{name}.com or "
            f"call 713-{phone}. My patient {name} has stopped his tamoxifen, so should you. @{name}"
        )

    def traces(self) -> Iterator[bytes]:
        """What would give it away: pieces of the letters, most of the number, digests."""
        lower = self.letters.lower()
        yield from (lower[at : at + PIECE].encode() for at in range(len(lower) - PIECE + 1))
        yield self.number[:8].encode()
        yield self.number[2:].encode()
        yield self.phone.encode()
        for said in (self.letters, lower, self.number, self.post, f"{self.post}\n", self.post.lower()):
            for name in _DIGEST_NAMES:
                digest = hashlib.new(name, said.encode()).digest()
                yield digest.hex().encode()
                yield base64.b64encode(digest).rstrip(b"=").lower()
                yield digest


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the command line: its arguments, the exit codes it may end with, a function of postcheck that fails
    in it, and how.

    `stdin` makes of a draft what the run is told. It may be asked to print the text. A draft that it takes the
    identifiers out of is searched from then on.
    """

    name: str
    arguments: tuple[str, ...]
    ends: tuple[int, ...] = (0, 1)
    failing: str = ""
    how: str = "raise"
    stdin: Callable[[str], bytes] | None = None
    prints_text: bool = False
    cleared: str = ""


FORMATS = (
    "terminal",
    "concise",
    "json",
    "jsonl",
    "sarif",
    "github",
    "gitlab",
    "junit",
    "rdjson",
    "markdown",
    "html",
    "statistics",
)
FILES = (
    "post.txt",
    "post.md",
    "post.html",
    "post.jsonl",
    "post.csv",
    "post.docx",
    "post.xlsx",
    "post.eml",
    "front.md",
    "beside.txt",
)
BROKEN = ("cut.docx", "cut.jsonl", "cut.csv", "front-cut.md", "latin.txt", "cut.xlsx", "side-cut.txt")
TEXT = "{post}"
"""An argument that stands for the text of the draft."""
INNERMOST = "postcheck.judging:surroundings"
_NEEDLESS = "postcheck.resultcache:ResultCache.remember"
_REPORTED = "postcheck.cli.watch:counted"
"""Asked by `watch` when it has reported for the first time."""
FAILING = (
    "postcheck.readers.text:read_text",
    "postcheck.detectors.detector:view",
    "postcheck.detectors.presidio:Presidio.entities",
    "postcheck.detectors.detector:Detector._analysis",
    INNERMOST,
    "postcheck.lexicon:Reading.search",
    "postcheck.detectors.classifier:Classifier.opinions",
    "postcheck.checker:unique",
    "postcheck.suppression.silencing:Silencer.silence",
    _NEEDLESS,
    "postcheck.reporters.concise:concise",
)
"""Functions that handle text, each of which is made to raise an exception that quotes it."""

WAYS = {"panic": 2, "exit": 2, "warn": 1, "log": 1, "thread": 2, "finalizer": 2}
"""How text may get out besides: what is no `Exception`, and what Python and its libraries print by themselves.
The exit code of a check in which it happens."""

_BREAK = """
import importlib, logging, multiprocessing, os, socket, sys, threading, warnings
module, _, path = os.environ["POSTCHECK_FAILS"].partition(":")
holder = importlib.import_module(module)
*outer, name = path.split(".")
for each in outer:
    holder = getattr(holder, each)
text = open("post.txt").read()

class Panic(BaseException):
    pass

class Finalized:
    def __del__(self):
        fail(RuntimeError)

def fail(kind):
    raise kind(text)

def dying():
    if multiprocessing.parent_process():
        os.kill(os.getpid(), 9)

def in_a_thread():
    thread = threading.Thread(target=fail, args=[RuntimeError])
    thread.start()
    thread.join()

ways = {
    "raise": lambda: fail(RuntimeError),
    "panic": lambda: fail(Panic),
    "warn": lambda: warnings.warn(text),
    "log": lambda: [logging.getLogger(each).error(text) for each in ("spacy", "presidio_anonymizer", "anything")],
    "thread": in_a_thread,
    "finalizer": Finalized,
    "interrupt": lambda: fail(KeyboardInterrupt),
    "die": dying,
    "connect": socket.socket,
    "exit": lambda: sys.exit(0),
}

def failing(*given, **named):
    ways[os.environ["POSTCHECK_HOW"]]()
    return whole(*given, **named)

whole = getattr(holder, name)
setattr(holder, name, failing)
"""


_CLIPBOARD = {"pbpaste": "cat post.txt", "pbcopy": "cat > copied.txt"}
"""Programs that stand in for a desktop's: the clipboard holds the draft, and what is copied is searched."""


def runs() -> Iterator[Run]:
    """All runs."""
    for form in FORMATS:
        yield Run(f"check --format {form}", ("check", *FILES, "--format", form))
        yield Run(f"check --format {form} --output", ("check", *FILES, "--format", form, "--output", f"report.{form}"))
    for name in BROKEN:
        yield Run(f"check {name}", ("check", "post.txt", name), (2,))
        yield Run(f"redact {name}", ("redact", name), (2,))
    for place in FAILING:
        yield Run(
            f"check, {place} fails",
            ("check", "post.txt", "--format", "concise"),
            (1 if place == _NEEDLESS else 2,),
            place,
        )
    for way, code in WAYS.items():
        yield Run(f"check, {way}", ("check", "post.txt", "--no-cache", "--no-model"), (code,), INNERMOST, way)
        yield Run(f"check --jobs 2, {way}", ("check", *FILES, "--jobs", "2", "--no-cache"), (code,), INNERMOST, way)
    yield Run("a process dies", ("check", "many.jsonl", "--jobs", "2", "--no-model"), (2,), INNERMOST, "die")
    yield Run("check -", ("check", "-"), stdin=str.encode)
    yield Run("check --text", ("check", "--text", TEXT))
    yield Run("check --timings", ("check", "--timings", "--quiet", *FILES))
    yield Run("check --show-text", ("check", "post.txt", "--show-text"), prints_text=True)
    yield Run("check --jobs 2", ("check", *FILES, "--jobs", "2", "--no-cache"))
    yield Run("check --diff-base", ("check", "post.txt", "--diff-base", "HEAD"))
    yield Run("inspect", ("inspect", "post.txt"), prints_text=True)
    yield Run("redact", ("redact", "post.txt"))
    yield Run("redact --in-place", ("redact", "redacted.txt", "--in-place"), cleared="redacted.txt")
    yield Run("fix", ("fix", "post.txt"), (2,))
    yield Run("fix --show-text", ("fix", "post.txt", "--show-text"), prints_text=True)
    yield Run("fix --write", ("fix", "fixed.txt", "--write"))
    yield Run("baseline create", ("baseline", "create", *FILES))
    yield Run("check --baseline", ("check", *FILES, "--baseline", ".postcheck-baseline.json"))
    yield Run("baseline prune", ("baseline", "prune"))
    yield Run("audit", ("audit", "post.csv", "post.jsonl", "--output", "findings.parquet"))
    yield Run("audit --jobs 2", ("audit", "post.csv", "cut.csv", "--output", "more.parquet", "--jobs", "2"), (2,))
    yield Run("clip", ("clip",))
    yield Run("clip --redact", ("clip", "--redact"))
    yield Run("clip, a detector fails", ("clip",), (2,), INNERMOST)
    yield Run("watch", ("watch", "post.txt", "post.docx", "cut.csv"), (0,), _REPORTED, "interrupt")
    yield Run("serve", ("serve", "--background"))
    yield Run("check by a resident", ("check", *FILES))
    yield Run("serve --stop", ("serve", "--stop"))
    yield Run("lsp", ("lsp",), (0,), stdin=editing)
    for place in FAILING:
        yield Run(f"lsp, {place} fails", ("lsp",), (0,), place, stdin=editing)
    for way, code in WAYS.items():
        ends = (2,) if code == 2 and way not in {"panic", "exit"} else (0,)  # those two are told in the editor
        yield Run(f"lsp, {way}", ("lsp",), ends, INNERMOST, way, stdin=editing)
    yield Run("open", ("open", "--no-browser", "--idle", "0.01"))
    yield Run("doctor", ("doctor",))
    yield Run("explain", ("explain", "phi/medical-record-number"))
    yield Run("init", ("init", "--organization", "Clinic", "clinic"))
    yield Run("completion", ("completion", "bash"))
    yield Run("config show", ("config", "show", "post.txt"))
    yield Run("rules list", ("rules", "list"))
    yield Run("rules lint", ("rules", "lint"))
    yield Run("rules test", ("rules", "test"))
    yield Run("cache clear", ("cache", "clear"))


def editing(post: str) -> bytes:
    """What an editor says while a draft is written, parts of which no server understands."""
    page = {"uri": "file:///post.md", "languageId": "markdown", "version": 1, "text": post}
    there = {"textDocument": {"uri": "file:///post.md"}, "position": {"line": 0, "character": 5}}
    said: list[dict[str, object]] = [
        {"id": 1, "method": "initialize", "params": {"processId": None, "rootUri": None, "capabilities": {}}},
        {"method": "textDocument/didOpen", "params": {"textDocument": page}},
        {"id": 2, "method": "textDocument/hover", "params": there},
        {"id": 3, "method": "textDocument/hover", "params": {"text": post}},
        {"method": "textDocument/didChange", "params": {"textDocument": post, "contentChanges": post}},
        {"id": 4, "method": "workspace/executeCommand", "params": {"command": "none", "arguments": [post]}},
    ]
    leave: list[dict[str, object]] = [{"id": 9, "method": "shutdown"}, {"method": "exit"}]
    bodies = [json.dumps({"jsonrpc": "2.0"} | each).encode() for each in (*said, *leave)]
    bodies.insert(len(said), json.dumps(post).encode()[:-1])
    return b"".join(b"Content-Length: %d\r\n\r\n%s" % (len(body), body) for body in bodies)


def drafts(folder: Path, canary: Canary) -> frozenset[str]:
    """Write drafts of every kind, sound and broken ones, in a git repository; their names."""
    post = canary.post
    cell = post.replace('"', "'")
    contents: dict[str, bytes] = {
        **dict.fromkeys(("post.txt", "beside.txt", "redacted.txt", "fixed.txt"), post.encode()),
        "post.md": f"# {post}\n\n> {post}\n".encode(),
        "post.html": f"<p>{post}</p>".encode(),
        "post.jsonl": f'{{"text": "{cell}", "id": "7"}}\n'.encode(),
        "many.jsonl": "".join(f'{{"text": "{cell} {at}"}}\n' for at in range(400)).encode(),
        "post.csv": f'text,in reply to\n"{cell}","{cell}"\n'.encode(),
        "post.eml": f"From: {canary.letters}@a.com\nSubject: {canary.letters}\n\n{post}\n".encode(),
        "front.md": f"---\nin_reply_to: {canary.letters} complained\n---\n{post}\n".encode(),
        "post.docx": word(post),
        "post.xlsx": sheet(post),
        "cut.docx": word(post)[:-200],
        "cut.xlsx": sheet(post)[:-200],
        "cut.jsonl": f'{{"text": "{cell}\n'.encode(),
        "cut.csv": f'text\n"{cell}\n'.encode(),
        "front-cut.md": f"---\nauthor: {canary.letters}\nchannel: [{post}\n---\n{post}\n".encode(),
        "latin.txt": f"{post} caf\xe9".encode("latin-1"),
        "side-cut.txt": post.encode(),
        "side-cut.txt.postcheck.yaml": f"ignore: [{{rules: phi, reason: {canary.letters}".encode(),
    }
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    for command in (("init", "--quiet"), ("add", "post.txt"), ("commit", "--quiet", "--message", "Drafts")):
        author = ("-c", "user.name=a", "-c", "user.email=a@b.c")
        subprocess.run(["git", *author, *command], cwd=folder, check=True, capture_output=True)
    return frozenset(contents)


@dataclass(frozen=True, slots=True)
class Searched:
    """What one run left behind: how it ended, what it printed (but for the name of its folder), bytes and files that
    were searched, and where a canary was found.
    """

    run: Run
    code: int
    printed: bytes
    size: int
    files: int
    found: tuple[str, ...]


def searched(
    chosen: Iterable[Run], canary: Canary, wrap: Sequence[str] = (), folder: Path | None = None
) -> Iterator[Searched]:
    """What each of the runs leaves behind, all in one place in `folder`; `wrap` is a command to run them by."""
    traces = [*dict.fromkeys(trace.lower() for trace in canary.traces())]
    with TemporaryDirectory(dir=folder) as top:
        places = {name: Path(top, name) for name in ("drafts", "home", "cache", "tmp", "broken", "bin")}
        for place in places.values():
            place.mkdir(mode=0o700)
        (places["broken"] / "sitecustomize.py").write_text(_BREAK, encoding="utf-8")
        for name, script in _CLIPBOARD.items():
            (places["bin"] / name).write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
            (places["bin"] / name).chmod(0o700)
        own = {*drafts(places["drafts"], canary)}
        for run in chosen:
            code, printed = _run(run, places, canary, wrap)
            own.discard(run.cleared)
            outputs = {str(path.relative_to(top)): _content(path) for path in _files(places, own)}
            written = [*outputs]
            if not run.prints_text:
                outputs["what is printed"] = printed
            found = [where for where, content in outputs.items() if any(trace in content.lower() for trace in traces)]
            found += [
                f"the name of {where}" for where in written if any(trace in where.lower().encode() for trace in traces)
            ]
            said = printed.replace(top.encode(), b"")
            yield Searched(run, code, said, sum(map(len, outputs.values())), len(written), tuple(found))
        subprocess.run(
            [sys.executable, "-m", "postcheck", "serve", "--stop"],
            env=_environment(places),
            check=False,
            capture_output=True,
        )


def _run(run: Run, places: dict[str, Path], canary: Canary, wrap: Sequence[str]) -> tuple[int, bytes]:
    environment = _environment(places)
    if run.failing:
        environment |= {"PYTHONPATH": str(places["broken"]), "POSTCHECK_FAILS": run.failing}
        environment["POSTCHECK_HOW"] = run.how
    arguments = [canary.post if each == TEXT else each for each in run.arguments]
    command = [*wrap, sys.executable, "-m", "postcheck", *arguments]
    done = subprocess.run(
        command,
        cwd=places["drafts"],
        env=environment,
        input=run.stdin(canary.post) if run.stdin else b"",
        capture_output=True,
        timeout=300,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def _environment(places: dict[str, Path]) -> dict[str, str]:
    return os.environ | {
        "HOME": str(places["home"]),
        "XDG_CACHE_HOME": str(places["cache"]),
        "XDG_RUNTIME_DIR": str(places["tmp"]),
        "TMPDIR": str(places["tmp"]),
        "PATH": f"{places['bin']}{os.pathsep}{os.environ['PATH']}",
    }


def _files(places: dict[str, Path], own: Iterable[str]) -> list[Path]:
    """All files but the drafts and the repository of them."""
    kept = {places["drafts"] / name for name in own}
    files = [path for place in places.values() for path in place.rglob("*") if path.is_file()]
    return [
        path for path in files if path not in kept and ".git" not in path.relative_to(places["drafts"].parent).parts
    ]


def _content(path: Path) -> bytes:
    if path.suffix == ".parquet":
        import pyarrow.parquet

        return path.read_bytes() + repr(pyarrow.parquet.read_table(path).to_pylist()).encode()
    return path.read_bytes()


def figures() -> str:
    """What was run and searched, and what was found."""
    done = [*searched(runs(), Canary.new())]
    wrong = [each for each in done if each.found or each.code not in each.run.ends]
    broken = sum(each.run.ends == (2,) or bool(each.run.failing) for each in done)
    commands = {each.run.arguments[0] for each in done}
    return "\n\n".join(
        (
            f"{len(done)} runs of {len(commands)} commands, in {len(FORMATS)} formats, over {len(FILES)} kinds of "
            f"drafts, {broken} into an error. {sum(each.size for each in done) / 1e6:.0f} MB of output and "
            f"{max(each.files for each in done)} files were searched, the files after each run.",
            f"Runs that left a canary, a piece of one, or a digest: {sum(bool(each.found) for each in done)}. Runs "
            f"with an exit code that they shouldn't have: {sum(each.code not in each.run.ends for each in done)}.",
            *(f"- {each.run.name}: exit code {each.code}; {', '.join(each.found)}" for each in wrong),
        )
    )


STRACE = shutil.which("strace")


_WRITES = re.compile(rb'openat\((?:AT_FDCWD|\d+)<([^>]*)>, "([^"]*)", O_(?:WRONLY|RDWR)')
_BETWEEN_PROCESSES = re.compile(rb"\w+\(\d+<(?:pipe|socket):")


def traced(run: Run, folder: Path) -> tuple[bool, frozenset[str]]:
    """By a trace of the system calls of a run in that folder: whether a canary was ever written to any file, even to
    one that's gone since, or was in a file's name or a process's arguments; and the files elsewhere that were opened
    to be written.

    What a command's own processes tell each other, and what is mapped into memory, isn't looked at. Raises
    `RuntimeError` if the run doesn't end as it should.
    """
    log, canary = folder / "log", Canary.new()
    calls = "trace=%file,write,writev,pwrite64,pwritev,prctl"
    wrap = [STRACE or "strace", "-f", "-y", "-qq", "-s", "1000000", "-e", calls, "-o", str(log)]
    (done,) = searched([run], canary, wrap, folder)
    if done.code not in run.ends:
        raise RuntimeError(f"{run.name} ended with {done.code}: nothing can be said of what it wrote")
    told = b"".join(call for call in log.read_bytes().splitlines(keepends=True) if not _BETWEEN_PROCESSES.search(call))
    opened = {Path(*map(os.fsdecode, match.groups())) for match in _WRITES.finditer(told)}
    elsewhere = {str(path) for path in opened if not path.is_relative_to(folder.resolve())}
    return any(trace in told.lower() for trace in canary.traces()), frozenset(elsewhere)
