"""What is said of an exception that nobody expected: its type and its place alone, since its message may quote a draft.

Nothing is loaded to say it, as there may be no memory left.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import TracebackType


def unexpected(kind: type[BaseException], at: "TracebackType | None") -> str:
    """What was raised, and where."""
    while at is not None and at.tb_next is not None:
        at = at.tb_next
    place = f"{at.tb_frame.f_code.co_qualname}, line {at.tb_lineno}" if at else "an unknown place"
    return f"stopped by an unexpected {kind.__name__} in {place}; nothing was judged"
