"""The learned model: a small transformer that reads a whole draft and says what it thinks of each label.

`training/` makes it, `training/README.md` is its model card. It runs here, on the machine's processor.
"""

import json
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy

from postcheck.analysis import Analysis, Opinion
from postcheck.detectors.transformer import session, tokenizer
from postcheck.detectors.verification import RECORDS, verified
from postcheck.draft import Draft, Span
from postcheck.normalization import View
from postcheck.organization import NAMES

FOLDER = RECORDS / "classifier"
CONTEXT, WINDOW = 96, 256
"""The longest context and the longest part of a draft that are read at once, in tokens."""

_REMEMBERED = 32
"""What was read in so many windows is remembered: in a draft that is being written, most stay as they are."""

_ALTERED = "the learned model is not the one that came with postcheck"
_WAY_OUT = "install postcheck again, or check by rules alone with --no-model"


@dataclass(frozen=True, slots=True)
class Window:
    """What the model reads at once: the ids of its tokens, and where those of the draft begin and end in it."""

    ids: tuple[int, ...]
    first: int
    offsets: tuple[Span, ...]


class Classifier:
    """Reads drafts by the model in `folder`. Raises `PostcheckError` if it is missing or altered.

    It was trained on drafts of one institution. In those of another, `institution`, whatever names that is read as
    the one that it knows.
    """

    def __init__(self, institution: str | None = None, folder: Path = FOLDER) -> None:
        files = verified(folder, RECORDS / "classifier.json", _ALTERED, _WAY_OUT)
        said = json.loads(files["calibration.json"])
        self._labels: Mapping[str, Mapping[str, float]] = said["labels"]
        self._institution: str = said["institution"]
        self._is_known = institution in {None, self._institution}
        self._reader = WindowReader(files["tokenizer.json"])
        self._session = session(files["model.onnx"])
        self._remembered: dict[bytes, Any] = {}

    def opinions(self, analysis: Analysis) -> Mapping[str, Opinion]:
        """The model's opinion on each label. Of a draft with several windows, that of the one that says most counts."""
        read = [
            (window, self._contributions(window))
            for window in self._reader.windows(self._known(analysis), analysis.draft, analysis.sentences)
        ]
        opinions = {}
        for at, label in enumerate(self._labels):
            window, said = max(read, key=lambda each: float(each[1][:, at].sum()))
            probability = self._probability(label, float(said[:, at].sum()))
            opinions[label] = Opinion(probability, _loudest(said[:, at], window, analysis.sentences))
        return opinions

    def _known(self, analysis: Analysis) -> View:
        """The text as the model knows it, and where it comes from."""
        named = () if self._is_known else analysis.reading.hits(NAMES)
        return View.of(analysis.text).rewritten((span, self._institution) for span in named)

    def _contributions(self, window: Window) -> Any:
        """What each token of the draft adds to each label's logit, as read now or remembered."""
        name = sha256(repr((window.ids, window.first)).encode()).digest()
        if name not in self._remembered:
            self._remembered[name] = self._read(window)
            for oldest in [*self._remembered][:-_REMEMBERED]:
                del self._remembered[oldest]
        return self._remembered[name]

    def _read(self, window: Window) -> Any:
        """What each token of the draft adds to each label's logit: an array of tokens by labels."""
        ids = numpy.array([window.ids], dtype=numpy.int64)
        kinds = (numpy.arange(ids.shape[1]) >= window.first).astype(numpy.int64)[None]
        (said,) = self._session.run(None, {"input_ids": ids, "token_type_ids": kinds})
        return said[0, window.first :]

    def _probability(self, label: str, logit: float) -> float:
        """The logit as a probability, by the calibration on drafts that the model had not seen (Platt 1999)."""
        scale = self._labels[label]
        return float(1 / (1 + numpy.exp(-(scale["slope"] * logit + scale["offset"]))))


class WindowReader:
    """Cuts drafts into what the model reads at once, by the `content` of a tokenizer's file."""

    def __init__(self, content: bytes) -> None:
        self._tokenizer = tokenizer(content)
        self._opening, self._closing = (self._tokenizer.token_to_id(mark) for mark in ("[CLS]", "[SEP]"))

    def windows(self, shown: View, draft: Draft, sentences: Sequence[Span]) -> Iterator[Window]:
        """The windows of a view of the draft's text: each begins with a sentence, if none is longer than a window.

        Their offsets, and `sentences`, are places in the text that `shown` is a view of.
        """
        context = self._tokenizer.encode(_context(draft), add_special_tokens=False).ids[:CONTEXT]
        read = self._tokenizer.encode(shown.text, add_special_tokens=False)
        offsets = [shown.to_source(Span(start, end)) for start, end in read.offsets]
        lead = (self._opening, *context, self._closing)
        for start, end in _cut(offsets, sentences):
            yield Window((*lead, *read.ids[start:end], self._closing), len(lead), tuple(offsets[start:end]))


def _context(draft: Draft) -> str:
    """What the model is told beside the draft: who posts, and what is answered."""
    return f"{draft.author} answers: {draft.in_reply_to}" if draft.in_reply_to else str(draft.author)


def _cut(offsets: Sequence[Span], sentences: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """Tokens in windows that overlap by some sentences, so that none is read without what stands before it."""
    begins = {sentence.start for sentence in sentences}
    openings = [0, *(i for i, offset in enumerate(offsets) if i and offset.start in begins)]
    start = 0
    while True:
        end = min(start + WINDOW, len(offsets))
        yield start, end
        if end == len(offsets):
            return
        middle = start + WINDOW // 2
        following = bisect_left(openings, middle)
        start = openings[following] if following < len(openings) and openings[following] < end else middle


def _loudest(contributions: Any, window: Window, sentences: Sequence[Span]) -> Span:
    """The sentence whose tokens add most."""
    sums = {
        sentence: sum(c for c, at in zip(contributions, window.offsets, strict=False) if sentence.overlaps(at))
        for sentence in sentences
        if window.offsets and sentence.start < window.offsets[-1].end and window.offsets[0].start < sentence.end
    }
    return max(sums, key=lambda sentence: sums[sentence], default=Span(0, 0))
