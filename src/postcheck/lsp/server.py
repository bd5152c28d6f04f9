"""The server: which message of an editor leads to what."""

import asyncio
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import unquote

from lsprotocol import types
from pygls.capabilities import get_capability
from pygls.exceptions import FeatureRequestError, JsonRpcException, JsonRpcInternalError, JsonRpcServerNotInitialized
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from postcheck.errors import PostcheckError
from postcheck.finding import Report
from postcheck.lsp.actions import Edits, Whole, for_findings, for_pages, wanted, whole_edits
from postcheck.lsp.diagnostics import Placed, elsewhere, notices, placed
from postcheck.lsp.hover import hover
from postcheck.lsp.judging import Judged, Work, judged, prepare, unexpected
from postcheck.lsp.lines import Lines
from postcheck.lsp.memory import Memory
from postcheck.lsp.page import Page
from postcheck.reporters.tool import NAME, VERSION

if TYPE_CHECKING:
    from pygls.server import ServerErrors

PAUSE = 0.1
"""Seconds without a change after which a page is checked."""

_FILES = "**/*.{yaml,yml,toml,json}"
"""What a check may depend on besides its page: configuration, rules, baselines, what stands beside a draft."""

_Params = TypeVar("_Params")
_Answer = TypeVar("_Answer")


@dataclass(frozen=True, slots=True)
class _Shown:
    """What an editor shows of a page: what a check said, and its findings in their places."""

    judged: Judged
    lines: Lines
    findings: Sequence[Placed]


def serve(work: Work) -> bool:
    """Answer an editor by standard input and output until it ends; whether it took its leave as it should.

    Whatever else would print to standard output from now on prints to nowhere.
    """
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    server = _Server(work)
    server.start_io(sys.stdin.buffer, out)
    return server.dismissed


def _answering(answer: Callable[["_Server", _Params], _Answer]) -> Callable[["_Server", _Params], _Answer]:
    """A request's handler, of which an editor learns nothing but the kind and the place of what went wrong."""

    @wraps(answer)
    def answered(server: "_Server", params: _Params) -> _Answer:
        if not server.initialized:
            raise JsonRpcServerNotInitialized
        try:
            return answer(server, params)
        except Exception as error:
            raise JsonRpcInternalError(str(unexpected(error))) from None

    return answered


