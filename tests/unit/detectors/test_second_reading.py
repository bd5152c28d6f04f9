"""Names that don't look like names, made to."""

import pytest

from postcheck.detectors.second_reading import second_reading


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("we wore green #PrayForDesmond", "we wore green Pray For Desmond"),
        ("we wore green #teamdesmond", "we wore green team Desmond"),
        ("go @desmond_okoro9", "go Desmond Okoro 9"),
        ("so desmond okoro rang it", "so Desmond Okoro rang it"),
        ("mr. okoro rang it", "mr. Okoro rang it"),
        ("then DESMOND OKORO left", "then Desmond Okoro left"),
        ("see example.com/visit/desmond-okoro%20now", "see example.com visit Desmond Okoro now"),
    ],
)
def test_a_name_gets_its_capital(text: str, read: str) -> None:
    view = second_reading(text)
    assert view is not None
    assert view.text == read


@pytest.mark.parametrize(
    "text", ["", "Desmond rang it", "rituximab and mucositis again", "COVID, HIV, H1N1, B12, NURSES"]
)
def test_a_text_that_reads_well_needs_no_second_reading(text: str) -> None:
    assert second_reading(text) is None
