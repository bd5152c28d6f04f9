"""What postcheck calls itself, and what it calls what is no finding, where a program reads the report."""

from importlib.metadata import version

NAME = "postcheck"
VERSION = version(NAME)
HOMEPAGE = "https://github.com/postcheck/postcheck"

INCOMPLETE = "postcheck/incomplete"
"""In place of a rule: what kept the check from being whole."""
UNUSED = "postcheck/unused-suppression"
"""In place of a rule: a suppression that silences nothing."""
