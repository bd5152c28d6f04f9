"""What a recognizer of our own tells Presidio."""

from presidio_analyzer import RecognizerResult

from postcheck.draft import Span


def result(kind: str, span: Span, score: float, detector: str, recognizer_id: str) -> RecognizerResult:
    """A finding of the recognizer with that id, under the name `detector`."""
    name = {RecognizerResult.RECOGNIZER_NAME_KEY: detector, RecognizerResult.RECOGNIZER_IDENTIFIER_KEY: recognizer_id}
    return RecognizerResult(kind, span.start, span.end, score, recognition_metadata=name)
