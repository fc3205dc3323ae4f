"""What the proofs of the chapter on smooth activations obtain and take, as numbers: how near is near enough."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import flint
from flint import arb, fmpq

from symproof.instances.activation_jet import JetRefusal
from symproof.instances.ball_number import Number
from symproof.instances.closed_form import MOST_BITS, NoNumberError, number_of, rational_bounds
from symproof.instances.constructions import Constructions, Named, Value
from symproof.instances.smooth_conditions import Numbers
from symproof.instances.smooth_minimum import SmoothInstance
from symproof.instances.smooth_radius import ball_of
from symproof.logic.term import Term

__all__ = ["smooth_constructions"]

LOCAL, CONVEX = "smooth.local_minimum", "smooth.convex_local_minimum"
INDEPENDENT, POSITIVE = "smooth.independent_differences", "calculus.coefficients_of_positive_steps"
DIFFERENCES = "calculus.difference_coefficients"
PARAMETERS = "V1 c1 V2 c2"
SHARES = (fmpq(1, 2), fmpq(-9, 10), fmpq(1, 100))
"""By these parts of what is allowed the samples move."""
STEPS = 80

Obtained = dict[tuple[str, str], Callable[[Named], Value]]
Taken = dict[tuple[str, str], Callable[[Named], Sequence[tuple[Value, ...]]]]


def smooth_constructions(instance: SmoothInstance, numbers: Numbers) -> Constructions:
    """The constructions for a certified instance; ``numbers`` evaluates its activation."""
    obtained: Obtained = {}
    if instance.radius is not None:
        obtained["", "rho"] = _constant(instance.radius)
    if instance.step is not None:
        obtained["smooth.bent_activation", "t"] = _constant(instance.step)
    for name, sign in (("sigma", instance.sigma), ("tau", instance.tau)):
        if sign is not None:
            obtained["smooth.every_activation", name] = _constant(fmpq(sign))
    obtained["smooth.every_activation", "v"] = lambda _named: _precise(instance.v[0])
    for theorem, names in ((CONVEX, {"delta": 2}), (INDEPENDENT, {"delta": 2, "gamma": 1})):
        obtained |= {(theorem, name): _within_a_tenth(numbers, order) for name, order in names.items()}
    for name, order in (("delta", 2), ("gamma", 1)):
        obtained[POSITIVE, name] = _within_epsilon(numbers, order)
    obtained[DIFFERENCES, "eta"] = lambda named: _eta(numbers, named["v"], named["r"], named["epsilon"])
    obtained |= _of_local_minimum(numbers) | _of_definite_matrix()
    taken: Taken = {
        (LOCAL, PARAMETERS): lambda named: _neighbours(instance, named["rho"]),
        (CONVEX, PARAMETERS): lambda named: _neighbours(instance, _least(fmpq(1), named["q"] / 2)),
        (CONVEX, "s"): _around_v("q"),
        (INDEPENDENT, "s"): _around_v("t"),
        (POSITIVE, "x t"): _steps,
        (DIFFERENCES, "x t"): _steps,
        ("smooth.definite_nearby", "a1 k1 z1 a2 k2 z2"): _near("A1 K1 Z1 A2 K2 Z2"),
        ("smooth.corner_nearby", "a1 k1 z1"): _near("A1 K1 Z1"),
        ("calculus.nearby_product", "u v"): _near("a b"),
    }
    return Constructions({key: _if_known(construct) for key, construct in obtained.items()}, taken)


def _if_known(construct: Callable[[Named], Value]) -> Callable[[Named], Value]:
    """A construction without a value where the activation is refused, no distance is found, or a name is unknown."""

    def value(named: Named) -> Value:
        try:
            return construct(named)
        except (JetRefusal, NoNumberError, KeyError):
            return None

    return value


def _constant(value: fmpq) -> Callable[[Named], Value]:
    return lambda _named: value


def _precise(term: Term) -> Number:
    with flint.ctx.workprec(MOST_BITS):
        return number_of(term)


def _least(*values: Number) -> fmpq:
    """A rational that is at most all of the numbers and close to the least."""
    return min(rational_bounds(value)[0] for value in values)


# How near derivatives stay to their value -----------------------------------------------------------------------------


def _stays_near(numbers: Numbers, order: int, v: Number, tolerance: Number) -> fmpq:
    """A distance from v within which a derivative differs from that at v by at most the tolerance."""
    low, high = rational_bounds(v)
    distance = fmpq(1)
    for _ in range(STEPS):
        try:
            there = numbers.jet(ball_of((low - distance, high + distance)), order)[order]
            if abs(there - numbers.jet(v, order)[order]) <= arb(tolerance):
                return distance
        except JetRefusal:
            pass
        distance = distance / 2
    raise NoNumberError("no distance is found within which a derivative changes little")


def _within_a_tenth(numbers: Numbers, order: int) -> Callable[[Named], Value]:
    """A distance from v within which a derivative is between 9/10 and 11/10 of its value at v."""
    return lambda named: _stays_near(numbers, order, named["v"], abs(arb(numbers.jet(named["v"], order)[order])) / 20)


def _within_epsilon(numbers: Numbers, order: int) -> Callable[[Named], Value]:
    """A distance from v within which a derivative is within epsilon of its value at v."""
    return lambda named: _stays_near(numbers, order, named["v"], named["epsilon"])


def _eta(numbers: Numbers, v: Number, r: Number, tolerance: Number) -> fmpq:
    """Half of a distance from v within which h' and h'' differ from those at v by at most the tolerance."""
    return _least(r, *(_stays_near(numbers, order, v, tolerance) for order in (1, 2))) / 2


