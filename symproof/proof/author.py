"""The vocabulary in which authors write proofs. Every function builds one step and remembers the author's line.

Facts are named by label; ``at("label", i, j)`` instantiates a universally quantified one.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import Any

from symproof.logic.definition import Definition
from symproof.logic.term import Term, coerce
from symproof.proof.step import Branch, By, FactReference, Link, Source, Step

__all__ = [
    "apply", "assume", "at", "by", "calc", "case", "cases", "cite", "conjunction", "contradiction", "have", "induction",
    "let", "obtain", "open_step", "qed", "suffices", "take", "unfold", "witness",
]  # fmt: skip

Fact = str | FactReference
Reason = By | str


def at(label: str, *args: Any) -> FactReference:
    """The fact ``label``, instantiated at ``args``."""
    return FactReference(label, tuple(coerce(a) for a in args))


def by(
    rule: str,
    *facts: Fact,
    rewrite: Sequence[Fact] = (),
    unfold: Sequence[Definition] = (),
    **options: Any,
) -> By:
    """The justification by a kernel rule from ``facts``."""
    frozen = tuple(sorted((k, tuple(v) if isinstance(v, list) else v) for k, v in options.items()))
    return By(rule, _facts(facts), _facts(rewrite), tuple(unfold), frozen)


def _facts(facts: Sequence[Fact]) -> tuple[FactReference, ...]:
    return tuple(FactReference(f) if isinstance(f, str) else f for f in facts)


def _reason(reason: Reason | None) -> By | None:
    return by(reason) if isinstance(reason, str) else reason


def _here() -> Source:
    frame = sys._getframe(2)
    return Source(frame.f_code.co_filename, frame.f_lineno)


def have(label: str, claim: Term, reason: Reason | None = None, *, proof: Sequence[Step] = (), note: str = "") -> Step:
    """Establish ``claim`` by a rule or by a sub-proof, and call it ``label``."""
    return Step("have", label, claim=claim, by=_reason(reason), steps=tuple(proof), note=note, source=_here())


def calc(label: str, start: Any, *links: tuple[str, Any] | tuple[str, Any, Reason], note: str = "") -> Step:
    """A chain ``start rel term rel term ...``; its conclusion relates the first term to the last.

    For a link without a reason the tactic ``calc`` looks for one.
    """
    frozen = tuple(_link(*link) for link in links)
    return Step("calc", label, terms=(coerce(start),), links=frozen, note=note, source=_here())


def _link(relation: str, term: Any, why: Reason = "calc") -> Link:
    return Link(relation, coerce(term), by(why) if isinstance(why, str) else why)


def suffices(
    label: str, claim: Term, reason: Reason | None = None, *, proof: Sequence[Step] = (), note: str = ""
) -> Step:
    """Show that the goal follows from ``claim`` (known as ``label`` meanwhile); ``claim`` becomes the goal."""
    return Step("suffices", label, claim=claim, by=_reason(reason), steps=tuple(proof), note=note, source=_here())


def assume(*labels: str, note: str = "") -> Step:
    """Assume the premise of the goal; with several labels, the parts of a conjunction are named one by one."""
    return Step("assume", labels=labels, note=note, source=_here())


def take(*variables: Term, note: str = "") -> Step:
    """Take arbitrary values for the outermost universally quantified variables of the goal."""
    return Step("take", variables=variables, note=note, source=_here())


def let(label: str, variable: Term, value: Any, *, note: str = "") -> Step:
    """Define a new variable; ``label`` names the equation that defines it."""
    return Step("let", label, variables=(variable,), terms=(coerce(value),), note=note, source=_here())


def obtain(variables: Term | Sequence[Term], labels: str | Sequence[str], source: Fact, *, note: str = "") -> Step:
    """Name what the existential fact ``source`` says to exist; ``labels`` name the parts of what holds for it."""
    several = (variables,) if isinstance(variables, Term) else tuple(variables)
    names = (labels,) if isinstance(labels, str) else tuple(labels)
    return Step("obtain", labels=names, variables=several, facts=_facts([source]), note=note, source=_here())


def witness(*terms: Any, note: str = "") -> Step:
    """Give terms for the outermost existentially quantified variables of the goal."""
    return Step("witness", terms=tuple(coerce(t) for t in terms), note=note, source=_here())


def case(label: str, assumption: Term, *steps: Step) -> Branch:
    """One case, with the proof of the goal under ``assumption``."""
    return Branch(tuple(steps), label, assumption)


def cases(*branches: Branch, exhaustive: Reason | None = None, note: str = "") -> Step:
    """Prove the goal in each case; ``exhaustive`` says why one of them holds (default: by the order of the reals)."""
    return Step("cases", branches=branches, by=_reason(exhaustive), note=note, source=_here())


def conjunction(*proofs: Sequence[Step], note: str = "") -> Step:
    """Prove the parts of a conjunction one by one."""
    return Step("conjunction", branches=tuple(Branch(tuple(p)) for p in proofs), note=note, source=_here())


def contradiction(label: str, *steps: Step, note: str = "") -> Step:
    """Assume the negation of the goal under ``label`` and derive a contradiction."""
    return Step("contradiction", label, steps=tuple(steps), note=note, source=_here())


def induction(
    variable: Term, *, base: Sequence[Step], hypothesis: str, bound: str, step: Sequence[Step], note: str = ""
) -> Step:
    """Prove ``for all n >= n0: P(n)``: P(n0), and P(n + 1) from P(n) (label ``hypothesis``) and n >= n0 (``bound``)."""
    branches = (Branch(tuple(base), title="base"), Branch(tuple(step), hypothesis, title="step"))
    return Step("induction", bound, branches=branches, variables=(variable,), note=note, source=_here())


def apply(
    label: str | Sequence[str],
    theorem: str,
    substitution: Mapping[str, Any] | None = None,
    *,
    using: Mapping[str, Fact] | None = None,
    note: str = "",
) -> Step:
    """Apply another result. Variables not in ``substitution`` keep their names; ``using`` names facts to use."""
    labels = (label,) if isinstance(label, str) else tuple(label)
    pairs = tuple(sorted((k, coerce(v)) for k, v in (substitution or {}).items()))
    facts = tuple((k, v if isinstance(v, FactReference) else FactReference(v)) for k, v in (using or {}).items())
    return Step(
        "apply", labels[0], labels=labels, target=theorem, substitution=pairs, note=note, source=_here(),
        by=By("apply", options=tuple(sorted(facts))),
    )  # fmt: skip


def unfold(label: str, target: str, *definitions: Definition, note: str = "") -> Step:
    """Replace definitions by what they say, in the fact ``target`` (giving ``label``) or in the goal (``"goal"``)."""
    return Step("unfold", label, target=target, definitions=definitions, note=note, source=_here())


def cite(label: str, claim: Term, reference: str, *, note: str = "") -> Step:
    """Take ``claim`` from the literature; it shows as cited everywhere."""
    return Step("cite", label, claim=claim, reference=reference, note=note, source=_here())


def open_step(label: str, claim: Term, *, note: str = "") -> Step:
    """Leave ``claim`` as a gap; it shows as open everywhere."""
    return Step("open", label, claim=claim, note=note, source=_here())


def qed(reason: Reason, *, note: str = "") -> Step:
    """Establish the goal itself by a rule."""
    return Step("qed", by=_reason(reason), note=note, source=_here())
