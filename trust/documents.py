"""Word documents and Excel workbooks, made at run time."""

import io
from collections.abc import Callable
from typing import Any

from docx import Document
from openpyxl import Workbook


def word(text: str) -> bytes:
    """A document of one paragraph."""
    document, content = Document(), io.BytesIO()
    document.add_paragraph(text)
    document.save(content)
    return content.getvalue()


def sheet(text: str, fill: Callable[[Any], object] = lambda sheet: None) -> bytes:
    """A workbook with a column "text", which holds that text; `fill` adds to the sheet."""
    book, content = Workbook(), io.BytesIO()
    first = book.active
    assert first is not None
    for row, value in enumerate(("text", text), 1):
        first.cell(row, 1, value)
    fill(first)
    book.save(content)
    return content.getvalue()
