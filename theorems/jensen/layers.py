"""Jensen's inequality passes from layer to layer: every unit's mean output is on one side of its output at the mean."""

from symproof.logic.syntax import Eq, ForAll, Implies, Lam, Sum, family, forall_in, num, real
from symproof.proof.author import apply, assume, at, by, calc, case, cases, have, induction, let, qed, take
from symproof.proof.theorem import theorem
from theorems.calculus.second_difference import near
from theorems.jensen.mean_input import (
    ACTIVATION,
    BENT,
    INDEX,
    INSIDE,
    MEAN_INPUT,
    MONOTONE,
    NOTATION,
    SIGNS,
    WEIGHTS,
    D,
    before,
    e,
    excess,
    inner,
    lam,
    mu,
    o,
    output,
    r,
    sigma,
    tau,
    v,
)  # fmt: skip
from theorems.relu_like.deep_network import L, V, d, deep_activation, deep_pre_activation, n, other_theta, q
from theorems.relu_like.network import h, i, k, l, m, x

s = family("s")
mean, kappa = real("mean kappa")

UNIT = theorem(
    "jensen.unit",
    "One unit keeps the side of the mean",
    variables=[h, D, v, r, e, mu, sigma, tau, m, o, lam, s],
    hypotheses={
        **INDEX, **WEIGHTS, **SIGNS,
        "bent": BENT, "square": e >= 0, "monotone": MONOTONE,
        "inside": forall_in(i, 1, m, near(s(i), r)),
        "side": sigma * tau * excess(s) >= 0,
    },
    conclusion=mu * (sigma * tau * excess(s)) <= sigma * excess(lambda index: h(s(index))),
    prose="Let $\\sigma h$ lie above its tangents and $\\tau h$ grow at least with speed $\\mu$ from $v - r$ to $v + r$, for $\\sigma, \\tau = \\pm 1$, "
    "and let the pre-activations $s_i$ lie there. If $\\sigma \\tau (\\sum_i \\lambda_i s_i - s_o) \\ge 0$, then "
    "$\\sigma(\\sum_i \\lambda_i h(s_i) - h(s_o))$ is at least $\\mu$ times as large.",
    source="Derived here: Jensen's inequality and monotonicity.",
    proof=[
        let("mean_def", mean, Sum(i, 1, m, lam(i) * s(i))),
        have("balanced", Eq(Sum(i, 1, m, lam(i) * s(i)), mean), by("linear", "mean_def")),
        apply(("mean_near", "jensen"), "calculus.jensen_inequality", {"p": sigma}, using={"tangent": "bent", "mean": "balanced"}),
        have("own_near", near(s(o), r), by("logic", at("inside", o), "o_low", "o_high")),
        have("each", forall_in(i, 1, m, num(0) <= lam(i) * (s(i) - mean) ** 2), proof=[
            take(i), assume("i_low", "i_high"), have("weight", lam(i) >= 0, by("logic", at("weights", i))), qed(by("sign", "weight"))]),
        have("squares", Sum(i, 1, m, lam(i) * (s(i) - mean) ** 2) >= 0, by("sum", "each")),
        have("rest", e * Sum(i, 1, m, lam(i) * (s(i) - mean) ** 2) >= 0, by("sign", "square", "squares")),
        have("below", sigma * h(mean) <= sigma * Sum(i, 1, m, lam(i) * h(s(i))), by("linear", "jensen", "rest")),
        let("kappa_def", kappa, sigma * tau),
        have("square_one", Eq(kappa**2, 1), by("ideal", "sign", "direction", rewrite=["kappa_def"])),
        have("turned", Eq(tau, kappa * sigma), by("ideal", "sign", rewrite=["kappa_def"])),
        have("distance", kappa * (mean - s(o)) >= 0, by("rewrite", "side", rewrite=["balanced", "kappa_def"])),
        apply("values", "calculus.unit_values", {"sigma": kappa}, using={"sign": "square_one"}),
        have("grown", mu * (kappa * (mean - s(o))) <= sigma * (h(mean) - h(s(o))), proof=[
            cases(
                case("same", Eq(kappa, 1),
                     have("order", s(o) <= mean, by("linear", "distance", rewrite=["same"])),
                     have("grows", mu * (mean - s(o)) <= tau * (h(mean) - h(s(o))),
                          by("logic", at("monotone", s(o), mean), "own_near", "mean_near", "order")),
                     qed(by("linear", "grows", rewrite=["turned", "same"]))),
                case("opposite", Eq(kappa, -1),
                     have("order", mean <= s(o), by("linear", "distance", rewrite=["opposite"])),
                     have("grows", mu * (s(o) - mean) <= tau * (h(s(o)) - h(mean)),
                          by("logic", at("monotone", mean, s(o)), "own_near", "mean_near", "order")),
                     qed(by("linear", "grows", rewrite=["turned", "opposite"]))),
                exhaustive=by("logic", "values"))]),
        have("value", Eq(mu * (sigma * tau * excess(s)), mu * (kappa * (mean - s(o)))), by("ring", rewrite=["balanced", "kappa_def"])),
        qed(by("linear", "below", "grown", "value")),
    ],
    notation=NOTATION,
)  # fmt: skip

