"""The wheel, installed into a fresh environment away from the checkout, with a package of theorems beside it.

No package index is needed: what symproof depends on is lent from the environment that runs the tests.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

import symproof
from symproof.library import load_library
from tests.sample_theorems import HEAD, SQUARE

pytestmark = pytest.mark.usefixtures("checked_anew")

ROOT = Path(__file__).parents[1]
PLUGIN = """\
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"
[project]
name = "square-proofs"
version = "1.2"
dependencies = ["symproof"]
[project.entry-points."symproof.theorems"]
square = "square_proofs"
"""


def run(*words: str | Path, folder: Path, code: int = 0) -> str:
    """Run a program without anything of the checkout on the path of Python."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    done = subprocess.run(
        list(map(str, words)), cwd=folder, env=environment, capture_output=True, text=True, errors="replace"
    )
    assert done.returncode == code, f"{words}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    return done.stdout


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with ``bin/symproof``: the wheel of this checkout and one of a package of theorems, installed."""
    folder = tmp_path_factory.mktemp("wheel")
    plugin = folder / "source" / "square_proofs"
    plugin.mkdir(parents=True)
    (plugin / "__init__.py").write_text(HEAD + SQUARE)
    (plugin.parent / "pyproject.toml").write_text(PLUGIN)
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    run(*build, "--wheel-dir", folder / "wheels", ROOT, plugin.parent, folder=folder)
    venv.create(folder / "env", with_pip=False, symlinks=True)
    python = folder / "env" / "bin" / "python"
    install = [sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps", "--no-index"]
    run(*install, *sorted((folder / "wheels").glob("*.whl")), folder=folder)
    # A line of a .pth file puts a folder on the path, without the .pth files in it: the editable symproof stays out.
    place = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", folder=folder).strip()
    Path(place, "lent.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return folder / "env"


@pytest.mark.slow
def test_an_installed_wheel_works_outside_of_the_checkout(site: Path, tmp_path: Path) -> None:
    program, python = site / "bin" / "symproof", site / "bin" / "python"
    shown = run(python, "-c", "import symproof, symproof.resources as r; print(symproof.__file__, r.theorems_dir())",
                folder=tmp_path)  # fmt: skip
    assert str(ROOT) not in shown and shown.count(str(site)) == 2
    listed = json.loads(run(program, "list", "--json", folder=tmp_path))
    origins = {result["id"]: result["origin"] for result in listed["results"]}
    assert set(origins) == {*load_library().theorems, "own.square"}
    assert origins["own.square"] == "package square-proofs 1.2" and origins["relu_like.kink"] == "library"
    assert listed["problems"] == []
    run(program, "check", "own.square", "relu_like.spurious_minimum", folder=tmp_path)
    for name in ("teaching.toml", "teaching.csv"):
        shutil.copy(ROOT / "examples" / name, tmp_path)
    instance = json.loads(run(program, "instance", "teaching.toml", "--json", folder=tmp_path))
    assert instance["verdict"] == "certified"
    run(program, "report", "relu_like.kink", "own.square", "--format", "html,tex", "--output", "out", folder=tmp_path)
    assert "A unit that sees the residual" in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert run(program, "graph", "relu_like.kink", folder=tmp_path).startswith("digraph")


@pytest.mark.slow
def test_the_wheel_carries_what_it_needs_and_asks_for_the_core_alone(site: Path) -> None:
    (wheel,) = (site.parent / "wheels").glob("symproof-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        metadata = archive.read(f"symproof-{symproof.__version__}.dist-info/METADATA").decode()
    for folder in ("theorems", "templates"):
        files = [p for p in (ROOT / folder).rglob("*") if p.is_file() and "__pycache__" not in p.parts]
        assert {f"symproof/_library/{folder}/{p.relative_to(ROOT / folder).as_posix()}" for p in files} <= names
    assert "symproof/py.typed" in names and any(name.endswith("licenses/LICENSE") for name in names)
    assert not any(name.startswith(("tests/", "theorems/", "examples/")) for name in names)
    needed = re.findall(r"^Requires-Dist: ([\w-]+)[^;\n]*$", metadata, re.MULTILINE)
    assert sorted(needed) == ["jinja2", "networkx", "python-flint", "rich", "sympy", "typer"]


@pytest.mark.slow
def test_the_source_distribution_builds_the_same_wheel(site: Path, tmp_path: Path) -> None:
    program = "import hatchling.build as b, os, sys; os.chdir(sys.argv[1]); print(b.build_sdist(sys.argv[2]))"
    name = run(sys.executable, "-c", program, ROOT, tmp_path, folder=tmp_path).split()[-1]
    shutil.unpack_archive(tmp_path / name, tmp_path)
    source = tmp_path / name.removesuffix(".tar.gz")
    again = run(sys.executable, "-c", program.replace("sdist", "wheel"), source, tmp_path, folder=tmp_path).split()[-1]
    (wheel,) = (site.parent / "wheels").glob("symproof-*.whl")
    assert set(zipfile.ZipFile(tmp_path / again).namelist()) == set(zipfile.ZipFile(wheel).namelist())


def test_all_names_every_extra_for_users() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    named = re.fullmatch(r"symproof\[([\w,]+)\]", extras["all"][0])
    assert named is not None
    assert set(named[1].split(",")) == set(extras) - {"all", "dev", "docs"}


def test_the_citation_names_this_version() -> None:
    text = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"\nversion: {symproof.__version__}\n" in text
    assert "arXiv:1802.03487" in text
    assert f"## [{symproof.__version__}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
