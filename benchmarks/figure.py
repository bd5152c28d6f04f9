"""A bar chart as SVG, that can be read on a light and on a dark ground."""

from collections.abc import Mapping
from xml.sax.saxutils import escape

_ROW, _LABEL, _WIDTH = 28, 190, 640


def bars(seconds: Mapping[str, float]) -> str:
    """A bar for each name, with its seconds."""
    longest = max(seconds.values())
    height = _ROW * len(seconds) + 12
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" font-family="sans-serif" '
        'font-size="14" fill="#777">'
    ]
    for row, (name, value) in enumerate(seconds.items()):
        y = 8 + row * _ROW
        width = (_WIDTH - _LABEL - 70) * value / longest
        color = "#0a6ebd" if name.startswith("postcheck") else "#999"
        parts.append(f'<text x="{_LABEL - 8}" y="{y + 15}" text-anchor="end">{escape(name)}</text>')
        parts.append(f'<rect x="{_LABEL}" y="{y}" width="{width:.1f}" height="20" fill="{color}"/>')
        parts.append(f'<text x="{_LABEL + width + 6:.1f}" y="{y + 15}">{value:.2f} s</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"
