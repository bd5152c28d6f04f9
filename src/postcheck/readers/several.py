"""Several posts in one Markdown file, apart by lines of `---`.

Such a line may as well be a rule across a single post, and what stands below it must then be read
together with what stands above. So a file holds several posts only if it says so: by front
matter with the keys of postcheck for at least two of them, or by `posts: several` in the first.
"""

import re

from postcheck.draft import Span
from postcheck.readers.frontmatter import front_matter

_LINE = re.compile(r"^---[ \t]*\r?\n?", re.MULTILINE)
_SAID = re.compile(r"\S")
_BLANK_LINE = re.compile(r"[ \t]*(?:\r?\n|\Z)")
_FENCES = 2


def split(text: str, path: str) -> tuple[Span, ...] | None:
    """The posts of a file, or `None` if it's one post.

    Between two there is a line of `---` with a blank line on each side, or the front matter of
    the second after a blank line. Raises `PostcheckError` where front matter can't be read.
    """
    first = front_matter(text, path)
    posts: list[Span] = []
    begin, done, described = 0, first.end, int(len(first.segments) > _FENCES)
    said = _next_said(text, done)
    for line in _LINE.finditer(text):
        if line.start() < done or (said < line.start() and not _follows_a_blank_line(text, line.start())):
            continue
        if _BLANK_LINE.match(text, line.end()):
            following = done = line.end()
        else:
            front = front_matter(text, path, line.start())
            if len(front.segments) <= _FENCES:
                continue
            following, done = line.start(), front.end
            described += 1
        posts.append(Span(begin, line.start()))
        begin = following
        said = _next_said(text, done)
    posts.append(Span(begin, len(text)))
    if described < 2 and not first.several:
        return None
    return tuple(post for post in posts if post.cut(text).strip())


def _next_said(text: str, at: int) -> int:
    """Where the next character is that isn't blank."""
    found = _SAID.search(text, at)
    return found.start() if found else len(text)


def _follows_a_blank_line(text: str, at: int) -> bool:
    return not text[text.rfind("\n", 0, at - 1) + 1 : at].strip()
