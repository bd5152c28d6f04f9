"""Canaries: drafts full of unmistakable strings, none of which may turn up anywhere but in the drafts.

Every command, format and error path is run over them, with a home, a cache and a temporary folder of
its own. Then everything that was printed and every file that is there is searched for the canaries,
for any piece of them, and for unkeyed digests of them and of the drafts.
"""

import base64
import hashlib
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
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
    def post(self) -> str:
        """A draft that many rules find something in."""
        name, number = self.letters, self.number
        return (
            f"Mr. {name} rang the bell today! His MRN {number} is on the board, write him at {name}@{name}.com or "
            f"call 713-{number[:3]}-{number[3:7]}. My patient {name} has stopped his tamoxifen, so should you. @{name}"
        )

    def traces(self) -> Iterator[bytes]:
        """What would give it away: pieces of the letters, most of the number, digests."""
        lower = self.letters.lower()
        yield from (lower[at : at + PIECE].encode() for at in range(len(lower) - PIECE + 1))
        yield self.number[:8].encode()
        yield self.number[2:].encode()
        for said in (self.letters, lower, self.number, self.post, f"{self.post}\n", self.post.lower()):
            for name in _DIGEST_NAMES:
                digest = hashlib.new(name, said.encode()).digest()
                yield digest.hex().encode()
                yield base64.b64encode(digest).rstrip(b"=").lower()
                yield digest


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the command line: its arguments, a function of postcheck that is made to fail, and what it writes
    that may hold text.
    """

    name: str
    arguments: tuple[str, ...]
    failing: str = ""
    text: tuple[str, ...] = ()
    stdin: bool = False


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
FAILING = (
    "postcheck.readers.text:read_text",
    "postcheck.detectors.detector:view",
    "postcheck.detectors.presidio:Presidio.entities",
    "postcheck.detectors.detector:Detector._analysis",
    "postcheck.judging:surroundings",
    "postcheck.lexicon:Reading.search",
    "postcheck.detectors.classifier:Classifier.opinions",
    "postcheck.checker:unique",
    "postcheck.suppression.silencing:Silencer.silence",
    "postcheck.resultcache:ResultCache.remember",
    "postcheck.reporters.concise:concise",
)
"""Functions that handle text, each of which is made to raise an exception that quotes it."""

_BREAK = """
import importlib, multiprocessing, os
module, _, path = os.environ["POSTCHECK_FAILS"].partition(":")
holder = importlib.import_module(module)
*outer, name = path.split(".")
for each in outer:
    holder = getattr(holder, each)

def fails(*given, **named):
    if os.environ.get("POSTCHECK_DIES") and multiprocessing.parent_process():
        os.kill(os.getpid(), 9)
    if os.environ.get("POSTCHECK_DIES"):
        return whole(*given, **named)
    raise RuntimeError(f"{given!r} {named!r} " + open("post.txt").read())

