"""Spurious local minima of networks with one hidden layer: the activation has to be bent only."""

from symproof.logic.syntax import And, Eq, Implies, Lam, Ne, forall_in, num
from symproof.logic.term import subst
from symproof.proof.author import apply, assume, at, by, conjunction, contradiction, have, qed, take
from symproof.proof.theorem import theorem
from theorems.calculus.second_difference import E, twice_differentiable
from theorems.jensen.bent_near import u
from theorems.jensen.constant_network import CONSTANT_NETWORK
from theorems.jensen.mean_input import NOTATION, D, c, lam, mean_input, o, sigma, spread, t, tau, v
from theorems.jensen.spurious_minimum import RISK, TARGETS
from theorems.relu_like.deep_network import L, d, n
from theorems.relu_like.network import d1, dx, h, k, l, m, risk, spurious, x, y
from theorems.relu_like.one_hidden_layer import SIZES

MINIMUM = (Lam((k, l), num(0)), Lam(k, v), Lam(k, t * sigma), c - t * sigma * d1 * h(v))
"""Incoming weights 0, biases v, outgoing weights t sigma, and the constant for which the output is c."""
own = (m, dx, d1, x, y, h)
CONSTANT = tuple(subst(family, {L: num(1), d: SIZES, tau: num(1)}) for family in CONSTANT_NETWORK)

ONE_HIDDEN_LAYER = theorem(
    "jensen.one_hidden_layer",
    "Spurious local minima of networks with one hidden layer",
    variables=[m, dx, d1, x, y, h, D, E, v, u, sigma, t, c, o, lam],
    hypotheses={
        "width": num(1) <= d1, **mean_input(dx), "different": spread(dx), "scale": Ne(t, 0),
        "targets": TARGETS, **twice_differentiable(h, u), "sign": Eq(sigma**2, 1), "bend": sigma * E(v) > 0,
    },
    conclusion=And(spurious(*own, *MINIMUM), Eq(risk(*own, *MINIMUM), RISK)),
    prose="Let input $o$ be the mean of the inputs with weights $\\lambda_i \\ge 0$ of sum 1, not all inputs of positive weight equal to it, and "
    "let the targets be $c - t \\lambda_i$, and $t$ more at input $o$, $t \\ne 0$. Let $h$ have a second derivative near $v$ that is continuous at "
    "$v$ and of sign $\\sigma$ there. Then a network with one hidden layer of any width has a spurious local minimum: incoming weights 0, biases "
    "$v$, outgoing weights $t \\sigma$, and the output $c$; its risk is $\\frac{t^2}{2}(1 - 2 \\lambda_o + \\sum_i \\lambda_i^2)$.",
    source="Derived here: depth 1 of the result on any depth, where $h'(v)$ may be 0.",
    proof=[
        have("depth", num(1) <= 1, by("linear")),
        have("widths", forall_in(n, 1, 1, num(1) <= SIZES(n)), proof=[
            take(n), assume("n_low", "n_high"), have("one", Eq(n, 1), by("linear", "n_low", "n_high")),
            have("plain", Eq(SIZES(n), d1), by("ring", rewrite=["one"])), qed(by("linear", "width", "plain"))]),
        have("direction", Eq(num(1) ** 2, 1), by("ring")),
        have("slope", Implies(num(2) <= 1, 1 * D(v) > 0), proof=[
            assume("two_layers"), contradiction("any", qed(by("linear", "two_layers")))]),
        apply(("deep_minimum", "deep_risk"), "jensen.spurious", {"L": 1, "d": SIZES, "tau": 1}),
        apply(("minimum", "equal"), "relu_like.one_hidden_layer",
              dict(zip(("W", "b"), CONSTANT, strict=True)), using={"spurious": "deep_minimum"}),
        conjunction([qed(by("logic", "minimum"))], [qed(by("linear", "deep_risk", at("equal", *CONSTANT)))]),
    ],
    notation={**NOTATION, "u": "R"},
    extra={"main": True},
)  # fmt: skip
