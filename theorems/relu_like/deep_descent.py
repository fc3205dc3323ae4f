"""A second unit in the first layer lowers the risk of a deep network; layer 2 adds it to the fit."""

from symproof.logic.syntax import And, Eq, ForAll, Implies, Ite, Lam, Ne, Sum, forall_in, num, real
from symproof.proof.author import (
    apply,
    assume,
    at,
    by,
    calc,
    conjunction,
    have,
    induction,
    let,
    qed,
    take,
    unfold,
)  # fmt: skip
from symproof.proof.theorem import theorem
from theorems.relu_like.deep_affine_region import ORIGIN, moved_before, moved_output
from theorems.relu_like.deep_local_minimum import fit, other, residual
from theorems.relu_like.deep_network import (
    DEEP_NOTATION,
    L,
    V,
    d,
    deep_activation,
    deep_network,
    deep_pre_activation,
    deep_risk,
    g,
    n,
    other_theta,
    q,
)  # fmt: skip
from theorems.relu_like.descent import H, phi, u
from theorems.relu_like.isolating_direction import p
from theorems.relu_like.network import (
    HALF,
    affine,
    affine_risk,
    c,
    eta,
    h,
    i,
    k,
    l,
    m,
    relu_like,
    s_minus,
    s_plus,
    sample,
    w,
    x,
    y,
)  # fmt: skip

S, beta = real("S beta")


def unit(index):
    """The output of the additional unit at a sample."""
    return h(Sum(l, 1, d(0), p(l) * x(index, l)) + beta)


def sum_of_both(index):
    """The fit plus what the additional unit adds to it."""
    return fit(index) + u * unit(index)


deep_better_terms = {
    "V": Lam((n, k, l), Ite(
        Eq(n, 1),
        Ite(Eq(k, 1), w(l), Ite(Eq(k, 2), p(l), 0)),
        Ite(Eq(k, 1), Ite(Eq(l, 1), 1 / s_plus, Ite(And(Eq(l, 2), Eq(n, 2)), u, 0)), 0))),
    "q": Lam((n, k), Ite(
        Eq(k, 1),
        Ite(Eq(n, 1), c - eta, Ite(Eq(n, 2), eta + S, 0)) - Ite(Eq(n, L + 1), S, 0),
        Ite(And(Eq(n, 1), Eq(k, 2)), beta, 0))),
}  # fmt: skip
DEEP_BETTER_PARAMETERS = {
    "V_def": ForAll((n, k, l), Eq(V(n, k, l), deep_better_terms["V"](n, k, l))),
    "q_def": ForAll((n, k), Eq(q(n, k), deep_better_terms["q"](n, k))),
}

passed = forall_in(i, 1, m, Eq(moved_before(n + 1, num(1)), sum_of_both(i) + S - Ite(Eq(n, L), S, 0)))

