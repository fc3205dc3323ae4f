"""Loading theorem modules: what is found, and one message with file and line for everything that is wrong."""

import subprocess
import sys
from pathlib import Path

import pytest

from symproof.errors import InputError
from symproof.library import load_library
from symproof.resources import theorems_dir
from tests.sample_theorems import HEAD, SQUARE, line_of, write


def refusal(*paths: Path | str) -> InputError:
    with pytest.raises(InputError) as caught:
        load_library(paths)
    return caught.value


def test_the_library_is_sorted_and_every_theorem_has_its_file() -> None:
    library = load_library()
    assert list(library.theorems) == sorted(library.theorems)
    assert list(library.files) and set(library.files) == set(library.theorems)
    for name, theorem in library.theorems.items():
        assert theorem.id == name
        assert Path(theorem.where.file).resolve() == library.files[name]


def test_loading_leaves_the_path_of_python_alone(tmp_path: Path) -> None:
    before = list(sys.path)
    load_library([write(tmp_path / "proofs", "one", SQUARE).parent])
    assert sys.path == before


def test_the_library_is_found_from_any_folder(tmp_path: Path) -> None:
    (tmp_path / "theorems").mkdir()
    (tmp_path / "theorems" / "__init__.py").write_text("raise RuntimeError('somebody else')")
    program = "from symproof.library import load_library; print(len(load_library().theorems))"
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert int(done.stdout) == len(load_library().theorems)


def test_a_file_and_a_folder_are_added(tmp_path: Path) -> None:
    file = write(tmp_path, "alone", SQUARE.replace("own.square", "own.alone"))
    folder = write(tmp_path / "proofs", "part", SQUARE).parent
    library = load_library([file, folder])
    assert library.files["own.alone"] == file
    assert library.files["own.square"] == folder / "part.py"
    assert "own.square" not in load_library().theorems


def test_modules_of_a_folder_import_each_other_and_the_library(tmp_path: Path) -> None:
    folder = write(tmp_path / "proofs", "first", SQUARE).parent
    write(
        folder / "deep", "second", "from proofs.first import SQUARE\n", "from ..first import HEADLESS\n",
        "from theorems.calculus.quadratic_nonnegative import QUADRATIC_NONNEGATIVE\n",
        SQUARE.replace("own.square", "own.second").replace("SQUARE", "SECOND"),
    )  # fmt: skip
    (folder / "first.py").write_text((folder / "first.py").read_text() + "HEADLESS = 1\n")
    library = load_library([folder])
    assert library.files["own.square"] == folder / "first.py"
    assert library.files["own.second"] == folder / "deep" / "second.py"


def test_a_folder_called_theorems_adds_chapters(tmp_path: Path) -> None:
    write(tmp_path / "theorems" / "mine", "notions", "VALUE = x + 1\n")
    file = write(tmp_path / "theorems" / "mine", "square", "from theorems.mine.notions import VALUE\n", SQUARE)
    assert load_library([tmp_path / "theorems"]).files["own.square"] == file
    assert "own.square" not in load_library().theorems
    write(tmp_path / "theorems" / "relu_like", "square", SQUARE)
    assert "the library has a chapter relu_like" in str(refusal(tmp_path / "theorems"))


def test_an_edited_module_is_read_again(tmp_path: Path) -> None:
    file = write(tmp_path / "proofs", "one", SQUARE)
    assert load_library([file.parent]).theorems["own.square"].title == "A square"
    write(file.parent, "one", SQUARE.replace("A square", "Another title"))
    assert load_library([file.parent]).theorems["own.square"].title == "Another title"


@pytest.mark.parametrize("twice", ["file", "folder"])
def test_what_is_given_twice_counts_once(tmp_path: Path, twice: str) -> None:
    file = write(tmp_path / "proofs", "one", SQUARE)
    paths = [file, file] if twice == "file" else [file, file.parent, str(file.parent)]
    assert "own.square" in load_library(paths).theorems


def test_files_of_the_library_may_be_given() -> None:
    paths = [theorems_dir(), theorems_dir() / "calculus", next(theorems_dir().rglob("positive_lower_bound.py"))]
    assert list(load_library(paths).theorems) == list(load_library().theorems)


def test_hidden_folders_are_not_run(tmp_path: Path) -> None:
    folder = write(tmp_path / "proofs", "one", SQUARE).parent
    write(folder / ".cache", "bad", "raise RuntimeError\n")
    assert "own.square" in load_library([folder]).theorems


