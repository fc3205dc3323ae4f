"""Matching what a result says with a goal: values for its variables, functions, families and sizes included.

First-order matching with three additions: the sizes of matrices are matched with them, a function that is applied to
bound variables (``f(t)`` under "for all t") may stand for any term in them, and what cannot be decided yet (a function
at other places) is compared at the end. The outcome is a proposal; whoever uses it has the kernel check it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from symproof.kernel.sequent import RESERVED
from symproof.logic.sort import Sort, SortError, accepts, fun_sort
from symproof.logic.term import BINDERS, Term, abstract, free_variables, instantiate, subst

__all__ = ["Conclusion", "Matching", "conclusions", "flipped"]

_FLIPPED = {"le": "ge", "ge": "le", "lt": "gt", "gt": "lt", "eq": "eq", "ne": "ne"}
_FRESH = RESERVED[0] + "m"


@dataclass(frozen=True)
class Conclusion:
    """One thing that a proposition says: for all ``variables``, if the ``guards`` hold, then ``body``.

    Attributes:
        variables: reserved names for what is universally quantified, in order.
        guards: the premises on the way.
        body: no quantifier for all, implication, conjunction or equivalence.
        part: which part of a conjunction at the top it belongs to, from 0; None if the whole is no conjunction.
    """

    variables: tuple[Term, ...]
    guards: tuple[Term, ...]
    body: Term
    part: int | None = None


def conclusions(proposition: Term) -> tuple[Conclusion, ...]:
    """All that a proposition says, the proposition as a whole first."""
    if proposition.op == "and":
        parts = [replace(c, part=k) for k, p in enumerate(proposition.args) for c in conclusions(p)]
        return (Conclusion((), (), proposition), *parts)
    inner = _opened(proposition, (), ())
    whole = Conclusion((), (), proposition)
    return (whole, *(c for c in inner if c != whole))


def _opened(p: Term, variables: tuple[Term, ...], guards: tuple[Term, ...]) -> Iterator[Conclusion]:
    if p.op == "forall":
        variable = Term("var", (), f"?{len(variables)}", p.data[0].sort)
        yield from _opened(instantiate(p, (variable,)), (*variables, variable), guards)
    elif p.op == "implies":
        premises = p.args[0].args if p.args[0].op == "and" else (p.args[0],)
        yield from _opened(p.args[1], variables, (*guards, *premises))
    elif p.op == "and":
        for part in p.args:
            yield from _opened(part, variables, guards)
    elif p.op == "iff":
        yield Conclusion(variables, guards, p)
        yield from _opened(p.args[0], variables, (*guards, p.args[1]))
        yield from _opened(p.args[1], variables, (*guards, p.args[0]))
    else:
        yield Conclusion(variables, guards, p)


def flipped(p: Term) -> Term | None:
    """``b >= a`` for ``a <= b`` and the like; None if the proposition is no relation."""
    return Term(_FLIPPED[p.op], (p.args[1], p.args[0]), None, p.sort) if p.op in _FLIPPED else None


@dataclass(frozen=True)
class Matching:
    """Values found so far.

    Attributes:
        unknown: the variables that want a value.
        values: those that have one.
        later: pairs of a pattern and a term that can be compared only when more values are known.
    """

    unknown: frozenset[Term]
    values: Mapping[Term, Term] = field(default_factory=dict)
    later: tuple[tuple[Term, Term], ...] = ()

    def match(self, pattern: Term, term: Term) -> Matching | None:
        """The matching under which ``pattern`` becomes ``term``, or None if there is none."""
        work = _Work(self.unknown, dict(self.values), list(self.later))
        try:
            if not work.match(pattern, term, ()) or not work.settle():
                return None
        except SortError:
            return None
        return Matching(self.unknown, work.values, tuple(work.later))

    def with_value(self, variable: Term, value: Term) -> Matching | None:
        """The matching with one more value, or None if that does not fit what is known."""
        return self.match(variable, value)

    def missing(self, variables: tuple[Term, ...]) -> tuple[Term, ...]:
        """Those of the variables that have no value yet."""
        return tuple(v for v in variables if v not in self.values)

    def at(self, term: Term) -> Term:
        """``term`` with the values in place. Raises SortError if they do not fit there."""
        return subst(term, self.values)


@dataclass
class _Work:
    unknown: frozenset[Term]
    values: dict[Term, Term]
    later: list[tuple[Term, Term]]
    count: int = 0

    def match(self, pattern: Term, term: Term, bound: tuple[Term, ...]) -> bool:
        """``bound`` are the variables that stand for the bound ones on the way here; no value may contain them."""
        if pattern == term:
            return True
        if pattern in self.unknown:
            return self.assign(pattern, term, bound)
        if pattern.op == "apply" and pattern.args[0] in self.unknown:
            return self.function(pattern, term, bound)
        if pattern.op != term.op or len(pattern.args) != len(term.args) or not pattern.args:
            return False
        if pattern.op in BINDERS:
            return self.binder(pattern, term, bound)
        if pattern.data != term.data:
            return False
        return all(self.match(p, t, bound) for p, t in zip(pattern.args, term.args, strict=True))

    def assign(self, variable: Term, term: Term, bound: tuple[Term, ...]) -> bool:
        if variable in self.values:
            return self.values[variable] == term
        if free_variables(term) & set(bound) or not self.sorts(variable.sort, term.sort):
            return False
        self.values[variable] = term
        return True

    def sorts(self, wanted: Sort, found: Sort) -> bool:
        if wanted.kind == found.kind == "matrix":
            return all(self.match(p, t, ()) for p, t in zip(wanted.args, found.args, strict=True))  # type: ignore[arg-type]
        return accepts(wanted, found)

    def function(self, pattern: Term, term: Term, bound: tuple[Term, ...]) -> bool:
        head, arguments = pattern.args[0], pattern.args[1:]
        known = self.values.get(head)
        if known is not None:
            return self.match(known(*arguments), term, bound)
        if term.op == "apply" and len(term.args) == len(pattern.args):
            before = (dict(self.values), list(self.later))
            if all(self.match(p, t, bound) for p, t in zip(pattern.args, term.args, strict=True)):
                return True
            self.values, self.later = before
        if set(arguments) <= set(bound) and len(set(arguments)) == len(arguments):
            sort = fun_sort(*(a.sort for a in arguments), term.sort)
            if free_variables(term) & (set(bound) - set(arguments)) or not accepts(head.sort, sort):
                return False
            self.values[head] = _lambda(arguments, term)
            return True
        if bound and free_variables(term) & set(bound):
            return False  # it could be compared later only inside the binder
        self.later.append((pattern, term))
        return True

    def binder(self, pattern: Term, term: Term, bound: tuple[Term, ...]) -> bool:
        if [b.sort for b in pattern.data] != [b.sort for b in term.data]:
            return False
        if not all(self.match(p, t, bound) for p, t in zip(pattern.args[:-1], term.args[:-1], strict=True)):
            return False
        fresh = tuple(
            Term("var", (), f"{_FRESH}{len(bound) + k}_{b.hint}", b.sort) for k, b in enumerate(term.data)
        )  # fmt: skip
        return self.match(instantiate(pattern, fresh), instantiate(term, fresh), (*bound, *fresh))

    def settle(self) -> bool:
        """Compare what waited, as far as its values are known now."""
        waiting, self.later = self.later, []
        for pattern, term in waiting:
            if pattern.args[0] not in self.values:
                self.later.append((pattern, term))
            elif not self.match(subst(pattern, {pattern.args[0]: self.values[pattern.args[0]]}), term, ()):
                return False
        return True


def _lambda(variables: tuple[Term, ...], body: Term) -> Term:
    named = tuple(Term("var", (), v.name.partition("_")[2] or "t", v.sort) for v in variables)
    binders, inside = abstract(body, variables)
    binders = tuple(b._replace(hint=n.name) for b, n in zip(binders, named, strict=True))
    return Term("lam", (inside,), binders, fun_sort(*(v.sort for v in variables), body.sort))
