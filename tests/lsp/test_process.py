"""The server as a process: how it ends, and what gets out of it."""

import json
import os
import pty
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.lsp.conftest import COMMAND, environment_in

Message = dict[str, Any]

CAPABILITIES = {
    "general": {"positionEncodings": ["utf-8"]},
    "workspace": {"workspaceEdit": {"documentChanges": True, "snippetEditSupport": True}},
}
INITIALIZE: Message = {
    "id": 1,
    "method": "initialize",
    "params": {"processId": None, "rootUri": None, "capabilities": CAPABILITIES},
}
SHUTDOWN: Message = {"id": 99, "method": "shutdown"}
EXIT: Message = {"method": "exit"}
SECRET = ("Zebulon", "537-48-2916", "quixotically", "Ortanique")
"""Words of a draft that stand nowhere else."""
EDITS = {5, 7}
"""The requests whose answers are edits of the draft, or the editor's own action sent back."""
DRAFT = f"Our patient {SECRET[0]} {SECRET[3]} \N{PARTY POPPER} {SECRET[2]} rang the bell, her ssn is {SECRET[1]}."


def frame(message: Message | bytes) -> bytes:
    body = message if isinstance(message, bytes) else json.dumps({"jsonrpc": "2.0"} | message).encode()
    return b"Content-Length: %d\r\n\r\n%s" % (len(body), body)


def messages(out: bytes) -> list[Message]:
    """What a server said, from its frames."""
    said = []
    while out:
        head, _, rest = out.partition(b"\r\n\r\n")
        length = int(dict(line.split(b": ") for line in head.split(b"\r\n"))[b"Content-Length"])
        said.append(json.loads(rest[:length]))
        out = rest[length:]
    return said


