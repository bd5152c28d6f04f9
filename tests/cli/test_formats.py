"""Drafts of every format, checked as users check them."""

import json
import subprocess
import sys
from email.message import EmailMessage
from pathlib import Path

import docx
import pytest
from openpyxl import Workbook

from postcheck.readers import READERS
from tests.cli.conftest import Run

BAD = "her ssn is 219-09-1234 again"
NUMBER = "219-09-1234"


def make_word(path: Path) -> None:
    document = docx.Document()
    for text in ("Hello.", "Good news:", f"Today {BAD}"):
        document.add_paragraph(text)
    document.save(str(path))


def make_excel(path: Path) -> None:
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "Spring"
    for row in (["Date", "Caption"], ["May 1", "Hello."], [None, None], ["May 2", "Hi!"], ["May 3", BAD]):
        sheet.append(row)
    workbook.save(path)


def make_mail(path: Path) -> None:
    message = EmailMessage()
    message["Subject"] = "This week"
    message.set_content(f"Hello.\n{BAD}\n")
    path.write_bytes(bytes(message))


TEXTS = {
    "a.txt": f"Hello.\n{BAD}\n",
    "a.md": f"---\nid: one\n---\nHello.\n\n---\nid: two\n---\n{BAD}\n",
    "a.html": f"<html>\n<p>Hello.</p>\n<p>{BAD}</p></html>\n",
    "a.jsonl": json.dumps({"text": BAD}),
    "a.csv": f'id,Caption\n1,"two\nlines"\n7,{BAD}\n',
    "a.tsv": f"Caption\tChannel\nHello.\tx\n{BAD}\tx\n",
}
OTHERS = {"a.docx": make_word, "a.xlsx": make_excel, "a.eml": make_mail}
PLACES = {
    "a.txt": "a.txt, line 2, columns 12-22",
    "a.md": "a.md, post 2, two, line 9, columns 12-22",
    "a.html": "a.html, line 3, columns 15-25",
    "a.jsonl": "a.jsonl, line 1, columns 12-22",
    "a.csv": "a.csv, line 4, column Caption, 7, columns 12-22",
    "a.tsv": "a.tsv, line 3, column Caption, columns 12-22",
    "a.docx": "a.docx, paragraph 3, columns 18-28",
    "a.xlsx": "a.xlsx, sheet Spring, row 5, column Caption, columns 12-22",
    "a.eml": "a.eml, line 2, columns 12-22",
}
BROKEN = {
    "a.docx": b"no archive",
    "a.xlsx": b"PK\x03\x04 cut off",
    "a.eml": b"no header",
    "a.csv": b'text\n"never closed',
    "a.tsv": b"when\twhat\n1\t2\n",
    "a.html": b"<p>\xff",
    "a.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "a.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
}


def make(folder: Path) -> None:
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    for name, made in OTHERS.items():
        made(folder / name)


def test_an_identifier_is_found_in_every_format_and_its_place_is_told_in_words(run: Run, tmp_path: Path) -> None:
    make(tmp_path)
    done = run("check", ".", "--quiet", "--select", "phi/ssn")
    assert done.returncode == 1
    told = " ".join(done.stdout.split())
    for place in PLACES.values():
        assert f"error {place}: " in told
    assert NUMBER not in done.stdout


def test_the_formats_here_are_all_formats() -> None:
    others = {".text": ".txt", ".markdown": ".md", ".htm": ".html", ".ndjson": ".jsonl"}
    assert {others.get(suffix, suffix) for suffix in READERS} == {Path(name).suffix for name in PLACES}


def test_json_tells_sheet_and_field(run: Run, tmp_path: Path) -> None:
    make_excel(tmp_path / "a.xlsx")
    (finding,) = json.loads(run("a.xlsx", "--select", "phi/ssn", "--format", "json").stdout)["findings"]
    assert (finding["sheet"], finding["field"], finding["line"], finding["record"]) == ("Spring", "Caption", 5, 2)


def test_each_broken_file_ends_in_one_sentence_and_exit_code_2(run: Run, tmp_path: Path) -> None:
    for name, content in BROKEN.items():
        (tmp_path / name).write_bytes(content)
    done = run(*BROKEN, "--format", "json")
    assert done.returncode == 2
    diagnostics = json.loads(done.stdout)["diagnostics"]
    assert [diagnostic["path"] for diagnostic in diagnostics] == [*BROKEN]
    assert all(diagnostic["hint"] for diagnostic in diagnostics)
    assert "Traceback" not in done.stderr


def test_columns_are_named_by_options(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f"text,words,who,where,key\nHello.,{BAD},official,x,k7\n", encoding="utf-8")
    assert run("a.csv", "--select", "phi/ssn").returncode == 0
    named = ["--text-column", "words", "--author-column", "who", "--channel-column", "where", "--id-column", "key"]
    (finding,) = json.loads(run("a.csv", "--select", "phi/ssn", "--format", "json", *named).stdout)["findings"]
    assert (finding["field"], finding["id"]) == ("words", "k7")
    assert "no column" in run("a.csv", "--text-column", "nothing").stdout


@pytest.mark.parametrize("name", ["a.md", "a.html", "a.csv"])
def test_a_safe_draft_is_written_into_its_file(run: Run, tmp_path: Path, name: str) -> None:
    make(tmp_path)
    assert run("redact", name, "--in-place").returncode == 0
    safe = (tmp_path / name).read_text(encoding="utf-8")
    assert safe == TEXTS[name].replace(NUMBER, "(number removed)")


def test_what_cannot_be_written_is_printed_and_stays(run: Run, tmp_path: Path) -> None:
    make_word(tmp_path / "a.docx")
    before = (tmp_path / "a.docx").read_bytes()
    assert BAD.replace(NUMBER, "(number removed)") in run("redact", "a.docx").stdout
    for command in (["redact", "--in-place"], ["fix", "--write"]):
        done = run(*command, "a.docx")
        assert (done.returncode, done.stdout) == (2, "")
        assert "copy it" in done.stderr
    assert (tmp_path / "a.docx").read_bytes() == before


def test_a_page_without_what_identifies_stays_a_page(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<p>Our patient <b>Mari</b>sol rang the bell.</p>\n", encoding="utf-8")
    safe = run("redact", "a.html").stdout
    assert "sol" not in safe
    assert safe.startswith("<p>Our patient <b>")
    assert safe.count("<b>") == safe.count("</b>") == 1


def test_a_plain_text_needs_no_office_library() -> None:
    program = (
        "import sys; from postcheck.readers import read; from postcheck.readers.metadata import Metadata\n"
        "read(b'Hi', 'a.txt', Metadata())\n"
        "assert not {'docx', 'openpyxl', 'lxml'} & {*sys.modules}"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
