"""Hand-made reports, and their rendering."""

import io
from dataclasses import replace

from postcheck.draft import Author, Draft, Span
from postcheck.errors import Problem
from postcheck.finding import Finding, Report, Severity, Suppressed, SuppressedBy, Unused, by_place
from postcheck.reporters import REPORTERS, Presentation


def render(
    report: Report,
    name: str,
    *,
    show_text: bool = True,
    quiet: bool = False,
    width: int | None = 80,
    color: bool = False,
    fail_on: Severity | None = Severity.WARNING,
) -> str:
    """What the reporter of that name writes."""
    out = io.StringIO()
    REPORTERS[name](report, out, Presentation(show_text, fail_on, quiet, width, color))
    return out.getvalue()


def span(draft: Draft, words: str) -> Span:
    """Where the words stand first."""
    start = draft.text.index(words)
    return Span(start, start + len(words))


NAME = Finding(
    draft=0,
    span=Span(0, 0),
    rule="phi/patient-name",
    category="phi",
    severity=Severity.ERROR,
    message="This names a patient.",
    why="The guidelines: never include any patient information. The law lists names first.",
    suggestion='Leave the name out: "a patient".',
    route="Office of Institutional Compliance",
    fingerprint="0123456789abcdef",
)
ROOM = Finding(
    draft=0,
    span=Span(0, 0),
    rule="phi/room",
    category="phi",
    severity=Severity.ERROR,
    message="This is a patient's room.",
    why=NAME.why,
    suggestion='Say "upstairs".',
    route=NAME.route,
)
STORY = Finding(
    draft=0,
    span=Span(0, 0),
    rule="patient-story/told",
    category="patient-story",
    severity=Severity.WARNING,
    message="This tells what one patient said, did or went through.",
    why="The guidelines: never discuss the details of an interaction with a patient, named or not.",
    suggestion="Keep the feeling and leave the patient out.",
    route=NAME.route,
)
TAG = Finding(
    draft=0,
    span=Span(0, 0),
    rule="disclosure/tag",
    category="disclosure",
    severity=Severity.INFO,
    message="Readers may take this for the institution's word.",
    why="The guidelines: say that you work there.",
)


def at(template: Finding, place: Span, draft: int = 0, related: tuple[Span, ...] = ()) -> Finding:
    """The finding at another place."""
    return replace(template, span=place, draft=draft, related=related)


def report(*drafts: Draft, findings: tuple[Finding, ...] = (), diagnostics: tuple[Problem, ...] = ()) -> Report:
    """A report, its findings in order."""
    return Report(drafts, by_place(findings), (), diagnostics)


FINE = Draft("Proud of the night crew, every one of you.", "posts/crew.txt")
BELL = Draft("Yesterday Mr. Abernathy-Quist rang the bell. What a sound!", "posts/bell.txt")
FRIDAY = Draft(
    "What a week on the floor, and what a Friday to end it with. Mr. Abernathy-Quist finally walked to the window "
    "on his own, after five weeks with us, and Abernathy-Quist the younger brought kolaches.\n"
    "Room 1188 won't be the same.\n"
    "\n"
    "#EndCancer",
    "posts/friday.md",
    channel="facebook",
)
SHIFT = Draft(
    "How my shift went:\n"
    "\n"
    "First she asked for water, then for her glasses, and then for the priest, and I ran for all three of them.\n"
    "Then she slept.\n"
    "\n"
    "At five she woke and asked\n"
    "whether it was Sunday.\n"
    "It was.\n"
    "\n"
    "Room 1188 is quiet now.",
    "posts/shift.txt",
)
WIDE = Draft("夜勤のあと\t🎉🎉 佐藤さんは退院しました [bold]はい[/] :tada: 7\x1b[31m\u202eend", "posts/wide.txt")
RECORD = Draft(
    "So glad Ms. Ferreira-Lund is home!", "posts/spring.jsonl", Author.OFFICIAL, "linkedin", record=2, id="a-3", row=3
)

REPORTS: dict[str, Report] = {
    "nothing": report(FINE),
    "one-error": report(BELL, findings=(at(NAME, span(BELL, "Mr. Abernathy-Quist")),)),
    "many": report(
        FRIDAY,
        FINE,
        BELL,
        findings=(
            at(NAME, span(FRIDAY, "Mr. Abernathy-Quist")),
            at(NAME, span(FRIDAY, "Abernathy-Quist the younger")),
            at(STORY, span(FRIDAY, "walked to the window"), related=(span(FRIDAY, "five weeks"), span(FRIDAY, "Room"))),
            at(ROOM, span(FRIDAY, "Room 1188")),
            at(TAG, span(FRIDAY, "#EndCancer")),
            at(NAME, span(BELL, "Mr. Abernathy-Quist"), draft=2),
        ),
    ),
    "several-lines": report(
        SHIFT,
        findings=(
            at(STORY, span(SHIFT, SHIFT.text[SHIFT.text.index("First") : SHIFT.text.index("It was.") + 7])),
            at(NAME, span(SHIFT, "woke and asked\nwhether"), related=(span(SHIFT, "my shift"), span(SHIFT, "Room"))),
        ),
    ),
    "wide-characters": report(
        WIDE,
        findings=(
            at(NAME, span(WIDE, "佐藤さん"), related=(span(WIDE, "🎉🎉"),)),
            at(ROOM, span(WIDE, ":tada: 7\x1b[31m\u202e")),
        ),
    ),
    "record": report(RECORD, findings=(at(NAME, span(RECORD, "Ms. Ferreira-Lund")),)),
    "suppressed": Report(
        (BELL, FRIDAY),
        (at(ROOM, span(FRIDAY, "Room 1188"), draft=1),),
        (
            Suppressed(at(NAME, span(BELL, "Mr. Abernathy-Quist")), SuppressedBy.INLINE, BELL.path, 1),
            Suppressed(at(STORY, span(FRIDAY, "walked"), draft=1), SuppressedBy.BASELINE, ".postcheck-baseline.json"),
            Suppressed(at(TAG, span(FRIDAY, "#EndCancer"), draft=1), SuppressedBy.UNCHANGED),
        ),
        (),
        (Unused("this ignore silences nothing", FRIDAY.path, 4, 1, "take it out"),),
    ),
    "not-complete": report(
        BELL,
        findings=(at(NAME, span(BELL, "Mr. Abernathy-Quist")),),
        diagnostics=(
            Problem("the front matter has no end", "posts/may.md", 1, hint="close it with a line of three dashes"),
            Problem("the model can't be loaded", hint="install postcheck anew"),
        ),
    ),
    "not-complete-and-nothing-found": report(
        FINE, diagnostics=(Problem("can't be read", "posts/may.docx", hint="save it as text"),)
    ),
}
"""One report for each thing that a reporter must be good at."""
