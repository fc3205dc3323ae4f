"""The product of the layers moves little when the weights do: at most in proportion."""

from symproof.logic.syntax import Abs, And, Eq, Exists, ForAll, Implies, Lam, Sum, forall_in, num, real
from symproof.proof.author import (
    apply,
    assume,
    at,
    by,
    conjunction,
    have,
    induction,
    obtain,
    qed,
    take,
    unfold,
    witness,
)  # fmt: skip
from symproof.proof.theorem import theorem
from theorems.deep_linear.product import NOTATION, L, V, W, a, b, c, d, e, j, k, product
from theorems.optimization.local_extremum import close, rho

K, M = real("K M")


def within(layers, constant):
    """For all nearby weights the product of the first layers moves by at most the constant times the distance."""
    return ForAll((V, rho), Implies(And(rho >= 0, rho <= 1, close(layers, d, rho, W, V)), forall_in(a, 1, d(layers), forall_in(b, 1, d(0),
        Abs(product(layers, 0, d, V, a, b) - product(layers, 0, d, W, a, b)) <= constant * rho))))  # fmt: skip


def bounded(layers):
    """Some constant bounds how fast the product of the first layers moves."""
    return Exists(K, And(K >= 0, within(layers, K)))


column = Sum(e, 1, d(0), Abs(product(k, 0, d, W, c, e)))
weights = Sum(e, 1, d(k + 1), Abs(W(k + 1, e, c)))
speed = Sum(c, 1, d(k), column + M + weights * M)

NEARBY_PRODUCT = theorem(
    "deep_linear.nearby_product",
    "The product moves at most in proportion to the weights",
    variables=[L, d, W],
    hypotheses={"depth": num(0) <= L},
    conclusion=bounded(L),
    prose="There is a constant $K$ with: if every weight moves by less than $\\rho \\le 1$, every entry of the product moves by at most $K \\rho$.",
    source="Elementary: the product is a polynomial.",
    proof=[
        have("all", ForAll(k, Implies(num(0) <= k, bounded(k))), proof=[
            induction(k,
                base=[
                    witness(0),
                    conjunction(
                        [qed(by("linear"))],
                        [take(V, rho), assume("low", "high", "near"), take(a), assume("a_low", "a_high"), take(b), assume("b_low", "b_high"),
                         have("none", Eq(Abs(product(0, 0, d, V, a, b) - product(0, 0, d, W, a, b)), 0), by("ring", unfold=[product])),
                         qed(by("linear", "none"))]),
                ],
                hypothesis="shorter", bound="k_nonnegative",
                step=[
                    obtain(M, ("M_nonnegative", "M_bounds"), "shorter"),
                    witness(speed),
                    conjunction(
                        [qed(by("sign", "M_nonnegative"))],
                        [take(V, rho), assume("low", "high", "near"),
                         unfold("moves", "near", close),
                         have("near_before", close(k, d, rho, W, V), proof=[
                             unfold("", "goal", close),
                             take(j), assume("j_low", "j_high"), take(a), assume("a_low", "a_high"), take(b), assume("b_low", "b_high"),
                             qed(by("logic", at("moves", j, a, b)))]),
                         take(a), assume("a_low", "a_high"), take(b), assume("b_low", "b_high"),
                         have("terms", forall_in(c, 1, d(k), Abs(V(k + 1, a, c) * product(k, 0, d, V, c, b) - W(k + 1, a, c) * product(k, 0, d, W, c, b))
                              <= (column + M + weights * M) * rho), proof=[
                             take(c), assume("c_low", "c_high"),
                             have("weight", Abs(V(k + 1, a, c) - W(k + 1, a, c)) <= rho, by("linear", at("moves", k + 1, a, c))),
                             have("before", Abs(product(k, 0, d, V, c, b) - product(k, 0, d, W, c, b)) <= M * rho,
                                  by("logic", at("M_bounds", V, rho, c, b))),
                             apply("deviation", "calculus.product_deviation",
                                   {"A": W(k + 1, a, c), "B": V(k + 1, a, c), "a": product(k, 0, d, W, c, b), "b": product(k, 0, d, V, c, b), "D": M * rho},
                                   using={"first": "weight", "second": "before"}),
                             have("entry", Abs(product(k, 0, d, W, c, b)) <= column, by("sum")),
                             have("own_weight", Abs(W(k + 1, a, c)) <= weights, by("sum")),
                             have("first", (column - Abs(product(k, 0, d, W, c, b))) * rho >= 0, by("sign", "entry", "low")),
                             have("second", (weights - Abs(W(k + 1, a, c))) * (M * rho) >= 0, by("sign", "own_weight", "M_nonnegative", "low")),
                             have("third", M * rho * (1 - rho) >= 0, proof=[
                                 have("rest", 1 - rho >= 0, by("linear", "high")), qed(by("sign", "rest", "M_nonnegative", "low"))]),
                             qed(by("linear", "deviation", "first", "second", "third"))]),
                         apply("sums", "calculus.triangle_for_sums", {
                             "m": d(k), "b": Lam(c, (column + M + weights * M) * rho),
                             "a": Lam(c, V(k + 1, a, c) * product(k, 0, d, V, c, b) - W(k + 1, a, c) * product(k, 0, d, W, c, b))}),
                         have("difference", Eq(product(k + 1, 0, d, V, a, b) - product(k + 1, 0, d, W, a, b),
                              Sum(c, 1, d(k), V(k + 1, a, c) * product(k, 0, d, V, c, b) - W(k + 1, a, c) * product(k, 0, d, W, c, b))),
                              by("ring", unfold=[product])),
                         have("factor", Eq(Sum(c, 1, d(k), (column + M + weights * M) * rho), speed * rho), by("ring")),
                         qed(by("linear", "sums", "factor", rewrite=["difference"]))]),
                ]),
        ]),
        qed(by("logic", at("all", L))),
    ],
    notation={**NOTATION, "rho": r"\rho"},
)  # fmt: skip
