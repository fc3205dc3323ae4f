"""Networks, risks, gradients and closeness by their definitions, against plain computations with lists of fractions."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from random import Random

import pytest
from flint import fmpq

from symproof.instances.value_family import table, vector
from symproof.kernel.evaluate import decide, evaluate
from symproof.logic.syntax import And
from symproof.logic.term import Term
from theorems.deep_linear import full_rank, squared_loss
from theorems.deep_linear.objective import G, layer_gradient
from theorems.deep_linear.product import L, V, W, d, j, product
from theorems.deep_linear.widths import widths
from theorems.jensen import mean_input as mean
from theorems.jensen.constant_network import CONSTANT_NETWORK
from theorems.jensen.quadric_local_minimum import MINIMUM, u
from theorems.jensen.quadric_region import form, r, w
from theorems.jensen.spurious_minimum import RISK, TARGETS
from theorems.optimization.local_extremum import close, rho
from theorems.relu_like import deep_network as deep
from theorems.relu_like import network as shallow
from theorems.relu_like.network import h, m, x, y

Matrix = list[list[fmpq]]
SHAPES = [(2, 3), (3, 1, 2), (2, 3, 2, 1), (1, 2, 2, 3, 2)]
OUTSIDE = fmpq(1000)
"""Entries that are no parameters: they must not count."""


def numbers(random: Random, rows: int, columns: int) -> Matrix:
    return [[fmpq(random.randint(-4, 4), random.randint(1, 3)) for _ in range(columns)] for _ in range(rows)]


def times(left: Matrix, right: Matrix) -> Matrix:
    return [[sum((p * q for p, q in zip(row, column, strict=True)), fmpq(0)) for column in zip(*right, strict=True)]
            for row in left]  # fmt: skip


def transposed(matrix: Matrix) -> Matrix:
    return [list(column) for column in zip(*matrix, strict=True)]


def identity(size: int) -> Matrix:
    return [[fmpq(int(row == column)) for column in range(size)] for row in range(size)]


def chain(layers: list[Matrix], size: int) -> Matrix:
    """The product of layers, the first one on the right; ``size`` is that of the identity if there are none."""
    whole = identity(size)
    for layer in layers:
        whole = times(layer, whole)
    return whole


def family(layers: list[Matrix]) -> Callable[..., fmpq]:
    """W(j, a, b), with large entries outside the sizes and the layers."""

    def entry(layer: int, row: int, column: int) -> fmpq:
        inside = 1 <= layer <= len(layers) and 1 <= row <= len(layers[int(layer) - 1])
        inside = inside and 1 <= column <= len(layers[int(layer) - 1][0])
        return layers[int(layer) - 1][int(row) - 1][int(column) - 1] if inside else OUTSIDE

    return entry


def sizes(shape: tuple[int, ...]) -> Callable[[int], int]:
    return lambda layer: shape[int(layer)] if 0 <= layer < len(shape) else 7


def random_layers(random: Random, shape: tuple[int, ...]) -> list[Matrix]:
    return [numbers(random, rows, columns) for columns, rows in pairwise(shape)]


@pytest.mark.parametrize("shape", SHAPES)
def test_products_of_successive_layers(shape: tuple[int, ...]) -> None:
    layers = random_layers(Random(1), shape)
    values = {d: sizes(shape), W: family(layers)}
    for first in range(len(shape)):
        for count in range(len(shape) - first):
            expected = chain(layers[first : first + count], shape[first])
            for row in range(shape[first + count]):
                for column in range(shape[first]):
                    entry = product(count, first, d, W, row + 1, column + 1)
                    assert evaluate(entry, values) == expected[row][column], (first, count)


@pytest.mark.parametrize("shape", SHAPES)
def test_the_squared_loss_its_gradient_in_each_layer_and_the_normal_equations(shape: tuple[int, ...]) -> None:
    """In one weight the objective is quadratic: its central difference is its derivative."""
    random = Random(2)
    layers, depth = random_layers(random, shape), len(shape) - 1
    inputs, targets = numbers(random, 3, shape[0]), numbers(random, 3, shape[-1])
    values = {
        L: depth,
        d: sizes(shape),
        squared_loss.m: 3,
        squared_loss.x: table(inputs),
        squared_loss.y: table(targets),
    }

    def errors() -> Matrix:
        found = times(inputs, transposed(chain(layers, shape[0])))
        return [[f - t for f, t in zip(*pair, strict=True)] for pair in zip(found, targets, strict=True)]

    def loss() -> fmpq:
        return sum((error * error for row in errors() for error in row), fmpq(0)) / 2

    def derivative(layer: int, row: int, column: int) -> fmpq:
        weights, own = layers[layer][row], layers[layer][row][column]
        weights[column] = own + 1
        above = loss()
        weights[column] = own - 1
        below = loss()
        weights[column] = own
        return (above - below) / 2

    assert evaluate(squared_loss.squared(W), {**values, W: family(layers)}) == loss()
    gradient = times(transposed(errors()), inputs)
    point = {**values, W: family(layers), G: table(gradient)}
    for layer in range(depth):
        for row in range(shape[layer + 1]):
            for column in range(shape[layer]):
                found = evaluate(layer_gradient(L, d, W, G, layer + 1, row + 1, column + 1), point)
                assert found == derivative(layer, row, column), (layer, row, column)
    assert decide(squared_loss.normal, point) is False
    assert decide(squared_loss.not_normal, point) is True
    fitted = chain(layers, shape[0])
    exact = {**point, squared_loss.y: table(times(inputs, transposed(fitted)))}
    assert decide(squared_loss.normal, exact) is True
    assert decide(squared_loss.not_normal, exact) is False


@pytest.mark.parametrize("shape", SHAPES)
def test_close_means_every_parameter_and_nothing_else(shape: tuple[int, ...]) -> None:
    layers = random_layers(Random(3), shape)
    values = {L: len(layers), d: sizes(shape), W: family(layers), rho: fmpq(1, 10)}
    near = close(L, d, rho, W, V)

    def moved(by: fmpq, at: tuple[int, int, int]) -> dict[Term, object]:
        return {**values, V: lambda *index: values[W](*index) + (by if tuple(map(int, index)) == at else 0)}

    for layer, matrix in enumerate(layers, 1):
        for row in range(1, len(matrix) + 1):
            for column in range(1, len(matrix[0]) + 1):
                assert decide(near, moved(fmpq(1, 11), (layer, row, column))) is True
                assert decide(near, moved(fmpq(1, 10), (layer, row, column))) is False
                assert decide(near, moved(fmpq(-1, 9), (layer, row, column))) is False
    for outside in ((0, 1, 1), (len(layers) + 1, 1, 1), (1, shape[1] + 1, 1), (1, 1, shape[0] + 1), (1, 0, 1)):
        assert decide(near, moved(OUTSIDE, outside)) is True


@pytest.mark.parametrize(
    ("shape", "wide"),
    [
        ((2, 3), True),
        ((2, 2, 3), True),
        ((3, 2, 2), True),
        ((2, 1, 3), False),
        ((3, 4, 1, 2), False),
        ((3, 1, 5, 1), True),
    ],
)
def test_wide_means_at_least_the_smaller_of_input_and_output(shape: tuple[int, ...], wide: bool) -> None:
    assert decide(widths, {L: len(shape) - 1, d: sizes(shape)}) is wide


def test_one_sided_inverses_stand_after_the_suffix_and_before_the_prefix() -> None:
    """Sizes 1, 2, 2, 1: around layer 2 the suffix is a row and the prefix a column."""
    layers = [[[fmpq(3)], [fmpq(4)]], identity(2), [[fmpq(1), fmpq(2)]]]
    values = {
        L: 3, d: sizes((1, 2, 2, 1)), W: family(layers), j: 2,
        full_rank.T: table([[fmpq(1)], [fmpq(0)]]), full_rank.P: table([[fmpq(-1), fmpq(1)]]),
    }  # fmt: skip
    assert decide(And(*full_rank.FULL_RANK.values()), values) is True
    wrong = {**values, full_rank.P: table([[fmpq(1), fmpq(2)]])}
    assert decide(full_rank.prefix_inverse, wrong) is False


# Networks with activations --------------------------------------------------------------------------------------------


def bent(t: fmpq) -> fmpq:
    """An activation that is neither odd nor even."""
    return t * t + t / 3


def outputs(layers: list[Matrix], biases: Matrix, point: list[fmpq]) -> fmpq:
    """The one output of a network, by a forward pass."""
    for depth, (matrix, shift) in enumerate(zip(layers, biases, strict=True), 1):
        before = [
            sum((p * q for p, q in zip(row, point, strict=True)), s) for row, s in zip(matrix, shift, strict=True)
        ]
        point = before if depth == len(layers) else [bent(t) for t in before]
    return point[0]


def bias_family(biases: Matrix) -> Callable[[int, int], fmpq]:
    return lambda layer, unit: (
        biases[int(layer) - 1][int(unit) - 1]
        if 1 <= layer <= len(biases) and 1 <= unit <= len(biases[int(layer) - 1])
        else OUTSIDE
    )


@pytest.mark.parametrize("shape", [(2, 3), (3, 1, 2), (2, 2, 3, 1)])
def test_the_risk_of_deep_networks_and_what_is_close(shape: tuple[int, ...]) -> None:
    random = Random(4)
    layers = random_layers(random, (*shape, 1))
    biases = [numbers(random, 1, rows)[0] for rows in (*shape[1:], 1)]
    inputs, targets = numbers(random, 4, shape[0]), numbers(random, 1, 4)[0]
    values = {
        L: len(shape) - 1, d: sizes(shape), h: bent, m: 4, x: table(inputs), y: vector(targets),
        deep.W: family(layers), deep.b: bias_family(biases), rho: fmpq(1, 10),
    }  # fmt: skip
    risk = deep.deep_risk(m, L, d, x, y, h, *deep.theta)
    expected = (
        sum(((outputs(layers, biases, row) - t) ** 2 for row, t in zip(inputs, targets, strict=True)), fmpq(0)) / 2
    )
    assert evaluate(risk, values) == expected
    near = deep.deep_close(L, d, rho, *deep.theta, *deep.other_theta)
    parameters = [("V", (n, r, s)) for n, matrix in enumerate(layers, 1) for r in range(1, len(matrix) + 1)
                  for s in range(1, len(matrix[0]) + 1)]  # fmt: skip
    parameters += [("q", (n, r)) for n, row in enumerate(biases, 1) for r in range(1, len(row) + 1)]
    for name, place in [
        *parameters,
        ("none", ()),
        ("V", (1, shape[1] + 1, 1)),
        ("V", (len(layers), 2, 1)),
        ("q", (0, 1)),
    ]:

        def moved(own: Callable[..., fmpq], mine: bool, at: tuple[int, ...] = place) -> Callable[..., fmpq]:
            return lambda *index: own(*index) + (fmpq(1, 10) if mine and tuple(map(int, index)) == at else 0)

        there = {**values, deep.V: moved(values[deep.W], name == "V"), deep.q: moved(values[deep.b], name == "q")}
        assert decide(near, there) is ((name, place) not in parameters), (name, place)


def test_the_constant_network_has_the_stated_output_risk_and_pre_activations() -> None:
    """Sizes 1, 2, 3: the mean 1 of 0 and 3 with weights 2/3 and 1/3, and itself with a weight of its own."""
    shape, weights = (1, 2, 3), [fmpq(1, 2), fmpq(1, 4), fmpq(1, 4)]
    inputs = [[fmpq(0)], [fmpq(3)], [fmpq(1)]]
    for t in (fmpq(2), fmpq(-3)):
        targets = [5 - t * (weight - (number == 2)) for number, weight in enumerate(weights)]
        values = {
            L: 2, d: sizes(shape), h: bent, m: 3, x: table(inputs), y: vector(targets),
            mean.lam: vector(weights), mean.o: 3, mean.t: t,
            mean.c: fmpq(5), mean.v: fmpq(-1), mean.sigma: fmpq(1), mean.tau: fmpq(-1),
        }  # fmt: skip
        assert decide(And(TARGETS, *mean.MEAN_INPUT.values(), mean.spread(d(0))), values) is True
        risk = evaluate(deep.deep_risk(m, L, d, x, y, h, *CONSTANT_NETWORK), values)
        assert risk == evaluate(RISK, values) == sum(((5 - y_i) ** 2 for y_i in targets), fmpq(0)) / 2
        for n in (1, 2):
            for unit in range(1, shape[n] + 1):
                before = deep.deep_pre_activation(n, d, h, *CONSTANT_NETWORK, shallow.sample(2), unit)
                assert evaluate(before, values) == -1


def test_the_risk_of_constant_units_and_the_second_moment() -> None:
    """Inputs on a parabola: their fourth differences have the second moment (0, 0; 0, 24), which is not definite."""
    inputs = [[fmpq(s), fmpq(s * s)] for s in range(-2, 3)]
    residuals = [fmpq(r) for r in (1, -4, 6, -4, 1)]
    values = {
        m: 5, shallow.dx: 2, shallow.d1: 2, h: bent, x: table(inputs), y: vector([1 - r for r in residuals]),
        u: vector([fmpq(2), fmpq(3)]), mean.c: fmpq(1), mean.v: fmpq(2),
    }  # fmt: skip
    risk = shallow.risk(m, shallow.dx, shallow.d1, x, y, h, *MINIMUM)
    assert evaluate(risk, values) == sum((r * r for r in residuals), fmpq(0)) / 2 == 35
    for direction, moment in (((1, 0), 0), ((0, 1), 24), ((3, -2), 96)):
        assert evaluate(form(w), {**values, r: vector(residuals), w: vector([fmpq(t) for t in direction])}) == moment
