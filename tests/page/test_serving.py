"""Who is answered by the page's server, how long it runs, and what it tells."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlsplit

import pytest

Serve = Callable[..., "tuple[subprocess.Popen[str], str]"]

DRAFT = {"text": "Our patient Marisol rang the bell."}


def asked(
    address: str, path: str = "check", method: str = "POST", body: object = DRAFT, **headers: str
) -> tuple[HTTPResponse, bytes]:
    """An answer to a request as the page makes it, but for the `headers`; one that is empty is left out."""
    place = urlsplit(address)
    said = {"host": place.netloc, "origin": f"http://{place.netloc}", "sec-fetch-site": "same-origin"}
    said |= {name.replace("_", "-"): value for name, value in headers.items()}
    connection = HTTPConnection("127.0.0.1", place.port or 0, timeout=20)
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    connection.putrequest(method, place.path + path, skip_host=True)
    for name, value in ({"content-length": str(len(content))} | said).items():
        if value:
            connection.putheader(name, value)
    connection.endheaders(content if method == "POST" else None)
    answer = connection.getresponse()
    return answer, answer.read()


def test_the_page_is_answered(address: str) -> None:
    answer, content = asked(address)
    assert answer.status == 200
    rules = {finding["rule"] for finding in json.loads(content)["findings"]}
    assert "phi/patient-name" in rules


def test_an_answer_holds_nothing_of_the_draft_but_what_to_write_instead(address: str) -> None:
    assert b"Marisol" not in asked(address)[1]


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "localhost:80"},
        {"host": "evil.example"},
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": ""},
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
    ],
)
def test_other_pages_and_other_names_of_the_server_are_refused(address: str, headers: dict[str, str]) -> None:
    answer, content = asked(address, **headers)
    assert (answer.status, content) == (403, b"no")


def test_a_name_that_was_pointed_at_this_computer_doesnt_even_get_the_page(address: str) -> None:
    port = urlsplit(address).port
    assert asked(address, "", "GET", origin="", sec_fetch_site="", host=f"rebound.example:{port}")[0].status == 403
    assert asked(address, "", "GET", origin="", sec_fetch_site="none")[0].status == 200


@pytest.mark.parametrize("path", ["/", "/check", "/page.js", "/x" * 30 + "/check", "/..%2f..%2f/check"])
def test_without_the_token_nothing_is_to_be_had(address: str, path: str) -> None:
    place = urlsplit(address)
    elsewhere = place._replace(path=path).geturl()
    assert asked(elsewhere, "")[0].status == 403
    guessed = place._replace(path=place.path[:-2] + "x/").geturl()
    assert asked(guessed)[0].status == 403


@pytest.mark.parametrize(
    "path", ["../pyproject.toml", "%2e%2e/app.py", "..%2fapp.py", "//etc/passwd", "static/../app.py"]
)
def test_only_the_pages_own_files_are_served(address: str, path: str) -> None:
    answer, content = asked(address, path, "GET")
    assert answer.status in {403, 404}
    assert b"import" not in content


def test_every_answer_forbids_what_a_page_could_be_made_to_do(address: str) -> None:
    for answer, _ in (asked(address), asked(address, "", "GET"), asked(address, "no", "GET"), asked(address, host="x")):
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert "server" not in answer.headers
        assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"no JSON", "can't be understood"),
        (b"\xff", "can't be understood"),
        ([], "can't be understood"),
        ({}, "text"),
        ({"text": 7}, "text"),
        ({"text": "x", "suffix": "/../../etc/passwd"}, "suffix"),
        ({"text": "x", "author": "queen"}, "author"),
        ({"text": "x", "more": 1}, "more"),
        ({"text": "x" * 1_000_001}, "longer than 1,000,000 characters"),
        ({"text": "x", "in_reply_to": "x" * 1_000_001}, "longer than 1,000,000 characters"),
        ({"text": "x", "suffix": ".doc"}, "save it as .docx"),
        ({"text": "---\nposts: several\n---\nOne.\n\n---\n\nTwo.\n", "suffix": ".md"}, "one post at a time"),
    ],
)
def test_what_isnt_a_draft_is_refused_with_a_sentence(address: str, body: object, said: str) -> None:
    for path in ("check", "safe"):
        answer, content = asked(address, path, body=body)
        assert answer.status == 422
        (problem,) = json.loads(content)["problems"]
        assert said in problem


def test_a_refusal_quotes_nothing_of_the_draft(address: str) -> None:
    for body in ({"text": ["Marisol"]}, {"text": "x", "role": {"Marisol": 1}}, b'{"text": "Marisol'):
        assert b"Marisol" not in asked(address, body=body)[1]


@pytest.mark.parametrize(
    "text", ["", " ", "\ud800 Our patient Marisol", "\x00", "\r\n\r\n", "\u202eMarisol", "🎉" * 1000]
)
def test_any_text_is_judged(address: str, text: str) -> None:
    for path in ("check", "safe"):
        answer, content = asked(address, path, body={"text": text})
        assert answer.status in {200, 422}, content


def test_a_request_that_is_too_large_or_of_no_length_is_refused(address: str) -> None:
    assert asked(address, content_length="60000001", body=b"")[0].status == 413
    assert asked(address, content_length="")[0].status == 413


def test_the_server_can_only_be_reached_on_this_computer(address: str) -> None:
    port = urlsplit(address).port
    others = {info[4][0] for info in socket.getaddrinfo(socket.gethostname(), port, socket.AF_INET)}
    for other in {str(each) for each in others} - {"127.0.0.1"}:
        with pytest.raises(ConnectionRefusedError), socket.create_connection((other, port), 2):
            pass
    with pytest.raises(ConnectionRefusedError), socket.create_connection(("127.0.0.2", port), 2):
        pass


def test_nothing_that_is_written_gets_into_output_or_files(serve: Serve, home: Path) -> None:
    process, address = serve()
    canary = "Xanthippe Quillfeather"
    asked(address, body={"text": f"Our patient {canary}, MRN 4471193, rang the bell."})
    asked(address, "safe", body={"text": f"Our patient {canary} rang the bell."})
    asked(address, "read?name=x.csv", body=f"text\nOur patient {canary}\n".encode())
    asked(address, "read?name=x.docx", body=f"broken {canary}".encode())
    command = Path(f"/proc/{process.pid}/cmdline")
    assert not command.exists() or canary.encode() not in command.read_bytes()
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=20)
    assert process.returncode == 0
    assert "Quillfeather" not in out + err
    assert "4471193" not in out + err
    kept = [path for path in home.rglob("*") if path.is_file() and b"Quillfeather" in path.read_bytes()]
    assert kept == []


def test_the_server_ends_when_nobody_asks_any_more(serve: Serve) -> None:
    process, _ = serve("--idle", "0.01")
    out, _ = process.communicate(timeout=20)
    assert process.returncode == 0
    assert out.endswith("The page has ended.\n")


def test_without_the_extra_the_way_to_it_is_told(tmp_path: Path) -> None:
    (tmp_path / "uvicorn.py").write_text("raise ModuleNotFoundError(name='uvicorn')\n")
    environment = os.environ | {"PYTHONPATH": str(tmp_path), "HOME": str(tmp_path)}
    command = [sys.executable, "-m", "postcheck", "open", "--no-browser"]
    done = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert 'pip install "postcheck[web]"' in done.stderr


def test_the_browser_that_is_opened_gets_the_page_even_if_it_is_waited_for(home: Path, tmp_path: Path) -> None:
    browser = tmp_path / "browser"
    fetch = "import sys, urllib.request as r; open('got', 'wb').write(r.urlopen(sys.argv[1], timeout=10).read())"
    browser.write_text(f'#!/bin/sh\nexec {sys.executable} -c "{fetch}" "$1"\n')
    browser.chmod(0o755)
    environment = os.environ | {"BROWSER": f"{browser} %s", "XDG_CACHE_HOME": str(home / "cache")}
    command = [sys.executable, "-m", "postcheck", "open", "--idle", "0.05"]
    done = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert b"<title>postcheck" in (tmp_path / "got").read_bytes()
