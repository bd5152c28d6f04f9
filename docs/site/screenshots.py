"""The picture of the page in the documentation, taken of the page itself in Chromium: `make pictures`."""

import os
import re
import shutil
import signal
import subprocess
import sys

from playwright.sync_api import sync_playwright

from docs.site.pictures import FOLDER

NAME = "page.png"


def screenshot() -> bytes:
    """What a browser shows of the page's example, as PNG."""
    command = [sys.executable, "-m", "postcheck", "open", "--no-browser", "--role", "nurse", "--channel", "instagram"]
    with subprocess.Popen(command, cwd=FOLDER, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        said = re.search(r"http://\S+", server.stdout.readline())
        assert said, "postcheck open printed no address"
        try:
            return _shot(said[0])
        finally:
            server.send_signal(signal.SIGINT)


def _shot(address: str) -> bytes:
    with sync_playwright() as playwright:
        path = shutil.which(os.environ.get("POSTCHECK_BROWSER", "chromium"))
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1200, "height": 760}, color_scheme="light")
        page.goto(address)
        page.get_by_role("button", name="Try it on an example").click()
        page.locator(".card").first.wait_for()
        page.locator("h1").click()  # the caret blinks
        return page.screenshot()


if __name__ == "__main__":
    (FOLDER / NAME).write_bytes(screenshot())
