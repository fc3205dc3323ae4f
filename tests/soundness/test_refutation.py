"""A claim is refuted by the proved negation of the whole of it, and by nothing else."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType

import pytest

from symproof.cli.main import main
from symproof.graph import dependency_graph, trust_summary
from symproof.graph_drawing import graph_dot, graph_json
from symproof.library import Library
from symproof.library_check import CheckedTheorem, all_needed, check_library, failures
from symproof.logic.sort import SortError
from symproof.logic.syntax import And, Exists, ForAll, Implies, Not, integer, matrix, real, trace, transpose
from symproof.logic.term import Term
from symproof.proof.author import apply, assume, at, by, conjunction, have, open_step, qed, take, witness
from symproof.proof.step import Step
from symproof.proof.theorem import Citation, Theorem, Work, theorem
from tests.sample_theorems import write

x, y, z = real("x y z")
HALF = Fraction(1, 2)
WORK = Work("Someone", "A. Someone", "On squares", year="1900")

CLAIM = theorem(
    "own.claim", "Squares are larger", variables=[x], hypotheses={"x_nonnegative": x >= 0}, conclusion=x**2 >= x,
    citation=Citation(WORK, "page 1"), refuted_by="own.refutation",
)  # fmt: skip
FORMS = {
    "exists, negation moved in": Exists(z, And(z >= 0, z**2 < z)),
    "exists, not": Exists(z, And(z >= 0, Not(z**2 >= z))),
    "not for all": Not(ForAll(z, Implies(z >= 0, z**2 >= z))),
}


def proof_of(goal: Term) -> list[Step]:
    """A proof that the kernel accepts, for each of the forms."""
    if goal.op == "not":
        return [assume("all"), qed(by("linear", at("all", HALF)))]
    last = [assume("larger"), qed(by("linear", "larger"))] if "not" in {t.op for t in goal.walk()} else [qed("linear")]
    return [witness(HALF), conjunction([qed("linear")], last)]


def refutation(conclusion: Term, proof: list[Step], **more: object) -> Theorem:
    return theorem("own.refutation", "Some square is smaller", conclusion=conclusion, proof=proof, **more)  # type: ignore[arg-type]


GOOD = refutation(FORMS["exists, negation moved in"], proof_of(FORMS["exists, negation moved in"]))


def checked(*theorems: Theorem) -> dict[str, CheckedTheorem]:
    library = Library(MappingProxyType({t.id: t for t in theorems}), MappingProxyType({}))
    return dict(check_library(library))


@pytest.mark.parametrize("form", FORMS)
def test_the_proved_negation_refutes(form: str) -> None:
    found = checked(CLAIM, refutation(FORMS[form], proof_of(FORMS[form])))
    assert found["own.refutation"].trust == "proved"
    claim = found["own.claim"]
    assert (claim.trust, claim.accepted, claim.refuted_by) == ("refuted", False, "own.refutation")
    assert failures(found) == ()
    assert failures(found, ["own.claim"]) == ("own.claim",)
    summary = trust_summary({name: each.result for name, each in found.items()})
    assert "1 refuted: own.claim (refuted by own.refutation)" in summary.line
    assert summary.failed == ()


NEAR_MISSES = {
    "the hypothesis is dropped": refutation(Exists(z, z**2 < z), [witness(HALF), qed("linear")]),
    "a hypothesis is added": refutation(
        Exists(z, And(z >= 0, z >= HALF, z**2 < z)), [witness(HALF), conjunction(*[[qed("linear")]] * 3)]
    ),
    "another relation": refutation(
        Exists(z, And(z >= 0, z**2 <= z)), [witness(HALF), conjunction([qed("linear")], [qed("linear")])]
    ),
    "another number": refutation(
        Exists(z, And(z >= 1, z**2 < z)), [witness(HALF), conjunction([qed("linear")], [qed("linear")])]
    ),
    "parts swapped": refutation(
        Exists(z, And(z**2 < z, z >= 0)), [witness(HALF), conjunction([qed("linear")], [qed("linear")])]
    ),
    "variables of its own": refutation(
        GOOD.conclusion, list(GOOD.proof), variables=[x], hypotheses={"positive": x > 0}
    ),
    "a false hypothesis": refutation(
        GOOD.conclusion, list(GOOD.proof), hypotheses={"absurd": real("x") * 0 + 1 < 0}, variables=[x]
    ),
    "it says the claim": refutation(ForAll(z, Implies(z >= 0, z**2 >= z)), []),
}


@pytest.mark.parametrize("case", NEAR_MISSES)
def test_what_is_not_the_negation_refutes_nothing(case: str) -> None:
    claim = checked(CLAIM, NEAR_MISSES[case])["own.claim"]
    assert (claim.trust, claim.accepted, claim.refuted_by) == ("open", False, "")
    assert [d.code for d in claim.result.diagnostics] == ["SP-REFUTE-001"]


def test_quantifiers_in_another_order_are_another_statement() -> None:
    """For each x some larger y: true. That no y is larger than all x, also true, does not refute it."""
    claim = theorem(
        "own.claim", "A larger number", variables=[x], conclusion=Exists(y, y > x), refuted_by="own.refutation"
    )
    other = refutation(
        Not(Exists(y, ForAll(x, y > x))),
        [have("none", ForAll(y, Exists(x, y <= x)), proof=[take(y), witness(y), qed("linear")]),
         qed(by("logic", "none"))],
    )  # fmt: skip
    assert checked(claim, other)["own.claim"].trust == "open"


def test_nothing_but_a_proved_refutation_refutes() -> None:
    gap = replace(GOOD, proof=(open_step("gap", GOOD.conclusion),))
    cited = replace(GOOD, proof=(), citation=Citation(WORK, "page 2"))
    conjecture = replace(GOOD, proof=())
    fails = replace(GOOD, proof=(witness(2), conjunction([qed("linear")], [qed("linear")])))
    for weak, trust in ((gap, "open"), (cited, "cited"), (conjecture, "open"), (fails, "open")):
        found = checked(CLAIM, weak)
        assert (found["own.claim"].trust, found["own.refutation"].trust) == ("open", trust)
        assert "own.refutation, which denies it, is" in found["own.claim"].why


def test_a_refutation_that_rests_on_something_weak_refutes_nothing() -> None:
    lemma = theorem("own.lemma", "Cited", conclusion=GOOD.conclusion, citation=Citation(WORK, "page 2"))
    by_lemma = replace(GOOD, proof=(apply("it", "own.lemma"), qed(by("logic", "it"))))
    assert checked(CLAIM, lemma, by_lemma)["own.claim"].trust == "open"
    assert checked(CLAIM, by_lemma)["own.claim"].trust == "open"
    proved = replace(GOOD, id="own.lemma")
    assert checked(CLAIM, proved, by_lemma)["own.claim"].trust == "refuted"


def test_a_refutation_that_rests_on_its_claim_refutes_nothing() -> None:
    circular = replace(
        GOOD, proof=(apply("claimed", "own.claim", {"x": HALF}), *GOOD.proof)
    )  # fmt: skip
    found = checked(CLAIM, circular)
    assert found["own.refutation"].result.accepted
    assert {found["own.claim"].trust, found["own.refutation"].trust} == {"open"}


def test_claims_that_refute_each_other_or_themselves_are_open() -> None:
    one = theorem("own.one", "One", conclusion=GOOD.conclusion, refuted_by="own.two")
    two = theorem("own.two", "Two", conclusion=Not(GOOD.conclusion), refuted_by="own.one")
    self_denying = theorem("own.self", "Self", conclusion=GOOD.conclusion, refuted_by="own.self")
    found = checked(one, two, self_denying)
    assert {each.trust for each in found.values()} == {"open"}
    assert not any(each.accepted for each in found.values())


def test_a_claim_has_no_proof() -> None:
    with pytest.raises(SortError, match="has no proof"):
        theorem("own.claim", "", conclusion=GOOD.conclusion, proof=GOOD.proof, refuted_by="own.other")
    forged = replace(CLAIM, proof=(qed("sign"),))
    claim = checked(forged, GOOD)["own.claim"]
    assert (claim.trust, claim.accepted) == ("open", False)


def test_a_claim_without_its_refutation_is_no_better_than_open() -> None:
    claim = checked(CLAIM)["own.claim"]
    assert (claim.trust, claim.accepted) == ("open", False)


def test_a_matrix_of_symbolic_size_is_reported_not_guessed() -> None:
    n = integer("n")
    A = matrix("A", n, n)
    claim = theorem(
        "own.claim", "Traces", variables=[n, A], conclusion=trace(A) > trace(transpose(A)), refuted_by="own.refutation"
    )
    found = checked(claim, GOOD)["own.claim"]
    assert found.trust == "open"
    assert "cannot be written as one proposition" in found.result.diagnostics[0].message


def test_what_applies_a_refuted_claim_is_refuted_by_name_and_fails() -> None:
    user = theorem(
        "own.user", "A consequence", conclusion=Exists(y, y < 0),
        proof=[apply("claimed", "own.claim", {"x": HALF}), witness(-1), qed("linear")],
    )  # fmt: skip
    above = theorem(
        "own.above", "Above", conclusion=Exists(y, y < 0), proof=[apply("u", "own.user"), qed(by("logic", "u"))]
    )
    found = checked(CLAIM, GOOD, user, above)
    for name in ("own.user", "own.above"):
        assert (found[name].trust, found[name].accepted) == ("refuted", False)
        assert "rests on refuted: own.claim" in found[name].why
    assert set(failures(found)) == {"own.user", "own.above"}


def test_the_refutation_is_checked_with_the_claim_alone_and_drawn() -> None:
    library = Library(MappingProxyType({t.id: t for t in (CLAIM, GOOD)}), MappingProxyType({}))
    assert all_needed(library, ["own.claim"]) == ("own.refutation", "own.claim")
    assert all_needed(library, ["own.refutation"]) == ("own.refutation",)
    graph = dependency_graph({name: each.result for name, each in checked(CLAIM, GOOD).items()})
    assert graph_json(graph)["edges"] == [{"from": "own.claim", "to": "own.refutation", "kind": "refuted by"}]
    assert graph_json(graph)["nodes"][0]["kind"] == "claim"
    assert "style=dashed" in graph_dot(graph)


MODULE = """
from fractions import Fraction
from symproof.proof.author import conjunction, witness

CLAIM = theorem("own.claim", "Squares are larger", variables=[x], hypotheses={"x_nonnegative": x >= 0},
    conclusion=x**2 >= x, refuted_by="own.refutation")
REFUTATION = theorem("own.refutation", "Some square is smaller", conclusion=Exists(x, And(x >= 0, x**2 < x)),
    proof=[witness(Fraction(1, 2)), conjunction([qed("linear")], [qed("linear")])])
"""


def test_the_commands_say_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(write(tmp_path, "own", MODULE))
    assert main(["check", "own.claim", "--path", path]) == 1
    assert "own.claim: refuted (by own.refutation, which is proved)" in capsys.readouterr().out
    assert main(["check", "own.refutation", "--path", path]) == 0
    capsys.readouterr()
    assert main(["show", "own.claim", "--path", path, "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert (shown["trust"], shown["refuted_by"], shown["counterexample"]) == ("refuted", "own.refutation", {"x": "1/2"})
    assert main(["show", "own.claim", "--path", path]) == 0
    assert "own.refutation proves the negation" in capsys.readouterr().out
