"""The paper's own route to a better point: two opposite units, a threshold, and a small shift of the bias."""

from symproof.instances.paper_offer import PAPER_OFFER
from symproof.logic.syntax import (
    Abs,
    And,
    Eq,
    Exists,
    ForAll,
    Implies,
    Ite,
    Lam,
    Ne,
    Not,
    Sum,
    exists_in,
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
    case,
    cases,
    conjunction,
    contradiction,
    have,
    let,
    obtain,
    qed,
    take,
    witness,
)  # fmt: skip
from symproof.proof.theorem import Citation, theorem
from theorems.relu_like.isolating_direction import p, projection
from theorems.relu_like.kink import r
from theorems.relu_like.network import (
    HALF,
    NOTATION,
    V1,
    V2,
    affine,
    affine_risk,
    best_affine,
    c,
    c1,
    c2,
    d1,
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
    relu_like,
    risk,
    s_minus,
    s_plus,
    sample,
    t,
    w,
    x,
    y,
)  # fmt: skip
from theorems.relu_like.normal_equations import fit, normal, residual
from theorems.relu_like.split import T, kappa, s, tau, tau_0
from theorems.relu_like.spurious_minimum import DATA
from theorems.relu_like.two_units import g, sign
from theorems.works import YUN_2019

o = integer("o")
C, G, B, rho = real("C G B rho")

ratio = (s_plus - s_minus) / (s_plus + s_minus)


def height(index):
    """The shifted fit at a sample, above the threshold."""
    return fit(index) + tau * projection(p, index) - s


def move(index):
    """What the network adds to the fit at a sample."""
    return tau * projection(p, index) + ratio * g * sign(height(index))


below = Sum(i, 1, m, Ite(height(i) < 0, residual(i), 0))
value = affine_risk(m, dx, x, y, w, c) - 2 * ratio * g * below + HALF * Sum(i, 1, m, move(i) ** 2)
own = (m, dx, d1, x, y, h, *other_theta)

paper_terms = {
    "V1": Lam((k, l), Ite(Eq(k, 1), w(l) + tau * p(l), Ite(Eq(k, 2), -(w(l) + tau * p(l)), 0))),
    "c1": Lam(k, Ite(Eq(k, 1), c - s + g, Ite(Eq(k, 2), s - c + g, 0))),
    "V2": Lam(k, Ite(Eq(k, 1), 1 / (s_plus + s_minus), Ite(Eq(k, 2), -1 / (s_plus + s_minus), 0))),
    "c2": s,
}
PAPER_PARAMETERS = {
    "V1_def": ForAll((k, l), Eq(V1(k, l), paper_terms["V1"](k, l))),
    "c1_def": ForAll(k, Eq(c1(k), paper_terms["c1"](k))),
    "V2_def": ForAll(k, Eq(V2(k), paper_terms["V2"](k))),
    "c2_def": Eq(c2, s),
}
ORIGIN = Citation(YUN_2019, "proof of the theorem on ReLU-like networks, step 2")
GREEK = {**NOTATION, "p": "v", "tau": r"\tau", "tau_0": r"\tau_0", "kappa": r"\kappa", "o": "i_0", "rho": r"\rho"}

