"""Short ways to put a statement with a proof before the kernel, and a claim before one rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from symproof.kernel.check import CheckResult
from symproof.logic.syntax import Eq, num
from symproof.logic.term import Term, free_variables
from symproof.proof.author import Reason, qed
from symproof.proof.step import Step
from symproof.proof.theorem import Theorem
from symproof.tactics.evidence_search import prove_theorem

FALSE_EQUATION = Eq(num(0), num(1))


def result_of(
    conclusion: Term,
    proof: Sequence[Step],
    *,
    variables: Sequence[Term] = (),
    hypotheses: Mapping[str, Term] = MappingProxyType({}),
    library: Sequence[Theorem] = (),
    name: str = "attack",
) -> CheckResult:
    """What the kernel says, with searched evidence, of a theorem that is built past all checks of the author's side."""
    result, _ = prove_theorem(
        statement(conclusion, proof, variables=variables, hypotheses=hypotheses, name=name), {t.id: t for t in library}
    )
    return result


def statement(
    conclusion: Term,
    proof: Sequence[Step] = (),
    *,
    variables: Sequence[Term] = (),
    hypotheses: Mapping[str, Term] = MappingProxyType({}),
    name: str = "attack",
) -> Theorem:
    """A theorem as plain data: nothing is checked while it is built."""
    return Theorem(name, name, tuple(variables), tuple(hypotheses.items()), conclusion, tuple(proof))


def proves(reason: Reason, claim: Term, **hypotheses: Term) -> bool:
    """Whether a rule proves a claim from hypotheses about whatever variables they have."""
    free = sorted({v for t in (claim, *hypotheses.values()) for v in free_variables(t)}, key=lambda v: v.name)
    return result_of(claim, [qed(reason)], variables=free, hypotheses=hypotheses).accepted


def codes(result: CheckResult) -> set[str]:
    """The codes of the diagnostics."""
    return {d.code for d in result.diagnostics}


def accepted(conclusion: Term, proof: Sequence[Step], **more: Any) -> bool:
    """Whether the kernel accepts the theorem."""
    return result_of(conclusion, proof, **more).accepted
