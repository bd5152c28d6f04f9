"""What a check depends on besides the page: the files of its folder."""

import asyncio
import json

import pytest
from lsprotocol import types

from tests.lsp.conftest import PATIENCE, Editor
from tests.lsp.test_editing import BAD, DOSE, FINE, HOUSE, NAMED, rules

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_the_files_that_a_check_depends_on_are_watched(editor: Editor) -> None:
    methods = [(await asyncio.wait_for(editor.registered.get(), PATIENCE)).method for _ in range(2)]
    assert methods == [types.WORKSPACE_DID_CHANGE_WATCHED_FILES, types.WORKSPACE_DID_CHANGE_CONFIGURATION]


async def test_the_configuration_of_the_folder_counts_and_so_does_each_change_of_it(editor: Editor) -> None:
    assert "medical-advice/dose" in rules(await editor.open("archive/a.txt", DOSE))
    editor.write(".postcheck.yaml", "overrides: [{paths: archive/, ignore: medical-advice}]\n")
    assert "medical-advice/dose" not in rules(await editor.said("archive/a.txt"))
    editor.remove(".postcheck.yaml")
    assert "medical-advice/dose" in rules(await editor.said("archive/a.txt"))
    editor.close("archive/a.txt")


async def test_a_broken_configuration_is_told_at_the_top_and_nothing_is_called_clean(editor: Editor) -> None:
    await editor.open("a.txt", FINE)
    before = len(editor.client.messages)
    editor.write(".postcheck.yaml", "colour: red\nfail_on: maybe\n")
    (told,) = await editor.said("a.txt")
    assert (told.code, told.severity) == ("postcheck/incomplete", types.DiagnosticSeverity.Error)
    assert told.range.start == types.Position(0, 0)
    assert told.message.startswith("Nothing is checked: .postcheck.yaml:2:1: ")
    editor.edit("a.txt", f"{FINE} Really.")
    await editor.said("a.txt")
    assert [each.type for each in editor.client.messages[before:]] == [types.MessageType.Error]
    editor.remove(".postcheck.yaml")
    assert await editor.said("a.txt") == []
    editor.close("a.txt")


async def test_rules_of_the_folder_are_followed_broken_or_not(editor: Editor) -> None:
    text = "There is a dragon."
    await editor.open("d.md", text, "markdown")
    editor.write("house/house.yaml", HOUSE)
    editor.write(".postcheck.yaml", "rules: house\n")
    await editor.said("d.md")
    assert rules(await editor.said("d.md")) == ["house/dragons"]
    told = await editor.hover("d.md", 0, 12)
    assert told is not None
    assert r"This tells of a \*dragon\*." in told
    assert r"**Why:** There are none \<here\>." in told
    assert "**Instead:** Leave it out." in told
    editor.write("house/house.yaml", HOUSE.replace("kind: phrase", "kind: prose"))
    (broken,) = await editor.said("d.md")
    assert broken.code == "postcheck/incomplete"
    assert "house/house.yaml" in broken.message
    editor.remove(".postcheck.yaml")
    assert await editor.said("d.md") == []
    editor.close("d.md")


async def test_what_stands_beside_a_draft_silences_it_and_what_is_of_no_use_is_told(editor: Editor) -> None:
    assert "medical-advice/dose" in rules(await editor.open("b.txt", DOSE))
    editor.write("b.txt.postcheck.yaml", "ignore: [{rules: [medical-advice, patient-story], reason: quoted}]\n")
    assert rules(await editor.said("b.txt")) == []
    editor.edit("b.txt", FINE)
    (unused,) = await editor.said("b.txt")
    assert (unused.code, unused.severity) == ("postcheck/unused-suppression", types.DiagnosticSeverity.Warning)
    editor.remove("b.txt.postcheck.yaml")
    assert await editor.said("b.txt") == []
    editor.close("b.txt")


async def test_a_comment_that_silences_nothing_is_shown_as_unnecessary_where_it_stands(editor: Editor) -> None:
    text = f'{FINE}\n\n<!-- postcheck: ignore[phi/patient-name] reason="gone" -->\n{FINE}\n'
    (unused,) = await editor.open("c.md", text, "markdown")
    assert unused.range.start == types.Position(2, 0)
    assert [*(unused.tags or ())] == [types.DiagnosticTag.Unnecessary]
    editor.close("c.md")


async def test_a_baseline_of_the_folder_counts(editor: Editor) -> None:
    (editor.folder / "e.txt").write_text(NAMED)
    said = await editor.open("e.txt", NAMED)
    entries = [
        f'{{"path": "e.txt", "rule": "{each["rule"]}", "fingerprint": "{each["fingerprint"]}"}}'
        for each in json.loads(await editor.run("check", "--format", "json", "e.txt"))["findings"]
    ]
    editor.write("known.json", f'{{"schema": "postcheck/baseline/v1", "findings": [{", ".join(entries)}]}}')
    await editor.said("e.txt")
    editor.write(".postcheck.yaml", "baseline: known.json\n")
    assert said
    assert await editor.said("e.txt") == []
    editor.remove(".postcheck.yaml")
    await editor.said("e.txt")
    editor.close("e.txt")


async def test_saving_a_page_judges_it_anew(editor: Editor) -> None:
    await editor.open("s.txt", BAD)
    identifier = types.TextDocumentIdentifier(editor.uri("s.txt"))
    editor.client.text_document_did_save(types.DidSaveTextDocumentParams(identifier))
    assert rules(await editor.said("s.txt")) == ["phi/ssn"]
    editor.close("s.txt")
