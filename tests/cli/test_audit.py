"""`postcheck audit`, run as its users run it, on files and on a Ray cluster of this machine."""

import csv
import json
import os
import signal
from collections.abc import Iterator, Sequence
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.parquet
import pytest

from postcheck.archives import cut
from postcheck.archives.auditor import Auditor
from postcheck.archives.engines import here, on_ray
from postcheck.archives.findings import Audited
from postcheck.archives.part import Part
from postcheck.cli.audit import _auditor
from postcheck.config import configuration
from postcheck.readers.columns import Columns
from tests.cli.conftest import Run

NUMBER = "219-09-1234"
POSTS = [
    {"id": "p1", "text": f"her ssn is {NUMBER} again", "author": "employee", "channel": "x", "in_reply_to": ""},
    {"id": "p2", "text": "Grand rounds, Thursday\nat noon.", "author": "official", "channel": "", "in_reply_to": ""},
    {"id": "p3", "text": "You should stop taking tamoxifen.", "author": "", "channel": "", "in_reply_to": "Should I?"},
    {
        "id": "p4",
        "text": "Our patient Marisol rang the bell, so I cried.",
        "author": "",
        "channel": "",
        "in_reply_to": "",
    },
]
WORDS = (NUMBER, "tamoxifen", "Marisol")
TOLD = Columns()

needs_ray = pytest.mark.skipif(find_spec("ray") is None, reason="the extra ray isn't installed")
"""Not by importing it: Ray reads the environment as soon as it's imported."""


def make(folder: Path) -> None:
    """The same posts in each format."""
    folder.mkdir(exist_ok=True)
    with (folder / "a.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [*POSTS[0]])
        writer.writeheader()
        writer.writerows(POSTS)
    (folder / "b.jsonl").write_text("".join(f"{json.dumps(post)}\n" for post in POSTS), encoding="utf-8")
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(POSTS), folder / "c.parquet", row_group_size=3)


def table(path: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = pyarrow.parquet.read_table(path).to_pylist()
    return rows


def test_an_audit_finds_what_a_check_of_the_same_posts_finds(run: Run, tmp_path: Path) -> None:
    make(tmp_path / "past")
    done = run("audit", "past", "--output", "found.parquet")
    assert (done.returncode, done.stderr) == (1, "")
    assert " in 12 posts of 3 files." in done.stdout
    checked = json.loads(run("check", "past/a.csv", "--format", "json").stdout)["findings"]
    names = ("rule", "category", "severity", "confidence", "id", "start", "end", "message", "learned", "fingerprint")
    expected = [tuple(finding[name] for name in names) for finding in checked]
    assert len({finding["rule"] for finding in checked}) >= 3
    rows = table(tmp_path / "found.parquet")
    for file in ("past/a.csv", "past/b.jsonl", "past/c.parquet"):
        assert [tuple(row[name] for name in names) for row in rows if row["file"] == file] == expected
    assert [row["row"] for row in rows if row["file"] == "past/a.csv"] == [finding["line"] for finding in checked]
    assert {row["row"] for row in rows if row["file"] == "past/c.parquet"} <= {1, 3, 4}
    everything = done.stdout + (tmp_path / "found.parquet").read_bytes().decode("latin-1")
    assert not [word for word in WORDS if word in everything]


def test_what_cannot_be_read_is_a_row_and_exit_code_2_and_the_rest_is_judged(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(f'{{"text": "ssn {NUMBER}"}}\nMarisol\n', encoding="utf-8")
    (tmp_path / "b.csv").write_text("when,what\n1,Marisol\n", encoding="utf-8")
    done = run("audit", "a.jsonl", "b.csv", "gone.csv", "--output", "found.parquet", "--select", "phi/ssn")
    assert done.returncode == 2
    told = [(row["kind"], row["file"], row["row"]) for row in table(tmp_path / "found.parquet")]
    assert told == [
        ("problem", "gone.csv", None),
        ("finding", "a.jsonl", 1),
        ("problem", "a.jsonl", 2),
        ("problem", "b.csv", 1),
    ]
    assert "a.jsonl:2: isn't valid JSON" in done.stderr
    assert "The audit was NOT complete: 3 problems" in done.stdout
    assert not [word for word in WORDS if word in done.stdout + done.stderr]


def test_a_post_that_cannot_be_judged_is_told_and_those_beside_it_are_judged(run: Run, tmp_path: Path) -> None:
    """A post of more than a million characters isn't judged."""
    posts = [{"text": f"ssn {NUMBER}"}, {"text": "word " * 200_001, "id": "long"}, {"text": f"her ssn is {NUMBER}"}]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, posts)), encoding="utf-8")
    done = run("audit", "a.jsonl", "--output", "found.parquet", "--select", "phi/ssn", "--no-model")
    assert done.returncode == 2
    rows = [(row["kind"], row["row"], row["id"]) for row in table(tmp_path / "found.parquet")]
    assert rows == [("finding", 1, None), ("problem", 2, "long"), ("finding", 3, None)]
    assert "word word" not in done.stdout + done.stderr


