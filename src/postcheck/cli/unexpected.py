"""What nobody expected is told by its type and its place alone, since its message may quote the draft.

Python and its libraries would print more by themselves: tracebacks, what is raised where nobody can
catch it, warnings, logs. It imports next to nothing, as every check begins with it.
"""

import os
import sys

from postcheck.raised import unexpected

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import TracebackType

INCOMPLETE = 2
"""The exit code of anything that kept the check from being whole."""


def tell(kind: type[BaseException], at: "TracebackType | None") -> None:
    """Say what was raised and where."""
    sys.stderr.write(
        f"postcheck: {unexpected(kind, at)}.\nThe check was not made. Please report this, without your draft.\n"
    )


def watch() -> None:
    """End the process at what reaches nobody: nothing tells whether the check would be right without it."""
    sys.excepthook = lambda kind, error, at: _end(kind, at)
    sys.unraisablehook = lambda raised: _end(raised.exc_type, raised.exc_traceback)


def watch_libraries() -> None:
    """The same for threads; and print no warnings and no logs."""
    import logging
    import threading
    import warnings

    threading.excepthook = lambda raised: _end(raised.exc_type, raised.exc_traceback)
    warnings.showwarning = lambda *warned: None
    logging.Logger.callHandlers = lambda *logged: None  # type: ignore[method-assign]


def _end(kind: type[BaseException], at: "TracebackType | None") -> None:
    if kind is not SystemExit:  # by which a thread may end
        tell(kind, at)
        sys.stderr.flush()
        os._exit(INCOMPLETE)
