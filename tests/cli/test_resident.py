"""A resident postcheck, with real clients: what they print, whom they trust, and what becomes of them when it dies."""

import os
import pty
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import PIPE
from typing import Any

import pytest

BAD = "her ssn is 219-09-1234 again"
FINE = "Happy Nurses Week to the night crew!"
MOCKING = "half of radiology can't find their own feet with a map and a flashlight"
ALONE = 99

HOUSE = """\
pack: house
about: What we ask of each other.
rules:
  - id: dragons
    kind: phrase
    severity: error
    message: "This tells of a dragon."
    why: "There are none."
    suggestion: "Leave it out."
    citations: ["House rules: 4"]
    phrases: ["a dragon"]
    examples:
      flagged: ["There is a dragon in the lobby.", "Beware of a dragon."]
      clean: ["There is a lizard in the lobby.", "Beware of the dog."]
"""

ASK = f"""
import sys
from postcheck.resident.client import answered
code = answered()
sys.exit({ALONE} if code is None else code)
"""
"""A client that only asks: it never checks by itself."""

Client = Callable[..., "subprocess.Popen[bytes]"]
Outcome = tuple[int, bytes, bytes]


@pytest.fixture(scope="module")
def runtime(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the socket."""
    return tmp_path_factory.mktemp("run")


@pytest.fixture(scope="module")
def environment(runtime: Path, cache: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "POSTCHECK_SOCKET"}
    folders = {"HOME": runtime, "XDG_CONFIG_HOME": runtime / "config", "XDG_CACHE_HOME": cache}
    return kept | {name: str(folder) for name, folder in folders.items()} | {"XDG_RUNTIME_DIR": str(runtime)}


def postcheck(*arguments: str, environment: dict[str, str], **how: Any) -> Outcome:
    command = [sys.executable, "-m", "postcheck", *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, check=False, **how)
    return done.returncode, done.stdout, done.stderr


@pytest.fixture(scope="module")
def resident(environment: dict[str, str], runtime: Path) -> Iterator[int]:
    """The number of the process that stays."""
    code, out, _ = postcheck("serve", "--background", environment=environment, cwd=runtime)
    assert (code, out.decode()) == (0, f"Checks are now answered at {runtime}/postcheck.sock\n")
    yield int((runtime / "postcheck.sock.lock").read_text())
    assert postcheck("serve", "--stop", environment=environment)[0] == 0
    assert not (runtime / "postcheck.sock").exists()
    assert postcheck("serve", "--stop", environment=environment)[0] == 2


@pytest.fixture
def ready(resident: int, environment: dict[str, str]) -> int:
    """The process that stays, when it isn't busy with loading what an earlier client asked for."""
    command = [sys.executable, "-c", ASK, "--text", FINE]
    wait_for(lambda: subprocess.run(command, env=environment, capture_output=True, check=False).returncode == 0)
    return resident


@pytest.fixture
def client(ready: int, environment: dict[str, str], tmp_path: Path) -> Client:
    """Begins a check that is answered by the resident or not at all."""

    def begun(*arguments: str, **changes: str) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-c", ASK, *arguments]
        return subprocess.Popen(command, cwd=tmp_path, env=environment | changes, stdin=PIPE, stdout=PIPE, stderr=PIPE)

    return begun


def outcome(process: "subprocess.Popen[bytes]", stdin: bytes = b"") -> Outcome:
    out, error = process.communicate(stdin)
    return process.returncode, out, error


def answer(client: Client, *arguments: str, stdin: bytes = b"", **changes: str) -> Outcome:
    """What a check says, asked again as long as the resident is busy with loading what others asked for."""
    while (said := outcome(client(*arguments, **changes), stdin))[0] == ALONE:
        pass
    return said


def forked(resident: int) -> list[int]:
    """The processes that the resident has forked, but for those that have ended."""
    found = []
    for state in Path("/proc").glob("[0-9]*/stat"):
        try:
            _, _, fields = state.read_text().rpartition(") ")
        except OSError:
            continue
        status, parent = fields.split()[:2]
        if int(parent) == resident and status != "Z":
            found.append(int(state.parent.name))
    return found


def wait_for(holds: Callable[[], object]) -> None:
    until = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.02)


