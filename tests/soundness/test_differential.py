"""The kernel, the re-checker, exact evaluation and Z3 about the same random claims.

What either checker accepts as a single step must hold, and be defined, at each point where all hypotheses hold; and no
two of those that decide may contradict each other. ``python -m tests.soundness.test_differential SEED SECONDS`` (or
``SEED SECONDS matrices``) tries as many as it can outside the tests, and says what the kernel accepts and the
re-checker does not.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice
from random import Random
from typing import Any

import pytest

from symproof.errors import SymproofError
from symproof.kernel.discharge import Discharger, introduce
from symproof.kernel.evaluate import EvaluationError, Undefined, decide
from symproof.kernel.interface import rules
from symproof.kernel.rule import Refusal, Request
from symproof.kernel.sequent import Sequent
from symproof.library import load_library
from symproof.logic.sort import SortError
from symproof.logic.term import Term, free_variables
from symproof.proof.author import by, qed
from symproof.proof.theorem import walk
from symproof.recheck.proof import Theorem as Rechecked
from symproof.recheck.question import Evidence
from symproof.recheck.refused import Refused
from symproof.recheck.steps import check_theorem
from symproof.recheck.wellformed import Wellformed
from symproof.tactics.evidence_search import SearchingEvidence
from tests.recheck.from_kernel import checked
from tests.recheck.proof_from_kernel import ProofConverter
from tests.soundness.checking import statement
from tests.soundness.mutation import OPERATORS, changes, mutants_of
from tests.soundness.random_claims import Claim, claims, special_points
from tests.soundness.random_matrix_claims import concrete_claims, matrix_claims
from tests.soundness.random_matrix_claims import counterexample as refuted_at
from tests.soundness.random_terms import REALS

pytestmark = pytest.mark.slow

x, y = REALS
Source = Callable[[Random], Iterator[Claim]]
Refuter = Callable[[Claim, Random], tuple[str, dict[Term, Any]] | None]
POINTS = 40
POLYNOMIAL = frozenset({"sign", "field", "ring", "linear", "sos", "sum", "extremum", "logic"})
"""The rules many of whose claims Z3 understands."""


def holds(p: Term, point: dict[Term, Any]) -> bool | None:
    """The truth at a point; None if it is not known."""
    return decide(p, point, limit=256)


def counterexample(claim: Claim, random: Random, count: int = POINTS) -> tuple[str, dict[Term, Any]] | None:
    """A point where all hypotheses hold and the goal fails (or is not defined), and which of the two it is."""
    for point in special_points(random, count):
        try:
            if any(holds(h, point) is not True for h in claim.hypotheses):
                continue
        except (Undefined, EvaluationError):
            continue
        try:
            if holds(claim.goal, point) is False:
                return "false", point
        except Undefined:
            return "undefined", point
        except EvaluationError:
            continue
    return None


def denied(claim: Claim) -> bool:
    """Whether Z3 has a point where the hypotheses hold and the goal fails, as exact evaluation confirms."""
    sequent = Sequent(tuple({v for t in (claim.goal, *claim.hypotheses) for v in free_variables(t)}))
    for hypothesis in claim.hypotheses:
        sequent = sequent.with_hypothesis("", hypothesis)
    inner, goal = introduce(sequent, claim.goal)
    try:
        rules()["smt"].check(Request(goal, (), inner, Discharger(), SearchingEvidence()))
    except Refusal as refusal:
        return "the goal fails" in (refusal.got or "") and not refusal.undecided
    return False


def verdicts(claim: Claim, rule: str, random: Random) -> tuple[bool, bool]:
    """Whether the kernel accepts a claim as a step by a rule, and whether the re-checker does.

    The re-checker is handed what was found for the claim, and for claims next to it as if it were for this one.
    """
    labels = [f"h{k}" for k in range(len(claim.hypotheses))]
    given = dict(zip(labels, claim.hypotheses, strict=True))
    free = sorted({v for t in (claim.goal, *claim.hypotheses) for v in free_variables(t)}, key=lambda v: v.name)

    def written(goal: Term) -> Any:
        return statement(goal, [qed(by(rule, *labels))], variables=free, hypotheses=given)

    convert = ProofConverter()
    result, evidence = checked(written(claim.goal), {}, convert)
    other, known = convert.theorem(written(claim.goal)), [evidence]
    near = [*changes(claim.goal, random.choice([*OPERATORS.values()]))] if rule not in ("elementary", "ring") else []
    for goal in near[:1]:
        known.append(_moved(checked(written(goal), {}, convert)[1], convert.term(goal), other))
    entries = tuple(e for each in known for e in each.entries)
    outcome = check_theorem(replace(other, evidence=Evidence(entries)), {}, Wellformed())
    return result.accepted, outcome.level != "open" and not outcome.problems


def _moved(evidence: Evidence, old: Any, theorem: Rechecked) -> Evidence:
    return Evidence(tuple((r, theorem.conclusion if g == old else g, f, v) for r, g, f, v in evidence.entries))


def disagreements(
    seed: int, source: Source = claims, refute: Refuter = counterexample
) -> Iterator[tuple[str, Claim, str, Any]]:
    """(rule, claim, what is wrong, point) for random claims, without end; nothing wrong is ``""``."""
    random = Random(seed)
    for claim in source(random):
        rule = random.choice(claim.rules)
        try:
            kernel, recheck = verdicts(claim, rule, random)
        except (Refused, SortError, SymproofError):
            yield rule, claim, "not written", None
            continue
        if not (kernel or recheck):
            yield rule, claim, "", None
            continue
        found = refute(claim, random) or (("false", "Z3") if rule in POLYNOMIAL and denied(claim) else None)
        accepted = "both" if kernel and recheck else "kernel" if kernel else "recheck"
        yield rule, claim, accepted if found is None else f"{accepted} wrong: {found[0]}", found and found[1]


@pytest.mark.parametrize("seed", range(3))
def test_what_a_checker_accepts_is_true(seed: int) -> None:
    found = [d[2] for d in islice(disagreements(seed), 60)]
    assert found.count("both") >= 5
    assert not [d for d in found if "wrong" in d]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2))
def test_what_a_checker_accepts_of_matrices_is_true(seed: int) -> None:
    found = [d[2] for d in islice(disagreements(seed, matrix_claims, refuted_at), 50)]
    assert found.count("both") >= 5
    assert not [d for d in found if "wrong" in d]


def test_what_a_checker_accepts_of_literal_matrices_is_true() -> None:
    """The answer is known, so that no accepted claim may be false; and true ones with evidence are accepted by both."""
    random, found = Random(3), Counter[str]()
    for claim, truth in islice(concrete_claims(random), 60):
        kernel, recheck = verdicts(claim, "exact_linear_algebra", random)
        assert truth or not (kernel or recheck), claim.goal
        found[f"{truth}, {kernel}, {recheck}"] += 1
    assert found["True, True, True"] >= 15
    assert found["False, False, False"] >= 15


@pytest.mark.slow
def test_the_tables_show_that_claims_about_matrices_are_false() -> None:
    """The control: most claims that nobody accepts fail, or are not defined, at some of the points."""
    random = Random(6)
    seen = [found[0] for claim in islice(matrix_claims(random), 40) if (found := refuted_at(claim, random)) is not None]
    assert seen.count("false") >= 10
    assert seen.count("undefined") >= 5


def test_the_points_show_that_claims_are_false() -> None:
    """The control: of claims that nobody accepts many are seen to fail, or not to be defined, somewhere."""
    random = Random(5)
    seen = [found[0] for claim in islice(claims(random), 60) if (found := counterexample(claim, random)) is not None]
    assert seen.count("false") >= 10
    assert seen.count("undefined") >= 1


@pytest.mark.parametrize("name", ["smooth.quadratic", "affine_piece.soft_shrink_spurious"])
def test_a_mutant_that_the_re_checker_accepts_is_one_that_the_kernel_accepts(name: str) -> None:
    library, convert = load_library().theorems, ProofConverter()
    theorem = library[name]
    needed = {step.target for step in walk(theorem.proof) if step.kind == "apply"}
    own = {other: convert.theorem(library[other]) for other in needed}
    evidence = checked(theorem, library, convert)[1]
    assert not check_theorem(replace(convert.theorem(theorem), evidence=evidence), own, Wellformed()).problems
    mutants = [*mutants_of(theorem)]
    for mutant in Random(1).sample(mutants, min(60, len(mutants))):
        try:
            written = replace(convert.theorem(mutant.theorem), evidence=evidence)
        except Refused:
            continue
        if not check_theorem(written, own, Wellformed()).problems:
            assert checked(mutant.theorem, library, convert)[0].accepted, mutant


def test_z3_shows_that_a_claim_is_false() -> None:
    pytest.importorskip("z3", reason="needs the extra smt: pip install 'symproof[smt]'")
    assert denied(Claim(x * y > 0, (x >= 0, y > 0), ()))
    assert not denied(Claim(x * y > 0, (x > 0, y > 0), ()))


def main(seed: int, seconds: float, matrices: bool) -> None:
    """Print what is wrong, and how often each verdict came."""
    found = disagreements(seed, matrix_claims, refuted_at) if matrices else disagreements(seed)
    end, count = time.monotonic() + seconds, Counter[str]()
    notes = Counter[str]()
    for rule, claim, wrong, point in found:
        count[f"{rule}: {wrong or 'refused'}"] += 1
        if "wrong" in wrong:
            print(wrong, rule, claim.goal, "GIVEN", *map(str, claim.hypotheses), "AT", point, flush=True)
        if wrong in ("kernel", "recheck"):
            notes[wrong] += 1
            print("note:", wrong, rule, claim.goal, "GIVEN", *map(str, claim.hypotheses), flush=True)
        if time.monotonic() > end:
            break
    print(*(f"{k}: {v}" for k, v in sorted(count.items())), sep="\n")


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]), "matrices" in sys.argv)
