"""The one door through which draft text gets into a report."""

from postcheck.draft import Draft
from postcheck.reporters.presentation import Presentation


def readable(draft: Draft, how: Presentation) -> Draft | None:
    """The draft where its text may be shown, else `None`. A reporter prints the text of no other draft."""
    return draft if how.show_text else None
