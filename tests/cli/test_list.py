"""``symproof list``: every result, its trust, one line each."""

import json
import sys
from pathlib import Path

import pytest

from symproof.cli.main import main
from symproof.library import load_library
from tests.sample_theorems import FALSE_STEP, GROUNDS, applying, write


def test_every_result_is_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path, "own", FALSE_STEP, GROUNDS, applying("top", "failed"))
    assert main(["list", "--path", str(path)]) == 0
    lines = capsys.readouterr().out.splitlines()
    names = list(load_library([path]).theorems)
    assert [line.split()[0] for line in lines[1 : len(names) + 1]] == names
    trust = {line.split()[0]: line.split()[1] for line in lines[1 : len(names) + 1]}
    assert (trust["own.cited"], trust["own.top"], trust["own.failed"]) == ("cited", "open", "open")
    assert any(line.startswith("own.failed") and "open (fails)" in line for line in lines)
    assert lines[-1].startswith(f"{len(names)} results: ")
    assert "own.failed (fails its check)" in lines[-1]


def test_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list", "--json"]) == 0
    captured = capsys.readouterr()
    data = json.loads(captured.out)
    assert all(line.startswith("symproof: ") for line in captured.err.splitlines()), "progress at most"
    assert [result["id"] for result in data["results"]] == list(load_library().theorems)
    assert set(data["results"][0]) == {
        "id", "title", "accepted", "own_accepted", "trust", "own_trust", "steps", "file", "line",
    }  # fmt: skip
    assert data["results"][0]["file"].startswith("theorems/")
    assert data["summary"]["results"] == len(data["results"])


def test_a_terminal_gets_a_table(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "200")
    assert main(["list"]) == 0
    out = capsys.readouterr().out
    assert all(name in out for name in load_library().theorems)
    assert "\x1b[" in out
