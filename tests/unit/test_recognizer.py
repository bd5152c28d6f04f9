"""Recognizers from YAML: sound, or refused where they're written."""

from pathlib import Path

import pytest

from postcheck.errors import PostcheckError
from postcheck.packs import load

START = "recognizers:\n  - name: badge\n    supported_entity: OTHER_ID\n"
PATTERN = START + "    patterns: [{name: labelled, regex: '%s', score: 0.5}]\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (PATTERN % "(", "recognizers.yaml:4:33: not a regular expression"),
        (PATTERN % "{codes}", "recognizers.yaml:4:33: there is no fragment {codes}"),
        (PATTERN.replace("0.5", "7") % "x", "recognizers.yaml:4:45: "),
        (
            PATTERN.replace("regex", "regexp") % "x",
            'recognizers.yaml:4:33: unknown key "regexp" (did you mean "regex"?)',
        ),
        (START, "recognizers.yaml:2:5: a recognizer needs an expression or a list of words"),
        (START + "    patterns: labelled\n", 'recognizers.yaml:4:5: "patterns": '),
        (START + "    contexts: [x]\n", 'recognizers.yaml:4:5: unknown key "contexts"'),
    ],
)
def test_an_unsound_recognizer_is_refused_where_it_is_written(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "recognizers.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(PostcheckError) as error:
        load([tmp_path])
    assert any(said in str(problem) for problem in error.value.problems), str(error.value)
