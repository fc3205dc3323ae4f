"""What the commands say of a result with a step by an oracle, and of what rests on it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

pytest.importorskip("z3", reason="needs the extra smt: pip install 'symproof[smt]'")

from symproof.cli.main import main
from symproof.library import load_library
from symproof.library_check import check_library
from symproof.notebook import library as notebook_library
from symproof.report.html_renderer import render_html
from symproof.report.library_report import library_document
from tests.sample_theorems import SQUARE, applying, write

ROOTS = """
ROOTS = theorem("own.roots", "Roots", variables=[x, y], hypotheses={"squares": (x - y) * (x + y) <= 0},
    conclusion=Abs(x) <= Abs(y), proof=[qed(by("smt", "squares"))])
"""
ORACLE = """
ORACLE = theorem("own.oracle", "Oracle", variables=[x], conclusion=x**2 >= 0, proof=[qed(by("smt"))])
"""
FALSE = """
FALSE = theorem("own.wrong", "Wrong", variables=[x, y], hypotheses={"large": x * y >= 1000}, conclusion=x <= 501,
    proof=[qed(by("smt", "large"))])
"""
UNKNOWN = """
UNKNOWN = theorem("own.unknown", "Unknown", variables=[x], conclusion=exp(x) > 0, proof=[qed(by("smt"))])
"""


@pytest.fixture
def path(tmp_path: Path) -> str:
    return str(write(tmp_path, "own", SQUARE, ROOTS, ORACLE, FALSE, UNKNOWN, applying("top", "oracle")))


def said(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    code = main([*words])
    return code, capsys.readouterr().out


def test_check_says_oracle_and_names_it(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out = said(capsys, "check", "own.top", "own.roots", "own.square", "-p", path)
    assert code == 0
    assert "own.oracle: oracle (oracle by itself (the oracle was asked at step 1))" in out
    assert "own.top: oracle (rests on oracle: own.oracle)" in out
    assert out.splitlines()[-1] == "1 proved, 0 certified, 3 oracle: own.oracle; own.roots, 0 cited, 0 open"
    assert said(capsys, "check", "own.top", "-p", path, "--require", "certified")[0] == 1
    assert said(capsys, "check", "own.top", "-p", path, "--require", "oracle")[0] == 0


def test_a_wrong_step_fails_and_one_that_z3_does_not_know_is_undecided(
    path: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out = said(capsys, "check", "own.wrong", "-p", path)
    assert code == 1 and "own.wrong: FAILS" in out and "counterexample: x = " in out and "(verified" in out
    code, out = said(capsys, "check", "own.unknown", "own.square", "-p", path)
    assert code == 3 and "own.square: proved" in out
    assert "own.unknown: UNDECIDED (it has a step that its rule does not decide)" in out
    assert said(capsys, "check", "own.unknown", "own.wrong", "-p", path)[0] == 1


def test_graphs_show_and_list_say_it(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    _, out = said(capsys, "graph", "own.top", "--format", "json", "-p", path)
    assert {node["id"]: node["trust"] for node in json.loads(out)["nodes"]} == {
        "own.top": "oracle", "own.oracle": "oracle",
    }  # fmt: skip
    _, out = said(capsys, "graph", "own.top", "--format", "graphml", "-p", path)
    assert out.count('<data key="trust">oracle</data>') == 2
    _, out = said(capsys, "show", "own.oracle", "-p", path)
    assert "trust: oracle" in out and "by the SMT solver Z3 (an oracle)" in out


def test_reports_and_notebooks_say_it(path: str) -> None:
    library = load_library([path])
    text = render_html(library_document(check_library(library, ["own.top"])))
    assert "by the SMT solver Z3 (an oracle)" in text and "from an SMT solver without a check" in text
    shown = notebook_library(path)["own.top"].check()
    assert shown.trust == "oracle" and "oracle" in str(shown)
