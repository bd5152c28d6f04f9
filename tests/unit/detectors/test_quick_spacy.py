import subprocess
import sys


def run(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout


def test_neither_spacys_command_line_nor_its_network_client_is_loaded() -> None:
    code = "import postcheck.detectors, sys; print({'spacy.cli', 'weasel', 'httpx'} & {*sys.modules})"
    assert run(code) == "set()\n"


def test_who_asks_for_spacys_command_line_gets_it() -> None:
    assert run("import postcheck.detectors, spacy.cli; print(spacy.cli.download.__name__)") == "download\n"
