"""Which of the facts in reach the kernel needed for something that it accepted without being told."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from symproof.kernel.discharge import Discharger
from symproof.kernel.rule import Evidence
from symproof.kernel.rules.linear import LinearFacts, discharge_linear
from symproof.kernel.sequent import Hypothesis, Sequent
from symproof.logic.term import Term

__all__ = ["needed_facts", "with_multipliers"]

Holds = Callable[[Sequent, Discharger], bool]


def needed_facts(sequent: Sequent, evidence: Evidence, holds: Holds) -> tuple[Term, ...] | None:
    """Facts of a sequent with which ``holds`` still says yes, none of which can be left out; None if it says no."""
    facts = tuple(dict.fromkeys(sequent.facts()))

    def enough(some: Sequence[Term]) -> bool:
        fewer = Sequent(sequent.variables, tuple(Hypothesis("", f) for f in reversed(some)))
        return holds(fewer, Discharger(evidence, _linear_of(sequent, len(some))))

    if enough(()):
        return ()
    if not enough(facts):
        return None
    size = len(facts) // 2
    while size:
        start = 0
        while start < len(facts):
            fewer = facts[:start] + facts[start + size :]
            if enough(fewer):
                facts = fewer
            else:
                start += size
        size //= 2
    return facts


def with_multipliers(facts: Sequence[Term], goal: Term, multipliers: Sequence[Sequence[object]]) -> tuple[Term, ...]:
    """The facts that have a Farkas multiplier."""
    sources = LinearFacts(facts, goal, lambda _t: {}).sources
    return tuple(
        dict.fromkeys(
            term for row in multipliers for (term, part, _), m in zip(sources, row, strict=False) if m and part is None
        )
    )


def _linear_of(full: Sequent, count: int) -> Callable[[Sequent, Term, Evidence], bool]:
    """Linear arithmetic with what was found for the full sequent, where ``count`` of its facts are left."""

    def linear(inner: Sequent, goal: Term, evidence: Evidence) -> bool:
        whole = Sequent(inner.variables, (*full.hypotheses, *inner.hypotheses[count:]))
        if not discharge_linear(whole, goal, evidence):
            return False
        source = tuple(whole.facts())
        used = with_multipliers(source, goal, evidence.find("linear", goal, source) or ())
        return set(used) <= set(inner.facts())

    return linear
