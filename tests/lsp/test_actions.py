"""What an editor offers to do about findings."""

import pytest

from tests.lsp.conftest import ROLE, Editor
from tests.lsp.test_editing import BAD, DOSE, FINE, NAMED, rules

pytestmark = pytest.mark.asyncio(loop_scope="module")

MEND_ALL = "Mend all that can be mended safely"
REDACT = "Take out what identifies a patient"
CRLF = f"{FINE} \N{PARTY POPPER}\r\n\r\n{NAMED} {DOSE}\r\n\r\n{BAD} \N{PARTY POPPER}\r\n"


def ignoring(rule: str) -> str:
    return f"Ignore {rule} in this paragraph, for a reason that you write"


async def command(editor: Editor, name: str, text: str, *arguments: str) -> str:
    """What a file holds after a command has written over it."""
    path = editor.folder / name
    path.write_bytes(text.encode())
    await editor.run(arguments[0], name, *arguments[1:])
    return path.read_bytes().decode()


async def test_a_finding_is_mended_in_its_place(editor: Editor) -> None:
    await editor.open("mend.md", CRLF, "markdown")
    mend = (await editor.actions("mend.md", 4, 14))['Write "(number removed)" instead']
    assert [each.code for each in mend.diagnostics or ()] == ["phi/ssn"]
    assert await editor.take("mend.md", mend, CRLF) == CRLF.replace("219-09-1234", "(number removed)")
    assert "phi/ssn" not in rules(await editor.said("mend.md"))
    editor.close("mend.md")


async def test_a_finding_in_a_table_is_mended_in_its_record(editor: Editor) -> None:
    text = f'{{"text": "{FINE}"}}\n{{"text": "{BAD}", "id": "x"}}\n'
    await editor.open("mend.jsonl", text)
    mend = (await editor.actions("mend.jsonl", 1, 3))['Write "(number removed)" instead']
    assert await editor.take("mend.jsonl", mend, text) == text.replace("219-09-1234", "(number removed)")
    assert await editor.said("mend.jsonl") == []
    editor.close("mend.jsonl")


async def test_all_is_mended_as_the_command_does_it_with_the_role_from_the_settings(editor: Editor) -> None:
    text = f"{CRLF}\r\nSo proud of the new trial at MD Anderson that opens today!\r\n"
    wanted = await command(editor, "all.md", text, "fix", "--write", "--role", ROLE)
    assert ROLE in wanted
    await editor.open("all.md", text, "markdown")
    offered = await editor.actions("all.md", 0, 0, ["source.fixAll"])
    assert [*offered] == [MEND_ALL]
    assert await editor.take("all.md", offered[MEND_ALL], text) == wanted
    editor.close("all.md")


async def test_what_identifies_a_patient_is_taken_out_as_the_command_does_it(editor: Editor) -> None:
    wanted = await command(editor, "safe.md", CRLF, "redact", "--in-place")
    await editor.open("safe.md", CRLF, "markdown")
    offered = await editor.actions("safe.md", 0, 0, ["source"])
    assert {*offered} == {MEND_ALL, REDACT}
    assert await editor.take("safe.md", offered[REDACT], CRLF) == wanted
    assert wanted != CRLF
    editor.close("safe.md")


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("front.md", f"---\nauthor: employee\n---\n{DOSE}\n", 3),
        ("crlf.md", f"{FINE}\r\n\r\n\N{PARTY POPPER}\r\n{DOSE}\r\n\r\n{DOSE}", 3),
        ("list.md", f"- {FINE}\n\n  {DOSE}\n", 2),
        ("several.md", f"---\nposts: several\n---\n{FINE}\n\n---\n\n{DOSE}\n", 7),
        ("page.html", f"<p>{FINE}</p>\n<p>\N{PARTY POPPER} {DOSE}</p>\n<p>{DOSE}</p>\n", 1),
    ],
)
async def test_a_finding_is_ignored_once_its_author_gives_a_reason(
    editor: Editor, name: str, text: str, line: int
) -> None:
    before = await editor.open(name, text, "markdown")
    action = (await editor.actions(name, line, len(text.splitlines()[line]) // 2))[ignoring("medical-advice/dose")]
    new = await editor.take(name, action, text)
    without = await editor.said(name)
    assert rules(without).count("medical-advice/dose") == rules(before).count("medical-advice/dose")
    assert "gives no reason" in next(each.message for each in without if each.code == "postcheck/unused-suppression")
    editor.edit(name, new.replace('reason=""', 'reason="quoted"'))
    said = rules(await editor.said(name))
    assert said.count("medical-advice/dose") == rules(before).count("medical-advice/dose") - 1
    assert "postcheck/unused-suppression" not in said
    assert "\r\n" not in text or "\n" not in new.replace("\r\n", "")
    editor.close(name)


async def test_what_cannot_be_silenced_and_what_has_no_comments_offers_no_ignore(editor: Editor) -> None:
    await editor.open("firm.md", BAD, "markdown")
    assert ignoring("phi/ssn") not in await editor.actions("firm.md", 0, 14)
    await editor.open("plain.txt", DOSE)
    offered = await editor.actions("plain.txt", 0, 8)
    assert ignoring("medical-advice/dose") not in offered
    assert MEND_ALL in offered


async def test_a_clean_place_offers_nothing(editor: Editor) -> None:
    await editor.open("fine.md", FINE, "markdown")
    assert await editor.actions("fine.md", 0, 3) == {}


async def test_an_action_is_about_the_text_that_stands_there_now(editor: Editor) -> None:
    await editor.open("now.txt", FINE)
    editor.edit("now.txt", BAD)
    mend = (await editor.actions("now.txt", 0, 14))['Write "(number removed)" instead']
    assert await editor.take("now.txt", mend, BAD) == BAD.replace("219-09-1234", "(number removed)")
