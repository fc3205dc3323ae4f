"""Each hypothesis of the main results on affine pieces: an instance without it where the conclusion fails, or a note.

The conclusion says that some spurious local minimum has the risk of linear least squares, and so that some parameters
have a smaller risk. It fails where no parameters have a smaller risk, and where no local minimum has that risk.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from flint import fmpq

from symproof.instances.integer_table import integer_table
from symproof.instances.least_squares import least_squares
from symproof.instances.value_family import table, vector
from symproof.kernel.evaluate import decide
from symproof.logic.syntax import Eq, Ne, exists_in, real
from symproof.logic.term import instantiate
from symproof.tactics.prove import prove_claim
from theorems.affine_piece import activations
from theorems.affine_piece.network import A, Y, affine_on, c, distinct, dx, dy, h, hi, i, lo, m, o, row, x
from theorems.relu_like.network import affine

INPUTS = [fmpq(k) for k in (0, 1, 2)]


def proved(claim: str, *given: str, **sorts: str) -> bool:
    return prove_claim(sorts, given, claim, 20.0).status == "proved"


def fit_risk(features: list[list[fmpq]], targets: list[fmpq]) -> fmpq:
    """The risk of linear least squares with a constant."""
    ones = [fmpq(1)] * len(targets)
    return least_squares(integer_table([ones, *features, targets])).risk


def test_exact_affine_data() -> None:
    """Without no_affine_fit: the affine fit has risk 0, and no risk is negative. For every activation."""
    targets = [2 * p + 1 for p in INPUTS]
    missed = exists_in(o, 1, dy, exists_in(i, 1, m, Ne(affine(dx, x, row(A, o), c(o), i), Y(i, o))))
    exact = {m: 3, dx: 1, dy: 1, x: table([[p] for p in INPUTS]), Y: table([[t] for t in targets])}
    fit = {A: table([[fmpq(2)]]), c: vector([fmpq(1)])}
    assert decide(missed, {**exact, **fit}) is False and fit_risk([INPUTS], targets) == 0
    assert decide(missed, {**exact, **fit, dy: 0}) is False, "no outputs: nothing is ever missed"
    assert decide(missed, {**exact, **fit, c: vector([fmpq(2)])}) is True


def test_the_identity() -> None:
    """Without discriminatory, or another activation: the network is affine, and so has no smaller risk.

    All other hypotheses hold for h(t) = t: it is affine with slope 1 everywhere.
    """
    assert fit_risk([INPUTS], [fmpq(0), fmpq(1), fmpq(0)]) == fmpq(1, 3)
    assert proved("(c**2 + (a + c - 1)**2 + (2*a + c)**2)/2 >= 1/3", a="real", c="real")
    assert proved("1*(0*w + b) - 2*(w + b) + 1*(2*w + b) == 0", w="real", b="real"), "r = (1, -2, 1) sees no unit"


@pytest.mark.parametrize(
    ("name", "own", "line"),
    [("leaky_relu", {"shape": 1}, 1), ("soft_shrink", {"shape": 0}, 1), ("selu", {"size": 0}, 0)],
)
def test_parameters_that_make_the_network_affine(name: str, own: dict[str, int], line: int) -> None:
    """At the excluded value the activation is t or 0: no risk is smaller than for the identity, by the test above."""
    notion, t = getattr(activations, name), real("t_sample")
    formula = instantiate(notion.body, (t,)).args[1]
    values = {activations.shape: 1, activations.size: 1, **{getattr(activations, key): v for key, v in own.items()}}
    excluded = [decide(Eq(formula, line * t), {**values, t: fmpq(k, 3)}) for k in range(-12, 13)]
    usual = [
        decide(Eq(formula, line * t), {activations.shape: 2, activations.size: 2, t: fmpq(k, 3)})
        for k in range(-12, 13)
    ]
    assert set(excluded) == {True} and False in usual


def test_shape_0_is_relu() -> None:
    """For ELU and SELU the shape is not needed: what it excludes is a multiple of ReLU."""
    t = real("t_sample")
    for notion in (activations.elu, activations.selu):
        formula = instantiate(notion.body, (t,)).args[1]
        for k in range(-12, 13):
            relu = max(Fraction(k, 3), Fraction(0))
            value = 3 * relu if notion is activations.selu else relu
            assert decide(Eq(formula, value), {activations.shape: 0, activations.size: 3, t: fmpq(k, 3)}) is True


def test_a_step() -> None:
    """Without slope, piece or interval: h = [t > 0] on the inputs 0, 1, 2 with targets 0, 1, 1 and two units.

    With s = 0, a = 1 it is affine on (0, 1) with slope 0; with s = 1 it is not affine there; with t_0 = 1, t_1 = 0 it
    is vacuously. At a local minimum the outgoing weights are a least squares fit to the units as they are, each of
    which is 0 or 1 at each sample: no such risk is the one of the affine fit. Two units are more than the one input,
    and a step is discriminatory: if the sums of r over the inputs behind every threshold are 0, then r is.
    """
    targets = [fmpq(0), fmpq(1), fmpq(1)]
    units = [[fmpq(v) for v in unit] for unit in product((0, 1), repeat=3)]
    risks = {fit_risk([first, second], targets) for first, second in product(units, repeat=2)}
    assert risks == {0, fmpq(1, 4), fmpq(1, 3)} and fit_risk([INPUTS], targets) == fmpq(1, 12)
    zero = ("r + s + t == 0", "s + t == 0", "t == 0")
    assert all(proved(f"{name} == 0", *zero, r="real", s="real", t="real") for name in "rst")
    assert affine_on.params[0] == h and (lo, hi) == affine_on.params[3:]


def test_one_input_twice() -> None:
    """Without distinct: inputs 0, 0, 1 with targets 0, 1, 5. Every function has risk at least 1/4, as the fit has."""
    assert fit_risk([[fmpq(0), fmpq(0), fmpq(1)]], [fmpq(0), fmpq(1), fmpq(5)]) == fmpq(1, 4)
    assert proved("(f**2 + (f - 1)**2 + (g - 5)**2)/2 >= 1/4", f="real", g="real")


@pytest.mark.parametrize("features", [0, -1])
def test_without_features_the_other_hypotheses_fail(features: int) -> None:
    """Units are constants, so r = (1, -1) sees none; two inputs are never distinct; one sample is fitted exactly."""
    assert decide(distinct, {m: 2, dx: features, x: lambda _i, _j: fmpq(0)}) is False
    assert proved("1*u + (-1)*u == 0", u="real") and fit_risk([], [fmpq(7)]) == 0
