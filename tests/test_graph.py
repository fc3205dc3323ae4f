"""Trust through the graph: no laundering, circles named, forged results worth nothing."""

from dataclasses import replace
from pathlib import Path

import pytest

from symproof.errors import InputError
from symproof.graph import (
    check_order,
    cycles,
    dependencies,
    dependency_graph,
    neighbourhood,
    propagated_trust,
    trust_summary,
)  # fmt: skip
from symproof.kernel.check import CheckResult
from symproof.kernel.interface import TRUST_LEVELS
from symproof.library import Library, load_library
from symproof.library_check import CYCLE_CODE, CheckedTheorem, all_needed, check_library
from tests.checked_library import checked_library
from tests.sample_theorems import GROUNDS, SQUARE, applying, write


def own(tmp_path: Path, *parts: str) -> Library:
    return load_library([write(tmp_path, "own", *parts)])


def check_own(tmp_path: Path, *parts: str) -> dict[str, CheckedTheorem]:
    library = own(tmp_path, *parts)
    return dict(check_library(library, [name for name in library.theorems if name.startswith("own.")]))


def line_of(checked: dict[str, CheckedTheorem]) -> str:
    return trust_summary({name: each.result for name, each in checked.items()}).line


# Laundering ----------------------------------------------------------------------------------------------------------

LOWERED = {
    "cited": ("cited", "cited", "rests on cited: own.cited"),
    "quote": ("quote", "cited", "rests on cited: own.quote"),
    "open": ("open", "open", "rests on open: own.open"),
    "gap": ("gap", "open", "rests on open: own.gap"),
    "failed": ("failed", "open", "rests on open: own.failed (fails its check)"),
}


@pytest.mark.parametrize(("base", "level", "why"), LOWERED.values(), ids=LOWERED.keys())
def test_distrust_travels_up_through_all_levels_and_is_named(tmp_path: Path, base: str, level: str, why: str) -> None:
    tower = [applying("one", base), applying("two", "one"), applying("three", "two", "square")]
    checked = check_own(tmp_path, SQUARE, GROUNDS, *tower)
    for name in ("own.one", "own.two", "own.three"):
        assert checked[name].result.accepted
        assert (checked[name].own_trust, checked[name].trust, checked[name].why) == ("proved", level, why)
        assert checked[name].accepted == (base != "failed")
    assert checked["own.square"].trust == "proved"
    assert f"own.{base}" in line_of(checked)


def test_the_worst_level_wins_and_every_source_is_named(tmp_path: Path) -> None:
    checked = check_own(tmp_path, SQUARE, GROUNDS, applying("top", "square", "cited", "gap", "failed"))
    assert checked["own.top"].trust == "open"
    assert checked["own.top"].why == "rests on open: own.failed (fails its check), own.gap; rests on cited: own.cited"


def test_a_result_says_what_its_own_steps_cost(tmp_path: Path) -> None:
    checked = check_own(tmp_path, GROUNDS)
    assert checked["own.quote"].why == "cited by itself (Gauss 1801, page 2)"
    assert checked["own.cited"].why == "cited by itself (Gauss: C. F. Gauss, Demonstratio nova, 1799, page 1)"
    assert checked["own.gap"].why == "open by itself"
    assert checked["own.failed"].why == "its own check fails"
    assert checked["own.failed"].trust == "open"


def test_the_summary_is_one_full_line(tmp_path: Path) -> None:
    checked = check_own(tmp_path, SQUARE, GROUNDS, applying("top", "failed"))
    assert line_of(checked) == (
        "1 proved, 0 certified, 2 cited: own.cited; own.quote, 4 open: own.failed (fails its check); own.gap; own.open"
    )


def test_a_summary_counts_every_result_once() -> None:
    checked = checked_library()
    summary = trust_summary({name: each.result for name, each in checked.items()})
    assert tuple(summary.counts) == TRUST_LEVELS
    assert sum(summary.counts.values()) == len(checked)


def test_applying_what_does_not_exist_fails_and_names_it(tmp_path: Path) -> None:
    checked = check_own(tmp_path, applying("top", "nowhere"), applying("above", "top"))
    assert not checked["own.top"].accepted
    assert checked["own.above"].trust == "open"
    assert "own.nowhere (no such result)" in checked["own.above"].why
    assert "own.nowhere (no such result)" in line_of(checked)


def test_a_checked_theorem_has_no_truth_value(tmp_path: Path) -> None:
    with pytest.raises(TypeError):
        bool(check_own(tmp_path, SQUARE)["own.square"])


# Forged results ------------------------------------------------------------------------------------------------------


def test_a_hand_made_result_is_not_believed(tmp_path: Path) -> None:
    library = own(tmp_path, GROUNDS)
    failed = library.theorems["own.failed"]
    forged = CheckResult(failed, accepted=True, trust="proved")
    assert forged.accepted
    assert not check_library(library, ["own.failed"])["own.failed"].accepted


@pytest.mark.parametrize(("accepted", "trust"), [(False, "proved"), (True, "wonderful"), (True, "")])
def test_a_result_that_is_refused_or_of_no_known_level_is_open(tmp_path: Path, accepted: bool, trust: str) -> None:
    square = own(tmp_path, SQUARE).theorems["own.square"]
    result = CheckResult(square, accepted, trust)
    assert propagated_trust({"own.square": result}, "own.square") == "open"
    assert trust_summary({"own.square": result}).counts["proved"] == 0


