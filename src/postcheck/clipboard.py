"""The clipboard of the desktop, by the programs that a system has for it.

Text goes to them by standard input alone, never by their arguments, which others can see. What they
say themselves isn't shown, since it may quote the text.
"""

import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field

from postcheck.errors import PostcheckError, Problem

PATIENCE = 10.0
"""Seconds that a program has, as the one that holds what was copied may not answer."""

_READ = (
    "$text = [Text.Encoding]::UTF8.GetBytes([string](Get-Clipboard -Raw)); "
    "[Console]::OpenStandardOutput().Write($text, 0, $text.Length)"
)
_WRITE = (
    "$reader = New-Object IO.StreamReader([Console]::OpenStandardInput(), [Text.Encoding]::UTF8); "
    "Set-Clipboard -Value $reader.ReadToEnd()"
)
_POWERSHELL = ("powershell.exe", "-NoProfile", "-NonInteractive", "-Command")


@dataclass(frozen=True, slots=True)
class Clipboard:
    """The commands that read a clipboard and write it, in UTF-8, and the package that brings them.

    It's there where the environment has the variable `desktop`, if one is named. `without_text` is
    what the first command says, on standard error, of a clipboard that holds no text; others print
    nothing then. `environment` is set for both.
    """

    reads: tuple[str, ...]
    writes: tuple[str, ...]
    desktop: str = ""
    package: str = ""
    without_text: tuple[bytes, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)

    def is_installed(self) -> bool:
        """Whether its programs are."""
        return all(shutil.which(each[0]) for each in (self.reads, self.writes))

    def read(self) -> str:
        """The text in the clipboard. Raises `PostcheckError` if it can't be read, or there is none."""
        done = self._run(self.reads, subprocess.PIPE)
        if done is None or (done.returncode and not any(words in done.stderr for words in self.without_text)):
            raise _failed(self.reads, "read")
        if done.returncode or not done.stdout.strip():
            hint = "copy the text of your post first; a picture can't be checked"
            raise PostcheckError(Problem("the clipboard holds no text", hint=hint))
        try:
            return done.stdout.decode("utf-8")
        except UnicodeDecodeError:
            hint = "copy the text again; a picture can't be checked"
            raise PostcheckError(Problem("what the clipboard holds isn't UTF-8 text", hint=hint)) from None

    def write(self, text: str) -> None:
        """Put a text into the clipboard. Raises `PostcheckError`."""
        done = self._run(self.writes, subprocess.DEVNULL, text.encode("utf-8"))
        if done is None or done.returncode:
            raise _failed(self.writes, "written to")

    def _run(
        self, command: tuple[str, ...], outputs: int, text: bytes = b""
    ) -> subprocess.CompletedProcess[bytes] | None:
        """Run a command; `None` if it can't be run, or takes too long.

        One that stays, to hand out what was copied, holds its outputs open: they mustn't be waited for.
        """
        environment = os.environ | self.environment
        try:
            return subprocess.run(
                command, input=text, stdout=outputs, stderr=outputs, env=environment, timeout=PATIENCE, check=False
            )
        except (OSError, subprocess.TimeoutExpired):
            return None


def _failed(command: tuple[str, ...], what: str) -> PostcheckError:
    hint = f"does {command[0]} work in this terminal? A text can be given to postcheck - as well"
    return PostcheckError(Problem(f"the clipboard can't be {what}", hint=hint))


def clipboard() -> Clipboard:
    """The clipboard of this desktop. Raises `PostcheckError` where there is none, or no program for it."""
    there = [each for each in _clipboards() if not each.desktop or os.environ.get(each.desktop)]
    for each in there:
        if each.is_installed():
            return each
    for each in there:
        if each.package:
            message = "the clipboard needs a program that isn't installed"
            raise PostcheckError(Problem(message, hint=f"sudo apt install {each.package}"))
    raise PostcheckError(Problem("there is no clipboard here", hint="give the text to postcheck - instead"))


def _clipboards() -> tuple[Clipboard, ...]:
    """Those of macOS, of Windows (also for its subsystem for Linux), of Wayland and of X11; the first counts.

    `wl-copy` keeps what is copied in a file: from its version 2.3 on where TMPDIR says, which is in memory here.
    """
    return (
        Clipboard(("pbpaste",), ("pbcopy",), environment={"LC_ALL": "en_US.UTF-8"}),
        Clipboard((*_POWERSHELL, _READ), (*_POWERSHELL, _WRITE)),
        Clipboard(
            ("wl-paste", "--no-newline", "--type", "text"),
            ("wl-copy", "--type", "text/plain"),
            "WAYLAND_DISPLAY",
            "wl-clipboard",
            (b"Nothing is copied", b"No selection", b"not available as requested type", b"No suitable type"),
            {"TMPDIR": os.environ.get("XDG_RUNTIME_DIR", "/tmp")},
        ),
        Clipboard(
            ("xclip", "-selection", "clipboard", "-target", "UTF8_STRING", "-out"),
            ("xclip", "-selection", "clipboard", "-in"),
            "DISPLAY",
            "xclip",
            (b"not available",),
        ),
        Clipboard(("xsel", "--clipboard", "--output"), ("xsel", "--clipboard", "--input"), "DISPLAY", "xsel"),
    )
