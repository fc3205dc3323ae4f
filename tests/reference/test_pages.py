"""The documentation: every command has examples that exit as the page says; the site is built without a warning."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from symproof.cli.command_table import COMMANDS
from symproof.cli.main import main
from symproof.reference.command_examples import COMMAND_EXAMPLES, CommandExample

ROOT = Path(__file__).parents[2]
EXAMPLES = [example for examples in COMMAND_EXAMPLES.values() for example in examples]


def test_every_command_has_an_example() -> None:
    assert COMMAND_EXAMPLES.keys() == {command.name for command in COMMANDS}
    assert all(COMMAND_EXAMPLES.values())


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: e.line)
def test_an_example_exits_as_the_page_says(
    example: CommandExample, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    assert main(example.words) == example.exit_code


@pytest.mark.slow
def test_the_site_is_built_without_a_warning(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", "-b", "html", "-W", "--keep-going", "-q", "docs", str(tmp_path / "site")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    site = tmp_path / "site"
    rules = (site / "reference" / "rules.html").read_text(encoding="utf-8")
    assert all(f'<section id="{name}">' in rules for name in ("ring", "sos", "matrix"))
    assert "relu_like.kink" in (site / "reference" / "mathematics.html").read_text(encoding="utf-8")
    assert "<math" in (site / "mathematics" / "relu_like.html").read_text(encoding="utf-8")