BROKEN = {
    "syntax": ("SQUARE = own square\n", "SyntaxError: invalid syntax", "own square"),
    "sort": ("BAD = theorem('own.bad', 'Bad', variables=[x], conclusion=x + 1)\n", "SortError", "BAD ="),
    "undeclared": ("BAD = theorem('own.bad', 'Bad', conclusion=x > 0)\n", "SortError", "BAD ="),
    "term": ("def build():\n    return x + 'one'\nBAD = build()\n", "SortError", "return x"),
    "truth": ("if x > 0:\n    pass\n", "TypeError", "if x > 0"),
    "exception": ("BAD = 1 / 0\n", "ZeroDivisionError: division by zero", "BAD ="),
    "import": ("import no_such_module_anywhere\n", "ModuleNotFoundError", "import no_such"),
    "exit": ("import sys; sys.exit(3)\n", "SystemExit: 3", "sys.exit"),
}


@pytest.mark.parametrize(("source", "found", "line"), BROKEN.values(), ids=BROKEN.keys())
@pytest.mark.parametrize("as_folder", [False, True])
def test_a_module_that_cannot_be_loaded_is_named_with_the_authors_line(
    tmp_path: Path, source: str, found: str, line: str, as_folder: bool
) -> None:
    file = write(tmp_path / "proofs", "bad", source)
    error = refusal(file.parent if as_folder else file)
    assert error.where == f"{file}:{line_of(file, line)}"
    assert error.found.startswith(found)


def test_the_line_is_in_the_module_that_is_broken_not_in_the_one_that_imports_it(tmp_path: Path) -> None:
    broken = write(tmp_path / "proofs", "z_broken", "BAD = 1 / 0\n")
    write(tmp_path / "proofs", "a_importer", "from proofs.z_broken import BAD\n")
    assert refusal(tmp_path / "proofs").where == f"{broken}:{line_of(broken, 'BAD')}"
    broken.write_text(HEAD + SQUARE)
    (tmp_path / "proofs" / "a_importer.py").unlink()
    assert "own.square" in load_library([tmp_path / "proofs"]).theorems


def test_a_file_alone_cannot_import_its_neighbours_and_says_so(tmp_path: Path) -> None:
    write(tmp_path / "proofs", "first", SQUARE)
    second = write(tmp_path / "proofs", "second", "from .first import SQUARE\n")
    assert "give their folder" in refusal(second).hint


def test_two_theorems_with_one_id_name_both_places(tmp_path: Path) -> None:
    first = write(tmp_path / "proofs", "first", SQUARE)
    second = write(tmp_path / "proofs", "second", "\n", SQUARE)
    message = str(refusal(tmp_path / "proofs"))
    assert "two theorems have the id own.square" in message
    assert f"{first}:{line_of(first, 'SQUARE =')}" in message
    assert f"{second}:{line_of(second, 'SQUARE =')}" in message


def test_an_id_of_the_library_cannot_be_used_again(tmp_path: Path) -> None:
    taken = next(iter(load_library().theorems))
    message = str(refusal(write(tmp_path, "mine", SQUARE.replace("own.square", taken))))
    assert f"two theorems have the id {taken}" in message
    assert "theorems/" in message


@pytest.mark.parametrize("name", ["", "own square", "own/../../x", "own.", "-own", "ö"])
def test_an_id_that_cannot_be_used_is_refused(tmp_path: Path, name: str) -> None:
    assert "an id that cannot be used" in str(refusal(write(tmp_path, "mine", SQUARE.replace("own.square", name))))


@pytest.mark.parametrize("source", ["", "from theorems.calculus.quadratic_nonnegative import QUADRATIC_NONNEGATIVE\n"])
@pytest.mark.parametrize("as_folder", [False, True])
def test_a_path_without_theorems_of_its_own_is_refused(tmp_path: Path, source: str, as_folder: bool) -> None:
    file = write(tmp_path / "proofs", "empty", source)
    error = refusal(file.parent if as_folder else file)
    assert "no theorem" in error.what


@pytest.mark.parametrize("name", ["missing.py", "missing", "data.txt"])
def test_a_path_that_is_no_module_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "data.txt").write_text("x")
    assert refusal(tmp_path / name).where == str(tmp_path / name)


@pytest.mark.parametrize("name", ["json", "symproof", "pytest"])
def test_a_folder_with_the_name_of_a_package_is_refused(tmp_path: Path, name: str) -> None:
    assert refusal(write(tmp_path / name, "one", SQUARE).parent).expected == "another name"
    import json

    assert json.__file__ is not None


def test_two_folders_of_one_name_are_refused(tmp_path: Path) -> None:
    folders = [write(tmp_path / side / "proofs", "one", SQUARE).parent for side in "ab"]
    assert "a package called proofs is loaded already" in str(refusal(*folders))


def test_an_unknown_id_gets_a_suggestion() -> None:
    library = load_library()
    with pytest.raises(InputError, match=r"Did you mean 'calculus\.quadratic_nonnegative'"):
        library.require(["calculus.quadratic_nonegative"])
    assert library.require(["relu_like.kink", "relu_like.candidate", "relu_like.kink"]) == (
        "relu_like.candidate",
        "relu_like.kink",
    )
