"""A document that is open in an editor."""

from pathlib import Path, PurePosixPath

from lsprotocol.types import TextDocumentContentChangeEvent, TextDocumentContentChangePartial, TextDocumentItem
from pygls.workspace import PositionCodec, TextDocument

from postcheck.lsp.lines import Lines

_SUFFIXES = {"markdown": ".md", "html": ".html", "csv": ".csv", "tsv": ".tsv", "jsonl": ".jsonl"}
"""What a document without a file would be called, by its language; any other is plain text."""


class Page(TextDocument):
    """An open document. Its lines end as the protocol says; `pygls` would also end them at a form feed.

    A page that isn't `whole` may differ from what the editor shows, since a message was lost.
    """

    def __init__(self, item: TextDocumentItem, codec: PositionCodec) -> None:
        super().__init__(item.uri, item.text, item.version, item.language_id, position_codec=codec)
        self.whole = True

    def apply_change(self, change: TextDocumentContentChangeEvent) -> None:
        """Take over what was written in the editor."""
        if isinstance(change, TextDocumentContentChangePartial):
            lines = self.lines_of_text()
            start, end = lines.offset(change.range.start), lines.offset(change.range.end)
            self._source = self.source[:start] + change.text + self.source[end:]
        else:
            self._source = change.text
            self.whole = True

    def lines_of_text(self) -> Lines:
        """The lines, in the encoding that was agreed upon."""
        return Lines(self.source, self.position_codec.encoding or "utf-16")

    def folder(self, folders: list[Path]) -> Path:
        """The folder from which the page is checked: the innermost of the editor's that holds it, else its own, or
        what of that is there already.

        What isn't in a file is checked from the editor's first folder, or the current one.
        """
        if not self.uri.startswith("file:"):
            return folders[0] if folders else Path.cwd()
        file = Path(self.path)
        holding = [folder for folder in folders if folder in file.parents]
        there = (parent for parent in file.parents if parent.is_dir())
        return max(holding, key=lambda folder: len(folder.parts), default=None) or next(there, Path.cwd())

    def name(self, folder: Path) -> str:
        """What `postcheck check` would be given in that folder; its suffix tells the format."""
        if not self.uri.startswith("file:"):
            title = PurePosixPath(self.path).name or "untitled"
            return f"<{title}>{_SUFFIXES.get(self.language_id or '', '.txt')}"
        file = Path(self.path)
        return str(file.relative_to(folder) if folder in file.parents else file)
