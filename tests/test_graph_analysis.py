"""Orphans, what can be proved next, impact of a change, critical path, chapters."""

from pathlib import Path

import networkx
import pytest

from symproof.errors import InputError
from symproof.graph import chapter_graph, chapter_view, dependencies, dependency_graph, part_view, together
from symproof.graph_analysis import Change, critical_path, impact, is_main, needs, open_results, unused_results
from symproof.graph_graphml import graph_graphml
from symproof.kernel.check import CheckResult
from symproof.library import load_library
from symproof.library_check import check_library
from symproof.proof.theorem import Theorem
from tests.sample_theorems import GROUNDS, SQUARE, applying, write


def own(folder: Path, *parts: str) -> dict[str, Theorem]:
    theorems = load_library([write(folder, "own", *parts)]).theorems
    return {name: theorem for name, theorem in theorems.items() if name.startswith("own.")}


def results(folder: Path, *parts: str) -> dict[str, CheckResult]:
    library = load_library([write(folder, "own", *parts)])
    names = [name for name in library.theorems if name.startswith("own.")]
    return {name: each.result for name, each in check_library(library, names).items()}


def planned(name: str, extra: str) -> str:
    """An open result with marks of its author."""
    return f'\n{name.upper()} = theorem("own.{name}", "", variables=[x], conclusion=x**2 >= 0, extra={extra})\n'


def test_an_orphan_is_used_by_nothing_and_no_main_result(tmp_path: Path) -> None:
    main = applying("top", "square").replace("variables", 'extra={"main": True}, variables')
    theorems = own(tmp_path, SQUARE, main, applying("lost", "square"), planned("plan", '{"needs": ["own.used"]}'))
    assert unused_results(theorems) == ("own.lost", "own.plan")
    assert is_main(theorems["own.top"]) and not is_main(theorems["own.lost"])
    assert is_main(load_library().theorems["relu_like.spurious_minimum"]), "it offers instances"
    assert "own.used" in needs(theorems["own.plan"])


def test_the_library_has_no_orphans() -> None:
    assert unused_results(load_library().theorems) == ()


@pytest.mark.parametrize("extra", ['{"main": 1}', '{"main": "yes"}', '{"needs": "own.a"}', '{"needs": [1]}'])
def test_a_mark_that_cannot_be_read_names_the_theorem(tmp_path: Path, extra: str) -> None:
    theorems = own(tmp_path, planned("plan", extra))
    with pytest.raises(InputError, match=r"own\.plan cannot be read"):
        unused_results(theorems)


def test_ready_is_what_waits_for_nothing_open(tmp_path: Path) -> None:
    plans = {
        "now": '{"needs": ("own.square", "own.cited")}', "later": '{"needs": ["own.now"]}', "free": "{}",
        "after_failure": '{"needs": ["own.failed"]}', "after_gap": '{"needs": ["own.gap"]}',
        "nowhere": '{"needs": ["own.missing"]}',
    }  # fmt: skip
    parts = [planned(name, extra) for name, extra in plans.items()]
    checked = results(tmp_path, SQUARE, GROUNDS, applying("high", "open"), *parts)
    found = open_results(checked, {name: result.theorem for name, result in checked.items()})
    waits = {each.id: each.waits_for for each in found}
    assert waits == {
        "own.free": (), "own.gap": (), "own.now": (), "own.open": (), "own.later": ("own.now",),
        "own.after_failure": ("own.failed",), "own.after_gap": ("own.gap",), "own.nowhere": ("own.missing",),
    }  # fmt: skip
    assert [each.is_ready for each in found] == sorted((each.is_ready for each in found), reverse=True)


def test_impact_of_a_citation(tmp_path: Path) -> None:
    tower = [applying("mid", "cited"), applying("both", "mid", "quote"), applying("other", "square")]
    found = impact(results(tmp_path, SQUARE, GROUNDS, *tower), "own.cited")
    assert (found.direct, found.above) == (("own.mid",), ("own.mid", "own.both"))
    assert found.lost == tuple(Change(name, "cited", "open") for name in ("own.cited", "own.mid", "own.both"))
    assert found.gained == (Change("own.cited", "cited", "proved"), Change("own.mid", "cited", "proved"))


