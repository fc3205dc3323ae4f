"""Small changes of statements and proofs: each makes a mutant that ought to be wrong, or at least not proved this way.

An operator changes one place of one proposition. ``mutants_of`` applies every operator at the first places of every
claim where it is applicable, and drops every hypothesis in turn.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from symproof.errors import SymproofError
from symproof.kernel.check import CheckedStep
from symproof.logic.sort import INT, SortError
from symproof.logic.term import Term, _rebuild, coerce, relation
from symproof.proof.author import open_step
from symproof.proof.step import Branch, Link, Step
from symproof.proof.theorem import Theorem

__all__ = ["OPERATORS", "Mutant", "MutationError", "changes", "from_place", "mutants_of"]

PLACES = 2
"""At how many places of one claim an operator is applied."""


class MutationError(SymproofError):
    """A mutant could not be built: the engine has a mistake, or there is nothing to mutate."""


@dataclass(frozen=True)
class Mutant:
    """A changed theorem.

    Attributes:
        theorem: the whole theorem with the change.
        place: the number of the step, ``conclusion``, or ``hypothesis LABEL``.
        operator: what was done.
        before: the proposition (or term) that was changed; None if something was dropped.
        after: what became of it.
    """

    theorem: Theorem
    place: str
    operator: str
    before: Term | None = None
    after: Term | None = None

    def __str__(self) -> str:
        change = f": {self.before} became {self.after}" if self.before is not None else ""
        return f"{self.theorem.id} {self.place} ({self.operator}){change}"


# Operators on a term: the changed node, or None where the operator does not apply ------------------------------------


def _sign(t: Term) -> Term | None:
    if t.op in ("add", "sub"):
        return Term("sub" if t.op == "add" else "add", t.args, None, t.sort)
    return t.args[0] if t.op == "neg" else None


def _coefficient(t: Term) -> Term | None:
    return coerce(t.data + 1) if t.op == "num" else None


def _exponent(t: Term) -> Term | None:
    if t.op == "pow" and t.args[1].op == "num":
        return t.args[0] ** coerce(t.args[1].data + 1)
    if t.op in ("mul", "div") and t.sort.is_number and t.args[0].op != "num":
        return t.args[0] * t if t.op == "mul" else t.args[0] * t.args[1]
    return None


_OPPOSITE = {"eq": "ne", "ne": "eq", "le": "gt", "lt": "ge", "ge": "lt", "gt": "le"}
_STRICTER = {"le": "lt", "ge": "gt", "eq": "lt"}
_REVERSED = {"le": "ge", "lt": "gt", "ge": "le", "gt": "lt"}


def _exchange(table: dict[str, str]) -> Callable[[Term], Term | None]:
    def change(t: Term) -> Term | None:
        if t.op not in table or not t.args[0].sort.is_number:
            return None
        return relation(table[t.op], *t.args)

    return change


def _index(t: Term) -> Term | None:
    """Two indices of one family exchanged, or one index moved by one."""
    if t.op != "apply" or any(a.sort != INT for a in t.args[1:]):
        return None
    function, *indices = t.args
    moved = indices[::-1] if len(indices) > 1 else [indices[0] + 1]
    return Term("apply", (function, *moved), None, t.sort)


def _bound(t: Term) -> Term | None:
    """The upper end of a range moved by one."""
    if t.op not in ("sum", "minover", "maxover"):
        return None
    return Term(t.op, (t.args[0], t.args[1] + 1, t.args[2]), t.data, t.sort)


def _guard(t: Term) -> Term | None:
    """A premise dropped, or a part of a premise."""
    if t.op != "implies":
        return None
    premise, conclusion = t.args
    if premise.op == "and" and len(premise.args) == 2:
        return Term("implies", (premise.args[1], conclusion), None, t.sort)
    return conclusion


_DUAL = {"min": "max", "max": "min", "minover": "maxover", "maxover": "minover", "forall": "exists", "exists": "forall",
         "and": "or", "or": "and"}  # fmt: skip


def _dual(t: Term) -> Term | None:
    return Term(_DUAL[t.op], t.args, t.data, t.sort) if t.op in _DUAL else None


def _branches(t: Term) -> Term | None:
    """The two values of a choice exchanged."""
    if t.op != "ite" or t.args[1].sort != t.args[2].sort:
        return None
    return Term("ite", (t.args[0], t.args[2], t.args[1]), None, t.sort)


OPERATORS: dict[str, Callable[[Term], Term | None]] = {
    "sign": _sign,
    "coefficient": _coefficient,
    "exponent": _exponent,
    "opposite relation": _exchange(_OPPOSITE),
    "strict relation": _exchange(_STRICTER),
    "reversed relation": _exchange(_REVERSED),
    "index": _index,
    "range": _bound,
    "premise": _guard,
    "dual": _dual,
    "branches": _branches,
}
"""Name to change; each returns a node of the same sort."""


def changes(t: Term, operator: Callable[[Term], Term | None], limit: int = PLACES) -> Iterator[Term]:
    """``t`` with the operator applied at one place, for the first ``limit`` such places, outermost first."""
    found = 0
    for result in _everywhere(t, operator):
        if result != t:
            yield result
            found += 1
        if found == limit:
            return


def _everywhere(t: Term, operator: Callable[[Term], Term | None]) -> Iterator[Term]:
    try:
        changed = operator(t)
    except SortError:
        changed = None
    if changed is not None:
        yield changed
    for position, argument in enumerate(t.args):
        for inner in _everywhere(argument, operator):
            try:
                yield _rebuild(t, (*t.args[:position], inner, *t.args[position + 1 :]))
            except SortError:
                continue


# Places in a theorem -------------------------------------------------------------------------------------------------


def _step_terms(step: Step) -> Iterator[tuple[Term, Callable[[Term], Step]]]:
    """The terms of one step, each with the function that puts another one in its place."""
    if step.claim is not None:
        yield step.claim, lambda new: replace(step, claim=new)
    for position, link in enumerate(step.links):
        yield (
            link.term,
            lambda new, k=position, old=link: replace(
                step, links=(*step.links[:k], Link(old.relation, new, old.by), *step.links[k + 1 :])
            ),
        )
    if step.kind in ("let", "witness", "calc"):
        for position, term in enumerate(step.terms):
            yield term, lambda new, k=position: replace(step, terms=(*step.terms[:k], new, *step.terms[k + 1 :]))
    for position, branch in enumerate(step.branches):
        if branch.assumption is not None:
            yield (
                branch.assumption,
                lambda new, k=position, old=branch: replace(
                    step, branches=(*step.branches[:k], replace(old, assumption=new), *step.branches[k + 1 :])
                ),
            )
    for position, (name, value) in enumerate(step.substitution):
        yield (
            value,
            lambda new, k=position, old=name: replace(
                step, substitution=(*step.substitution[:k], (old, new), *step.substitution[k + 1 :])
            ),
        )


def _places(steps: tuple[Step, ...], path: str) -> Iterator[tuple[str, Term, Callable[[Term], tuple[Step, ...]]]]:
    """Every term of a proof: (number of its step, the term, the proof with another term in its place)."""
    for position, step in enumerate(steps):
        number = f"{path}.{position + 1}" if path else str(position + 1)

        def put(new: Step, k: int = position) -> tuple[Step, ...]:
            return (*steps[:k], new, *steps[k + 1 :])

        for term, change in _step_terms(step):
            yield number, term, lambda new, change=change, put=put: put(change(new))
        for inner, term, rest in _places(step.steps, number):
            yield inner, term, lambda new, rest=rest, put=put, step=step: put(replace(step, steps=rest(new)))
        for k, branch in enumerate(step.branches):
            for inner, term, rest in _places(branch.steps, f"{number}.{k + 1}"):
                yield (
                    inner,
                    term,
                    lambda new, rest=rest, put=put, step=step, k=k, branch=branch: put(
                        replace(step, branches=_with(step.branches, k, replace(branch, steps=rest(new))))
                    ),
                )


def _with(branches: tuple[Branch, ...], k: int, new: Branch) -> tuple[Branch, ...]:
    return (*branches[:k], new, *branches[k + 1 :])


def mutants_of(theorem: Theorem) -> Iterator[Mutant]:
    """All mutants of a theorem with a proof."""
    if not theorem.proof:
        raise MutationError(f"{theorem.id} has no proof to mutate")
    for position, (label, _) in enumerate(theorem.hypotheses):
        rest = (*theorem.hypotheses[:position], *theorem.hypotheses[position + 1 :])
        yield Mutant(replace(theorem, hypotheses=rest), f"hypothesis {label}", "dropped")
    for name, operator in OPERATORS.items():
        for after in changes(theorem.conclusion, operator):
            changed = replace(theorem, conclusion=after)
            yield Mutant(changed, "conclusion", name, theorem.conclusion, after)
    for number, before, put in _places(theorem.proof, ""):
        for name, operator in OPERATORS.items():
            for after in changes(before, operator):
                yield Mutant(replace(theorem, proof=put(after)), number, name, before, after)


# The rest of a proof from one place on --------------------------------------------------------------------------------


def from_place(theorem: Theorem, checked: Sequence[CheckedStep], place: str) -> Theorem:
    """The theorem with all that its proof does before a step taken for granted, so that it need not be checked again.

    Args:
        theorem: the (changed) theorem.
        checked: the checked steps of the proof before the change.
        place: the number of the step.
    """
    numbers = [int(part) - 1 for part in place.split(".")]
    return replace(theorem, proof=_granted(theorem.proof, checked, numbers))


def _granted(steps: Sequence[Step], checked: Sequence[CheckedStep], numbers: Sequence[int]) -> tuple[Step, ...]:
    here, *rest = numbers
    before = [granted for step, known in zip(steps[:here], checked, strict=False) for granted in _taken(step, known)]
    if not rest:
        return (*before, *steps[here:])
    step, known = steps[here], checked[here]
    if not step.branches:
        inner = replace(step, steps=_granted(step.steps, known.children, rest))
        return (*before, inner, *steps[here + 1 :])
    branches = []
    for k, branch in enumerate(step.branches):
        inside = [c for c in known.children if c.path.startswith(f"{known.path}.{k + 1}.")]
        if k < rest[0] and inside:
            branch = replace(branch, steps=(open_step("", inside[0].goal),))
        elif k == rest[0]:
            branch = replace(branch, steps=_granted(branch.steps, inside, rest[1:]))
        branches.append(branch)
    return (*before, replace(step, branches=tuple(branches)), *steps[here + 1 :])


def _taken(step: Step, known: CheckedStep) -> tuple[Step, ...]:
    """A step whose claim is taken for granted, where that makes no difference to the steps after it."""
    if step.kind == "suffices":
        return (replace(step, by=None, steps=(open_step("", known.goal),)),)
    if known.claim is None or step.kind not in ("have", "calc", "apply", "unfold") or step.target == "goal":
        return (step,)
    labels = step.labels or (step.label,)
    parts = known.claim.args if len(labels) > 1 else (known.claim,)
    return tuple(open_step(label, part) for label, part in zip(labels, parts, strict=True))
