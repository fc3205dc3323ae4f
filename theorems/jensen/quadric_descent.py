"""One unit with a small weight leads below the best constant if the residuals weight the inputs to a definite second moment."""

from symproof.logic.syntax import (
    Abs,
    And,
    Eq,
    Exists,
    Ite,
    Lam,
    Ne,
    Sum,
    exists_in,
    family,
    forall_in,
    integer,
    num,
    real,
)
from symproof.proof.author import (
    apply,
    assume,
    at,
    by,
    calc,
    conjunction,
    contradiction,
    have,
    let,
    obtain,
    qed,
    take,
    witness,
)
from symproof.proof.theorem import theorem
from theorems.calculus.second_difference import D, E
from theorems.jensen.curved_values import BENT, A, B, R, mu, q, sigma, top, v
from theorems.jensen.quadric_region import AT_CONSTANT, CONSTANT_RISK, DIRECTION, NOTATION, form, n
from theorems.relu_like.kink import r
from theorems.relu_like.loss import loss, loss_risk
from theorems.relu_like.network import c, dx, h, i, j, k, l, m, network, other_theta, sample, x, y

coordinate = integer("p")
size, tau, s = real("size tau s")
z = family("z")
NOTATION = {**NOTATION, "size": "X", "tau": r"\tau"}

DIFFERENT = exists_in(j, 1, m, exists_in(l, 1, dx, Ne(x(j, l), x(1, l))))
"""Not all inputs are equal."""

BETTER = (
    Lam((k, l), Ite(Eq(k, 1), Ite(Eq(l, coordinate), tau, 0), 0)),
    Lam(k, v - tau * x(1, coordinate)),
    Lam(k, Ite(Eq(k, 1), s, 0)),
    c,
)
"""Unit 1 follows one coordinate of the input around v; the other units are not used."""

apart = x(i, coordinate) - x(1, coordinate)
along = Lam(l, Ite(Eq(l, coordinate), tau, 0))