PAPER_NETWORK = theorem(
    "relu_like.paper_network",
    "The risk of the paper's network",
    variables=[m, dx, d1, x, y, h, s_plus, s_minus, w, c, p, tau, s, g, *other_theta],
    hypotheses={
        "activation": relu_like(h, s_plus, s_minus),
        "slopes_sum": s_plus + s_minus > 0,
        "width": num(2) <= d1,
        "features": normal.args[0],
        "constant": normal.args[1],
        "apart": forall_in(i, 1, m, And(Ne(height(i), 0), Abs(g) <= Abs(height(i)))),
        **PAPER_PARAMETERS,
    },
    conclusion=And(
        forall_in(i, 1, m, Eq(network(dx, d1, h, *other_theta, sample(i)), fit(i) + move(i))),
        Eq(risk(*own), value),
    ),
    prose="Two units with the shifted fit and its negative, both with the bias raised by $g$, give the fit plus $\\tau\\, v \\cdot x_i$ plus "
    "$\\frac{s_+ - s_-}{s_+ + s_-}\\, g$ times the sign of $t_i$, the height above the threshold $s$. With $T$ the sum of the residuals "
    "below the threshold, the risk is that of least squares, minus $2 \\frac{s_+ - s_-}{s_+ + s_-}\\, g\\, T$, plus half the sum of the "
    "squares of what is added.",
    origin=ORIGIN,
    proof=[
        have("outputs", forall_in(i, 1, m, Eq(network(dx, d1, h, *other_theta, sample(i)), fit(i) + move(i))), proof=[
            take(i), assume("i_low", "i_high"),
            let("t_def", t, height(i)),
            have("reach", Abs(g) <= Abs(t), proof=[
                have("here", Abs(g) <= Abs(height(i)), by("logic", at("apart", i))),
                qed(by("rewrite", "t_def", "here"))]),
            apply("pair", "relu_like.two_units", using={"shift": "reach"}),
            have("first", Eq(pre_activation(V1, c1, num(1), sample(i)), t + g),
                 by("ring", rewrite=["V1_def", "c1_def", "t_def"], unfold=[affine])),
            have("second", Eq(pre_activation(V1, c1, num(2), sample(i)), -t + g),
                 by("ring", rewrite=["V1_def", "c1_def", "t_def"], unfold=[affine])),
            calc("value", network(dx, d1, h, *other_theta, sample(i)),
                 ("=", Sum(k, 1, d1, V2(k) * h(pre_activation(V1, c1, k, sample(i)))) + c2, by("ring", unfold=[network])),
                 ("=", 1 / (s_plus + s_minus) * h(pre_activation(V1, c1, num(1), sample(i)))
                  - 1 / (s_plus + s_minus) * h(pre_activation(V1, c1, num(2), sample(i))) + s, by("ring", rewrite=["V2_def", "c2_def"])),
                 ("=", 1 / (s_plus + s_minus) * (h(t + g) - h(-t + g)) + s, by("ring", rewrite=["first", "second"])),
                 ("=", 1 / (s_plus + s_minus) * ((s_plus + s_minus) * t + sign(t) * (s_plus - s_minus) * g) + s,
                  by("ring", rewrite=["pair"])),
                 ("=", t + ratio * g * sign(t) + s, by("field")),
                 ("=", fit(i) + move(i), by("ring", rewrite=["t_def"]))),
            qed(by("logic", "value")),
        ]),
        have("signs", forall_in(i, 1, m, Eq(residual(i) * sign(height(i)), residual(i) - 2 * Ite(height(i) < 0, residual(i), 0))), proof=[
            take(i), assume("i_low", "i_high"),
            have("nonzero", Ne(height(i), 0), by("logic", at("apart", i))),
            cases(
                case("above", height(i) > 0, qed(by("ring"))),
                case("beneath", height(i) < 0, qed(by("ring")))),
        ]),
        calc("cross", Sum(i, 1, m, residual(i) * sign(height(i))),
             ("=", Sum(i, 1, m, residual(i) - 2 * Ite(height(i) < 0, residual(i), 0)), by("sum", "signs")),
             ("=", Sum(i, 1, m, residual(i)) - 2 * below, by("ring")),
             ("=", -2 * below, by("linear", "constant"))),
        calc("direction", Sum(i, 1, m, residual(i) * projection(p, i)),
             ("=", Sum(l, 1, dx, p(l) * Sum(i, 1, m, residual(i) * x(i, l))), by("ring", unfold=[affine])),
             ("=", 0, by("ring", rewrite=["features"]))),
        calc("value", risk(*own),
             ("=", HALF * Sum(i, 1, m, (residual(i) + move(i)) ** 2), by("ring", rewrite=["outputs"], unfold=[risk])),
             ("=", affine_risk(m, dx, x, y, w, c) + tau * Sum(i, 1, m, residual(i) * projection(p, i))
              + ratio * g * Sum(i, 1, m, residual(i) * sign(height(i))) + HALF * Sum(i, 1, m, move(i) ** 2),
              by("ring", unfold=[affine_risk])),
             ("=", value, by("ring", rewrite=["cross", "direction"]))),
        conjunction([qed(by("logic", "outputs"))], [qed(by("logic", "value"))]),
    ],
    notation=GREEK,
)  # fmt: skip

