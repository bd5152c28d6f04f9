"""A desktop without a screen, for the programs that need one."""

import shutil
import subprocess
from collections.abc import Iterator

import pytest

_HAS_X11 = shutil.which("Xvfb") and shutil.which("xclip")
needs_xclip = pytest.mark.skipif(not _HAS_X11, reason="Xvfb or xclip isn't installed")
needs_xsel = pytest.mark.skipif(not (_HAS_X11 and shutil.which("xsel")), reason="Xvfb, xclip or xsel isn't installed")


@pytest.fixture(scope="session")
def desktop() -> Iterator[str]:
    """The name of a display, as in `DISPLAY`."""
    command = ["Xvfb", "-displayfd", "1", "-nolisten", "tcp"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        assert server.stdout is not None
        yield f":{server.stdout.readline().strip()}"
        server.terminate()