kept = forall_in(k, 1, d(n), num(0) <= sigma * excess(lambda index: output(n, k, index)))
raised = forall_in(k, 1, d(n), num(0) < sigma * excess(lambda index: output(n, k, index)))
SPREAD_UNITS = forall_in(k, 1, d(1), Sum(i, 1, m, lam(i) * (before(num(1), k, i) - before(num(1), k, o)) ** 2) > 0)


def _first_layer(strict):
    """Layer 1: its pre-activation at the mean input is the mean of the others."""
    squares = Sum(i, 1, m, lam(i) * (before(num(1), k, i) - before(num(1), k, o)) ** 2)
    if strict:
        rest = [
            have("spread_here", squares > 0, by("logic", at("spread", k))),
            have("rest", e * squares > 0, by("sign", "square", "spread_here")),
        ]
    else:
        rest = [
            have("each", forall_in(i, 1, m, num(0) <= lam(i) * (before(num(1), k, i) - before(num(1), k, o)) ** 2), proof=[
                take(i), assume("i_low", "i_high"), have("weight", lam(i) >= 0, by("logic", at("weights", i))), qed(by("sign", "weight"))]),
            have("squares", squares >= 0, by("sum", "each")),
            have("rest", e * squares >= 0, by("sign", "square", "squares")),
        ]  # fmt: skip
    return [
        assume("in_depth"), take(k), assume("k_low", "k_high"),
        have("here", forall_in(i, 1, m, near(before(num(1), k, i), r)), proof=[
            take(i), assume("i_low", "i_high"), qed(by("logic", at("inside", num(1), k, i)))]),
        calc("balanced", Sum(i, 1, m, lam(i) * before(num(1), k, i)),
             ("=", Sum(l, 1, d(0), V(1, k, l) * Sum(i, 1, m, lam(i) * x(i, l))) + q(1, k) * Sum(i, 1, m, lam(i)),
              by("ring", unfold=[deep_pre_activation, deep_activation])),
             ("=", Sum(l, 1, d(0), V(1, k, l) * x(o, l)) + q(1, k) * 1, by("ring", rewrite=["mean", "total"])),
             ("=", before(num(1), k, o), by("ring", unfold=[deep_pre_activation, deep_activation]))),
        apply(("mean_near", "jensen"), "calculus.jensen_inequality",
              {"p": sigma, "s": Lam(i, before(num(1), k, i)), "mean": before(num(1), k, o)},
              using={"tangent": "bent", "inside": "here", "mean": "balanced"}),
        *rest,
        have("sent", Eq(sigma * excess(lambda index: output(num(1), k, index)),
                        sigma * Sum(i, 1, m, lam(i) * h(before(num(1), k, i))) - sigma * h(before(num(1), k, o))),
             by("ring", unfold=[deep_activation, deep_pre_activation])),
        qed(by("linear", "jensen", "rest", "sent")),
    ]  # fmt: skip


