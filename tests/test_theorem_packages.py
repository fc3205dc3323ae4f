"""Theorem modules of installed packages: found, named, and never in the way of the rest."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from symproof.cli.main import main
from symproof.errors import InputError
from symproof.library import Origin, load_library
from tests.installed_package import install
from tests.sample_theorems import HEAD, SQUARE, applying, write


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder on the path of Python, whose modules are forgotten after the test."""
    folder = tmp_path / "site"
    folder.mkdir()
    monkeypatch.syspath_prepend(str(folder))
    before = set(sys.modules)
    yield folder
    for name in set(sys.modules) - before:
        module = sys.modules[name]
        places = (getattr(module, "__file__", None), *getattr(module, "__path__", ()))
        if any(str(place).startswith(str(folder)) for place in places):
            del sys.modules[name]


def test_modules_of_a_package_are_loaded_with_their_origin(site: Path) -> None:
    second = "from convex_proofs.first import SQUARE\n" + HEAD + applying("second", "square")
    files = {"convex_proofs/__init__.py": "", "convex_proofs/first.py": HEAD + SQUARE, "convex_proofs/a.py": second}
    install(site, "convex-proofs", {"convex": "convex_proofs"}, files)
    library = load_library()
    assert library.problems == ()
    assert library.files["own.square"] == site / "convex_proofs" / "first.py"
    assert library.files["own.second"] == site / "convex_proofs" / "a.py"
    assert library.origin("own.square") == Origin("package", "convex-proofs 1.2")
    assert library.origin("relu_like.kink") == Origin("library")


def test_one_module_announced_twice_counts_once(site: Path) -> None:
    entries = {"one": "square_proof", "two": "square_proof"}
    install(site, "square-proofs", entries, {"square_proof.py": HEAD + SQUARE})
    assert load_library().origin("own.square").name == "square-proofs 1.2"


def test_a_package_uses_the_library_and_a_path_uses_the_package(site: Path, tmp_path: Path) -> None:
    source = HEAD + "from theorems.calculus.quadratic_nonnegative import QUADRATIC_NONNEGATIVE\n" + SQUARE
    install(site, "square-proofs", {"one": "square_proof"}, {"square_proof.py": source})
    file = write(tmp_path, "mine", "from square_proof import SQUARE\n", applying("top", "square"))
    library = load_library([file])
    assert library.origin("calculus.quadratic_nonnegative").kind == "library"
    assert library.origin("own.square").kind == "package"
    assert library.origin("own.top") == Origin("path", str(file))


BROKEN = {
    "import": ("import no_such_module_anywhere\n", "ModuleNotFoundError: No module named 'no_such_module_anywhere'"),
    "syntax": ("def\n", "SyntaxError"),
    "exception": ("BAD = 1 / 0\n", "ZeroDivisionError"),
    "exit": ("raise SystemExit(3)\n", "SystemExit: 3"),
}


@pytest.mark.parametrize(("source", "found"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_module_is_named_and_hides_nothing(site: Path, source: str, found: str) -> None:
    files = {"mixed/__init__.py": "", "mixed/bad.py": source, "mixed/good.py": HEAD + SQUARE}
    install(site, "mixed-proofs", {"mixed": "mixed"}, files)
    install(site, "sound-proofs", {"sound": "sound"}, {"sound.py": HEAD + SQUARE.replace("own.square", "own.sound")})
    library = load_library()
    assert {"own.square", "own.sound", "relu_like.kink"} <= set(library.theorems)
    (problem,) = library.problems
    assert (problem.package, problem.entry_point, problem.module) == ("mixed-proofs 1.2", "mixed", "mixed.bad")
    assert problem.error.where == f"{site / 'mixed' / 'bad.py'}:1"
    assert problem.error.found.startswith(found)


def test_a_package_that_is_not_there_and_one_that_names_no_module(site: Path) -> None:
    install(site, "gone-proofs", {"gone": "no_such_package.theorems"}, {})
    install(site, "odd-proofs", {"odd": "square_proof:SQUARE"}, {"square_proof.py": HEAD + SQUARE})
    gone, odd = load_library().problems
    assert "No module named 'no_such_package'" in str(gone) and "gone-proofs 1.2" in str(gone)
    assert "names a module" in str(odd) and "odd-proofs 1.2" in str(odd)


def test_a_bad_id_in_a_package_hides_no_other_theorem(site: Path) -> None:
    source = HEAD + SQUARE.replace("own.square", "own square") + SQUARE
    install(site, "odd-proofs", {"odd": "odd_proof"}, {"odd_proof.py": source.replace("SQUARE =", "FIRST =", 1)})
    library = load_library()
    assert "own.square" in library.theorems
    assert "an id that cannot be used" in str(library.problems[0])


def test_an_id_in_two_packages_names_both(site: Path) -> None:
    for name in ("one", "two"):
        install(site, f"{name}-proofs", {name: f"{name}_proof"}, {f"{name}_proof.py": HEAD + SQUARE})
    with pytest.raises(InputError) as caught:
        load_library()
    message = str(caught.value)
    assert "two theorems have the id own.square" in message
    assert "one-proofs 1.2" in message and "two-proofs 1.2" in message
    assert f"{site / 'one_proof.py'}:" in message and f"{site / 'two_proof.py'}:" in message


@pytest.mark.parametrize("taken", ["own.square", "relu_like.kink"])
def test_an_id_of_a_package_cannot_be_used_again(site: Path, tmp_path: Path, taken: str) -> None:
    other = HEAD + SQUARE.replace("own.square", taken)
    install(site, "one-proofs", {"one": "one_proof"}, {"one_proof.py": other})
    file = write(tmp_path, "mine", SQUARE)
    with pytest.raises(InputError, match=f"the id {taken}") as caught:
        load_library([file])
    assert "one-proofs 1.2" in str(caught.value)
    assert ("the library" if taken != "own.square" else str(file)) in str(caught.value)


def test_commands_warn_and_check_of_everything_says_bad_input(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = {"mixed/__init__.py": "", "mixed/bad.py": "import nowhere_at_all\n", "mixed/good.py": HEAD + SQUARE}
    install(site, "mixed-proofs", {"mixed": "mixed"}, files)
    assert main(["list", "--chapter", "own"]) == 0
    captured = capsys.readouterr()
    assert "A square [package mixed-proofs 1.2]" in captured.out
    assert "warning: theorems of mixed-proofs 1.2 are left out (mixed.bad, entry point mixed)" in captured.err
    assert main(["show", "own.square", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["origin"] == "package mixed-proofs 1.2"
    assert main(["check", "own.square", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["problems"][0]["module"] == "mixed.bad"
    assert main(["check", "--json"]) == 2
    data = json.loads(capsys.readouterr().out)
    assert data["accepted"] and data["problems"][0]["package"] == "mixed-proofs 1.2"
    (site / "mixed" / "worse.py").write_text(HEAD + SQUARE.replace("own.square", "own.no").replace(">= 0", "> 0"))
    assert main(["check", "--json"]) == 1, "a step that fails is a no, whatever else is wrong"