Talk = Callable[..., tuple[int, list[Message], bytes]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of all servers."""
    return tmp_path_factory.mktemp("folder")


@pytest.fixture(scope="module")
def talk(folder: Path, home: Path) -> Talk:
    """Says something to a server, and then nothing more: how it ended, what it said, and what it printed besides."""

    def talked(*said: Message | bytes, **environment: str) -> tuple[int, list[Message], bytes]:
        done = subprocess.run(
            COMMAND,
            input=b"".join(map(frame, said)),
            env=environment_in(home) | environment,
            cwd=folder,
            capture_output=True,
            check=False,
        )
        return done.returncode, messages(done.stdout), done.stderr

    return talked


def opened(uri: str, text: str) -> Message:
    document = {"uri": uri, "languageId": "markdown", "version": 1, "text": text}
    return {"method": "textDocument/didOpen", "params": {"textDocument": document}}


@pytest.mark.parametrize(
    ("said", "code"), [((INITIALIZE, SHUTDOWN, EXIT), 0), ((INITIALIZE, EXIT), 1), ((INITIALIZE,), 1), ((), 1)]
)
def test_the_exit_code_tells_whether_the_editor_took_its_leave(
    talk: Talk, said: tuple[Message, ...], code: int
) -> None:
    ended, _, printed = talk(*said)
    assert (ended, printed) == (code, b"")


def test_an_editor_that_dies_in_the_middle_of_a_message_ends_the_server(home: Path, tmp_path: Path) -> None:
    data = frame(INITIALIZE) + frame(opened("file:///a.md", DRAFT))[:-40]
    environment = environment_in(home)
    done = subprocess.run(COMMAND, input=data, env=environment, cwd=tmp_path, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (1, b"")


def test_a_request_before_the_first_message_is_refused(talk: Talk) -> None:
    hover = {"textDocument": {"uri": "file:///a.md"}, "position": {"line": 0, "character": 0}}
    code, said, _ = talk({"id": 5, "method": "textDocument/hover", "params": hover}, INITIALIZE, SHUTDOWN, EXIT)
    assert code == 0
    assert (said[0]["id"], said[0]["error"]["code"]) == (5, -32002)


def test_broken_messages_are_survived(talk: Talk) -> None:
    broken = (
        b"{nobody",
        b"[]",
        b"7",
        b'"x"',
        b"\xff\xfe",
        b"{}",
        b'{"jsonrpc": "2.0", "method": 7}',
        b'{"jsonrpc": "1.0"}',
    )
    code, said, printed = talk(*broken, INITIALIZE, *broken, SHUTDOWN, EXIT)
    assert (code, printed) == (0, b"")
    assert {1, 99} <= {each.get("id") for each in said}


@pytest.fixture(scope="module")
def failing(talk: Talk, folder: Path) -> tuple[int, list[Message], bytes]:
    """What comes of a draft, and of messages that quote it and lead to nothing."""
    uri = (folder / "draft.md").as_uri()
    here = {"textDocument": {"uri": uri}}
    first, later = ({"line": 0, "character": at} for at in (0, 13))
    change = {"range": {"start": first, "end": first}, "text": DRAFT}
    elsewhere = {"textDocument": {"uri": "file:///never.md", "version": 2}, "contentChanges": [change]}
    somewhere = {"range": {"start": later, "end": later}, "context": {"diagnostics": []}}
    return talk(
        INITIALIZE,
        opened(uri, DRAFT),
        {"id": 7, "method": "textDocument/codeAction", "params": here | somewhere},
        {"method": "textDocument/didChange", "params": elsewhere},
        {"method": "textDocument/didChange", "params": {"textDocument": DRAFT, "contentChanges": DRAFT}},
        {"id": 2, "method": "textDocument/hover", "params": here | {"position": later}},
        {"id": 3, "method": "textDocument/hover", "params": {"text": DRAFT}},
        {"id": 4, "method": "textDocument/codeAction", "params": {"textDocument": {"uri": DRAFT}} | somewhere},
        {"id": 5, "method": "codeAction/resolve", "params": {"title": DRAFT, "kind": DRAFT, "data": {"uri": DRAFT}}},
        {"id": 6, "method": "workspace/executeCommand", "params": {"command": "none", "arguments": [DRAFT]}},
        json.dumps(DRAFT).encode()[:-3],
        DRAFT.encode("utf-16"),
        opened(uri, f"{DRAFT}\ud83d"),
        opened(uri, f"---\nauthor: {DRAFT!r}\n---\n{DRAFT}"),
        SHUTDOWN,
        EXIT,
    )


def published(said: list[Message]) -> list[list[Message]]:
    return [each["params"]["diagnostics"] for each in said if each.get("method") == "textDocument/publishDiagnostics"]


def test_no_word_of_a_draft_is_printed_or_kept_or_told_where_something_fails(
    failing: tuple[int, list[Message], bytes], folder: Path, home: Path
) -> None:
    code, said, printed = failing
    assert (code, printed) == (0, b"")
    assert [[each["code"] for each in found] for found in published(said)[-2:]] == [["postcheck/incomplete"]] * 2
    told = json.dumps([each for each in said if each.get("id") not in EDITS], ensure_ascii=False)
    files = b"".join(path.read_bytes() for top in (folder, home) for path in top.rglob("*") if path.is_file())
    for word in SECRET:
        assert word not in told
        assert word.encode() not in files
    assert "phi/patient-name" in told


def test_what_nobody_expected_is_told_in_the_editor_by_its_kind_and_not_called_clean(
    talk: Talk, tmp_path: Path
) -> None:
    lines = (
        "from postcheck import checker",
        "class Panic(BaseException): pass",
        "def fail(found, firm):",
        "    raise Panic([*found])",
        "checker.unique = fail",
    )
    (tmp_path / "sitecustomize.py").write_text("\n".join(lines))
    code, said, printed = talk(INITIALIZE, opened("untitled:a", DRAFT), SHUTDOWN, EXIT, PYTHONPATH=str(tmp_path))
    assert (code, printed) == (0, b"")
    ((told,),) = published(said)
    assert told["code"] == "postcheck/incomplete"
    assert told["message"].startswith("Nothing is checked: stopped by an unexpected Panic in fail, line 4")


def test_columns_are_counted_as_the_editor_asks(failing: tuple[int, list[Message], bytes]) -> None:
    _, said, _ = failing
    assert said[0]["result"]["capabilities"]["positionEncoding"] == "utf-8"
    (ssn,) = [each for each in published(said)[0] if each["code"] == "phi/ssn"]
    assert ssn["range"]["start"]["character"] == len(DRAFT[: DRAFT.index(SECRET[1])].encode())


def test_the_cursor_goes_where_the_reason_is_missing_if_the_editor_can_do_that(
    failing: tuple[int, list[Message], bytes],
) -> None:
    (offered,) = [each["result"] for each in failing[1] if each.get("id") == 7]
    (ignore,) = [each for each in offered if each["title"].startswith("Ignore phi/patient-name")]
    (edit,) = ignore["edit"]["documentChanges"][0]["edits"]
    assert edit["snippet"]["value"] == '<!-- postcheck: ignore[phi/patient-name] reason="${1}" -->\n'


def test_at_a_terminal_it_says_what_it_is_for(home: Path) -> None:
    leader, follower = pty.openpty()
    done = subprocess.run(COMMAND, stdin=follower, env=environment_in(home), capture_output=True, check=False)
    os.close(leader)
    os.close(follower)
    assert done.returncode == 2
    assert b"docs/editors.md" in done.stderr


def test_without_its_library_it_names_the_extra(home: Path, tmp_path: Path) -> None:
    hidden = "lambda name, *others: None if name == 'pygls' else find(name, *others)"
    lines = ("import importlib.util", "find = importlib.util.find_spec", f"importlib.util.find_spec = {hidden}")
    (tmp_path / "sitecustomize.py").write_text("\n".join(lines))
    environment = environment_in(home) | {"PYTHONPATH": str(tmp_path)}
    done = subprocess.run(COMMAND, input=b"", env=environment, capture_output=True, check=False)
    assert done.returncode == 2
    assert b'pip install "postcheck[lsp]"' in done.stderr
