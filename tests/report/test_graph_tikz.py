"""The TikZ picture compiles and says what the graph says."""

import shutil
import subprocess
from pathlib import Path

import networkx
import pytest

from symproof.kernel.interface import TRUST_LEVELS
from symproof.report.graph_tikz import graph_tikz


def sample() -> networkx.DiGraph:
    graph: networkx.DiGraph = networkx.DiGraph()
    for level in TRUST_LEVELS:
        graph.add_node(f"area.{level}_one", title=r"A 100% \emph{sure} $x_1$ & #result λ ≤", kind="lemma", trust=level)
    for level in TRUST_LEVELS[1:]:
        graph.add_edge(f"area.{level}_one", "area.proved_one")
    graph.nodes["area.open_one"]["mark"] = "ready next"
    graph.nodes["area.proved_one"]["outside"] = True
    graph.edges["area.open_one", "area.proved_one"]["heavy"] = True
    return graph


def test_every_node_arrow_and_level_is_there_and_text_cannot_break_out() -> None:
    text = graph_tikz(sample())
    assert text.count(r"\node[result,") == 2 * len(TRUST_LEVELS), "nodes and legend"
    assert text.count(r"\draw[rests on") == len(TRUST_LEVELS) - 1
    assert r"\draw[rests on,heavy]" in text
    assert r"\emph{" not in text
    assert graph_tikz(sample()) == text


def test_refuted_by_is_an_arrow_of_its_own() -> None:
    assert r"\draw[refuted by]" not in graph_tikz(sample()) and "a claim to what refutes it" not in graph_tikz(sample())
    graph = sample()
    graph.add_edge("area.refuted_one", "area.certified_one", kind="refuted by")
    text = graph_tikz(graph)
    assert text.count(r"\draw[refuted by]") == 1 and text.count(r"\draw[rests on") == len(TRUST_LEVELS) - 1
    assert "a claim to what refutes it" in text


@pytest.mark.latex
@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="no TeX")
@pytest.mark.parametrize("direction", ["down", "right"])
def test_it_compiles_to_one_page(tmp_path: Path, direction) -> None:
    graph = sample()
    graph.add_edge("area.refuted_one", "area.certified_one", kind="refuted by")
    (tmp_path / "graph.tex").write_text(graph_tikz(graph, direction=direction), encoding="utf-8")
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "graph.tex"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, errors="replace", timeout=120)
    assert done.returncode == 0, done.stdout[-2000:]
    assert "1 page" in done.stdout and "Overfull" not in done.stdout
    words = subprocess.run(["pdftotext", "graph.pdf", "-"], cwd=tmp_path, capture_output=True, text=True).stdout
    assert all(f"area.{level}_one" in words for level in TRUST_LEVELS)
    assert "ready next" in words and "the negation is proved" in " ".join(words.split())
