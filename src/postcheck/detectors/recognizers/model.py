"""What the language model takes for a name."""

from collections.abc import Collection

from presidio_analyzer import RecognizerResult
from presidio_analyzer.nlp_engine import NlpArtifacts
from presidio_analyzer.predefined_recognizers.nlp_engine_recognizers import SpacyRecognizer

from postcheck.detectors.names import plausible
from postcheck.detectors.resolve import MODEL
from postcheck.draft import Span

MODEL_KINDS = frozenset({"PERSON", "LOCATION", "ORGANIZATION"})
"""The kinds that the language model finds."""


class ModelRecognizer(SpacyRecognizer):
    """Finds what the model names, where it can be a name at all."""

    def __init__(self) -> None:
        super().__init__(name=MODEL, supported_entities=sorted(MODEL_KINDS))

    def analyze(
        self, text: str, entities: Collection[str], nlp_artifacts: NlpArtifacts | None = None
    ) -> list[RecognizerResult]:
        """The names in the artifacts' entities."""
        found = []
        for result in super().analyze(text, entities, nlp_artifacts):
            span = plausible(Span(result.start, result.end), result.entity_type, text)
            if span:
                result.start, result.end = span.start, span.end
                found.append(result)
        return found
