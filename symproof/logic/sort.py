"""Sorts: what kind of thing a term denotes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from symproof.logic.term import Term

__all__ = ["BOOL", "INT", "REAL", "Sort", "SortError", "fun_sort", "matrix_sort"]

from symproof.errors import SymproofError


class SortError(SymproofError):
    """A term was built from parts whose sorts do not fit (for example a matrix product of unequal inner sizes)."""


@dataclass(frozen=True)
class Sort:
    """A sort of the language.

    ``kind`` is ``real``, ``int``, ``bool``, ``fun`` (``args`` are the argument sorts, then the result sort) or
    ``matrix`` (``args`` are the numbers of rows and columns, as terms of sort int, symbolic or literal). The integers
    count as reals wherever a real is expected.
    """

    kind: str
    args: tuple[Sort | Term, ...] = ()

    def __init_subclass__(cls) -> None:
        raise TypeError("Sort has no subclasses: which sorts are equal is for the kernel to say")

    def __post_init__(self) -> None:
        if type(self.kind) is not str or type(self.args) is not tuple:
            raise TypeError(f"a sort has a kind and a tuple of arguments, found {self.kind!r} and {self.args!r}")

    def __str__(self) -> str:
        if self.kind == "fun":
            *domain, result = self.args
            return f"({', '.join(map(str, domain))}) -> {result}"
        if self.kind == "matrix":
            return f"matrix({self.args[0]}, {self.args[1]})"
        return self.kind

    @property
    def is_number(self) -> bool:
        """Whether terms of this sort are numbers (integers or reals)."""
        return self.kind in ("real", "int")

    @property
    def domain(self) -> tuple[Sort, ...]:
        """The argument sorts of a function sort."""
        return self.args[:-1]  # type: ignore[return-value]

    @property
    def result(self) -> Sort:
        """The result sort of a function sort."""
        return self.args[-1]  # type: ignore[return-value]


REAL = Sort("real")
INT = Sort("int")
BOOL = Sort("bool")


def fun_sort(*sorts: Sort) -> Sort:
    """The sort of functions from all but the last of ``sorts`` to the last."""
    return Sort("fun", sorts)


def matrix_sort(rows: Term, cols: Term) -> Sort:
    """The sort of real matrices with ``rows`` rows and ``cols`` columns."""
    return Sort("matrix", (rows, cols))


def accepts(expected: Sort, found: Sort) -> bool:
    """Whether a term of sort ``found`` may stand where ``expected`` is asked for."""
    if expected == found:
        return True
    if expected.kind == "real":
        return found.kind == "int"
    if expected.kind == "fun" and found.kind == "fun" and len(expected.args) == len(found.args):
        same_domain = all(accepts(f, e) for e, f in zip(expected.domain, found.domain, strict=True))
        return same_domain and accepts(expected.result, found.result)
    return False
