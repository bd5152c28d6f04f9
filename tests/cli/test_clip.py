"""`postcheck clip`, run as its users run it, on a real clipboard."""

import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.desktop import desktop as desktop
from tests.desktop import needs_xclip

POST = "Our patient Marisol rang the bell on March 9, 2023.\nDr. Lee cheered: 🔔\n"
SAFE = "Our patient rang the bell in 2023.\nDr. Lee cheered: 🔔\n"
HARMLESS = "Happy Nurses Week!\n"


class Board:
    """The clipboard of the desktop."""

    def copy(self, content: str | bytes, kind: str = "UTF8_STRING") -> None:
        content = content.encode() if isinstance(content, str) else content
        command = ["xclip", "-selection", "clipboard", "-target", kind, "-in"]
        subprocess.run(command, input=content, stdout=subprocess.DEVNULL, check=True)

    def paste(self) -> str:
        command = ["xclip", "-selection", "clipboard", "-out"]
        return subprocess.run(command, capture_output=True, check=True).stdout.decode()


@pytest.fixture
def board(desktop: str, monkeypatch: pytest.MonkeyPatch) -> Board:
    monkeypatch.setenv("DISPLAY", desktop)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    return Board()


@needs_xclip
def test_what_was_copied_is_checked_as_a_text_is_and_stays(run: Run, board: Board) -> None:
    board.copy(POST)
    done, as_text = run("clip"), run("--text", POST)
    assert (done.returncode, done.stdout) == (1, as_text.stdout.replace("<text>", "<clipboard>"))
    assert "Marisol" not in done.stdout
    assert done.stderr == ""
    assert board.paste() == POST


@needs_xclip
def test_the_safe_draft_is_put_back_on_request_and_the_report_is_on_that(run: Run, board: Board) -> None:
    board.copy(POST)
    done = run("clip", "--redact", "--select", "phi")
    assert (done.returncode, board.paste()) == (0, SAFE)
    assert done.stderr == "The clipboard now holds the safe draft; read it before you post it.\n"
    assert "No findings in 1 draft." in done.stdout
    assert "rang the bell" not in done.stdout


@needs_xclip
def test_where_nothing_is_taken_out_the_clipboard_stays(run: Run, board: Board) -> None:
    board.copy(HARMLESS)
    done = run("clip", "--redact", "--style", "mask")
    assert (done.returncode, board.paste()) == (0, HARMLESS)
    assert done.stderr == "There is nothing to take out: the clipboard is as it was.\n"


@needs_xclip
def test_a_picture_is_told_and_nothing_is_called_clean(run: Run, board: Board) -> None:
    board.copy(b"\x89PNG\r\n\x1a\n", "image/png")
    done = run("clip")
    assert (done.returncode, done.stdout) == (2, "")
    hint = "copy the text again; a picture can't be checked"
    assert done.stderr == f"postcheck: what the clipboard holds isn't UTF-8 text ({hint})\n"


def test_where_there_is_no_clipboard_it_is_told(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    done = run("clip")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "postcheck: there is no clipboard here (give the text to postcheck - instead)\n"