DESCENT = theorem(
    "jensen.quadric_descent",
    "One unit leads below the constant",
    variables=[m, dx, n, x, y, loss, r, c, h, D, E, v, R, sigma, mu],
    hypotheses={"width": num(1) <= n, "residual": AT_CONSTANT, **BENT, **DIRECTION, "mu": mu > 0, "different": DIFFERENT},
    conclusion=Exists(other_theta, loss_risk(m, dx, n, x, y, h, loss, *other_theta) < CONSTANT_RISK),
    prose="Let $r_i$ be the derivatives of the losses at the output $c$, $\\sum_i r_i = 0$, $\\sum_i r_i x_i = 0$, and $S = \\sum_i r_i x_i x_i^T$ positive "
    "definite on the differences of the inputs, which are not all 0. If $h''$ is continuous at $v$ and not 0 there, some network of one unit has a "
    "smaller risk than the constant $c$. The loss need not be convex.",
    source="Derived here.",
    proof=[
        obtain(j, ("j_low", "j_high", "somewhere"), "different"),
        obtain(coordinate, ("p_low", "p_high", "unequal"), "somewhere"),
        have("samples", num(1) <= m, by("linear", "j_low", "j_high")),
        have("none", num(0) <= m, by("linear", "samples")),
        let("top_def", top, Sum(i, 1, m, Abs(r(i)))),
        have("top_nonnegative", top >= 0, by("sign", rewrite=["top_def"])),
        have("top_bounds", forall_in(i, 1, m, Abs(r(i)) <= top), proof=[
            take(i), assume("i_low", "i_high"),
            have("part", Abs(r(i)) <= Sum(k, 1, m, Abs(r(k))), "sum"),
            qed(by("linear", "part", "top_def"))]),
        apply("bounds", "jensen.bent_nearby", using={"precision": "mu", "top": "top_nonnegative"}),
        obtain((A, B, q), ("q_positive", "bend_sum", "strict_gain", "slope", "slope_of_slope", "low", "high"), "bounds"),
        let("size_def", size, Sum(i, 1, m, Abs(apart))),
        have("scale", 1 + size > 0, by("sign", rewrite=["size_def"])),
        let("tau_def", tau, q / (1 + size)),
        have("tau_positive", tau > 0, by("sign", "q_positive", "scale", rewrite=["tau_def"])),
        have("cleared", Eq(tau * (1 + size), q), by("field", rewrite=["tau_def"])),
        let("z_def", z, Lam(i, v + tau * apart), note="The pre-activations of the new unit."),
        have("inside", forall_in(i, 1, m, And(v - q <= z(i), z(i) <= v + q)), proof=[
            take(i), assume("i_low", "i_high"),
            have("part", Abs(apart) <= Sum(k, 1, m, Abs(x(k, coordinate) - x(1, coordinate))), "sum"),
            have("rest", size - Abs(apart) >= 0, by("linear", "part", "size_def")),
            have("slack", tau * (size - Abs(apart)) >= 0, by("sign", "tau_positive", "rest")),
            have("up", tau * (Abs(apart) - apart) >= 0, proof=[
                have("order", Abs(apart) - apart >= 0, by("linear")), qed(by("sign", "tau_positive", "order"))]),
            have("down", tau * (Abs(apart) + apart) >= 0, proof=[
                have("order", Abs(apart) + apart >= 0, by("linear")), qed(by("sign", "tau_positive", "order"))]),
            conjunction([qed(by("linear", "slack", "down", "cleared", "tau_positive", at("z_def", i)))],
                        [qed(by("linear", "slack", "up", "cleared", "tau_positive", at("z_def", i)))])]),
        have("feature", Eq(Sum(i, 1, m, r(i) * x(i, coordinate)), 0), by("logic", at("features", coordinate))),
        have("moment", Eq(Sum(i, 1, m, r(i) * z(i)), 0), by("ideal", "feature", "constant", rewrite=["z_def"])),
        calc("scatter", Sum(i, 1, m, (z(i) - z(1)) ** 2), ("=", Sum(i, 1, m, (tau * apart) ** 2), by("ring", rewrite=["z_def"]))),
        have("square", Eq(Sum(i, 1, m, r(i) * z(i) ** 2), form(along)), by("ideal", "feature", "constant", rewrite=["z_def"])),
        have("definite_here", mu * Sum(i, 1, m, (z(i) - z(1)) ** 2) <= Sum(i, 1, m, r(i) * z(i) ** 2),
             by("linear", at("definite", along), "square", rewrite=["scatter"])),
        apply("curved", "jensen.curved_values", {"a": v - q, "b": v + q},
              using={"derivative": "slope", "second": "slope_of_slope", "lower": "low", "upper": "high", "bend": "bend_sum",
                     "top": "top_bounds", "definite": "definite_here"}),
        have("distance", Ne(x(j, coordinate) - x(1, coordinate), 0), by("sign", "unequal")),
        have("one", (tau * (x(j, coordinate) - x(1, coordinate))) ** 2 > 0, by("sign", "tau_positive", "distance")),
        have("at_least", (tau * (x(j, coordinate) - x(1, coordinate))) ** 2 <= Sum(i, 1, m, (tau * apart) ** 2), "sum"),
        have("spread", Sum(i, 1, m, (z(i) - z(1)) ** 2) > 0, by("linear", "scatter", "one", "at_least")),
        have("rate", (A + B) * mu - (B - A) * top > 0, by("linear", "strict_gain")),
        have("product", ((A + B) * mu - (B - A) * top) * Sum(i, 1, m, (z(i) - z(1)) ** 2) > 0, by("sign", "rate", "spread")),
        have("turned", sigma * Sum(i, 1, m, r(i) * h(z(i))) > 0, by("linear", "curved", "product")),
        have("direction", Ne(Sum(i, 1, m, r(i) * h(z(i))), 0), proof=[
            contradiction("zero", have("nothing", Eq(sigma * Sum(i, 1, m, r(i) * h(z(i))), 0), by("ideal", "zero")), qed(by("linear", "turned", "nothing")))]),
        apply("lower", "relu_like.loss_descent", {"f": Lam(i, c), "q": Lam(i, h(z(i)))},
              using={"samples": "none", "derivative": "residual", "slope": "direction"}),
        obtain(s, "lower_losses", "lower", note="The outgoing weight of the new unit."),
        witness(*BETTER),
        have("outputs", forall_in(i, 1, m, Eq(network(dx, n, h, *BETTER, sample(i)), c + s * h(z(i)))), proof=[
            take(i), assume("i_low", "i_high"), qed(by("ring", rewrite=["z_def"], unfold=[network]))]),
        qed(by("linear", "lower_losses", rewrite=["outputs"], unfold=[loss_risk])),
    ],
    notation=NOTATION,
)  # fmt: skip
