"""The programs in README.md and docs/ run, and exit as the page says.

A block ``python file=NAME`` is written to that file; a block ``python`` is executed; each line ``$ COMMAND`` of a block
``console`` is run (``console exit=1``: and must exit with 1), in the order of the page, in one folder per page.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")])
BLOCK = re.compile(r"^```(python|console)([^\n]*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
NOT_RUN = ("make ", "git ", "pip ")


def blocks(page: Path) -> Iterator[tuple[str, str, str]]:
    """(kind, attributes, content) of each program on a page."""
    for found in BLOCK.finditer(page.read_text(encoding="utf-8")):
        yield found.group(1), found.group(2).strip(), found.group(3)


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run one ``symproof`` command of a page."""
    words = shlex.split(command)
    assert words[0] == "symproof", f"only symproof commands are run, found {command}"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, "-m", "symproof", *words[1:]],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    "page", [p for p in PAGES if BLOCK.search(p.read_text(encoding="utf-8"))], ids=lambda p: p.name
)
def test_the_programs_of_a_page_run(page: Path, tmp_path: Path) -> None:
    """No example in the documentation rots."""
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    names: dict[str, object] = {}
    for kind, attributes, content in blocks(page):
        if kind == "python" and attributes.startswith("file="):
            file = tmp_path / attributes.removeprefix("file=")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(content, encoding="utf-8")
        elif kind == "python":
            exec(compile(content, str(page), "exec"), names)
        else:
            expected = int(attributes.removeprefix("exit=") or 0)
            for line in content.splitlines():
                command = line.removeprefix("$ ")
                if command != line and not command.startswith(NOT_RUN):
                    done = run(command, tmp_path)
                    assert done.returncode == expected, f"{command}\n{done.stdout}\n{done.stderr}"


def test_every_page_is_reached_from_the_readme() -> None:
    """A page that nothing links to is not found."""
    linked = (ROOT / "README.md").read_text(encoding="utf-8")
    for page in (ROOT / "docs").glob("*.md"):
        assert f"docs/{page.name}" in linked, page.name
