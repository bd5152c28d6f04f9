"""postcheck, run as its users run it."""

from tests.cli.conftest import cache as cache
from tests.cli.conftest import run as run
