"""Names of people that the model overlooks, found by lists of given names and surnames."""

from collections.abc import Iterator, Sequence

from presidio_analyzer import LocalRecognizer, RecognizerResult
from presidio_analyzer.nlp_engine import NlpArtifacts
from spacy.tokens import Token

from postcheck.detectors.recognizers.results import result
from postcheck.detectors.resolve import GIVEN_NAME, SURNAME
from postcheck.detectors.words import is_everyday, is_given_name, is_surname, may_be_given_name
from postcheck.draft import Span

_CAPITALIZED, _AMBIGUOUS, _LOWER, _LONE_SURNAME = 0.6, 0.5, 0.45, 0.4
_LONGEST = 3
_SHORTEST_IN_CAPITALS = 5


class NameListRecognizer(LocalRecognizer):
    """Finds a given name with the capitalized words that follow it, and a surname that stands alone.

    A given name in lower case is believed only if it's common in the United States.
    """

    def __init__(self) -> None:
        super().__init__(supported_entities=["PERSON"], name="name lists")

    def load(self) -> None:
        """Nothing to load: the list is read when it's first needed."""

    def analyze(self, text: str, entities: Sequence[str], nlp_artifacts: NlpArtifacts) -> list[RecognizerResult]:
        """The names in the artifacts' tokens."""
        return [*self._names([*nlp_artifacts.tokens])]

    def _names(self, tokens: Sequence[Token]) -> Iterator[RecognizerResult]:
        at = 0
        while at < len(tokens):
            end = _end(tokens, at)
            if score := _score(tokens[at:end]):
                yield result("PERSON", _span(tokens[at:end]), score, GIVEN_NAME, self.id)
            elif _is_family(tokens, at):
                yield result("PERSON", _span(tokens[at:end]), _AMBIGUOUS, GIVEN_NAME, self.id)
            elif _is_surname(tokens[at].text):
                yield result("PERSON", _span(tokens[at:end]), _LONE_SURNAME, SURNAME, self.id)
            at = end


def _span(words: Sequence[Token]) -> Span:
    return Span(words[0].idx, words[-1].idx + len(words[-1]))


def _is_surname(word: str) -> bool:
    return word[:1].isupper() and is_surname(word) and (not word.isupper() or len(word) >= _SHORTEST_IN_CAPITALS)


def _is_family(tokens: Sequence[Token], at: int) -> bool:
    """Whether it's a family by its surname in the plural: "the Whitakers"."""
    word = tokens[at].text
    plural = word.endswith("s") and not is_everyday(word) and _is_surname(word[:-1])
    return plural and at > 0 and tokens[at - 1].lower_ == "the"


def _score(words: Sequence[Token]) -> float:
    """How surely these words are a name that begins with a given name; 0 if they're none."""
    first = words[0].text
    if first.isupper() and len(first) < _SHORTEST_IN_CAPITALS:
        return 0.0
    if is_given_name(first):
        return _CAPITALIZED if first[0].isupper() else _LOWER
    surname = len(words) > 1 and not is_everyday(words[-1].text)
    return _AMBIGUOUS if surname and may_be_given_name(first) else 0.0


def _end(tokens: Sequence[Token], start: int) -> int:
    """The index behind the last word of the name that begins at `start`."""
    end = start + 1
    if not may_be_given_name(tokens[start].text):
        return end
    while end < len(tokens) and end - start < _LONGEST and tokens[start].text[0].isupper():
        joint = tokens[end].text == "-" and not tokens[end - 1].whitespace_ and not tokens[end].whitespace_
        following = end + 1 if joint else end
        if following >= len(tokens) or not _continues(tokens, following):
            break
        end = following + 1
    return end


def _continues(tokens: Sequence[Token], at: int) -> bool:
    word = tokens[at]
    apart = tokens[at - 1].whitespace_ == " " or tokens[at - 1].text == "-"
    text = word.text
    if not apart or not word.is_alpha or not text[0].isupper() or len(text) == 1 or word.is_stop:
        return False
    return text.isupper() == tokens[at - 1].text.isupper() or tokens[at - 1].text == "-"
