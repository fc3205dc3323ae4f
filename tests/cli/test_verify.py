"""``symproof verify``: exit codes, keys, one line for bad input; and the re-checker as a program of its own."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from symproof.cli.main import main
from symproof.recheck.certificate import hash_of
from tests.sample_theorems import GROUNDS, SQUARE, applying, write

EXAMPLE = Path("examples/descent.certificate.json")


def verified(capsys: pytest.CaptureFixture[str], file: Path | str) -> tuple[int, dict]:
    code = main(["verify", str(file), "--json"])
    return code, json.loads(capsys.readouterr().out)


def resealed(found: dict) -> str:
    hashes: dict[str, str] = {}
    for theorem in found["theorems"]:
        theorem["uses"] = {name: hashes[name] for name in theorem["uses"]}
        theorem["hash"] = hashes[theorem["id"]] = hash_of(theorem, "hash", "for_readers")
    return json.dumps({**found, "hash": hash_of(found, "hash")})


def test_a_certificate_of_an_earlier_day_is_still_valid(capsys: pytest.CaptureFixture[str]) -> None:
    """The format has a version: what it once said to be valid must be read for ever, or refused as another version."""
    code, found = verified(capsys, EXAMPLE)
    assert (code, found["verdict"], found["trust"], found["results"]) == (0, "valid", "proved", 3)
    assert found["steps"] == 30
    assert sum(found["rules"].values()) > 20
    assert found["refused"] == found["not_rechecked"] == found["cited"] == found["open"] == []


def test_the_re_checker_runs_alone(tmp_path: Path) -> None:
    """Without site packages of ours but flint, from another folder, with a file named like a module beside it."""
    (tmp_path / "json.py").write_text("raise SystemExit('somebody else')\n")
    words = [sys.executable, "-m", "symproof", "verify", str(EXAMPLE.resolve())]
    done = subprocess.run(words, capture_output=True, text=True, env={"PYTHONPATH": str(Path.cwd())}, cwd="/")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("valid: 3 results, 30 steps, trust proved\n")
    script = (
        "import sys; sys.argv[1:] = [sys.argv[1]]\nfrom symproof.recheck.__main__ import main\nmain(sys.argv[1:])\n"
    )
    script += "print(sorted(m for m in sys.modules if m.startswith('symproof.') and '.recheck' not in m))"
    done = subprocess.run([sys.executable, "-c", script, str(EXAMPLE)], capture_output=True, text=True)
    assert done.stdout.endswith("[]\n")


def test_trust_is_found_and_cited_and_open_results_are_listed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    module = write(tmp_path, "own", GROUNDS, SQUARE, applying("top", "square", "cited"))
    file = tmp_path / "own.json"
    ids = [f"own.{name}" for name in ("open", "gap", "quote", "top")]
    assert main(["export", "certificate", *ids, "--path", str(module), "--output", str(file)]) == 0
    capsys.readouterr()
    code, found = verified(capsys, file)
    assert (code, found["verdict"], found["trust"], found["results"]) == (0, "valid", "open", 6)
    assert found["cited"] == [
        "own.cited: C. F. Gauss, Demonstratio nova, 1799, page 1",
        "own.quote, a step: Gauss 1801, page 2",
    ]
    assert [line.split(":")[0] for line in found["open"]] == ["own.gap, a step", "own.open"]


def changed(tmp_path: Path, change: str) -> Path:
    found = json.loads(EXAMPLE.read_text())
    last = found["theorems"][-1]
    if change == "trust":
        last["trust"] = "certified"
    elif change == "a hypothesis less":
        del last["statement"]["hypotheses"][0]
    elif change == "a step less":
        del last["proof"][next(k for k, step in enumerate(last["proof"]) if step["kind"] == "have")]
    elif change == "a stronger claim":
        last["table"].append(["false"])
        last["statement"]["conclusion"] = len(last["table"]) - 1
    file = tmp_path / "changed.json"
    file.write_text(resealed(found))
    return file


@pytest.mark.parametrize("change", ["trust", "a hypothesis less", "a step less", "a stronger claim"])
def test_what_does_not_hold_is_invalid_whatever_its_hashes_say(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], change: str
) -> None:
    code, found = verified(capsys, changed(tmp_path, change))
    assert (code, found["verdict"]) == (1, "invalid")
    assert found["refused"][0].startswith("relu_like.descent")


def test_a_flipped_digit_is_invalid(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "flipped.json"
    file.write_text(EXAMPLE.read_text().replace('["num","2"]', '["num","3"]', 1))
    code, found = verified(capsys, file)
    assert (code, found["refused"]) == (1, ["$.hash: the hash is not that of the contents"])


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"{", "no JSON"),
        (b"[" * 10**6, "nested more than"),
        (b'{"format": "symproof.certificate/0"}', "the field 'kind' is missing"),
        (b"\xff\xfe", "UTF-8"),
        (b'{"\\ud800\\u001b[31m": 1}', "missing"),
    ],
)
def test_what_is_no_certificate_is_bad_input_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], data: bytes, said: str
) -> None:
    file = tmp_path / "bad.json"
    file.write_bytes(data)
    assert main(["verify", str(file)]) == 2
    out, err = capsys.readouterr()
    assert out == "" and said in err and str(file) in err
    assert len(err.splitlines()) == 1 and "\x1b" not in err


def test_a_file_that_is_not_there_is_bad_input(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", "no/such/file.json"]) == 2
    assert "No such file" in capsys.readouterr().err


def test_the_time_limit_leaves_it_undecided(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", str(EXAMPLE), "--time", "0.001", "--json"]) == 3
    found = json.loads(capsys.readouterr().out)
    assert (found["verdict"], found["not_rechecked"]) == ("undecided", ["the time limit of 0.001 seconds was reached"])
