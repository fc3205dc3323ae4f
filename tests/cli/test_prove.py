import json

import pytest

from symproof.cli.main import main


def run(capsys, *words):
    code = main(["prove", *words])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


@pytest.mark.parametrize(
    ("words", "code", "status"),
    [
        (("sqrt(x**2) == x", "--var", "x:real", "--given", "x >= 0"), 0, "proved"),
        (("sqrt(x**2) == x", "--var", "x:real"), 1, "refuted"),
        (("x^2 == 1", "--var", "x:real"), 2, "invalid"),
        (("x == 1", "--var", "x:what"), 2, "invalid"),
        (("1/x*x == 1", "--var", "x:real", "--timeout", "2"), 3, "unknown"),
        (("-x**2 <= 0", "--var", "x:real"), 0, "proved"),
        (("x + y == y + x", "--var", "x:real", "--var", "y:complex"), 0, "proved"),
    ],
)
def test_exit_codes_and_json(capsys, words, code, status):
    found, out, _ = run(capsys, *words, "--json")
    assert found == code
    data = json.loads(out)
    assert data["status"] == status
    assert {"status", "rule", "trust", "counterexample"} <= set(data)


def test_text(capsys):
    code, out, _ = run(capsys, "x >= 0", "--var", "x:real")
    assert code == 1
    assert out.startswith("refuted\n") and "x = -1" in out
    code, out, _ = run(capsys, "pi > 3")
    assert "trust: certified" in out


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("x == x", "--var", "x"),
        ("x == x", "--var", "x:real", "--var", "x:real"),
        ("1 == 1", "--timeout", "0"),
        ("1 == 1", "--timeout", "nan"),
        ("--file", "nowhere.json"),
        ("1 == 1", "--file", "nowhere.json"),
    ],
)
def test_bad_input(capsys, words):
    code, out, err = run(capsys, *words)
    assert code == 2
    assert out == "" and "Traceback" not in err and err


def test_a_file_of_claims(capsys, tmp_path):
    path = tmp_path / "claims.json"
    claims = [
        {"id": "a", "vars": {"x": "real"}, "hypotheses": ["x > 0"], "claim": "x + 1/x >= 2"},
        {"id": "b", "vars": {"x": "real"}, "claim": "x + 1/x >= 2", "hypotheses": ["x != 0"]},
        {"id": "c", "claim": "x == 1"},
    ]
    path.write_text(json.dumps(claims))
    code, out, _ = run(capsys, "--file", str(path), "--json", "--jobs", "2")
    assert code == 0
    data = json.loads(out)
    assert [(r["id"], r["status"]) for r in data["results"]] == [("a", "proved"), ("b", "refuted"), ("c", "invalid")]
    assert data["counts"] == {"proved": 1, "refuted": 1, "invalid": 1, "unknown": 0}
