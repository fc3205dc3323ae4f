"""Random critical points of deep linear networks, and Hessians, against other ways to compute them."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from flint import fmpq, fmpq_mat
from hypothesis import given, settings
from hypothesis import strategies as st

from symproof.instances.deep_linear_hessian import hessian
from symproof.instances.deep_linear_network import DeepLinearNetwork, identity, is_zero
from symproof.instances.deep_linear_point import GLOBAL_MINIMUM, NOT_CRITICAL, SADDLE, DeepLinearPoint, classify
from symproof.instances.deep_linear_recheck import loss_and_gradients, recheck
from symproof.instances.mismatch import InstanceMismatchError
from symproof.instances.symmetric_inertia import Inertia

small = st.fractions(-3, 3, max_denominator=4)


def rational(value: Fraction) -> fmpq:
    return fmpq(value.numerator, value.denominator)


def invertible(draw: st.DrawFn, size: int) -> fmpq_mat:
    """A lower triangular matrix times an upper one, with ones on both diagonals."""
    lower, upper = identity(size), identity(size)
    for i in range(size):
        for j in range(i):
            lower[i, j], upper[j, i] = fmpq(draw(st.integers(-2, 2))), fmpq(draw(st.integers(-2, 2)))
    return lower * upper


@st.composite
def critical_points(draw: st.DrawFn) -> tuple[DeepLinearNetwork, fmpq]:
    """A diagonal teacher with some singular values switched off by two layers, in other coordinates inside; the gap."""
    ends = draw(st.tuples(st.integers(1, 3), st.integers(1, 3)))
    narrow, depth = min(ends), draw(st.integers(2, 4))
    sizes = [ends[0], *draw(st.lists(st.integers(narrow, 4), min_size=depth - 1, max_size=depth - 1)), ends[1]]
    layers = [fmpq_mat(after, before) for before, after in pairwise(sizes)]
    inputs = [rational(draw(small)) for _ in range(ends[0])]
    teacher, gap = fmpq_mat(ends[1], ends[0]), fmpq(0)
    for i in range(narrow):
        values = [rational(draw(small.filter(bool))) for _ in range(depth)]
        learnt = fmpq(1)
        for value in values:
            learnt *= value
        if draw(st.booleans()):
            for j in draw(st.permutations(range(depth)))[:2]:
                values[j] = fmpq(0)
            gap += (learnt * inputs[i]) ** 2
        teacher[i, i] = learnt
        for layer, value in zip(layers, values, strict=True):
            layer[i, i] = value
    turns = [identity(sizes[0]), *(invertible(draw, size) for size in sizes[1:-1]), identity(sizes[-1])]
    weights = tuple(turns[j + 1] * w * turns[j].inv() for j, w in enumerate(layers))
    noise = rational(draw(small))
    once = fmpq_mat(ends[0], ends[0], [inputs[i] if i == j else 0 for i in range(ends[0]) for j in range(ends[0])])
    shown = teacher * once
    twice = [[*row, *[-x for x in row]] for row in once.tolist()]
    targets = [[*[x + noise for x in row], *[noise - x for x in row]] for row in shown.tolist()]
    return DeepLinearNetwork(fmpq_mat(twice), fmpq_mat(targets), weights), gap


@settings(max_examples=60, deadline=None)
@given(critical_points(), st.sampled_from([fmpq(1), fmpq(1, 1000)]))
def test_random_critical_points(made: tuple[DeepLinearNetwork, fmpq], radius: fmpq) -> None:
    network, gap = made
    point = classify(network, radius)
    recheck(point)
    assert point.gap == gap
    assert point.classification == (SADDLE if gap != 0 else GLOBAL_MINIMUM)
    assert point.hessian is not None
    if gap == 0:
        assert point.hessian.inertia.negative == 0


@settings(max_examples=40, deadline=None)
@given(critical_points(), st.data())
def test_random_points_that_are_moved(made: tuple[DeepLinearNetwork, fmpq], data: st.DataObject) -> None:
    """A point is not called critical unless the gradient by back-propagation is 0."""
    network, _ = made
    layer = data.draw(st.integers(1, len(network.weights)))
    old = network.weights[layer - 1]
    change = fmpq_mat(old.nrows(), old.ncols())
    change[data.draw(st.integers(0, old.nrows() - 1)), data.draw(st.integers(0, old.ncols() - 1))] = fmpq(1, 10**30)
    point = classify(network.moved(layer, change), fmpq(1))
    recheck(point)
    _, gradients = loss_and_gradients(point.network, point.network.weights)
    stationary = all(map(is_zero, gradients))
    assert (point.classification == NOT_CRITICAL) == (not stationary)


@settings(max_examples=15, deadline=None)
@given(critical_points(), st.data())
def test_the_hessian_by_differences(made: tuple[DeepLinearNetwork, fmpq], data: st.DataObject) -> None:
    """The loss is quadratic in each entry, so that central differences with steps 1 are exact."""
    network, _ = made
    entries = [(j, a, b) for j, w in enumerate(network.weights, 1) for a in range(w.nrows()) for b in range(w.ncols())]
    matrix = hessian(network)

    def loss(*moves: tuple[int, int]) -> fmpq:
        moved = network
        for place, step in moves:
            j, a, b = entries[place]
            change = fmpq_mat(network.weights[j - 1].nrows(), network.weights[j - 1].ncols())
            change[a, b] = fmpq(step)
            moved = moved.moved(j, change)
        return loss_and_gradients(moved, moved.weights)[0]

    for _ in range(5):
        p, q = data.draw(st.integers(0, len(entries) - 1)), data.draw(st.integers(0, len(entries) - 1))
        if p == q:
            expected = loss((p, 1)) + loss((p, -1)) - 2 * loss()
        else:
            expected = sum((s * t * loss((p, s), (q, t)) for s in (1, -1) for t in (1, -1)), fmpq(0)) / 4
        assert matrix[p, q] == matrix[q, p] == expected


def _saddle() -> DeepLinearPoint:
    zero, unit = fmpq_mat(2, 2), identity(2)
    return classify(DeepLinearNetwork(unit, unit, (zero, zero)), fmpq(1, 10))


def _changed(**changes: Any) -> DeepLinearPoint:
    """The saddle with something else in what leaves it."""
    point = _saddle()
    assert point.escape is not None
    return replace(point, escape=replace(point.escape, **changes))


def test_the_second_evaluation_finds_what_is_wrong() -> None:
    point = _saddle()
    recheck(point)
    left = point.escape
    assert left is not None and point.hessian is not None
    wrong = [
        _changed(lower=left.higher),
        _changed(higher=left.lower),
        _changed(lower=left.weights),
        _changed(weights=left.lower),
        _changed(layer=3 - left.layer),
        _changed(gradient=-left.gradient),
        replace(point, radius=fmpq(1, 10**6)),
        replace(point, best=fmpq_mat(2, 2)),
        replace(point, escape=None),
        replace(point, gradients=(identity(2), identity(2))),
        replace(point, hessian=replace(point.hessian, matrix=point.hessian.matrix * 2 + identity(8))),
        replace(point, hessian=replace(point.hessian, matrix=-point.hessian.matrix)),
        replace(point, hessian=replace(point.hessian, inertia=Inertia(5, 3, 0))),
    ]
    for each in wrong:
        with pytest.raises(InstanceMismatchError):
            recheck(each)