DEEP_ADDITIONAL_UNIT = theorem(
    "relu_like.deep_additional_unit",
    "The affine fit and one additional unit in a deep network",
    variables=[m, L, d, x, h, s_plus, s_minus, w, c, eta, p, beta, u, S, *other_theta],
    hypotheses={
        "activation": relu_like(h, s_plus, s_minus),
        "slope": s_plus > 0,
        "depth": num(1) <= L,
        "width": num(2) <= d(1),
        "widths": forall_in(n, 1, L, num(1) <= d(n)),
        "eta_below": forall_in(i, 1, m, fit(i) - eta > 0),
        "lift": forall_in(i, 1, m, sum_of_both(i) + S > 0),
        **DEEP_BETTER_PARAMETERS,
    },
    conclusion=forall_in(i, 1, m, Eq(deep_network(L, d, h, *other_theta, sample(i)), sum_of_both(i))),
    prose="In the first layer unit 1 carries the affine fit, unit 2 the additional unit. What reads them, layer 2 or the output, adds them up; "
    "the later layers pass the sum on, lifted by $S$ so that it is positive.",
    origin=ORIGIN,
    source="Ours; later layers may have a single unit.",
    proof=[
        unfold("slopes", "activation", relu_like),
        have("layers", ForAll(n, Implies(num(1) <= n, Implies(n <= L, passed))), proof=[
            induction(n,
                base=[
                    assume("inside"), take(i), assume("i_low", "i_high"),
                    have("above", fit(i) - eta > 0, by("logic", at("eta_below", i))),
                    have("fit_unit", Eq(moved_output(num(1), num(1)), h(fit(i) - eta)),
                         by("ring", rewrite=["V_def", "q_def"], unfold=[deep_activation, affine])),
                    have("linear_piece", Eq(h(fit(i) - eta), s_plus * (fit(i) - eta)), by("ring", rewrite=["slopes"])),
                    have("additional", Eq(moved_output(num(1), num(2)), unit(i)),
                         by("ring", rewrite=["V_def", "q_def"], unfold=[deep_activation])),
                    calc("received", moved_before(num(1) + 1, num(1)),
                         ("=", Sum(l, 1, d(1), V(2, 1, l) * moved_output(num(1), l)) + q(2, 1), by("ring", unfold=[deep_pre_activation])),
                         ("=", 1 / s_plus * moved_output(num(1), num(1)) + u * moved_output(num(1), num(2)) + eta + S - Ite(Eq(num(1), L), S, 0),
                          by("ring", rewrite=["V_def", "q_def"])),
                         ("=", 1 / s_plus * (s_plus * (fit(i) - eta)) + u * unit(i) + eta + S - Ite(Eq(num(1), L), S, 0),
                          by("ring", rewrite=["fit_unit", "linear_piece", "additional"])),
                         ("=", sum_of_both(i) + S - Ite(Eq(num(1), L), S, 0), by("field"))),
                    qed(by("logic", "received")),
                ],
                hypothesis="shallower", bound="n_positive",
                step=[
                    assume("inside"), take(i), assume("i_low", "i_high"),
                    have("inside_before", n <= L, by("linear", "inside")),
                    have("all", passed, by("logic", "shallower", "inside_before")),
                    let("g_def", g, sum_of_both(i) + S),
                    have("value", Eq(moved_before(n + 1, num(1)), g), proof=[
                        have("not_last", Eq(Ite(Eq(n, L), S, 0), 0), by("ring")),
                        qed(by("linear", at("all", i), "not_last", "g_def"))]),
                    have("positive", g > 0, by("linear", at("lift", i), "g_def")),
                    have("next_width", num(1) <= d(n + 1), by("logic", at("widths", n + 1))),
                    calc("sent", moved_output(n + 1, num(1)),
                         ("=", h(moved_before(n + 1, num(1))), by("ring", unfold=[deep_activation, deep_pre_activation])),
                         ("=", h(g), by("ring", rewrite=["value"])),
                         ("=", s_plus * g, by("ring", rewrite=["slopes"]))),
                    calc("received", moved_before(n + 1 + 1, num(1)),
                         ("=", Sum(l, 1, d(n + 1), V(n + 2, 1, l) * moved_output(n + 1, l)) + q(n + 2, 1),
                          by("ring", unfold=[deep_pre_activation])),
                         ("=", 1 / s_plus * moved_output(n + 1, num(1)) - Ite(Eq(n + 1, L), S, 0), by("ring", rewrite=["V_def", "q_def"])),
                         ("=", 1 / s_plus * (s_plus * g) - Ite(Eq(n + 1, L), S, 0), by("ring", rewrite=["sent"])),
                         ("=", g - Ite(Eq(n + 1, L), S, 0), by("field")),
                         ("=", sum_of_both(i) + S - Ite(Eq(n + 1, L), S, 0), by("linear", "g_def"))),
                    qed(by("logic", "received")),
                ]),
        ]),
        have("outputs", forall_in(i, 1, m, Eq(deep_network(L, d, h, *other_theta, sample(i)), sum_of_both(i))), proof=[
            take(i), assume("i_low", "i_high"),
            have("last", Eq(moved_before(L + 1, num(1)), sum_of_both(i) + S - Ite(Eq(L, L), S, 0)), by("logic", at("layers", L, i))),
            qed(by("ring", rewrite=["last"], unfold=[deep_network]))]),
        qed(by("logic", "outputs")),
    ],
    notation={**DEEP_NOTATION, "beta": r"\beta"},
)  # fmt: skip

