"""The table of findings."""

from pathlib import Path

import pyarrow.parquet
import pytest

from postcheck import __version__
from postcheck.archives.findings import SCHEMA, Audited, finding_row, findings_file, problem_row, table
from postcheck.draft import Draft, Span
from postcheck.errors import PostcheckError, Problem
from postcheck.finding import Finding, Severity, SuppressedBy

DRAFT = Draft("Secret", "a.csv", row=3, id="k7", field="text")
FINDING = Finding(0, Span(0, 6), "phi/ssn", "phi", Severity.ERROR, "A number.", "Why.", fingerprint="f" * 32)
ROWS = [
    finding_row(DRAFT, FINDING),
    finding_row(DRAFT, FINDING, SuppressedBy.SIDECAR),
    problem_row(Problem("isn't text", "a.csv", 9, hint="mend it"), "a.csv"),
]


def test_the_columns_are_those_that_the_documentation_lists() -> None:
    page = (Path(__file__).parents[3] / "docs" / "archive.md").read_text(encoding="utf-8")
    listed = [line.split("`")[1] for line in page.splitlines() if line.startswith("| `")]
    assert listed == SCHEMA.names


def test_a_file_tells_what_it_is_and_holds_no_text(tmp_path: Path) -> None:
    with findings_file(tmp_path / "f.parquet") as file:
        file.add(Audited(2, table(ROWS[:1])))
        file.add(Audited(1, table(ROWS[1:])))
    read = pyarrow.parquet.ParquetFile(tmp_path / "f.parquet")
    assert read.schema_arrow.names == SCHEMA.names
    assert [(row["kind"], row["row"], row["id"], row["message"]) for row in read.read().to_pylist()] == [
        ("finding", 3, "k7", "A number."),
        ("suppressed", 3, "k7", "A number."),
        ("problem", 9, None, "isn't text (mend it)"),
    ]
    said = {key.decode(): value.decode() for key, value in read.metadata.metadata.items()}
    said.pop("ARROW:schema")
    assert said == {
        "postcheck.schema": "postcheck/audit/v1",
        "postcheck.version": __version__,
        "postcheck.posts": "3",
        "postcheck.complete": "false",
    }
    assert b"Secret" not in (tmp_path / "f.parquet").read_bytes()


def test_a_file_without_findings_is_a_table_and_complete(tmp_path: Path) -> None:
    with findings_file(tmp_path / "f.parquet") as file:
        file.add(Audited(5, table([])))
    read = pyarrow.parquet.ParquetFile(tmp_path / "f.parquet")
    assert (read.metadata.num_rows, read.metadata.metadata[b"postcheck.complete"]) == (0, b"true")


def test_a_file_that_is_not_finished_leaves_the_old_one(tmp_path: Path) -> None:
    (tmp_path / "f.parquet").write_bytes(b"old")

    def cut_off() -> None:
        with findings_file(tmp_path / "f.parquet") as file:
            file.add(Audited(1, table(ROWS)))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        cut_off()
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("f.parquet", b"old")]


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(PostcheckError, match="can't be written"), findings_file(tmp_path / "no" / "f.parquet"):
        pass