better = Exists(other_theta, And(*PAPER_PARAMETERS.values(), risk(*own) < affine_risk(m, dx, x, y, w, c)))
define_parameters = [let(f"{name}_def", variable, paper_terms[name])
                     for name, variable in zip(("V1", "c1", "V2", "c2"), other_theta, strict=True)]  # fmt: skip
parameters_and_risk = [
    have("lower", risk(*own) < affine_risk(m, dx, x, y, w, c), by("linear", "value", "quadratic", "linear_term", "gains")),
    qed(by("logic", *PAPER_PARAMETERS, "lower")),
]  # fmt: skip


def gain_direction(size):
    """rho = size with the sign of C, so that C rho > 0 and |rho| = size; the facts C_nonzero and size_positive are known."""
    return [
        let("rho_def", rho, Ite(C > 0, size, -size), note="The sign that lowers the risk."),
        have("rho_facts", And(C * rho > 0, Eq(Abs(rho), size)), proof=[
            cases(
                case("positive", C > 0,
                     have("value", Eq(rho, size), by("ring", rewrite=["rho_def"])),
                     conjunction([qed(by("sign", "positive", "size_positive", rewrite=["value"]))],
                                 [qed(by("ring", rewrite=["value"]))])),
                case("negative", C < 0,
                     have("value", Eq(rho, -size), by("ring", rewrite=["rho_def"])),
                     conjunction([qed(by("sign", "negative", "size_positive", rewrite=["value"]))],
                                 [qed(by("ring", rewrite=["value"]))])))]),
        have("gain", C * rho > 0, by("logic", "rho_facts")),
        have("rho_size", Eq(Abs(rho), size), by("logic", "rho_facts")),
    ]  # fmt: skip


start = [
    have("slopes_sum", s_plus + s_minus > 0, proof=[
        have("first", s_plus > 0, by("logic", "C1.3 slopes")),
        have("second", s_minus >= 0, by("logic", "C1.3 slopes")),
        qed(by("linear", "first", "second"))]),
    have("ratio_nonzero", Ne(ratio, 0), proof=[
        have("kinked", Ne(s_plus, s_minus), by("logic", "C1.3 slopes")),
        have("difference", Ne(s_plus - s_minus, 0), by("sign", "kinked")),
        qed(by("sign", "difference", "slopes_sum"))]),
    apply(("features", "constant"), "relu_like.normal_equations"),
]  # fmt: skip