def _around_v(distance: str) -> Callable[[Named], Sequence[tuple[Value, ...]]]:
    """Numbers on both sides of v, within a distance that has a name in the proof, or within r before that is known."""
    return lambda named: [(named["v"] + share * named.get(distance, named["r"]),) for share in SHARES]


def _steps(named: Named) -> Sequence[tuple[Value, ...]]:
    """A point near v and a step, both within eta."""
    eta = named.get("eta", named["r"])
    return [(named["v"] - share * eta, abs(share) * eta) for share in SHARES]


def _of_local_minimum(numbers: Numbers) -> Obtained:
    """How near u, h'' and h' must be for a definite matrix; where they are; the coefficients of differences."""

    def delta(named: Named) -> Value:
        jets = [numbers.jet(named[f"v{j}"]) for j in (1, 2)]
        return _definite_distance([(named[f"u{j}"], e, d) for j, (_, d, e) in enumerate(jets, 1)])

    def eta(j: int) -> Callable[[Named], Value]:
        return lambda named: _eta(numbers, named[f"v{j}"], named["r"], named["delta"])

    def coefficient(j: int, of_bend: bool) -> Callable[[Named], Value]:
        def quotient(named: Named) -> Value:
            p, q = (named["V1"](fmpq(j), fmpq(i)) for i in (1, 2))
            x, t = (p + q) / 2 + named["c1"](fmpq(j)), (p - q) / 2
            left, middle, right = (numbers.value(y) for y in (x - t, x, x + t))
            return (right + left - 2 * middle) / (t * t) if of_bend else (right - left) / (2 * t)

        return quotient

    found: Obtained = {(LOCAL, "delta"): delta}
    for j in (1, 2):
        found[LOCAL, f"eta{j}"] = eta(j)
        found[LOCAL, f"k{j}"], found[LOCAL, f"z{j}"] = coefficient(j, True), coefficient(j, False)
    return found


# How near the numbers of a definite matrix must be --------------------------------------------------------------------

Row = tuple[Number, Number, Number]
"""A weight u with h'' and h'."""


