"""`python -m postcheck` is `postcheck`."""

from postcheck.cli import main

main()