PAPER_DESCENT_SHIFTED = theorem(
    "relu_like.paper_descent_shifted",
    "The paper's better point, with a shift",
    variables=[m, dx, d1, x, y, h, s_plus, s_minus, w, c],
    hypotheses={**DATA, "best": best_affine(m, dx, x, y, w, c)},
    conclusion=Exists((p, tau, s, g), And(tau > 0, better)),
    prose="Case 2 of the paper, under (C1.1) to (C1.4) alone: with a small shift along a suitable direction $v$, the network of two opposite "
    "units has a smaller risk than the best affine fit.",
    origin=ORIGIN,
    source="The network is the paper's. Its case 2 assumes that case 1 does not apply; the shift does it in any case, if it is small enough.",
    proof=[
        *start,
        obtain(o, ("o_low", "o_high", "o_misfit"), at("C1.1", w, c), note="A sample that the best affine fit misses."),
        let("r_def", r, Lam(i, residual(i))),
        have("missed", exists_in(i, 1, m, Ne(r(i), 0)), proof=[
            witness(o),
            have("misfit", Ne(r(o), 0), by("sign", "o_misfit", rewrite=["r_def"])),
            qed(by("logic", "o_low", "o_high", "misfit"))]),
        have("samples", num(0) <= m, by("linear", "o_low", "o_high")),
        apply("split", "relu_like.split", {"f": Lam(i, fit(i))}, using={"distinct": "C1.2", "residual": "missed"}),
        obtain((p, T, kappa, tau_0), ("T_nonzero", "size_positive", "tau_0_positive", "thresholds"), "split"),
        let("C_def", C, ratio * T),
        have("C_nonzero", Ne(C, 0), by("sign", "ratio_nonzero", "T_nonzero", rewrite=["C_def"])),
        *gain_direction(kappa),
        let("G_def", G, C * rho),
        have("G_positive", G > 0, by("linear", "G_def", "gain")),
        let("B_def", B, Sum(i, 1, m, 2 * projection(p, i) ** 2 + 2 * (ratio * rho) ** 2), note="A bound of the quadratic term."),
        have("B_nonnegative", B >= 0, by("sign", rewrite=["B_def"])),
        apply("small", "calculus.small_step", {"limit": tau_0}),
        obtain(tau, ("tau_positive", "tau_small", "gains"), "small"),
        have("threshold", Exists(s, And(
            forall_in(i, 1, m, Abs(height(i)) >= kappa * tau),
            Eq(Sum(i, 1, m, Ite(height(i) < 0, r(i), 0)), T))), by("logic", at("thresholds", tau))),
        obtain(s, ("distance", "partial_sum"), "threshold"),
        let("g_def", g, tau * rho),
        have("g_size", Eq(Abs(g), kappa * tau), proof=[
            have("plain", Eq(Abs(tau), tau), by("ring")),
            have("product", Eq(Abs(tau * rho), Abs(tau) * Abs(rho)), by("ring")),
            qed(by("ring", rewrite=["g_def", "product", "plain", "rho_size"]))]),
        have("step", kappa * tau > 0, by("sign", "size_positive", "tau_positive")),
        have("apart", forall_in(i, 1, m, And(Ne(height(i), 0), Abs(g) <= Abs(height(i)))), proof=[
            take(i), assume("i_low", "i_high"),
            have("positive", Abs(height(i)) > 0, by("linear", at("distance", i), "step")),
            conjunction(
                [contradiction("zero",
                     have("none", Eq(Abs(height(i)), 0), by("ring", rewrite=["zero"])),
                     qed(by("linear", "none", "positive")))],
                [qed(by("linear", at("distance", i), "g_size"))])]),
        *define_parameters,
        apply(("outputs", "value"), "relu_like.paper_network", using={"activation": "C1.3 activation", "width": "C1.4"}),
        have("sum_below", Eq(below, T), by("rewrite", "partial_sum", rewrite=["r_def"])),
        have("each", forall_in(i, 1, m, move(i) ** 2 <= tau**2 * (2 * projection(p, i) ** 2 + 2 * (ratio * rho) ** 2)), proof=[
            take(i), assume("i_low", "i_high"),
            have("nonzero", Ne(height(i), 0), by("logic", at("apart", i))),
            cases(
                case("above", height(i) > 0,
                     have("square", (tau * (projection(p, i) - ratio * rho)) ** 2 >= 0, by("sign")),
                     calc("expand", move(i) ** 2,
                          ("=", (tau * projection(p, i) + ratio * g) ** 2, by("ring")),
                          ("=", (tau * (projection(p, i) + ratio * rho)) ** 2, by("ring", rewrite=["g_def"]))),
                     qed(by("linear", "square", "expand"))),
                case("beneath", height(i) < 0,
                     have("square", (tau * (projection(p, i) + ratio * rho)) ** 2 >= 0, by("sign")),
                     calc("expand", move(i) ** 2,
                          ("=", (tau * projection(p, i) - ratio * g) ** 2, by("ring")),
                          ("=", (tau * (projection(p, i) - ratio * rho)) ** 2, by("ring", rewrite=["g_def"]))),
                     qed(by("linear", "square", "expand"))))]),
        calc("quadratic", Sum(i, 1, m, move(i) ** 2),
             ("<=", Sum(i, 1, m, tau**2 * (2 * projection(p, i) ** 2 + 2 * (ratio * rho) ** 2)), by("sum", "each")),
             ("=", tau**2 * B, by("ring", rewrite=["B_def"]))),
        calc("linear_term", ratio * g * below,
             ("=", ratio * g * T, by("ring", rewrite=["sum_below"])),
             ("=", tau * (ratio * T) * rho, by("ring", rewrite=["g_def"])),
             ("=", tau * G, by("ring", rewrite=["G_def", "C_def"]))),
        witness(p, tau, s, g),
        conjunction(
            [qed(by("logic", "tau_positive"))],
            [witness(*other_theta), *parameters_and_risk]),
    ],
    notation=GREEK,
)  # fmt: skip

