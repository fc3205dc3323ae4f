"""With the core dependencies alone every command works, or says which extra it wants."""

import sys
from pathlib import Path

import pytest

from symproof.cli.main import main
from tests.sample_theorems import SQUARE, write

EXTRAS = {
    "plots": ("matplotlib",), "graph": ("pygraphviz",), "pdf": ("pypandoc", "typst"), "notebooks": ("IPython",),
    "watch": ("watchfiles",), "dask": ("dask", "distributed"), "smt": ("z3",),
}  # fmt: skip
EXAMPLE = str(Path(__file__).parents[2] / "examples" / "teaching.toml")


@pytest.fixture(autouse=True)
def core_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """No package of any extra can be imported, and there is no TeX."""
    wanted = {name for names in EXTRAS.values() for name in names}
    for name in [*wanted, *(each for each in sys.modules if each.partition(".")[0] in wanted)]:
        monkeypatch.setitem(sys.modules, name, None)
    monkeypatch.setenv("PATH", "")


WORKS = {
    "list": ["list", "kink"],
    "show": ["show", "calculus.quadratic_nonnegative"],
    "check": ["check", "calculus.quadratic_nonnegative"],
    "prove": ["prove", "x**2 >= 0", "--var", "x:real"],
    "instance": ["instance", EXAMPLE],
    "graph as DOT": ["graph", "relu_like.kink"],
    "graph as JSON": ["graph", "--format", "json"],
    "graph as GraphML": ["graph", "--format", "graphml", "--orphans"],
}


@pytest.mark.parametrize("words", WORKS.values(), ids=WORKS.keys())
def test_the_core_is_enough(words: list[str]) -> None:
    assert main(words) == 0


WANTS = {
    "drawing": (["graph", "--format", "svg"], "graph"),
    "TikZ": (["graph", "--format", "tikz"], "graph"),
    "report": (["report", "calculus.quadratic_nonnegative", "--format", "html"], "graph"),
}


@pytest.mark.parametrize(("words", "extra"), WANTS.values(), ids=WANTS.keys())
def test_the_extra_is_named(
    words: list[str], extra: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(words) == 2
    assert f"pip install 'symproof[{extra}]'" in capsys.readouterr().err


@pytest.mark.parametrize(("formats", "extra"), [("pdf", "pdf"), ("html", "plots")])
def test_a_report_with_the_graph_extra_names_the_next_one(
    formats: str, extra: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in [each for each in sys.modules if each.partition(".")[0] == "pygraphviz"]:
        monkeypatch.delitem(sys.modules, name)
    words = ["report", "relu_like.spurious_minimum", "--format", formats, "--output", str(tmp_path)]
    words += ["--instance", EXAMPLE] if extra == "plots" else []
    assert main(words) == 2
    assert f"pip install 'symproof[{extra}]'" in capsys.readouterr().err


ORACLE = """
ORACLE = theorem("own.oracle", "By an oracle", variables=[x], conclusion=x**2 >= 0, proof=[qed(by("smt"))])
"""


def test_without_z3_its_steps_are_undecided_and_no_others(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path, "own", SQUARE, ORACLE)
    assert main(["check", "own.square", "own.oracle", "-p", str(path)]) == 3
    out = capsys.readouterr().out
    assert "own.square: proved" in out and "own.oracle: UNDECIDED" in out
    assert "SP-RULE-003 own.oracle step 1" in out and "pip install 'symproof[smt]'" in out


def test_without_z3_a_counterexample_is_searched_all_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path, "own", ORACLE.replace("x**2 >= 0", "x**2 > 0").replace('"smt"', '"linear"'))
    assert main(["check", "own.oracle", "-p", str(path)]) == 1
    assert "counterexample: x = 0 (verified" in capsys.readouterr().out
