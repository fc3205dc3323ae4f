"""``symproof atlas``: what its rows say, that one row never stops the others, what it exits with and writes."""

from __future__ import annotations

import json
import sys
from fractions import Fraction
from pathlib import Path

import pytest

from symproof.cli import atlas as cli_atlas
from symproof.cli.main import main
from symproof.engine import atlas_part
from symproof.engine.atlas_row import AtlasPart, AtlasRow


def atlas(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict[str, object]]:
    code = main(["atlas", *words, "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_each_family_is_decided(capsys: pytest.CaptureFixture[str]) -> None:
    code, found = atlas(capsys, "--only", "sigmoid", "--only", "elu", "--only", "ReLU", "--activation", "3*x + 1")
    rows = {row["title"]: row for row in found["rows"]}
    assert code == 0
    assert {title: row["applies"] for title, row in rows.items()} == {
        "sigmoid": "smooth", "ELU": "both", "ReLU": "affine piece", "3*x + 1": "neither",
    }  # fmt: skip
    sigmoid = rows["sigmoid"]
    assert sigmoid["affine_piece"]["verdict"] == sigmoid["relu_like"]["verdict"] == "not_applicable"
    numbers = sigmoid["smooth"]["numbers"]
    assert Fraction(numbers["radius"]) > 0 and Fraction(numbers["margin"]) > 0
    assert Fraction(numbers["risk_better_point"]) < Fraction(numbers["risk_local_minimum"]) == Fraction(1, 3)
    assert sigmoid["smooth"]["trust"] == "cited", "it rests on the completeness of the reals"
    assert rows["ReLU"]["smooth"]["verdict"] == "not_applicable"
    assert rows["ReLU"]["affine_piece"]["trust"] == rows["ReLU"]["relu_like"]["trust"] == "proved"
    assert found["counts"] == {"smooth": 1, "affine piece": 1, "both": 1, "neither": 1, "undecided": 0}


def test_a_row_that_is_undecided_stops_no_other(capsys: pytest.CaptureFixture[str]) -> None:
    code, found = atlas(capsys, "--only", "quadratic", "--activation", "sqrt(x) + x**2", "--activation", "abs(sin(x))")
    quadratic, root, kinks = found["rows"]
    assert code == 3
    assert quadratic["applies"] == "smooth" and quadratic["decided"]
    for row in (root, kinks):
        assert not row["decided"] and row["affine_piece"]["verdict"] == "undecided" and row["affine_piece"]["reason"]


def test_a_row_beyond_its_time_is_undecided(capsys: pytest.CaptureFixture[str]) -> None:
    code, found = atlas(capsys, "--only", "tanh", "--row-time", "0.001")
    assert code == 3 and found["rows"][0]["applies"] == "undecided"
    assert "--row-time" in found["rows"][0]["smooth"]["reason"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--only", "sigmoidd"], "sigmoid"),
        (["--activation", "x +* 2"], "--activation"),
        (["--activation", "__import__('os')"], "--activation"),
        (["--activation", "y + 1"], "--activation"),
        (["--workers", "0"], "workers"),
        (["--row-time", "-1"], "row-time"),
    ],
)
def test_bad_input_is_one_message(capsys: pytest.CaptureFixture[str], words: list[str], said: str) -> None:
    assert main(["atlas", *words]) == 2
    captured = capsys.readouterr()
    assert said in captured.err and "Traceback" not in captured.err and captured.out == ""


def test_the_table_fits_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    long = " + ".join(["x**2"] * 60)
    assert main(["atlas", "--only", "selu", "--activation", long]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 100
    assert any("affine_piece" not in line and line.startswith("SELU") and " both " in line for line in lines)


def test_files_are_the_same_each_time(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    words = ["--only", "quadratic", "--only", "relu"]
    for name in ("one", "two"):
        code, _ = atlas(capsys, *words, "--output", str(tmp_path / name), "--workers", "2")
        assert code == 0
    files = sorted(p.relative_to(tmp_path / "one") for p in (tmp_path / "one").rglob("*") if p.is_file())
    assert {"atlas.html", "atlas.tex", "atlas.json", "figures/relu.svg", "figures/plane.svg"} <= set(map(str, files))
    assert not [p for p in files if p.name.endswith(".part")]
    for file in files:
        if file.suffix != ".pdf" or "figure" in file.name:  # what a TeX program adds to atlas.pdf is its own affair
            assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes(), file
    assert "seconds" not in (tmp_path / "one" / "atlas.json").read_text()


def test_without_matplotlib_the_extra_is_named(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    assert main(["atlas", "--only", "cube", "--output", str(tmp_path)]) == 2
    assert "symproof[plots]" in capsys.readouterr().err
    assert main(["atlas", "--only", "cube", "--output", str(tmp_path), "--no-plots"]) == 0
    assert "<svg" not in (tmp_path / "atlas.html").read_text()


def test_a_report_takes_the_chapter_in(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The rows are given here: a report checks the theorems of the atlas anew, which takes long."""
    no = AtlasPart("not_applicable", "for a reason")
    rows = (AtlasRow("one", "t", "t", "t", no, no, no), AtlasRow("two", "t", "t", "t", no, no, AtlasPart("failed", "")))
    monkeypatch.setattr(atlas_part, "theorems_of_the_atlas", lambda library: ("calculus.unit_sign",))
    monkeypatch.setattr(cli_atlas, "atlas_with_progress", lambda *_, **__: (rows, {}, []))
    words = ["report", "calculus.unit_sign", "--atlas", "--format", "html", "--output", str(tmp_path), "--json"]
    assert main(words) == 3
    assert json.loads(capsys.readouterr().out)["instances"] == {"atlas: one": "neither", "atlas: two": "undecided"}
    page = (tmp_path / "report.html").read_text()
    assert "Atlas of activations" in page and "for a reason" in page
