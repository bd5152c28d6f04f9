"""What passes from the last key to what an editor is told, by a server that is loaded."""

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import IO, Any

from benchmarks.starts import POSTCHECK, environment_of, pinned
from benchmarks.texts import of_length

_WARM = 3
"""Changes that aren't measured."""


CHANGES = {"at its end": "{text}{change}", "at its beginning": "{change}{text}"}
"""Where a draft is changed. What stands before a change is as it was, and needn't be read by the model again."""


def pauses(characters: int, where: str, rounds: int) -> list[float]:
    """The seconds from each of some changes of a draft of that length to its findings."""
    uri, text = "untitled:draft", of_length(characters)
    with _server() as server:
        document = {"uri": uri, "languageId": "markdown", "version": 0, "text": text}
        _say(server.stdin, "textDocument/didOpen", {"textDocument": document})
        _findings(server.stdout, 0)
        measured = []
        for version in range(1, _WARM + rounds + 1):
            change = {"text": CHANGES[where].format(text=text, change=f" {version} ")}
            identifier = {"uri": uri, "version": version}
            begun = perf_counter()
            _say(server.stdin, "textDocument/didChange", {"textDocument": identifier, "contentChanges": [change]})
            _findings(server.stdout, version)
            measured.append(perf_counter() - begun)
        return measured[_WARM:]


@contextmanager
def _server() -> Iterator[Any]:
    """A server on one core, to which an editor has introduced itself."""
    command = pinned([*POSTCHECK, "lsp"])
    server = subprocess.Popen(command, env=environment_of(), stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        _say(server.stdin, "initialize", {"processId": os.getpid(), "rootUri": None, "capabilities": {}}, 1)
        _say(server.stdin, "initialized", {})
        yield server
    finally:
        server.kill()
        server.wait()


def _say(stream: IO[bytes] | None, method: str, params: Any, number: int | None = None) -> None:
    assert stream is not None
    message = {"jsonrpc": "2.0", "method": method, "params": params}
    body = json.dumps(message if number is None else message | {"id": number}).encode()
    stream.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
    stream.flush()


def _findings(stream: IO[bytes] | None, version: int) -> None:
    """Wait until the findings of a version are told."""
    assert stream is not None
    while True:
        length = 0
        while (line := stream.readline().strip()) or not length:
            name, _, value = line.partition(b": ")
            length = int(value) if name == b"Content-Length" else length
        told = json.loads(stream.read(length))
        if told.get("method") == "textDocument/publishDiagnostics" and told["params"]["version"] == version:
            return
