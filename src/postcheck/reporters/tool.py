"""What postcheck calls itself, and what it calls what is no finding, where a program reads the report."""

from postcheck.version import __version__

NAME = "postcheck"
VERSION = __version__
HOMEPAGE = "https://github.com/postcheck/postcheck"

INCOMPLETE = "postcheck/incomplete"
"""In place of a rule: what kept the check from being whole."""
UNUSED = "postcheck/unused-suppression"
"""In place of a rule: a suppression that silences nothing."""
