"""JUnit's XML, which most servers of continuous integration show: a test case for each draft and each problem."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TextIO
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from postcheck.draft import Draft
from postcheck.finding import Finding, Report, Severity
from postcheck.reporters.explanation import explanation, flowing, problem_source, suppression_source, with_hint
from postcheck.reporters.place import in_words, source
from postcheck.reporters.presentation import Presentation
from postcheck.reporters.summary import WORDS, found
from postcheck.reporters.tool import INCOMPLETE, NAME, UNUSED
from postcheck.reporters.visible import visible


def junit(report: Report, out: TextIO, how: Presentation) -> None:
    """Write one test suite. A case fails by what fails the check; milder and suppressed findings are its output.

    Servers show only the first failure of a case, so a case has one, which tells of every such finding.
    """
    cases = [*_drafts(report, how.fail_on), *_problems(report, how.fail_on)]
    suites = Element("testsuites")
    suite = SubElement(
        suites,
        "testsuite",
        name=NAME,
        tests=str(len(cases)),
        failures=str(sum(case.find("failure") is not None for case in cases)),
        errors=str(sum(case.find("error") is not None for case in cases)),
    )
    suite.extend(cases)
    indent(suites)
    out.write(tostring(suites, encoding="us-ascii", xml_declaration=True).decode("ascii") + "\n")


def _drafts(report: Report, fail_on: Severity | None) -> Iterator[Element]:
    failing: defaultdict[int, list[Finding]] = defaultdict(list)
    silent: defaultdict[int, list[str]] = defaultdict(list)
    for finding in report.findings:
        draft = report.drafts[finding.draft]
        if Report(findings=(finding,)).fails(fail_on):
            failing[finding.draft].append(finding)
        else:
            silent[finding.draft] += _lines(draft, finding)
    for suppressed in report.suppressed:
        place = in_words(report.drafts[suppressed.finding.draft], suppressed.finding.span)
        line = f"suppressed ({suppression_source(suppressed)}) in {place}: {suppressed.finding.rule}"
        silent[suppressed.finding.draft].append(line)
    for index, draft in enumerate(report.drafts):
        case = _case(NAME, source(draft))
        if failing[index]:
            lines = [line for finding in failing[index] for line in _lines(draft, finding)]
            _add(case, "failure", lines, message=found(Report(findings=tuple(failing[index]))))
        _add(case, "system-out", silent[index])
        yield case


def _problems(report: Report, fail_on: Severity | None) -> Iterator[Element]:
    for problem in report.unused:
        case = _case(UNUSED, problem_source(problem))
        fails = Report(unused=(problem,)).fails(fail_on)
        _add(case, "failure" if fails else "system-out", [with_hint(problem)])
        yield case
    for problem in report.diagnostics:
        case = _case(INCOMPLETE, problem_source(problem))
        _add(case, "error", [with_hint(problem)])
        yield case


def _lines(draft: Draft, finding: Finding) -> Iterator[str]:
    place = in_words(draft, finding.span)
    yield f"{WORDS[finding.severity]} in {place}: {flowing(finding.message)} ({finding.rule})"
    for label, text in explanation([finding]):
        yield f"    {label}: {text}"


def _case(kind: str, name: str) -> Element:
    return Element("testcase", classname=kind, name=visible(name))


def _add(case: Element, tag: str, lines: Iterable[str], **attributes: str) -> None:
    """Add an element that holds the lines, unless there are none."""
    if text := "\n".join(visible(line) for line in lines):
        SubElement(case, tag, attributes).text = text
