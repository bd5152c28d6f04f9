"""How Sphinx makes the site of the Markdown files: `make site`.

The source folder is the root of the repository, so that a link means the same on the site and in a checkout.
"""

import re

from sphinx.application import Sphinx

from postcheck import __version__

project = "postcheck"
copyright = "the postcheck authors"
version = release = __version__

extensions = ["myst_parser"]
root_doc = "docs/index"
include_patterns = ["*.md", "docs/**.md", "rules/README.md", "training/README.md", "corpus/*.md", "benchmarks/*.md"]
myst_heading_anchors = 3

smartquotes = False

html_theme = "furo"
html_title = "postcheck"
html_copy_source = False
html_extra_path = ["index.html"]
html_static_path = ["static"]
html_css_files = ["site.css"]
html_use_index = False

suppress_warnings = ["toc.not_included"]
"""The pages on rules stand in their own index alone: a hundred entries beside each page would help nobody."""


def _contents(app: Sphinx, page: str, source: list[str]) -> None:
    """Write the contents of the site into its first page: under each heading, the pages that it links to."""
    if page != root_doc:
        return
    for section in source[0].split("\n## ")[1:]:
        pages = [f"{name} <{path}>" for name, path in re.findall(r"\[([^]]+)\]\(([^):#]+)\.md\)", section)]
        caption = section.partition("\n")[0]
        source[0] += "\n".join(["", "```{toctree}", ":hidden:", f":caption: {caption}", "", *pages, "```", ""])


def setup(app: Sphinx) -> None:
    app.connect("source-read", _contents)
