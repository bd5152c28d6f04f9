"""Inputs that nobody would write, tried against what must hold of any: the properties in `tests/`.

Hypothesis makes an input for a property of any bytes; libFuzzer (by atheris) looks for bytes that lead to code
which none before has reached. Whatever fails is told with its traceback, and belongs into the tests as an example.
"""

import faulthandler
import json
import os
import pkgutil
import random
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path
from time import monotonic
from typing import Any

import postcheck

SECONDS = 45.0
"""How long each property is tried."""

HANG = 30.0
"""Seconds that one input may take."""

LONGEST = 4096
"""Bytes of which an input is made."""

_BEGINNINGS = 64
"""So many random inputs libFuzzer begins with."""

PROPERTIES: Mapping[str, tuple[str, ...]] = {
    "text, Markdown, HTML and JSON Lines": ("property.test_readers.test_any_text_file_is_read_or_refused",),
    "tables": ("property.test_readers.test_any_table_is_read_or_refused",),
    "e-mails": ("property.test_readers.test_any_email_is_read_or_refused",),
    "Word documents": ("property.test_readers.test_any_word_document_is_read_or_refused",),
    "Excel workbooks": ("property.test_readers.test_any_workbook_is_read_or_refused",),
    "any bytes, in all formats": ("property.test_readers.test_any_bytes_are_read_or_refused",),
    "drafts as detectors see them": (
        "property.test_normalization.test_every_code_point_of_a_view_stands_for_a_part_of_the_draft",
        "property.test_normalization.test_every_code_point_of_what_a_disguise_hides_stands_for_a_part_of_the_draft",
        "property.test_normalization.test_every_span_of_a_view_leads_into_the_draft",
    ),
    "checks of any text": (
        "property.test_check.test_every_check_is_complete_and_every_span_lies_in_its_draft",
        "property.test_check.test_a_draft_is_judged_the_same_alone_and_in_company",
        "property.test_check.test_findings_dont_depend_on_the_order_of_rules",
        "property.test_check.test_a_paragraph_before_a_post_moves_its_findings_and_changes_none",
    ),
    "safe drafts": ("property.test_rewriting.test_a_masked_draft_is_the_draft_but_for_what_is_masked",),
    "mended drafts": ("property.test_rewriting.test_what_is_mended_stays_mended",),
    "YAML files": ("property.test_rule_files.test_any_yaml_is_read_or_refused",),
    "rule packs": ("property.test_rule_files.test_any_rules_make_a_rulebook_or_are_refused",),
    "phrases and regular expressions": (
        "property.test_rule_files.test_any_template_is_read_or_refused",
        "property.test_rule_files.test_any_expression_is_judged",
    ),
    "configurations": ("property.test_rule_files.test_any_configuration_is_read_or_refused",),
    "baselines and ignores beside drafts": (
        "property.test_rule_files.test_any_baseline_and_any_file_beside_a_draft_is_read_or_refused",
    ),
    "ignores in drafts": ("property.test_suppression.test_any_comment_is_an_ignore_or_told_to_be_none",),
    "reports": (
        "unit.reporters.test_json.test_any_report_is_valid_and_ascii",
        "unit.reporters.test_jsonl.test_any_report_is_valid_ascii_and_says_what_the_json_report_says",
        "unit.reporters.test_concise.test_there_are_as_many_lines_as_findings_and_problems",
        "unit.reporters.test_markdown.test_any_report_has_only_our_structure_and_calls_nobody",
        "unit.reporters.test_gfm.test_literal_text_stays_the_text_it_is",
        "unit.reporters.test_visible.test_shown_text_stays_on_one_line_and_can_be_written",
        "unit.reporters.test_sarif.test_any_report_is_valid_and_every_result_has_its_rule",
        "unit.reporters.test_junit.test_in_any_report_the_cases_that_fail_are_what_fails_the_check",
        "unit.reporters.test_gitlab.test_any_report_is_valid_and_no_two_issues_share_a_fingerprint",
        "unit.reporters.test_rdjson.test_any_report_is_valid",
        "unit.reporters.test_github.test_the_runner_reads_back_the_findings_and_the_problems_and_nothing_else",
        "unit.reporters.test_html.test_in_any_report_the_text_is_the_drafts_and_every_finding_is_explained",
    ),
    "the cache of results": ("property.test_resultcache.test_a_damaged_cache_gives_what_was_kept_or_nothing",),
    "what a client tells a resident": ("property.test_resident.test_what_isnt_a_request_runs_nothing",),
}
"""By what is tried, the tests of its properties, each with its module below `tests`."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many inputs were tried of a property, for how long, and the tracebacks of what failed, each kind once."""

    inputs: int
    seconds: float
    failures: tuple[str, ...] = ()


