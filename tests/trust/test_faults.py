"""What fails is said, or makes no difference: some faults of each part, as `make trust` tries all of them."""

import sys

import pytest

from trust.faults import ALL
from trust.ground import REFUSED, WHOLE, BrokenError, Fault, ended

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="/dev/full and limits are those of Linux")

REFUSING = [
    "postcheck.detectors.detector.annotate raises RuntimeError",
    "postcheck.detectors.classifier.Classifier.opinions raises RuntimeError",
    "postcheck.reporters.json.json raises RuntimeError",
    "data/classifier/calibration.json changed in a bit at 50%",
    "models/rampart/onnx/model_q4.onnx taken away",
    "click is missing",
    ".postcheck.yaml is a link to nowhere",
    "the disk is full where the report goes",
]
HARMLESS = [
    "results.sqlite holds forged answers",
    "rules/*/* is cut in half",
    "there is no home and no user",
    "the standard stream 1 is closed",
]
FAULTS = {fault.name: fault for faults in ALL for fault in faults()}


@pytest.mark.parametrize("name", REFUSING)
def test_a_part_that_fails_stops_the_check_with_exit_code_2(name: str) -> None:
    assert ended(FAULTS[name]) == REFUSED


@pytest.mark.parametrize("name", HARMLESS)
def test_what_a_check_can_do_without_changes_nothing_in_what_it_says(name: str) -> None:
    assert ended(FAULTS[name]) == WHOLE


def test_fewer_findings_and_a_shown_draft_would_be_told() -> None:
    for arguments in (["draft.txt", "--ignore", "phi"], ["draft.txt", "--show-text"]):
        with pytest.raises(BrokenError):
            ended(Fault("none", "none", lambda at, given=arguments: at.check(*given)))  # type: ignore[misc]


def test_no_two_faults_have_the_same_name() -> None:
    assert len(FAULTS) == sum(1 for faults in ALL for _ in faults())
