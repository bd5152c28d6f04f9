"""Inputs that are nearly right: sound ones, in which something is cut out, put twice, or replaced."""

import copy
import re
from collections.abc import Iterator, Sequence
from typing import Any, AnyStr

from hypothesis import strategies as st

_MOST_EDITS = 4
_LONGEST_CUT = 8


@st.composite
def mutated(draw: st.DrawFn, seeds: Sequence[AnyStr], pieces: st.SearchStrategy[AnyStr]) -> AnyStr:
    """One of the seeds with a few edits of its words and marks; `pieces` are what may be put in."""
    seed = draw(st.sampled_from(seeds))
    words: list[AnyStr] = _words(seed)
    for _ in range(draw(st.integers(0, _MOST_EDITS))):
        start = draw(st.integers(0, len(words)))
        end = min(len(words), start + draw(st.integers(0, _LONGEST_CUT)))
        twice = words[start:end] * 2
        words[start:end] = draw(st.one_of(st.sampled_from([[], twice]), pieces.map(lambda piece: [piece])))
    return seed[:0].join(words)


def _words(text: AnyStr) -> list[AnyStr]:
    if isinstance(text, str):
        return re.findall(r"[\w-]+|\s+|.", text)
    return re.findall(rb"[\w-]+|\s+|.", text, re.DOTALL)


@st.composite
def mutated_tree(draw: st.DrawFn, seed: Any, values: st.SearchStrategy[Any]) -> Any:
    """Lists and mappings within each other, in which a few values are taken out, replaced, or under another key."""
    whole = {"": copy.deepcopy(seed)}
    for _ in range(draw(st.integers(0, _MOST_EDITS))):
        places = [*_places(whole)]
        if not places:
            break
        holder, key = draw(st.sampled_from(places))
        if draw(st.booleans()):
            holder[key] = copy.deepcopy(draw(values))
            continue
        value = holder.pop(key)
        if isinstance(holder, dict) and draw(st.booleans()):
            holder[draw(st.sampled_from([*_keys(seed)]))] = value
    return whole.get("")


def _places(holder: Any) -> Iterator[tuple[Any, Any]]:
    """Every list or mapping with the place of each value in it."""
    for key, value in [*(holder.items() if isinstance(holder, dict) else enumerate(holder))]:
        yield holder, key
        if isinstance(value, (dict, list)):
            yield from _places(value)


def _keys(tree: Any) -> Iterator[str]:
    for holder, key in _places({"": tree}):
        if isinstance(holder, dict):
            yield key
