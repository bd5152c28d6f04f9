"""Front matter: what a post says about itself between two `---` lines at its very start."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from postcheck.draft import Segment, SegmentKind, Span
from postcheck.errors import PostcheckError, Problem
from postcheck.readers.metadata import KEYS, Metadata, parse

if TYPE_CHECKING:
    import yaml

_FENCED = re.compile(r"(---)[ \t]*\r?\n(.*?)^(---)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_SEVERAL = ("posts", "several")
_OUR_KEY = re.compile(rf"^(?:{'|'.join(KEYS)})[ \t]*:", re.MULTILINE)
_PLAIN_KEY = re.compile(r"[A-Za-z_][\w-]*")
_BOOL, _NULL = "tag:yaml.org,2002:bool", "tag:yaml.org,2002:null"


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What front matter says, the parts of the text that aren't published, and where the post begins.

    `several` tells that it says so of the file: `posts: several`.
    """

    metadata: Metadata
    segments: tuple[Segment, ...]
    end: int
    several: bool = False


def front_matter(text: str, path: str, at: int = 0) -> FrontMatter:
    """The front matter that begins at an offset. A text between `---` lines that isn't a mapping of keys is none.

    The `---` lines and the keys that postcheck reads are metadata; all else there is published,
    and so stays visible. Raises `PostcheckError` where one of those keys can't be read.
    """
    fenced = _FENCED.match(text, at)
    entries = _entries(fenced, path) if fenced else None
    if fenced is None or entries is None:
        return FrontMatter(Metadata(), (), at)
    base = fenced.start(2)
    said: dict[str, object] = {}
    lines: dict[str, int] = {}
    spans = [Span(*fenced.span(1)), Span(*fenced.span(3))]
    problems = []
    for key, value in entries:
        name, start, end = key.value, base + key.start_mark.index, base + value.end_mark.index
        if name not in KEYS and (name, value.value) != _SEVERAL:
            continue
        line = _line(text, start)
        if name in said:
            problems.append(Problem(f'the key "{name}" stands twice', path, line, hint="keep one"))
        elif value.start_mark.index < key.end_mark.index:
            problems.append(Problem(f'"{name}" is a YAML alias', path, line, hint="write the value out"))
        else:
            said[name], lines[name] = _value(value), line
            spans.append(Span(start, start + len(text[start:end].rstrip())))
    if problems:
        raise PostcheckError(*problems)
    segments = tuple(Segment(span, SegmentKind.METADATA) for span in sorted(spans))
    return FrontMatter(parse(said, path, lines), segments, fenced.end(), _SEVERAL[0] in said)


def _entries(fenced: re.Match[str], path: str) -> "list[tuple[yaml.Node, yaml.Node]] | None":
    """The keys and values between the fences, or `None` if that isn't front matter."""
    import yaml  # few drafts have front matter

    try:
        node = yaml.compose(fenced[2], Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError) as error:
        if not _OUR_KEY.search(fenced[2]):
            return None
        mark = getattr(error, "problem_mark", None)
        line = _line(fenced.string, fenced.start(2) + mark.index) if mark else 1
        hint = 'put a value with special characters in quotes: channel: "..."'
        raise PostcheckError(Problem("the front matter isn't valid YAML", path, line, hint=hint)) from None
    if not isinstance(node, yaml.MappingNode):
        return None
    plain = all(isinstance(key, yaml.ScalarNode) and _PLAIN_KEY.fullmatch(key.value) for key, _ in node.value)
    ours = any(isinstance(key, yaml.ScalarNode) and key.value in KEYS for key, _ in node.value)
    return node.value if plain or ours else None


def _value(node: Any) -> object:
    """A value as it's written, since an approval numbered 0123 isn't 83; yes and no aren't text."""
    if node.id != "scalar":
        return node.value
    return {_BOOL: True, _NULL: None}.get(node.tag, node.value)


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1
