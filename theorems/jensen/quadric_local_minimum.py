"""Constant units on a bent piece of the activation are a local minimum if the residuals weight the inputs rightly."""

from symproof.logic.syntax import Abs, And, Eq, Exists, ForAll, Implies, Lam, Min, Sum, family, forall_in, num, real
from symproof.proof.author import apply, assume, at, by, conjunction, have, let, obtain, qed, take, unfold, witness
from symproof.proof.theorem import theorem
from theorems.calculus.second_difference import D, E, near
from theorems.jensen.curved_values import BENT, NEARBY, A, B, R, mu, q, sigma, top, v
from theorems.jensen.quadric_region import AT_CONSTANT, CONSTANT_RISK, CONVEX, DIRECTION, NOTATION, n
from theorems.relu_like.kink import r
from theorems.relu_like.loss import loss, loss_local_minimum, loss_risk
from theorems.relu_like.network import (
    V1,
    V2,
    c,
    c1,
    c2,
    close,
    dx,
    h,
    i,
    j,
    k,
    l,
    m,
    network,
    other_theta,
    pre_activation,
    rho,
    sample,
    x,
    y,
)  # fmt: skip

size, lowest = real("size lowest")
u = family("u")
NOTATION = {**NOTATION, "R": "R", "size": "X", "lowest": r"\underline u"}

MINIMUM = (Lam((k, l), num(0)), Lam(k, v), u, c - Sum(k, 1, n, u(k)) * h(v))
"""All units constant at v, with outgoing weights u; the output is c everywhere."""

WITHIN = ForAll(other_theta, Implies(
    close(dx, n, rho, *MINIMUM, *other_theta),
    loss_risk(m, dx, n, x, y, h, loss, *MINIMUM) <= loss_risk(m, dx, n, x, y, h, loss, *other_theta),
))  # fmt: skip
"""No parameters closer than rho have a smaller risk."""

OUTGOING = forall_in(k, 1, n, sigma * u(k) > 0)

CONSTANT_UNITS = theorem(
    "jensen.constant_units",
    "The risk of constant units",
    variables=[m, dx, n, x, y, loss, h, v, u, c],
    hypotheses={},
    conclusion=Eq(loss_risk(m, dx, n, x, y, h, loss, *MINIMUM), CONSTANT_RISK),
    prose="Where every unit is constant and the output is $c$, the risk is that of the constant $c$.",
    source="Direct.",
    proof=[qed(by("ring", unfold=[loss_risk, network]))],
    notation=NOTATION,
)  # fmt: skip

