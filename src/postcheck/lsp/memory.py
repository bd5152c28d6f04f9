"""What was judged since the server began: digests and places, no text. It ends with the process."""

from collections.abc import Iterable

_MOST = 20_000


class Memory:
    """Keeps answers to questions, both bytes, so that only the post that is being written is judged anew."""

    def __init__(self) -> None:
        self._answers: dict[bytes, bytes] = {}

    def recall(self, questions: Iterable[bytes]) -> dict[bytes, bytes]:
        """The answers to those of the questions that were answered before."""
        return {question: self._answers[question] for question in questions if question in self._answers}

    def remember(self, answers: Iterable[tuple[bytes, bytes]]) -> None:
        """Keep the answers to questions, the latest."""
        self._answers |= dict(answers)
        for oldest in [*self._answers][:-_MOST]:
            del self._answers[oldest]
