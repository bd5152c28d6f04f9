"""The page, served by the real command and opened in a real browser."""

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Request, expect, sync_playwright

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = ("--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync")

Serve = Callable[..., "tuple[subprocess.Popen[str], str]"]
Open = Callable[..., Page]

expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the servers run, and what they may write to."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="session")
def serve(home: Path) -> Iterator[Serve]:
    """Starts `postcheck open`; the process and the address that it prints. Whatever is left is ended."""
    started: list[subprocess.Popen[str]] = []

    def served(*options: str) -> "tuple[subprocess.Popen[str], str]":
        environment = os.environ | {"HOME": str(home), "XDG_CACHE_HOME": str(home / "cache"), "XDG_CONFIG_HOME": ""}
        command = [sys.executable, "-m", "postcheck", "open", "--no-browser", *options]
        process = subprocess.Popen(
            command, cwd=home, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        started.append(process)
        assert process.stdout
        address = re.search(r"http://\S+", process.stdout.readline())
        assert address, process.communicate()
        return process, address[0]

    yield served
    for process in started:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=20)


@pytest.fixture(scope="session")
def address(serve: Serve) -> str:
    """The page's address, of a server that all tests share."""
    return serve()[1]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, as the system has it: the one that is asked for, or any. Without any, the tests are left out."""
    asked = os.environ.get("POSTCHECK_BROWSER")
    found = next(filter(None, map(shutil.which, [asked] if asked else BROWSERS)), None)
    if not found and asked:
        pytest.fail(f"there is no {asked}, which POSTCHECK_BROWSER asks for")
    if not found:
        pytest.skip("there is no Chromium here; POSTCHECK_BROWSER=PATH names one")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=[*QUIET])
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[Open]:
    """Opens the page in a window of its own. An error in its scripts fails the test, as does a request elsewhere."""
    errors: list[str] = []
    contexts = []

    def note(request: Request) -> None:
        if urlsplit(request.url).hostname != "127.0.0.1":
            errors.append(request.url)

    def opened(at: str = address, width: int = 1280, **options: object) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, **options)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("request", note)
        page.goto(at)
        expect(page.locator("#outcome")).to_have_text("Nothing to check yet")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not errors