linux = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


@pytest.mark.parametrize(
    ("code", "arguments"),
    [
        (1, ["draft.txt"]),
        (1, ["check", "draft.txt", "fine.md", "--format", "json"]),
        (1, ["--text", BAD, "--format", "sarif"]),
        (0, ["--text", MOCKING, "--no-model"]),
        (0, ["--text", BAD, "--select", "respect/insult"]),
        (1, ["-", "--stdin-filename", "post.md", "--show-text"]),
        (1, ["draft.txt", "--rules", "house", "--show-text", "--format", "concise"]),
        (1, ["draft.txt", "--config", "settings.yaml"]),
        (2, ["draft.txt", "missing.txt"]),
        (2, ["table.xlsx"]),
        (2, ["--text", FINE, "--select", "no-such-rule"]),
        (2, ["--text", FINE, "--rules", "no-such-folder"]),
        (2, ["--text", FINE, "--rules", "broken"]),
        (2, ["--text", FINE, "--no-such-option"]),
        (0, ["check", "--help"]),
    ],
    ids=lambda each: " ".join(each) if isinstance(each, list) else str(each),
)
def test_an_answer_is_to_the_byte_what_the_check_says_alone(
    code: int, arguments: list[str], client: Client, environment: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "draft.txt").write_text(f"There is a dragon, and {BAD}. Zażółć!", encoding="utf-8")
    (tmp_path / "fine.md").write_text(FINE)
    (tmp_path / "table.xlsx").write_text("no table")
    (tmp_path / "settings.yaml").write_text("rules: [house]\nignore: [phi]\n")
    for name, text in {"house": HOUSE, "broken": "pack: 1"}.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "house.yaml").write_text(text)
    stdin = f"# A post\n\n{BAD}".encode()
    served = answer(client, *arguments, stdin=stdin)
    alone = postcheck(*arguments, environment=environment | {"POSTCHECK_SOCKET": ""}, cwd=tmp_path, input=stdin)
    assert served == alone
    assert served[0] == code


def test_what_was_copied_is_checked_on_the_desktop_of_who_asks(client: Client, tmp_path: Path) -> None:
    for name, script in (("pbpaste", f"echo '{BAD}'"), ("pbcopy", "")):
        (tmp_path / name).write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        (tmp_path / name).chmod(0o700)
    code, out, _ = answer(client, "clip", PATH=str(tmp_path))
    assert (code, b"<clipboard>" in out, b"phi/ssn" in out) == (1, True, True)


def test_a_client_loads_nothing(ready: int, environment: dict[str, str]) -> None:
    command = [sys.executable, "-X", "importtime", "-m", "postcheck", "--text", BAD]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert not {"click", "yaml", "pydantic", "spacy", "pathlib"} & {
        *re.findall(r"\| +(\w+)$", done.stderr, re.MULTILINE)
    }


def test_a_terminal_is_the_clients_own(client: Client, environment: dict[str, str], tmp_path: Path) -> None:
    shown = []
    for changes in ({}, {"POSTCHECK_SOCKET": ""}):
        parent, child = pty.openpty()
        command = [sys.executable, "-m", "postcheck", "--text", BAD]
        subprocess.run(command, env=environment | changes, cwd=tmp_path, stdout=child, stderr=child, check=False)
        os.close(child)
        shown.append(b"")
        while chunk := read(parent):
            shown[-1] += chunk
    assert shown[0] == shown[1]
    assert b"219-09-1234" in shown[0]
    assert b"\x1b[" in shown[0]


def read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:
        return b""


def test_files_are_written_where_and_as_the_client_would(client: Client, tmp_path: Path) -> None:
    os.umask(old := os.umask(0))
    try:
        os.umask(0o027)
        assert answer(client, "--text", BAD, "--format", "json", "--output", "report.json")[0] == 1
    finally:
        os.umask(old)
    assert (tmp_path / "report.json").stat().st_mode & 0o777 == 0o640


def test_only_the_user_reaches_the_socket(resident: int, runtime: Path) -> None:
    state = (runtime / "postcheck.sock").lstat()
    assert (state.st_mode & 0o777, state.st_uid) == (0o600, os.geteuid())