def test_impact_of_what_nothing_rests_on_and_of_a_failure(tmp_path: Path) -> None:
    found = results(tmp_path, SQUARE, GROUNDS, applying("mid", "failed"))
    alone = impact(found, "own.square")
    assert (alone.direct, alone.above, alone.gained) == ((), (), ())
    assert alone.lost == (Change("own.square", "proved", "open"),)
    failed = impact(found, "own.failed")
    assert failed.lost == ()
    assert failed.gained == (Change("own.failed", "open", "proved"), Change("own.mid", "open", "proved"))


def test_the_critical_path_is_the_heaviest_not_the_longest(tmp_path: Path) -> None:
    chain = [applying("a", "b", "heavy"), applying("b", "c"), applying("c", "square")]
    theorems = own(tmp_path, SQUARE, SQUARE.replace("SQUARE", "HEAVY").replace("square", "heavy"), *chain)
    weights = dict.fromkeys(theorems, 1.0)
    assert critical_path(theorems, weights, "steps").ids == ("own.a", "own.b", "own.c", "own.square")
    heavy = critical_path(theorems, {**weights, "own.heavy": 5.0}, "steps")
    assert (heavy.ids, heavy.total) == (("own.a", "own.heavy"), 6.0)


def test_the_critical_path_leaves_circles_out(tmp_path: Path) -> None:
    circle = [applying("a", "b"), applying("b", "a", "square"), applying("self", "self"), SQUARE]
    theorems = own(tmp_path, *circle)
    assert critical_path(theorems, {"own.a": 9.0, "own.b": 9.0, "own.square": 1.0}, "steps").ids == ("own.square",)
    assert critical_path({}, {}, "steps").ids == ()


def test_chapters() -> None:
    library = load_library()
    checked = check_library(library, ["relu_like.almost_all_datasets"])
    graph = dependency_graph({name: each.result for name, each in checked.items()})
    chapters = chapter_graph(graph)
    assert chapters.nodes["relu_like"]["trust"] == "cited" and chapters.nodes["linear_algebra"]["trust"] == "proved"
    assert chapters.has_edge("relu_like", "measure") and not any(a == b for a, b in chapters.edges)
    view = chapter_view(graph, "measure")
    outside = {name for name, node in view.nodes.items() if node.get("outside")}
    assert outside and outside == {name for name in view if not name.startswith("measure.")}
    assert {name for name in graph if name.startswith("measure.")} == set(view) - outside
    assert all("measure" in a or "measure" in b for a, b in view.edges)


def test_an_arrow_between_chapters_is_a_refutation_only_if_nothing_is_applied() -> None:
    graph: networkx.DiGraph = networkx.DiGraph()
    graph.add_nodes_from(["a.claim", "a.x", "b.refutation", "b.y"], trust="proved")
    graph.add_edge("a.claim", "b.refutation", kind="refuted by")
    assert chapter_graph(graph).edges["a", "b"] == {"kind": "refuted by"}
    for first, second in (("a.x", "b.y"), ("a.a", "b.y")):
        both = networkx.DiGraph(graph)
        both.add_node(first, trust="proved")
        both.add_edge(first, second, kind="uses")
        assert chapter_graph(both).edges["a", "b"] == {"kind": "uses"}


def test_parts_hold_every_arrow_once() -> None:
    graph = dependencies(load_library().theorems)
    order = together(graph, graph)
    assert sorted(order) == sorted(graph)
    parts = [part_view(graph, order[:9]), part_view(graph, order[9:])]
    assert sorted(edge for part in parts for edge in part.edges) == sorted(graph.edges)
    assert not any(node.get("outside") for name, node in parts[0].nodes.items() if name in order[:9])


def test_graphml_can_be_read_again() -> None:
    graph: networkx.DiGraph = networkx.DiGraph()
    graph.add_node("a.x", title='"<λ> & \x00', kind="theorem", trust="open", mark="orphan")
    graph.add_node("a.y", title="Y", kind="citation", trust="cited", outside=True)
    graph.add_edge("a.x", "a.y", heavy=True)
    graph.add_edge("a.y", "a.x", kind="refuted by")
    text = graph_graphml(graph)
    again = networkx.parse_graphml(text)
    assert again.is_directed()
    assert again.nodes["a.x"] == {
        "title": '"<λ> &  ',
        "kind": "theorem",
        "trust": "open",
        "mark": "orphan",
        "outside": False,
    }
    assert again.nodes["a.y"]["outside"] is True
    assert again.edges["a.x", "a.y"] == {"kind": "uses", "heavy": True}
    assert again.edges["a.y", "a.x"] == {"kind": "refuted by", "heavy": False}
    assert graph_graphml(graph) == text
