"""Search for counterexamples: a point where all premises hold and the conclusion fails, decided exactly or by balls.

A point counts only if every premise is certainly true there and the conclusion certainly false (and so defined). What
balls cannot decide, for example sin(pi) = 0, is put to the exact rules for closed terms. Points come from a grid, from
a descent, at random and, where that is asked for and Z3 is installed, from its models.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice, product
from random import Random

from flint import arb, fmpq

from symproof.kernel.differentiate import opposite
from symproof.kernel.discharge import Discharger
from symproof.kernel.evaluate import Compiled, EvaluationError, Undefined, decide
from symproof.kernel.normal_form import normal_form
from symproof.kernel.rule import Refusal, Request
from symproof.kernel.rules import elementary
from symproof.kernel.sequent import Sequent
from symproof.logic.parser import IMAGINARY_UNIT
from symproof.logic.rational_value import rational_value
from symproof.logic.sort import REAL
from symproof.logic.term import Term, coerce, free_variables, subst
from symproof.tactics.claim import Claim
from symproof.tactics.equation_points import points_on_equations
from symproof.tactics.starting_points import special_points

__all__ = ["Counterexample", "SearchLog", "certain", "find_counterexample"]

Value = Fraction | Term
Point = dict[Term, Value]
PI = Term("pi")
SIMPLEST_POINTS = 150
MAX_POINTS_ON_EQUATIONS = 400
SHARE_ON_EQUATIONS = 0.3
SECONDS_OF_SOLVER = 1.0

_TEXTS = (
    "0 1 -1 2 -2 1/2 -1/2 3 -3 1/3 -1/3 3/2 -3/2 1/10 -1/10 10 -10 5 -5 1/4 3/4 2/3 3/5 4/5 -3/5 -4/5 5/13 12/13 4 -4 "
    "7 -7 100 -100 1/100 -1/100 9/10 11/10 1000 -1000 1/1000 -1/1000 1000000 -1000000"
)
_RATIONALS = tuple(map(Fraction, _TEXTS.split(" ")))
_IRRATIONALS = (PI, PI / 2, -PI / 2, -PI, 2 * PI, PI / 4, 3 * PI / 4, PI / 3, 3 * PI / 2, -2 * PI, PI / 6,
                Term("e"), Term("sqrt", (coerce(2),)), -Term("sqrt", (coerce(2),)))  # fmt: skip


@dataclass(frozen=True)
class Counterexample:
    """A point that refutes a claim: the variables with exact values (rationals or closed terms)."""

    values: tuple[tuple[str, Value], ...]

    def as_strings(self) -> dict[str, str]:
        """The values as text that the claim grammar reads."""
        return {name: str(value) for name, value in self.values}


@dataclass
class SearchLog:
    """What a search did.

    Attributes:
        tried: how many points were tried.
        admissible: whether all premises held at one of them.
        undefined: an admissible point where the conclusion is not defined, if one was met.
        reason: why it is not defined there.
        solver: what Z3 said, if it was asked.
    """

    tried: int = 0
    admissible: bool = False
    undefined: Counterexample | None = None
    reason: str = ""
    solver: str = ""


def certain(proposition: Term, point: Mapping[Term, Value], limit: int = 1024) -> bool | None:
    """The truth of a proposition at a point: by exact or ball evaluation, else by the exact rules for closed terms.

    Raises Undefined where the proposition is not defined.
    """
    try:
        truth = decide(proposition, dict(point), limit)
    except EvaluationError:
        return None
    if truth is None and (set(point) >= free_variables(proposition)):
        closed = subst(proposition, {v: coerce(value) for v, value in point.items()})
        for candidate, answer in ((closed, True), (opposite(closed), False)):
            if _proved_closed(candidate):
                return answer
    return truth


def _proved_closed(proposition: Term) -> bool:
    if proposition.op == "and":
        return all(_proved_closed(p) for p in proposition.args)
    discharge, empty = Discharger(), Sequent()
    try:
        accepted = elementary.RULE.check(Request(proposition, (), empty, discharge))
        return all(discharge(empty, o) or decide(o, {}) is True for o in accepted.obligations)
    except (Refusal, Undefined, EvaluationError):
        return False


def find_counterexample(
    claim: Claim, seconds: float, log: SearchLog | None = None, most: int = 1_000_000, *, solver: bool = False
) -> Counterexample | None:
    """Search for ``seconds`` or among ``most`` points; what is returned was verified exactly or by balls.

    With ``solver`` Z3 is asked too, which takes up to a second, after the simplest points and if it is installed.
    """
    if any(IMAGINARY_UNIT in free_variables(p) for p in (*claim.hypotheses, claim.conclusion)):
        return None
    return _Search(claim, time.monotonic() + seconds, log if log is not None else SearchLog(), solver).run(most)


class _Search:
    def __init__(self, claim: Claim, deadline: float, log: SearchLog, solver: bool) -> None:
        self.claim, self.deadline, self.log, self.solver = claim, deadline, log, solver
        self.premises = claim.premises()
        self.compiled = [Compiled(p) for p in self.premises]
        self.conclusion = Compiled(claim.conclusion)
        used = frozenset[Term]().union(*(free_variables(p) for p in (*self.premises, claim.conclusion)))
        self.variables = [v for v in claim.variables if v in used]
        self.sorts = dict(claim.sorts)
        self.solved = _solvable(claim.hypotheses, self.variables)
        self.margin = _margin(claim.conclusion)

    def run(self, most: int) -> Counterexample | None:
        """The first point that refutes the claim, the cheapest places first."""
        grid = self._grid()
        simplest = islice(grid, SIMPLEST_POINTS)
        for points in (simplest, self._on_equations(), self._models(), grid, self._descents(), self._random()):
            for point in points:
                if time.monotonic() > self.deadline or self.log.tried >= most:
                    return None
                if self._refutes(point):
                    rest = {v: Fraction(self._default(v)) for v in self.claim.variables if v not in point}
                    complete = {**point, **rest}
                    return Counterexample(tuple((v.name, complete[v]) for v in self.claim.variables))
        return None

    def _default(self, v: Term) -> int:
        return {"positive": 1, "negative": -1}.get(self.sorts[v.name], 0)

    # One point

    def _refutes(self, point: Point) -> bool:
        self.log.tried += 1
        values = dict(point)
        try:
            for compiled, premise in zip(self.compiled, self.premises, strict=True):
                truth = compiled(values)
                if truth is False or (truth is None and certain(premise, point) is not True):
                    return False
        except (Undefined, EvaluationError):
            return False
        self.log.admissible = True
        try:
            truth = self.conclusion(values)
            return truth is False or (truth is None and certain(self.claim.conclusion, point) is False)
        except Undefined as problem:
            if self.log.undefined is None:
                self.log.undefined = Counterexample(tuple((v.name, x) for v, x in point.items()))
                self.log.reason = str(problem)
            return False
        except EvaluationError:
            return False

    def _complete(self, point: Point) -> Point | None:
        """The point with the variables that the equations among the hypotheses determine."""
        for variable, form in self.solved:
            try:
                at_zero = form({**point, variable: Fraction(0)})
                slope = form({**point, variable: Fraction(1)})
            except (Undefined, EvaluationError):
                return None
            if not isinstance(at_zero, fmpq) or not isinstance(slope, fmpq) or slope == at_zero:
                return None
            value = -at_zero / (slope - at_zero)
            if not self._fits(variable, exact := Fraction(int(value.p), int(value.q))):
                return None
            point = {**point, variable: exact}
        return point

    def _fits(self, v: Term, value: Value) -> bool:
        sort = self.sorts[v.name]
        if isinstance(value, Term):
            return sort in ("real", "positive", "negative", "nonneg", "complex")
        if sort in ("integer", "natural") and value.denominator != 1:
            return False
        return (
            (value > 0 or sort != "positive")
            and (value < 0 or sort != "negative")
            and (value >= 0 or sort not in ("nonneg", "natural"))
        )

    # Where to look

    def _free(self) -> list[Term]:
        determined = {v for v, _ in self.solved}
        return [v for v in self.variables if v not in determined]

    def _candidates(self, v: Term) -> list[Value]:
        special = _constants((*self.premises, self.claim.conclusion))
        values: list[Value] = list(_RATIONALS[:14])
        values += [s + d for s in special for d in (0, 1, -1, Fraction(1, 10), Fraction(-1, 10))]
        values += [-s for s in special] + [Fraction(s.numerator * 2 + 1, s.denominator * 2) for s in special]
        values += [*self._special(v), *_IRRATIONALS, *_RATIONALS[14:]]
        return [x for x in dict.fromkeys(values) if self._fits(v, x)]

    def _special(self, v: Term) -> Iterator[Term]:
        """Closed numbers at which a relation in ``v`` alone is tight, or where it may be: exp(-1) for x log(x)."""
        conclusion = self.claim.conclusion
        if conclusion.op in ("lt", "gt", "le", "ge", "ne") and free_variables(conclusion) == {v} and v.sort == REAL:
            yield from (t for t in special_points(conclusion, v, {}) if rational_value(t) is None)

    def _grid(self) -> Iterator[Point]:
        """Products of the candidates, cheap ones first."""
        free = self._free()
        lists = [self._candidates(v) for v in free]
        if not free:
            complete = self._complete({})
            if complete is not None:
                yield complete
            return
        limit = {1: 200, 2: 60, 3: 20, 4: 9, 5: 6, 6: 5}.get(len(free), 3)
        shells = [n for n in (3, 6, 12, 24, 60, 200) if n < limit] + [limit]
        done = 0
        for shell in shells:
            for indices in product(*[range(min(shell, len(values))) for values in lists]):
                if max(indices) < done:
                    continue
                point = self._complete({v: values[i] for v, values, i in zip(free, lists, indices, strict=True)})
                if point is not None:
                    yield point
            done = shell

    def _on_equations(self) -> Iterator[Point]:
        """Points on equations among the hypotheses that need square roots, with simple values for what is left."""
        equations = [h for h in self.claim.hypotheses if h.op == "eq" and h.args[0].sort.is_number]
        if not equations:
            return
        now = time.monotonic()
        end = now + SHARE_ON_EQUATIONS * (self.deadline - now)

        def candidates(v: Term) -> list[Value]:
            return self._simple(v) if time.monotonic() < end else []

        for point in islice(points_on_equations(equations, self.variables, candidates), MAX_POINTS_ON_EQUATIONS):
            missing = [v for v in self.variables if v not in point]
            pools = [self._simple(v)[:6] for v in missing]
            for values in islice(product(*pools), 40):
                complete = {**point, **dict(zip(missing, values, strict=True))}
                if all(self._fits(v, x) for v, x in complete.items()):
                    yield complete

    def _simple(self, v: Term) -> list[Value]:
        fractions = [Fraction(n, d) for d in range(1, 9) for n in range(4 * d + 1)]
        values = [s * x for x in dict.fromkeys(fractions) for s in ((1, -1) if x else (1,))]
        return [x for x in values if self._fits(v, x)]

    def _models(self) -> Iterator[Point]:
        """Points that Z3 suggests."""
        if not self.solver or time.monotonic() + SECONDS_OF_SOLVER > self.deadline:
            return
        from symproof.tactics.solver_points import solver_points  # with it come the rules of the kernel

        found = solver_points(self.premises, self.claim.conclusion)
        self.log.solver = found.remark
        for point in found.points:
            if all(v in point and self._fits(v, point[v]) for v in self.variables):
                yield {v: point[v] for v in self.variables}

    def _random(self) -> Iterator[Point]:
        generator, free = Random(20_240_229), self._free()
        for _ in range(20_000 if free else 0):
            point: Point = {}
            for v in free:
                size = generator.choice((1, 2, 5, 20, 1000))
                bottom = 1 if self.sorts[v.name] in ("integer", "natural") else generator.choice((1, 2, 3, 7, 16, 100))
                value = Fraction(generator.randint(-size * bottom, size * bottom), bottom)
                sort = self.sorts[v.name]
                value = (
                    abs(value)
                    if sort in ("positive", "nonneg", "natural")
                    else -abs(value)
                    if sort == "negative"
                    else value
                )
                point[v] = value if self._fits(v, value) else value + self._default(v)
            complete = self._complete(point)
            if complete is not None:
                yield complete

    def _random_value(self, v: Term, generator: Random) -> Fraction:
        sort = self.sorts[v.name]
        size = generator.choice((1, 2, 5, 20, 1000))
        bottom = 1 if sort in ("integer", "natural") else generator.choice((1, 2, 3, 7, 16, 100))
        value = Fraction(generator.randint(-size * bottom, size * bottom), bottom)
        if sort in ("positive", "nonneg", "natural"):
            value = abs(value)
        elif sort == "negative":
            value = -abs(value)
        return value if self._fits(v, value) else value + self._default(v)

    def _descents(self) -> Iterator[Point]:
        """Coordinate descent on the margin of an inequality, from the best points of a coarse grid."""
        free = [v for v in self._free() if self.sorts[v.name] not in ("integer", "natural")]
        if self.margin is None or not free or len(free) > 4:
            return
        starts: list[tuple[float, int, Point]] = []
        span = 41 if len(free) == 1 else 9 if len(free) == 2 else 5
        axis = [Fraction(k * 10, span - 1) - 5 for k in range(span)]
        others = {v: Fraction(self._default(v)) for v in self._free() if v not in free}
        for k, values in enumerate(islice(product(axis, repeat=len(free)), 700)):
            point = self._complete({**others, **dict(zip(free, values, strict=True))})
            height = self._height(point) if point is not None else None
            if height is not None and point is not None:
                starts.append((height, k, {v: point[v] for v in self._free()}))
        for height, _, point in sorted(starts, key=lambda s: s[:2])[:4]:
            yield from self._descend(height, point, free)

    def _descend(self, height: float, point: Point, free: Sequence[Term]) -> Iterator[Point]:
        step = Fraction(1, 2)
        for _ in range(60):
            better = None
            for v in free:
                for sign in (1, -1):
                    old = point[v]
                    if isinstance(old, Term):
                        continue
                    moved = self._complete({**point, v: old + sign * step})
                    value = self._height(moved) if moved is not None else None
                    if value is not None and moved is not None and value < height:
                        height, better = value, {u: moved[u] for u in self._free()}
                        yield moved
            if better is None:
                step /= 2
                if step < Fraction(1, 2**16):
                    return
            else:
                point = better

    def _height(self, point: Point) -> float | None:
        """How far the conclusion is from failing, in floats (a hint only); None outside the premises."""
        if self.margin is None or time.monotonic() > self.deadline:
            return None
        try:
            if any(c(point) is not True for c in self.compiled):
                return None
            value = self.margin(point)
        except (Undefined, EvaluationError):
            return None
        if isinstance(value, fmpq):
            value = arb(value)
        return float(value.mid()) if isinstance(value, arb) and value.is_finite() else None


def _margin(conclusion: Term) -> Compiled | None:
    """Large - small of an inequality, compiled; its descent leads to points that refute it."""
    if conclusion.op not in ("le", "lt", "ge", "gt"):
        return None
    small, large = conclusion.args if conclusion.op in ("le", "lt") else conclusion.args[::-1]
    return Compiled(large - small)


def _constants(terms: Sequence[Term]) -> list[Fraction]:
    """The rational numbers that occur, the shortest first."""
    found: set[Fraction] = set()
    for term in terms:
        for t in term.walk():
            value = rational_value(t) if t.op in ("num", "div", "neg") else None
            if value is not None and abs(value) < 10**9:
                found.add(value)
    return sorted(found, key=lambda v: (abs(v.numerator) + v.denominator, v))[:12]


def _solvable(hypotheses: Sequence[Term], variables: Sequence[Term]) -> list[tuple[Term, Compiled]]:
    """Variables that equations determine once the other ones have values, each with the form that must vanish."""
    result: list[tuple[Term, Compiled]] = []
    taken: set[Term] = set()
    for h in hypotheses:
        if h.op != "eq" or not h.args[0].sort.is_number:
            continue
        try:
            form = normal_form(h.args[0] - h.args[1])
        except Refusal:
            continue
        for v in reversed(list(variables)):
            degrees = [dict(m).get(v, 0) for m in form]
            hidden = any(v in free_variables(t) for m in form for t, _ in m if t != v)
            if v in taken or hidden or max(degrees, default=0) != 1:
                continue
            result.append((v, Compiled(h.args[0] - h.args[1])))
            taken |= {v}
            break
    order = {v for v, _ in result}
    return [] if len(order) > 1 and not _triangular(result, hypotheses) else result


def _triangular(solved: Sequence[tuple[Term, Compiled]], hypotheses: Sequence[Term]) -> bool:
    """Whether no equation needs a variable that a later one determines."""
    equations = [h for h in hypotheses if h.op == "eq" and h.args[0].sort.is_number]
    pending = [v for v, _ in solved]
    for equation, v in zip(equations, list(pending), strict=False):
        pending.remove(v)
        if free_variables(equation) & set(pending):
            return False
    return True