level = Sum(i, 1, m, sign(fit(i) - s) ** 2)
low_sum = Sum(i, 1, m, Ite(fit(i) - s < 0, residual(i), 0))

PAPER_DESCENT_UNSHIFTED = theorem(
    "relu_like.paper_descent_unshifted",
    "The paper's better point, without shift",
    variables=[m, dx, d1, x, y, h, s_plus, s_minus, w, c, s],
    hypotheses={
        "samples": num(0) <= m,
        "C1.3 activation": DATA["C1.3 activation"],
        "C1.3 slopes": DATA["C1.3 slopes"],
        "C1.4": DATA["C1.4"],
        "best": best_affine(m, dx, x, y, w, c),
        "threshold": forall_in(i, 1, m, Ne(fit(i), s)),
        "partial_sum": Ne(low_sum, 0),
    },
    conclusion=Exists((p, tau, g), And(Eq(tau, 0), better)),
    prose="Case 1 of the paper: if the residuals below some threshold between values of the fit do not sum to 0, the network of two opposite "
    "units without shift has a smaller risk than the best affine fit.",
    origin=ORIGIN,
    proof=[
        *start,
        let("T_def", T, low_sum),
        have("T_nonzero", Ne(T, 0), by("rewrite", "T_def", "partial_sum")),
        let("C_def", C, ratio * T),
        have("C_nonzero", Ne(C, 0), by("sign", "ratio_nonzero", "T_nonzero", rewrite=["C_def"])),
        have("size_positive", num(1) > 0, by("ring")),
        *gain_direction(num(1)),
        let("G_def", G, C * rho),
        have("G_positive", G > 0, by("linear", "G_def", "gain")),
        let("B_def", B, (ratio * rho) ** 2 * level),
        have("B_nonnegative", B >= 0, by("sign", rewrite=["B_def"])),
        have("positive", forall_in(i, 1, m, Abs(fit(i) - s) > 0), proof=[
            take(i), assume("i_low", "i_high"),
            have("different", Ne(fit(i) - s, 0), by("sign", at("threshold", i))),
            qed(by("sign", "different"))]),
        apply("bounds", "calculus.positive_lower_bound", {"a": Lam(i, Abs(fit(i) - s))}),
        have("bound", Exists(t, And(t > 0, forall_in(j, 1, m, t <= Abs(fit(j) - s)))), by("logic", at("bounds", m), "positive")),
        obtain(kappa, ("kappa_positive", "distance"), "bound", note="The smallest distance to the threshold."),
        apply("small", "calculus.small_step", {"limit": kappa}),
        obtain(t, ("t_positive", "t_small", "gains"), "small"),
        let("g_def", g, t * rho),
        have("g_size", Eq(Abs(g), t), proof=[
            have("plain", Eq(Abs(t), t), by("ring")),
            have("product", Eq(Abs(t * rho), Abs(t) * Abs(rho)), by("ring")),
            qed(by("ring", rewrite=["g_def", "product", "plain", "rho_size"]))]),
        let("tau_def", tau, num(0)),
        let("p_def", p, Lam(l, num(0))),
        have("flat", forall_in(i, 1, m, Eq(height(i), fit(i) - s)), by("ring", rewrite=["tau_def"])),
        have("apart", forall_in(i, 1, m, And(Ne(height(i), 0), Abs(g) <= Abs(height(i)))), proof=[
            take(i), assume("i_low", "i_high"),
            have("different", Ne(fit(i) - s, 0), by("sign", at("threshold", i))),
            conjunction(
                [qed(by("rewrite", at("flat", i), "different"))],
                [have("here", Abs(g) <= Abs(fit(i) - s), by("linear", at("distance", i), "g_size", "t_small")),
                 qed(by("rewrite", at("flat", i), "here"))])]),
        *define_parameters,
        apply(("outputs", "value"), "relu_like.paper_network", using={"activation": "C1.3 activation", "width": "C1.4"}),
        have("sum_below", Eq(below, T), by("ring", rewrite=["tau_def", "T_def"])),
        calc("quadratic", Sum(i, 1, m, move(i) ** 2),
             ("=", (ratio * g) ** 2 * level, by("ring", rewrite=["tau_def"])),
             ("=", t**2 * B, by("ring", rewrite=["g_def", "B_def"]))),
        calc("linear_term", ratio * g * below,
             ("=", ratio * g * T, by("ring", rewrite=["sum_below"])),
             ("=", t * (ratio * T) * rho, by("ring", rewrite=["g_def"])),
             ("=", t * G, by("ring", rewrite=["G_def", "C_def"]))),
        witness(p, tau, g),
        conjunction(
            [qed(by("logic", "tau_def"))],
            [witness(*other_theta), *parameters_and_risk]),
    ],
    notation=GREEK,
)  # fmt: skip

