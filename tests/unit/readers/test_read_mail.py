import io
from email.message import EmailMessage

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from postcheck.draft import Draft
from postcheck.errors import PostcheckError
from postcheck.readers import read
from postcheck.readers.metadata import Metadata


def message(text: str | None = None, subject: str | None = None) -> EmailMessage:
    made = EmailMessage()
    made["From"] = "Jane Secret <jane@x.org>"
    made["To"] = "all@x.org"
    if subject is not None:
        made["Subject"] = subject
    if text is not None:
        made.set_content(text)
    return made


def drafts(made: EmailMessage | bytes) -> tuple[Draft, ...]:
    return read(bytes(made), "a.eml", Metadata(channel="x"))


def said(made: EmailMessage) -> list[tuple[str | None, str]]:
    return [(draft.part, draft.text.strip()) for draft in drafts(made)]


def problem(made: EmailMessage | bytes) -> str:
    with pytest.raises(PostcheckError) as caught:
        drafts(made)
    (only,) = caught.value.problems
    assert only.path == "a.eml"
    assert only.hint
    assert "Secret" not in str(only)
    return only.message


def test_the_subject_and_the_text_are_drafts_and_addresses_are_none() -> None:
    assert said(message("Héllo\n", "Été at last")) == [("subject", "Été at last"), (None, "Héllo")]


def test_a_page_that_says_the_same_as_the_text_is_no_other_draft() -> None:
    made = message("Hello Ana & all\n")
    made.add_alternative("<p>Hello <b>Ana</b> &amp; all</p>", subtype="html")
    assert said(made) == [(None, "Hello Ana & all")]


def test_a_page_that_says_something_else_is_read_too() -> None:
    made = message("See the page\n")
    made.add_alternative("<p>Hello Ana</p>", subtype="html")
    assert said(made) == [(None, "See the page"), ("HTML", "<p>Hello Ana</p>")]


def test_attachments_are_read_by_their_suffix() -> None:
    out = io.BytesIO()
    document = docx.Document()
    document.core_properties.comments = ""
    document.add_paragraph("In Word")
    document.save(out)
    made = message("Hi\n")
    made.add_attachment(out.getvalue(), maintype="application", subtype="octet-stream", filename="Plan.DOCX")
    made.add_attachment("text,id\nIn a row,7\n", subtype="csv", filename="plan.csv")
    made.add_attachment(message("Forwarded\n", "Within"))
    found = drafts(made)
    assert [(d.part, d.text.strip()) for d in found] == [
        (None, "Hi"),
        ("attachment Plan.DOCX", "In Word"),
        ("attachment plan.csv", "In a row"),
        ("subject", "Within"),
        (None, "Forwarded"),
    ]
    assert (found[2].row, found[2].field, found[2].id) == (2, "text", "7")


def test_pictures_are_not_looked_at_and_other_attachments_are_refused() -> None:
    made = message("Hi\n")
    made.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="a.png")
    assert said(made) == [(None, "Hi")]
    made.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="plan.pdf")
    assert problem(made) == "the attachment plan.pdf can't be checked"


def test_a_broken_attachment_is_named() -> None:
    made = message("Hi\n")
    made.add_attachment(b"Secret", maintype="application", subtype="octet-stream", filename="plan.docx")
    assert problem(made).startswith("the attachment plan.docx: isn't a Word document")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"Secret words without any header",
        b"Subject: Hi\nContent-Type: text/plain; charset=nowhere\n\nSecret",
        b"Subject: Hi\nContent-Type: text/plain; charset=utf-8\n\nSecret \xff",
        b"Subject: Hi\nContent-Transfer-Encoding: base64\n\nSecret!!",
        b"Subject: Hi\nContent-Type: multipart/mixed; boundary=b\n\n--c\n\nSecret",
        b"Subject: Hi\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nSecret and cut o",
    ],
)
def test_what_is_no_whole_e_mail_is_refused(content: bytes) -> None:
    assert problem(content)


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp"]), min_size=1)


@given(st.lists(TEXTS, min_size=1).map("\n".join), st.sampled_from(["quoted-printable", "base64", "8bit"]))
def test_any_text_comes_through_unaltered(text: str, encoding: str) -> None:
    made = message()
    made.set_content(text + "\n", cte=encoding)
    assert [draft.text for draft in drafts(made)] == [text + "\n"]
