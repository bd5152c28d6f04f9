"""A baseline of findings."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postcheck.draft import Draft
from postcheck.errors import PostcheckError
from postcheck.finding import Report
from postcheck.suppression import Baseline
from postcheck.suppression.baseline import Entry, Verdict
from tests.unit.suppression.samples import found

ENTRY = Entry(path="posts/a.txt", rule="phi/patient-name", fingerprint="f")
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=10)
ENTRIES = st.builds(
    Entry, path=WORDS, rule=WORDS, fingerprint=WORDS, verdict=st.none() | st.sampled_from(Verdict), reason=WORDS
)


@given(st.lists(ENTRIES, max_size=5))
def test_what_is_written_is_read_again(tmp_path_factory: pytest.TempPathFactory, entries: list[Entry]) -> None:
    file = tmp_path_factory.mktemp("baseline") / "b.json"
    baseline = Baseline(file).keeping(entries)
    file.write_bytes(baseline.content())
    read = Baseline.read(file)
    assert read.entries == baseline.entries
    assert [json.loads(file.read_text().splitlines()[line - 1].rstrip(","))["path"] for line in read.lines] == [
        entry.path for entry in read.entries
    ]


def test_an_entry_silences_its_finding_in_its_file_alone(tmp_path: Path) -> None:
    source = Baseline(tmp_path / "b.json", (ENTRY,), (3,)).source()
    draft = Draft("Joan spoke.", str(tmp_path / "posts" / "a.txt"))
    (suppression,) = source(draft)
    assert suppression.holds(draft, found(draft, "Joan", fingerprint="f"))
    assert not suppression.holds(draft, found(draft, "Joan", fingerprint="g"))
    assert not [*source(Draft("Joan spoke.", str(tmp_path / "a.txt")))]


def test_a_violation_is_found_again(tmp_path: Path) -> None:
    judged = Baseline(tmp_path / "b.json", (ENTRY,), (3,)).judged(ENTRY, Verdict.VIOLATION, None)
    (tmp_path / "b.json").write_bytes(judged.content())
    assert not [*Baseline.read(tmp_path / "b.json").source()(Draft("Joan", str(tmp_path / "posts" / "a.txt")))]


def test_verdicts_are_kept_and_what_is_gone_goes(tmp_path: Path) -> None:
    old = Baseline(tmp_path / "b.json", (ENTRY,)).judged(ENTRY, Verdict.ACCEPTED, "our spokesperson")
    other = ENTRY.model_copy(update={"fingerprint": "g"})
    assert old.keeping([other, ENTRY, ENTRY]).entries == (old.entries[0], other)
    assert old.keeping([other]).entries == (other,)


def test_a_finding_is_named_from_the_baselines_folder(tmp_path: Path) -> None:
    draft = Draft("Joan spoke.", str(tmp_path / "posts" / "a.txt"))
    entry = Baseline(tmp_path / "b.json").entry(Report((draft,)), found(draft, "Joan"))
    assert entry == ENTRY


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "isn't valid YAML"),
        ("{}", 'the key "schema" is missing'),
        ('{"schema": "postcheck/baseline/v2", "findings": []}', '"schema" must be "postcheck/baseline/v1"'),
        ('{"schema": "postcheck/baseline/v1", "findings": [{"path": "a"}]}', 'the key "rule" is missing'),
    ],
)
def test_a_file_that_isnt_sound_is_refused(tmp_path: Path, content: str, message: str) -> None:
    (tmp_path / "b.json").write_text(content, encoding="utf-8")
    with pytest.raises(PostcheckError, match=message):
        Baseline.read(tmp_path / "b.json")


def test_a_file_that_isnt_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(PostcheckError, match="can't be read"):
        Baseline.read(tmp_path / "none.json")
