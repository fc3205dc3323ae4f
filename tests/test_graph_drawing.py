"""The drawing of the dependency graph: the same bytes each time, trust in words, text that cannot break out."""

import sys
import time
import xml.etree.ElementTree as ElementTree

import networkx
import pytest

from symproof.errors import InputError
from symproof.graph_drawing import draw_pdf, draw_png, draw_svg, graph_dot, graph_json

LEVELS = ["proved", "certified", "oracle", "cited", "open", "refuted"]


def sample_graph(*, reverse: bool = False) -> networkx.DiGraph:
    nodes = [(f"area.{level}", {"title": f"A {level} result", "kind": "lemma", "trust": level}) for level in LEVELS]
    edges = [(f"area.{level}", "area.proved") for level in LEVELS[1:]]
    graph: networkx.DiGraph = networkx.DiGraph()
    graph.add_nodes_from(reversed(nodes) if reverse else nodes)
    graph.add_edges_from(reversed(edges) if reverse else edges)
    return graph


def one_node(**attributes: str) -> networkx.DiGraph:
    graph: networkx.DiGraph = networkx.DiGraph()
    graph.add_node("area.x", **attributes)
    return graph


def words_of(svg: str) -> str:
    return " ".join(text.strip() for text in ElementTree.fromstring(svg).itertext())


def test_json_lists_nodes_edges_and_counts_by_name() -> None:
    data = graph_json(sample_graph(reverse=True))
    assert [node["id"] for node in data["nodes"]] == sorted(f"area.{level}" for level in LEVELS)
    assert data["nodes"][0] == {"id": "area.certified", "title": "A certified result", "kind": "lemma"} | {
        "trust": "certified"
    }
    assert data["edges"][0] == {"from": "area.certified", "to": "area.proved", "kind": "uses"}
    assert data["trust"] == dict.fromkeys(LEVELS, 1)
    assert list(data["trust"]) == LEVELS


def test_the_order_of_insertion_does_not_show() -> None:
    assert graph_dot(sample_graph()) == graph_dot(sample_graph(reverse=True))


@pytest.mark.parametrize("draw", [draw_svg, draw_pdf, draw_png])
def test_the_same_graph_gives_the_same_bytes_at_another_time(draw) -> None:
    first = draw(sample_graph())
    time.sleep(1.1)  # the clock of a PDF counts seconds
    assert draw(sample_graph(reverse=True)) == first


def test_trust_is_told_in_words_and_by_the_line_as_well() -> None:
    words = words_of(draw_svg(sample_graph()))
    assert all(words.count(level) >= 2 for level in LEVELS), "once in its node, once in the legend"
    node_lines = [
        line for line in graph_dot(sample_graph()).splitlines() if line.startswith('  "area.') and "[" in line
    ]
    styles = set()
    for line in node_lines:
        styles.add((line.partition("style=")[2].split(",")[1], *line.partition("penwidth=")[2].split(",")[:2]))
    assert len(styles) == len(LEVELS)


def test_the_legend_says_what_an_arrow_means_and_explains_levels_that_do_not_occur() -> None:
    words = words_of(draw_svg(one_node(title="x", kind="lemma", trust="proved")))
    assert "An arrow goes from a result to what it rests on." in words
    assert "false: the negation is proved" in words


def with_a_claim(*, kind: str = "refuted by") -> networkx.DiGraph:
    graph = sample_graph()
    graph.add_edge("area.refuted", "area.certified", kind=kind)
    return graph


def test_refuted_by_is_an_arrow_of_its_own_that_the_legend_explains() -> None:
    words = "A dashed red arrow with an open head goes from a claim to what refutes it."
    kinds = {(edge["from"], edge["to"]): edge["kind"] for edge in graph_json(with_a_claim())["edges"]}
    assert kinds["area.refuted", "area.certified"] == "refuted by" and kinds["area.refuted", "area.proved"] == "uses"
    arrows = [line for line in graph_dot(with_a_claim()).splitlines() if " -> " in line]
    assert ["area.certified" in line.partition("->")[2] for line in arrows if "style=dashed" in line] == [True]
    assert words in words_of(draw_svg(with_a_claim())) and "refuted by" in words_of(draw_svg(with_a_claim()))
    assert words not in words_of(draw_svg(sample_graph())), "the legend explains it where there is one"
    with pytest.raises(ValueError, match="has kind 'refuted'; expected uses or refuted by"):
        graph_json(with_a_claim(kind="refuted"))


@pytest.mark.parametrize(
    "title", ["a < b & c > \"d\" 'e'", "</TD><B>x", "back\\slash \\N", "null\x00 and\nline", "λ ≤ ∑", ""]
)
def test_any_title_can_be_drawn(title: str) -> None:
    graph = one_node(title=title, kind="lemma & <more>", trust="proved")
    words = words_of(draw_svg(graph, links={"area.x": '#a"b\\N'}))
    for word in title.replace("\x00", " ").split():
        assert word in words


def test_a_link_is_a_link() -> None:
    svg = draw_svg(one_node(title="x", kind="lemma", trust="proved"), links={"area.x": "#area.x"})
    assert 'xlink:href="#area.x"' in svg


def test_svg_can_stand_inside_a_page() -> None:
    svg = draw_svg(sample_graph())
    assert svg.startswith("<svg") and svg.rstrip().endswith("</svg>")


def test_pdf_and_png_are_what_they_are_called() -> None:
    assert draw_pdf(sample_graph()).startswith(b"%PDF-")
    assert draw_png(sample_graph()).startswith(b"\x89PNG")


def test_a_graph_that_says_too_little_is_refused() -> None:
    with pytest.raises(ValueError, match="lacks kind, trust"):
        graph_dot(one_node(title="x"))
    with pytest.raises(ValueError, match="trust 'green'; expected one of proved"):
        graph_dot(one_node(title="x", kind="lemma", trust="green"))


def test_without_pygraphviz_the_message_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pygraphviz", None)
    with pytest.raises(InputError, match=r"pip install 'symproof\[graph\]'"):
        draw_svg(sample_graph())
    assert graph_dot(sample_graph()).startswith("digraph")
