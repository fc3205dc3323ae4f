"""Names for variables that a binder is opened with."""

from __future__ import annotations

from collections.abc import Set
from functools import lru_cache

from symproof.recheck.term import Sort, Term, free_variables, var

__all__ = ["bound_names", "fresh_variable", "height"]


def fresh_variable(sort: Sort, taken: Set[str]) -> Term:
    """A variable whose name is not taken."""
    k = 0
    while f"¤{k}" in taken:
        k += 1
    return var(f"¤{k}", sort)


@lru_cache(maxsize=100_000)
def height(term: Term) -> int:
    """How deep binders are nested in a term."""
    return max(map(height, term.args), default=0) + len(term.binders)


def bound_names(sorts: list[Sort], parts: list[Term], height: int) -> tuple[Term, ...]:
    """Variables that are not free in the parts, numbered from the height of what they will bind, innermost last."""
    taken = {v.name for p in parts for v in free_variables(p)}
    found: list[Term] = []
    for sort in reversed(sorts):
        while f"§{height}" in taken:
            height += 1
        found.append(var(f"§{height}", sort))
        height += 1
    return tuple(reversed(found))
