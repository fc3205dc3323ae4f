"""Sums over a range of a product: sums among the factors join it, in an order of indices that no name decides."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from itertools import permutations

from flint import fmpq

from symproof.recheck import polynomial as poly
from symproof.recheck.bound_name import bound_names, fresh_variable, height
from symproof.recheck.polynomial import Monomial, Polynomial
from symproof.recheck.term import INT, Term, free_variables, quantified, substituted

__all__ = ["closed_sum"]

MAX_PERMUTED = 4
Canonical = Callable[[Term], Term]
NormalForm = Callable[[Term], Polynomial]
Index = tuple[Term, Term, Term]


@lru_cache(maxsize=50_000)
def closed_sum(
    inside: Monomial, index: Term, low: Term, high: Term, normal_form: NormalForm, canonical: Canonical
) -> Polynomial:
    """The sum over one index of a product of atoms that depend on it, sums among them joined to it."""
    indices: list[Index] = [(index, low, high)]
    taken = {v.name for t in (index, low, high, *(t for t, _ in inside)) for v in free_variables(t)}
    factors: Polynomial = poly.constant(1)
    for t, e in inside:
        for _ in range(e):
            factors = poly.times(factors, _opened(t, indices, taken, normal_form))
    if len(factors) != 1:
        return poly.atom(_nested(((index, low, high),), poly.to_term({inside: fmpq(1)}), canonical))
    ((product, c),) = factors.items()
    body = poly.to_term({product: fmpq(1)})
    orders = permutations(indices) if len(indices) <= MAX_PERMUTED else iter([tuple(indices)])
    candidates = [_nested(order, body, canonical) for order in orders if _fits(order)]
    return poly.scaled(poly.atom(min(candidates, key=poly.rank)), c)


def _opened(t: Term, indices: list[Index], taken: set[str], normal_form: NormalForm) -> Polynomial:
    """An atom of a product; of a sum its body, with its index among ``indices``."""
    while t.op == "sum":
        new = fresh_variable(INT, taken)
        taken.add(new.name)
        indices.append((new, t.args[0], t.args[1]))
        t = t.at(new)
    return normal_form(t)


def _fits(order: tuple[Index, ...]) -> bool:
    """Whether the bounds of each index mention no later one."""
    later = {index for index, _, _ in order}
    for index, low, high in order:
        if (free_variables(low) | free_variables(high)) & later:
            return False
        later.discard(index)
    return True


def _nested(order: tuple[Index, ...], body: Term, canonical: Canonical) -> Term:
    old = [index for index, _, _ in order]
    bounds = [b for _, low, high in order for b in (low, high)]
    outer = sorted({v for t in (body, *bounds) for v in free_variables(t)} - set(old), key=poly.rank)
    names = bound_names([INT] * len(order), outer, height(body))
    new = dict(zip(old, names, strict=True))
    body = canonical(substituted(body, new))
    for index, low, high in reversed(order):
        body = quantified("sum", [new[index]], body, *(canonical(substituted(b, new)) for b in (low, high)))
    return body
