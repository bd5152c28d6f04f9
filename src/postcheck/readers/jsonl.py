"""JSON Lines: one draft a line, as an object with the key `text` and optionally its metadata."""

import json
import re
from collections import Counter
from collections.abc import Collection
from dataclasses import replace

from postcheck.draft import Draft
from postcheck.errors import PostcheckError, Problem
from postcheck.readers.columns import Columns
from postcheck.readers.metadata import KEYS, Metadata, parse
from postcheck.readers.social import social

_TEXT = "text"
_TOLD = Columns()
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def read_jsonl(text: str, path: str, defaults: Metadata) -> tuple[Draft, ...]:
    """The drafts of a table. Raises `PostcheckError` with one problem for each line that is wrong."""
    drafts: list[Draft] = []
    problems: list[Problem] = []
    for row, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                drafts += line_drafts(line, path, row, defaults)
            except PostcheckError as error:
                problems.append(error.problems[0])
    if problems:
        raise PostcheckError(*problems)
    return tuple(replace(draft, record=index) for index, draft in enumerate(drafts))


def line_drafts(line: str, path: str, row: int, defaults: Metadata, columns: Columns = _TOLD) -> list[Draft]:
    """The drafts on a line, one for each key of text; `columns` name the keys where they aren't the usual ones.

    Raises `PostcheckError`.
    """
    keys = {key: getattr(columns, key, None) or key for key in KEYS}
    texts = columns.text or (_TEXT,)
    record = _record(line, path, row, texts, {*keys.values()})
    said = {key: record[name] for key, name in keys.items() if name in record}
    metadata = parse(said, path, dict.fromkeys(KEYS, row)).over(defaults)
    drafts = []
    for key in texts:
        post = record[key]
        if not isinstance(post, str):
            raise PostcheckError(Problem(f'"{key}" must be text', path, row, hint="put it in quotes"))
        place = {"row": row, "field": key if columns.text else None, "verbatim": False}
        drafts.append(metadata.draft(post, path, tuple(sorted(social(post))), **place))
    return drafts


def _record(line: str, path: str, row: int, texts: Collection[str], keys: Collection[str]) -> dict[str, object]:
    """What a line says under the keys that are asked for. Those of `texts` must be there."""
    try:
        pairs = json.loads(line, object_pairs_hook=tuple)  # a tuple shows a key that stands twice
    except (ValueError, RecursionError) as error:
        hint = 'each line is one object: {"text": "..."}'
        raise PostcheckError(Problem("isn't valid JSON", path, row, getattr(error, "colno", None), hint)) from None
    if not isinstance(pairs, tuple):
        raise PostcheckError(Problem("isn't a JSON object", path, row, hint='write {"text": "..."}'))
    said = {key: value for key, value in pairs if key in {*texts, *keys}}
    for key, count in Counter(key for key, _ in pairs).items():
        if key in said and count > 1:
            raise PostcheckError(Problem(f'the key "{key}" stands twice', path, row, hint="keep one"))
    for key in texts:
        if key not in said:
            message, hint = f'the key "{key}" is missing', f'write {{"{key}": "..."}}'
            raise PostcheckError(Problem(message, path, row, hint=hint))
    for key, value in said.items():
        if isinstance(value, str) and _LONE_SURROGATE.search(value):
            message, hint = (
                f'"{key}" holds half of a character',
                r"write \ud83d\ude00 as a pair, or the character itself",
            )
            raise PostcheckError(Problem(message, path, row, hint=hint))
    return said
