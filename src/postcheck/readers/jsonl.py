"""JSON Lines: one draft a line, as an object with the key `text` and optionally its metadata."""

import json
import re
from collections import Counter

from postcheck.draft import Draft
from postcheck.errors import PostcheckError, Problem
from postcheck.readers.metadata import KEYS, Metadata, parse
from postcheck.readers.social import social

_TEXT = "text"
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def read_jsonl(text: str, path: str, defaults: Metadata) -> tuple[Draft, ...]:
    """The drafts of a table. Raises `PostcheckError` with one problem for each line that is wrong."""
    drafts: list[Draft] = []
    problems: list[Problem] = []
    for row, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                post, said = _record(line, path, row)
                metadata = parse(said, path, dict.fromkeys(KEYS, row)).over(defaults)
                place = {"record": len(drafts), "row": row, "verbatim": False}
                drafts.append(metadata.draft(post, path, tuple(sorted(social(post))), **place))
            except PostcheckError as error:
                problems.append(error.problems[0])
    if problems:
        raise PostcheckError(*problems)
    return tuple(drafts)


def _record(line: str, path: str, row: int) -> tuple[str, dict[str, object]]:
    """The text on a line, and what is said about it."""
    try:
        pairs = json.loads(line, object_pairs_hook=tuple)  # a tuple shows a key that stands twice
    except (ValueError, RecursionError) as error:
        hint = 'each line is one object: {"text": "..."}'
        raise PostcheckError(Problem("isn't valid JSON", path, row, getattr(error, "colno", None), hint)) from None
    if not isinstance(pairs, tuple):
        raise PostcheckError(Problem("isn't a JSON object", path, row, hint='write {"text": "..."}'))
    said = {key: value for key, value in pairs if key in {_TEXT, *KEYS}}
    for key, count in Counter(key for key, _ in pairs).items():
        if key in said and count > 1:
            raise PostcheckError(Problem(f'the key "{key}" stands twice', path, row, hint="keep one"))
    if _TEXT not in said:
        raise PostcheckError(Problem('the key "text" is missing', path, row, hint='write {"text": "..."}'))
    post = said[_TEXT]
    if not isinstance(post, str):
        raise PostcheckError(Problem('"text" must be text', path, row, hint="put it in quotes"))
    for key, value in said.items():
        if isinstance(value, str) and _LONE_SURROGATE.search(value):
            message, hint = (
                f'"{key}" holds half of a character',
                r"write \ud83d\ude00 as a pair, or the character itself",
            )
            raise PostcheckError(Problem(message, path, row, hint=hint))
    return post, said
