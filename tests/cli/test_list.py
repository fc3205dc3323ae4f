"""``symproof list``: every result or those that meet conditions, its trust, one line each."""

import json
import sys
from pathlib import Path

import pytest

from symproof.cli.main import main
from symproof.library import load_library
from tests.sample_theorems import FALSE_STEP, GROUNDS, SQUARE, applying, line_of, write


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
        "id", "title", "chapter", "accepted", "own_accepted", "trust", "own_trust", "undecided", "refuted_by", "steps",
        "uses", "used_by", "instance", "origin", "file", "line",
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


# Conditions ----------------------------------------------------------------------------------------------------------

TOWER = [applying("mid", "cited"), applying("top", "mid")]


def listed(words: list[str], capsys: pytest.CaptureFixture[str]) -> set[str]:
    assert main(["list", *words, "--json"]) == 0
    return {result["id"] for result in json.loads(capsys.readouterr().out)["results"]}


CONDITIONS = {
    "chapter": (["--chapter", "own"], {"own.cited", "own.open", "own.failed", "own.gap", "own.quote", "own.mid"}
                | {"own.top"}),
    "one id": (["--chapter", "own.mid"], {"own.mid"}),
    "word of the title": (["--chapter", "own", "TOP"], {"own.top"}),
    "every word": (["--chapter", "own", "own", "gap"], {"own.gap"}),
    "no such word": (["--chapter", "own", "own", "xyzzy"], set()),
    "word of the prose": (["cauchy-schwarzless", "--chapter", "own"], set()),
    "trust": (["--trust", "cited", "--chapter", "own"], {"own.cited", "own.quote", "own.mid", "own.top"}),
    "two levels": (["--trust", "cited", "--trust", "open", "--chapter", "own.g"], None),
    "uses": (["--uses", "own.cited"], {"own.mid", "own.top"}),
    "used by": (["--used-by", "own.top"], {"own.mid", "own.cited"}),
    "used by nothing": (["--used-by", "own.cited"], set()),
    "definition": (["--definition", "risk", "--uses", "relu_like.exceptional_data"],
                   {"relu_like.almost_all_datasets"}),
    "instance": (["--instance", "--chapter", "own"], set()),
}  # fmt: skip


@pytest.mark.parametrize(("words", "names"), CONDITIONS.values(), ids=CONDITIONS.keys())
def test_conditions(
    words: list[str], names: set[str] | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path, "own", GROUNDS, *TOWER)
    if names is None:
        assert main(["list", *words, "-p", str(path)]) == 2, "a chapter is no beginning of a word"
    else:
        assert listed([*words, "-p", str(path)], capsys) == names


def test_instances_can_be_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert "relu_like.spurious_minimum" in listed(["--instance"], capsys)
    assert "relu_like.kink" not in listed(["--instance"], capsys)


def test_a_shorter_list_says_of_how_many(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    count = len(load_library().theorems)
    assert main(["list", "relu_like.kink"]) == 0
    assert f"1 of {count} results: " in capsys.readouterr().out
    assert main(["list", "xyzzy"]) == 0
    assert capsys.readouterr().out == f"none of {count} results\n"


BAD = {
    "trust": (["--trust", "certain"], "one of proved, certified"),
    "chapter": (["--chapter", "relu"], "Did you mean 'relu_like'"),
    "uses": (["--uses", "relu_like.kinks"], "Did you mean 'relu_like.kink'"),
    "definition": (["--definition", "rik"], "Did you mean 'risk'"),
}


@pytest.mark.parametrize(("words", "message"), BAD.values(), ids=BAD.keys())
def test_conditions_that_name_nothing(words: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list", *words]) == 2
    assert message in capsys.readouterr().err


def test_duplicates_are_reported_with_both_places(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = 'OTHER = theorem("own.other", "Other", variables=[y], conclusion=y**2 >= 0, proof=[qed("sign")])\n'
    path = write(tmp_path, "own", SQUARE, other)
    places = [f"{path}:{line_of(path, name)}" for name in ("own.other", "own.square")]
    message = f"own.other and own.square state the same (y is x) ({', '.join(places)})"
    assert listed(["--duplicates", "-p", str(path)], capsys) == {"own.other", "own.square"}
    assert main(["list", "--duplicates", "-p", str(path)]) == 0
    assert message in capsys.readouterr().out
    assert main(["check", "own.square", "-p", str(path)]) == 0, "a warning, not an error"
    assert f"warning: {message}" in capsys.readouterr().out
    assert main(["check", "relu_like.kink", "-p", str(path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["duplicates"] == []
