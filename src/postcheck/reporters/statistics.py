"""How many findings each rule has, the most frequent first."""

from collections import Counter
from typing import TextIO

from postcheck.finding import Report
from postcheck.reporters.explanation import flowing
from postcheck.reporters.presentation import Presentation
from postcheck.reporters.summary import outcome
from postcheck.reporters.visible import visible


def statistics(report: Report, out: TextIO, how: Presentation) -> None:
    """Write a line for each rule and severity, with how many of its findings are suppressed; then what it comes to."""
    found = Counter((each.rule, each.severity) for each in report.findings)
    silent = Counter((each.finding.rule, each.finding.severity) for each in report.suppressed)
    for rule, severity in sorted({*found, *silent}, key=lambda key: (-found[key], -silent[key], key)):
        number = silent[rule, severity]
        more = f"  (and {number} suppressed)" if number else ""
        out.write(f"{found[rule, severity]:6}  {severity:7}  {rule}{more}\n")
    for problem in report.diagnostics:
        out.write(visible(f"not checked: {flowing(str(problem))}") + "\n")
    out.write(visible(outcome(report)) + "\n")
