"""``symproof graph``: the picture carries the trust that follows from the whole graph."""

import json
from itertools import pairwise
from pathlib import Path

import pytest

from symproof.cli.main import main
from symproof.graph_drawing import LOOKS
from symproof.kernel.interface import TRUST_LEVELS
from tests.sample_theorems import GROUNDS, SQUARE, applying, write


@pytest.fixture
def module(tmp_path: Path) -> str:
    tower = [applying("mid", "failed"), applying("top", "mid", "cited")]
    alone = SQUARE.replace("SQUARE", "ALONE").replace("own.square", "own.alone")
    return str(write(tmp_path, "own", SQUARE, GROUNDS, alone, *tower))


def test_one_list_of_trust_levels() -> None:
    assert tuple(LOOKS) == TRUST_LEVELS


def test_json_carries_propagated_trust(module: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["graph", "own.top", "--path", module, "--json"]) == 0
    captured = capsys.readouterr()
    data = json.loads(captured.out)
    assert all(line.startswith("symproof: ") for line in captured.err.splitlines()), "progress at most"
    trust = {node["id"]: node["trust"] for node in data["nodes"]}
    assert trust == {"own.cited": "cited", "own.failed": "open", "own.mid": "open", "own.top": "open"}
    assert {"from": "own.top", "to": "own.mid", "kind": "uses"} in data["edges"]
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


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("g.dot", b"digraph"),
        ("g.json", b"{"),
        ("g.svg", b"<svg"),
        ("g.tex", b"\\documentclass"),
        ("g.tikz", b"\\doc"),
        ("g.graphml", b"<graphml"),
    ],
)
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
    "side alone": (["--side", "above"], "--side goes with an ID"),
    "no such side": (["relu_like.kink", "--side", "left"], "one of both, below, above"),
    "direction": (["--direction", "up"], "one of down, right"),
    "unit": (["--critical-path", "lines"], "steps or time"),
    "chapter": (["--chapter", "relu"], "expected one of affine_piece, calculus"),
    "two views": (["relu_like.kink", "--chapters"], "one view at a time"),
    "impact of nothing": (["--impact", "relu_like.kinks"], "Did you mean 'relu_like.kink'"),
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


# Findings ------------------------------------------------------------------------------------------------------------


def test_findings_are_text_data_and_marks(module: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["graph", "-p", module, "--orphans", "--ready", "--impact", "own.cited", "--critical-path", "steps"]
    assert main(words) == 0
    out = capsys.readouterr().out
    assert "orphans (nothing rests on them, and they are no main results):" in out
    assert "  own.alone" in out.splitlines() and "  own.open: ready (needs nothing that is known)" in out.splitlines()
    assert "    own.cited: cited -> open" in out.splitlines()
    assert "critical path: " in out
    assert main([*words, "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert "own.alone" in data["orphans"]
    assert data["impact"]["check_again"] == ["own.top"]
    assert {e["id"] for e in data["open_results"] if e["ready"]} == {"own.open", "own.gap"}
    path = data["critical_path"]["path"]
    assert sum(each["steps"] for each in path) == data["critical_path"]["total"]
    marks = {node["id"]: node.get("mark", "") for node in data["nodes"]}
    assert "orphan" in marks["own.alone"] and "ready next" in marks["own.open"]
    assert marks["own.cited"] == "changes" and "check again" in marks["own.top"]
    heavy = [(edge["from"], edge["to"]) for edge in data["edges"] if edge.get("heavy")]
    ids = [each["id"] for each in path]
    assert sorted(heavy) == sorted(pairwise(ids))
    assert main([*words, "--format", "svg"]) == 0
    assert "ready next" in capsys.readouterr().out


def test_critical_path_by_time_names_a_chain(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["graph", "--critical-path", "time", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)["critical_path"]
    assert found["unit"] == "seconds" and len(found["path"]) > 1
    assert all(each["seconds"] > 0 for each in found["path"])


def test_views(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["graph", "--chapters", "--json"]) == 0
    assert {node["kind"] for node in json.loads(capsys.readouterr().out)["nodes"]} == {"chapter"}
    assert main(["graph", "--chapter", "calculus", "--json"]) == 0
    nodes = json.loads(capsys.readouterr().out)["nodes"]
    assert all(node.get("outside", False) != node["id"].startswith("calculus.") for node in nodes)
    assert main(["graph", "relu_like.kink", "--side", "below", "--depth", "1", "--json"]) == 0
    ids = {node["id"] for node in json.loads(capsys.readouterr().out)["nodes"]}
    assert "relu_like.kink" in ids and "relu_like.spurious_candidate" not in ids
