"""The frozen term type: immutable, explicitly sorted, never evaluated on its own.

Terms are locally nameless: free variables carry names, bound variables are de Bruijn indices, so that two terms that
differ only in the names of bound variables are equal. ``x/x`` stays ``x/x`` and ``a >= 0`` stays ``a >= 0``: what is
shown, hashed and checked is what was written. The one computation that building a term does is beta reduction, the
replacement of ``(lambda i. body)(t)`` by ``body`` at ``t``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from symproof.logic.sort import BOOL, INT, REAL, Sort, SortError, accepts

if TYPE_CHECKING:
    from symproof.logic.definition import Definition

__all__ = ["BINDERS", "Binder", "Term", "abstract", "free_variables", "instantiate", "replace_calls", "subst"]

BINDERS = frozenset({"lam", "forall", "exists", "sum", "minover", "maxover", "diff"})
"""The operators whose last argument stands under the binders listed in ``data``."""


class Binder(NamedTuple):
    """A bound variable: its sort, and the name to print (the name is no part of the term's identity)."""

    sort: Sort
    hint: str


class Term:
    """One node of a term.

    Attributes:
        op: the operator, for example ``add``, ``le``, ``forall``, ``var``, ``num``.
        args: the argument terms; for a binder the last one is the body.
        data: what else identifies the node: the name of a variable, the value of a number, the index of a bound
            variable, the definition that a ``call`` applies, the ``Binder`` tuple of a binder.
        sort: the sort of the value.
    """

    __slots__ = ("_digest", "_free", "_hash", "args", "data", "loose", "op", "sort")

    op: str
    args: tuple[Term, ...]
    data: Any
    sort: Sort
    loose: int

    def __init_subclass__(cls) -> None:
        raise TypeError("Term has no subclasses: what is equal to what is for the kernel to say")

    def __init__(self, op: str, args: tuple[Term, ...] = (), data: Any = None, sort: Sort = REAL) -> None:
        if type(op) is not str or type(args) is not tuple:
            raise TypeError(f"a term has an operator and a tuple of arguments, found {op!r} and {args!r}")
        self.op, self.args, self.data, self.sort = op, args, data, sort
        if op == "bound":
            self.loose = data + 1
        elif op in BINDERS:
            inner = args[-1].loose - len(data)
            self.loose = max([inner, 0, *(a.loose for a in args[:-1])])
        else:
            self.loose = max((a.loose for a in args), default=0)
        identity = tuple(b.sort for b in data) if op in BINDERS else data
        self._hash = hash((op, args, identity))
        self._digest: str | None = None
        self._free: frozenset[Term] | None = None

    # Identity ----------------------------------------------------------------------------------------------------

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if not isinstance(other, Term) or self._hash != other._hash or self.op != other.op:
            return False
        if self.op in BINDERS:
            if [b.sort for b in self.data] != [b.sort for b in other.data]:
                return False
        elif type(self.data) is not type(other.data) or self.data != other.data:
            return False
        return self.sort == other.sort and self.args == other.args

    def __bool__(self) -> bool:
        raise TypeError(
            f"a term has no truth value: {self}; use Eq(a, b) and And(a, b), not == and chained comparisons"
        )

    @property
    def digest(self) -> str:
        """A hash of the term's content (hex SHA-256), the same in every process."""
        if self._digest is None:
            self._digest = hashlib.sha256(self._content().encode()).hexdigest()
        return self._digest

    def _content(self) -> str:
        if self.op in BINDERS:
            data = ",".join(_sort_content(b.sort) for b in self.data)
        elif self.op == "call":
            data = self.data.digest
        elif self.data is None:
            data = ""
        else:
            text = _literal_content(self.data)
            data = f"{len(text)}:{text}"
        inside = ",".join(a.digest for a in self.args)
        return f"{self.op}[{data}]{_sort_content(self.sort)}({inside})"

    # Printing ----------------------------------------------------------------------------------------------------

    def __str__(self) -> str:
        from symproof.logic.text import to_text

        return to_text(self)

    __repr__ = __str__

    # Building ----------------------------------------------------------------------------------------------------

    def __add__(self, other: Any) -> Term:
        return arithmetic("add", self, coerce(other))

    def __radd__(self, other: Any) -> Term:
        return arithmetic("add", coerce(other), self)

    def __sub__(self, other: Any) -> Term:
        return arithmetic("sub", self, coerce(other))

    def __rsub__(self, other: Any) -> Term:
        return arithmetic("sub", coerce(other), self)

    def __mul__(self, other: Any) -> Term:
        return arithmetic("mul", self, coerce(other))

    def __rmul__(self, other: Any) -> Term:
        return arithmetic("mul", coerce(other), self)

    def __truediv__(self, other: Any) -> Term:
        return arithmetic("div", self, coerce(other))

    def __rtruediv__(self, other: Any) -> Term:
        return arithmetic("div", coerce(other), self)

    def __pow__(self, other: Any) -> Term:
        return arithmetic("pow", self, coerce(other))

    def __matmul__(self, other: Term) -> Term:
        return arithmetic("mul", self, other)

    def __neg__(self) -> Term:
        if self.sort.kind not in ("real", "int", "matrix"):
            raise SortError(f"cannot negate {self}, which is of sort {self.sort}")
        return Term("neg", (self,), None, self.sort)

    def __le__(self, other: Any) -> Term:
        return relation("le", self, coerce(other))

    def __lt__(self, other: Any) -> Term:
        return relation("lt", self, coerce(other))

    def __ge__(self, other: Any) -> Term:
        return relation("ge", self, coerce(other))

    def __gt__(self, other: Any) -> Term:
        return relation("gt", self, coerce(other))

    def __call__(self, *args: Any) -> Term:
        """The value of a function at ``args``."""
        return apply(self, tuple(coerce(a) for a in args))

    # Reading -----------------------------------------------------------------------------------------------------

    @property
    def name(self) -> str:
        """The name of a free variable."""
        if self.op != "var":
            raise SortError(f"not a variable: {self}")
        return str(self.data)

    def is_num(self) -> bool:
        """Whether the term is a literal number."""
        return self.op == "num"

    def walk(self) -> Iterator[Term]:
        """The term and all its subterms, bodies of binders included, outermost first."""
        yield self
        for arg in self.args:
            yield from arg.walk()


def _sort_content(sort: Sort) -> str:
    if sort.kind == "fun":
        return "(" + ",".join(_sort_content(s) for s in sort.domain) + ">" + _sort_content(sort.result) + ")"
    if sort.kind == "matrix":
        return f"M({sort.args[0].digest},{sort.args[1].digest})"  # type: ignore[union-attr]
    return sort.kind


def coerce(value: Any) -> Term:
    """A term from a term, an ``int`` or a ``Fraction``; floats are refused, as their value is rarely what was meant."""
    if isinstance(value, Term):
        return value
    if isinstance(value, bool):
        return Term("true" if value else "false", (), None, BOOL)
    if isinstance(value, int):
        return Term("num", (), Fraction(value), INT)
    if isinstance(value, Fraction):
        return Term("num", (), value, INT if value.denominator == 1 else REAL)
    raise SortError(f"cannot read {value!r} as a term; write an int, a Fraction or a term")


def arithmetic(op: str, a: Term, b: Term) -> Term:
    """The term ``a op b`` for ``add``, ``sub``, ``mul``, ``div``, ``pow``; matrices where the sizes fit."""
    if a.sort.is_number and b.sort.is_number:
        whole = a.sort.kind == b.sort.kind == "int" and op != "div"
        if op == "pow" and whole:
            whole = b.op == "num" and b.data >= 0
        return Term(op, (a, b), None, INT if whole else REAL)
    if op in ("add", "sub") and a.sort.kind == "matrix" and a.sort == b.sort:
        return Term(op, (a, b), None, a.sort)
    if op == "mul" and b.sort.kind == "matrix":
        if a.sort.is_number:
            return Term("mul", (a, b), None, b.sort)
        if a.sort.kind == "matrix" and a.sort.args[1] == b.sort.args[0]:
            return Term("mul", (a, b), None, Sort("matrix", (a.sort.args[0], b.sort.args[1])))
    if op == "div" and a.sort.kind == "matrix" and b.sort.is_number:
        return Term("div", (a, b), None, a.sort)
    raise SortError(f"cannot build {op} of {a} ({a.sort}) and {b} ({b.sort})")


def relation(op: str, a: Term, b: Term) -> Term:
    """The proposition ``a op b`` for ``eq``, ``ne``, ``le``, ``lt``, ``ge``, ``gt``."""
    numbers = a.sort.is_number and b.sort.is_number
    if numbers or (op in ("eq", "ne") and a.sort.kind == "matrix" and a.sort == b.sort):
        return Term(op, (a, b), None, BOOL)
    raise SortError(f"cannot compare {a} ({a.sort}) with {b} ({b.sort}) by {op}")


def apply(function: Term, args: tuple[Term, ...]) -> Term:
    """The value of a function at ``args``; a lambda is reduced at once."""
    if function.sort.kind != "fun":
        raise SortError(f"{function} is of sort {function.sort}, not a function")
    domain = function.sort.domain
    if len(domain) != len(args):
        raise SortError(f"{function} takes {len(domain)} arguments, found {len(args)}")
    for want, arg in zip(domain, args, strict=True):
        if not accepts(want, arg.sort):
            raise SortError(f"{function} wants an argument of sort {want}, found {arg} of sort {arg.sort}")
    if function.op == "lam":
        return instantiate(function, args)
    return Term("apply", (function, *args), None, function.sort.result)


def _literal_content(data: Any) -> str:
    """The text of a literal; beyond the digits that Python converts to decimal, in hexadecimal."""
    if isinstance(data, Fraction) and max(data.numerator.bit_length(), data.denominator.bit_length()) > 14_000:
        return f"{data.numerator:#x}/{data.denominator:#x}"
    return str(data)


def _rebuild(term: Term, args: tuple[Term, ...]) -> Term:
    """``term`` with new arguments; beta-reduces and re-derives the sort where the arguments decide it."""
    if all(x is y for x, y in zip(args, term.args, strict=True)):
        return term
    if term.op == "apply":
        if args[0].op == "lam":
            return instantiate(args[0], args[1:])
        return Term("apply", args, None, args[0].sort.result)
    if term.op in ("add", "sub", "mul", "div", "pow") and term.sort.kind != "matrix":
        return arithmetic(term.op, *args)
    if term.op == "call":
        return Term("call", args, term.data, term.data.sort_at(args))
    return Term(term.op, args, term.data, _sort_after(term, args))


def _sort_after(term: Term, args: tuple[Term, ...]) -> Sort:
    """The sort of ``term`` with new arguments: a real may have become an integer, a matrix have got another size."""
    if term.op in ("neg", "sum", "minover", "maxover"):
        return args[-1].sort
    if term.op == "ite":
        return args[1].sort if accepts(args[1].sort, args[2].sort) else args[2].sort
    if term.op in ("min", "max"):
        return INT if all(a.sort == INT for a in args) else REAL
    if term.op == "abs":
        return args[0].sort
    if term.op == "lam":
        return Sort("fun", (*(b.sort for b in term.data), args[-1].sort))
    if term.sort.kind == "matrix":
        return _matrix_sort_after(term, args)
    return term.sort


def _matrix_sort_after(term: Term, args: tuple[Term, ...]) -> Sort:
    if term.op in ("add", "sub"):
        return args[0].sort
    if term.op == "mul":
        rows = args[0].sort.args[0] if args[0].sort.kind == "matrix" else args[1].sort.args[0]
        return Sort("matrix", (rows, args[1].sort.args[1]))
    if term.op in ("inverse", "div"):
        return args[0].sort
    if term.op == "transpose":
        return Sort("matrix", (args[0].sort.args[1], args[0].sort.args[0]))
    return term.sort


def _map_loose(term: Term, depth: int, leaf: Callable[[Term, int], Term]) -> Term:
    """Rebuild ``term``, replacing each bound variable that is loose at ``depth`` by ``leaf(variable, depth)``."""
    if term.loose <= depth:
        return term
    if term.op == "bound":
        return leaf(term, depth)
    last = len(term.args) - 1
    inner = len(term.data) if term.op in BINDERS else 0
    args = tuple(
        _map_loose(a, depth + (inner if position == last else 0), leaf) for position, a in enumerate(term.args)
    )
    return _rebuild(term, args)


def _shift(term: Term, by: int) -> Term:
    if by == 0 or term.loose == 0:
        return term
    return _map_loose(term, 0, lambda t, _depth: Term("bound", (), t.data + by, t.sort))


def instantiate(binder: Term, values: tuple[Term, ...]) -> Term:
    """The body of a binder with its bound variables replaced by ``values`` (one per bound variable, in order)."""
    count = len(binder.data)
    if count != len(values):
        raise SortError(f"{count} values wanted for {binder}, found {len(values)}")

    def leaf(variable: Term, depth: int) -> Term:
        index = variable.data - depth
        if index < count:
            return _shift(values[count - 1 - index], depth)
        return Term("bound", (), variable.data - count, variable.sort)

    return _map_loose(binder.args[-1], 0, leaf)


def abstract(body: Term, variables: tuple[Term, ...]) -> tuple[tuple[Binder, ...], Term]:
    """The binders for ``variables`` and ``body`` with these free variables turned into bound ones."""
    position = {v: i for i, v in enumerate(variables)}
    count = len(variables)
    sizes = {v for v in variables if v.sort == INT}

    def go(term: Term, depth: int) -> Term:
        if sizes and term.sort.kind == "matrix" and any(free_variables(a) & sizes for a in term.sort.args):  # type: ignore[arg-type]
            raise SortError(f"cannot bind a variable that the size of {term} depends on")
        if term.op == "var":
            if term in position:
                return Term("bound", (), depth + count - 1 - position[term], term.sort)
            return term
        if term.op == "bound":
            return term if term.data < depth else Term("bound", (), term.data + count, term.sort)
        if not term.args:
            return term
        last = len(term.args) - 1
        inner = len(term.data) if term.op in BINDERS else 0
        args = tuple(go(a, depth + (inner if i == last else 0)) for i, a in enumerate(term.args))
        return _rebuild(term, args)

    if not variables:
        return (), body
    return tuple(Binder(v.sort, v.name) for v in variables), go(body, 0)


def subst(term: Term, mapping: Mapping[Term, Term]) -> Term:
    """``term`` with free variables replaced by terms; capture cannot happen.

    Sizes of matrices inside sorts are replaced too. Loose bound variables of the values keep pointing
    where they did.
    """
    if not mapping:
        return term

    def resize(sort: Sort, depth: int) -> Sort:
        if sort.kind not in ("matrix", "fun"):
            return sort
        return Sort(sort.kind, tuple(size(a, depth) if isinstance(a, Term) else resize(a, depth) for a in sort.args))

    def size(a: Term, depth: int) -> Term:
        found = go(a, depth)
        if found.loose:
            raise SortError("the size of a matrix cannot depend on a quantified variable")
        return found

    def go(t: Term, depth: int) -> Term:
        if not t.args:
            if t in mapping:
                return _shift(mapping[t], depth)
            sort = resize(t.sort, depth)
            return t if sort == t.sort else Term(t.op, t.args, t.data, sort)
        last = len(t.args) - 1
        inner = len(t.data) if t.op in BINDERS else 0
        args = tuple(go(a, depth + (inner if i == last else 0)) for i, a in enumerate(t.args))
        if t.op in BINDERS:
            t = Term(t.op, t.args, tuple(Binder(resize(b.sort, depth), b.hint) for b in t.data), t.sort)
        return _rebuild(t, args)

    return go(term, 0)


def free_variables(term: Term) -> frozenset[Term]:
    """The free variables of a term, those that only a size inside a sort mentions included."""
    if term._free is None:
        found: set[Term] = {term} if term.op == "var" else set()
        for arg in term.args:
            found |= free_variables(arg)
        _add_sizes(term.sort, found)
        if term.op in BINDERS:
            for binder in term.data:
                _add_sizes(binder.sort, found)
        term._free = frozenset(found)
    return term._free


def _add_sizes(sort: Sort, found: set[Term]) -> None:
    for part in sort.args:
        if isinstance(part, Term):
            found |= free_variables(part)
        else:
            _add_sizes(part, found)


def replace_calls(term: Term, unfold: Callable[[Definition, tuple[Term, ...]], Term | None]) -> Term:
    """``term`` with every call of a definition replaced by ``unfold(definition, args)`` where that is not None."""
    if not term.args:
        replaced = unfold(term.data, ()) if term.op == "call" else None
        return term if replaced is None else replaced
    args = tuple(replace_calls(a, unfold) for a in term.args)
    if term.op == "call":
        replaced = unfold(term.data, args)
        if replaced is not None:
            return replaced
    return _rebuild(term, args)
