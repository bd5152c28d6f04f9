"""Reports, byte for byte, as they are kept beside this file.

`make golden` writes them anew; read what has changed before you commit it.
"""

import os
from pathlib import Path

import pytest

from tests.unit.reporters.samples import REPORTS, render

HERE = Path(__file__).parent
WIDTHS = (80, 120)


def golden() -> dict[str, str]:
    """Every report that is kept, by the name of its file."""
    files = {"many.concise": render(REPORTS["many"], "concise"), "record.json": render(REPORTS["record"], "json")}
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
