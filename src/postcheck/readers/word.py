"""Word documents: a line of the draft's text is a paragraph.

The body is the post. Headers, footers, notes, comments, deleted text and the document's
properties go wherever the file goes: each is a draft of its own, since what is said there doesn't
make the post any better. Who wrote the document isn't read.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from postcheck.draft import Draft, Segment, SegmentKind, Span
from postcheck.errors import PostcheckError, Problem
from postcheck.readers.metadata import Metadata
from postcheck.readers.package import checked, damaged
from postcheck.readers.social import social

if TYPE_CHECKING:
    from docx.opc.part import Part
    from lxml.etree import _Element

_WHAT = "a Word document"
_NAMES = {
    "main": None,
    "header": "header",
    "footer": "footer",
    "footnotes": "footnotes",
    "endnotes": "endnotes",
    "comments": "comments",
    "chart": "chart",
    "diagramData": "diagram",
}
"""What to call a part of a document, by the last word of its content type. The other parts hold no text."""

_TEXT, _DELETED = "text", "deleted text"
_EMBEDDED = {"aFChunk", "oleObject", "package", "subDocument"}
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_PARAGRAPHS = {f"{_W}p", f"{_A}p"}
_TEXTS = {f"{_W}t", f"{_W}delText", f"{_A}t", f"{_M}t"}
_GONE = {f"{_W}del", f"{_W}moveFrom"}
_MARKS = {
    f"{_W}tab": "\t",
    f"{_W}br": "\v",
    f"{_W}cr": "\v",
    f"{_A}br": "\v",
    f"{_W}noBreakHyphen": "-",
    f"{_W}softHyphen": "\u00ad",
}
"""What stands for an element within a paragraph. A line break is the one that Word itself writes."""

_QUOTED = re.compile(r'^\s*HYPERLINK\s+"([^"]*)"')
_PROPERTIES = ("title", "subject", "keywords", "category", "comments")

_Piece = tuple[SegmentKind | None, str]
"""A part of a paragraph's text, and what it is."""


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """What stands in a paragraph, in pieces that are apart from each other; and what stood there."""

    pieces: tuple[_Piece, ...]
    deleted: str


@dataclass(frozen=True, slots=True)
class _Part:
    """A file within a document: what it's called, if it holds text, its XML, and the addresses of its links by name."""

    kind: str
    embeds: bool
    content: bytes
    addresses: Mapping[str, str]


def read_word(content: bytes, path: str, defaults: Metadata) -> tuple[Draft, ...]:
    """The draft of the body, and one of each other part that holds text. Raises `PostcheckError`."""
    parts, properties = _package(content, path)
    texts: dict[str | None, list[tuple[_Piece, ...]]] = {None: []}
    deleted: list[tuple[_Piece, ...]] = []
    for part in parts:
        if part.embeds:
            hint = "take it out, and check it on its own"
            raise PostcheckError(Problem("holds another file, which can't be checked", path, hint=hint))
        if part.kind not in _NAMES:
            continue
        for paragraph in _paragraphs(part, path):
            texts.setdefault(_NAMES[part.kind], []).append(paragraph.pieces)
            if paragraph.deleted:
                deleted.append(((None, paragraph.deleted),))
    texts |= {"deleted text": deleted, "properties": [((None, said),) for said in properties if said.strip()]}
    drafts = [_draft(paragraphs, path, defaults, part) for part, paragraphs in texts.items()]
    return tuple(draft for draft in drafts if draft.part is None or draft.text.strip())


def _package(content: bytes, path: str) -> tuple[list[_Part], list[str]]:
    """The parts of a document in their order, and its properties. Raises `PostcheckError`."""
    file = checked(content, path, _WHAT)
    import docx

    try:
        document = docx.Document(file)
        properties = [getattr(document.core_properties, name) for name in _PROPERTIES]
        return [_part(part) for part in document.part.package.iter_parts()], properties
    except Exception:  # python-docx has no exception of its own for a damaged file, and a message may quote it
        raise damaged(path, _WHAT) from None


def _part(part: "Part") -> _Part:
    relations = part.rels
    return _Part(
        kind=part.content_type.removesuffix("+xml").rpartition(".")[2],
        embeds=any(_last(each.reltype) in _EMBEDDED for each in relations.values()),
        content=part.blob,
        addresses={name: each.target_ref for name, each in relations.items() if each.is_external},
    )


def _draft(paragraphs: list[tuple[_Piece, ...]], path: str, defaults: Metadata, part: str | None) -> Draft:
    text = ""
    segments: list[Segment] = []
    for number, pieces in enumerate(paragraphs):
        text += "\n" if number else ""
        for index, (kind, piece) in enumerate(pieces):
            text += "\v" if index else ""
            if kind and piece:
                segments.append(Segment(Span(len(text), len(text) + len(piece)), kind))
            text += piece
    segments += social(text, [segment.span for segment in segments if segment.kind is SegmentKind.URL])
    return defaults.draft(text, path, tuple(sorted(segments)), part=part, verbatim=False, line_name="paragraph")


def _paragraphs(part: _Part, path: str) -> Iterator[_Paragraph]:
    """The paragraphs of a part in their order; those in a table or in a text box follow the one that it stands in."""
    from docx.oxml import parse_xml

    try:
        root = parse_xml(part.content)
    except Exception:  # what the parser says may quote the document
        raise damaged(path, _WHAT) from None
    _keep_one_of_each(root)
    for element in root.iter(*_PARAGRAPHS):
        found = [*_within(element, part.addresses)]
        text, deleted = ("".join(piece for what, piece in found if what == wanted) for wanted in (_TEXT, _DELETED))
        asides = [(what, piece) for what, piece in found if isinstance(what, SegmentKind)]
        yield _Paragraph(((None, text), *asides), deleted)


def _keep_one_of_each(root: "_Element") -> None:
    """Word writes some things twice, for itself and for older programs: the second time goes if the first has text."""
    for both in [*root.iter(f"{_MC}AlternateContent")]:
        if any(next(choice.iter(*_TEXTS), None) is not None for choice in both.iter(f"{_MC}Choice")):
            for fallback in both.findall(f"{_MC}Fallback"):
                both.remove(fallback)


def _within(element: "_Element", addresses: Mapping[str, str], what: str = _TEXT) -> Iterator[tuple[str, str]]:
    """What stands in a paragraph, apart from the paragraphs within it: text, text that is deleted, and asides."""
    for child in element.iterchildren(tag="*"):
        tag = str(child.tag)
        if tag in _PARAGRAPHS:
            continue
        if tag in _TEXTS:
            yield what, (child.text or "").replace("\n", " ")
        elif tag in _MARKS:
            yield what, _MARKS[tag]
        yield from _within(child, addresses, _DELETED if tag in _GONE else what)
        yield from _asides(child, tag, addresses)


def _asides(child: "_Element", tag: str, addresses: Mapping[str, str]) -> Iterator[tuple[SegmentKind, str]]:
    """Where a link leads, and the description of a picture."""
    address = addresses.get(child.get(f"{_R}id", "")) if tag == f"{_W}hyperlink" else None
    field = child.text if tag == f"{_W}instrText" else child.get(f"{_W}instr")
    if address:
        yield SegmentKind.URL, address
    if field and (quoted := _QUOTED.search(field)):
        yield SegmentKind.URL, quoted[1]
    for said in (child.get("descr"), child.get("title")):
        if said:
            yield SegmentKind.ALT_TEXT, said.replace("\n", " ")


def _last(name: str) -> str:
    return name.rpartition("/")[2]
