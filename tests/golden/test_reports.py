"""Reports, byte for byte, as they are kept beside this file.

`make golden` writes them anew; read what has changed before you commit it.
"""

import os
from pathlib import Path

import pytest

from tests.unit.reporters.samples import REPORTS, render

HERE = Path(__file__).parent
WIDTHS = (80, 120)
KEPT = {
    "concise": ("concise", "many"),
    "json": ("json", "record"),
    "jsonl": ("jsonl", "suppressed"),
    "sarif": ("sarif", "suppressed", "record"),
    "github": ("github", "many", "not-complete"),
    "gitlab": ("gitlab.json", "not-complete"),
    "junit": ("junit.xml", "suppressed", "not-complete"),
    "rdjson": ("rdjson", "record", "not-complete"),
    "markdown": ("md", "many", "not-complete"),
    "html": ("html", "many", "not-complete"),
}
"""The ending of a format's files, and the reports that are kept in it."""


def golden() -> dict[str, str]:
    """Every report that is kept, by the name of its file."""
    files = {}
    for form, (ending, *names) in KEPT.items():
        for name in names:
            files[f"{name}.{ending}"] = render(REPORTS[name], form)
    files["many-hidden.html"] = render(REPORTS["many"], "html", show_text=False)
    for width in WIDTHS:
        for name, report in REPORTS.items():
            files[f"{name}-{width}.txt"] = render(report, "terminal", width=width)
        for name in ("many", "several-lines"):
            files[f"{name}-hidden-{width}.txt"] = render(REPORTS[name], "terminal", show_text=False, width=width)
        for name in ("many", "not-complete"):
            files[f"{name}-quiet-{width}.txt"] = render(REPORTS[name], "terminal", quiet=True, width=width)
    return files


GOLDEN = golden()


@pytest.mark.parametrize("name", GOLDEN)
def test_a_report_is_as_it_was(name: str) -> None:
    file, report = HERE / name, GOLDEN[name].encode("utf-8")
    if os.environ.get("POSTCHECK_UPDATE_GOLDEN"):
        file.write_bytes(report)
    assert file.read_bytes() == report


def test_every_file_is_a_report() -> None:
    assert {file.name for file in HERE.iterdir() if file.suffix not in {".py", ".pyc"} and file.is_file()} == {*GOLDEN}
