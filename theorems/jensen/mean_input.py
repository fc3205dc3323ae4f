"""The vocabulary of this chapter: one input is a weighted mean of the inputs, and what lies between."""

from symproof.logic.syntax import (
    And,
    Eq,
    Implies,
    Ite,
    Ne,
    Sum,
    exists_in,
    family,
    forall_in,
    function,
    integer,
    num,
    real,
)
from theorems.calculus.interval_tangent import growth_bound, r, tangent_bound
from theorems.calculus.jensen_inequality import WEIGHTS
from theorems.calculus.second_difference import near
from theorems.relu_like.deep_network import (
    DEEP_NOTATION,
    L,
    V,
    d,
    deep_activation,
    deep_pre_activation,
    n,
    other_theta,
)  # fmt: skip
from theorems.relu_like.network import h, i, k, l, m, sample, x

lam = family("lam")
o = integer("o")
c, e, mu, sigma, tau, t, v = real("c e mu sigma tau t v")
D = function("D")


def before(layer, unit, index):
    """The pre-activation of a unit at a sample."""
    return deep_pre_activation(layer, d, h, *other_theta, sample(index), unit)


def output(layer, unit, index):
    """The output of a unit at a sample."""
    return deep_activation(layer, d, h, *other_theta, sample(index), unit)


def excess(value):
    """By how much the weighted mean of values exceeds the value at the mean input; ``value`` takes an index."""
    return Sum(i, 1, m, lam(i) * value(i)) - value(o)


def residual(index):
    """The residuals: the weights, and -1 at the mean input, times t."""
    return t * (lam(index) - Ite(Eq(index, o), 1, 0))


INDEX = {"o_low": num(1) <= o, "o_high": o <= m}


def mean_input(features):
    """Input o is the weighted mean of the inputs."""
    mean = forall_in(l, 1, features, Eq(Sum(i, 1, m, lam(i) * x(i, l)), x(o, l)))
    return {**INDEX, **WEIGHTS, "mean": mean}


def spread(features):
    """An input of positive weight is another one."""
    return exists_in(i, 1, m, And(lam(i) > 0, exists_in(l, 1, features, Ne(x(i, l), x(o, l)))))


MEAN_INPUT = mean_input(d(0))
SIGNS = {"sign": Eq(sigma**2, 1), "direction": Eq(tau**2, 1)}
BENT = tangent_bound(h, D, sigma, e)
"""The activation, times sigma, lies above its tangents near v."""
MONOTONE = growth_bound(h, tau, mu)
"""The activation, times tau, grows near v."""
INSIDE = forall_in(n, 1, L, forall_in(k, 1, d(n), forall_in(i, 1, m, near(before(n, k, i), r))))
"""All pre-activations of the hidden layers are near v."""


def inner(positive):
    """The sign of the weights between hidden layers; ``positive`` says what is meant by it."""
    return forall_in(n, 2, L, forall_in(k, 1, d(n), forall_in(l, 1, d(n - 1), positive(tau * V(n, k, l)))))


ACTIVATION = {**SIGNS, "bent": BENT, "monotone": Implies(num(2) <= L, MONOTONE)}

NOTATION = {
    **DEEP_NOTATION, "lam": r"\lambda", "o": "o", "sigma": r"\sigma", "tau": r"\tau", "mu": r"\mu", "c": "c", "v": "v", "w": "w",
    "e": r"\eta",
}  # fmt: skip
