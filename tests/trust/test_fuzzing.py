"""What fuzzes the properties finds what breaks them, and tells of it."""

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trust.fuzzing import PROPERTIES, Trial, property_test

NAMES = [name for names in PROPERTIES.values() for name in names]


@pytest.mark.parametrize("name", NAMES)
def test_every_property_can_be_fuzzed(name: str) -> None:
    trial = Trial(property_test(name).hypothesis.fuzz_one_input, seconds=60)
    for number in range(3):
        trial(random.Random(number).randbytes(2000))
    assert trial.outcome().inputs
    assert trial.outcome().failures == ()


def test_what_breaks_a_property_is_told_once_with_its_place_and_the_next_input_is_tried() -> None:
    @given(st.binary(max_size=3))
    def is_short(content: bytes) -> None:
        assert len(content) < 2

    test: Any = is_short
    trial = Trial(test.hypothesis.fuzz_one_input, seconds=60)
    for number in range(20):
        trial(random.Random(number).randbytes(100))
    (failure,) = trial.outcome().failures
    assert "is_short" in failure
    assert trial.outcome().inputs > 1


def test_a_trial_is_over_when_its_time_is() -> None:
    assert Trial(len, seconds=-1).over
    assert not Trial(len, seconds=60).over
