"""Each hypothesis of the main results by Jensen's inequality: where the conclusion fails without it, or why none is.

All instances are exact: the risk of the constant network, and a smaller one as near as one likes, or no smaller one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from flint import fmpq

from symproof.instances.value_family import table, vector
from symproof.kernel.evaluate import decide, evaluate
from symproof.logic.syntax import Sum
from symproof.logic.term import Term
from symproof.tactics.prove import prove_claim
from theorems.jensen.mean_input import c, lam, o, residual, t
from theorems.jensen.region import CONSTANT_RISK
from theorems.jensen.spurious_minimum import RISK
from theorems.points.deep_relu_like import layered
from theorems.relu_like.deep_loss import deep_loss_risk
from theorems.relu_like.deep_network import L, d, other_theta
from theorems.relu_like.loss import loss
from theorems.relu_like.network import h, i, m, x, y

STEPS = (fmpq(1, 10), fmpq(1, 1000), fmpq(1, 10**6))
HALF, ONE, ZERO = fmpq(1, 2), fmpq(1), fmpq(0)
Network = tuple[Sequence[Sequence[Sequence[fmpq]]], Sequence[Sequence[fmpq]]]


def square(s: fmpq) -> fmpq:
    return s * s


def squared_loss(f: fmpq, target: fmpq) -> fmpq:
    return (f - target) ** 2 / 2


def lower(
    network: Network,
    *,
    inputs: Sequence[int] = (0, 2, 1),
    weights: Sequence[fmpq] = (HALF, HALF, ZERO),
    mean: int = 3,
    activation: Callable[[fmpq], fmpq] = square,
    losses: Callable[[fmpq, fmpq], fmpq] = squared_loss,
    shift: int = 0,
) -> bool:
    """Whether a network has a smaller risk than the constant 0, for t = 1; ``shift`` is added to the first target."""
    data: dict[Term, object] = {lam: vector(weights), o: mean, t: ONE, i: 1}
    targets = [-(weight - (index == mean)) for index, weight in enumerate(weights, 1)]
    targets[0] += shift
    layers, biases = network
    widths = [1, *(len(layer) for layer in biases[:-1])]
    values = data | {
        m: len(inputs), x: table([[fmpq(p)] for p in inputs]), y: vector(targets), h: activation, loss: losses,
        L: len(layers) - 1, d: lambda n: fmpq(widths[int(n)] if 0 <= n < len(widths) else 0), c: ZERO,
        other_theta[0]: layered([table(layer) for layer in layers]),
        other_theta[1]: layered([vector(layer) for layer in biases]),
    }  # fmt: skip
    return decide(deep_loss_risk(m, L, d, x, y, h, loss, *other_theta) < CONSTANT_RISK, values) is True


def opposite(step: fmpq, outgoing: int = 1) -> Network:
    """One hidden layer near v = 1: two units with opposite weights, so that only their bend is seen."""
    return [[[step], [-step]], [[fmpq(outgoing)] * 2]], [[ONE, ONE], [fmpq(-2 * outgoing)]]


def deeper(step: fmpq, inner: int = 1) -> Network:
    """Two hidden layers near v = 1, the first as above, the second of one unit."""
    return [[[step], [-step]], [[fmpq(inner)] * 2], [[ONE]]], [[ONE, ONE], [1 - fmpq(2 * inner)], [-ONE]]


@pytest.mark.parametrize("step", STEPS)
def test_the_control(step: fmpq) -> None:
    """With all hypotheses none of these networks is better than the constant; far away one is."""
    assert not lower(opposite(step))
    assert not lower(deeper(step))
    assert lower(opposite(step, -1))


@pytest.mark.parametrize("step", STEPS)
def test_the_signs_matter(step: fmpq) -> None:
    """Outgoing weights of the other sign than the bend, and weights between layers of the other sign than the slope."""
    assert lower(opposite(step), activation=lambda s: 2 - s * s)
    assert lower(deeper(step, -1))


@pytest.mark.parametrize("step", STEPS)
def test_the_weights_of_the_mean_matter(step: fmpq) -> None:
    """-1 = 2 * 0 - 1 is no mean of 0 and 1: the inequality turns around."""
    assert lower(opposite(step), inputs=(0, 1, -1), weights=(fmpq(2), -ONE, ZERO))


@pytest.mark.parametrize("step", STEPS)
def test_the_output_bias_is_best_only_for_weights_of_sum_1(step: fmpq) -> None:
    """Weights of sum 2, a mean that is no sample, other targets: a small change of the output bias is better."""

    def moved(by: fmpq) -> Network:
        layers, biases = opposite(ZERO)
        return layers, [biases[0], [biases[1][0] + by]]

    assert not lower(moved(step)) and not lower(moved(-step))
    assert lower(moved(-step), inputs=(0, 1, 1), weights=(ONE, ONE, ZERO))
    assert lower(moved(-step), inputs=(-1, 1), weights=(HALF, HALF), mean=0)
    assert lower(moved(step), shift=1)


@pytest.mark.parametrize("step", STEPS)
def test_the_mean_matters(step: fmpq) -> None:
    """With 3 in place of the mean of 0 and 2 an affine function of small slope is better."""
    assert lower(([[[step]], [[ONE]]], [[ONE], [-ONE]]), inputs=(0, 2, 3))


@pytest.mark.parametrize("step", STEPS)
def test_the_losses_have_to_be_convex(step: fmpq) -> None:
    """Losses with the same derivatives at 0 that are concave."""

    def concave(f: fmpq, target: fmpq) -> fmpq:
        return -f * target - f * f / 2

    one = ([[[step]], [[ONE]]], [[ONE], [-ONE]])
    assert lower(one, losses=concave) and not lower(one)


def test_the_activation_is_to_be_bent_where_the_units_are() -> None:
    """The cube is bent upwards at 1, but not at -2."""
    layers, _ = opposite(fmpq(1, 20))
    assert lower((layers, [[fmpq(-2)] * 2, [fmpq(16)]]), activation=lambda s: s**3)
    assert not lower(opposite(fmpq(1, 10)), activation=lambda s: s**3)


def kinked(*, inner: int = 1, inner_bias: int = 0, outgoing: int = 1) -> Network:
    """Two hidden layers of one unit, the first with its kink at the mean input 1, and a small outgoing weight."""
    return [[[ONE]], [[fmpq(inner)]], [[fmpq(outgoing, 10)]]], [[-ONE], [fmpq(inner_bias)], [ZERO]]


def test_the_signs_of_weights_and_slopes_matter_for_relu() -> None:
    """A negative weight between the layers or to the output, a slope that falls, a kink that is bent downwards."""

    def relu(s: fmpq) -> fmpq:
        return max(s, ZERO)

    assert not lower(kinked(), activation=relu)
    assert lower(kinked(inner=-1, inner_bias=2), activation=relu)
    assert lower(kinked(outgoing=-1), activation=relu)
    assert not lower(kinked(inner_bias=2), activation=abs)
    assert lower(kinked(inner_bias=-2), activation=abs)
    assert lower(kinked(), activation=lambda s: min(s, ZERO))


AFFINE = "(q + 1/2)**2/2 + (2*p + q + 1/2)**2/2 + (p + q - 1)**2/2"


@pytest.mark.parametrize(
    ("risk", "smallest"),
    [(AFFINE, "3/4"), ("(q + 1)**2/2 + (q - 1)**2/2", "1"), ("q**2/2", "0")],
    ids=["no hidden layer, an empty one, an affine activation", "equal inputs with different targets", "t = 0"],
)
def test_where_nothing_is_better_than_the_constant(risk: str, smallest: str) -> None:
    variables = {"p": "real", "q": "real"}
    assert prove_claim(variables, (), f"{risk} >= {smallest}", 20.0).status == "proved"
    assert prove_claim(variables, (), f"{risk} > {smallest}", 20.0).status == "refuted"


def test_the_risk_is_the_one_that_is_claimed() -> None:
    """Half of the sum of the squared residuals, also for an input that has a part in its own mean."""
    for weights in ([HALF, HALF, ZERO], [HALF, fmpq(1, 4), fmpq(1, 4)]):
        values = {m: 3, lam: vector(weights), o: 3, t: fmpq(3)}
        assert evaluate(RISK, values) == evaluate(Sum(i, 1, m, residual(i) ** 2) / 2, values)