@pytest.mark.parametrize(("name", "mode"), [("postcheck.sock", 0o666), (".", 0o755)])
def test_what_others_could_reach_is_not_asked(name: str, mode: int, client: Client, runtime: Path) -> None:
    place = runtime / name
    before = place.stat().st_mode
    place.chmod(mode)
    try:
        assert outcome(client("--text", BAD)) == (ALONE, b"", b"")
    finally:
        place.chmod(before)
    assert answer(client, "--text", BAD)[0] == 1


def test_a_link_to_a_socket_is_not_asked(client: Client, tmp_path: Path, runtime: Path) -> None:
    tmp_path.chmod(0o700)
    (tmp_path / "link").symlink_to(runtime / "postcheck.sock")
    assert outcome(client("--text", BAD, POSTCHECK_SOCKET=str(tmp_path / "link")))[0] == ALONE


def test_a_client_with_other_code_is_not_answered(client: Client, tmp_path: Path) -> None:
    assert outcome(client("--text", BAD, PYTHONPATH=str(tmp_path)))[0] == ALONE


def test_a_stream_that_only_the_client_has_is_read_by_it(client: Client) -> None:
    assert outcome(client("/dev/fd/63"))[0] == ALONE


@pytest.mark.parametrize("listens", [False, True], ids=["dead", "hung"])
def test_a_socket_that_nobody_answers_only_costs_time(
    listens: bool, environment: dict[str, str], tmp_path: Path
) -> None:
    tmp_path.chmod(0o700)
    path = tmp_path / "s"
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(path))
        path.chmod(0o600)
        if listens:
            listener.listen()
        code, out, _ = postcheck("--text", BAD, environment=environment | {"POSTCHECK_SOCKET": str(path)})
    assert code == 1
    assert b"phi/ssn" in out


@linux
def test_a_check_that_dies_before_it_read_or_wrote_is_made_anew(
    ready: int, environment: dict[str, str], tmp_path: Path
) -> None:
    os.mkfifo(tmp_path / "settings.yaml")
    command = [sys.executable, "-m", "postcheck", "--text", BAD, "--config", "settings.yaml"]
    process = subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=PIPE, stderr=PIPE)
    wait_for(lambda: forked(ready))
    time.sleep(0.2)
    for child in forked(ready):
        os.kill(child, signal.SIGKILL)
    wait_for(lambda: not forked(ready))
    (tmp_path / "settings.yaml").write_text("fail_on: never\n")
    code, out, error = outcome(process)
    assert (code, error) == (0, b"")
    assert out.count(b"phi/ssn:") == 1


@linux
def test_a_check_that_dies_later_is_never_clean(client: Client, resident: int) -> None:
    process = client("-")
    wait_for(lambda: forked(resident))
    assert process.stdin
    process.stdin.write(FINE.encode())
    process.stdin.flush()
    time.sleep(0.5)
    for child in forked(resident):
        os.kill(child, signal.SIGKILL)
    code, out, error = outcome(process)
    assert (code, out) == (2, b"")
    assert b"was not made whole" in error


@linux
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_check_ends_with_its_client(number: signal.Signals, client: Client, resident: int) -> None:
    process = client("-")
    wait_for(lambda: forked(resident))
    time.sleep(0.5)
    process.send_signal(number)
    assert process.wait() == (2 if number == signal.SIGINT else -number)
    wait_for(lambda: not forked(resident))


def test_several_clients_are_answered_at_once(client: Client) -> None:
    waiting = client("-")
    texts = [BAD, FINE, "Our patient Marisol rang the bell."] * 2
    begun = [client("--text", text, "--format", "concise") for text in texts]
    answers = [outcome(each) for each in begun]
    assert [code for code, _, _ in answers] == [1, 0, 1] * 2
    assert answers[:3] == answers[3:]
    assert outcome(waiting, BAD.encode())[0] == 1


def test_rules_that_change_are_the_next_clients_rules(client: Client, tmp_path: Path) -> None:
    (tmp_path / "house").mkdir()
    for animal in ("dragon", "gryphon"):
        (tmp_path / "house" / "house.yaml").write_text(HOUSE.replace("dragon", animal))
        for _ in range(2):  # loaded for the check; and kept by then
            code, out, _ = answer(client, "--text", f"Beware of a {animal}.", "--rules", "house")
            assert (code, f"tells of a {animal}".encode() in out) == (1, True)
    (tmp_path / "house" / "house.yaml").write_text(HOUSE.replace("phrases", "phrase"))
    assert answer(client, "--text", "Beware of a gryphon.", "--rules", "house")[0] == 2


