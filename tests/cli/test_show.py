"""``symproof show``: a result in full."""

import json
from pathlib import Path

import pytest

from symproof.cli.main import main
from tests.sample_theorems import FALSE_STEP, GROUNDS, applying, write


def test_a_result_is_shown_in_full(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "calculus.quadratic_nonnegative"]) == 0
    out = capsys.readouterr().out
    for part in (
        "calculus.quadratic_nonnegative: ",
        "trust: proved",
        "file: theorems/calculus/quadratic_nonnegative.py:",
        "g, S: real",
        "curvature: S >= 0",
        "Conclusion\n  g = 0",
        "Proof\n  1. Suppose (nonzero) g != 0",
        "1.2.",
        "used by: relu_like.normal_equations",
    ):
        assert part in out


GUARDED = """
from symproof.logic.syntax import real
from symproof.proof.author import by, qed
from symproof.proof.meeting_point import MeetingPoint, NearMiss
from symproof.proof.theorem import theorem

x, y = real("x y")
SUM = theorem("own.sum", "A sum", variables=[x, y], hypotheses={"left": x > 0, "right": y > 0, "order": x < y},
              conclusion=x + y > 0, proof=[qed(by("linear", "left", "right"))])

def meeting_points():
    misses = {"left": NearMiss({"x": -3}), "right": NearMiss({"x": 9}), "order": "not needed"}
    return {"own.sum": MeetingPoint({"x": 1, "y": "5/2"}, misses=misses)}
"""


def test_values_at_which_hypotheses_hold_and_near_misses_are_evaluated_and_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "guarded.py"
    path.write_text(GUARDED)
    assert main(["show", "own.sum", "-p", str(path)]) == 0
    out = capsys.readouterr().out
    assert "The hypotheses hold, for example, at x = 1, y = 5/2" in out
    assert "left: at the same values with x = -3, the other hypotheses hold and the conclusion does not" in out
    assert "right: at the same values with x = 9: no near miss, the hypothesis order is false there" in out
    assert "order: not needed" in out
    assert main(["show", "own.sum", "-p", str(path), "--json"]) == 0
    guard = json.loads(capsys.readouterr().out)["vacuity"]
    assert guard["without"][0] == {"label": "left", "changes": {"x": "-3"}, "tried_at": {}, "problem": ""}
    assert [h["holds"] for h in guard["hypotheses"]] == [True, True, True]


def test_a_meeting_point_that_is_none_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "guarded.py"
    path.write_text(GUARDED.replace('"5/2"', "1"))
    assert main(["show", "own.sum", "-p", str(path)]) == 0
    assert "The meeting point is none: order is not seen to hold there." in capsys.readouterr().out


def test_trust_and_reasons_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(write(tmp_path, "own", GROUNDS, applying("top", "cited", "failed")))
    assert main(["show", "own.top", "-p", path]) == 0
    out = capsys.readouterr().out
    assert "trust: open (rests on open: own.failed (fails its check); rests on cited: own.cited)" in out
    assert "uses: own.cited, own.failed" in out
    assert "1. By own.cited: (from_0) x**2 >= 0" in out
    assert main(["show", "own.cited", "-p", path]) == 0
    assert "Cited: Gauss: C. F. Gauss, Demonstratio nova, 1799, page 1" in capsys.readouterr().out


def test_the_source_is_told_in_plain_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "optimization.fermat"]) == 0
    assert "\nsource: " in (out := capsys.readouterr().out) and "$" not in out


def test_a_step_that_fails_is_marked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "own.false", "-p", str(write(tmp_path, "own", FALSE_STEP))]) == 0
    out = capsys.readouterr().out
    assert "1. (product) x * y > 0 [by the signs of the parts from x_positive] FAILS" in out
    assert "trust: open (its own check fails; symproof check own.false says why)" in out


@pytest.mark.parametrize("name", ["relu_like.candidate", "linear_algebra.separating_direction", "relu_like.kink"])
def test_every_step_appears_under_its_number(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", name, "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert main(["show", name]) == 0
    numbers = [line.split()[0] for line in capsys.readouterr().out.splitlines() if line.startswith("  ")]

    def paths(steps: list[dict]) -> list[str]:
        return [path for step in steps for path in (step["path"], *paths(step["steps"]))]

    wanted = paths(data["steps"])
    assert wanted
    assert [number for number in numbers if number.rstrip(".") in set(wanted) and number.endswith(".")] == [
        f"{path}." for path in wanted
    ]


def test_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "relu_like.candidate", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["id"] == "relu_like.candidate"
    assert {"name": "m", "sort": "int"} in data["variables"]
    assert [d["name"] for d in data["definitions"]]
    assert data["used_by"] == ["relu_like.loss_candidate", "relu_like.spurious_candidate"]
    assert data["accepted"] is True and data["trust"] == "proved" and data["why"] == ""


def test_an_unknown_result_is_bad_input(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "relu_like.candidat"]) == 2
    assert "Did you mean 'relu_like.candidate'" in capsys.readouterr().err
