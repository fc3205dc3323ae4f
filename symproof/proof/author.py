"""The vocabulary in which authors write proofs. Every function builds one step and remembers the author's line.

Facts are named by label; ``at("label", i, j)`` instantiates a universally quantified one.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import Any

from symproof.logic.definition import Definition
from symproof.logic.sort import SortError
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
    if reason is not None and not isinstance(reason, (By, str)):
        raise SortError(f'a reason such as by("linear") or "linear" is wanted, found {_shown(reason)}')
    return by(reason) if isinstance(reason, str) else reason


def _claim(kind: str, label: object, claim: object) -> Term:
    """The claim of a step that is written ``kind("label", claim, ...)``."""
    if not isinstance(label, str):
        raise SortError(f'{kind} wants a label first, as in {kind}("label", claim, ...); found {_shown(label)}')
    if not isinstance(claim, Term):
        hint = "; equations are written Eq(a, b), not a == b" if isinstance(claim, bool) else ""
        raise SortError(f"{kind} {label!r} wants a proposition as its claim, found {_shown(claim)}{hint}")
    return claim


def _steps(where: str, proof: Any) -> tuple[Step, ...]:
    """The steps of a (sub-)proof."""
    if not isinstance(proof, (list, tuple)):
        raise SortError(f"{where} wants a list of steps, such as [qed(...)]; found {_shown(proof)}")
    for step in proof:
        if not isinstance(step, Step):
            hint = "; a rule alone is no step: write qed(...)" if isinstance(step, (By, str)) else ""
            raise SortError(f"{where} wants steps, found {_shown(step)}{hint}")
    return tuple(proof)


def _shown(value: object) -> str:
    """What an author wrote instead of what is wanted."""
    if isinstance(value, By):
        return f'by("{value.rule}", ...)'
    if isinstance(value, Step):
        return f"the step {value.kind}(...)"
    return f"{value!r}"[:80]


def _here() -> Source:
    frame = sys._getframe(2)
    return Source(frame.f_code.co_filename, frame.f_lineno)


def have(label: str, claim: Term, reason: Reason | None = None, *, proof: Sequence[Step] = (), note: str = "") -> Step:
    """Establish ``claim`` by a rule or by a sub-proof, and call it ``label``."""
    claim = _claim("have", label, claim)
    steps = _steps(f"have {label!r}", proof)
    return Step("have", label, claim=claim, by=_reason(reason), steps=steps, note=note, source=_here())


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
    claim = _claim("suffices", label, claim)
    steps = _steps(f"suffices {label!r}", proof)
    return Step("suffices", label, claim=claim, by=_reason(reason), steps=steps, note=note, source=_here())


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
    return Branch(_steps(f"case {label!r}", steps), label, _claim("case", label, assumption))


def cases(*branches: Branch, exhaustive: Reason | None = None, note: str = "") -> Step:
    """Prove the goal in each case; ``exhaustive`` says why one of them holds (default: by the order of the reals)."""
    for branch in branches:
        if not isinstance(branch, Branch):
            raise SortError(f'cases wants case("label", assumption, steps ...), found {_shown(branch)}')
    return Step("cases", branches=branches, by=_reason(exhaustive), note=note, source=_here())


def conjunction(*proofs: Sequence[Step], note: str = "") -> Step:
    """Prove the parts of a conjunction one by one."""
    branches = tuple(Branch(_steps("conjunction", proof)) for proof in proofs)
    return Step("conjunction", branches=branches, note=note, source=_here())


def contradiction(label: str, *steps: Step, note: str = "") -> Step:
    """Assume the negation of the goal under ``label`` and derive a contradiction."""
    return Step("contradiction", label, steps=_steps(f"contradiction {label!r}", steps), note=note, source=_here())


def induction(
    variable: Term, *, base: Sequence[Step], hypothesis: str, bound: str, step: Sequence[Step], note: str = ""
) -> Step:
    """Prove ``for all n >= n0: P(n)``: P(n0), and P(n + 1) from P(n) (label ``hypothesis``) and n >= n0 (``bound``)."""
    first, next_one = _steps("base of an induction", base), _steps("step of an induction", step)
    branches = (Branch(first, title="base"), Branch(next_one, hypothesis, title="step"))
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
    return Step("cite", label, claim=_claim("cite", label, claim), reference=reference, note=note, source=_here())


def open_step(label: str, claim: Term, *, note: str = "") -> Step:
    """Leave ``claim`` as a gap; it shows as open everywhere."""
    return Step("open", label, claim=_claim("open_step", label, claim), note=note, source=_here())


def qed(reason: Reason, *, note: str = "") -> Step:
    """Establish the goal itself by a rule."""
    return Step("qed", by=_reason(reason), note=note, source=_here())