def test_a_result_cannot_hide_what_it_uses(tmp_path: Path) -> None:
    checked = check_own(tmp_path, GROUNDS, applying("top", "open"))
    results = {name: each.result for name, each in checked.items()}
    results["own.top"] = replace(results["own.top"], uses=())
    assert propagated_trust(results, "own.top") == "open"


def test_a_proof_that_is_no_proof_is_refused_without_hiding_the_others(tmp_path: Path) -> None:
    broken = 'theorem("own.broken", "Broken", variables=[x], conclusion=x**2 >= 0, proof=[forged])'
    forged = 'from dataclasses import replace\nforged = replace(have("a", x >= 0, by("sign")), claim=by("sign"))\n'
    checked = check_own(tmp_path, SQUARE, f"{forged}BROKEN = {broken}\n")
    assert (checked["own.broken"].accepted, checked["own.broken"].trust) == (False, "open")
    assert checked["own.broken"].result.diagnostics
    assert checked["own.square"].trust == "proved"


# Circles -------------------------------------------------------------------------------------------------------------

CIRCLES = {
    1: [applying("a", "a")],
    2: [applying("a", "b"), applying("b", "a")],
    3: [applying("a", "b"), applying("b", "c"), applying("c", "a")],
}


@pytest.mark.parametrize("length", CIRCLES)
def test_a_circle_is_named_and_no_member_is_accepted(tmp_path: Path, length: int) -> None:
    names = [f"own.{letter}" for letter in "abc"[:length]]
    checked = check_own(tmp_path, *CIRCLES[length], applying("above", "a"), SQUARE)
    for k, name in enumerate(names):
        circle = " -> ".join([*names[k:], *names[:k], name])
        assert not checked[name].result.accepted
        assert checked[name].trust == "open"
        assert checked[name].result.diagnostics[0].code == CYCLE_CODE
        assert circle in checked[name].result.diagnostics[0].message
    assert checked["own.above"].result.accepted
    assert (checked["own.above"].accepted, checked["own.above"].trust) == (False, "open")
    assert checked["own.square"].trust == "proved"
    assert trust_summary({n: c.result for n, c in checked.items()}).failed == tuple(names)


def test_a_member_is_refused_also_when_only_another_one_is_asked_for(tmp_path: Path) -> None:
    checked = check_library(own(tmp_path, *CIRCLES[3]), ["own.b"])
    assert set(checked) == {"own.a", "own.b", "own.c"}
    assert not any(each.result.accepted for each in checked.values())


def test_cycles_of_a_graph(tmp_path: Path) -> None:
    theorems = own(tmp_path, *CIRCLES[3], applying("d", "d", "a")).theorems
    graph = dependencies({name: t for name, t in theorems.items() if name.startswith("own.")})
    assert cycles(graph) == (("own.a", "own.b", "own.c", "own.a"), ("own.d", "own.d"))
    assert cycles(dependencies(load_library().theorems)) == ()


# Order and neighbourhood ---------------------------------------------------------------------------------------------

DIAMOND = [SQUARE, applying("left", "square"), applying("right", "square"), applying("top", "left", "right")]


def test_what_others_rest_on_is_checked_first(tmp_path: Path) -> None:
    library = own(tmp_path, *DIAMOND)
    assert all_needed(library, ["own.top"]) == ("own.square", "own.left", "own.right", "own.top")
    told: list[str] = []
    assert tuple(check_library(library, ["own.top"], told.append)) == tuple(told) == all_needed(library, ["own.top"])
    order = all_needed(library)
    assert all(order.index(used) < order.index(name) for name in order for used in library.theorems[name].uses())


def test_an_order_exists_even_with_a_circle(tmp_path: Path) -> None:
    graph = dependencies(own(tmp_path, *CIRCLES[2], applying("above", "a"), SQUARE).theorems)
    assert check_order(graph, ["own.above"]) == ("own.a", "own.b", "own.above")
    assert check_order(graph, ["own.a"]) == ("own.a", "own.b")


def test_the_neighbourhood_of_a_result(tmp_path: Path) -> None:
    checked = check_own(tmp_path, *DIAMOND, SQUARE.replace("SQUARE", "ALONE").replace("own.square", "own.alone"))
    graph = dependency_graph({name: each.result for name, each in checked.items()})
    assert set(neighbourhood(graph, "own.left")) == {"own.square", "own.left", "own.top"}
    assert set(neighbourhood(graph, "own.top", depth=1)) == {"own.left", "own.right", "own.top"}
    assert set(neighbourhood(graph, "own.top", depth=0)) == {"own.top"}
    assert neighbourhood(graph, "own.top").nodes["own.top"] == {"title": "Top", "kind": "theorem", "trust": "proved"}
    assert set(neighbourhood(graph, "own.left", side="below")) == {"own.square", "own.left"}
    assert set(neighbourhood(graph, "own.left", side="above")) == {"own.left", "own.top"}


def test_an_unknown_id_is_bad_input() -> None:
    with pytest.raises(InputError, match="no result of that name"):
        check_library(load_library(), ["own.unknown"])


def test_nothing_asked_for_is_nothing_checked() -> None:
    assert dict(check_library(load_library(), [])) == {}
