"""What there is to say of a finding when its author points at it."""

from collections.abc import Sequence

from lsprotocol.types import Hover, MarkupContent, MarkupKind

from postcheck.lsp.diagnostics import Placed
from postcheck.reporters.explanation import explanation, flowing
from postcheck.reporters.gfm import code, literal


def hover(pointed: Sequence[Placed], marked: bool) -> Hover | None:
    """The explanations of the findings that are pointed at, as Markdown where the editor shows it `marked`."""
    if not pointed:
        return None
    texts = [(_marked if marked else _plain)(each) for each in pointed]
    kind, between = (MarkupKind.Markdown, "\n\n---\n\n") if marked else (MarkupKind.PlainText, "\n\n")
    return Hover(MarkupContent(kind, between.join(texts)), pointed[0].diagnostic.range)


def _marked(each: Placed) -> str:
    finding = each.finding
    parts = [f"**{label}:** {literal(text)}" for label, text in explanation([finding])]
    return "\n\n".join([f"**{literal(flowing(finding.message))}** {code(finding.rule)}", *parts])


def _plain(each: Placed) -> str:
    finding = each.finding
    parts = [f"{label}: {text}" for label, text in explanation([finding])]
    return "\n".join([f"{flowing(finding.message)} ({finding.rule})", *parts])
