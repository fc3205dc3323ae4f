"""``symproof instance``: verdicts, witnesses, results and certificates, and what bad input says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from symproof.cli.main import main

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    code = main([str(word) for word in words])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def run_json(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, dict]:
    code, out, _ = run(capsys, "instance", *words, "--json")
    return code, json.loads(out)


def test_xor_is_certified_with_exact_results(capsys: pytest.CaptureFixture[str]) -> None:
    """XOR: the best affine fit is 1/2, risk 1/2; one additional unit gives 3/8 (worked out by hand)."""
    code, found = run_json(capsys, EXAMPLES / "xor.toml")
    assert code == 0
    assert (found["verdict"], found["theorem"], found["trust"]) == ("certified", "relu_like.spurious_minimum", "proved")
    assert found["result"]["risk_local_minimum"] == "1/2"
    assert found["result"]["risk_better_point"] == "3/8"
    assert set(found["result"]["parameters_better_point"]) == {"W1", "b1", "W2", "b2"}
    assert all(h["holds"] is True and h["witness"] is None for h in found["hypotheses"])
    assert [h["label"] for h in found["hypotheses"]] == ["dimension", "C1.1", "C1.2", "C1.3", "C1.4"]
    assert found["steps"]["true"] > 200
    assert found["steps"]["false"] == 0


@pytest.mark.parametrize(
    ("example", "label", "witness"),
    [("affine_data", "C1.1", "intercept"), ("repeated_rows", "C1.2", "lines")],
)
def test_a_hypothesis_that_fails_names_its_witness(
    capsys: pytest.CaptureFixture[str], example: str, label: str, witness: str
) -> None:
    code, found = run_json(capsys, EXAMPLES / f"{example}.toml")
    assert (code, found["verdict"], found["result"]) == (1, "not_applicable", {})
    (failed,) = [h for h in found["hypotheses"] if h["holds"] is False]
    assert failed["label"] == label
    assert witness in failed["witness"]


@pytest.mark.parametrize(
    ("parameter", "label"), [("width=1", "C1.4"), ("activation=linear", "C1.3"), ("activation=relu_like(1, 1)", "C1.3")]
)
def test_parameters_against_the_hypotheses_are_not_applicable(
    capsys: pytest.CaptureFixture[str], parameter: str, label: str
) -> None:
    given = {"data": EXAMPLES / "xor.csv", "target": "y", "activation": "relu", "width": "2"}
    key, _, value = parameter.partition("=")
    words = [w for k, v in {**given, key: value}.items() for w in ("-p", f"{k}={v}")]
    code, found = run_json(capsys, "relu_like.spurious_minimum", *words)
    assert (code, found["verdict"]) == (1, "not_applicable")
    assert label in [h["label"] for h in found["hypotheses"] if h["holds"] is False]


def test_the_certificate_holds_every_step(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    target = tmp_path / "cert.json"
    code, found = run_json(capsys, EXAMPLES / "teaching.toml", "--certificate", target)
    assert (code, found["certificate"]) == (0, str(target))
    written = json.loads(target.read_text(encoding="utf-8"))
    assert (written["format"], written["kind"]) == ("symproof.certificate/1", "instance")
    assert written["instance"]["verdict"] == "certified"
    shown = written["for_readers"]
    assert shown["data"]["sha256"]
    assert shown["result"] == found["result"]
    assert shown["counts"] == found["steps"]
    first = target.read_bytes()
    run_json(capsys, EXAMPLES / "teaching.toml", "--certificate", target)
    assert target.read_bytes() == first, "the same run writes the same bytes"
    assert [p.name for p in tmp_path.iterdir()] == ["cert.json"]


def test_people_see_hypotheses_risks_and_steps(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "instance", EXAMPLES / "xor.toml")
    assert code == 0
    assert "certified" in out.splitlines()[0]
    assert "0.375" in out
    assert "evaluated exactly at both points" in out


@pytest.mark.parametrize(
    ("toml", "words"),
    [
        ('theorem = "relu_like.nothing"\n[parameters]\n', "relu_like.nothing"),
        ('theorem = "relu_like.kink"\n[parameters]\n', "offers no instances"),
        ('theorem = "relu_like.spurious_minimum"\n', "data"),
        ('theorem = "relu_like.spurious_minimum"\n[parameters]\ndata = "x.csv"\nbreadth = 3\n', "breadth"),
        ('theorem = "relu_like.spurious_minimum\n', ":1"),
        ("", "theorem"),
    ],
)
def test_bad_instance_files_are_refused_in_one_message(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, toml: str, words: str
) -> None:
    file = tmp_path / "bad.toml"
    file.write_text(toml, encoding="utf-8")
    code, out, err = run(capsys, "instance", file)
    assert (code, out) == (2, "")
    assert words in err
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ("x,y\n1,2\n2,\n", ":3"),
        ("x,y\n1,2\n2\n", ":3"),
        ("x,y\n1,2\n2,nan\n", ":3"),
        ("x,y\n1,2\n2,inf\n", ":3"),
        ("x,y\n1,2\n2,two\n", ":3"),
        ("x,y\n1,2\n2,1e999999999\n", ":3"),
        ("x,z\n1,2\n2,3\n", "y"),
        ("", "empty"),
        ("x,y\n", "row"),
        ("x,y\n1,2\n2,__import__('os').system('true')\n", ":3"),
    ],
)
def test_bad_data_is_refused_in_one_message(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, cells: str, words: str
) -> None:
    data = tmp_path / "bad.csv"
    data.write_text(cells, encoding="utf-8")
    target = tmp_path / "cert.json"
    given = ("-p", f"data={data}", "-p", "target=y", "-p", "activation=relu", "-p", "width=2")
    code, out, err = run(capsys, "instance", "relu_like.spurious_minimum", *given, "--certificate", target)
    assert (code, out) == (2, "")
    assert words in err
    assert "bad.csv" in err
    assert "Traceback" not in err
    assert not target.exists(), "bad input leaves nothing half-written"


def test_huge_and_tiny_numbers_are_exact(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    data = tmp_path / "wide.csv"
    data.write_text("x,y\n1e30,1\n1e-30,2\n0,0\n-1,1/3\n", encoding="utf-8")
    given = ("-p", f"data={data}", "-p", "target=y", "-p", "activation=leaky_relu(1/10)", "-p", "width=2")
    code, found = run_json(capsys, "relu_like.spurious_minimum", *given)
    assert (code, found["verdict"]) == (0, "certified")
