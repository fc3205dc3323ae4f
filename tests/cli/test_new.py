"""``symproof new``: what it writes checks and passes its test as it stands; nothing is overwritten."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from symproof.cli.main import main

pytestmark = pytest.mark.usefixtures("checked_anew")

ROOT = Path(__file__).parents[2]


def pytest_passes(test: Path, root: Path) -> str:
    environment = {**os.environ, "PYTHONPATH": str(root)}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--import-mode=importlib", str(test)]
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_module_in_a_folder_of_ones_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "own_theorems"
    assert main(["new", "own.my_lemma", "--title", 'A "small" \\lemma', "--folder", str(folder), "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert [Path(file).name for file in data["files"]] == ["my_lemma.py", "my_lemma.toml", "test_my_lemma.py"]
    assert main(["check", "own.my_lemma", "--path", str(folder)]) == 0
    assert "own.my_lemma: proved" in capsys.readouterr().out
    assert main(["instance", str(folder / "my_lemma.toml"), "--path", str(folder)]) == 0
    assert "own.my_lemma: certified" in capsys.readouterr().out
    assert "5 passed" in pytest_passes(folder / "tests" / "test_my_lemma.py", ROOT)
    assert main(["new", "own.second", "--folder", str(folder)]) == 0, "a second one in the same folder"


def test_a_module_in_the_checkout(tmp_path: Path) -> None:
    """In a copy of the checkout, since a test must not write to the one that it is run in."""
    for name in ("symproof", "theorems", "templates", "pyproject.toml"):
        (shutil.copytree if (ROOT / name).is_dir() else shutil.copy)(ROOT / name, tmp_path / name)
    shutil.copytree(ROOT / "tests" / "theorems", tmp_path / "tests" / "theorems")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    for words in (
        ["new", "calculus.my_lemma"],
        ["check", "calculus.my_lemma"],
        ["instance", "examples/calculus_my_lemma.toml"],
    ):
        command = [sys.executable, "-m", "symproof", *words]
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
    tests = tmp_path / "tests" / "theorems"
    assert "5 passed" in pytest_passes(tests / "test_calculus_my_lemma.py", tmp_path)


def test_nothing_is_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "tests").mkdir()
    test = tmp_path / "tests" / "test_my_lemma.py"
    test.write_text("mine")
    assert main(["new", "own.my_lemma", "--folder", str(tmp_path)]) == 2
    assert "there already" in capsys.readouterr().err
    assert test.read_text() == "mine" and not (tmp_path / "my_lemma.py").exists()


@pytest.mark.parametrize(
    "name", ["lemma", "own.", "own.My", "own.1st", "own.class", "../own.x", "own/x.y", "own.x y", "", "a." * 60 + "b"]
)
def test_a_bad_id_is_bad_input(tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    assert main(["new", name, "--folder", str(tmp_path / "new")]) == 2
    assert "calculus.my_lemma" in capsys.readouterr().err
    assert not (tmp_path / "new").exists()


def test_a_name_that_is_taken_or_a_chapter_misspelt(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "relu_like.kink"]) == 2
    assert "there is a result of that name" in capsys.readouterr().err
    assert main(["new", "calculsu.my_lemma"]) == 2
    assert "Did you mean 'calculus'" in capsys.readouterr().err