def _product_distance(a: Number, b: Number, epsilon: Number) -> fmpq:
    """Numbers so near to a and b have a product within epsilon of theirs."""
    return _least(fmpq(1), arb(epsilon) / (abs(arb(a)) + abs(arb(b)) + 1))


def _corner(row: Row) -> Number:
    a, k, z = row
    return (a * z) * (a * z) + a * k / 3


def _corner_distance(row: Row, epsilon: Number) -> fmpq:
    """Numbers so near to those of a row have a diagonal entry, and a square, within epsilon of theirs."""
    a, k, z = row
    eta = _product_distance(a * z, a * z, epsilon / 2)
    return min(_product_distance(a, z, eta), _product_distance(a, k, epsilon / 2))


def _parts(rows: Sequence[Row]) -> tuple[fmpq, fmpq, fmpq]:
    """How near the diagonal entries and the squares must be for half of the gap, and what both must be within."""
    corners, squares = [_corner(row) for row in rows], [(a * z) * (a * z) for a, _, z in rows]
    half = (corners[0] * corners[1] - squares[0] * squares[1]) / 2
    eta, gamma = _product_distance(corners[0], corners[1], half), _product_distance(squares[0], squares[1], half)
    return eta, gamma, _least(eta, gamma, corners[0] / 2)


def _definite_distance(rows: Sequence[Row]) -> fmpq:
    epsilon = _parts(rows)[2]
    return min(_corner_distance(row, epsilon) for row in rows)


def _of_definite_matrix() -> Obtained:
    def rows(named: Named) -> list[Row]:
        return [(named[f"A{j}"], named[f"K{j}"], named[f"Z{j}"]) for j in (1, 2)]

    def row(named: Named, j: int) -> Row:
        return rows(named)[j - 1]

    definite, corner = "smooth.definite_nearby", "smooth.corner_nearby"
    return {
        (definite, "eta"): lambda named: _parts(rows(named))[0],
        (definite, "gamma"): lambda named: _parts(rows(named))[1],
        (definite, "rho"): lambda named: _corner_distance(row(named, 1), named["epsilon"]),
        (definite, "r"): lambda named: _corner_distance(row(named, 2), named["epsilon"]),
        (corner, "eta"): lambda named: _product_distance(
            named["A1"] * named["Z1"], named["A1"] * named["Z1"], named["epsilon"] / 2
        ),
        (corner, "gamma"): lambda named: _product_distance(named["A1"], named["Z1"], named["eta"]),
        (corner, "rho"): lambda named: _product_distance(named["A1"], named["K1"], named["epsilon"] / 2),
    }


def _near(names: str) -> Callable[[Named], Sequence[tuple[Value, ...]]]:
    """Samples near some numbers, within the distance that the proof calls delta."""

    def samples(named: Named) -> Sequence[tuple[Value, ...]]:
        return [
            tuple(named[name] + share * (-1) ** k * named["delta"] for k, name in enumerate(names.split()))
            for share in SHARES
        ]

    return samples


def _neighbours(instance: SmoothInstance, radius: Number) -> Sequence[tuple[Value, ...]]:
    """Neighbours of the minimum, each parameter moved by less than the radius; no incoming weights are equal."""
    if instance.minimum is None:
        return []
    point = instance.minimum
    biases, outgoing = ([_precise(x) for x in row] for row in (point.b1, point.W2))
    constant = _precise(point.b2)

    def neighbour(move: fmpq) -> tuple[Value, ...]:
        def of(row: Sequence[Number], k: int, change: fmpq) -> Number:
            return row[k - 1] + change if 1 <= k <= len(row) else fmpq(0)

        return (
            lambda k, i: move * (-1) ** (k + i) * fmpq(i, 2),
            lambda k: of(biases, k, move * (-1) ** k / 2),
            lambda k: of(outgoing, k, -move * (-1) ** k),
            constant + move / 3,
        )

    return [neighbour(share * _least(radius)) for share in SHARES]
