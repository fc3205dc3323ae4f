"""Ball arithmetic: relations between closed expressions, relations on boxes, and roots by a change of sign.

Arb evaluates with rigorous error bounds. Balls prove <, <=, >, >= and !=; they never prove an equation.

* Closed relations: the precision rises until the sides are apart.
* Relations in variables that the facts bound (``0 <= x``, ``x <= pi``). Evidence: (precision, tree), where a tree is
  None (evaluate here) or (axis, rational point, left tree, right tree); without evidence the whole box is evaluated at
  once. A part where a fact is certainly false needs nothing.
* ``exists x: a <= x and x <= b and f(x) = g(x)``: f - g is continuous and changes its sign.

Good: ``pi < 22/7``; ``x**2 - x + 1/3 > 0`` from 0 <= x <= 1. Bad: ``sqrt(2)*sqrt(3) = sqrt(6)``.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import flint
from flint import arb, fmpq

from symproof.kernel.differentiate import opened
from symproof.kernel.evaluate import Compiled, EvaluationError, Undefined, decide, evaluate
from symproof.kernel.interval_smoothness import CONTINUOUS
from symproof.kernel.rule import Accepted, Refusal, Request, Rule
from symproof.kernel.sequent import conjuncts
from symproof.logic.syntax import Eq
from symproof.logic.term import Term, free_variables

__all__ = ["MAX_PRECISION", "RULE", "Box", "bounding_box", "holds_on"]

MAX_PRECISION = 16_384
MAX_DEPTH = 60
MAX_EXPONENT = 10_000

Box = dict[Term, tuple[Fraction, Fraction]]
"""A closed interval with rational end points for each variable."""
Tree = Any
_RELATIONS = frozenset({"lt", "le", "gt", "ge", "ne"})


def _check(request: Request) -> Accepted:
    goal = request.goal
    if goal.op == "exists":
        return _check_root(request)
    if goal.op not in _RELATIONS or not goal.args[0].sort.is_number:
        raise Refusal("balls prove inequalities", got=str(goal), expected="<, <=, >, >= or !=")
    if not free_variables(goal):
        return _check_closed(goal)
    facts = tuple(p for f in (request.facts or tuple(request.sequent.facts())) for p in conjuncts(f))
    precision, tree = request.evidence.find("ball", goal, request.facts, request) or (64, None)
    box = bounding_box(facts, free_variables(goal))
    if box is None:
        raise Refusal("a variable has no bounds by closed numbers", expected="a <= x and x <= b among the facts")
    guards = [Compiled(f) for f in facts if free_variables(f) <= set(box)]
    if not _covered(Compiled(goal), guards, box, tree, min(int(precision), MAX_PRECISION), 0):
        raise Refusal("the enclosures do not prove the goal", expected="a finer subdivision")
    return Accepted((), "certified", f"interval enclosures at {precision} bits")


def _check_closed(goal: Term) -> Accepted:
    try:
        truth = decide(goal, {}, MAX_PRECISION)
    except (Undefined, EvaluationError) as problem:
        raise Refusal(f"the goal cannot be evaluated: {problem}") from None
    if truth is not True:
        reason = "the sides cannot be told apart" if truth is None else "the relation is false"
        raise Refusal(f"{reason} with balls of up to {MAX_PRECISION} bits", got=str(goal))
    return Accepted((), "certified", "ball arithmetic")


# Boxes ---------------------------------------------------------------------------------------------------------------


def bounding_box(facts: Sequence[Term], variables: frozenset[Term] | set[Term]) -> Box | None:
    """Rational bounds for ``variables`` from facts ``a <= x``, ``x < b`` with closed a, b; None if one is missing."""
    low: dict[Term, Fraction] = {}
    high: dict[Term, Fraction] = {}
    for fact in facts:
        if fact.op not in ("le", "lt", "ge", "gt", "eq") or not fact.args[0].sort.is_number:
            continue
        small, large = fact.args if fact.op in ("le", "lt", "eq") else fact.args[::-1]
        for a, b in ((small, large), (large, small)) if fact.op == "eq" else ((small, large),):
            if b in variables and (bound := _rational_bound(a, False)) is not None:
                low[b] = max(bound, low.get(b, bound))
            if a in variables and (bound := _rational_bound(b, True)) is not None:
                high[a] = min(bound, high.get(a, bound))
    if any(v not in low or v not in high or low[v] > high[v] for v in variables):
        return None
    return {v: (low[v], high[v]) for v in sorted(variables, key=lambda v: v.name)}


def _rational_bound(t: Term, upper: bool) -> Fraction | None:
    """A rational bound of a closed number from above or from below."""
    if free_variables(t) or not t.sort.is_number:
        return None
    try:
        value = evaluate(t, {}, 128)
    except (Undefined, EvaluationError):
        return None
    if isinstance(value, arb) and value.is_finite():
        mantissa, exponent = (value.upper() if upper else value.lower()).man_exp()
        if abs(int(exponent)) > MAX_EXPONENT:
            return None
        return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)
    return Fraction(int(value.p), int(value.q)) if isinstance(value, fmpq) else None


def holds_on(proposition: Compiled, box: Box, precision: int) -> bool | None:
    """The truth of a proposition throughout a box: True, False (nowhere true), or None."""
    with flint.ctx.workprec(precision):
        point = {
            v: _ball(a).union(_ball(b)) if a != b else fmpq(a.numerator, a.denominator) for v, (a, b) in box.items()
        }
    try:
        truth = proposition(point, precision)
    except (Undefined, EvaluationError):
        return None
    return truth if truth is None else bool(truth)


def _exact(value: Fraction) -> fmpq:
    return fmpq(value.numerator, value.denominator)


def _ball(value: Fraction) -> arb:
    return arb(_exact(value))


def _covered(goal: Compiled, guards: list[Compiled], box: Box, tree: Tree, precision: int, depth: int) -> bool:
    if tree is None:
        return holds_on(goal, box, precision) is True or any(holds_on(g, box, precision) is False for g in guards)
    axis, point, left, right = tree
    variable, middle = list(box)[axis], Fraction(point)
    a, b = box[variable]
    if depth > MAX_DEPTH or not a <= middle <= b:
        return False
    halves = ({**box, variable: (a, middle)}, left), ({**box, variable: (middle, b)}, right)
    return all(_covered(goal, guards, half, rest, precision, depth + 1) for half, rest in halves)


# Roots ---------------------------------------------------------------------------------------------------------------


def _check_root(request: Request) -> Accepted:
    (x,), body = opened(request.goal)
    parts = list(conjuncts(body))
    equations = [p for p in parts if p.op == "eq"]
    if len(equations) != 1 or x.sort.kind != "real" or free_variables(body) != {x}:
        raise Refusal(
            "balls find roots of one equation in one real variable", expected="a <= x and x <= b and f(x) = 0"
        )
    difference = equations[0].args[0] - equations[0].args[1]
    others = [p for p in parts if p.op != "eq"]
    evidence = request.evidence.find("ball", request.goal, request.facts, request)
    precision, (low, high), tree = evidence or (64, (0, 0), None)
    box: Box = {x: (Fraction(low), Fraction(high))}
    if box[x][0] > box[x][1]:
        raise Refusal("the interval is empty", got=f"[{low}, {high}]")
    if not all(t.op in CONTINUOUS for t in difference.walk()):
        raise Refusal("the function is not built from continuous ones", got=str(difference))
    if not all(_throughout(p, x, box, precision) for p in others):
        raise Refusal("the interval does not meet the other conditions", got=f"[{low}, {high}]")
    finite = Compiled(Eq(0 * difference, 0))  # true where the enclosure is finite
    if not _covered(finite, [], box, tree, precision, 0):
        raise Refusal("the function is not known to be defined on the interval", expected="a finer subdivision")
    start, end = ({x: _exact(e)} for e in box[x])
    falls = decide(difference >= 0, start) is True and decide(difference <= 0, end) is True
    rises = decide(difference <= 0, start) is True and decide(difference >= 0, end) is True
    if not falls and not rises:
        raise Refusal("no change of sign", expected="opposite signs at the ends of the interval in the evidence")
    return Accepted((), "certified", f"a change of sign on [{low}, {high}]")


def _throughout(p: Term, x: Term, box: Box, precision: int) -> bool:
    """Whether a condition on x holds on the interval; a bound of x itself is asked for at the two ends only."""
    if p.op in ("lt", "le", "gt", "ge") and all(a == x or x not in free_variables(a) for a in p.args):
        return all(decide(p, {x: _exact(end)}) is True for end in box[x])
    return holds_on(Compiled(p), box, precision) is True


RULE = Rule(
    name="ball",
    decides="inequalities between closed expressions; inequalities on boxes; a root by a change of sign",
    refuses="equations; inequalities that become equalities somewhere on the box",
    sentence="by ball arithmetic",
    check=_check,
)
