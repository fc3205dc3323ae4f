"""``symproof axioms``: cited facts, gaps and notions, for one result and for the library."""

import json
from pathlib import Path

import pytest

from symproof.cli.main import main
from tests.sample_theorems import GROUNDS, applying, write


def test_one_result(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(write(tmp_path, "own", GROUNDS, applying("mid", "cited"), applying("top", "mid")))
    assert main(["axioms", "own.top", "--path", path]) == 0
    out = capsys.readouterr().out
    assert out.startswith("own.top and 2 results below it: 1 cited fact, 0 believed answers, 0 gaps")
    assert "own.cited: C. F. Gauss, Demonstratio nova, 1799, page 1" in out
    assert "by way of own.top -> own.mid -> own.cited" in out
    assert main(["axioms", "own.top", "--path", path, "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    (axiom,) = data["axioms"]
    assert (axiom["name"], axiom["kind"], axiom["place"]) == ("own.cited", "cited", "page 1")
    assert axiom["path"] == ["own.top", "own.mid", "own.cited"]
    assert axiom["says"] == "x**2 >= 0"


def test_the_whole_library(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["axioms"]) == 0
    out = capsys.readouterr().out
    assert "calculus.least_upper_bound: W. Rudin" in out
    assert "Theorem 1.19" in out
    primitive = out.split("Primitive notions")[1].split("Definitions")[0]
    assert "measure.null_set" in primitive
    assert "relu_like.risk" in out.split("\nDefinitions")[1]


def test_an_unknown_result(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["axioms", "calculus.least_upper_bond"]) == 2
    assert "calculus.least_upper_bound" in capsys.readouterr().err
