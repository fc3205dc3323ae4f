"""``symproof report``: the files it leaves, and what they show."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from symproof.cli.main import main
from tests.sample_theorems import FALSE_STEP, write

EXAMPLES = Path(__file__).parents[2] / "examples"


def run_json(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, dict]:
    code = main(["report", *[str(word) for word in words], "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_a_report_with_an_instance(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Trust, graph, statements, proofs with reasons, hypotheses, numbers beside steps, evidence, bibliography."""
    words = ("relu_like.spurious_minimum", "--instance", EXAMPLES / "teaching.toml", "--format", "html,tex,svg")
    code, found = run_json(capsys, *words, "--output", tmp_path)
    assert code == 0
    assert found["instances"] == {"teaching": "certified"}
    assert {"report.html", "report.tex", "graph.svg"} <= {Path(f).name for f in found["files"]}
    html = (tmp_path / "report.html").read_text(encoding="utf-8")
    for words_ in (
        "How far this can be trusted",
        "Main results",
        "certified",
        "by linear arithmetic",
        "multipliers",
        "Evidence",
    ):
        assert words_ in html, words_
    assert html.count("<svg") >= 3
    assert not re.search(r'(?:src|href)="https?://', html), "the file works offline"
    tex = (tmp_path / "report.tex").read_text(encoding="utf-8")
    assert r"\rho" in tex
    assert "Yun" in tex


def test_two_runs_write_the_same_bytes(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    for name in ("a", "b"):
        words = ("calculus.quadratic_nonnegative", "--format", "html,tex", "--output", tmp_path / name)
        assert run_json(capsys, *words)[0] == 0
    for file in (tmp_path / "a").iterdir():
        assert file.read_bytes() == (tmp_path / "b" / file.name).read_bytes(), file.name


def test_a_report_on_a_failing_proof_says_so(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = write(tmp_path, "own", FALSE_STEP)
    code, found = run_json(capsys, "own.false", "--path", path, "--format", "html", "--output", tmp_path / "out")
    assert (code, found["not_accepted"]) == (1, ["own.false"])
    html = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "fails its check" in html
    assert ">proved<" not in html.split("Evidence")[0].split("own.false")[1][:400]


@pytest.mark.parametrize("formats", ["docx", "", "html,exe"])
def test_an_unknown_format_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path, formats: str) -> None:
    code, found = run_json(capsys, "--format", formats, "--output", tmp_path / "out")
    assert code == 2
    assert "format" in json.dumps(found)
    assert not (tmp_path / "out").exists()