def _next_layer(strict):
    """Layer n + 1: a sum of what the units of layer n send, then one unit."""
    side = sigma * tau * excess(lambda index: before(n + 1, k, index))
    term = tau * V(n + 1, k, l) * (sigma * excess(lambda index: output(n, l, index)))
    terms = Sum(l, 1, d(n), term)
    below = [
        have("below", n <= L, by("linear", "in_depth")),
        have("two", num(2) <= L, by("linear", "n_positive", "in_depth")),
    ]
    each = forall_in(l, 1, d(n), num(0) < term if strict else num(0) <= term)
    if strict:
        total = [
            have("width", num(1) <= d(n), by("logic", at("widths", n))),
            have(
                "positive",
                num(0) < side,
                proof=[
                    have("zero", Eq(Sum(l, 1, d(n), num(0)), 0), by("ring")),
                    have("more", Sum(l, 1, d(n), num(0)) < terms, by("sum", "terms")),
                    qed(by("linear", "zero", "more", "received")),
                ],
            ),
            have("some", num(0) < mu * side, by("sign", "positive", "speed")),
        ]
    else:
        total = [
            have("sum", terms >= 0, by("sum", "terms")),
            have("positive", side >= 0, by("linear", "sum", "received")),
            have("some", mu * side >= 0, by("sign", "positive", "speed")),
        ]
    return [
        assume("in_depth"), take(k), assume("k_low", "k_high"), *below,
        have("units", raised if strict else kept, by("logic", "shallower", "below")),
        have("growth", MONOTONE, by("logic", "monotone", "two")),
        have("here", forall_in(i, 1, m, near(before(n + 1, k, i), r)), proof=[
            take(i), assume("i_low", "i_high"), qed(by("logic", at("inside", n + 1, k, i)))]),
        have("terms", each, proof=[
            take(l), assume("l_low", "l_high"),
            have("sent", (num(0) < sigma * excess(lambda index: output(n, l, index))) if strict
                 else num(0) <= sigma * excess(lambda index: output(n, l, index)), by("logic", at("units", l))),
            have("weight", (tau * V(n + 1, k, l) > 0) if strict else tau * V(n + 1, k, l) >= 0, by("logic", at("inner", n + 1, k, l))),
            qed(by("sign", "sent", "weight"))]),
        have("received", Eq(side, terms), by("ideal", "total", unfold=[deep_pre_activation])),
        *total,
        *([have("nonnegative", side >= 0, by("linear", "positive")), have("flat", e >= 0, by("linear", "square"))] if strict else []),
        apply("passed", "jensen.unit", {"s": Lam(i, before(n + 1, k, i))},
              using={"inside": "here", "monotone": "growth", **({"side": "nonnegative", "square": "flat"} if strict else {"side": "positive"})}),
        have("output", Eq(sigma * excess(lambda index: output(n + 1, k, index)), sigma * excess(lambda index: h(before(n + 1, k, index)))),
             by("ring", unfold=[deep_activation, deep_pre_activation])),
        qed(by("linear", "passed", "some", "output")),
    ]  # fmt: skip


def _layers(strict):
    """The induction over the layers, for >= or, if strict, for >."""
    claim = raised if strict else kept
    return [
        have("layers", ForAll(n, Implies(num(1) <= n, Implies(n <= L, claim))), proof=[
            induction(n, base=_first_layer(strict), hypothesis="shallower", bound="n_positive", step=_next_layer(strict))]),
        take(n), assume("n_low", "n_high"), take(k), assume("k_low", "k_high"), qed(by("logic", at("layers", n, k))),
    ]  # fmt: skip


LAYERS = theorem(
    "jensen.layers",
    "Every unit keeps the side of the mean",
    variables=[m, L, d, x, h, D, v, r, e, mu, sigma, tau, o, lam, *other_theta],
    hypotheses={**MEAN_INPUT, **ACTIVATION, "square": e >= 0, "speed": mu >= 0, "inside": INSIDE, "inner": inner(lambda w: w >= 0)},
    conclusion=forall_in(n, 1, L, kept),
    prose="Let input $o$ be the mean of the inputs with weights $\\lambda_i$, $\\sigma h$ lie above its tangents and $\\tau h$ not fall from "
    "$v - r$ to $v + r$, where all pre-activations are, and let no weight between hidden layers have the other sign than $\\tau$. Then for every "
    "unit of every hidden layer $\\sigma$ times its mean output is at least $\\sigma$ times its output at the mean input.",
    source="Derived here: Jensen's inequality, layer by layer.",
    proof=_layers(strict=False),
    notation=NOTATION,
)  # fmt: skip

RAISED_LAYERS = theorem(
    "jensen.raised_layers",
    "Every unit is raised above the side of the mean",
    variables=[m, L, d, x, h, D, v, r, e, mu, sigma, tau, o, lam, *other_theta],
    hypotheses={
        **MEAN_INPUT, **ACTIVATION, "square": e > 0, "speed": mu > 0, "inside": INSIDE, "inner": inner(lambda w: w > 0),
        "widths": forall_in(n, 1, L, num(1) <= d(n)), "spread": SPREAD_UNITS,
    },
    conclusion=forall_in(n, 1, L, raised),
    prose="If moreover $\\sigma h$ is bent, $\\tau h$ grows, the weights between hidden layers have the sign of $\\tau$, and no unit of the first "
    "layer has the same pre-activation at all inputs of positive weight, the inequalities are strict.",
    source="Derived here.",
    proof=_layers(strict=True),
    notation=NOTATION,
)  # fmt: skip
