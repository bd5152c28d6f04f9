"""An editor with a real server, which it talks to over standard input and output."""

import asyncio
import os
import re
import sys
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from lsprotocol import types
from pytest_lsp import LanguageClient, client_capabilities, make_test_lsp_client

Edit = types.TextDocumentContentChangeEvent

COMMAND = [sys.executable, "-m", "postcheck", "lsp"]
ROLE = "nurse"
PATIENCE = 30
"""Seconds after which an answer doesn't come any more."""


def environment_in(home: Path) -> dict[str, str]:
    """The environment of a server with a home of its own."""
    return os.environ | {
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "POSTCHECK_SOCKET": "",
    }


def written(text: str, edit: types.TextEdit) -> str:
    """A text after an edit, in an editor that keeps its text in UTF-16."""
    raw = text.encode("utf-16-le")
    lines = [len(each.encode("utf-16-le")) for each in re.findall(r"[^\r\n]*(?:\r\n|\r|\n|$)", text)]

    def at(position: types.Position) -> int:
        return sum(lines[: position.line]) + 2 * position.character

    start, end = at(edit.range.start), at(edit.range.end)
    return (raw[:start] + edit.new_text.encode("utf-16-le") + raw[end:]).decode("utf-16-le")


@dataclass
class Editor:
    """What an editor does. `folder` is the one that it has opened."""

    client: LanguageClient
    folder: Path
    environment: dict[str, str]
    registered: "asyncio.Queue[types.Registration]" = field(default_factory=asyncio.Queue)
    published: "asyncio.Queue[types.PublishDiagnosticsParams]" = field(default_factory=asyncio.Queue)
    versions: dict[str, int] = field(default_factory=dict)

    def uri(self, name: str) -> str:
        """The address of a file in the folder; of what isn't in a file, its own."""
        return name if name.startswith("untitled:") else (self.folder / name).as_uri()

    def write(self, name: str, text: str) -> None:
        """Write a file, and tell that it has changed, as an editor that watches files does."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        self.tell_of(name)

    def remove(self, name: str) -> None:
        """Remove a file, and tell it."""
        (self.folder / name).unlink()
        self.tell_of(name)

    def tell_of(self, name: str) -> None:
        changed = types.FileEvent(self.uri(name), types.FileChangeType.Changed)
        self.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([changed]))

    async def open(self, name: str, text: str, language: str = "plaintext") -> list[types.Diagnostic]:
        """Open a document, and what is said of it."""
        uri = self.uri(name)
        self.versions[uri] = 1
        item = types.TextDocumentItem(uri, language, 1, text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        return await self.said(name)

    def edit(self, name: str, *changes: Edit | str) -> None:
        """Change a document; a string is its new text."""
        uri = self.uri(name)
        self.versions[uri] += 1
        whole = types.TextDocumentContentChangeWholeDocument
        events = [whole(each) if isinstance(each, str) else each for each in changes]
        identifier = types.VersionedTextDocumentIdentifier(self.versions[uri], uri)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(identifier, events))

    def close(self, name: str) -> None:
        identifier = types.TextDocumentIdentifier(self.uri(name))
        self.client.text_document_did_close(types.DidCloseTextDocumentParams(identifier))

    async def next_of(self, name: str) -> types.PublishDiagnosticsParams:
        """What is said next of a document, of whichever version."""
        while True:
            told = await asyncio.wait_for(self.published.get(), PATIENCE)
            if told.uri == self.uri(name):
                return told

    async def said(self, name: str) -> list[types.Diagnostic]:
        """What is said next of a document as it is now."""
        while True:
            told = await self.next_of(name)
            if told.version == self.versions[self.uri(name)]:
                return [*told.diagnostics]

    async def hover(self, name: str, line: int, character: int) -> str | None:
        at = types.HoverParams(types.TextDocumentIdentifier(self.uri(name)), types.Position(line, character))
        told = await self.client.text_document_hover_async(at)
        if told is None:
            return None
        assert isinstance(told.contents, types.MarkupContent)
        return told.contents.value

    async def actions(
        self, name: str, line: int, character: int, only: Sequence[str] | None = None
    ) -> dict[str, types.CodeAction]:
        """What is offered at a place, by its title."""
        at = types.Range(types.Position(line, character), types.Position(line, character))
        context = types.CodeActionContext([], only=only)
        asked = types.CodeActionParams(types.TextDocumentIdentifier(self.uri(name)), at, context)
        offered = await self.client.text_document_code_action_async(asked)
        assert offered is not None
        return {each.title: each for each in offered if isinstance(each, types.CodeAction)}

    async def edits(self, action: types.CodeAction) -> list[types.TextEdit]:
        """What an action changes, which is asked for where it isn't told."""
        if action.edit is None:
            action = await self.client.code_action_resolve_async(action)
        assert action.edit is not None
        assert action.edit.document_changes is not None
        (document,) = action.edit.document_changes
        assert isinstance(document, types.TextDocumentEdit)
        assert document.text_document.version == self.versions[document.text_document.uri]
        return [each for each in document.edits if isinstance(each, types.TextEdit)]

    async def take(self, name: str, action: types.CodeAction, text: str) -> str:
        """A document's text after an action, with the document changed to it."""
        (edit,) = await self.edits(action)
        self.edit(name, types.TextDocumentContentChangePartial(edit.range, edit.new_text))
        return written(text, edit)

    async def run(self, *arguments: str) -> bytes:
        """What a command prints that is run in the folder."""
        command = [sys.executable, "-m", "postcheck", *arguments]
        done = await asyncio.create_subprocess_exec(
            *command,
            cwd=self.folder,
            env=self.environment,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        out, _ = await done.communicate()
        return out

    def send(self, raw: bytes) -> None:
        """Send bytes as they are."""
        server = self.client._server
        assert server is not None
        assert server.stdin is not None
        server.stdin.write(raw)


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of all servers, so that the rules aren't examined anew by each."""
    return tmp_path_factory.mktemp("home")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def editor(tmp_path_factory: pytest.TempPathFactory, home: Path) -> AsyncIterator[Editor]:
    """An editor in a folder, for all tests of a module."""
    folder = tmp_path_factory.mktemp("posts")
    client = make_test_lsp_client()
    made = Editor(client, folder, environment_in(home))
    client.set_configuration({"role": ROLE}, section="postcheck")

    def register(params: types.RegistrationParams) -> None:
        for each in params.registrations:
            made.registered.put_nowait(each)

    def show(params: Any) -> None:
        made.published.put_nowait(params)

    asked = asyncio.Event()

    def configuration(params: types.ConfigurationParams) -> list[Any]:
        asked.set()
        return [client.get_configuration(section=each.section, scope_uri=each.scope_uri) for each in params.items]

    for name in (types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS, types.WORKSPACE_CONFIGURATION):
        client.protocol.fm.features.pop(name)
    client.feature(types.WORKSPACE_CONFIGURATION)(configuration)
    client.feature(types.CLIENT_REGISTER_CAPABILITY)(register)
    client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(show)
    await client.start_io(*COMMAND, env=made.environment, cwd=home)
    capabilities = client_capabilities("visual-studio-code")
    folders = [types.WorkspaceFolder(folder.as_uri(), "posts")]
    await client.initialize_session(types.InitializeParams(capabilities, workspace_folders=folders))
    await asyncio.wait_for(asked.wait(), PATIENCE)
    await made.hover("nothing.txt", 0, 0)  # once this is answered, so is the question for the configuration
    yield made
    await client.shutdown_session()
    await client.stop()  # type: ignore[no-untyped-call]
