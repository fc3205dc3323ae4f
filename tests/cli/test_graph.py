"""``symproof graph``: the picture carries the trust that follows from the whole graph."""

import json
from pathlib import Path

import pytest

from symproof.cli.main import main
from symproof.graph_drawing import _LOOKS
from symproof.kernel.interface import TRUST_LEVELS
from tests.sample_theorems import GROUNDS, SQUARE, applying, write


@pytest.fixture
def module(tmp_path: Path) -> str:
    tower = [applying("mid", "failed"), applying("top", "mid", "cited")]
    alone = SQUARE.replace("SQUARE", "ALONE").replace("own.square", "own.alone")
    return str(write(tmp_path, "own", SQUARE, GROUNDS, alone, *tower))


def test_one_list_of_trust_levels() -> None:
    assert tuple(_LOOKS) == TRUST_LEVELS


def test_json_carries_propagated_trust(module: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["graph", "own.top", "--path", module, "--json"]) == 0
    captured = capsys.readouterr()
    data = json.loads(captured.out)
    assert all(line.startswith("symproof: ") for line in captured.err.splitlines()), "progress at most"
    trust = {node["id"]: node["trust"] for node in data["nodes"]}
    assert trust == {"own.cited": "cited", "own.failed": "open", "own.mid": "open", "own.top": "open"}
    assert {"from": "own.top", "to": "own.mid"} in data["edges"]
    assert data["cycles"] == []


def test_depth_cuts_the_neighbourhood(module: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["graph", "own.top", "--depth", "1", "-p", module, "--json"]) == 0
    assert [node["id"] for node in json.loads(capsys.readouterr().out)["nodes"]] == ["own.cited", "own.mid", "own.top"]


def test_orphans_and_circles_are_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path, "own", SQUARE, applying("a", "b"), applying("b", "a"))
    assert main(["graph", "--path", str(path), "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["cycles"] == [["own.a", "own.b", "own.a"]]
    assert "own.square" in data["orphans"]
    assert {n["id"]: n["trust"] for n in data["nodes"]}["own.a"] == "open"


@pytest.mark.parametrize(("name", "start"), [("g.dot", b"digraph"), ("g.json", b"{"), ("g.svg", b"<svg")])
def test_a_file_is_written_in_the_format_of_its_name(
    module: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, start: bytes
) -> None:
    output = tmp_path / "out" / name
    assert main(["graph", "own.top", "-p", module, "--output", str(output)]) == 0
    assert output.read_bytes().startswith(start)
    assert capsys.readouterr().out == f"{output}: 4 results, 3 arrows\n"


def test_without_a_file_the_text_goes_to_standard_output(module: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["graph", "own.alone", "-p", module]) == 0
    assert capsys.readouterr().out.startswith("digraph")
    assert main(["graph", "own.alone", "-p", module, "--format", "json"]) == 0
    assert [node["id"] for node in json.loads(capsys.readouterr().out)["nodes"]] == ["own.alone"]


WRONG = {
    "format": (["--format", "bmp"], "one of svg, dot, json"),
    "suffix": (["--output", "g.bmp"], "one of svg, dot, json"),
    "no text": (["--format", "png"], "--output graph.png"),
    "depth alone": (["--depth", "1"], "--depth goes with an ID"),
    "negative": (["relu_like.kink", "--depth=-1"], "not negative"),
    "unknown": (["relu_like.kinks"], "Did you mean 'relu_like.kink'"),
}


@pytest.mark.parametrize(("words", "message"), WRONG.values(), ids=WRONG.keys())
def test_wrong_words_are_bad_input(words: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["graph", *words]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert message in captured.err
