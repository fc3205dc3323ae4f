"""The documentation site: the pages of this folder, and reference pages that are generated from the program."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path.insert(0, str(ROOT))

project = "symproof"
author = "The symproof developers"
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx.ext.apidoc"]
exclude_patterns = ["conf.py"]
html_theme = "furo"
html_title = "symproof"
html_extra_path = ["reference/chapters"]
html_copy_source = False
html_show_sphinx = False
myst_heading_anchors = 3
autodoc_typehints = "none"
napoleon_use_ivar = True
suppress_warnings = ["ref.python"]  # a type that two modules export is found in both
autodoc_member_order = "bysource"
apidoc_modules = [
    {
        "path": str(ROOT / "symproof"),
        "destination": "reference/api",
        "separate_modules": False,
        "include_private": False,
    }
]


def write_reference(_app: Any) -> None:
    """Write the generated pages into ``reference/``, which git ignores."""
    from symproof.cli.commands_page import commands_page
    from symproof.library import load_library
    from symproof.library_check import all_needed, check_library
    from symproof.reference.pages import chapters_page, rules_page
    from symproof.report.html_renderer import render_html
    from symproof.report.library_report import library_document

    library = load_library()
    checked = check_library(library)
    chapters = sorted({name.partition(".")[0] for name in checked})
    folder = HERE / "reference"
    (folder / "chapters" / "mathematics").mkdir(parents=True, exist_ok=True)
    for chapter in chapters:
        own = [name for name in checked if name.startswith(f"{chapter}.")]
        needed = {name: checked[name] for name in all_needed(library, own)}
        document = library_document(needed, title=f"The chapter {chapter}")
        (folder / "chapters" / "mathematics" / f"{chapter}.html").write_text(render_html(document), encoding="utf-8")
    addresses = {chapter: f"../mathematics/{chapter}.html" for chapter in chapters}
    pages = {
        "rules": rules_page(),
        "mathematics": chapters_page(checked, addresses),
        "commands": _beside_examples(commands_page),
    }
    for name, text in pages.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")


def _beside_examples(make: Any) -> str:
    """Made in a new folder with ``examples/`` in it, so that what the examples write is never there already."""
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "examples").symlink_to(ROOT / "examples")
        os.chdir(folder)
        try:
            return str(make())
        finally:
            os.chdir(before)


def plain_bars(_app: Any, _what: str, _name: str, _obj: Any, _options: Any, lines: list[str]) -> None:
    """In our docstrings |x| is an absolute value, not a substitution; what stands in ``...`` is left alone."""
    for k, line in enumerate(lines):
        parts = line.split("``")
        lines[k] = "``".join(part if n % 2 else part.replace("|", "\\|") for n, part in enumerate(parts))


def setup(app: Any) -> None:
    """Called by Sphinx."""
    (HERE / "reference" / "chapters").mkdir(parents=True, exist_ok=True)
    app.connect("autodoc-process-docstring", plain_bars)
    app.connect("builder-inited", write_reference, priority=100)
