import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from postcheck.draft import Draft
from postcheck.errors import PostcheckError, Problem
from postcheck.readers import read
from postcheck.readers.columns import Columns
from postcheck.readers.metadata import Metadata

Sheet = list[list[object]]


TOLD = Columns()


def workbook(**sheets: Sheet) -> bytes:
    made = Workbook()
    made.remove(made.worksheets[0])
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return saved(made)


def saved(made: Workbook) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def drafts(content: bytes, columns: Columns = TOLD) -> tuple[Draft, ...]:
    return read(content, "a.xlsx", Metadata(), columns)


def problems(content: bytes) -> tuple[Problem, ...]:
    with pytest.raises(PostcheckError) as caught:
        drafts(content)
    assert "Secret" not in str(caught.value)
    return caught.value.problems


def test_each_row_of_each_sheet_is_a_draft_at_its_row() -> None:
    found = drafts(
        workbook(
            Spring=[["Spring plan"], [], ["Date", "Caption", "ID"], ["May", "Hi", 7], [], ["June", 42, None]],
            Fall=[["Text"], ["Bye"]],
        )
    )
    assert [(d.text, d.sheet, d.row, d.field, d.id, d.record) for d in found] == [
        ("Hi", "Spring", 4, "Caption", "7", 0),
        ("42", "Spring", 6, "Caption", None, 1),
        ("Bye", "Fall", 2, "Text", None, 2),
    ]


def test_hidden_sheets_rows_and_merged_cells_are_read() -> None:
    made = Workbook()
    sheet = made.worksheets[0]
    sheet.append(["text"])
    sheet.append(["Merged"])
    sheet.append(["Hidden"])
    sheet.merge_cells("A2:C2")
    sheet.row_dimensions[3].hidden = True
    other = made.create_sheet("Old")
    other.append(["text"])
    other.append(["Older"])
    other.sheet_state = "veryHidden"
    assert [draft.text for draft in drafts(saved(made))] == ["Merged", "Hidden", "Older"]


def test_a_formula_in_the_text_is_refused_by_sheet_and_row_and_one_elsewhere_is_not() -> None:
    (problem,) = problems(workbook(May=[["text", "n"], ["Secret", "=1+1"], ['="Sec"&"ret"', 1]]))
    assert (problem.path, problem.line) == ("a.xlsx", 3)
    assert "formula" in problem.message
    assert "sheet May" in problem.message


def test_a_list_beside_the_posts_is_passed_over_and_a_text_without_a_known_column_is_not() -> None:
    posts: Sheet = [["text"], ["Hi"]]
    assert len(drafts(workbook(Posts=posts, Lists=[["Networks"], ["x"], ["linkedin"]], Empty=[]))) == 1
    rows: Sheet = [["a", "b"], ["Secret came in with a big cake", "Secret went out with a big cake"]]
    (problem,) = problems(workbook(Posts=posts, Notes=rows))
    assert "the sheet Notes has no column" in problem.message


def test_a_workbook_without_any_text_is_refused_unless_it_is_empty() -> None:
    assert drafts(workbook(Empty=[])) == ()
    assert problems(workbook(Lists=[["Networks"], ["x"]]))


def test_a_cell_far_out_does_not_make_the_reading_long() -> None:
    made = Workbook()
    sheet = made.worksheets[0]
    sheet.append(["text"])
    sheet.append(["Hi"])
    sheet.cell(1_048_576, 1, " ")
    assert [draft.text for draft in drafts(saved(made))] == ["Hi"]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 Secret", b"Secret", workbook(A=[["text"]])[:-40]])
def test_a_broken_file_is_refused(content: bytes) -> None:
    (problem,) = problems(content)
    assert "isn't an Excel workbook, or is damaged" in problem.message


def test_another_archive_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("Secret.txt", "x")
    assert "isn't an Excel workbook" in problems(out.getvalue())[0].message


def test_a_locked_file_is_refused_with_the_way_out() -> None:
    (problem,) = problems(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512))
    assert "password" in problem.message


def test_a_file_that_unpacks_to_too_much_is_refused_before_it_is_unpacked() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/workbook.xml", "w") as member:
        for _ in range(201):
            member.write(bytes(1_000_000))
    assert "200 megabytes" in problems(out.getvalue())[0].message


TEXTS = st.text(st.characters(categories=["L", "N", "P", "Zs", "So"]), min_size=1, max_size=20).filter(
    lambda text: text.strip() and not text.startswith("=")
)


@settings(max_examples=30, deadline=None)
@given(st.lists(TEXTS, max_size=5))
def test_any_text_comes_through_unaltered_at_its_row(texts: list[str]) -> None:
    rows: Sheet = [[text] for text in texts]
    found = drafts(workbook(A=[["Text"], *rows]))
    assert [(draft.text, draft.row) for draft in found] == list(zip(texts, range(2, len(texts) + 2), strict=True))


def with_rows(rows: str) -> bytes:
    """A workbook with more rows, written by hand."""
    content = io.BytesIO(workbook(Posts=[["text"], ["Secret"]]))
    out = io.BytesIO()
    with zipfile.ZipFile(content) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"</sheetData>", f"{rows}</sheetData>".encode()))
    return out.getvalue()


def test_a_row_beyond_where_sheets_end_is_damage() -> None:
    (problem,) = problems(with_rows('<row r="1048577"><c r="A1048577" t="inlineStr"><is><t>x</t></is></c></row>'))
    assert "isn't an Excel workbook, or is damaged" in problem.message


def test_a_small_file_of_endless_rows_is_refused_before_they_are_all_read() -> None:
    rows = "".join(f'<row r="{number}"><c r="XFD{number}"><v>1</v></c></row>' for number in range(3, 1500))
    (problem,) = problems(with_rows(rows))
    assert problem.message == "a sheet has more than 20,000,000 cells"