RADIUS = theorem(
    "jensen.quadric_radius",
    "A radius within which no risk is smaller",
    variables=[m, dx, n, x, y, loss, r, c, h, D, E, v, q, A, B, sigma, mu, top, u, size, rho],
    hypotheses={
        "samples": num(1) <= m,
        "convex": CONVEX,
        "residual": AT_CONSTANT,
        **NEARBY,
        "bend": A + B >= 0,
        "gain": (B - A) * top <= (A + B) * mu,
        "sign": Eq(sigma**2, 1),
        **DIRECTION,
        "top": forall_in(i, 1, m, Abs(r(i)) <= top),
        "positive": rho > 0,
        "size": forall_in(i, 1, m, Sum(l, 1, dx, Abs(x(i, l))) <= size),
        "reach": rho * (1 + size) <= q,
        "outgoing": forall_in(k, 1, n, rho <= sigma * u(k)),
    },
    conclusion=WITHIN,
    prose="Let $A \\le \\sigma h'' \\le B$ from $v - q$ to $v + q$ with $A + B \\ge 0$ and $(B - A)\\,M \\le (A + B)\\,\\mu$, where $|r_i| \\le M$. If "
    "$\\rho\\,(1 + \\sum_l |x_{i,l}|) \\le q$ for all samples and $\\rho \\le \\sigma u_k$ for all units, then no parameters closer than $\\rho$ to the "
    "constant units have a smaller risk.",
    source="Derived here.",
    proof=[
        apply("here", "jensen.constant_units"),
        take(*other_theta), assume("moves_little"), unfold("moves", "moves_little", close),
        have("weights_move", forall_in(k, 1, n, forall_in(l, 1, dx, Abs(V1(k, l) - 0) < rho)), by("logic", "moves")),
        have("biases_move", forall_in(k, 1, n, Abs(c1(k) - v) < rho), by("logic", "moves")),
        have("outgoing_move", forall_in(k, 1, n, Abs(V2(k) - u(k)) < rho), by("logic", "moves")),
        have("inside", forall_in(k, 1, n, forall_in(i, 1, m, near(pre_activation(V1, c1, k, sample(i)), q))), proof=[
            take(k), assume("k_low", "k_high"), take(i), assume("i_low", "i_high"),
            have("terms", forall_in(l, 1, dx, And(-rho * Abs(x(i, l)) <= V1(k, l) * x(i, l), V1(k, l) * x(i, l) <= rho * Abs(x(i, l)))), proof=[
                take(l), assume("l_low", "l_high"),
                have("little", rho - Abs(V1(k, l)) >= 0, by("linear", at("weights_move", k, l))),
                have("slack", (rho - Abs(V1(k, l))) * Abs(x(i, l)) >= 0, by("sign", "little")),
                have("product", Eq(Abs(V1(k, l) * x(i, l)), Abs(V1(k, l)) * Abs(x(i, l))), by("elementary")),
                conjunction([qed(by("linear", "slack", "product"))], [qed(by("linear", "slack", "product"))])]),
            *[have(f"{label}_terms", forall_in(l, 1, dx, claim), proof=[
                take(l), assume("l_low", "l_high"), qed(by("logic", at("terms", l)))])
              for label, claim in (("lower", -rho * Abs(x(i, l)) <= V1(k, l) * x(i, l)), ("upper", V1(k, l) * x(i, l) <= rho * Abs(x(i, l))))],
            have("lower_sum", Sum(l, 1, dx, -rho * Abs(x(i, l))) <= Sum(l, 1, dx, V1(k, l) * x(i, l)), by("sum", "lower_terms")),
            have("upper_sum", Sum(l, 1, dx, V1(k, l) * x(i, l)) <= Sum(l, 1, dx, rho * Abs(x(i, l))), by("sum", "upper_terms")),
            have("small", rho * (size - Sum(l, 1, dx, Abs(x(i, l)))) >= 0, proof=[
                have("rest", size - Sum(l, 1, dx, Abs(x(i, l))) >= 0, by("linear", at("size", i))),
                qed(by("sign", "positive", "rest"))]),
            have("bias", Abs(c1(k) - v) < rho, by("logic", at("biases_move", k))),
            conjunction([qed(by("linear", "lower_sum", "small", "bias", "reach"))],
                        [qed(by("linear", "upper_sum", "small", "bias", "reach"))])]),
        have("outgoing_there", forall_in(k, 1, n, sigma * V2(k) >= 0), proof=[
            take(k), assume("k_low", "k_high"),
            have("little", Abs(V2(k) - u(k)) < rho, by("logic", at("outgoing_move", k))),
            apply("same", "calculus.unit_sign", {"t": V2(k) - u(k)}),
            have("enough", rho <= sigma * u(k), by("logic", at("outgoing", k))),
            have("down", -Abs(sigma * (V2(k) - u(k))) <= sigma * (V2(k) - u(k)), by("linear")),
            qed(by("linear", "little", "same", "down", "enough"))]),
        apply("least", "jensen.quadric_region", {"a": v - q, "b": v + q, "W1": V1, "b1": c1, "W2": V2, "b2": c2},
              using={"outgoing": "outgoing_there"}),
        qed(by("linear", "least", "here")),
    ],
    notation=NOTATION,
    extra={"main": True},
)  # fmt: skip

