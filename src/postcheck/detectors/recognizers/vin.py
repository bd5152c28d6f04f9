"""Vehicle identification numbers, told from other codes by their check digit."""

from presidio_analyzer import Pattern, PatternRecognizer

_VALUES = {
    **{str(digit): digit for digit in range(10)},
    **dict(zip("ABCDEFGH", range(1, 9), strict=True)),
    **dict(zip("JKLMN", range(1, 6), strict=True)),
    "P": 7,
    "R": 9,
    **dict(zip("STUVWXYZ", range(2, 10), strict=True)),
}
_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_CHECK_DIGITS = "0123456789X"
_CHECK_PLACE = 8


class VinRecognizer(PatternRecognizer):
    """Finds 17 characters without I, O and Q whose ninth is the check digit of 49 CFR 565.15."""

    def __init__(self) -> None:
        pattern = Pattern("VIN", r"(?<![\w-])(?=\d*[A-Z])(?=[A-Z]*\d)[A-HJ-NPR-Z0-9]{17}(?![\w-])", 0.5)
        super().__init__(supported_entity="VEHICLE", name="vehicle identification number", patterns=[pattern])

    def validate_result(self, pattern_text: str) -> bool:
        """Whether the check digit is right."""
        vin = pattern_text.upper()
        total = sum(weight * _VALUES[char] for weight, char in zip(_WEIGHTS, vin, strict=True))
        return vin[_CHECK_PLACE] == _CHECK_DIGITS[total % 11]