def property_test(name: str) -> Any:
    """The test of that name below `tests`."""
    module, _, test = name.rpartition(".")
    return getattr(import_module(f"tests.{module}"), test)


def examples(name: str) -> int:
    """How many inputs that once failed a property's test tries each time."""
    return len(getattr(property_test(name), "hypothesis_explicit_examples", ()))


def fuzzed(name: str, seconds: float) -> Outcome:
    """Try a property in a process of its own, which ends, too, when an input takes longer than `HANG`."""
    asked = [sys.executable, "-m", "trust.fuzzing", name, str(seconds)]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    told = done.stdout.rpartition("\n")[2]
    if done.returncode or not told:
        return Outcome(0, seconds, (f"it ended with exit code {done.returncode}: {done.stderr[-2000:]}",))
    return Outcome(**json.loads(told))


class Trial:
    """A property that is run on one input after another, for a time. What fails is noted, each kind once."""

    def __init__(self, run: Callable[[bytes], object], seconds: float) -> None:
        self._run = run
        self._begun = monotonic()
        self._seconds = seconds
        self._inputs = 0
        self._failures: dict[str, str] = {}

    def __call__(self, content: bytes) -> None:
        faulthandler.dump_traceback_later(HANG, exit=True)
        try:
            self._inputs += self._run(content) is not None
        except BaseException as error:  # a library in Rust that panics raises no `Exception`
            self._inputs += 1
            place = traceback.extract_tb(error.__traceback__)[-1]
            self._failures.setdefault(f"{type(error)} {place}", "".join(traceback.format_exception(error)))
        finally:
            faulthandler.cancel_dump_traceback_later()

    @property
    def over(self) -> bool:
        """Whether its time is over."""
        return monotonic() > self._begun + self._seconds

    def outcome(self) -> Outcome:
        """What came of it."""
        return Outcome(self._inputs, monotonic() - self._begun, tuple(self._failures.values()))


def fuzz(name: str, seconds: float) -> None:
    """Try a property in this process, print its outcome as JSON, and end the process, as libFuzzer would."""
    import atheris

    with atheris.instrument_imports(include=["postcheck"]):
        for module in pkgutil.walk_packages(postcheck.__path__, "postcheck."):
            if not module.name.endswith("__main__"):
                import_module(module.name)
        run = property_test(name).hypothesis.fuzz_one_input
    trial = Trial(run, seconds)

    def one(content: bytes) -> None:
        trial(content)
        if trial.over:
            print("\n" + json.dumps(asdict(trial.outcome())), end="", flush=True)
            os._exit(0)

    with tempfile.TemporaryDirectory() as folder:
        for number, chosen in enumerate(map(random.Random, range(_BEGINNINGS))):
            (Path(folder) / str(number)).write_bytes(chosen.randbytes(LONGEST >> number % 7))
        atheris.Setup(
            [sys.argv[0], folder, f"-max_len={LONGEST}", "-len_control=0", f"-timeout={10 * HANG:.0f}", "-seed=1"], one
        )
        atheris.Fuzz()


def figures() -> str:
    """How often each part was tried, as a table. Raises `RuntimeError` if a property failed."""
    outcomes = {name: fuzzed(name, SECONDS) for names in PROPERTIES.values() for name in names}
    failures = [f"{name}:\n{each}" for name, outcome in outcomes.items() for each in outcome.failures]
    if failures:
        raise RuntimeError("\n\n".join(failures))
    inputs = sum(outcome.inputs for outcome in outcomes.values())
    minutes = sum(outcome.seconds for outcome in outcomes.values()) / 60
    known = sum(map(examples, outcomes))
    return "\n".join(
        [
            f"{inputs:,} inputs in {minutes:.0f} minutes broke nothing. The {known} inputs that once broke something "
            "are tried each time the tests run.",
            "",
            "| Tried | inputs | time | once broken by |",
            "|---|---|---|---|",
            *(_row(what, [outcomes[name] for name in names], names) for what, names in PROPERTIES.items()),
        ]
    )


def _row(what: str, outcomes: Sequence[Outcome], names: Iterable[str]) -> str:
    inputs, seconds = sum(each.inputs for each in outcomes), sum(each.seconds for each in outcomes)
    return f"| {what} | {inputs:,} | {seconds:.0f} s | {sum(map(examples, names))} |"


if __name__ == "__main__":
    fuzz(sys.argv[1], float(sys.argv[2]))
