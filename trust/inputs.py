"""Bad input by the hundred: what is refused says so in one sentence, and what can be read is checked whole."""

import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from trust.documents import sheet, word

GOOD = "Discharged my patient Maria Gonzalez, MRN 4471902, today."
"""A draft beside each bad input, which is checked all the same."""

_TIME = 120
_DEEP = 100_000


@dataclass(frozen=True, slots=True)
class Input:
    """An input of some kind: the name of its file and what makes it there.

    `refused` tells whether it's to be refused with one sentence, or else to be checked whole; `beside`
    are other files that belong to it.
    """

    kind: str
    name: str
    make: Callable[[Path], object]
    refused: bool = True


def _bytes(content: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(content)


def _later(content: Callable[[], bytes]) -> Callable[[Path], object]:
    """What takes long to make is made when it's needed."""
    return lambda path: path.write_bytes(content())


def _text(content: str) -> Callable[[Path], object]:
    return _bytes(content.encode())


def _beside(other: str, content: str) -> Callable[[Path], object]:
    """A good draft, and another file beside it."""

    def make(path: Path) -> None:
        path.write_text(GOOD, encoding="utf-8")
        (path.parent / other.replace("*", path.name)).write_text(content, encoding="utf-8")

    return make


def _archive(members: Mapping[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, member in members.items():
            archive.writestr(name, member)
    return content.getvalue()


def _members(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _changed(content: bytes, member: str, change: Callable[[bytes], bytes]) -> bytes:
    """An archive with one of its members changed."""
    members = _members(content)
    return _archive(members | {member: change(members[member])})


def _without(content: bytes, member: str) -> bytes:
    return _archive({name: each for name, each in _members(content).items() if name != member})


_BOMB = b'<!DOCTYPE z [<!ENTITY a "aaaaaaaaaa">' + b"".join(
    b'<!ENTITY %c "%s">' % (after, b"&%c;" % before * 10)
    for before, after in zip(b"abcdefgh", b"bcdefghi", strict=True)
)
_ENTITIES = _BOMB + b"]>"
_FOREIGN = b'<!DOCTYPE z [<!ENTITY i SYSTEM "file:///etc/passwd">]>'


def _with_entities(entities: bytes, name: bytes) -> Callable[[bytes], bytes]:
    """Puts a document type before the root of an XML file, and one of its entities into the first text."""

    def change(xml: bytes) -> bytes:
        head, _, rest = xml.partition(b"?>")
        return head + b"?>" + entities + rest.replace(b"</w:t>", b"&" + name + b";</w:t>", 1)

    return change


def _formulas(sheet: Any) -> None:
    sheet["A3"], sheet["B1"], sheet["B2"] = '="Call "&B1', "author", "employee"


def _merged(sheet: Any) -> None:
    sheet.merge_cells("A2:A4")


def _errors(sheet: Any) -> None:
    sheet["A3"] = "#REF!"


def _far(sheet: Any) -> None:
    sheet.cell(1_048_576, 1, GOOD)


def _huge(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(100_000_000)


def _loop(path: Path) -> None:
    path.symlink_to(path.name)


def _unreadable(path: Path) -> None:
    path.write_text(GOOD, encoding="utf-8")
    path.chmod(0)


_ENCODINGS = {
    "UTF-16 without a mark": "Señora Pérez left".encode("utf-16-le"),
    "UTF-32 without a mark": "Señora Pérez left".encode("utf-32-be"),
    "Latin-1": "Señora Pérez left".encode("latin-1"),
    "a cut character": "Señora Pé".encode()[:-1],
    "an overlong form": b"caf\xc0\xaf",
    "a half of a pair": b"caf\xed\xa0\x80",
    "beyond Unicode": b"caf\xf4\x90\x80\x80",
    "continuation bytes alone": b"caf\x80\x81",
    "NUL bytes": b"caf\x00\x00",
    "an executable": b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 4,
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
    "an archive": _archive({"a.txt": b"x"}),
}
_TEXTS = (".txt", ".md", ".html", ".jsonl", ".csv")

_LINES = {
    "no JSON": '{"text": "a"',
    "an array": '["a"]',
    "no text": '{"body": "a"}',
    "a number for text": '{"text": 5}',
    "a wrong author": '{"text": "a", "author": "robot"}',
    "deep JSON": '{"text": ' + "[" * _DEEP + "]" * _DEEP + "}",
    "NaN": '{"text": NaN}',
    "two values": '{"text": "a"} {"text": "b"}',
    "a comment": '// {"text": "a"}',
    "a key twice": '{"text": "a", "text": "b"}',
}
_SIDECARS = {
    "an unknown key": "ignore: [{rules: phi, reason: a}]\nauthor: employee",
    "deep YAML": "ignore: " + "[" * 3000 + "]" * 3000,
    "a YAML tag": "ignore: !!python/object/apply:os.system ['true']",
    "an alias": "ignore: [&a {rules: phi, reason: a}, *a]",
    "no reason": "ignore: [{rules: phi}]",
    "no end of a quote": 'ignore: "phi',
    "no mapping": "ignore",
}
_FRONT = {
    "deep YAML": "author: " + "[" * 3000 + "]" * 3000,
    "a YAML tag": "author: !!python/object/apply:os.system ['true']",
    "an alias that grows": "a: &a [x, x]\nb: &b [*a, *a]\nauthor: *b",
    "a wrong author": "author: robot",
    "no end of a quote": 'author: "employee',
    "a tabulator": "author:\t\t- employee",
    "a list for a name": "author: [employee]",
}
_HEADINGS = {
    "no text column": "a,b\n1,2\n",
    "two text columns": "text,text\na,b\n",
    "a wrong author": "text,author\na,robot\n",
    "too few fields": "text,author,channel\na\n",
    "too many fields": "text\na,b,c\n",
    "an open quote": 'text\n"a\n',
}
_READ = {"two text columns", "a wrong author", "too few fields"}
"""Tables in which every text is found, and a word such as "Robot" under "author" is a name."""

_CONFIGURATIONS = {
    "no YAML": "rules: [",
    "an unknown key": "ruels: x",
    "a tag": "rules: !!python/name:os.system",
    "an alias": "a: &a [x]\nrules: *a",
    "deep YAML": "rules: " + "[" * 3000 + "]" * 3000,
    "a control character": 'organization: "\\e[31m"',
    "a folder that isn't there": "rules: nowhere",
    "a wrong value": "fail_on: sometimes",
    "binary": "\x00\x01",
}


def _inputs() -> Iterator[Input]:
    for ending in _TEXTS:
        for name, content in _ENCODINGS.items():
            yield Input("encoding", f"{name}{ending}", _bytes(content))
    for name, line in _LINES.items():
        yield Input("JSON Lines", f"{name}.jsonl", _text(f'{{"text": "Hello all"}}\n{line}\n'))
    for name, front in _FRONT.items():
        yield Input("front matter", f"front {name}.md", _text(f"---\n{front}\n---\n\nHello all.\n"))
    for name, said in _SIDECARS.items():
        yield Input("sidecar", f"side {name}.txt", _beside("*.postcheck.yaml", said))
    for name, table in _HEADINGS.items():
        yield Input("table", f"{name}.csv", _text(table), refused=name not in _READ)
    yield from _office()
    yield from _special()


def _office() -> Iterator[Input]:
    letter, table = word(GOOD), sheet(GOOD)
    text, first = "word/document.xml", "xl/worksheets/sheet1.xml"
    for name, content in {
        "cut off": lambda: letter[: len(letter) // 2],
        "no document": lambda: _without(letter, text),
        "no list of contents": lambda: _without(letter, "[Content_Types].xml"),
        "broken XML": lambda: _changed(letter, text, lambda xml: xml[: len(xml) // 2]),
        "entities that grow": lambda: _changed(letter, text, _with_entities(_ENTITIES, b"i")),
        "an entity of another file": lambda: _changed(letter, text, _with_entities(_FOREIGN, b"i")),
        "a bomb": lambda: _changed(letter, text, lambda xml: xml + b" " * 300_000_000),
        "a sheet": lambda: table,
        "empty": lambda: b"",
        "text": lambda: GOOD.encode(),
    }.items():
        yield Input("Word", f"{name}.docx", _later(content))
    for name, content in {
        "cut off": lambda: table[: len(table) // 2],
        "no workbook": lambda: _without(table, "xl/workbook.xml"),
        "no sheet": lambda: _without(table, first),
        "broken XML": lambda: _changed(table, first, lambda xml: xml[: len(xml) // 2]),
        "a bomb": lambda: _changed(table, first, lambda xml: xml + b" " * 300_000_000),
        "a document": lambda: letter,
        "empty": lambda: b"",
    }.items():
        yield Input("Excel", f"{name}.xlsx", _later(content))
    for name, fill in {"formulas": _formulas, "merged cells": _merged, "errors": _errors, "a far cell": _far}.items():
        yield Input("Excel", f"with {name}.xlsx", _bytes(sheet(GOOD, fill)), refused=name == "formulas")


def _special() -> Iterator[Input]:
    yield Input("size", "a hundred megabytes.txt", _huge)
    yield Input("size", "more than a million characters.txt", _text("a b " * 300_000))
    yield Input("size", "a line of a million.txt", _text("a" * 900_000), refused=False)
    yield Input("size", "empty.txt", _text(""), refused=False)
    yield Input("nesting", "quotes.md", _text(">" * 5000 + " hello"), refused=False)
    yield Input("nesting", "lists.md", _text("".join("  " * depth + "- a\n" for depth in range(500))), refused=False)
    yield Input("nesting", "brackets.md", _text("[" * 20_000), refused=False)
    yield Input("nesting", "tags.html", _text("<div>" * 20_000 + "hello"), refused=False)
    yield Input("file", "pipe.txt", os.mkfifo)
    yield Input("file", "device.txt", lambda path: path.symlink_to("/dev/zero"))
    yield Input("file", "link to itself.txt", _loop)
    yield Input("file", "link to nothing.txt", lambda path: path.symlink_to("nothing"))
    yield Input("file", "not there.txt", lambda path: None)
    if os.geteuid():
        yield Input("file", "unreadable.txt", _unreadable)
    for name in (
        "escape \x1b[31m.txt",
        "line\nbreak.txt",
        "turned \u202e.txt",
        os.fsdecode(b"bytes \xff.txt"),
        "-x.txt",
    ):
        yield Input("name", name, _text(GOOD), refused=False)
        yield Input("name", f"bad {name}", _bytes(b"\xff\xff\xff"))
    for name in (".doc", ".xls", ".rtf", ".odt", ".msg"):
        yield Input("format", f"old{name}", _text(GOOD))


INPUTS = tuple(_inputs())


@dataclass(frozen=True, slots=True)
class Outcome:
    """What postcheck made of an input."""

    input: Input
    code: int | None
    said: tuple[str, ...]
    findings: int
    output: str

    @property
    def right(self) -> bool:
        """Whether it was refused with one sentence, or checked whole, as it should be, with no trace of an accident."""
        clean = "Traceback" not in self.output and "stopped by" not in self.output and "\x1b" not in self.output
        if self.input.refused:
            return clean and self.code == 2 and len(self.said) == 1 and self.findings > 0
        return clean and self.code == 1 and not self.said


def outcome(tried: Input) -> Outcome:
    """Check an input, beside a good draft, in a folder of its own, by the real command line."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "good.txt").write_text(GOOD, encoding="utf-8")
        tried.make(folder / tried.name)
        return _checked(tried, ["good.txt", f"./{tried.name}"], folder)


def _checked(tried: Input, paths: list[str], folder: Path) -> Outcome:
    command = [sys.executable, "-m", "postcheck", "check", "--no-model", "--no-cache", "--format", "json", *paths]
    environment = os.environ | {"POSTCHECK_SOCKET": "", "HOME": str(folder)}
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            env=environment,
            capture_output=True,
            stdin=subprocess.DEVNULL,
            timeout=_TIME,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Outcome(tried, None, (), 0, "")
    output = (done.stdout + done.stderr).decode("utf-8", "replace")
    try:
        report = json.loads(done.stdout)
    except ValueError:
        return Outcome(tried, done.returncode, tuple(done.stderr.decode("utf-8", "replace").splitlines()), 0, output)
    said = tuple(problem["message"] for problem in report["diagnostics"])
    whole = report["complete"] is not bool(said)
    return Outcome(tried, done.returncode if whole else None, said, len(report["findings"]), output)


def configured(name: str, content: str) -> Outcome:
    """Check a good draft with a bad configuration."""
    tried = Input("configuration", name, _text(content))
    with TemporaryDirectory() as folder:
        (Path(folder) / "good.txt").write_text(GOOD, encoding="utf-8")
        (Path(folder) / ".postcheck.yaml").write_text(content, encoding="utf-8")
        done = _checked(tried, ["good.txt"], Path(folder))
    return Outcome(tried, done.code, done.said, 1, done.output)  # without a configuration nothing is judged


def outcomes() -> Iterator[Outcome]:
    """What postcheck makes of each input."""
    yield from map(outcome, INPUTS)
    for name, content in _CONFIGURATIONS.items():
        yield configured(name, content)


def together(folder: Path) -> dict[str, list[str]]:
    """All inputs checked in one run in a folder: what is said of each, by its name, and under `""` the exit code."""
    for tried in INPUTS:
        tried.make(folder / tried.name)
    paths = [f"./{tried.name}" for tried in INPUTS]
    command = [sys.executable, "-m", "postcheck", "check", "--no-model", "--no-cache", "--format", "json", *paths]
    environment = os.environ | {"POSTCHECK_SOCKET": "", "HOME": str(folder)}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, timeout=_TIME, check=False)
    said: dict[str, list[str]] = {tried.name: [] for tried in INPUTS} | {"": [str(done.returncode)]}
    for problem in json.loads(done.stdout)["diagnostics"]:
        said.setdefault(str(problem["path"]).removesuffix(".postcheck.yaml"), []).append(problem["message"])
    return said


def figures() -> str:
    """The outcomes by kind, as a table."""
    found = [*outcomes()]
    rows = []
    for kind in dict.fromkeys(each.input.kind for each in found):
        those = [each for each in found if each.input.kind == kind]
        refused = [each for each in those if each.input.refused]
        right = sum(each.right for each in those)
        hung = sum(each.code is None for each in those)
        rows.append(f"| {kind} | {len(those)} | {len(refused)} | {len(those) - len(refused)} | {right} | {hung} |")
    return "\n".join(
        [
            f"{len(found)} inputs were tried, each beside a good draft, by the command line: "
            f"{sum(each.right for each in found)} ended as they should.",
            "",
            "| Kind | inputs | to be refused | to be checked whole | ended so | never ended |",
            "|---|---|---|---|---|---|",
            *rows,
        ]
    )