case_1 = Exists(s, And(forall_in(i, 1, m, Ne(fit(i), s)), Ne(low_sum, 0)))

PAPER_DESCENT = theorem(
    "relu_like.paper_descent",
    "The paper's better point",
    variables=[m, dx, d1, x, y, h, s_plus, s_minus, w, c],
    hypotheses={**DATA, "best": best_affine(m, dx, x, y, w, c)},
    conclusion=Exists((p, tau, s, g), And(tau >= 0, Implies(case_1, Eq(tau, 0)), better)),
    prose="Under the hypotheses (C1.1) to (C1.4) the paper's network of two opposite units has a smaller risk than the best affine fit, for a "
    "suitable direction $v$, shift $\\tau$, threshold $s$ and bias $g$. No shift is needed if the residuals below some threshold between "
    "values of the fit do not sum to 0 (case 1); otherwise a small shift separates equal values of the fit (case 2).",
    origin=ORIGIN,
    proof=[
        obtain(o, ("o_low", "o_high", "o_misfit"), at("C1.1", w, c)),
        have("samples", num(0) <= m, by("linear", "o_low", "o_high")),
        cases(
            case("case_1", case_1,
                 obtain(s, ("threshold", "partial_sum"), "case_1"),
                 apply("point", "relu_like.paper_descent_unshifted"),
                 obtain((p, tau, g), ("unshifted", "network"), "point"),
                 witness(p, tau, s, g),
                 conjunction(
                     [qed(by("linear", "unshifted"))],
                     [assume("some"), qed(by("logic", "unshifted"))],
                     [qed(by("logic", "network"))])),
            case("case_2", Not(case_1),
                 apply("point", "relu_like.paper_descent_shifted"),
                 obtain((p, tau, s, g), ("shifted", "network"), "point"),
                 witness(p, tau, s, g),
                 conjunction(
                     [qed(by("linear", "shifted"))],
                     [assume("some"), qed(by("logic", "some", "case_2"))],
                     [qed(by("logic", "network"))])),
            exhaustive=by("logic")),
    ],
    notation=GREEK,
    extra={"instance": PAPER_OFFER, "main": True},
)  # fmt: skip
