"""Definitions: explicit (possibly piecewise), recursive over the naturals, and primitive notions without a body."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any

from symproof.logic.sort import INT, Sort, SortError, accepts, fun_sort
from symproof.logic.term import Term, coerce, free_variables, subst

__all__ = ["Definition", "define", "define_recursive", "primitive"]


@dataclass(frozen=True, eq=False)
class Definition:
    """A named notion.

    Attributes:
        name: the full name, for example ``relu_like.network``.
        params: the formal parameters (free variables of the body).
        sort: the sort of the value.
        body: the defining term of an explicit definition, else None.
        base: for a recursive definition the value at 0; its free variables are the parameters after the first.
        step: for a recursive definition the value at n + 1, in terms of ``params`` (the first is n) and ``previous``.
        previous: the function variable that stands for the value at n, as a function of the other parameters.
        latex: a format string for LaTeX with ``{0}``, ``{1}``, ... for the arguments, or a bare macro-free name.
        latex_table: as ``latex``, for the function of the last two arguments: a table, as a matrix without indices.
        shown: terms in the parameters that the format strings name after the arguments, with sums collected.
        doc: one sentence that says what it means.
    """

    name: str
    params: tuple[Term, ...]
    sort: Sort
    body: Term | None = None
    base: Term | None = None
    step: Term | None = None
    previous: Term | None = None
    latex: str = ""
    doc: str = ""
    latex_table: str = ""
    shown: tuple[Term, ...] = ()
    digest: str = field(init=False, default="")

    def __post_init__(self) -> None:
        parts = [self.name, str(len(self.params)), *(p.digest for p in self.params), str(self.sort)]
        parts += [t.digest if t is not None else "-" for t in (self.body, self.base, self.step, self.previous)]
        object.__setattr__(self, "digest", hashlib.sha256("".join(f"{len(p)}:{p}" for p in parts).encode()).hexdigest())

    def __init_subclass__(cls) -> None:
        raise TypeError("Definition has no subclasses: which notions are equal is for the kernel to say")

    def __eq__(self, other: object) -> bool:
        """Whether it is the same notion: the digest is what one is found by, and no more than that."""
        return self is other or (isinstance(other, Definition) and self._meaning() == other._meaning())

    def __hash__(self) -> int:
        return hash(self.digest)

    def _meaning(self) -> tuple[Any, ...]:
        return self.digest, self.name, self.params, self.sort, self.body, self.base, self.step, self.previous

    def __str__(self) -> str:
        return self.name

    @property
    def kind(self) -> str:
        """``explicit``, ``recursive`` or ``primitive``."""
        return "explicit" if self.body is not None else "recursive" if self.step is not None else "primitive"

    def __call__(self, *args: Any) -> Term:
        """The notion at ``args``. Raises SortError if they do not fit the parameters."""
        terms = tuple(coerce(a) for a in args)
        if len(terms) != len(self.params):
            raise SortError(f"{self.name} takes {len(self.params)} arguments, found {len(terms)}")
        mapping: dict[Term, Term] = {}
        for param, arg in zip(self.params, terms, strict=True):
            wanted = _sort_at(param.sort, mapping)
            if not accepts(wanted, arg.sort):
                raise SortError(f"{self.name}: {param.name} is of sort {wanted}, found {arg} of sort {arg.sort}")
            mapping[param] = arg
        return Term("call", terms, self, _sort_at(self.sort, mapping))

    def sort_at(self, args: tuple[Term, ...]) -> Sort:
        """The sort of the value at ``args`` (sizes of a matrix value may depend on them)."""
        if self.sort.kind not in ("matrix", "fun"):
            return self.sort
        return _sort_at(self.sort, dict(zip(self.params, args, strict=True)))

    def unfold(self, args: tuple[Term, ...]) -> Term | None:
        """The body at ``args`` of an explicit definition; None for the other kinds."""
        if self.body is None:
            return None
        return subst(self.body, dict(zip(self.params, args, strict=True)))

    def unfold_at_zero(self, args: tuple[Term, ...]) -> Term | None:
        """The value at index 0 of a recursive definition, ``args`` being the arguments after the index."""
        if self.base is None:
            return None
        return subst(self.base, dict(zip(self.params[1:], args, strict=True)))

    def unfold_successor(self, n: Term, args: tuple[Term, ...]) -> Term | None:
        """The value at index n + 1 of a recursive definition in terms of its value at n (n >= 0 is the caller's)."""
        if self.step is None or self.previous is None:
            return None
        from symproof.logic.syntax import Lam

        taken = {v.name for t in (n, *args) for v in free_variables(t)}
        rest = tuple(_apart(p, taken) for p in self.params[1:])
        previous = Lam(rest, self(n, *rest)) if rest else None
        mapping: dict[Term, Term] = {self.params[0]: n, **dict(zip(self.params[1:], args, strict=True))}
        mapping[self.previous] = previous if previous is not None else self(n)
        return subst(self.step, mapping)


def _apart(variable: Term, taken: set[str]) -> Term:
    """The variable under a name that is not taken; takes it."""
    name = variable.name
    while name in taken:
        name += "'"
    taken.add(name)
    return Term("var", (), name, variable.sort)


def _sort_at(sort: Sort, mapping: dict[Term, Term]) -> Sort:
    """A sort with the sizes of matrices at given parameters."""
    return subst(Term("var", (), "", sort), mapping).sort


def define(
    name: str, params: tuple[Term, ...], body: Term, *, latex: str = "", doc: str = "", shown: tuple[Term, ...] = ()
) -> Definition:
    """An explicit definition. Raises SortError if the body has free variables that are not parameters."""
    _closed(name, body, params)
    return Definition(name, params, body.sort, body=body, latex=latex, doc=doc, shown=shown)


def define_recursive(
    name: str, params: tuple[Term, ...], base: Term, previous: Term, step: Term, *,
    latex: str = "", doc: str = "", latex_table: str = "", shown: tuple[Term, ...] = (),
) -> Definition:  # fmt: skip
    """A definition by recursion over the naturals in the first parameter.

    ``previous`` is a variable: of the sort of the value if there are no further parameters, else a function of them.
    """
    if not params or params[0].sort != INT:
        raise SortError(f"{name}: the first parameter of a recursive definition is its index, of sort int")
    rest = tuple(p.sort for p in params[1:])
    wanted = fun_sort(*rest, base.sort) if rest else base.sort
    if previous.sort != wanted:
        raise SortError(f"{name}: the previous value is of sort {wanted}, found {previous.sort}")
    if not accepts(base.sort, step.sort):
        raise SortError(f"{name}: base and step are of sorts {base.sort} and {step.sort}")
    _closed(name, base, params[1:])
    _closed(name, step, (*params, previous))
    return Definition(name, params, base.sort, None, base, step, previous, latex, doc, latex_table, shown)


def primitive(name: str, params: tuple[Term, ...], sort: Sort, *, latex: str = "", doc: str = "") -> Definition:
    """A notion without a body: all that is known of it comes from cited results."""
    return Definition(name, params, sort, latex=latex, doc=doc)


def _closed(name: str, body: Term, params: tuple[Term, ...]) -> None:
    allowed = set(params)
    extra = sorted(v.name for t in (body, *params) for v in free_variables(t) - allowed)
    if extra:
        raise SortError(f"{name}: the definition uses {', '.join(extra)}, not among its parameters")
    if body.loose:
        raise SortError(f"{name}: the definition has a loose bound variable")
