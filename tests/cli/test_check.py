"""``symproof check``: what is said of results, with which exit code."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from symproof.cli.main import main
from tests.sample_theorems import FALSE_STEP, GROUNDS, SQUARE, applying, line_of, write

pytestmark = pytest.mark.usefixtures("checked_anew")


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    code = main([str(word) for word in words])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def run_json(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, dict]:
    code, out, err = run(capsys, *words, "--json")
    assert all(line.startswith("symproof: ") for line in err.splitlines()), "progress at most"
    return code, json.loads(out)


def test_the_whole_library_is_accepted(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "check")
    assert code == 0, out
    assert " proved, " in out.splitlines()[-1]
    claims = ("deep_linear.no_width_claim", "deep_linear.no_width_convex_claim", "yu_chen.claim")
    refuted = "; ".join(f"{claim} (refuted by {claim.replace('claim', 'refutation')})" for claim in claims)
    assert out.splitlines()[-1].endswith(f" 0 open, 3 refuted: {refuted}")


def test_a_result_is_checked_with_all_that_it_rests_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path, "own", SQUARE, applying("mid", "square"), applying("top", "mid"), FALSE_STEP)
    code, out, _ = run(capsys, "check", "own.top", "--path", path)
    assert code == 0
    assert [line for line in out.splitlines() if not line.startswith("warning: ")] == [
        "own.square: proved",
        "own.mid: proved",
        "own.top: proved",
        "3 proved, 0 certified, 0 cited, 0 open",
    ]


def test_a_failing_step_is_explained_with_a_verified_counterexample(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path, "own", FALSE_STEP)
    code, out, _ = run(capsys, "check", "own.false", "-p", path)
    assert code == 1
    assert out.splitlines()[0] == "own.false: FAILS (1 diagnostic)"
    assert f"SP-RULE-002 own.false step 1 ({path}:{line_of(path, 'have(')}): " in out
    assert "counterexample: x = 1, y = 0 (verified: every hypothesis in reach holds there, the claim does not)" in out
    assert "x_positive: x > 0" in out
    assert out.splitlines()[-1] == "0 proved, 0 certified, 0 cited, 1 open: own.false (fails its check)"


def test_what_rests_on_a_failure_is_never_shown_as_proved(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path, "own", GROUNDS, applying("mid", "failed"), applying("top", "mid"))
    code, out, _ = run(capsys, "check", "own.top", "-p", path)
    assert code == 1
    assert "own.top: open (rests on open: own.failed (fails its check))" in out
    assert "own.mid: open (rests on open: own.failed (fails its check))" in out
    assert "own.top: proved" not in out
    assert out.splitlines()[-1] == "0 proved, 0 certified, 0 cited, 3 open: own.failed (fails its check)"


def test_gaps_and_citations_are_accepted_as_what_they_are_and_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path, "own", GROUNDS, applying("top", "gap", "cited"))
    code, out, _ = run(capsys, "check", "own.top", "-p", path)
    assert code == 0
    assert "own.top: open (rests on open: own.gap; rests on cited: own.cited)" in out
    assert out.splitlines()[-1] == "0 proved, 0 certified, 1 cited: own.cited, 2 open: own.gap"


@pytest.mark.parametrize(("level", "code"), [("proved", 1), ("oracle", 1), ("cited", 0), ("open", 0)])
def test_a_level_may_be_required(tmp_path: Path, capsys: pytest.CaptureFixture[str], level: str, code: int) -> None:
    path = write(tmp_path, "own", GROUNDS, SQUARE, applying("top", "cited"))
    found, data = run_json(capsys, "check", "own.top", "own.square", "-p", path, "--require", level)
    assert found == code
    assert data["below_required"] == (["own.top"] if code else [])
    assert data["accepted"] == (code == 0)


@pytest.mark.parametrize("length", [1, 2, 3])
def test_a_circle_is_named_and_gives_one(tmp_path: Path, capsys: pytest.CaptureFixture[str], length: int) -> None:
    names = "abc"[:length]
    parts = [applying(name, names[(k + 1) % length]) for k, name in enumerate(names)]
    path = write(tmp_path, "own", *parts, applying("above", "a"))
    code, out, _ = run(capsys, "check", "own.above", "-p", path)
    assert code == 1
    assert f"it rests on itself: {' -> '.join(f'own.{name}' for name in [*names, names[0]])}" in out
    assert "proved\n" not in out
    assert "0 proved, " in out.splitlines()[-1]


def test_json_has_stable_keys(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path, "own", GROUNDS, applying("top", "failed"))
    code, data = run_json(capsys, "check", "own.top", "--path", path)
    assert code == 1
    assert set(data) == {"accepted", "results", "below_required", "duplicates", "problems", "summary", "summary_line"}
    failed, top = data["results"]
    assert set(failed) == {
        "id", "title", "accepted", "own_accepted", "trust", "own_trust", "undecided", "why", "refuted_by", "uses",
        "rests_on", "citations", "steps", "statement_digest", "diagnostics",
    }  # fmt: skip
    assert (failed["id"], failed["accepted"], failed["trust"], failed["steps"]) == ("own.failed", False, "open", 1)
    assert (top["accepted"], top["own_accepted"], top["own_trust"], top["trust"]) == (False, True, "proved", "open")
    assert top["uses"] == ["own.failed"]
    assert top["rests_on"] == [{"id": "own.failed", "trust": "open", "accepted": False}]
    (diagnostic,) = failed["diagnostics"]
    assert (diagnostic["code"], diagnostic["path"], diagnostic["file"]) == ("SP-RULE-002", "1", str(path))
    assert diagnostic["counterexample"]["verified"] is True
    assert diagnostic["counterexample"]["values"] == {"x": "0"}
    assert data["summary"]["failed"] == ["own.failed"]
    assert data["summary"]["results"] == 2
    assert data["summary_line"] == "0 proved, 0 certified, 0 cited, 2 open: own.failed (fails its check)"


def test_a_module_that_prints_does_not_spoil_the_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path, "own", "print('hello')\n", SQUARE)
    code, out, err = run(capsys, "check", "own.square", "-p", path, "--json")
    assert (code, err) == (0, "hello\n")
    assert json.loads(out)["accepted"] is True


def test_a_module_that_forges_a_result_is_checked_all_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    forgery = (
        "from symproof.kernel.check import CheckResult\n"
        "RESULT = CheckResult(FALSE, accepted=True, trust='proved')\n"
        "object.__setattr__(FALSE, 'trust', 'proved')\n"
    )
    code, out, _ = run(capsys, "check", "own.false", "-p", write(tmp_path, "own", FALSE_STEP, forgery))
    assert code == 1
    assert "own.false: FAILS" in out


BAD_MODULES = {
    "syntax": ("SQUARE = own square\n", "SyntaxError", "own square"),
    "sort": ("BAD = theorem('own.bad', 'Bad', variables=[x], conclusion=x + 1)\n", "SortError", "BAD ="),
    "exception": ("BAD = 1 / 0\n", "ZeroDivisionError: division by zero", "BAD ="),
}


@pytest.mark.parametrize(("source", "found", "line"), BAD_MODULES.values(), ids=BAD_MODULES.keys())
def test_a_wrong_module_is_bad_input_with_file_and_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], source: str, found: str, line: str
) -> None:
    path = write(tmp_path, "bad", source)
    code, out, err = run(capsys, "check", "-p", path)
    assert (code, out) == (2, "")
    assert f"{path}:{line_of(path, line)}: " in err
    assert found in err
    assert "Traceback" not in err and err.count("\n") == 1


def test_bad_words_are_bad_input(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "check", "relu_like.kinks")
    assert code == 2 and "Did you mean 'relu_like.kink'" in err
    code, _, err = run(capsys, "check", "--path", "/nowhere/at/all.py")
    assert code == 2 and "/nowhere/at/all.py" in err
    code, _, err = run(capsys, "check", "--require", "wonderful")
    assert code == 2 and "one of proved" in err


def test_the_output_does_not_depend_on_the_order_of_sets(tmp_path: Path) -> None:
    tower = [applying("a", "b", "failed"), applying("b", "c"), applying("c", "a", "false")]
    sums = 'SUM = theorem("own.sum", "Sum", variables=[m, a], conclusion=Sum(i, 1, m, a(i)) > 0, proof=[qed("sum")])\n'
    path = write(tmp_path, "own", FALSE_STEP, GROUNDS, *tower, sums)
    outputs = set()
    for seed in ("1", "2"):
        command = [
            sys.executable,
            "-m",
            "symproof",
            "check",
            "own.a",
            "own.sum",
            "own.quote",
            "-p",
            str(path),
            "--json",
        ]
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (1, "")
        outputs.add(done.stdout)
    assert len(outputs) == 1
