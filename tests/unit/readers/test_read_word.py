import io
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given, settings
from hypothesis import strategies as st

from postcheck.draft import Draft, SegmentKind
from postcheck.errors import PostcheckError
from postcheck.normalization import view
from postcheck.readers import read
from postcheck.readers.metadata import Metadata

W = nsdecls("w", "r", "wp", "a", "pic")


def document(*paragraphs: str) -> Document:
    made = docx.Document()
    made.core_properties.comments = ""
    for text in paragraphs:
        made.add_paragraph(text)
    return made


def add(made: Any, xml: str) -> None:
    """Add elements to the end of the last paragraph."""
    for element in parse_xml(
        f"<w:p {W} xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'>{xml}</w:p>"
    ):
        made.paragraphs[-1]._p.append(element)


def drafts(made: Document) -> tuple[Draft, ...]:
    out = io.BytesIO()
    made.save(out)
    return read(out.getvalue(), "a.docx", Metadata(channel="x"))


def texts(made: Document) -> dict[str | None, str]:
    return {draft.part: draft.text for draft in drafts(made)}


def test_a_line_of_the_text_is_a_paragraph() -> None:
    (draft,) = drafts(document("One", "", "Two\twith\na break and @ana"))
    assert draft.text == "One\n\nTwo\twith\va break and @ana"
    assert (draft.line_name, draft.channel, draft.record, draft.part) == ("paragraph", "x", None, None)
    assert draft.position(draft.text.index("break")).line == 3
    assert view(draft).text == "One\n\nTwo with\na break and @ana"


def test_tables_headers_footers_comments_and_properties_are_read_in_their_places() -> None:
    made = document("Before")
    table = made.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "left", "right"
    made.add_paragraph("After")
    made.sections[0].header.paragraphs[0].text = "Above"
    made.sections[0].footer.paragraphs[0].text = "Below"
    made.add_comment(made.paragraphs[0].runs, text="Said", author="Jane Secret")
    made.core_properties.title = "Title"
    made.core_properties.author = "Jane Secret"
    assert texts(made) == {
        None: "Before\nleft\nright\nAfter",
        "header": "Above",
        "footer": "Below",
        "comments": "Said",
        "properties": "Title",
    }


def test_inserted_text_is_text_and_deleted_text_a_draft_of_its_own() -> None:
    made = document("See ")
    add(
        made,
        "<w:ins w:id='1' w:author='a'><w:r><w:t>the new</w:t></w:r></w:ins>"
        "<w:del w:id='2' w:author='a'><w:r><w:delText>the old</w:delText></w:r></w:del>"
        "<w:moveFrom w:id='3' w:author='a'><w:r><w:t> moved</w:t></w:r></w:moveFrom>",
    )
    assert texts(made) == {None: "See the new", "deleted text": "the old moved"}


def test_where_a_link_leads_follows_its_paragraph() -> None:
    made = document("Read ")
    link = made.part.relate_to("https://x.org/ana", RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    add(
        made,
        f"<w:hyperlink r:id='{link}'><w:r><w:t>this</w:t></w:r></w:hyperlink>"
        '<w:r><w:instrText> HYPERLINK "https://y.org" </w:instrText></w:r><w:r><w:t> now</w:t></w:r>',
    )
    (draft,) = drafts(made)
    assert draft.text == "Read this now\vhttps://x.org/ana\vhttps://y.org"
    assert [s.span.cut(draft.text) for s in draft.segments if s.kind is SegmentKind.URL] == [
        "https://x.org/ana",
        "https://y.org",
    ]


def test_the_description_of_a_picture_is_read() -> None:
    made = document("Look")
    add(made, "<w:r><w:drawing><wp:inline><wp:docPr id='1' name='p' descr='Ana'/></wp:inline></w:drawing></w:r>")
    (draft,) = drafts(made)
    assert draft.text == "Look\vAna"
    assert draft.segments[0].kind is SegmentKind.ALT_TEXT


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    made = document("Out")
    box = "<w:txbxContent><w:p><w:r><w:t>In</w:t></w:r></w:p></w:txbxContent>"
    add(
        made,
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'>{box}</mc:Choice>"
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>side</w:t></w:r>",
    )
    add(made, "<w:r><mc:AlternateContent><mc:Fallback><w:t>!</w:t></mc:Fallback></mc:AlternateContent></w:r>")
    made.add_paragraph("End")
    assert texts(made) == {None: "Outside!\nIn\nEnd"}


def test_footnotes_are_read() -> None:
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    made = document("Post")
    notes = f"<w:footnotes {W}><w:footnote w:id='1'><w:p><w:r><w:t>Note</w:t></w:r></w:p></w:footnote></w:footnotes>"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    part = Part(PackURI("/word/footnotes.xml"), kind, notes.encode(), made.part.package)
    made.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    assert texts(made) == {None: "Post", "footnotes": "Note"}


def test_a_file_within_a_document_is_refused() -> None:
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    made = document("Post")
    part = Part(PackURI("/word/embeddings/a.bin"), "application/octet-stream", b"x", made.part.package)
    made.part.relate_to(part, RELATIONSHIP_TYPE.OLE_OBJECT)
    with pytest.raises(PostcheckError, match="holds another file"):
        drafts(made)


@pytest.mark.parametrize("content", [b"", b"Secret", b"PK\x03\x04Secret", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])
def test_a_broken_or_locked_file_is_refused_in_one_sentence(content: bytes) -> None:
    with pytest.raises(PostcheckError) as caught:
        read(content, "a.docx", Metadata())
    (problem,) = caught.value.problems
    assert problem.path == "a.docx"
    assert problem.hint
    assert "Secret" not in str(problem)


def test_a_cut_off_file_is_refused() -> None:
    out = io.BytesIO()
    document("Secret").save(out)
    with pytest.raises(PostcheckError, match="isn't a Word document, or is damaged"):
        read(out.getvalue()[:-30], "a.docx", Metadata())


TEXTS = st.text(st.characters(categories=["L", "N", "P", "Zs", "So", "Sm"]), max_size=20)


@settings(max_examples=30, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=5))
def test_any_text_comes_through_unaltered_at_its_paragraph(paragraphs: list[str]) -> None:
    (draft,) = drafts(document(*paragraphs))
    assert draft.text.split("\n") == paragraphs
