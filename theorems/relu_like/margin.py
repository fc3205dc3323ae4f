"""The candidate's pre-activations are positive: a radius within which they stay so."""

from symproof.logic.syntax import Abs, And, Eq, ForAll, Implies, Min, MinOver, Sum, exists_in, forall_in, num
from symproof.proof.author import assume, at, by, case, cases, conjunction, have, obtain, qed, take
from symproof.proof.theorem import Citation, theorem
from theorems.relu_like.network import (
    NOTATION,
    W1,
    alpha,
    b1,
    c,
    d1,
    dx,
    eta,
    i,
    j,
    k,
    l,
    m,
    pre_activation,
    rho,
    sample,
    w,
    x,
)  # fmt: skip
from theorems.relu_like.normal_equations import fit
from theorems.works import YUN_2019

norm = Sum(l, 1, dx, Abs(x(i, l))) + 1
smallest = Min(alpha * (fit(i) - eta), -alpha * eta)

MARGIN = theorem(
    "relu_like.margin",
    "The radius of the candidate",
    variables=[m, dx, d1, x, w, c, alpha, eta, W1, b1, rho],
    hypotheses={
        "samples": num(1) <= m,
        "scale": alpha > 0,
        "eta_negative": eta < 0,
        "eta_below": forall_in(i, 1, m, fit(i) - eta > 0),
        "first": forall_in(i, 1, m, Eq(pre_activation(W1, b1, num(1), sample(i)), alpha * (fit(i) - eta))),
        "others": forall_in(i, 1, m, ForAll(k, Implies(num(2) <= k, Eq(pre_activation(W1, b1, k, sample(i)), -alpha * eta)))),
        "rho_def": Eq(rho, MinOver(i, 1, m, smallest / norm)),
    },
    conclusion=And(
        rho > 0,
        forall_in(i, 1, m, forall_in(k, 1, d1, rho * norm <= pre_activation(W1, b1, k, sample(i)))),
    ),
    prose="The smallest of the pre-activations over $\\lvert x_i\\rvert_1 + 1$ is the largest radius that the argument allows.",
    origin=Citation(YUN_2019, "proof that the candidate is a local minimum"),
    source="Here with an explicit radius.",
    proof=[
        conjunction(
            [
                have("attained", exists_in(j, 1, m, Eq(MinOver(i, 1, m, smallest / norm),
                     Min(alpha * (fit(j) - eta), -alpha * eta) / (Sum(l, 1, dx, Abs(x(j, l))) + 1))), by("extremum")),
                obtain(j, ("j_low", "j_high", "value"), "attained"),
                have("first_positive", fit(j) - eta > 0, by("logic", at("eta_below", j))),
                have("second_positive", -alpha * eta > 0, by("sign", "scale", "eta_negative")),
                have("norm_positive", Sum(l, 1, dx, Abs(x(j, l))) + 1 > 0, by("sign")),
                have("quotient", Min(alpha * (fit(j) - eta), -alpha * eta) / (Sum(l, 1, dx, Abs(x(j, l))) + 1) > 0,
                     by("sign", "first_positive", "second_positive", "norm_positive")),
                qed(by("linear", "rho_def", "value", "quotient")),
            ],
            [
                take(i), assume("i_low", "i_high"), take(k), assume("k_low", "k_high"),
                have("member", MinOver(j, 1, m, Min(alpha * (fit(j) - eta), -alpha * eta) / (Sum(l, 1, dx, Abs(x(j, l))) + 1))
                     <= smallest / norm, by("extremum")),
                have("below", rho <= smallest / norm, by("linear", "rho_def", "member")),
                have("norm_positive", norm > 0, by("sign")),
                have("product", (smallest / norm - rho) * norm >= 0, by("sign", "below", "norm_positive")),
                have("cancel", Eq(smallest / norm * norm, smallest), by("field")),
                have("bound", rho * norm <= smallest, by("linear", "product", "cancel")),
                cases(
                    case("unit_one", Eq(k, 1),
                         have("value", Eq(pre_activation(W1, b1, k, sample(i)), alpha * (fit(i) - eta)),
                              by("rewrite", "unit_one", at("first", i))),
                         qed(by("linear", "bound", "value"))),
                    case("unit_other", num(2) <= k,
                         have("value", Eq(pre_activation(W1, b1, k, sample(i)), -alpha * eta), by("logic", at("others", i, k))),
                         qed(by("linear", "bound", "value")))),
            ]),
    ],
    notation=NOTATION,
)  # fmt: skip
