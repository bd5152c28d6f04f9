"""What holds of every reader, whatever bytes a file holds: sound drafts come of it, or it's said what is wrong."""

import copy
import io
import zipfile
from collections.abc import Mapping
from email.message import EmailMessage
from functools import cache
from itertools import pairwise

import docx
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree
from openpyxl import Workbook

from postcheck.draft import Draft, Span
from postcheck.errors import PostcheckError
from postcheck.normalization import view
from postcheck.readers import READERS, read
from postcheck.readers.columns import Columns
from postcheck.readers.metadata import Metadata
from postcheck.readers.writing import is_writable, put_back
from tests.property.mutation import mutated
from tests.property.test_normalization import assert_maps

MARKS = """
--- ... : - ? & * ! | > % @ ` { } [ ] , # ' " \\ << = ~ null 0x_ !!int !!timestamp *a &a 2024-99-99
< > </ <!-- --> <![CDATA[ ]]> <! <? /> <p <script> <pre> &amp; &#0; &#x110000; &a ![ ]( ** ``` $ |-|
=?utf-8?q?=ff?= =?x?b?a?= =?utf-7?q?+2AA-?= ;charset= ;charset="" ;name*=idna''a base64 quoted-printable
idna undefined punycode unicode_escape utf-7 utf-16 x-uuencode multipart/mixed message/rfc822
"""
PIECES = st.one_of(
    st.sampled_from(MARKS.encode().split()),
    st.sampled_from(
        [b"\0", b"\t", b"\n", b"\r\n", b" ", b"\n\n", b"\n---\n", b"\n- ", b"\n> ", b"\r\n\r\n", b"\x0b", b"\x1c"]
    ),
    st.sampled_from([b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\xe2\x80\xa8", b"9" * 5000, b"[" * 1200]),
    st.binary(max_size=6),
)
"""What a parser may stumble over."""

SAID = st.sampled_from(
    ["", "x", "-1", "9" * 30, "../x", "/word/document.xml", "http://[", "s", "n", "e", "A0", "XFE1", 'HYPERLINK "x"']
)
"""What elements and attributes of office files may say."""

FRONT = b"---\nauthor: official\nchannel: linkedin\nid: 7\ntitle: A day\n---\n"
TEXTS = (
    b"My patient Ana Lopez, MRN 4471903, went home. #nurse @ward https://a.example/b_(c)\n",
    FRONT + b"All well.\n",
)
MARKDOWN = (
    "# A day\n\n> Quoted *text* with **marks**, `code` and [a link](https://a.example 'Ana').\n\n1. one\n2. two\n\n"
    "| a | b |\n|---|---|\n| c | é |\n\n```\ncode\n```\n\n![alt][r]\n\n[r]: https://a.example 'T'\n".encode(),
    FRONT + b"One.\n\n---\n\n" + FRONT + b"Two.\n",
    b'---\nposts: several\n---\nOne.\n\n---\n\nTwo &eacute; <b>three</b> <!-- postcheck: ignore[phi] reason="x" -->',
)
PAGE = FRONT + (
    b"<!DOCTYPE html><html><head><title>A day</title><style>p {}</style></head><body><p title='Ana'>So <b>gl</b>ad "
    b"&amp; <a href='https://a.example'>here</a><img alt=Ana src=data:image/png;base64,AA></p>\n<pre>a\n b</pre>"
    b"<!-- a <i>comment</i> --><script type='application/json'>{\"a\": 1}</script><q>quoted</q></body></html>"
)
RECORDS = (
    b'{"text": "One \\ud83d\\ude00.", "author": "official", "id": 7}\n\n{"text": "Two.", "in_reply_to": "So?"}\r\n'
)
TABLE = b'Id;Author;Post text;Channel\r\n1;official;"So ""glad""; really\nglad";x\r\n2;;Two words;y\r\n'


def message() -> bytes:
    made = EmailMessage()
    made["Subject"] = "Our day \N{SNOWMAN}"
    made["From"] = "Ana <a@example.org>"
    made.set_content("So glad.\n")
    made.add_alternative("<p>So <b>glad</b>.</p>", subtype="html")
    made.add_attachment("Three.", filename="post.txt")
    made.add_attachment(TABLE, maintype="text", subtype="csv", filename="posts.csv")
    return bytes(made)


def document() -> bytes:
    made = docx.Document()
    run = made.add_paragraph("My patient ").add_run("Ana")
    made.add_comment(run, "Really?")
    made.sections[0].header.add_paragraph("Draft")
    made.add_table(2, 2).cell(0, 0).text = "In a cell"
    made.core_properties.title = "A day"
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def workbook() -> bytes:
    made = Workbook()
    for sheet in (made.worksheets[0], made.create_sheet("Second")):
        for row in (["Id", "Post text", "When"], [1, "So glad to be here with you", "=A1+1"], [2, "Two", 3.5]):
            sheet.append(row)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


SEEDS = {
    ".txt": TEXTS,
    ".md": MARKDOWN,
    ".html": (PAGE,),
    ".jsonl": (RECORDS,),
    ".csv": (TABLE, TABLE.replace(b";", b"\t"), b"One\nSo glad to be here with you\n"),
    ".eml": (message(),),
}
TOLD = Columns()
COLUMNS = st.sampled_from([TOLD, Columns(("Post text",), "Author", "Channel", "Id"), Columns(("When", "nothing"))])


@cache
def members(suffix: str) -> dict[str, bytes]:
    """The files within a sound office file."""
    with zipfile.ZipFile(io.BytesIO(document() if suffix == ".docx" else workbook())) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: Mapping[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for each in parts.items():
            archive.writestr(*each)
    return file.getvalue()


@st.composite
def mutated_xml(draw: st.DrawFn, content: bytes) -> bytes:
    """A sound file of XML with a few elements or attributes changed."""
    root = etree.fromstring(content)
    for _ in range(draw(st.integers(1, 4))):
        elements = [*root.iter("*")]
        element, other = draw(st.sampled_from(elements)), draw(st.sampled_from(elements))
        match draw(st.sampled_from(["called otherwise", "said", "gone", "twice", "alone"])):
            case "called otherwise":
                element.tag = other.tag
            case "said":
                element.set(draw(st.sampled_from([*other.keys(), "x"])), draw(SAID))
            case "gone" if element is not root:
                element.getparent().remove(element)
            case "twice":
                other.append(copy.deepcopy(element))
            case "alone":
                element.clear()
                element.text = draw(SAID)
    whole: bytes = etree.tostring(root)
    return whole


@st.composite
def office_files(draw: st.DrawFn, suffix: str) -> bytes:
    """Office files in which one member is mutated, called otherwise or left out; or in which only bytes are mutated."""
    parts = dict(members(suffix))
    name = draw(st.sampled_from([*parts]))
    content = parts.pop(name)
    way = draw(st.sampled_from(["elements", "content", "name", "gone", "bytes"]))
    if way == "name":
        name += draw(st.sampled_from(["/", "x", "/..", "\\", f"/{name}"]))
    elif way == "elements" and content.startswith(b"<"):
        content = draw(mutated_xml(content))
    elif way == "content":
        content = draw(mutated([content], PIECES))
    if way != "gone":
        parts[name] = content
    whole = zipped(parts)
    return draw(mutated([whole], PIECES)) if way == "bytes" else whole


def assert_sound(draft: Draft) -> None:
    """A draft whose text can be written, whose segments lie in it, in order, and whose view leads back into it."""
    draft.text.encode("utf-8")
    whole = Span(0, len(draft.text))
    assert all(whole.contains(segment.span) for segment in draft.segments)
    assert all(one <= other for one, other in pairwise(draft.segments))
    assert_maps(view(draft), draft.text)
    assert draft.position(len(draft.text)).line >= draft.first_line


def assert_read(content: bytes, name: str, columns: Columns = TOLD) -> None:
    """Sound drafts, which are written back byte for byte; or problems with that file, each in a sentence."""
    try:
        drafts = read(content, name, Metadata(), columns)
    except PostcheckError as error:
        told = [(problem.path, "\n" in str(problem)) for problem in error.problems]
        assert {*told} == {(name, False)}
        return
    for draft in drafts:
        assert_sound(draft)
    if is_writable(name):
        assert put_back(content, drafts, [draft.text for draft in drafts]) == content


@settings(deadline=None)
@given(
    st.sampled_from([".txt", ".md", ".html", ".jsonl"]).flatmap(
        lambda s: st.tuples(st.just(s), mutated(SEEDS[s], PIECES))
    )
)
def test_any_text_file_is_read_or_refused(file: tuple[str, bytes]) -> None:
    suffix, content = file
    assert_read(content, f"draft{suffix}")


@settings(deadline=None)
@given(mutated(SEEDS[".csv"], PIECES), COLUMNS)
def test_any_table_is_read_or_refused(content: bytes, columns: Columns) -> None:
    assert_read(content, "draft.csv", columns)


def email(header: str, text: str = "So glad.") -> bytes:
    """An e-mail with that header."""
    return f"Subject: Our day\n{header}\n\n{text}".encode("latin-1")


@settings(deadline=None)
@given(mutated(SEEDS[".eml"], PIECES))
@example(email("Content-Type: text/plain; charset=undefined"))
@example(email("Content-Type: text/plain; charset=idna", "xn--a-.com"))
@example(email('Content-Type: text/plain; charset="a\0b"'))
@example(email("Content-Type: text/plain; charset=unicode_escape", r"\ud800"))
@example(email("Content-Type: =?utf-7?q?+2AA-?=/x"))
@example(email("Content-Disposition: attachment; filename*=idna''a"))
@example(b"Subject: =?utf-7?q?+2AA-?=\n\nSo glad.")
def test_any_email_is_read_or_refused(content: bytes) -> None:
    assert_read(content, "draft.eml")


def changed(suffix: str, member: str, old: bytes, new: bytes) -> bytes:
    """An office file in which one member says something else."""
    parts = members(suffix)
    assert old in parts[member]
    return zipped(parts | {member: parts[member].replace(old, new, 1)})


@settings(deadline=None, max_examples=40)
@given(office_files(".docx"))
@example(changed(".docx", "[Content_Types].xml", b' ContentType="', b' Kind="'))
@example(changed(".docx", "[Content_Types].xml", b"core-properties+xml", b"x"))
@example(changed(".docx", "word/_rels/document.xml.rels", b' Type="', b' Kind="'))
def test_any_word_document_is_read_or_refused(content: bytes) -> None:
    assert_read(content, "draft.docx")


@settings(deadline=None, max_examples=40)
@given(office_files(".xlsx"), COLUMNS)
@example(changed(".xlsx", "xl/worksheets/sheet1.xml", b'<row r="3"', b'<row r="99999999"'), Columns())
def test_any_workbook_is_read_or_refused(content: bytes, columns: Columns) -> None:
    assert_read(content, "draft.xlsx", columns)


@settings(deadline=None)
@given(st.sampled_from(sorted(READERS)), st.binary())
def test_any_bytes_are_read_or_refused(suffix: str, content: bytes) -> None:
    assert_read(content, f"draft{suffix}")