LOCAL_MINIMUM = theorem(
    "jensen.quadric_local_minimum",
    "Constant units are a local minimum",
    variables=[m, dx, n, x, y, loss, r, c, h, D, E, v, R, sigma, mu, u],
    hypotheses={
        "samples": num(1) <= m, "width": num(0) <= n,
        "convex": CONVEX, "residual": AT_CONSTANT, **BENT, **DIRECTION, "mu": mu > 0, "outgoing": OUTGOING,
    },
    conclusion=loss_local_minimum(m, dx, n, x, y, h, loss, *MINIMUM),
    prose="Let $r_i$ be the derivatives of convex losses at the output $c$, $\\sum_i r_i = 0$, $\\sum_i r_i x_i = 0$, and $S = \\sum_i r_i x_i x_i^T$ positive "
    "definite on the differences of the inputs. If $h''$ is continuous at $v$ and not 0 there, then incoming weights 0, biases $v$, outgoing weights of "
    "the sign of $h''(v)$ and the constant for which the output is $c$ are a local minimum.",
    source="Derived here.",
    proof=[
        let("top_def", top, Sum(i, 1, m, Abs(r(i)))),
        have("top_nonnegative", top >= 0, by("sign", rewrite=["top_def"])),
        have("top_bounds", forall_in(i, 1, m, Abs(r(i)) <= top), proof=[
            take(i), assume("i_low", "i_high"),
            have("part", Abs(r(i)) <= Sum(j, 1, m, Abs(r(j))), "sum"),
            qed(by("linear", "part", "top_def"))]),
        apply("bounds", "jensen.bent_nearby", using={"precision": "mu", "top": "top_nonnegative"}),
        obtain((A, B, q), ("q_positive", "bend_sum", "strict_gain", "slope", "slope_of_slope", "low", "high"), "bounds"),
        have("gain", (B - A) * top <= (A + B) * mu, by("linear", "strict_gain")),
        apply("outgoing_bounds", "calculus.positive_lower_bound", {"a": Lam(j, sigma * u(j))}),
        have("outgoing_bound", Exists(lowest, And(lowest > 0, forall_in(j, 1, n, lowest <= sigma * u(j)))),
             by("logic", at("outgoing_bounds", n), "outgoing")),
        obtain(lowest, ("lowest_positive", "lowest_bounds"), "outgoing_bound"),
        let("size_def", size, Sum(i, 1, m, Sum(l, 1, dx, Abs(x(i, l)))), note="The size of the inputs."),
        have("scale", 1 + size > 0, by("sign", rewrite=["size_def"])),
        let("rho_def", rho, Min(lowest, q / (1 + size))),
        have("rho_positive", rho > 0, by("sign", "lowest_positive", "q_positive", "scale", rewrite=["rho_def"])),
        have("cleared", Eq(q / (1 + size) * (1 + size), q), by("field", "scale")),
        have("room", (q / (1 + size) - rho) * (1 + size) >= 0, proof=[
            have("less", q / (1 + size) - rho >= 0, by("linear", "rho_def")), qed(by("sign", "less", "scale"))]),
        have("one_size", forall_in(i, 1, m, Sum(l, 1, dx, Abs(x(i, l))) <= size), proof=[
            take(i), assume("i_low", "i_high"),
            have("part", Sum(l, 1, dx, Abs(x(i, l))) <= Sum(j, 1, m, Sum(l, 1, dx, Abs(x(j, l)))), "sum"),
            qed(by("linear", "part", "size_def"))]),
        have("reach", rho * (1 + size) <= q, by("linear", "room", "cleared")),
        have("outgoing_room", forall_in(k, 1, n, rho <= sigma * u(k)), proof=[
            take(k), assume("k_low", "k_high"), qed(by("linear", at("lowest_bounds", k), "rho_def"))]),
        apply("within", "jensen.quadric_radius",
              using={"derivative": "slope", "second": "slope_of_slope", "lower": "low", "upper": "high", "bend": "bend_sum",
                     "top": "top_bounds", "positive": "rho_positive", "size": "one_size", "outgoing": "outgoing_room"}),
        unfold("", "goal", loss_local_minimum),
        witness(rho),
        qed(by("logic", "rho_positive", "within")),
    ],
    notation=NOTATION,
)  # fmt: skip
