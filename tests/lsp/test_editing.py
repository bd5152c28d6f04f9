"""What an author sees while writing, and what can be done about it there."""

import asyncio
import json

import pytest
from lsprotocol import types

from tests.lsp.conftest import PATIENCE, Editor

pytestmark = pytest.mark.asyncio(loop_scope="module")

FINE = "Happy Nurses Week to the night crew!"
BAD = "her ssn is 219-09-1234 again"
NAMED = "Our patient Joan Miller rang the bell."
DOSE = "Take 400 mg of ibuprofen twice a day, it works."

HOUSE = """\
pack: house
about: What we ask of each other.
rules:
  - id: dragons
    kind: phrase
    severity: error
    message: "This tells of a *dragon*."
    why: "There are none <here>."
    suggestion: "Leave it out."
    phrases: ["a dragon"]
    examples:
      flagged: ["There is a dragon in the lobby.", "Beware of a dragon."]
      clean: ["There is a lizard in the lobby.", "Beware of the dog."]
"""


def rules(said: list[types.Diagnostic]) -> list[str]:
    return [str(each.code) for each in said]


def covered(text: str, said: list[types.Diagnostic], rule: str) -> str:
    """What a finding covers on a line, of which columns count halves of UTF-16."""
    (found,) = [each.range for each in said if each.code == rule]
    assert found.start.line == found.end.line
    line = text.splitlines()[found.start.line].encode("utf-16-le")
    return line[2 * found.start.character : 2 * found.end.character].decode("utf-16-le")


def partial(begin: tuple[int, int], end: tuple[int, int], text: str) -> types.TextDocumentContentChangePartial:
    return types.TextDocumentContentChangePartial(types.Range(types.Position(*begin), types.Position(*end)), text)


async def test_a_finding_stands_where_the_editor_shows_its_words(editor: Editor) -> None:
    text = f"\N{FACE WITH TEARS OF JOY} ¡…!\r\n\r\n\N{PARTY POPPER} {BAD}\r\n"
    said = await editor.open("place.md", text, "markdown")
    assert rules(said) == ["phi/ssn"]
    assert covered(text, said, "phi/ssn") == "219-09-1234"
    assert (said[0].source, said[0].severity) == ("postcheck", types.DiagnosticSeverity.Error)
    assert "219" not in said[0].message


async def test_a_clean_draft_has_nothing_said_of_it(editor: Editor) -> None:
    assert await editor.open("fine.txt", FINE) == []
    assert await editor.open("empty.txt", "") == []


async def test_what_is_said_is_what_the_command_says(editor: Editor) -> None:
    text = f"---\nauthor: employee\n---\n\n{NAMED} {DOSE}\n\n- {BAD}\n"
    editor.write("same.md", text)
    said = await editor.open("same.md", text, "markdown")
    out = await editor.run("check", "--format", "json", "--no-cache", "same.md")
    findings = json.loads(out)["findings"]
    assert [(each.code, each.range.start.line + 1, each.range.start.character + 1) for each in said] == [
        (each["rule"], each["line"], each["column"]) for each in findings
    ]
    assert len(said) > 2


async def test_each_post_of_a_file_is_a_draft_of_its_own(editor: Editor) -> None:
    text = f"---\nposts: several\n---\n{FINE}\n\n---\n\n{FINE} \N{PARTY POPPER}\n\n---\n\n\N{PARTY POPPER} {BAD}\n"
    said = await editor.open("several.md", text, "markdown")
    assert covered(text, said, "phi/ssn") == "219-09-1234"


async def test_a_finding_in_a_table_stands_on_the_line_of_its_record(editor: Editor) -> None:
    lines = [json.dumps({"text": FINE}), "", json.dumps({"text": BAD, "id": "tue-2"})]
    said = await editor.open("posts.jsonl", "\n".join(lines))
    assert [(each.code, each.range.start, each.range.end) for each in said] == [
        ("phi/ssn", types.Position(2, 0), types.Position(2, len(lines[2])))
    ]
    assert "tue-2" in said[0].message
    said = await editor.open("posts.csv", f'text,author\r\n"{FINE}\r\nReally.",employee\r\n{BAD},employee\r\n')
    assert [(each.code, each.range.start.line) for each in said] == [("phi/ssn", 3)]


