"""Sorts, terms and definitions: what statements are made of.

Terms are locally nameless: a free variable has a name, a bound one the number of binders between it and its own
(0: the innermost). So terms that differ in the names of bound variables only are equal, and capture cannot happen.
Nothing is evaluated when a term is built, but ``(lambda i. body)(t)`` becomes ``body`` at ``t``. Every constructor
below gives a term the sort that its operator has, and refuses parts that do not fit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from symproof.recheck.refused import Refused

__all__ = [
    "BINDING", "BOOL", "FALSE", "FUNCTIONS", "INT", "REAL", "TRUE", "Binder", "Definition", "Sort", "Term",
    "abstracted", "accepts", "build", "call", "connective", "fits", "free_variables", "fun", "matrix", "num", "op",
    "quantified", "rebuilt", "relation", "resized", "substituted", "var",
]  # fmt: skip


class Sort(NamedTuple):
    """``real``, ``int``, ``bool``; ``fun`` (parts: argument sorts, result sort); ``matrix`` (parts: sizes, terms)."""

    kind: str
    parts: tuple[Any, ...] = ()

    @property
    def number(self) -> bool:
        """Whether it is ``real`` or ``int``."""
        return self.kind in ("real", "int")


REAL, INT, BOOL = Sort("real"), Sort("int"), Sort("bool")


def fun(*sorts: Sort) -> Sort:
    """Functions from all but the last of ``sorts`` to the last."""
    return Sort("fun", sorts)


def matrix(rows: Term, cols: Term) -> Sort:
    """Real matrices with so many rows and columns."""
    return Sort("matrix", (rows, cols))


def accepts(wanted: Sort, found: Sort) -> bool:
    """Whether a term of sort ``found`` may stand where ``wanted`` is asked for: an integer is a real."""
    if wanted == found:
        return True
    if wanted.kind == "real":
        return found.kind == "int"
    if wanted.kind == found.kind == "fun" and len(wanted.parts) == len(found.parts):
        arguments = zip(wanted.parts[:-1], found.parts[:-1], strict=True)
        return all(accepts(f, w) for w, f in arguments) and accepts(wanted.parts[-1], found.parts[-1])
    return False


class Binder(NamedTuple):
    """A bound variable: its sort, and a name to show, which is no part of what a term is."""

    sort: Sort
    hint: str


BINDING = frozenset({"lam", "forall", "exists", "sum", "minover", "maxover", "diff"})
"""The operators with bound variables; their last argument is the body."""
MOST_SHOWN, MOST_SHOWN_BITS = 12, 1_000
"""How deep terms are shown in messages, and how long the numbers in them are."""
WHOLE_FUNCTIONS = frozenset({"floor", "ceiling", "sign"})
FUNCTIONS = frozenset({
    "abs", "sign", "floor", "ceiling", "exp", "log", "sqrt", "sin", "cos", "tan", "asin", "acos", "atan",
    "sinh", "cosh", "tanh", "asinh", "acosh", "atanh", "erf",
})  # fmt: skip
"""The named real functions of one real argument."""


class Term:
    """A node: operator, arguments, sort, and ``data``.

    ``data`` is the name of a ``var``, the Fraction of a ``num``, the index of a ``bound`` variable, the Definition of
    a ``call``, (rows, columns) of a ``matlit``, the tuple of Binders of an operator in ``BINDING``, else None.
    ``loose`` is the number of binders around the term that its bound variables reach out to.
    """

    __slots__ = ("_free", "_hash", "args", "data", "loose", "op", "sort")

    def __init__(self, op: str, args: tuple[Term, ...], data: Any, sort: Sort) -> None:
        self.op, self.args, self.data, self.sort = op, args, data, sort
        if op == "bound":
            self.loose = data + 1
        else:
            reach = [a.loose for a in args]
            if op in BINDING:
                reach[-1] -= len(data)
            self.loose = max(reach, default=0) if reach else 0
            self.loose = max(self.loose, 0)
        self._hash = hash((op, args, self._identity()))
        self._free: frozenset[Term] | None = None

    def _identity(self) -> Any:
        return tuple(b.sort for b in self.data) if self.op in BINDING else self.data

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if not isinstance(other, Term) or self._hash != other._hash or self.op != other.op or self.sort != other.sort:
            return False
        return self._identity() == other._identity() and self.args == other.args

    def __bool__(self) -> bool:
        raise TypeError("a term has no truth value")

    @property
    def name(self) -> str:
        """The name of a free variable."""
        if self.op != "var":
            raise Refused(f"no variable: {self}")
        return str(self.data)

    @property
    def binders(self) -> tuple[Binder, ...]:
        """The bound variables of an operator in ``BINDING``."""
        return self.data if self.op in BINDING else ()

    def at(self, *values: Term) -> Term:
        """The body of a binder with ``values`` for its bound variables. Raises Refused if they do not fit."""
        if len(values) != len(self.binders):
            raise Refused(f"{len(self.binders)} values wanted, found {len(values)}")
        for binder, value in zip(self.binders, values, strict=True):
            if not accepts(binder.sort, value.sort):
                raise Refused(f"a value of sort {binder.sort.kind} is wanted, found {value}")
        count = len(values)

        def leaf(t: Term, depth: int) -> Term:
            index = t.data - depth
            if index < count:
                return _shifted(values[count - 1 - index], depth)
            return Term("bound", (), t.data - count, t.sort)

        return _map_loose(self.args[-1], 0, leaf)

    def opened(self, *apart: Term) -> tuple[tuple[Term, ...], Term]:
        """Fresh variables for the bound ones, and the body with them."""
        taken = {v.name for t in (self, *apart) for v in free_variables(t)}
        variables = []
        for binder in self.binders:
            name = binder.hint or "z"
            while name in taken:
                name += "'"
            taken.add(name)
            variables.append(var(name, binder.sort))
        return tuple(variables), self.at(*variables)

    def walk(self) -> Iterator[Term]:
        """The term and all its subterms, outermost first; bound variables stay as they are."""
        yield self
        for a in self.args:
            yield from a.walk()

    def __str__(self) -> str:
        """For messages only: what stands deep inside, and the digits of long numbers, are left out."""
        return self._shown(MOST_SHOWN)

    def _shown(self, depth: int) -> str:
        if self.op == "num":
            bits = max(self.data.numerator.bit_length(), self.data.denominator.bit_length())
            return str(self.data) if bits <= MOST_SHOWN_BITS else f"(a number of {bits} bits)"
        if self.op in ("var", "bound"):
            return str(self.data) if self.op == "var" else f"#{self.data}"
        head = self.data.name if self.op == "call" else self.op
        if not depth and self.args:
            return f"{head}(...)"
        return f"{head}({', '.join(a._shown(depth - 1) for a in self.args)})" if self.args else head

    __repr__ = __str__

    # Short forms for the numbers of the rules; all go through ``op``.

    def __add__(self, other: Term | int) -> Term:
        return op("add", self, _term(other))

    def __sub__(self, other: Term | int) -> Term:
        return op("sub", self, _term(other))

    def __mul__(self, other: Term | int) -> Term:
        return op("mul", self, _term(other))

    def __neg__(self) -> Term:
        return op("neg", self)


class Definition:
    """A named notion: explicit (``body``), recursive (``base``, ``step``, ``previous``), or primitive.

    The parameters are variables. A recursive notion has its index as first parameter; ``base`` is the value at 0,
    ``step`` the value at n + 1 in terms of the parameters (the first is n) and of ``previous``, a variable that stands
    for the value at n as a function of the other parameters (or for the value itself if there are none).
    Two definitions are equal if all of this is equal.
    """

    __slots__ = ("_hash", "base", "body", "name", "params", "previous", "sort", "step")

    def __init__(
        self,
        name: str,
        params: tuple[Term, ...],
        sort: Sort,
        body: Term | None = None,
        base: Term | None = None,
        step: Term | None = None,
        previous: Term | None = None,
    ) -> None:
        """Raises Refused unless the parts are of the right sorts and depend on the parameters alone."""
        self.name, self.params, self.sort = name, params, sort
        self.body, self.base, self.step, self.previous = body, base, step, previous
        self._hash = hash(self.content)
        self._verify()

    @property
    def content(self) -> tuple[Any, ...]:
        """All that it consists of."""
        return (self.name, self.params, self.sort, self.body, self.base, self.step, self.previous)

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        return isinstance(other, Definition) and self._hash == other._hash and self.content == other.content

    def __hash__(self) -> int:
        return self._hash

    @property
    def recursive(self) -> bool:
        """Whether it is defined by recursion."""
        return self.step is not None

    def _verify(self) -> None:
        params = self.params
        closed = all(free_variables(p) <= set(params) for p in params)
        if any(p.op != "var" for p in params) or len({p.name for p in params}) != len(params) or not closed:
            raise Refused(f"{self.name}: the parameters are no variables of different names")
        whole = (self.base, self.step, self.previous)
        if self.body is not None and any(p is not None for p in whole):
            raise Refused(f"{self.name}: both explicit and recursive")
        if self.body is None and any(p is not None for p in whole):
            self._verify_recursion()
        if self.body is not None:
            self._verify_part(self.body, params)

    def _verify_recursion(self) -> None:
        params, previous = self.params, self.previous
        if self.base is None or self.step is None or previous is None or not params or params[0].sort != INT:
            raise Refused(f"{self.name}: a recursion over the naturals has an index, a base and a step")
        rest = tuple(p.sort for p in params[1:])
        wanted = fun(*rest, self.sort) if rest else self.sort
        if previous.op != "var" or previous.sort != wanted or previous.name in {p.name for p in params}:
            raise Refused(f"{self.name}: the value before has no variable of its own sort")
        self._verify_part(self.base, params[1:])
        self._verify_part(self.step, (*params, previous))

    def _verify_part(self, part: Term, scope: tuple[Term, ...]) -> None:
        if part.loose or not free_variables(part) <= set(scope) or not accepts(self.sort, part.sort):
            raise Refused(f"{self.name}: its body has another sort, or depends on more than the parameters")

    def unfolded(self, args: tuple[Term, ...]) -> Term | None:
        """The body at ``args``, or None if it is not explicit."""
        return None if self.body is None else substituted(self.body, self._mapping(self.params, args))

    def at_zero(self, rest: tuple[Term, ...]) -> Term | None:
        """The value of a recursive notion at index 0, at the arguments after the index."""
        return None if self.base is None else substituted(self.base, self._mapping(self.params[1:], rest))

    def at_successor(self, n: Term, rest: tuple[Term, ...]) -> Term | None:
        """The value of a recursive notion at n + 1; that n >= 0 is for the caller to see."""
        if self.step is None or self.previous is None:
            return None
        taken = {v.name for t in (n, *rest) for v in free_variables(t)}
        names = []
        for p in self.params[1:]:
            name = p.name
            while name in taken:
                name += "'"
            taken.add(name)
            names.append(var(name, p.sort))
        before = call(self, n, *names)
        mapping = self._mapping(self.params, (n, *rest))
        mapping[self.previous] = quantified("lam", names, before) if names else before
        return substituted(self.step, mapping)

    @staticmethod
    def _mapping(params: Sequence[Term], args: Sequence[Term]) -> dict[Term, Term]:
        if len(params) != len(args):
            raise Refused(f"{len(params)} arguments wanted, found {len(args)}")
        return dict(zip(params, args, strict=True))


# Constructors --------------------------------------------------------------------------------------------------------


def var(name: str, sort: Sort) -> Term:
    """A free variable."""
    if not isinstance(name, str) or not name:
        raise Refused(f"no name of a variable: {name!r}")
    return Term("var", (), name, sort)


def num(value: int | Fraction) -> Term:
    """A literal number."""
    value = Fraction(value)
    return Term("num", (), value, INT if value.denominator == 1 else REAL)


TRUE, FALSE = Term("true", (), None, BOOL), Term("false", (), None, BOOL)


def _term(value: Term | int) -> Term:
    return value if isinstance(value, Term) else num(value)


def relation(name: str, a: Term, b: Term | int) -> Term:
    """``a name b`` for eq, ne, le, lt, ge, gt."""
    b = _term(b)
    same_matrices = name in ("eq", "ne") and a.sort.kind == "matrix" and a.sort == b.sort
    if name not in RELATIONS or not (same_matrices or (a.sort.number and b.sort.number)):
        raise Refused(f"{a} and {b} cannot be compared by {name}")
    return Term(name, (a, b), None, BOOL)


RELATIONS = frozenset({"eq", "ne", "le", "lt", "ge", "gt"})


def connective(name: str, *parts: Term) -> Term:
    """``not``, ``implies``, ``iff``, ``and``, ``or`` of propositions; ``and`` and ``or`` of one part are that part."""
    count = {"not": 1, "implies": 2, "iff": 2, "and": len(parts), "or": len(parts)}.get(name)
    if count != len(parts) or any(p.sort != BOOL for p in parts):
        raise Refused(f"{name} does not join {len(parts)} such parts")
    if name in ("and", "or") and len(parts) < 2:
        return parts[0] if parts else (TRUE if name == "and" else FALSE)
    return Term(name, parts, None, BOOL)


def call(definition: Definition, *args: Term) -> Term:
    """A notion at arguments."""
    mapping: dict[Term, Term] = {}
    if len(args) != len(definition.params):
        raise Refused(f"{definition.name} takes {len(definition.params)} arguments, found {len(args)}")
    for param, arg in zip(definition.params, args, strict=True):
        if not accepts(resized(param.sort, mapping), arg.sort):
            raise Refused(f"{definition.name}: {arg} is of the wrong sort")
        mapping[param] = arg
    return Term("call", args, definition, resized(definition.sort, mapping))


def quantified(name: str, variables: Sequence[Term], body: Term, *before: Term) -> Term:
    """An operator in ``BINDING`` that binds ``variables`` in ``body``, quantifiers one after the other."""
    if name in ("forall", "exists"):
        for v in reversed(variables):
            binders, inner = abstracted(body, (v,))
            body = build(name, (inner,), binders)
        return body
    binders, inner = abstracted(body, tuple(variables))
    return build(name, (*before, inner), binders)


def op(name: str, *args: Term) -> Term:
    """A term by operator and arguments, for operators without data."""
    return build(name, args, None)


def build(name: str, args: tuple[Term, ...], data: Any, said: Sort | None = None) -> Term:
    """A term by operator, arguments and data, of the sort that the operator has.

    ``said`` is the sort of a leaf (``var``, ``bound``, ``identity``, ``zero``). Raises Refused if parts do not fit. Of
    a bound variable only its ``fits`` can say whether it is what its binder is.
    """
    maker = _MAKERS.get(name)
    if name in FUNCTIONS:
        return _function(name, args)
    if maker is None:
        raise Refused(f"no operator {name!r}")
    return maker(name, args, data, said)


def _function(name: str, args: tuple[Term, ...]) -> Term:
    if len(args) != 1 or not args[0].sort.number:
        raise Refused(f"{name} takes one number")
    whole = name in WHOLE_FUNCTIONS or (name == "abs" and args[0].sort == INT)
    return Term(name, args, None, INT if whole else REAL)


def _arithmetic(name: str, args: tuple[Term, ...], _data: Any, _said: Sort | None) -> Term:
    a, b = _exactly(name, args, 2)
    if a.sort.number and b.sort.number:
        whole = a.sort == b.sort == INT and name != "div"
        if whole and name == "pow":
            whole = b.op == "num" and b.data >= 0
        return Term(name, args, None, INT if whole else REAL)
    if name in ("add", "sub") and a.sort.kind == "matrix" and a.sort == b.sort:
        return Term(name, args, None, a.sort)
    if name == "mul" and b.sort.kind == "matrix" and a.sort.number:
        return Term(name, args, None, b.sort)
    if name == "mul" and a.sort.kind == b.sort.kind == "matrix" and a.sort.parts[1] == b.sort.parts[0]:
        return Term(name, args, None, matrix(a.sort.parts[0], b.sort.parts[1]))
    if name == "div" and a.sort.kind == "matrix" and b.sort.number:
        return Term(name, args, None, a.sort)
    raise Refused(f"{name} of {a} and {b}: the sorts do not fit")


def _exactly(name: str, args: tuple[Term, ...], count: int) -> tuple[Term, ...]:
    if len(args) != count:
        raise Refused(f"{name} takes {count} arguments, found {len(args)}")
    return args


def _negative(name: str, args: tuple[Term, ...], _data: Any, _said: Sort | None) -> Term:
    (a,) = _exactly(name, args, 1)
    if a.sort.kind not in ("real", "int", "matrix"):
        raise Refused(f"{a} has no negative")
    return Term(name, args, None, a.sort)


def _apply(name: str, args: tuple[Term, ...], _data: Any, _said: Sort | None) -> Term:
    if not args or args[0].sort.kind != "fun":
        raise Refused("only a function is applied")
    f, *rest = args
    wanted = f.sort.parts[:-1]
    if len(wanted) != len(rest) or not all(accepts(w, r.sort) for w, r in zip(wanted, rest, strict=True)):
        raise Refused(f"{f} does not take these arguments")
    if f.op == "lam":
        return f.at(*rest)
    return Term(name, args, None, f.sort.parts[-1])


def _choice(name: str, args: tuple[Term, ...], _data: Any, _said: Sort | None) -> Term:
    condition, a, b = _exactly(name, args, 3)
    sort = a.sort if accepts(a.sort, b.sort) else b.sort
    if condition.sort != BOOL or not accepts(sort, a.sort):
        raise Refused("the branches are of different sorts")
    return Term(name, args, None, sort)


def _extremum(name: str, args: tuple[Term, ...], _data: Any, _said: Sort | None) -> Term:
    if not args or not all(a.sort.number for a in args):
        raise Refused(f"{name} takes numbers")
    return Term(name, args, None, INT if all(a.sort == INT for a in args) else REAL)


def _of_matrix(name: str, args: tuple[Term, ...], _data: Any, _said: Sort | None) -> Term:
    (m,) = _exactly(name, args, 1)
    if m.sort.kind != "matrix":
        raise Refused(f"{name} of something that is no matrix")
    rows, cols = m.sort.parts
    if name == "transpose":
        return Term(name, args, None, matrix(cols, rows))
    if name in ("rank", "positive_index", "negative_index"):
        return Term(name, args, None, INT)
    if rows != cols:
        raise Refused(f"{name} of a matrix that is not square")
    return Term(name, args, None, m.sort if name == "inverse" else REAL)


def _binding(name: str, args: tuple[Term, ...], data: Any, _said: Sort | None) -> Term:
    if not isinstance(data, tuple) or not data or not all(isinstance(b, Binder) for b in data) or not args:
        raise Refused(f"{name} without bound variables")
    bound, body = tuple(b.sort for b in data), args[-1].sort
    before = [a.sort for a in args[:-1]]
    if name == "lam" and not before:
        return Term(name, args, data, fun(*bound, body))
    if name in ("forall", "exists") and not before and len(bound) == 1 and body == BOOL:
        return Term(name, args, data, BOOL)
    if name in ("sum", "minover", "maxover") and bound == (INT,) and before == [INT, INT] and body.number:
        return Term(name, args, data, body)
    if name == "diff" and bound == (REAL,) and len(before) == 1 and before[0].number and body.number:
        return Term(name, args, data, REAL)
    raise Refused(f"{name}: the bound variables do not fit the body")


def _leaf(name: str, args: tuple[Term, ...], data: Any, said: Sort | None) -> Term:
    if args:
        raise Refused(f"{name} takes no arguments")
    if name == "num" and isinstance(data, Fraction):
        return num(data)
    if name in ("true", "false") and data is None:
        return TRUE if name == "true" else FALSE
    if name in ("pi", "e") and data is None:
        return Term(name, (), None, REAL)
    if name == "var" and said is not None:
        return var(data, said)
    if name == "bound" and said is not None and type(data) is int and data >= 0:
        return Term(name, (), data, said)
    if name in ("identity", "zero") and said is not None and said.kind == "matrix" and data is None:
        if name == "identity" and said.parts[0] != said.parts[1]:
            raise Refused("an identity matrix is square")
        return Term(name, (), None, said)
    raise Refused(f"{name}: no such term")


def _literal_matrix(name: str, args: tuple[Term, ...], data: Any, _said: Sort | None) -> Term:
    if not (isinstance(data, tuple) and len(data) == 2 and all(type(n) is int and n >= 1 for n in data)):
        raise Refused("a literal matrix has a size")
    if len(args) != data[0] * data[1] or not all(a.sort.number for a in args):
        raise Refused("a literal matrix has as many numbers as its size says")
    return Term(name, args, data, matrix(num(data[0]), num(data[1])))


_MAKERS: Mapping[str, Callable[[str, tuple[Term, ...], Any, Sort | None], Term]] = {
    **dict.fromkeys(("add", "sub", "mul", "div", "pow"), _arithmetic),
    **dict.fromkeys(RELATIONS, lambda n, args, _d, _s: relation(n, *_exactly(n, args, 2))),
    **dict.fromkeys(("not", "implies", "iff", "and", "or"), lambda n, args, _d, _s: connective(n, *args)),
    **dict.fromkeys(("min", "max"), _extremum),
    **dict.fromkeys(("transpose", "inverse", "trace", "rank", "positive_index", "negative_index"), _of_matrix),
    **dict.fromkeys(BINDING, _binding),
    **dict.fromkeys(("num", "true", "false", "pi", "e", "var", "bound", "identity", "zero"), _leaf),
    "neg": _negative,
    "apply": _apply,
    "ite": _choice,
    "matlit": _literal_matrix,
    "call": lambda _n, args, data, _s: call(data, *args),
}


# Variables and substitution ------------------------------------------------------------------------------------------


def fits(term: Term, around: tuple[Sort, ...] = ()) -> bool:
    """Whether every bound variable has the sort of its binder (``around``: the binders outside, innermost last)."""
    if term.op == "bound":
        return term.data < len(around) and around[-1 - term.data] == term.sort
    if not term.loose and around:
        around = ()
    inner = (*around, *(b.sort for b in term.binders))
    last = len(term.args) - 1
    return all(fits(a, inner if i == last else around) for i, a in enumerate(term.args))


def free_variables(term: Term) -> frozenset[Term]:
    """The free variables of a term, those in the sizes of its sorts included."""
    if term._free is None:
        found = {term} if term.op == "var" else set()
        for a in term.args:
            found |= free_variables(a)
        for sort in (term.sort, *(b.sort for b in term.binders)):
            found |= _in_sort(sort)
        term._free = frozenset(found)
    return term._free


def _in_sort(sort: Sort) -> set[Term]:
    found: set[Term] = set()
    for part in sort.parts:
        found |= free_variables(part) if isinstance(part, Term) else _in_sort(part)
    return found


def rebuilt(term: Term, args: tuple[Term, ...]) -> Term:
    """The same operator with other arguments; its sort is found again, and a lambda that is applied is reduced."""
    if all(x is y for x, y in zip(args, term.args, strict=True)):
        return term
    return build(term.op, args, term.data, term.sort)


def _map_loose(term: Term, depth: int, leaf: Callable[[Term, int], Term]) -> Term:
    if term.loose <= depth:
        return term
    if term.op == "bound":
        return leaf(term, depth)
    last, inner = len(term.args) - 1, len(term.binders)
    return rebuilt(
        term, tuple(_map_loose(a, depth + (inner if i == last else 0), leaf) for i, a in enumerate(term.args))
    )


def _shifted(term: Term, by: int) -> Term:
    if not by or not term.loose:
        return term
    return _map_loose(term, 0, lambda t, _depth: Term("bound", (), t.data + by, t.sort))


def abstracted(body: Term, variables: tuple[Term, ...]) -> tuple[tuple[Binder, ...], Term]:
    """Binders for ``variables``, and ``body`` with these free variables as bound ones."""
    if any(v.op != "var" for v in variables):
        raise Refused("only variables are bound")
    count, place = len(variables), {v: i for i, v in enumerate(variables)}

    def go(t: Term, depth: int) -> Term:
        sizes = set().union(*(_in_sort(s) for s in (t.sort, *(b.sort for b in t.binders))))
        if sizes & set(variables):
            raise Refused("a size cannot depend on a bound variable")
        if t.op == "var":
            return Term("bound", (), depth + count - 1 - place[t], t.sort) if t in place else t
        if t.op == "bound":
            return t if t.data < depth else Term("bound", (), t.data + count, t.sort)
        if not t.args:
            return t
        last, inner = len(t.args) - 1, len(t.binders)
        return rebuilt(t, tuple(go(a, depth + (inner if i == last else 0)) for i, a in enumerate(t.args)))

    return tuple(Binder(v.sort, v.name) for v in variables), go(body, 0)


def substituted(term: Term, mapping: Mapping[Term, Term]) -> Term:
    """``term`` with terms for free variables, in the sizes of sorts too. Raises Refused if sorts do not fit."""
    if not mapping or not (free_variables(term) & mapping.keys()):
        return term

    def go(t: Term, depth: int) -> Term:
        if not free_variables(t) & mapping.keys():
            return t
        if t in mapping:
            return _shifted(mapping[t], depth)
        if not t.args:
            return build(t.op, (), t.data, resized(t.sort, mapping))
        last, inner = len(t.args) - 1, len(t.binders)
        args = tuple(go(a, depth + (inner if i == last else 0)) for i, a in enumerate(t.args))
        data = tuple(Binder(resized(b.sort, mapping), b.hint) for b in t.binders) if t.binders else t.data
        return build(t.op, args, data, t.sort)

    return go(term, 0)


def resized(sort: Sort, mapping: Mapping[Term, Term]) -> Sort:
    """A sort with terms for the variables in its sizes."""
    if not sort.parts or not mapping:
        return sort
    parts = tuple(substituted(p, mapping) if isinstance(p, Term) else resized(p, mapping) for p in sort.parts)
    if any(isinstance(p, Term) and p.loose for p in parts):
        raise Refused("a size cannot depend on a bound variable")
    return Sort(sort.kind, parts)