whole = getattr(holder, name)
setattr(holder, name, fails)
"""


def runs() -> Iterator[Run]:
    """All runs."""
    for form in FORMATS:
        yield Run(f"check --format {form}", ("check", *FILES, "--format", form))
        yield Run(f"check --format {form} --output", ("check", *FILES, "--format", form, "--output", f"report.{form}"))
    for name in BROKEN:
        yield Run(f"check {name}", ("check", "post.txt", name))
        yield Run(f"redact {name}", ("redact", name))
    for place in FAILING:
        yield Run(f"check, {place} fails", ("check", "post.txt", "--format", "concise"), place)
    yield Run("a process dies", ("check", "many.jsonl", "--jobs", "2", "--no-model"), "postcheck.judging:surroundings")
    yield Run("check -", ("check", "-"), stdin=True)
    yield Run("check --text", ("check", "--timings", "--quiet", *FILES))
    yield Run("check --jobs 2", ("check", *FILES, "--jobs", "2", "--no-cache"))
    yield Run("check --diff-base", ("check", "post.txt", "--diff-base", "HEAD"))
    yield Run("redact", ("redact", "post.txt"), text=("",))
    yield Run("redact --in-place", ("redact", "redacted.txt", "--in-place"), text=("redacted.txt",))
    yield Run("fix", ("fix", "post.txt"))
    yield Run("fix --write", ("fix", "fixed.txt", "--write"), text=("fixed.txt",))
    yield Run("baseline create", ("baseline", "create", *FILES))
    yield Run("check --baseline", ("check", *FILES, "--baseline", ".postcheck-baseline.json"))
    yield Run("audit", ("audit", "post.csv", "post.jsonl", "--output", "findings.parquet"))
    yield Run("audit --jobs 2", ("audit", "post.csv", "cut.csv", "--output", "more.parquet", "--jobs", "2"))
    yield Run("serve", ("serve", "--background"))
    yield Run("check by a resident", ("check", *FILES))
    yield Run("serve --stop", ("serve", "--stop"))
    yield Run("config show", ("config", "show", "post.txt"))
    yield Run("rules list", ("rules", "list"))
    yield Run("cache clear", ("cache", "clear"))


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
    """What one run left behind: how it ended, bytes and files that were searched, and where a canary was found."""

    run: Run
    code: int
    bytes: int
    files: int
    found: tuple[str, ...]


def searched(chosen: Iterable[Run], canary: Canary, wrap: Sequence[str] = ()) -> Iterator[Searched]:
    """What each of the runs leaves behind, all in one place; `wrap` is a command to run them by."""
    traces = [*dict.fromkeys(trace.lower() for trace in canary.traces())]
    with TemporaryDirectory() as top:
        places = {name: Path(top, name) for name in ("drafts", "home", "cache", "tmp", "broken")}
        for place in places.values():
            place.mkdir()
        (places["broken"] / "sitecustomize.py").write_text(_BREAK, encoding="utf-8")
        own = drafts(places["drafts"], canary)
        for run in chosen:
            code, printed = _run(run, places, canary, wrap)
            written = {str(path.relative_to(top)): _content(path) for path in _files(places, {*own, *run.text})}
            outputs = written if "" in run.text else {"what is printed": printed, **written}
            found = [where for where, content in outputs.items() if any(trace in content.lower() for trace in traces)]
            found += [
                f"the name of {where}" for where in written if any(trace in where.lower().encode() for trace in traces)
            ]
            yield Searched(run, code, sum(map(len, outputs.values())), len(written), tuple(found))
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
        environment |= {"POSTCHECK_DIES": "yes"} if "dies" in run.name else {}
    command = [*wrap, sys.executable, "-m", "postcheck", *run.arguments]
    done = subprocess.run(
        command,
        cwd=places["drafts"],
        env=environment,
        input=canary.post.encode() if run.stdin else b"",
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
    tried = [*runs()]
    done = [*searched(tried, Canary.new())]
    leaks = [each for each in done if each.found]
    failing = [run for run in tried if run.failing or run.name.split()[-1] in BROKEN]
    lines = [
        f"{len(done)} runs in {len(FORMATS)} formats, over {len(FILES)} kinds of drafts, {len(failing)} into errors. "
        f"{sum(each.bytes for each in done) / 1e6:.0f} MB of output and files were searched. "
        f"Runs that left a canary, a piece of one, or a digest: {len(leaks)}.",
        *(f"- {each.run.name}: {', '.join(each.found)}" for each in leaks),
    ]
    return "\n\n".join(lines)


STRACE = shutil.which("strace")


def written_by(run: Run, log: Path) -> tuple[bool, frozenset[str]]:
    """By a trace of the system calls of a run: whether a canary was ever written anywhere, even to a file that's gone
    since; and the files that were opened to be written.
    """
    calls = "trace=openat,open,creat,write,pwrite64,writev,sendto,sendmsg,rename,renameat2,linkat"
    wrap = [STRACE or "strace", "-f", "-qq", "-s", "1000000", "-e", calls, "-o", str(log)]
    canary = Canary.new()
    [*searched([run], canary, wrap)]
    trace = log.read_bytes().lower()
    opened = {line.split(b'"')[1].decode() for line in trace.splitlines() if b"o_wronly" in line or b"o_rdwr" in line}
    return any(piece.lower() in trace for piece in canary.traces()), frozenset(opened)