@pytest.mark.parametrize("name", ["untitled:Untitled-1", "untitled:two"])
async def test_what_is_in_no_file_is_read_by_its_language(editor: Editor, name: str) -> None:
    text = f'<!-- postcheck: ignore[medical-advice/dose] reason="quoted" -->\n{DOSE}'
    assert rules(await editor.open(name, text, "markdown")) == []
    editor.close(name)
    assert "medical-advice/dose" in rules(await editor.open(name, text, "plaintext"))


async def test_edits_are_applied_as_the_editor_makes_them(editor: Editor) -> None:
    await editor.open("edit.txt", "one\N{PARTY POPPER}\x0ctwo\u2028three\r\nher ssn is \r\n")
    editor.edit("edit.txt", partial((1, 11), (1, 11), "219-09-1234"))
    said = await editor.said("edit.txt")
    assert [(each.code, each.range.start) for each in said] == [("phi/ssn", types.Position(1, 11))]
    away = (partial((0, 5), (1, 0), ""), partial((0, 16), (0, 27), "secret"), partial((0, 0), (0, 0), "\n"))
    editor.edit("edit.txt", *away)
    assert await editor.said("edit.txt") == []
    editor.edit("edit.txt", partial((9, 0), (9, 9), BAD))
    assert rules(await editor.said("edit.txt")) == ["phi/ssn"]
    editor.edit("edit.txt", FINE)
    assert await editor.said("edit.txt") == []


async def test_while_somebody_types_nothing_is_checked(editor: Editor) -> None:
    await editor.open("typed.txt", "")
    for end in range(1, len(BAD) + 1):
        editor.edit("typed.txt", BAD[:end])
    told = await editor.next_of("typed.txt")
    assert (told.version, rules([*told.diagnostics])) == (len(BAD) + 1, ["phi/ssn"])


async def test_a_document_that_was_closed_is_forgotten(editor: Editor) -> None:
    await editor.open("fine.txt", FINE)
    assert rules(await editor.open("gone.txt", BAD)) == ["phi/ssn"]
    editor.edit("gone.txt", f"{BAD} and again")
    editor.close("gone.txt")
    assert [*(await editor.next_of("gone.txt")).diagnostics] == []
    assert await editor.hover("gone.txt", 0, 12) is None
    editor.edit("fine.txt", f"{FINE} Really.")
    while (told := await asyncio.wait_for(editor.published.get(), PATIENCE)).uri != editor.uri("fine.txt"):
        assert told.uri != editor.uri("gone.txt")


async def test_half_a_character_is_told_and_not_called_clean(editor: Editor) -> None:
    said = await editor.open("half.txt", f"{FINE}\n\ud83d{FINE}")
    assert [(each.code, each.range.start.line) for each in said] == [("postcheck/incomplete", 1)]
    assert said[0].severity is types.DiagnosticSeverity.Error


async def test_a_long_line_is_checked_to_its_end(editor: Editor) -> None:
    before = "\N{PARTY POPPER} We had cake. " * 700
    text = before + BAD
    assert len(text) > 10_000
    assert covered(text, await editor.open("long.txt", text), "phi/ssn") == "219-09-1234"


async def test_a_byte_order_mark_moves_nothing(editor: Editor) -> None:
    text = f"\ufeff{BAD}"
    assert covered(text, await editor.open("mark.txt", text), "phi/ssn") == "219-09-1234"


async def test_a_message_that_cannot_be_read_makes_every_page_doubtful_until_it_is_opened_anew(editor: Editor) -> None:
    await editor.open("lost.txt", FINE)
    editor.send(b"Content-Length: 7\r\n\r\n{nobody")
    said = await editor.said("lost.txt")
    assert rules(said) == ["postcheck/incomplete"]
    assert "couldn't be read" in said[0].message
    editor.edit("lost.txt", partial((0, 0), (0, 0), "a"))
    assert rules(await editor.said("lost.txt")) == ["postcheck/incomplete"]
    editor.edit("lost.txt", FINE)
    assert await editor.said("lost.txt") == []


async def test_a_page_in_a_folder_that_is_not_there_yet_is_checked(editor: Editor) -> None:
    outside = (editor.folder.parent / "later" / "on" / "a.txt").as_uri()
    item = types.TextDocumentItem(outside, "plaintext", 1, BAD)
    editor.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
    while (told := await asyncio.wait_for(editor.published.get(), PATIENCE)).uri != outside:
        pass
    assert rules([*told.diagnostics]) == ["phi/ssn"]