DEEP_DESCENT = theorem(
    "relu_like.deep_descent",
    "A second unit in the first layer lowers the risk",
    variables=[m, L, d, x, y, h, s_plus, s_minus, w, c, eta, p, beta, u, phi, H, S, *other_theta],
    hypotheses={
        "activation": relu_like(h, s_plus, s_minus),
        "slope": s_plus > 0,
        "depth": num(1) <= L,
        "width": num(2) <= d(1),
        "widths": forall_in(n, 1, L, num(1) <= d(n)),
        "eta_below": forall_in(i, 1, m, fit(i) - eta > 0),
        "phi_def": Eq(phi, Sum(i, 1, m, residual * unit(i))),
        "phi_nonzero": Ne(phi, 0),
        "H_def": Eq(H, Sum(i, 1, m, unit(i) ** 2)),
        "u_def": Eq(u * H, -phi),
        "lift": forall_in(i, 1, m, sum_of_both(i) + S > 0),
        **DEEP_BETTER_PARAMETERS,
    },
    conclusion=And(
        forall_in(i, 1, m, Eq(deep_network(L, d, h, *other_theta, sample(i)), sum_of_both(i))),
        H > 0,
        Eq(deep_risk(*other), affine_risk(m, d(0), x, y, w, c) - phi**2 / (2 * H)),
        deep_risk(*other) < affine_risk(m, d(0), x, y, w, c),
    ),
    prose="In the first layer unit 1 carries the affine fit, unit 2 the additional unit. What reads them, layer 2 or the output, adds them up; "
    "the later layers pass the sum on, lifted by $S$ so that it is positive. The risk is that of least squares minus $\\varphi^2/(2H)$.",
    origin=ORIGIN,
    source="Ours; later layers may have a single unit.",
    proof=[
        apply("outputs", "relu_like.deep_additional_unit"),
        have("inner", Ne(Sum(i, 1, m, residual * unit(i)), 0), by("rewrite", "phi_nonzero", "phi_def")),
        apply("energy", "linear_algebra.nonzero_inner_product",
              {"r": Lam(i, residual), "g": Lam(i, unit(i))}, using={"nonzero": "inner"},
              note="The unit is not zero on the samples, as it is not orthogonal to the residual."),
        have("H_positive", H > 0, by("rewrite", "energy", rewrite=["H_def"])),
        have("outgoing", Eq(u, -phi / H), proof=[
            calc("cancel", u, ("=", u * H / H, by("field")), ("=", -phi / H, by("ring", rewrite=["u_def"]))),
            qed(by("logic", "cancel"))]),
        calc("value", deep_risk(*other),
             ("=", HALF * Sum(i, 1, m, (residual + u * unit(i)) ** 2), by("ring", rewrite=["outputs"], unfold=[deep_risk])),
             ("=", affine_risk(m, d(0), x, y, w, c) + u * phi + u**2 * H / 2,
              by("ring", rewrite=["phi_def", "H_def"], unfold=[affine_risk])),
             ("=", affine_risk(m, d(0), x, y, w, c) - phi**2 / (2 * H), by("field", rewrite=["outgoing"]))),
        have("gain", phi**2 / (2 * H) > 0, by("sign", "phi_nonzero", "H_positive")),
        conjunction([qed(by("logic", "outputs"))], [qed(by("logic", "H_positive"))], [qed(by("logic", "value"))],
                    [qed(by("linear", "value", "gain"))]),
    ],
    notation={**DEEP_NOTATION, "beta": r"\beta"},
)  # fmt: skip
