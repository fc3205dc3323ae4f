"""``smooth.spurious_minimum`` and ``smooth.bent_activation`` with numbers: a spurious local minimum.

The same numbers are those of ``smooth.paper_spurious_minimum`` and ``smooth.every_activation``.

The samples are (1, 0) -> 0, (0, 1) -> 0, (1/2, 1/2) -> 1, the risk is half the sum of the squared errors of the network
sum u_j h(w_j x + b_j) + c. Numbers: ``activation`` (a term in ``variable``), ``local_minimum`` and ``better_point``
(``W1``, ``b1``, ``W2``, ``b2``, closed terms), ``risk_better_point`` (a bound), ``within`` (the activation h is said to
be smooth so far around each bias), and perhaps ``radius``; of the first theorem also ``p`` (four closed terms), of the
second ``sigma`` and ``tau``.

At the local minimum the incoming weights are 0 and the output is 1/3, so its risk is 1/3. Why no risk is smaller while
every parameter moves by at most the radius rho: a pre-activation then stays within 2 rho of its bias. With f1, f2, f3
the outputs, D = (f1 + f2)/2 - f3 and d = (f1 - f2)/2, the risk is ((f1 + f2)/2)^2 + d^2 + (f3 - 1)^2/2, which is at
least (1 + D)^2/3 + d^2, for any f3.

- If all u_j h'' >= 0 there, then f3 <= (f1 + f2)/2 =: m, and the risk is at least m^2 + (1 - m)^2/2 >= 1/3 (or 1, if
  m >= 1).
- For two units, with t_j half the difference of the pre-activations of the first two samples, D is half the sum of the
  u_j h''(.) t_j^2 and d is the sum of the u_j h'(.) t_j. So the risk is at least 1/3 + t^T M t, where M has the entries
  u_j h''/3 + (u_j h')^2, and u_1 h' u_2 h' beside the diagonal. It is enough that M is nowhere indefinite.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

import flint
from flint import arb, fmpq

from symproof.recheck.instances.equal import same_number
from symproof.recheck.instances.jet import Jet, jet, value
from symproof.recheck.instances.numbers import Findings, Numbers
from symproof.recheck.refused import Refused
from symproof.recheck.term import Term, num, op, substituted

__all__ = [
    "BENT_LABELS", "EVERY_LABELS", "PAPER_LABELS", "TWO_UNITS_LABELS", "Activation", "check_bent", "check_every",
    "check_paper", "check_two_units", "covered",
]  # fmt: skip

TWO_UNITS_LABELS = (
    "proportional", "different", "radius", "derivative1", "second1", "continuous1", "derivative2", "second2",
    "continuous2", "value", "corner", "determinant",
)  # fmt: skip
BENT_LABELS = ("width", "radius", "derivative", "second", "continuous", "sign", "bend", "direction", "slope")
PAPER_LABELS = (
    "proportional", "different", "value", "radius", "derivatives1", "derivatives2", "analytic", "corner", "determinant",
)  # fmt: skip
EVERY_LABELS = ("width", "interval", "derivative", "second", "continuous", "not_affine")
INPUTS = ((Fraction(1), Fraction(0)), (Fraction(0), Fraction(1)), (Fraction(1, 2), Fraction(1, 2)))
TARGETS = (0, 0, 1)
PRECISION = 256
MOST_BALLS = 20_000
"""So many balls are tried to cover an interval."""
WIDER = fmpq(1, 1 << 30)


@dataclass(frozen=True)
class _Point:
    """Parameters, as closed terms."""

    rows: list[list[Term]]
    biases: list[Term]
    outgoing: list[Term]
    constant: Term

    @classmethod
    def read(cls, numbers: Numbers) -> _Point:
        rows, biases, outgoing = numbers.term_rows("W1"), numbers.terms("b1"), numbers.terms("W2")
        if len({len(rows), len(biases), len(outgoing)}) != 1 or any(len(row) != 2 for row in rows):
            raise Refused("the parameters are not those of one network with two inputs")
        return cls(rows, biases, outgoing, numbers.term("b2"))


@dataclass(frozen=True)
class Activation:
    """A term in a variable, with its derivatives."""

    term: Term
    variable: Term

    def at(self, point: Term) -> Term:
        """The value at a closed term, as a term."""
        return substituted(self.term, {self.variable: point})

    def jet(self, ball: arb) -> Jet:
        """Value and derivatives over a ball."""
        return jet(self.term, self.variable, ball)

    def output(self, point: _Point, x: tuple[Fraction, Fraction]) -> Term:
        """The output of a network at an input, as a term."""
        total = point.constant
        for row, bias, weight in zip(point.rows, point.biases, point.outgoing, strict=True):
            inside = op("add", op("add", op("mul", row[0], num(x[0])), op("mul", row[1], num(x[1]))), bias)
            total = op("add", total, op("mul", weight, self.at(inside)))
        return total


def _decided(question: Callable[[], bool | None]) -> bool | None:
    """The answer; None where there is no bound."""
    try:
        return question()
    except Refused:
        return None


def _less(a: arb, b: arb | fmpq | int) -> bool | None:
    """Whether one number is less than another one, as far as balls tell."""
    return True if a < b else False if a >= b else None


def _same(a: Term, b: Term) -> bool | None:
    """Whether two closed terms are the same number; balls may show that they are not."""
    return True if same_number(a, b) else False if value(a) != value(b) else None


def _all(answers: Iterable[bool | None]) -> bool | None:
    found = list(answers)
    return False if False in found else None if None in found else True


def check_two_units(numbers: Numbers, _results: Collection[str], verdict: str) -> Findings:
    """Decide the hypotheses of ``smooth.spurious_minimum`` again, and what is claimed of both points."""
    found = Findings()
    if verdict != "certified":
        found.not_rechecked.append("why the theorem does not apply")
        return found
    with flint.ctx.workprec(PRECISION):
        h, minimum = _common(numbers, found)
        if len(minimum.biases) != 2:
            raise Refused("two units are wanted")
        smooth = [_smooth(h, v, numbers) for v in minimum.biases]
        holds = {f"{name}{j}": s for j, s in enumerate(smooth, 1) for name in ("derivative", "second", "continuous")}
        p = numbers.terms("p") if "p" in numbers else []
        if len(p) == 4:
            h1, h2, h3, h4 = map(h.at, p)
            holds["proportional"] = _decided(lambda: _same(op("mul", h1, h4), op("mul", h2, h3)))
            sides = [op("mul", h1, h.at(_middle(p[2], p[3]))), op("mul", h3, h.at(_middle(p[0], p[1])))]
            holds["different"] = _decided(lambda: bool(value(sides[0]) != value(sides[1])) or None)
        holds["radius"] = numbers.rational("within") > 0
        holds["value"] = _decided(lambda: _all([_third(h, minimum), _same(minimum.constant, num(0))]))
        jets = [h.jet(value(v)) for v in minimum.biases]
        weights = [value(u) for u in minimum.outgoing]
        boxes = [(j.slope * j.slope, j.bend) for j in jets]
        holds["corner"] = _less(-_corner(weights[0], *boxes[0]), 0)
        holds["determinant"] = _less(-weights[0] * weights[1] * _determinant(weights, boxes), 0)
        found.holds = {label: answer for label, answer in holds.items() if answer is not None}
    return found


def check_bent(numbers: Numbers, _results: Collection[str], verdict: str) -> Findings:
    """Decide the hypotheses of ``smooth.bent_activation`` again, and what is claimed of both points."""
    found = Findings()
    if verdict != "certified":
        found.not_rechecked.append("why the theorem does not apply")
        return found
    with flint.ctx.workprec(PRECISION):
        h, minimum = _common(numbers, found)
        sigma, tau, bias = numbers.rational("sigma"), numbers.rational("tau"), minimum.biases[0]
        same = all(v == bias for v in minimum.biases) and all(u == num(int(sigma)) for u in minimum.outgoing)
        found.demand("all units have one bias and the outgoing weight sigma", same)
        smooth, at = _smooth(h, bias, numbers), h.jet(value(bias))
        holds = {
            "width": len(minimum.biases) >= 2,
            "radius": numbers.rational("within") > 0,
            **dict.fromkeys(("derivative", "second", "continuous"), smooth),
            "sign": sigma**2 == 1,
            "bend": _less(-sigma * at.bend, 0),
            "direction": tau**2 == 1,
            "slope": _less(-tau * at.slope, 0),
        }
        found.holds = {label: answer for label, answer in holds.items() if answer is not None}
    return found


def check_paper(numbers: Numbers, results: Collection[str], verdict: str) -> Findings:
    """Decide the hypotheses of ``smooth.paper_spurious_minimum`` again, and what is claimed of both points.

    Where a jet is certain, the term is analytic around each number of the ball. So it has all derivatives there, and
    at v1 and v2 they are bounded by some C^q q!, q >= 1.
    """
    found = check_two_units(numbers, results, verdict)
    smooth = {j: found.holds[f"derivative{j}"] for j in (1, 2) if f"derivative{j}" in found.holds}
    holds = {label: answer for label, answer in found.holds.items() if label in PAPER_LABELS}
    found.holds = holds | {f"derivatives{j}": answer for j, answer in smooth.items()}
    if len(smooth) == 2:
        found.holds["analytic"] = all(smooth.values())
    return found


def check_every(numbers: Numbers, results: Collection[str], verdict: str) -> Findings:
    """Decide the hypotheses of ``smooth.every_activation`` again, for the interval around v that is given.

    As h'' is continuous and not 0 at v, h is not affine there.
    """
    found = check_bent(numbers, results, verdict)
    other = {"radius": "interval", "bend": "not_affine"}
    holds = {other.get(label, label): answer for label, answer in found.holds.items()}
    found.holds = {label: answer for label, answer in holds.items() if label in EVERY_LABELS}
    return found


def _common(numbers: Numbers, found: Findings) -> tuple[Activation, _Point]:
    """What both theorems share: the risks at both points, and the radius."""
    h = Activation(numbers.term("activation"), numbers.term("variable"))
    if h.variable.op != "var":
        raise Refused("numbers.variable: a variable is wanted")
    minimum, better = (_Point.read(numbers.inside(name)) for name in ("local_minimum", "better_point"))
    still = _decided(lambda: _all(_same(w, num(0)) for row in minimum.rows for w in row))
    found.demand("the incoming weights at the local minimum are 0", still)
    found.demand("the output at the local minimum is 1/3, so that its risk is 1/3",
                 _decided(lambda: _third(h, minimum)))  # fmt: skip
    bound, third = numbers.rational("risk_better_point"), fmpq(1, 3)
    errors = [op("sub", h.output(better, x), num(y)) for x, y in zip(INPUTS, TARGETS, strict=True)]
    risk = sum((e * e for e in map(value, errors)), arb(0)) / 2
    exact = bound == 0 and all(same_number(e, num(0)) for e in errors)
    found.demand("the risk at the better point is below 1/3", _less(risk, third) if bound < third else False)
    at_most = True if exact or risk <= bound else False if risk > bound else None
    found.demand(f"the risk at the better point is at most {bound}", at_most)
    shown = "0" if exact else f"at most {bound}"
    found.found.append(f"risk 1/3 at the local minimum, {shown} at the better point")
    if "radius" in numbers:
        radius = numbers.rational("radius")
        found.demand("the radius is positive", radius > 0)
        found.demand("no risk within the radius is below 1/3", _decided(lambda: _region(h, minimum, radius) or None))
        found.found.append(f"radius {radius}")
    return h, minimum


def _third(h: Activation, minimum: _Point) -> bool | None:
    """Whether the output with incoming weights 0 is 1/3 exactly."""
    total = minimum.constant
    for bias, weight in zip(minimum.biases, minimum.outgoing, strict=True):
        total = op("add", total, op("mul", weight, h.at(bias)))
    return _same(total, num(Fraction(1, 3)))


def _middle(a: Term, b: Term) -> Term:
    return op("div", op("add", a, b), num(2))


def _smooth(h: Activation, bias: Term, numbers: Numbers) -> bool | None:
    within = numbers.rational("within")
    return _decided(lambda: covered(value(bias), within, h.jet, lambda _: True) is not None or None)


def covered(center: arb, reach: fmpq, of: Callable[[arb], Jet], good: Callable[[Jet], bool]) -> list[Jet] | None:
    """The jets over balls that cover all numbers within a distance of a center; None unless all of them are good."""
    low, high = _ends(center, reach)
    waiting, found = [(low, high)], list[Jet]()
    for _ in range(MOST_BALLS):
        if not waiting:
            return found
        low, high = waiting.pop()
        ball = arb((low + high) / 2, (high - low) / 2 * (1 + WIDER))
        try:
            each = of(ball)
        except Refused:
            each = None
        if each is not None and good(each):
            found.append(each)
        else:
            middle = (low + high) / 2
            waiting += [(middle, high), (low, middle)]
    return None


def _ends(center: arb, reach: fmpq) -> tuple[fmpq, fmpq]:
    """Rationals around all numbers within a distance of a ball."""
    low, high = (_rational(part) for part in (center.lower(), center.upper()))
    return low - reach, high + reach


def _rational(exact: arb) -> fmpq:
    mantissa, exponent = exact.man_exp()
    return fmpq(mantissa) * fmpq(2) ** int(exponent)


def _region(h: Activation, minimum: _Point, radius: fmpq) -> bool:
    """Whether no risk is below 1/3 while every parameter moves by at most the radius, by what stands above."""
    units = {(v, u): (value(v), value(u)) for v, u in zip(minimum.biases, minimum.outgoing, strict=True)}
    if not all(abs(u) >= radius for _, u in units.values()):
        return False
    if all(_convex(h, v, u, radius) for v, u in units.values()):
        return True
    pairs = [(value(v), value(u)) for v, u in zip(minimum.biases, minimum.outgoing, strict=True)]
    return len(pairs) == 2 and _definite(h, pairs, radius)


def _convex(h: Activation, v: arb, u: arb, radius: fmpq) -> bool:
    """Whether u h'' >= 0 within twice the radius of v."""
    sign = 1 if u > 0 else -1
    return covered(v, 2 * radius, h.jet, lambda j: bool(sign * j.bend >= 0)) is not None


def _definite(h: Activation, units: Sequence[tuple[arb, arb]], radius: fmpq) -> bool:
    """Whether M is nowhere indefinite: what follows is affine in each of u, h'^2, h'', so corners of boxes suffice."""
    corners = []
    for v, u in units:
        low, high = _ends(v, 2 * radius)
        step = (high - low) / 2048
        jets = [h.jet(arb(low + (k + fmpq(1, 2)) * step, step / 2 * (1 + WIDER))) for k in range(2048)]
        squares, bends = [j.slope * j.slope for j in jets], [j.bend for j in jets]
        around = arb(u.mid(), u.rad() + arb(radius))
        corners.append(list(product(*(_range(each) for each in ([around], squares, bends)))))
    signs = [1 if u > 0 else -1 for _, u in units]
    diagonal = any(all(s * (w * z + k / 3) > 0 for w, z, k in corner) for s, corner in zip(signs, corners, strict=True))
    return diagonal and all(
        signs[0] * signs[1] * _determinant([one[0], other[0]], [one[1:], other[1:]]) >= 0
        for one, other in product(*corners)
    )


def _range(balls: Sequence[arb]) -> tuple[arb, arb]:
    """The ends of an interval around some balls."""
    low, high = balls[0].lower(), balls[0].upper()
    for each in balls[1:]:
        low, high = low.min(each.lower()), high.max(each.upper())
    return low, high


def _corner(u: arb, square: arb, bend: arb) -> arb:
    """The first entry of M."""
    return u * u * square + u * bend / 3


def _determinant(weights: Sequence[arb], boxes: Sequence[tuple[arb, ...]]) -> arb:
    """The determinant of M over u_1 u_2/3, from the weights and (h'^2, h'') of both units."""
    (u1, u2), ((z1, k1), (z2, k2)) = weights, boxes
    return u1 * z1 * k2 + u2 * z2 * k1 + k1 * k2 / 3
