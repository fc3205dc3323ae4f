"""The values of terms on numbers, each computed once: the claims of one proof share most of their sums.

A sum, an extremum or a defined number is looked at as a family over the indices that occur in it, say
``i -> sum(l in 1..dx: w(l) * x(i, l)) + c``. The family is kept as long as the values of its other variables are the
same, whatever claim it stands in and however its index is called there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flint import fmpq

from symproof.errors import SymproofError
from symproof.instances.effort import Effort
from symproof.instances.sample_column import NotStreamedError
from symproof.instances.sample_passes import SamplePasses
from symproof.instances.streamed_values import first_failing_index, streamed_value
from symproof.instances.value_family import IndexedFamily
from symproof.instances.work_estimate import integer_value
from symproof.kernel.evaluate import Compiled, EvaluationError, Undefined, compile_term
from symproof.logic.definition import Definition
from symproof.logic.sort import INT, fun_sort
from symproof.logic.syntax import And, Lam
from symproof.logic.term import BINDERS, Term, abstract, free_variables, instantiate, replace_calls
from symproof.logic.text import range_of

__all__ = ["PRECISIONS", "NoValueError", "TermValues"]

PRECISIONS = (256, 512, 1024, 2048)
"""The bits of the arithmetic with numbers that are not rational, rising until everything is decided."""
LONG = 100
"""Ranges of so many indices are evaluated by passes over the samples, where that can be done."""
_RANGES = ("sum", "minover", "maxover")
_OPENED = "\N{DOUBLE PRIME}"

Values = Mapping[Term, Any]


class NoValueError(SymproofError):
    """A variable has no value on these numbers."""


@dataclass(frozen=True)
class _Part:
    """A shared part of a term: a family over indices.

    Attributes:
        hole: the variable that stands for it in the code: a number if there are no indices, else a function.
        family: the family, as a function of its indices; the key under which it is kept.
        indices: the names of its indices in the body.
        body: its value, as a term.
        others: the other variables that it depends on.
    """

    hole: Term
    family: Term
    indices: tuple[Term, ...]
    body: Term
    others: tuple[Term, ...]


@dataclass(frozen=True)
class _Prepared:
    """A term, ready to be evaluated: its shared parts are variables of ``compiled``."""

    compiled: Compiled
    variables: tuple[Term, ...]
    own: tuple[Term, ...]
    parts: tuple[_Part, ...]


class TermValues:
    """Evaluates terms: exactly where they are rational, else in balls of some precision.

    Attributes:
        precision: its bits; what is kept was computed with it.
        passes: what was computed over many samples, within the limits of ``effort``.
        long: the number of indices from which on a range is evaluated by passes.
    """

    def __init__(self, precision: int = PRECISIONS[0], effort: Effort | None = None, long: int = LONG) -> None:
        self.precision = precision
        self.passes, self.long = SamplePasses(effort or Effort()), long
        self._prepared: dict[tuple[Term, tuple[Term, ...]], _Prepared] = {}
        self._shared: dict[Term, _Part | None] = {}
        self._families: dict[tuple[Any, ...], Any] = {}
        self._alive: dict[int, Any] = {}
        self._streamed: dict[tuple[Any, ...], fmpq | bool | str] = {}
        self._long: dict[Any, bool] = {}

    def __call__(self, term: Term, values: Values) -> Any:
        """The value of ``term``, or None if the precision does not tell.

        Raises NoValueError if a variable has no value, Undefined if a needed part is not defined, EvaluationError if
        it cannot be computed at all.
        """
        if term.op == "lam":
            return TermFamily(self, term, {v: values[v] for v in free_variables(term) if v in values})
        streamed = self.streamed(term, values)
        if streamed is not None and not isinstance(streamed, str):
            return streamed
        if term not in self._shared:
            self._shared[term] = _part(term, _indices(term), 0) if _is_shared(term) else None
        part = self._shared[term]
        if part is None:
            return self._compute(self._prepare(term, ()), term, values)
        found = self._value(part, values)
        if not part.indices:
            return found
        missing = [v for v in part.indices if v not in values]
        if missing:
            raise NoValueError(f"no value of {missing[0]} is known on these numbers")
        return found(*[values[v] for v in part.indices])

    def streamed(self, term: Term, values: Values, keep: bool = True) -> fmpq | bool | str | None:
        """The value of a term with long ranges by passes over the samples; why it has none in words; None if not long.

        ``keep`` says whether the value may be asked for again.
        """
        if not self.has_long_range(term, values):
            return None
        key = (term, *self.key(_sorted(free_variables(term)), values)) if keep else None
        if key is not None and key in self._streamed:
            return self._streamed[key]
        found: fmpq | bool | str
        self.passes.start()
        try:
            found = streamed_value(term, values, self.passes, self.long)
        except NotStreamedError as problem:
            found = str(problem)
        if key is not None:
            self._streamed[key] = found
        return found

    def first_failing_index(self, claim: Term, values: Values) -> int | None:
        """The first index at which a claim about all indices of a long range is false, if passes can tell."""
        if self.streamed(claim, values) is not False:
            return None
        try:
            return first_failing_index(claim, values, self.passes, self.long)
        except NotStreamedError:
            return None

    def has_long_range(self, term: Term, values: Values) -> bool:
        """Whether a sum, an extremum or a quantifier goes over a long range."""
        if not term.sort.is_number and term.sort.kind != "bool":
            return False
        sizes = {v: int(values[v]) for v in free_variables(term) if v.sort == INT and v in values}
        key = (term, tuple(sorted((v.name, size) for v, size in sizes.items())))
        if key not in self._long:
            self._long[key] = any(size >= self.long for size in sizes.values()) and any(
                _length(t, sizes) >= self.long for t in replace_calls(term, _explicit).walk()
            )
        return self._long[key]

    def key(self, variables: tuple[Term, ...], values: Values) -> tuple[int, ...]:
        """A key for the values of some variables: equal keys mean the same objects. Raises NoValueError."""
        found = []
        for v in variables:
            if v not in values:
                raise NoValueError(f"no value of {v} is known on these numbers")
            value = values[v]
            self._alive[id(value)] = value
            found.append(id(value))
        return tuple(found)

    def plain(self, term: Term, values: Values) -> Any:
        """The value of a term that is no shared part, sample by sample."""
        return self._compute(self._prepare(term, ()), term, values)

    def _value(self, part: _Part, values: Values) -> Any:
        """The value of a part: a number, or a family."""
        key = (part.family, *self.key(part.others, values))
        if key not in self._families:
            self._families[key] = self._fresh(part, {v: values[v] for v in part.others})
        return self._families[key]

    def _fresh(self, part: _Part, values: Values) -> Any:
        prepared = self._prepare(part.body, part.indices)
        if not part.indices:
            return self._compute(prepared, part.body, values)
        point = self._point(prepared, part.body, values, part.indices)

        def entry(*where: Any) -> Any:
            for v, k in zip(part.indices, where, strict=True):
                point[v] = k
            found = prepared.compiled(point, self.precision)
            if found is None:
                raise EvaluationError("the precision does not tell")
            return found

        return IndexedFamily(part.hole, entry)

    def _compute(self, prepared: _Prepared, term: Term, values: Values) -> Any:
        missing = [v for v in prepared.variables if v not in values]
        if missing:
            raise NoValueError(f"no value of {missing[0]} is known on these numbers")
        try:
            point = self._point(prepared, term, values, ())
        except Undefined:  # perhaps the part is not needed: a case distinction guards it
            return compile_term(term)({v: values[v] for v in prepared.variables}, self.precision)
        return None if any(value is None for value in point.values()) else prepared.compiled(point, self.precision)

    def _point(self, prepared: _Prepared, term: Term, values: Values, indices: tuple[Term, ...]) -> dict[Term, Any]:
        point = {v: values[v] for v in prepared.own if v not in indices}
        for part in prepared.parts:
            if part.indices:
                point[part.hole] = self._value(part, values)
            else:
                point[part.hole] = self(part.body, values)
        return point

    def _prepare(self, term: Term, indices: tuple[Term, ...]) -> _Prepared:
        found = self._prepared.get((term, indices))
        if found is None:
            parts: dict[Term, _Part] = {}
            plain = replace_calls(term, _explicit)
            skeleton = _Skeleton(plain, parts).of(plain, indices)
            holes = {part.hole for part in parts.values()}
            own = _sorted(free_variables(skeleton) - holes)
            found = _Prepared(compile_term(skeleton), _sorted(free_variables(term)), own, tuple(parts.values()))
            self._prepared[term, indices] = found
        return found


class TermFamily:
    """A function that is given by a term: it can be evaluated at one point, or at all samples at once.

    Attributes:
        term: the ``lam`` term.
        values: the values of its free variables.
    """

    def __init__(self, terms: TermValues, term: Term, values: Values) -> None:
        self.term, self.values = term, values
        self._terms = terms
        self._variables = tuple(Term("var", (), f"%{k}", b.sort) for k, b in enumerate(term.data))
        self._body = instantiate(term, self._variables)

    @cached_property
    def _function(self) -> Callable[..., Any]:
        return self._terms.plain(self.term, self.values)  # type: ignore[no-any-return]

    def __call__(self, *args: Any) -> Any:
        """The value at ``args``."""
        numbers = [fmpq(a) if isinstance(a, int) else a for a in args]
        point = {**self.values, **dict(zip(self._variables, numbers, strict=True))}
        found = self._terms.streamed(self._body, point, keep=False)
        return self._function(*numbers) if found is None or isinstance(found, str) else found


def _length(term: Term, sizes: Mapping[Term, int]) -> int:
    """How many indices a range has, as far as simple arithmetic tells."""
    ends: tuple[Term, Term] | None = None
    if term.op in _RANGES:
        ends = term.args[0], term.args[1]
    elif term.op in ("forall", "exists") and term.args[-1].op in ("implies", "and"):
        body = term.args[-1]
        guard = body.args[0] if body.op == "implies" or body.args[0].op == "and" else And(*body.args[:2])
        ends = range_of(Term("bound", (), 0, INT), guard)
    if ends is None:
        return 0
    low, high = (integer_value(end, sizes) for end in ends)
    return high - low + 1 if low is not None and high is not None else 0


@dataclass
class _Skeleton:
    """Replaces the shared parts of a term by variables, or by functions of the indices that occur in them."""

    whole: Term
    parts: dict[Term, _Part]

    def of(self, term: Term, inside: tuple[Term, ...]) -> Term:
        """``term`` without its shared parts; ``inside`` are the indices that stand for many values here."""
        if term is not self.whole and _is_shared(term):
            used = tuple(v for v in inside if v in free_variables(term))
            part = self.parts.get(term)
            if part is None:
                part = self.parts[term] = _part(term, used, len(self.parts))
            return part.hole(*used) if used else part.hole
        if not term.args:
            return term
        if term.op in BINDERS:
            return self._binder(term, inside)
        return _with_args(term, tuple(self.of(a, inside) for a in term.args))

    def _binder(self, term: Term, inside: tuple[Term, ...]) -> Term:
        if not all(b.sort == INT for b in term.data):
            return term
        taken = {v.name for v in free_variables(term)} | {v.name for v in inside}
        variables = []
        for position, binder in enumerate(term.data):
            name = f"{binder.hint}{_OPENED}{len(inside) + position}"
            while name in taken:
                name += _OPENED
            variables.append(Term("var", (), name, INT))
        body = self.of(instantiate(term, tuple(variables)), (*inside, *variables))
        before = tuple(self.of(a, inside) for a in term.args[:-1])
        return Term(term.op, (*before, abstract(body, tuple(variables))[1]), term.data, term.sort)


def _part(term: Term, indices: tuple[Term, ...], number: int) -> _Part:
    sort = fun_sort(*(INT for _ in indices), term.sort) if indices else term.sort
    hole = Term("var", (), f"%{number}", sort)
    family = Lam(indices, term) if indices else term
    return _Part(hole, family, indices, term, _sorted(free_variables(term) - set(indices)))


def _is_shared(term: Term) -> bool:
    if term.loose or not term.sort.is_number:
        return False
    return term.op in _RANGES or (term.op == "call" and term.data.kind != "primitive")


def _indices(term: Term) -> tuple[Term, ...]:
    """The integer variables of a term that no range depends on."""
    sizes: set[Term] = set()
    for t in replace_calls(term, _explicit).walk():
        if t.op in _RANGES:
            sizes |= free_variables(t.args[0]) | free_variables(t.args[1])
        if t.op == "call":
            sizes |= free_variables(t)
    return _sorted({v for v in free_variables(term) if v.sort == INT and v not in sizes})


def _explicit(definition: Definition, args: tuple[Term, ...]) -> Term | None:
    return definition.unfold(args) if definition.sort.is_number else None


def _with_args(term: Term, args: tuple[Term, ...]) -> Term:
    if all(a is b for a, b in zip(args, term.args, strict=True)):
        return term
    return Term(term.op, args, term.data, term.sort)


def _sorted(variables: Any) -> tuple[Term, ...]:
    return tuple(sorted(variables, key=lambda v: v.name))
