"""Vehicle identification numbers and their check digit."""

import pytest

from postcheck.detectors.recognizers.vin import VinRecognizer


@pytest.mark.parametrize("vin", ["1M8GDM9AXKP042788", "1m8gdm9axkp042788", "5GZCZ43D13S812715"])
def test_a_vin_has_the_right_check_digit(vin: str) -> None:
    assert [each.score for each in VinRecognizer().analyze(f"moved {vin}.", ["VEHICLE"])] == [1.0]


@pytest.mark.parametrize("code", ["1M8GDM9A0KP042788", "11111111111111111", "ABCDEFGHJKLMNPRST", "1M8GDM9AXKP0427881"])
def test_other_codes_of_that_length_are_none(code: str) -> None:
    assert VinRecognizer().analyze(code, ["VEHICLE"]) == []
