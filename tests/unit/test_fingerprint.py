from postcheck.draft import Span
from postcheck.fingerprint import fingerprint, surroundings
from tests.conftest import Analyse


def around(analyse: Analyse, text: str, word: str) -> str:
    analysis = analyse(text)
    start = analysis.text.index(word)
    return surroundings(analysis, Span(start, start + len(word)))


def test_surroundings_survive_edits_elsewhere_and_other_spacing(analyse: Analyse) -> None:
    first = around(analyse, "We met. Her number is 4471903 again.", "4471903")
    assert first == around(analyse, "We did not meet. Her number  is 4471903 again. Bye.", "4471903")


def test_surroundings_hold_nothing_that_identifies(analyse: Analyse) -> None:
    text = "So Joan Okafor of Katy, room 12B, told her ssn is 219-09-1234 again."
    assert around(analyse, text, "219-09-1234") == "█ █ █ of █ room █ told her ssn is █ █ █ again"


def test_a_fingerprint_tells_rule_record_sentence_and_occurrence_apart() -> None:
    names = {
        fingerprint("a/rule", None, "see it", 0),
        fingerprint("a/other", None, "see it", 0),
        fingerprint("a/rule", "tue", "see it", 0),
        fingerprint("a/rule", None, "see that", 0),
        fingerprint("a/rule", None, "see it", 1),
    }
    assert len(names) == 5