@linux
def test_nothing_of_a_draft_stays(client: Client, resident: int) -> None:
    canary = "Xylophoria Quandlebury"
    assert answer(client, "-", "--show-text", stdin=f"My patient {canary} went home.".encode())[0] == 1
    assert answer(client, "--text", f"My patient {canary} went home.")[0] == 1
    memory = held(resident)
    assert b"the whole clinic sang" in memory  # what it was prepared with
    assert b"Quandlebury" not in memory
    assert "Quandlebury".encode("utf-16-le") not in memory
    assert "Quandlebury".encode("utf-32-le") not in memory


def held(process: int) -> bytes:
    """All that a process may write to."""
    parts = []
    with Path(f"/proc/{process}/mem").open("rb", buffering=0) as memory:
        for line in Path(f"/proc/{process}/maps").read_text().splitlines():
            place, rights, *_ = line.split()
            if rights.startswith("rw"):
                start, end = (int(each, 16) for each in place.split("-"))
                memory.seek(start)
                parts.append(memory.read(end - start))
    return b"".join(parts)


@linux
def test_the_process_that_forks_has_one_thread(resident: int) -> None:
    assert len([*Path(f"/proc/{resident}/task").iterdir()]) == 1


def test_a_second_one_is_refused(resident: int, environment: dict[str, str], runtime: Path) -> None:
    code, out, error = postcheck("serve", environment=environment)
    assert (code, out) == (2, b"")
    assert error.decode() == (
        f"postcheck: {runtime}/postcheck.sock: a resident postcheck is running already, as process {resident} "
        "(postcheck serve --stop ends it)\n"
    )


def test_a_folder_that_others_may_enter_and_a_file_that_is_no_socket_are_refused(
    environment: dict[str, str], tmp_path: Path
) -> None:
    tmp_path.chmod(0o755)
    code, _, error = postcheck("serve", "--socket", str(tmp_path / "s"), environment=environment)
    assert (code, b"that only you can enter" in error) == (2, True)
    tmp_path.chmod(0o700)
    (tmp_path / "s").write_text("mine")
    code, _, error = postcheck("serve", "--socket", str(tmp_path / "s"), environment=environment)
    assert (code, b"is no socket" in error) == (2, True)
    assert (tmp_path / "s").read_text() == "mine"


SERVE = """
import sys
from pathlib import Path
from postcheck.resident import server
from postcheck.resident.place import likeness
reservation = server.reserve(Path(sys.argv[1]))
work = server.Work(lambda: print("an answer", flush=True) or 0, lambda: b"", lambda wish: None)
server.serve(reservation, likeness(), float(sys.argv[2]), work, lambda: print("ready", flush=True))
"""
"""A resident that gives one answer to all."""


def test_it_ends_when_idle_and_takes_the_place_of_a_dead_one(environment: dict[str, str], tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    path = tmp_path / "s"
    command = [sys.executable, "-c", SERVE, str(path)]
    killed = subprocess.Popen([*command, "60"], stdout=PIPE)
    assert killed.stdout
    killed.stdout.readline()
    killed.kill()
    killed.wait()
    assert path.is_socket()
    follower = subprocess.Popen([*command, "1.5"], stdout=PIPE)
    assert follower.stdout
    follower.stdout.readline()
    asked = environment | {"POSTCHECK_SOCKET": str(path)}
    done = subprocess.run([sys.executable, "-c", ASK, "x"], env=asked, capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (0, b"an answer\n")
    assert follower.wait() == 0
    assert not path.exists()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_it_leaves_no_socket_when_it_is_told_to_end(number: signal.Signals, tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    process = subprocess.Popen([sys.executable, "-c", SERVE, str(tmp_path / "s"), "60"], stdout=PIPE)
    assert process.stdout
    process.stdout.readline()
    process.send_signal(number)
    assert process.wait() == 0
    assert not (tmp_path / "s").exists()
