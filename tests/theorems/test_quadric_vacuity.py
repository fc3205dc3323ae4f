"""Each hypothesis of the results on second moments: where the conclusion fails without it, or why none is shown.

All instances are exact: the risk at constant units, and a smaller one as near as one likes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pytest
from flint import fmpq

from symproof.instances.value_family import table, vector
from symproof.kernel.evaluate import decide, evaluate
from symproof.library import load_library
from symproof.logic.term import Term
from symproof.tactics.prove import prove_claim
from theorems.jensen.convex_quadric import ON_QUADRIC
from theorems.points.jensen_quadric import INPUTS, WEIGHTS
from theorems.relu_like.loss import loss_risk
from theorems.relu_like.network import other_theta

ZERO = fmpq(0)


@dataclass(frozen=True)
class Case:
    """Inputs, weights, an activation with the bias of the units, and their outgoing weights; targets -r."""

    inputs: Sequence[Sequence[fmpq]]
    weights: Sequence[fmpq]
    activation: Callable[[fmpq], fmpq]
    bias: fmpq
    outgoing: Sequence[int]
    sign: int = 1
    convex: int = 1

    def lower(self, moved: Sequence[Sequence[fmpq]], bias: fmpq = ZERO) -> bool:
        """Whether incoming weights and a shift of the output bias make the risk smaller than that of the constant 0."""
        offset = sum((u * self.activation(self.bias) for u in self.outgoing), fmpq(0))
        values = {v: value for v, value in zip(_data(), self._data(), strict=True)}
        point = (
            table(moved),
            vector([self.bias] * len(self.outgoing)),
            vector([fmpq(u) for u in self.outgoing]),
            bias - offset,
        )
        values |= dict(zip(other_theta, point, strict=True))
        risk = loss_risk(*_data(), *other_theta)
        constant = self.convex * sum((r * r for r in self.weights), fmpq(0)) / 2
        found = evaluate(risk, values)
        return isinstance(found, fmpq) and found < constant

    def _data(self) -> tuple[object, ...]:
        residual = vector([-self.sign * r for r in self.weights])
        square = lambda f, y: self.convex * (f - y) ** 2 / 2  # noqa: E731
        return len(self.inputs), 2, len(self.outgoing), table(self.inputs), residual, self.activation, square


def _data() -> tuple[Term, ...]:
    theorem = load_library().theorems["jensen.quadric_region"]
    found = {v.name: v for v in theorem.variables}
    return tuple(found[name] for name in ("m", "dx", "d1", "x", "y", "h", "loss"))


def square(t: fmpq) -> fmpq:
    return t * t


def cube(t: fmpq) -> fmpq:
    return t * t * t


HALF = fmpq(1, 2)
CORNERS = [[fmpq(i), fmpq(j)] for i in (0, 1) for j in (0, 1)]
STEPS = (fmpq(1, 100), fmpq(1, 10**6))
TRIANGLE = Case(INPUTS, WEIGHTS, square, fmpq(1), [1, 1])


@pytest.mark.parametrize("e", STEPS)
def test_what_is_left_out_makes_the_risk_smaller(e: fmpq) -> None:
    """A local minimum for the triangle with its centroid: the same moves lower the risk in the other cases only."""
    opposite = [[e, -e], [-e, e]]
    along = [[e, fmpq(0)], [fmpq(0), fmpq(0)]]
    assert not TRIANGLE.lower(opposite) and not TRIANGLE.lower(along) and not TRIANGLE.lower(opposite, e * e)
    assert Case(INPUTS, WEIGHTS, square, fmpq(1), [-1, -1]).lower(opposite), "outgoing weights of the wrong sign"
    assert Case(INPUTS, WEIGHTS, square, fmpq(1), [1, 1], sign=-1).lower(opposite), "the negative residuals"
    assert Case(CORNERS, [HALF, -HALF, -HALF, HALF], square, fmpq(1), [1, 1]).lower(opposite), "an indefinite form"
    assert Case(INPUTS, [1, 1, 1, -2], square, fmpq(1), [1, 1]).lower([[fmpq(0)] * 2] * 2, -e), "sum r != 0"
    assert Case(INPUTS, [1, -1, 0, 0], square, fmpq(1), [1, 1]).lower(along), "sum r x != 0"
    assert Case(INPUTS, WEIGHTS, cube, fmpq(0), [1, 1]).lower([[-e, -e], [fmpq(0)] * 2]), "no bend"
    assert Case(INPUTS, WEIGHTS, square, fmpq(1), [1, 1], convex=-1, sign=-1).lower([[fmpq(0)] * 2] * 2, e), "concave"


def test_a_constant_is_best_without_units_or_with_equal_inputs() -> None:
    """Then all outputs are equal, and no constant has a smaller risk: here for the targets -1, -1, -1, 3."""
    risk = "(3*(c + 1)**2 + (c - 3)**2)/2"
    assert prove_claim({"c": "real"}, (), f"{risk} >= 6", 20.0).status == "proved"
    assert prove_claim({"c": "real"}, (), f"{risk} > 6", 20.0).status == "refuted"


def test_the_triangle_lies_on_a_quadric_that_is_not_convex() -> None:
    """(x_1 + x_2)^2 - x_2^2 = x_1, with weights 1 and -1; yet a second moment is definite."""
    values = {
        "m": 4, "dx": 2, "n": 2, "x": table(INPUTS), "p": vector([fmpq(1), fmpq(-1)]),
        "g": table([[fmpq(1), fmpq(1)], [fmpq(0), fmpq(1)]]), "a": vector([fmpq(1), fmpq(0)]), "b": fmpq(0),
    }  # fmt: skip
    theorem = load_library().theorems["jensen.no_direction_on_quadric"]
    point = {v: values[v.name] for v in theorem.variables}
    fails = [label for label in ON_QUADRIC if decide(ON_QUADRIC[label], point) is not True]
    assert fails == ["convex"]
    flat = {v: vector([fmpq(0)] * 2) if v.name in "pa" else each for v, each in point.items()}
    assert [label for label in ON_QUADRIC if decide(ON_QUADRIC[label], flat) is not True] == ["bent"]
    round_ = {v: vector([fmpq(1)] * 2) if v.name == "p" else each for v, each in point.items()}
    assert [label for label in ON_QUADRIC if decide(ON_QUADRIC[label], round_) is not True] == ["on_quadric"]
