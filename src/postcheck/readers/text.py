"""Plain text: all of it is the post, apart from front matter."""

from postcheck.draft import Draft
from postcheck.readers.frontmatter import front_matter
from postcheck.readers.metadata import Metadata
from postcheck.readers.social import social


def read_text(text: str, path: str, defaults: Metadata) -> tuple[Draft, ...]:
    """One draft. Raises `PostcheckError` where its front matter can't be read."""
    front = front_matter(text, path)
    segments = (*front.segments, *social(text, (segment.span for segment in front.segments)))
    return (front.metadata.over(defaults).draft(text, path, tuple(sorted(segments))),)
