"""Where posts go, and how much of a text each place takes."""

from typing import Annotated, Literal

from pydantic import Field

from postcheck.model import NAME, Model


class Channel(Model):
    """A place to post, and how many `characters` it takes as it counts them; a link counts as `link` of them."""

    name: Annotated[str, Field(min_length=1, max_length=100)]
    characters: Annotated[int, Field(gt=0)]
    counted: Literal["code points", "graphemes", "weighted"] = "code points"
    link: Annotated[int, Field(gt=0)] | None = None


class Channels(Model):
    """The file of channels, each under the name that drafts give it."""

    channels: dict[Annotated[str, Field(pattern=f"^{NAME}$")], Channel]
