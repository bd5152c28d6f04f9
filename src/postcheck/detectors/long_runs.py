"""A tokenizer for texts in which a run of characters without a blank is longer than any word.

spaCy's takes marks off the beginning and the end of what stands between blanks, one by one, and
looks at all of the rest each time. So a run is given to it in parts of a limited length.
"""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from spacy.tokens import Doc
from spacy.vocab import Vocab

LONGEST = 400
"""Code points of a run that are looked at together."""

_RUN = re.compile(rf"(?<!\S)\S{{{LONGEST + 1},}}")


class RunTokenizer:
    """Tokenizes as `inner` does, but for long runs."""

    def __init__(self, vocab: Vocab, inner: Callable[[str], Doc]) -> None:
        self._vocab = vocab
        self._inner = inner

    def __call__(self, text: str) -> Doc:
        cuts = [0, *_cuts(text), len(text)]
        if len(cuts) == 2:
            return self._inner(text)
        tokens = [token for start, end in pairwise(cuts) for token in self._inner(text[start:end])]
        return Doc(self._vocab, [token.text for token in tokens], [bool(token.whitespace_) for token in tokens])


def _cuts(text: str) -> Iterator[int]:
    for run in _RUN.finditer(text):
        yield from range(run.start() + LONGEST, run.end(), LONGEST)
