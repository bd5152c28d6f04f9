"""Numbers that carry a check digit, told by it from other codes of their shape."""

from collections.abc import Callable, Mapping

_VIN_VALUES = {
    **{str(digit): digit for digit in range(10)},
    **dict(zip("ABCDEFGH", range(1, 9), strict=True)),
    **dict(zip("JKLMN", range(1, 6), strict=True)),
    "P": 7,
    "R": 9,
    **dict(zip("STUVWXYZ", range(2, 10), strict=True)),
}
_VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_VIN_DIGITS = "0123456789X"
_VIN_PLACE = 8
_NPI_PREFIX = "80840"
_HIBC_CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%"


def vin(code: str) -> bool:
    """Whether the ninth of 17 characters is the check digit of 49 CFR 565.15."""
    characters = code.upper()
    total = sum(weight * _VIN_VALUES[char] for weight, char in zip(_VIN_WEIGHTS, characters, strict=True))
    return characters[_VIN_PLACE] == _VIN_DIGITS[total % 11]


def npi(code: str) -> bool:
    """Whether ten digits are a National Provider Identifier: Luhn's sum with the prefix 80840 (45 CFR 162.406)."""
    digits = [int(digit) for digit in reversed(_NPI_PREFIX + code)]
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[1::2]]
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


def gs1(code: str) -> bool:
    """Whether the last of 14 digits is the check digit of a GTIN (GS1 General Specifications, section 7.9)."""
    *digits, last = (int(digit) for digit in code)
    total = sum(digit * (1 if place % 2 else 3) for place, digit in enumerate(reversed(digits)))
    return (total + last) % 10 == 0


def hibcc(code: str) -> bool:
    """Whether the last character is the sum of the others modulo 43 (ANSI/HIBC 2.6, the supplier labeling standard)."""
    *values, last = (_HIBC_CHARACTERS.index(char) for char in code.upper())
    return sum(values) % len(_HIBC_CHARACTERS) == last


CHECKS: Mapping[str, Callable[[str], bool]] = {"vin": vin, "npi": npi, "gs1": gs1, "hibcc": hibcc}
"""The checks that a recognizer can name, each on the text of a match."""
