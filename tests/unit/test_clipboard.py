"""The clipboard: by stand-ins that take and give what the programs of each system do, and by the real ones of X11."""

import os
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from postcheck import clipboard as module
from postcheck.clipboard import clipboard
from postcheck.errors import PostcheckError
from tests.desktop import desktop as desktop
from tests.desktop import needs_xclip, needs_xsel

TEXT = "Our patient Zoë rang the bell: 🔔\nDr. Lee cheered.\n"

HOLDS = """
echo "$*" >> arguments; echo "$TMPDIR" > place
case "${0##*/} $*" in
  *paste*|*-out*|*--output*|*Get-Clipboard*) exec /bin/cat held ;;
  *) exec /bin/cat > held ;;
esac
"""
"""A program that keeps what is copied in the file `held`."""

SYSTEMS = {
    "macOS": (("pbpaste", "pbcopy"), ""),
    "Windows": (("powershell.exe",), ""),
    "Wayland": (("wl-paste", "wl-copy"), "WAYLAND_DISPLAY"),
    "X11": (("xclip",), "DISPLAY"),
    "X11, xsel": (("xsel",), "DISPLAY"),
}

Install = Callable[..., None]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Makes a script all that there is by the names of the programs of a system, in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    for variable in ("WAYLAND_DISPLAY", "DISPLAY"):
        monkeypatch.delenv(variable, raising=False)

    def installed(system: str, script: str) -> None:
        names, variable = SYSTEMS[system]
        for name in names:
            (tmp_path / name).write_text(f"#!/bin/sh\n{script}", encoding="utf-8")
            (tmp_path / name).chmod(0o700)
        if variable:
            monkeypatch.setenv(variable, "0")

    return installed


def problem(does: Callable[[], object]) -> str:
    """What is said where something can't be done."""
    with pytest.raises(PostcheckError) as told:
        does()
    assert told.value.__cause__ is None
    return str(told.value)


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_text_comes_from_the_clipboard_and_goes_there_as_it_is(system: str, install: Install) -> None:
    install(system, HOLDS)
    Path("held").write_text(TEXT, encoding="utf-8")
    board = clipboard()
    assert board.read() == TEXT
    board.write(TEXT * 2)
    assert Path("held").read_text(encoding="utf-8") == TEXT * 2
    assert "patient" not in Path("arguments").read_text(encoding="utf-8")


def test_what_is_copied_on_wayland_is_kept_in_memory(install: Install, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", "/run/user/7")
    install("Wayland", HOLDS)
    clipboard().write(TEXT)
    assert Path("place").read_text(encoding="utf-8") == "/run/user/7\n"


@pytest.mark.parametrize(
    ("system", "says"),
    [
        ("Wayland", "Nothing is copied"),
        ("Wayland", 'Clipboard content is not available as requested type "text"'),
        ("X11", "Error: target UTF8_STRING not available"),
    ],
)
def test_a_clipboard_without_text_is_told(system: str, says: str, install: Install) -> None:
    install(system, f"echo '{says}' >&2; exit 1")
    hint = "copy the text of your post first; a picture can't be checked"
    assert problem(clipboard().read) == f"the clipboard holds no text ({hint})"


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_clipboard_that_is_empty_or_blank_is_told(system: str, install: Install) -> None:
    install(system, "echo ' '")
    assert problem(clipboard().read).startswith("the clipboard holds no text")


@pytest.mark.parametrize("system", SYSTEMS)
def test_what_is_no_utf_8_is_told(system: str, install: Install) -> None:
    install(system, r"printf '\211PNG'")
    assert problem(clipboard().read).startswith("what the clipboard holds isn't UTF-8 text")


@pytest.mark.parametrize("script", ["echo patient; echo patient >&2; exit 1", "kill -9 $$"])
def test_a_program_that_fails_is_told_but_not_what_it_says(script: str, install: Install) -> None:
    install("X11", script)
    hint = "does xclip work in this terminal? A text can be given to postcheck - as well"
    assert problem(clipboard().read) == f"the clipboard can't be read ({hint})"
    assert problem(lambda: clipboard().write(TEXT)) == f"the clipboard can't be written to ({hint})"


def test_a_program_that_hangs_is_given_up(install: Install, monkeypatch: pytest.MonkeyPatch) -> None:
    install("X11", "echo patient; exec /bin/sleep 600")
    monkeypatch.setattr(module, "PATIENCE", 0.3)
    assert problem(clipboard().read).startswith("the clipboard can't be read")


def test_a_program_that_stays_to_hand_out_what_was_copied_is_not_waited_for(install: Install) -> None:
    install("X11", "/bin/cat > held; /bin/sleep 600 & echo $! > stays")
    clipboard().write(TEXT)
    stays = int(Path("stays").read_text(encoding="utf-8"))
    os.kill(stays, signal.SIGKILL)  # raises where it has ended
    assert Path("held").read_text(encoding="utf-8") == TEXT


@pytest.mark.parametrize(
    ("variable", "told"),
    [
        ("WAYLAND_DISPLAY", "the clipboard needs a program that isn't installed (sudo apt install wl-clipboard)"),
        ("DISPLAY", "the clipboard needs a program that isn't installed (sudo apt install xclip)"),
        ("NOTHING", "there is no clipboard here (give the text to postcheck - instead)"),
    ],
)
def test_where_there_is_no_clipboard_the_way_to_one_is_told(
    variable: str, told: str, install: Install, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, ":0")
    assert problem(clipboard) == told


@pytest.mark.parametrize("name", [pytest.param("xclip", marks=needs_xclip), pytest.param("xsel", marks=needs_xsel)])
def test_a_text_goes_through_the_real_clipboard_of_x11_and_the_selection_stays(
    name: str, desktop: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", desktop)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    (board,) = (each for each in module._clipboards() if each.reads[0] == name)
    subprocess.run(["xclip", "-selection", "primary", "-in"], input=b"selected", check=True)
    board.write(TEXT)
    assert board.read() == TEXT
    selected = subprocess.run(["xclip", "-selection", "primary", "-out"], capture_output=True, check=True)
    assert selected.stdout == b"selected"
