"""What holds of every ignore in a draft, whatever it says."""

from datetime import date

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from postcheck.draft import Span
from postcheck.finding import Finding, Severity
from postcheck.readers import read
from postcheck.readers.metadata import Metadata
from postcheck.suppression import Silencer, inline
from tests.property.mutation import mutated

COMMENTS = (
    'One.\n\n<!-- postcheck: ignore[phi/name] reason="ours" until=2027-06-30 -->\nTwo.\n\nThree.\n',
    "One. <!-- postcheck: ignore[phi, a/b] reason=ours --> Two.\n<!-- postcheck: ignore[] -->",
    "<p>One.</p><!-- postcheck: ignore[phi] reason='x' --><p>Two.</p>",
)
PIECES = st.sampled_from(
    [*"[]=\"'-<>\n,!/", "-->", "<!--", "postcheck:", "2027-99-99", "2027-W01", "until=", "reason=", "\n\n", "\u2028"]
) | st.text(max_size=3)
TODAY = date(2026, 1, 1)


@settings(deadline=None)
@example("/p><!-- postcheck: ignore[!\n\n-- postcheck: ignore[phi] reason='x' --><p>Two.</p>", ".html")
@given(mutated(COMMENTS, PIECES), st.sampled_from([".md", ".html"]))
def test_any_comment_is_an_ignore_or_told_to_be_none(text: str, suffix: str) -> None:
    assume("\0" not in text)  # such a file isn't read
    (draft,) = read(text.encode(), f"draft{suffix}", Metadata())
    ours = "".join(segment.span.cut(text) for segment in draft.segments if segment.kind == "metadata")
    whole = Finding(0, Span(0, len(text)), "phi/name", "phi", Severity.ERROR, "", "")
    silencer = Silencer([inline(TODAY)], frozenset({"phi", "phi/name"}), frozenset(), lambda draft: {"phi", "phi/name"})
    silenced = silencer.silence(draft, [whole])
    assert len(silenced.kept) + len(silenced.suppressed) == 1
    for each in inline(TODAY)(draft):
        assert "postcheck" in ours
        assert each.where is not None
        assert Span(0, len(text)).contains(each.where)
    for unused in silencer.useless():
        assert unused.message
        assert "\n" not in str(unused)
