import subprocess
import sys


def run(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout


def test_neither_spacys_command_line_nor_a_network_client_is_loaded() -> None:
    unwanted = {"spacy.cli", "weasel", "httpx", "requests", "tldextract"}
    code = f"import postcheck.detectors, sys; print({unwanted} & {{*sys.modules}})"
    assert run(code) == "set()\n"


def test_who_asks_for_spacys_command_line_gets_it() -> None:
    assert run("import postcheck.detectors, spacy.cli; print(spacy.cli.download.__name__)") == "download\n"


def test_who_asks_for_a_recognizer_of_presidios_that_was_left_out_gets_it() -> None:
    code = """
import postcheck.detectors
from presidio_analyzer.predefined_recognizers import UrlRecognizer, UsSsnRecognizer
from presidio_analyzer.predefined_recognizers.generic import IpRecognizer
print(UrlRecognizer().analyze("www.example.com", ["URL"])[0].entity_type)
print(UsSsnRecognizer is postcheck.detectors.recognizers.UsSsnRecognizer)
"""
    assert run(code) == "URL\nTrue\n"


def test_presidio_that_is_imported_already_is_left_as_it_is() -> None:
    code = """
import presidio_analyzer
import postcheck.detectors
print(hasattr(presidio_analyzer.predefined_recognizers, "UrlRecognizer"))
"""
    assert run(code) == "True\n"
