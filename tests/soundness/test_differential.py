"""The kernel, the re-checker, exact evaluation and Z3 about the same random claims.

What either checker accepts as a single step must hold, and be defined, at each point where all hypotheses hold; and no
two of those that decide may contradict each other. ``python -m tests.soundness.test_differential SEED SECONDS`` tries
as many as it can outside the tests, and says what the kernel accepts and the re-checker does not.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from random import Random
from typing import Any

import pytest

from symproof.errors import SymproofError
from symproof.kernel.evaluate import EvaluationError, Undefined, decide
from symproof.logic.sort import SortError
from symproof.logic.term import Term, free_variables
from symproof.proof.author import by, qed
from symproof.recheck.proof import Theorem as Rechecked
from symproof.recheck.question import Evidence
from symproof.recheck.refused import Refused
from symproof.recheck.steps import check_theorem
from symproof.recheck.wellformed import Wellformed
from tests.recheck.from_kernel import checked
from tests.recheck.proof_from_kernel import ProofConverter
from tests.soundness.checking import statement
from tests.soundness.mutation import OPERATORS, changes
from tests.soundness.random_claims import Claim, claims, special_points

POINTS = 60


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


def disagreements(seed: int) -> Iterator[tuple[str, Claim, str, Any]]:
    """(rule, claim, what is wrong, point) for random claims, without end; nothing wrong is ``""``."""
    random = Random(seed)
    for claim in claims(random):
        rule = random.choice(claim.rules)
        try:
            kernel, recheck = verdicts(claim, rule, random)
        except (Refused, SortError, SymproofError):
            yield rule, claim, "not written", None
            continue
        if not (kernel or recheck):
            yield rule, claim, "", None
            continue
        found = counterexample(claim, random)
        accepted = "both" if kernel and recheck else "kernel" if kernel else "recheck"
        yield rule, claim, accepted if found is None else f"{accepted} wrong: {found[0]}", found and found[1]


@pytest.mark.parametrize("seed", range(4))
def test_what_a_checker_accepts_is_true(seed: int) -> None:
    found = [d for d in islice(disagreements(seed), 100) if "wrong" in d[2]]
    assert not found


def main(seed: int, seconds: float) -> None:
    """Print what is wrong, and how often each verdict came."""
    end, count = time.monotonic() + seconds, Counter[str]()
    notes = Counter[str]()
    for rule, claim, wrong, point in disagreements(seed):
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
    main(int(sys.argv[1]), float(sys.argv[2]))
