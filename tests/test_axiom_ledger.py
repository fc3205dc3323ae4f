"""What results rest on without proof, what they may declare to avoid, and the reviewed list of the library's axioms."""

import tomllib
from pathlib import Path

import pytest

from symproof.axiom_ledger import ledger, path_to
from symproof.diagnostic_text import diagnostic_text
from symproof.library import load_library
from symproof.library_check import check_library
from tests.sample_theorems import GROUNDS, SQUARE, applying, line_of, write

THEOREMS = Path(__file__).resolve().parents[1] / "theorems"
TOWER = (SQUARE, GROUNDS, applying("mid", "cited", "gap"), applying("top", "mid", "square"))


def test_the_library_takes_for_granted_what_was_reviewed_and_nothing_else() -> None:
    listed = tomllib.loads((THEOREMS / "axioms.toml").read_text())
    library = load_library()
    own = {name: t for name, t in library.theorems.items() if library.origin(name).kind == "library"}
    found = ledger(own)
    facts = {(fact["name"], fact["kind"], fact["statement"]) for fact in listed["fact"]}
    assert facts == {(axiom.name, axiom.kind, axiom.digest) for axiom in found.axioms}
    primitive = {used.definition.name for used in found.definitions if used.definition.kind == "primitive"}
    assert {notion["name"] for notion in listed["primitive"]} == primitive
    assert all(entry["reason"].strip() for entries in listed.values() for entry in entries)
    assert len(facts) == len(listed["fact"])
    assert all(axiom.kind == "cited" and axiom.work and axiom.place for axiom in found.axioms)


def test_axioms_are_found_through_other_results(tmp_path: Path) -> None:
    library = load_library([write(tmp_path, "own", *TOWER)]).theorems
    found = ledger(library, ("own.top",))
    assert found.results == ("own.cited", "own.gap", "own.mid", "own.square", "own.top")
    assert [(a.name, a.kind) for a in found.axioms] == [("own.cited", "cited"), ("own.gap: gap", "open")]
    assert "Gauss" in found.axioms[0].work
    assert found.axioms[0].place == "page 1"
    assert found.users == {"own.cited": 2, "own.gap: gap": 3}
    assert path_to(library, "own.top", "own.cited") == ("own.top", "own.mid", "own.cited")
    assert path_to(library, "own.square", "own.cited") == ()
    assert [(a.name, a.work) for a in ledger(library, ("own.quote",)).axioms] == [
        ("own.quote: quote", "Gauss 1801, page 2")
    ]
    assert [a.kind for a in ledger(library, ("own.open",)).axioms] == ["open"]
    assert ledger(library, ("own.square",)).axioms == ()


def test_notions_of_proofs_are_told_from_those_of_the_statement() -> None:
    found = ledger(load_library().theorems, ("calculus.second_derivative",)).definitions
    used = {u.definition.name: u.in_statement for u in found}
    assert used["calculus.has_derivative"]
    assert not used["calculus.nondecreasing"]


def avoiding(*names: str, applied: str = "mid") -> str:
    """A theorem that applies another one and declares what it avoids."""
    return applying("careful", applied).replace("variables=", f'extra={{"avoids": {list(names)!r}}}, variables=')


AVOIDANCE = {
    "a cited fact two steps below": (avoiding("own.cited"), "own.careful -> own.mid -> own.cited"),
    "every cited fact": (avoiding("cited"), "own.careful -> own.mid -> own.cited"),
    "a citation in a proof": (avoiding("cited", applied="quote"), "own.careful -> own.quote -> own.quote: quote"),
    "a result that is proved": (avoiding("own.mid"), "own.careful -> own.mid"),
    "a notion": (avoiding("measure.null_set"), None),
    "another fact": (avoiding("calculus.least_upper_bound", "own.quote"), None),
    "no cited fact at all": (avoiding("cited", applied="square"), None),
    "a name that occurs nowhere": (avoiding("own.cite"), "own.cite"),
    "no list": (avoiding().replace("[]", '"own.cited"'), "'own.cited'"),
}


@pytest.mark.parametrize("name", AVOIDANCE)
def test_what_is_avoided_is_not_rested_on(name: str, tmp_path: Path) -> None:
    text, got = AVOIDANCE[name]
    path = write(tmp_path, "own", *TOWER, text)
    checked = check_library(load_library([path]), ["own.careful"])["own.careful"]
    found = [d for d in checked.result.diagnostics if d.code == "SP-AVOID-001"]
    assert checked.result.accepted == (got is None) == (not found)
    if got is not None:
        assert found[0].got == got
        assert f"own.py:{line_of(path, 'CAREFUL')}" in diagnostic_text(found[0])


def test_a_notion_that_a_result_below_speaks_of_is_no_avoided_one(tmp_path: Path) -> None:
    own = """
from theorems.measure.null_set import m, dx, on_data, null_set, x as X, y as Y
NULL = theorem("own.null", "Null", variables=[m, dx], conclusion=null_set(m, dx, on_data(Eq(Y(1), 0))))
CAREFUL = theorem("own.careful", "Careful", variables=[m, dx], conclusion=null_set(m, dx, on_data(Eq(Y(1), 0))),
    extra={"avoids": ["measure.null_set"]}, proof=[apply("null", "own.null"), qed(by("logic", "null"))])
"""
    library = load_library([write(tmp_path, "own", own)])
    (problem,) = check_library(library, ["own.careful"])["own.careful"].result.diagnostics
    assert problem.got == "own.careful -> measure.null_set"
