"""The pictures in the documentation, drawn by the code that they show: `make pictures`.

Each is one SVG for light and dark screens. It names no font that would have to be fetched.
"""

from io import StringIO
from pathlib import Path

from rich.color_triplet import ColorTriplet
from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from postcheck import Checker
from postcheck.finding import Severity
from postcheck.packs import load
from postcheck.readers import read
from postcheck.readers.metadata import Metadata
from postcheck.reporters.presentation import Presentation
from postcheck.reporters.terminal import terminal

FOLDER = Path(__file__).parents[1] / "pictures"

_CELLS = 64
"""The width of a terminal whose picture can still be read on a telephone."""

_Color = tuple[int, int, int]


def _theme(ground: _Color, ink: _Color, red: _Color, magenta: _Color) -> TerminalTheme:
    """A theme with the colors that the terminal report uses."""
    return TerminalTheme(ground, ink, [ink, red, ink, ink, ink, magenta, ink, ink])


_LIGHT = _theme((255, 255, 255), (28, 28, 32), (186, 12, 28), (140, 20, 140))
_DARK = _theme((28, 28, 32), (228, 228, 231), (255, 122, 122), (240, 140, 240))

_LAYOUT = """\
<svg viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
text {{ font: {char_height}px ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; white-space: pre; }}
STYLES
</style>
<rect class="ground" width="100%" height="100%" rx="8"/>
<defs>
{lines}
</defs>
<g transform="translate({terminal_x}, 24)">
{matrix}
</g>
</svg>
"""


def terminal_report(path: str) -> str:
    """What a terminal shows of the check of a file, named as seen from the root of the repository."""
    drafts = read((FOLDER.parents[1] / path).read_bytes(), path, Metadata())
    ansi = StringIO()
    how = Presentation(show_text=True, fail_on=Severity.WARNING, quiet=False, width=_CELLS, color=True)
    terminal(Checker(load()).check(drafts), ansi, how)
    return f"$ postcheck {path}\n{ansi.getvalue().rstrip()}"


def picture(ansi: str) -> str:
    """What a terminal shows, as SVG."""
    console = Console(record=True, file=StringIO(), width=_CELLS)
    console.print(Text.from_ansi(ansi))

    def drawn(theme: TerminalTheme, layout: str) -> str:
        return console.export_svg(theme=theme, code_format=layout, unique_id="t", clear=False, title="")

    def styles(theme: TerminalTheme) -> str:
        ground = ColorTriplet(*theme.background_color).hex
        return f".ground {{ fill: {ground}; stroke: #88888c; stroke-width: 2; }}\n{drawn(theme, '{styles}')}"

    both = f"{styles(_LIGHT)}\n@media (prefers-color-scheme: dark) {{\n{styles(_DARK)}\n}}"
    return drawn(_LIGHT, _LAYOUT).replace("STYLES", both)


def pictures() -> dict[str, str]:
    """All pictures, by the names of their files."""
    return {"report.svg": picture(terminal_report("examples/reply-with-advice.md"))}


if __name__ == "__main__":
    for name, drawn in pictures().items():
        (FOLDER / name).write_text(drawn, encoding="utf-8")
