"""The local minimum: a network whose hidden units are all constant, with pre-activation v."""

from symproof.logic.syntax import Eq, ForAll, Implies, Ite, Lam, Sum, forall_in, num
from symproof.proof.author import assume, at, by, calc, have, induction, qed, take
from symproof.proof.theorem import theorem
from theorems.jensen.mean_input import NOTATION, c, sigma, t, tau, v
from theorems.jensen.nearby import bias
from theorems.relu_like.deep_network import L, W, b, d, deep_activation, deep_network, deep_pre_activation, n, theta
from theorems.relu_like.network import h, k, l, z

W_CONSTANT = Lam((n, k, l), Ite(Eq(n, 1), 0, Ite(Eq(n, L + 1), t * sigma, tau)))
b_CONSTANT = Lam((n, k), Ite(Eq(n, 1), v, Ite(Eq(n, L + 1), c - t * sigma * d(L) * h(v), bias(n))))
CONSTANT_NETWORK = (W_CONSTANT, b_CONSTANT)
"""First weights 0, weights tau between hidden layers, outgoing weights t sigma; biases such that the output is c."""
DEFINED = {
    "W_def": ForAll((n, k, l), Eq(W(n, k, l), W_CONSTANT(n, k, l))),
    "b_def": ForAll((n, k), Eq(b(n, k), b_CONSTANT(n, k))),
}
own_before = deep_pre_activation(n, d, h, *theta, z, k)
still = forall_in(k, 1, d(n), Eq(own_before, v))


def _sent(layer):
    """Every unit of a layer sends h(v)."""
    return have("sent", forall_in(l, 1, d(layer), Eq(deep_activation(layer, d, h, *theta, z, l), h(v))), proof=[
        take(l), assume("l_low", "l_high"),
        have("value", Eq(deep_pre_activation(layer, d, h, *theta, z, l), v), by("logic", at("units", l))),
        calc("output", deep_activation(layer, d, h, *theta, z, l),
             ("=", h(deep_pre_activation(layer, d, h, *theta, z, l)), by("ring", unfold=[deep_activation, deep_pre_activation])),
             ("=", h(v), by("ring", rewrite=["value"]))),
        qed(by("logic", "output"))])  # fmt: skip


CONSTANT = theorem(
    "jensen.constant_network",
    "The constant network",
    variables=[L, d, h, v, c, sigma, tau, t, *theta, z],
    hypotheses={"depth": num(1) <= L, "widths": forall_in(n, 1, L, num(1) <= d(n)), **DEFINED},
    conclusion=Eq(deep_network(L, d, h, *theta, z), c),
    prose="With weights 0 in the first layer and these biases, every hidden unit has the pre-activation $v$ at every input, and the output is $c$.",
    source="Direct.",
    proof=[
        have("layers", ForAll(n, Implies(num(1) <= n, Implies(n <= L, still))), proof=[
            induction(n,
                base=[
                    assume("in_depth"), take(k), assume("k_low", "k_high"),
                    qed(by("ring", rewrite=["W_def", "b_def"], unfold=[deep_pre_activation])),
                ],
                hypothesis="shallower", bound="n_positive",
                step=[
                    assume("in_depth"), take(k), assume("k_low", "k_high"),
                    have("below", n <= L, by("linear", "in_depth")),
                    have("width", num(1) <= d(n), by("logic", at("widths", n))),
                    have("units", still, by("logic", "shallower", "below")),
                    _sent(n),
                    calc("received", deep_pre_activation(n + 1, d, h, *theta, z, k),
                         ("=", Sum(l, 1, d(n), W(n + 1, k, l) * deep_activation(n, d, h, *theta, z, l)) + b(n + 1, k),
                          by("ring", unfold=[deep_pre_activation])),
                         ("=", Sum(l, 1, d(n), tau * h(v)) + bias(n + 1), by("ring", rewrite=["sent", "W_def", "b_def"])),
                         ("=", v, by("ring"))),
                    qed(by("logic", "received")),
                ])]),
        have("width", num(1) <= d(L), by("logic", at("widths", L))),
        have("units", forall_in(k, 1, d(L), Eq(deep_pre_activation(L, d, h, *theta, z, k), v)), proof=[
            take(k), assume("k_low", "k_high"), qed(by("logic", at("layers", L, k)))]),
        _sent(L),
        calc("value", deep_network(L, d, h, *theta, z),
             ("=", Sum(l, 1, d(L), W(L + 1, 1, l) * deep_activation(L, d, h, *theta, z, l)) + b(L + 1, 1),
              by("ring", unfold=[deep_network, deep_pre_activation])),
             ("=", Sum(l, 1, d(L), t * sigma * h(v)) + (c - t * sigma * d(L) * h(v)), by("ring", rewrite=["sent", "W_def", "b_def"])),
             ("=", c, by("ring"))),
        qed(by("logic", "value")),
    ],
    notation=NOTATION,
)  # fmt: skip