def test_what_is_silenced_is_counted_and_kept_apart(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id,text\n1,You should stop taking tamoxifen.\n", encoding="utf-8")
    found = json.loads(run("check", "a.csv", "--format", "json", "--no-model").stdout)["findings"]
    rules = sorted({finding["rule"] for finding in found})
    sidecar = {"ignore": [{"rules": rules, "reason": "asked and answered"}]}
    (tmp_path / "a.csv.postcheck.yaml").write_text(json.dumps(sidecar), encoding="utf-8")
    done = run("audit", "a.csv", "--output", "found.parquet", "--no-model")
    assert done.returncode == 0
    assert f"No findings in 1 post of 1 file ({len(found)} finding" in done.stdout
    assert {(row["kind"], row["suppressed_by"]) for row in table(tmp_path / "found.parquet")} == {
        ("suppressed", "sidecar")
    }


def test_findings_are_never_written_into_the_archive(run: Run, tmp_path: Path) -> None:
    make(tmp_path / "past")
    for output in ("past/a.csv", "past/found.parquet"):
        done = run("audit", "past", "--output", output)
        assert done.returncode == 2
        assert "must not lie in the archive" in done.stderr
    assert run("audit", "past", "--output", "found.parquet", "--workers", "2").returncode == 2
    assert not (tmp_path / "found.parquet").exists()


class Noting:
    """An auditor that leaves the number of its process in a folder."""

    def __init__(self, folder: Path, auditor: Auditor) -> None:
        (folder / str(os.getpid())).touch()
        self._auditor = auditor

    def __call__(self, part: Part) -> Audited:
        return self._auditor(part)


def _noting(folder: Path) -> Auditor:
    """What each worker loads."""
    configured = configuration({"learned": False, "select": ("phi/ssn", "phi/patient-name", "medical-advice")})
    return Noting(folder, _auditor(configured, TOLD, 1))  # type: ignore[return-value]


def _rows(judged: Iterator[Audited]) -> list[tuple[int, list[dict[str, Any]]]]:
    return [(audited.posts, audited.table.to_pylist()) for audited in judged]


@needs_ray
def test_a_killed_worker_of_a_cluster_loses_nothing(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))  # where the workers find what they load
    monkeypatch.chdir(tmp_path)
    make(tmp_path / "past")
    files = [*sorted((tmp_path / "past").iterdir())] * 3
    parts: Sequence[Part] = [*cut(files, TOLD, 1), Part("gone.csv")]
    for each in ("here", "ray"):
        (tmp_path / each).mkdir()
    expected = _rows(here(parts, partial(_noting, tmp_path / "here")))
    judged = on_ray(parts, partial(_noting, tmp_path / "ray"), workers=2)
    first = next(judged)
    before = {int(path.name) for path in (tmp_path / "ray").iterdir()}
    os.kill(min(before), signal.SIGKILL)
    assert [*_rows(iter([first])), *_rows(judged)] == expected
    after = {int(path.name) for path in (tmp_path / "ray").iterdir()}
    assert len(after) > len(before)
    assert os.getpid() not in after
    assert sum(len(rows) for _, rows in expected) == 27
    told = "".join(capfd.readouterr())
    assert not [word for word in WORDS if word in told]


@needs_ray
def test_a_cluster_writes_the_very_file_that_one_process_writes(run: Run, tmp_path: Path) -> None:
    make(tmp_path / "past")
    assert run("audit", "past", "--output", "here.parquet", "--no-model").returncode == 1
    done = run("audit", "past", "--output", "ray.parquet", "--no-model", "--engine", "ray", "--workers", "2")
    assert done.returncode == 1, done.stderr
    assert (tmp_path / "ray.parquet").read_bytes() == (tmp_path / "here.parquet").read_bytes()
    assert not [word for word in WORDS if word in done.stdout + done.stderr]
