"""Ignores in the file beside a draft."""

from pathlib import Path

import pytest

from postcheck.draft import Draft
from postcheck.errors import PostcheckError
from postcheck.suppression import sidecar
from tests.unit.suppression.samples import TODAY, found


@pytest.fixture
def draft(tmp_path: Path) -> Draft:
    return Draft("Joan spoke.", str(tmp_path / "post.txt"), record=0, id="tue", row=1)


def beside(draft: Draft, text: str) -> None:
    Path(f"{draft.path}.postcheck.yaml").write_text(text, encoding="utf-8")


def test_without_a_file_there_are_none(draft: Draft) -> None:
    assert [*sidecar(TODAY)(draft)] == []


def test_an_entry_holds_for_the_whole_file_or_for_a_record_or_a_finding(draft: Draft) -> None:
    beside(
        draft,
        "ignore:\n"
        "  - {rules: phi/patient-name, reason: our spokesperson}\n"
        "  - {rules: phi/patient-name, reason: our spokesperson, id: tue}\n"
        "  - {rules: phi/patient-name, reason: our spokesperson, id: wed}\n"
        "  - {rules: phi/patient-name, reason: our spokesperson, fingerprint: f}\n"
        "  - {rules: phi/patient-name, reason: our spokesperson, fingerprint: g}\n",
    )
    entries = [*sidecar(TODAY)(draft)]
    assert [entry.holds(draft, found(draft, "Joan")) for entry in entries] == [True, True, False, True, False]
    assert [entry.line for entry in entries] == [2, 3, 4, 5, 6]


def test_an_entry_expires_after_its_last_day(draft: Draft) -> None:
    beside(draft, "ignore:\n  - {rules: phi/ssn, reason: x, until: 2026-04-30}\n  - {rules: phi/ssn, reason: x}\n")
    first, second = sidecar(TODAY)(draft)
    assert first.flaw == "expired on 2026-04-30, so it silences nothing"
    assert second.flaw is None


@pytest.mark.parametrize("entry", ["{rules: phi/ssn}", "{rules: phi/ssn, reason: ' '}", "{rule: phi/ssn, reason: x}"])
def test_a_file_that_isnt_sound_stops_the_check_with_its_place(draft: Draft, entry: str) -> None:
    beside(draft, f"ignore:\n  - {entry}\n")
    with pytest.raises(PostcheckError) as error:
        [*sidecar(TODAY)(draft)]
    assert "post.txt.postcheck.yaml:2:" in str(error.value)