class _Server(LanguageServer):
    """Checks the pages that are open whenever one of them, or a file that a check depends on, has changed."""

    def __init__(self, work: Work) -> None:
        super().__init__(NAME, VERSION)
        self.initialized = False
        self.dismissed = False
        self._work = work
        self._memory = Memory()
        self._role: str | None = None
        self._told: dict[Path, str] = {}
        self._shown: dict[str, _Shown] = {}
        self._waiting: dict[str, asyncio.TimerHandle] = {}
        kinds = [types.CodeActionKind.QuickFix, *Whole]
        for name, handler, options in (
            (types.INITIALIZE, self._initialize, None),
            (types.INITIALIZED, self._begin, None),
            (types.SHUTDOWN, self._leave, None),
            (types.WORKSPACE_DID_CHANGE_CONFIGURATION, self._reconfigure, None),
            (types.WORKSPACE_DID_CHANGE_WATCHED_FILES, self._check_all, None),
            (types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS, self._check_all, None),
            (types.TEXT_DOCUMENT_DID_OPEN, self._open, None),
            (types.TEXT_DOCUMENT_DID_CHANGE, self._change, None),
            (types.TEXT_DOCUMENT_DID_SAVE, self._check_all, None),
            (types.TEXT_DOCUMENT_DID_CLOSE, self._close, None),
            (types.TEXT_DOCUMENT_HOVER, self._hover, None),
            (types.TEXT_DOCUMENT_CODE_ACTION, self._offer, types.CodeActionOptions(kinds, resolve_provider=True)),
            (types.CODE_ACTION_RESOLVE, self._resolve, None),
        ):
            self.feature(name, options)(partial(handler))  # a bound method takes none of the marks that pygls sets

    # From the first message to the last

    def _initialize(self, params: types.InitializeParams) -> None:
        self.initialized = True
        self._take_role(params.initialization_options)

    async def _begin(self, params: types.InitializedParams) -> None:
        """Ask to be told of changes and for the role; load what checks need, so that the first one is soon done."""
        progress = self.work_done_progress
        if self._can("window.work_done_progress"):
            with suppress(JsonRpcException):
                await progress.create_async(NAME)
                progress.begin(NAME, types.WorkDoneProgressBegin("postcheck is loading"))
        for folder in self._folders() or [Path.cwd()]:
            prepare(folder, self._work, self._memory)
        if NAME in progress.tokens:
            progress.end(NAME, types.WorkDoneProgressEnd())
        if self._can("workspace.did_change_watched_files.dynamic_registration"):
            watched = types.DidChangeWatchedFilesRegistrationOptions([types.FileSystemWatcher(_FILES)])
            await self._register(types.WORKSPACE_DID_CHANGE_WATCHED_FILES, watched)
        if self._can("workspace.did_change_configuration.dynamic_registration"):
            asked = types.DidChangeConfigurationRegistrationOptions(section=NAME)
            await self._register(types.WORKSPACE_DID_CHANGE_CONFIGURATION, asked)
        await self._ask_role()

    def _leave(self, params: None) -> None:
        self.dismissed = True

    def report_server_error(self, error: Exception, source: "ServerErrors") -> None:
        """Tell the editor that a message led to nothing, in words that hold nothing of it.

        What can't be read at all may have been a change of any page.
        """
        if source is FeatureRequestError:  # the request is answered
            return
        if not isinstance(error, JsonRpcException):
            for page in self._pages():
                page.whole = False
            self._check_all()
        self._tell("postcheck: a message of the editor couldn't be understood, so nothing came of it.")

    # What the author set

    async def _reconfigure(self, params: types.DidChangeConfigurationParams) -> None:
        said = params.settings
        self._take_role(said.get(NAME) if isinstance(said, dict) else getattr(said, NAME, None))
        await self._ask_role()

    async def _ask_role(self) -> None:
        if self._can("workspace.configuration"):
            items = [types.ConfigurationItem(section=NAME)]
            with suppress(JsonRpcException):
                for said in await self.workspace_configuration_async(types.ConfigurationParams(items)) or ():
                    self._take_role(said)

    def _take_role(self, said: Any) -> None:
        role = said.get("role") if isinstance(said, dict) else getattr(said, "role", None)
        if isinstance(role, str) and role != self._role:
            self._role = role or None
            self._check_all()

    # Pages

    def _open(self, params: types.DidOpenTextDocumentParams) -> None:
        document = params.text_document
        page = Page(document, self.workspace.position_codec)
        self.workspace.text_documents[unquote(document.uri)] = page
        self._check(document.uri)

    def _change(self, params: types.DidChangeTextDocumentParams) -> None:
        uri = params.text_document.uri
        self._forget(uri)
        self._waiting[uri] = asyncio.get_running_loop().call_later(PAUSE, self._check, uri)

    def _close(self, params: types.DidCloseTextDocumentParams) -> None:
        uri = params.text_document.uri
        self._forget(uri)
        self._shown.pop(uri, None)
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))

    def _check_all(self, params: Any = None) -> None:
        for page in self._pages():
            self._check(page.uri)

    def _forget(self, uri: str) -> None:
        """Don't check a page that waits for it."""
        if waiting := self._waiting.pop(uri, None):
            waiting.cancel()

    def _check(self, uri: str) -> None:
        """Check a page now, and have the editor show what is said of it."""
        self._forget(uri)
        page = self.workspace.text_documents.get(unquote(uri))
        if not isinstance(page, Page):
            return
        said, lines = judged(page, self._folders(), self._role, self._work, self._memory), page.lines_of_text()
        try:
            findings = [*placed(said, lines, uri)]
        except Exception as error:  # what can't be shown mustn't look clean
            said, findings = replace(said, report=Report(diagnostics=(unexpected(error),))), []
        self._shown[uri] = _Shown(said, lines, findings)
        every = [*notices(said, lines), *(each.diagnostic for each in findings)]
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, every, page.version))
        self._tell_once(said)

    def _current(self, uri: str) -> _Shown | None:
        """What is shown of a page as it is now; it's checked, if it has changed since."""
        page = self.workspace.text_documents.get(unquote(uri))
        shown = self._shown.get(uri)
        if isinstance(page, Page) and (shown is None or shown.judged.text != page.source):
            self._check(uri)
        return self._shown.get(uri)

    def _pages(self) -> list[Page]:
        documents = self.workspace.text_documents.values() if self.initialized else ()
        return [page for page in documents if isinstance(page, Page)]

    def _folders(self) -> list[Path]:
        """The editor's folders."""
        uris = [folder.uri for folder in self.workspace.folders.values()]
        paths = [to_fs_path(uri) for uri in uris or [self.workspace.root_uri or ""]]
        return [Path(path) for path in paths if path]

    # Requests

    @_answering
    def _hover(self, params: types.HoverParams) -> types.Hover | None:
        shown = self._current(params.text_document.uri)
        at = types.Range(params.position, params.position)
        formats = get_capability(self.client_capabilities, "text_document.hover.content_format", ())
        marked = types.MarkupKind.Markdown in formats
        return hover([each for each in shown.findings if each.touches(at)] if shown else [], marked)

    @_answering
    def _offer(self, params: types.CodeActionParams) -> list[types.CodeAction]:
        """What is offered at a place. What concerns the whole page is worked out when it's chosen, if the editor can
        wait for it.
        """
        uri, only = params.text_document.uri, params.context.only
        shown = self._current(uri)
        if shown is None:
            return []
        offered = []
        if wanted(types.CodeActionKind.QuickFix, only):
            chosen = [each for each in shown.findings if each.touches(params.range)]
            snippets = self._can("workspace.workspace_edit.snippet_edit_support") and self._versioned
            for action, edits in for_findings(chosen, shown.judged, shown.lines, snippets):
                action.edit = self._edit(uri, edits)
                offered.append(action)
        resolved = get_capability(self.client_capabilities, "text_document.code_action.resolve_support")
        for action in for_pages(shown.judged, only):
            action.data = {"uri": uri}
            offered.append(action if resolved and "edit" in resolved.properties else self._resolved(action))
        return offered

    @_answering
    def _resolve(self, action: types.CodeAction) -> types.CodeAction:
        return self._resolved(action)

    def _resolved(self, action: types.CodeAction) -> types.CodeAction:
        """An action for a whole page with its edit, if it can be done."""
        uri = action.data["uri"] if isinstance(action.data, dict) else getattr(action.data, "uri", "")
        shown = self._current(uri)
        if shown and action.kind is not None and action.kind in {*Whole}:
            try:
                edits = whole_edits(Whole(action.kind), shown.judged, shown.lines, self._work)
            except PostcheckError as error:
                self._tell(f"postcheck: {error}")
            else:
                action.edit = self._edit(uri, edits)
        return action

    @property
    def _versioned(self) -> bool:
        """Whether the editor takes edits of a certain version of a page."""
        return self._can("workspace.workspace_edit.document_changes")

    def _edit(self, uri: str, edits: Edits) -> types.WorkspaceEdit:
        """Edits of a page, for the version of it that was checked, where the editor knows versions."""
        if not self._versioned:
            return types.WorkspaceEdit(changes={uri: [each for each in edits if isinstance(each, types.TextEdit)]})
        version = self.workspace.text_documents[unquote(uri)].version
        document = types.OptionalVersionedTextDocumentIdentifier(uri, version)
        return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(document, [*edits])])

    # The editor

    def _can(self, capability: str) -> bool:
        return bool(get_capability(self.client_capabilities, capability))

    async def _register(self, method: str, options: Any) -> None:
        registration = types.Registration(f"{NAME}:{method}", method, options)
        with suppress(JsonRpcException):
            await self.client_register_capability_async(types.RegistrationParams([registration]))

    def _tell(self, message: str) -> None:
        self.window_show_message(types.ShowMessageParams(types.MessageType.Error, message))

    def _tell_once(self, said: Judged) -> None:
        """Tell what keeps the pages of a folder from being checked, when it changes."""
        message = f"postcheck: {elsewhere(said)}" if said.means is None and said.elsewhere else ""
        if message and message != self._told.get(said.folder):
            self._tell(message)
        self._told[said.folder] = message
