"""Claims on numbers: true, false, or not decided by them, with the values of both sides.

A quantifier over a range of indices is enumerated as far as the work allows. A quantifier over all numbers or families
is tried at samples: one counterexample refutes it, no number of samples proves it. What is said to exist is looked up
among the constructions, or among the indices.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from flint import fmpq

from symproof.instances.ball_number import Number, agreement, compare
from symproof.instances.constructions import Constructions, NamedValues
from symproof.instances.effort import Effort
from symproof.instances.evaluated_step import AGREES, OVERLAPS, Sides
from symproof.instances.term_values import NoValueError, TermValues
from symproof.instances.value_family import kept, sampled_family
from symproof.instances.work_estimate import WorkEstimate
from symproof.kernel.differentiate import opposite
from symproof.kernel.evaluate import EvaluationError, Undefined
from symproof.kernel.sequent import conjuncts
from symproof.logic.sort import BOOL, INT, Sort
from symproof.logic.syntax import And
from symproof.logic.term import Term, free_variables, instantiate
from symproof.logic.text import range_of

__all__ = ["RELATIONS", "Judge", "Judgement", "Scope", "index_choices", "most_doubtful", "plural", "sample_values"]

RELATIONS = {"eq": "=", "ne": "!=", "le": "<=", "lt": "<", "ge": ">=", "gt": ">"}
ORDER = ("<=", "<", ">=", ">")

MAX_WORK = 100_000
"""Most leaves that the evaluation of one claim visits at one point, about; a single index is always tried."""
MAX_SINGLE_WORK = 600_000
"""Terms with more leaves are not evaluated at all."""
MAX_ENUMERATED_WORK = 800_000
"""Claims about indices alone, with up to so many leaves, are evaluated at all of them."""
FEW_INDICES = 12
FEWEST_INDICES = 4
MOST_OF_MANY = 50
"""Of a long range most of whose indices cannot be tried, so many are."""
OPEN_INDICES = 3
SAMPLES = 3
MAX_SEARCH = 10_000
_SEED = 20180210
_OPENED = "\N{PRIME}"

Value = Any


@dataclass(frozen=True)
class Scope:
    """Where a claim is evaluated.

    Attributes:
        theorem: the theorem whose proof it belongs to, as the key of constructions.
        values: the values of its free variables.
        at: the values of the variables that stand for many, as text.
    """

    theorem: str
    values: Mapping[Term, Value]
    at: tuple[tuple[str, str], ...] = ()

    def inside(self, variable: Term, value: Value) -> Scope:
        """The scope with a value for one more variable."""
        return Scope(self.theorem, {**self.values, variable: value}, (*self.at, *shown_at(variable, value)))

    def named(self) -> dict[str, Value]:
        """The values by the names that authors wrote; inner ones hide outer ones."""
        return {v.name.rstrip(_OPENED): value for v, value in self.values.items()}

    def integers(self) -> dict[Term, int]:
        """The values of the integer variables."""
        return {v: int(value) for v, value in self.values.items() if v.sort == INT}


@dataclass(frozen=True)
class Judgement:
    """What the numbers say of a claim.

    Attributes:
        truth: True, False, or None if they do not decide it.
        checked: how many relations were evaluated.
        reason: why it is not decided; or how far it was.
        first: the values at the first point.
        tightest: the values where the sides of an inequality come closest.
        failing: the point at which it is false.
        doubt: why balls do not decide it, ``AGREES`` or ``OVERLAPS``; empty if not for that reason.
    """

    truth: bool | None
    checked: int = 0
    reason: str = ""
    first: Sides | None = None
    tightest: Sides | None = None
    failing: tuple[tuple[str, str], ...] = ()
    doubt: str = ""


def plural(count: int, word: str) -> str:
    """A count with its noun: ``1 value``, ``3 values``."""
    return f"{count:,} {word}{'s' * (count != 1)}"


def shown_at(variable: Term, value: Value) -> tuple[tuple[str, str], ...]:
    """A number that a variable stands for, as text; nothing for families."""
    return ((variable.name.rstrip(_OPENED), str(value)),) if isinstance(value, fmpq) else ()


def index_choices(low: int, high: int, most: int, preferred: Sequence[int], name: str) -> list[int]:
    """All indices if there are at most ``most``, else the first, the last, preferred ones and some at random."""
    if high - low + 1 <= most:
        return list(range(low, high + 1))
    chosen = {low, high, *(k for k in preferred if low <= k <= high)}
    source = random.Random(f"{_SEED}{name}{low}{high}")
    while len(chosen) < most:
        chosen.add(source.randint(low, high))
    return sorted(chosen)


def sample_values(variable: Term, count: int) -> list[Value]:
    """Some values of a sort; none for functions of functions."""
    sort: Sort = variable.sort
    if sort == INT:
        return [fmpq(k) for k in (1, 2, 0, 3, -1)[:count]]
    if sort.kind == "real":
        return [fmpq(*pair) for pair in ((1, 1), (-2, 3), (5, 2), (0, 1))[:count]]
    if sort.kind == "fun" and all(isinstance(s, Sort) and s.is_number for s in sort.args):
        seed = sum(map(ord, variable.name.rstrip(_OPENED)))
        return [kept(variable, sampled_family(seed + k)) for k in range(count)]
    return []


@dataclass
class Judge:
    """Evaluates claims; equal terms on equal values are evaluated once.

    Attributes:
        constructions: what is known of the proof's own variables.
        max_work: about how many leaves one claim may cost, where it can be tried at fewer points.
        max_single_work: about how many leaves one claim may cost that can only be evaluated as a whole.
        max_enumerated_work: about how many leaves a claim about indices alone may cost.
    """

    constructions: Constructions
    max_work: int = MAX_WORK
    max_single_work: int = MAX_SINGLE_WORK
    max_enumerated_work: int = MAX_ENUMERATED_WORK
    values: TermValues = field(default_factory=TermValues)
    _kept: dict[Any, tuple[Value, Value]] = field(default_factory=dict)
    _samples: dict[Any, list[Value]] = field(default_factory=dict)
    _work: WorkEstimate = field(default_factory=WorkEstimate)
    _known: dict[Any, Judgement] = field(default_factory=dict)

    def __call__(self, claim: Term, scope: Scope) -> Judgement:
        """Judge a claim."""
        place = (scope.theorem, *_hints(claim)) if _needs_constructions(claim) else ()
        try:
            key = (claim, place, scope.at, *self.values.key(_ordered(claim), scope.values))
        except NoValueError as problem:
            return Judgement(None, reason=str(problem))
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._judge(claim, scope, self.max_work)
        return found

    def kept(self, variable: Term, value: Value) -> Value:
        """A value for a variable; the same object for the same object, so that its values are computed once."""
        key = (id(value), variable.sort)
        if key not in self._kept:
            self._kept[key] = value, kept(variable, value)
        return self._kept[key][1]

    def samples(self, variable: Term, count: int) -> list[Value]:
        """Some values of a variable's sort, the same ones each time."""
        key = (variable.name.rstrip(_OPENED), variable.sort, count)
        if key not in self._samples:
            self._samples[key] = sample_values(variable, count)
        return self._samples[key]

    def _judge(self, claim: Term, scope: Scope, work: int) -> Judgement:
        try:
            if claim.op in RELATIONS:
                return self._relation(claim, scope)
            special = getattr(self, f"_{claim.op}", None)
            if special is not None:
                found: Judgement = special(claim, scope, work)
                return found
            return self._plain(claim, scope)
        except NoValueError as problem:
            return Judgement(None, reason=str(problem))
        except Undefined as problem:
            return Judgement(False, 1, str(problem), failing=scope.at)
        except EvaluationError as problem:
            return Judgement(None, reason=f"not evaluated: {problem}")

    # Relations -------------------------------------------------------------------------------------------------------

    def _too_much(self, claim: Term, scope: Scope) -> Judgement | None:
        integers, limit = scope.integers(), max(self.max_single_work, self.max_work)
        size = self._work(claim, integers)
        if size <= limit:
            return None
        numbers = claim.op in RELATIONS and claim.args[0].sort.is_number
        large = [part for part in (claim.args if numbers else (claim,)) if self._work(part, integers) > limit]
        found = [self.values.streamed(part, scope.values) for part in large or (claim,)]
        if not any(value is None or isinstance(value, str) for value in found):
            return None
        why = next((f" ({value})" for value in found if isinstance(value, str)), "")
        return Judgement(None, reason=f"not evaluated: its sums have about {size:,} terms on these numbers{why}")

    def _relation(self, claim: Term, scope: Scope) -> Judgement:
        refused = self._too_much(claim, scope)
        if refused is not None:
            return refused
        if not claim.args[0].sort.is_number:
            return self._plain(claim, scope)
        left, right = (self.values(a, scope.values) for a in claim.args)
        if isinstance(left, fmpq) and isinstance(right, fmpq):
            truth = _COMPARE[claim.op](left, right)
            sides = Sides((left, right), RELATIONS[claim.op], scope.at)
            return Judgement(truth, 1, "", sides, None, () if truth else scope.at)
        if not isinstance(left, Number) or not isinstance(right, Number):
            reason = f"a side is not known with {self.values.precision} bits"
            return Judgement(None, 1, reason, doubt=OVERLAPS)
        return self._balls(claim.op, left, right, scope)

    def _balls(self, op: str, left: Number, right: Number, scope: Scope) -> Judgement:
        """A relation of which a side is a ball."""
        truth = compare(op, left, right)
        sides = Sides((left, right), RELATIONS[op], scope.at)
        if truth is not None:
            return Judgement(
                truth, 1, "" if truth else "the balls are disjoint", sides, None, () if truth else scope.at
            )
        bits = f"with {self.values.precision} bits"
        apart = agreement(left, right) if op in ("eq", "le", "ge") else None
        if apart is None:
            return Judgement(None, 1, f"not decided {bits}: the balls of both sides overlap", sides, doubt=OVERLAPS)
        shown = "that they are equal" if op == "eq" else f"of {RELATIONS[op]}"
        reason = f"both sides agree to within {apart}, {bits}; that is no proof {shown}"
        return Judgement(None, 1, reason, sides, doubt=AGREES)

    def _plain(self, claim: Term, scope: Scope) -> Judgement:
        refused = self._too_much(claim, scope)
        if refused is not None:
            return refused
        truth = self.values(claim, scope.values)
        return Judgement(truth, 1, "" if truth is not None else "the numbers do not decide it", failing=scope.at)

    def _call(self, claim: Term, scope: Scope, work: int) -> Judgement:
        body = _unfolded(claim)
        if body is None:
            return Judgement(None, reason=f"{claim.data.name} is a notion that is not computed")
        return self._judge(body, scope, work)

    # Propositional parts ---------------------------------------------------------------------------------------------

    def _true(self, claim: Term, scope: Scope, work: int) -> Judgement:
        return Judgement(True)

    def _false(self, claim: Term, scope: Scope, work: int) -> Judgement:
        return Judgement(False, failing=scope.at)

    def _and(self, claim: Term, scope: Scope, work: int) -> Judgement:
        found: list[Judgement] = []
        for part in claim.args:
            found.append(self._judge(part, scope, work // len(claim.args)))
            if found[-1].truth is False:
                return found[-1]
        whole = _all_of(found)
        telling = _all_of([f for f, part in zip(found, claim.args, strict=True) if not _about_indices(part)] or found)
        return replace(whole, first=telling.first, tightest=telling.tightest)

    def _or(self, claim: Term, scope: Scope, work: int) -> Judgement:
        found: list[Judgement] = []
        for part in claim.args:
            found.append(self._judge(part, scope, work // len(claim.args)))
            if found[-1].truth is True:
                return replace(found[-1], checked=sum(f.checked for f in found))
        undecided = most_doubtful(found)
        if undecided is not None and any(opposite(part) in claim.args for part in claim.args):
            return Judgement(True, undecided.checked, "one part denies another one, whichever of them holds")
        return undecided if undecided is not None else replace(found[0], failing=scope.at)

    def _not(self, claim: Term, scope: Scope, work: int) -> Judgement:
        found = self._judge(claim.args[0], scope, work)
        if found.truth is None:
            return _doubted(found)
        return Judgement(not found.truth, found.checked, failing=scope.at if found.truth else ())

    def _implies(self, claim: Term, scope: Scope, work: int) -> Judgement:
        premise = self._judge(claim.args[0], scope, work // 2)
        if premise.truth is False:
            return Judgement(True, 0, VACUOUS)
        found = self._judge(claim.args[1], scope, work // 2)
        if premise.truth is True or found.truth is True:
            return found
        if premise.doubt == found.doubt == AGREES:
            return found
        doubt = OVERLAPS if premise.doubt else ""
        return Judgement(None, reason=f"its premise is not decided: {premise.reason}", doubt=doubt)

    def _iff(self, claim: Term, scope: Scope, work: int) -> Judgement:
        a, b = (self._judge(part, scope, work // 2) for part in claim.args)
        if a.truth is None or b.truth is None:
            return _doubted(a if a.truth is None else b)
        same = a.truth == b.truth
        return Judgement(same, a.checked + b.checked, failing=() if same else scope.at)

    # Quantifiers -----------------------------------------------------------------------------------------------------

    def _forall(self, claim: Term, scope: Scope, work: int) -> Judgement:
        variable, body = opened(claim)
        span = self.integers(premise_range(variable, body), scope)
        if span is None:
            return self._all_samples(claim, scope, work)
        low, high = span
        every = self._enumerable(claim, scope)
        if every and high - low >= FEW_INDICES:
            whole = self._enumerated(claim, scope, (low, high), work)
            if whole is not None:
                return whole
            failing = self.values.first_failing_index(claim, scope.values)
            if failing is not None:
                return self._judge(body, scope.inside(variable, fmpq(failing)), work)
        inside = body.args[1] if len(tuple(conjuncts(body.args[0]))) == 2 else body
        inner = scope.inside(variable, fmpq(low))
        most = high - low + 1 if every else max(FEWEST_INDICES, work // max(self._work(inside, inner.integers()), 1))
        if not every and high - low >= self.values.long:
            most = min(most, MOST_OF_MANY)
        preferred = self.constructions.preferred(scope.theorem, variable.name.rstrip(_OPENED), scope.named())
        choices = index_choices(low, high, most, preferred, variable.name)
        share = max(work // max(len(choices), 1), 1)
        found: list[Judgement] = []
        for k in choices:
            found.append(self._judge(inside, scope.inside(variable, fmpq(k)), share))
            if found[-1].truth is False:
                return found[-1]
        tried, total = _all_of(found), high - low + 1
        if (tried.truth is True or tried.doubt == AGREES) and len(choices) < total:
            name = variable.name.rstrip(_OPENED)
            known = "true" if tried.truth else "in agreement"
            reason = f"{known} at the {plural(len(choices), 'value')} of {name} that were tried, of {total:,}"
            return replace(tried, truth=None, reason=reason, doubt="")
        return tried

    def _enumerable(self, claim: Term, scope: Scope) -> bool:
        if not _is_bounded(claim):
            return False
        if self._work(claim, scope.integers()) <= self.max_enumerated_work:
            return True
        found = self.values.streamed(claim, scope.values)
        return found is not None and not isinstance(found, str)

    def _enumerated(self, claim: Term, scope: Scope, span: tuple[int, int], work: int) -> Judgement | None:
        """All indices in one go, and the values of both sides at a few; None if it is not true."""
        if self.values(claim, scope.values) is not True:
            return None
        variable, body = opened(claim)
        name, total = variable.name.rstrip(_OPENED), span[1] - span[0] + 1
        preferred = self.constructions.preferred(scope.theorem, name, scope.named())
        choices = index_choices(*span, FEWEST_INDICES, preferred, name)
        found = [self._judge(body, scope.inside(variable, fmpq(k)), work // len(choices)) for k in choices]
        return replace(_all_of(found), checked=total * sum(f.checked for f in found) // len(found))

    def _all_samples(self, claim: Term, scope: Scope, work: int) -> Judgement:
        """A claim about all numbers or families: tried at samples."""
        found: list[Judgement] = []
        for inner, body in self._sampled(claim, scope):
            found.append(self._judge(body, inner, work // SAMPLES))
            if found[-1].truth is False:
                return found[-1]
        decided = [f for f in found if f.truth is True and f.reason != VACUOUS]
        if not decided:
            undecided = next((f for f in found if f.truth is None), None)
            if undecided is None:
                return Judgement(None, reason=GENERAL)
            why = undecided.reason if undecided.reason.startswith(GENERAL) else f"{GENERAL}; {undecided.reason}"
            return replace(undecided, reason=why, doubt="")
        whole = _all_of(decided)
        return replace(whole, truth=None, reason=f"{GENERAL}; it holds at {plural(len(decided), 'sampled point')}")

    def _sampled(self, claim: Term, scope: Scope) -> Iterator[tuple[Scope, Term]]:
        """The body of leading quantifiers at samples of their variables."""
        variables, body = _leading(claim)
        names = " ".join(v.name.rstrip(_OPENED) for v in variables)
        given = self.constructions.samples(scope.theorem, names)
        if given is not None:
            points = [tuple(one) for one in given(scope.named())]
        else:
            points = self._default_points(variables, body, scope)
        for point in points:
            inner = scope
            for variable, value in zip(variables, point, strict=True):
                inner = inner.inside(variable, self.kept(variable, value))
            yield inner, body

    def _default_points(self, variables: Sequence[Term], body: Term, scope: Scope) -> list[tuple[Value, ...]]:
        columns = [self._column(v, body, scope) for v in variables]
        if not all(columns):
            return []
        count = max(map(len, columns))
        return [tuple(c[k % len(c)] for c in columns) for k in range(count)]

    def _column(self, variable: Term, body: Term, scope: Scope) -> list[Value]:
        """Values to try for one variable; an index with a lower bound starts there."""
        low = bounds(variable, conjuncts(body.args[0]))[0] if body.op == "implies" else None
        span = self.integers((low, low), scope) if low is not None and variable.sort == INT else None
        if span is not None:
            return [fmpq(span[0] + k) for k in range(OPEN_INDICES)]
        preferred = self.constructions.preferred(scope.theorem, variable.name.rstrip(_OPENED), scope.named())
        if variable.sort == INT and preferred:
            return [fmpq(k) for k in preferred]
        return self.samples(variable, SAMPLES)

    def _exists(self, claim: Term, scope: Scope, work: int) -> Judgement:
        variable, body = opened(claim)
        name = variable.name.rstrip(_OPENED)
        value = self.constructed(variable, name, scope)
        if value is not None:
            found = self._judge(body, scope.inside(variable, value), work)
            if found.truth is True:
                return found
            if variable.sort != INT:
                why = found.reason or "it does not have the property"
                reason = f"at the construction of {name}: {why}"
                return Judgement(None, found.checked, reason, found.first, doubt=found.doubt)
        if variable.sort == INT:
            return self._some_index(variable, body, scope, work)
        return Judgement(None, reason=f"no construction of {name} is given for these numbers")

    def constructed(self, variable: Term, name: str, scope: Scope) -> Value | None:
        """The value that the instance gives to what is said to exist; failing that, that of the same name."""
        construct = self.constructions.obtain(scope.theorem, name)
        found = construct(NamedValues(scope.named(), self.values)) if construct is not None else None
        if found is not None and callable(found) == (variable.sort.kind == "fun"):
            return self.kept(variable, found)  # another variable of this name may be of another kind
        same = next((v for v in scope.values if v.name == name and v.sort == variable.sort), None)
        return None if same is None or variable.sort == INT else scope.values[same]

    def _some_index(self, variable: Term, body: Term, scope: Scope, work: int) -> Judgement:
        name = variable.name.rstrip(_OPENED)
        doubtful = None
        for k, last in self.tried_indices(variable, body, scope, work):
            if last.truth is True:
                return last
            if last.truth is None:
                found = Judgement(None, reason=f"at {name} = {k}: {last.reason}", doubt=last.doubt)
                if not last.doubt:
                    return found
                doubtful = doubtful or found
        if doubtful is not None:
            return doubtful
        span = self.integers(index_range(variable, body), scope)
        if span is not None and span[1] - span[0] < MAX_SEARCH:
            return Judgement(False, 1, f"no {name} has the property", failing=scope.at)
        return Judgement(None, reason=f"no {name} was found")

    def tried_indices(self, variable: Term, body: Term, scope: Scope, work: int) -> Iterator[tuple[int, Judgement]]:
        """The indices in the range that ``body`` gives, one after the other, with what the numbers say there."""
        span = self.integers(index_range(variable, body), scope)
        if span is not None:
            for k in range(span[0], min(span[1], span[0] + MAX_SEARCH - 1) + 1):
                yield k, self._judge(body, scope.inside(variable, fmpq(k)), work)

    def integers(self, span: tuple[Term, Term] | None, scope: Scope) -> tuple[int, int] | None:
        """The values of the ends of a range; None if there is no range or an end has no value."""
        if span is None or any(v not in scope.values for end in span for v in free_variables(end)):
            return None
        low, high = (int(self.values(end, scope.values)) for end in span)
        return low, high


def judge_with(constructions: Constructions, values: TermValues, effort: Effort) -> Judge:
    """A judge within given limits of work."""
    limit = effort.max_work
    if limit is None:
        return Judge(constructions, values=values)
    return Judge(constructions, min(limit, MAX_WORK), limit, limit, values)


VACUOUS = "nothing to check: the premise is false on these numbers"
GENERAL = "a statement about all values: proved, not enumerable"

_COMPARE = {
    "eq": fmpq.__eq__, "ne": fmpq.__ne__, "le": fmpq.__le__, "lt": fmpq.__lt__, "ge": fmpq.__ge__, "gt": fmpq.__gt__,
}  # fmt: skip


def _about_indices(claim: Term) -> bool:
    """Whether a proposition only says where an index lies."""
    return claim.op in RELATIONS and all(a.sort == INT for a in claim.args)


def _ordered(claim: Term) -> tuple[Term, ...]:
    return tuple(sorted(free_variables(claim), key=lambda v: v.name))


@lru_cache(maxsize=4096)
def _is_bounded(claim: Term) -> bool:
    """Whether all quantifiers of a claim are over ranges of indices and none is hidden in a notion."""
    for t in claim.walk():
        if t.op == "call" and t.sort == BOOL:
            return False
        if t.op in ("forall", "exists"):
            variable, body = opened(t) if not t.loose else (None, None)
            inner = t.args[-1] if body is None else body
            index = Term("bound", (), 0, INT) if variable is None else variable
            premise = inner.args[0] if inner.op == "implies" else inner
            if t.data[0].sort != INT or range_of(index, _guard(premise)) is None:
                return False
    return True


def _guard(premise: Term) -> Term:
    """The first two parts of a conjunction."""
    return And(*premise.args[:2]) if premise.op == "and" else premise


@lru_cache(maxsize=4096)
def _needs_constructions(claim: Term) -> bool:
    """Whether the answer may depend on constructions: it quantifies over more than indices."""
    return any(
        (t.op in ("forall", "exists") and t.data[0].sort != INT) or (t.op == "call" and t.sort == BOOL)
        for t in claim.walk()
    )


def _all_of(parts: Sequence[Judgement]) -> Judgement:
    """The judgement of a conjunction none of whose parts is false."""
    undecided = most_doubtful(parts)
    seen = [p for p in parts if p.reason != VACUOUS or p.truth is None]
    first = next((p.first for p in seen if p.first is not None), None)
    return Judgement(
        truth=True if undecided is None else None,
        checked=sum(p.checked for p in parts),
        reason=undecided.reason if undecided is not None else ("" if seen or not parts else VACUOUS),
        first=first,
        tightest=_tightest([s for p in seen for s in (p.first, p.tightest) if s is not None], first),
        doubt=undecided.doubt if undecided is not None else "",
    )


_DOUBTS = (OVERLAPS, "", AGREES)


def most_doubtful(parts: Sequence[Judgement]) -> Judgement | None:
    """What stands in the way of a decision: a part whose balls overlap, else an open part, else one that agrees."""
    undecided = [p for p in parts if p.truth is None]
    return min(undecided, key=lambda p: _DOUBTS.index(p.doubt), default=None)


def _doubted(found: Judgement) -> Judgement:
    """What is undecided because of an undecided part: agreement of its sides says nothing of it."""
    return replace(found, doubt=OVERLAPS) if found.doubt else found


def _tightest(sides: Sequence[Sides], first: Sides | None) -> Sides | None:
    """The closest sides of the same inequality."""
    comparable = [s for s in sides if s.relation in ORDER and first is not None and s.relation == first.relation]
    closest = min(comparable, key=lambda s: s.gap, default=None)
    return None if closest is None or closest == first else closest


def _hints(claim: Term) -> tuple[str, ...]:
    """The names of quantified variables: no part of a term's identity, but the keys of constructions."""
    return tuple(t.data[0].hint for t in claim.walk() if t.op in ("forall", "exists"))


_OPENINGS: dict[int, tuple[Term, Term, Term]] = {}
"""By identity, since the names in it matter: the claim itself, which keeps its identity from being used again."""


def opened(claim: Term) -> tuple[Term, Term]:
    """The variable of a quantifier, under a name of its own, and the body."""
    found = _OPENINGS.get(id(claim))
    if found is None:
        binder, body = claim.data[0], claim.args[-1]
        taken = {v.name for v in free_variables(body)}
        name = (binder.hint or "z") + _OPENED
        while name in taken:
            name += _OPENED
        variable = Term("var", (), name, binder.sort)
        found = claim, variable, instantiate(claim, (variable,))
        if len(_OPENINGS) > 5_000:
            _OPENINGS.clear()
        _OPENINGS[id(claim)] = found
    return found[1], found[2]


@lru_cache(maxsize=1024)
def _unfolded(call: Term) -> Term | None:
    meaning: Term | None = call.data.unfold(call.args)
    return meaning


def _leading(claim: Term) -> tuple[list[Term], Term]:
    """The variables of leading quantifiers that are not over a range, and the body."""
    variables: list[Term] = []
    while claim.op == "forall":
        variable, body = opened(claim)
        if premise_range(variable, body) is not None:
            break
        variables.append(variable)
        claim = body
    return variables, claim


def premise_range(variable: Term, body: Term) -> tuple[Term, Term] | None:
    """(low, high) if ``body`` is an implication whose premise says low <= variable <= high."""
    return index_range(variable, body.args[0]) if body.op == "implies" else None


def index_range(variable: Term, body: Term) -> tuple[Term, Term] | None:
    """(low, high) if the conjunction ``body`` says low <= variable <= high."""
    if variable.sort != INT:
        return None
    low, high = bounds(variable, conjuncts(body))
    return (low, high) if low is not None and high is not None else None


def bounds(variable: Term, parts: Iterable[Term]) -> tuple[Term | None, Term | None]:
    """The first lower and the first upper bound of a variable among some propositions."""
    low = high = None
    for p in parts:
        if p.op == "le":
            if p.args[1] == variable and variable not in free_variables(p.args[0]) and low is None:
                low = p.args[0]
            elif p.args[0] == variable and variable not in free_variables(p.args[1]) and high is None:
                high = p.args[1]
    return low, high
