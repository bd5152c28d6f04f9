from postcheck.draft import Span
from postcheck.fingerprint import fingerprint
from tests.conftest import Analyse


def named(analyse: Analyse, text: str, word: str, occurrence: int = 0, **fields: str) -> str:
    analysis = analyse(text, **fields)
    start = analysis.text.index(word)
    return fingerprint("a/rule", analysis, Span(start, start + len(word)), occurrence)


def test_it_survives_edits_elsewhere_and_other_spacing(analyse: Analyse) -> None:
    first = named(analyse, "We met. Her number is 4471903 again.", "4471903")
    assert first == named(analyse, "We did not meet. Her number  is 4471903 again. Bye.", "4471903")


def test_it_doesnt_depend_on_the_identifier(analyse: Analyse) -> None:
    assert named(analyse, "Her ssn is 219-09-1234.", "219-09-1234") == named(
        analyse, "Her ssn is 219-09-4321.", "219-09-4321"
    )


def test_it_tells_rule_path_sentence_and_occurrence_apart(analyse: Analyse) -> None:
    names = {
        named(analyse, "See it here.", "it"),
        named(analyse, "See it there.", "it"),
        named(analyse, "See it here.", "it", occurrence=1),
        named(analyse, "See it here.", "it", path="other.txt"),
    }
    assert len(names) == 4
