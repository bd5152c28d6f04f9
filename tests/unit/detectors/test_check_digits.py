"""Check digits, on examples that their standards publish."""

import pytest

from postcheck.detectors.recognizers.check_digits import CHECKS


@pytest.mark.parametrize(
    ("check", "code"),
    [
        ("vin", "1M8GDM9AXKP042788"),
        ("vin", "1m8gdm9axkp042788"),
        ("vin", "5GZCZ43D13S812715"),
        ("npi", "1234567893"),
        ("gs1", "00844588003288"),
        ("gs1", "10614141000415"),
        ("hibcc", "+A123BJC5D6E71G"),
    ],
)
def test_a_number_with_one_character_changed_is_none(check: str, code: str) -> None:
    assert CHECKS[check](code)
    for at, char in enumerate(code):
        other = code[:at] + ("2" if char == "1" else "1") + code[at + 1 :]
        if char.isdigit() and (check, at) != ("vin", 8):
            assert not CHECKS[check](other), other
