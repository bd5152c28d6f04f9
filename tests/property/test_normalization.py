"""What holds of every view, whatever the text."""

import re
import string
from itertools import pairwise

from hypothesis import assume, given
from hypothesis import strategies as st

from postcheck.detectors.disguises import undisguised
from postcheck.draft import Draft, Segment, SegmentKind, Span
from postcheck.normalization import View, split_tags, view

ODD = (
    "\u200b\u00ad\u202e\ufb03\u0301\u0336\uff2d\u041c\u0430\u2014\u2019\u00a0\u2028\U0001f469\u200d\u2695\ufe0f"
    "\r\n\t &;#@_*amp<b>"
)
TEXTS = st.text() | st.text(alphabet=ODD + string.ascii_letters + string.digits)


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    """Drafts with segments anywhere, overlapping ones too."""
    text = draw(TEXTS)
    places = st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))
    segments = [
        Segment(Span(min(place), max(place)), draw(st.sampled_from(SegmentKind)))
        for place in draw(st.lists(places, max_size=5))
    ]
    return Draft(text, segments=tuple(segments))


def assert_maps(shown: View, text: str) -> None:
    """Every code point stands for a part of the source, in order."""
    assert len(shown.text) == len(shown.starts) == len(shown.ends)
    assert all(0 <= start <= end <= len(text) for start, end in zip(shown.starts, shown.ends, strict=True))
    assert all(one <= other for one, other in pairwise(shown.starts))
    assert all(one <= other for one, other in pairwise(shown.ends))


@given(drafts())
def test_every_code_point_of_a_view_stands_for_a_part_of_the_draft(draft: Draft) -> None:
    assert_maps(view(draft), draft.text)


@given(drafts())
def test_every_code_point_of_what_a_disguise_hides_stands_for_a_part_of_the_draft(draft: Draft) -> None:
    assert_maps(undisguised(view(draft)), draft.text)


@given(drafts(), st.data())
def test_every_span_of_a_view_leads_into_the_draft(draft: Draft, data: st.DataObject) -> None:
    shown = view(draft)
    start = data.draw(st.integers(0, len(shown.text)))
    span = Span(start, data.draw(st.integers(start, len(shown.text))))
    assert Span(0, len(draft.text)).contains(shown.to_source(span))


@given(
    st.lists(st.text(alphabet=string.ascii_letters + string.digits + string.punctuation.replace("&", ""), min_size=1))
)
def test_plain_text_is_shown_as_it_is(words: list[str]) -> None:
    text = " ".join(words)
    assume(not re.search(r"(?:\b[a-zA-Z0-9]\b\W+){3}", text))  # which spells something out
    assert view(Draft(text)) == View.of(text)


@given(drafts())
def test_a_view_of_what_a_view_shows_changes_nothing_more_but_entities(draft: Draft) -> None:
    shown = view(draft).text
    if "&" not in shown:
        assert view(Draft(shown)).text == shown


@given(TEXTS)
def test_split_tags_lead_into_the_text(text: str) -> None:
    assert_maps(split_tags(text), text)


@given(TEXTS, st.data())
def test_edits_replace_their_spans_and_nothing_else(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=6)))
    edits = [(Span(*cut), data.draw(st.text(max_size=3))) for cut in list(pairwise(cuts))[::2]]
    shown = View.of(text).rewritten(edits)
    expected, done = "", 0
    for span, replacement in edits:
        expected += text[done : span.start] + replacement
        done = span.end
    assert shown.text == expected + text[done:]
    assert_maps(shown, text)
