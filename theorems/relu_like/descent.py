"""B6: one additional unit lowers the risk below that of the best affine fit."""

from symproof.logic.syntax import And, Eq, ForAll, Ite, Lam, Ne, Sum, forall_in, num, real
from symproof.proof.author import apply, assume, at, by, calc, conjunction, have, qed, take, unfold
from symproof.proof.theorem import Citation, theorem
from theorems.relu_like.isolating_direction import p, projection
from theorems.relu_like.kink import b
from theorems.relu_like.network import (
    HALF,
    NOTATION,
    V1,
    V2,
    affine,
    affine_risk,
    alpha,
    c,
    c1,
    c2,
    d1,
    dx,
    eta,
    h,
    i,
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
    w,
    x,
    y,
)  # fmt: skip
from theorems.relu_like.normal_equations import fit, residual
from theorems.works import YUN_2019

u, phi, H = real("u phi H")


def unit(index):
    """The output of the additional unit at a sample."""
    return h(projection(p, index) + b)


BETTER_PARAMETERS = {
    "V1_def": ForAll((k, l), Eq(V1(k, l), Ite(Eq(k, 1), alpha * w(l), Ite(Eq(k, 2), p(l), 0)))),
    "c1_def": ForAll(k, Eq(c1(k), Ite(Eq(k, 1), alpha * (c - eta), Ite(Eq(k, 2), b, 0)))),
    "V2_def": ForAll(k, Eq(V2(k), Ite(Eq(k, 1), 1 / (alpha * s_plus), Ite(Eq(k, 2), u, 0)))),
    "c2_def": Eq(c2, eta),
}

DESCENT = theorem(
    "relu_like.descent",
    "A second unit lowers the risk",
    variables=[m, dx, d1, x, y, h, s_plus, s_minus, w, c, alpha, eta, p, b, u, phi, H, *other_theta],
    hypotheses={
        "activation": relu_like(h, s_plus, s_minus),
        "slope": s_plus > 0,
        "width": num(2) <= d1,
        "scale": alpha > 0,
        "eta_below": forall_in(i, 1, m, fit(i) - eta > 0),
        "phi_def": Eq(phi, Sum(i, 1, m, residual(i) * unit(i))),
        "phi_nonzero": Ne(phi, 0),
        "H_def": Eq(H, Sum(i, 1, m, unit(i) ** 2)),
        "u_def": Eq(u * H, -phi),
        **BETTER_PARAMETERS,
    },
    conclusion=And(
        forall_in(i, 1, m, Eq(network(dx, d1, h, *other_theta, sample(i)), fit(i) + u * unit(i))),
        H > 0,
        Eq(risk(m, dx, d1, x, y, h, *other_theta), affine_risk(m, dx, x, y, w, c) - phi**2 / (2 * H)),
        risk(m, dx, d1, x, y, h, *other_theta) < affine_risk(m, dx, x, y, w, c),
    ),
    prose="Unit 1 carries the affine fit, unit 2 the additional unit with outgoing weight $u = -\\varphi/H$. The risk is that of least "
    "squares minus $\\varphi^2/(2H)$.",
    origin=Citation(YUN_2019, "proof of the theorem on ReLU-like networks, step 2"),
    source="Ours; it replaces the two-unit construction of the paper.",
    proof=[
        unfold("slopes", "activation", relu_like),
        have("outputs", forall_in(i, 1, m, Eq(network(dx, d1, h, *other_theta, sample(i)), fit(i) + u * unit(i))), proof=[
            take(i), assume("i_low", "i_high"),
            have("above", alpha * (fit(i) - eta) > 0, by("sign", "scale", at("eta_below", i))),
            have("linear_piece", Eq(h(alpha * (fit(i) - eta)), s_plus * (alpha * (fit(i) - eta))), by("ring", rewrite=["slopes"])),
            calc("value", network(dx, d1, h, *other_theta, sample(i)),
                 ("=", Sum(k, 1, d1, V2(k) * h(pre_activation(V1, c1, k, sample(i)))) + c2, by("ring", unfold=[network])),
                 ("=", 1 / (alpha * s_plus) * h(alpha * (fit(i) - eta)) + u * unit(i) + eta,
                  by("ring", rewrite=["V1_def", "c1_def", "V2_def", "c2_def"], unfold=[affine])),
                 ("=", 1 / (alpha * s_plus) * (s_plus * (alpha * (fit(i) - eta))) + u * unit(i) + eta,
                  by("ring", rewrite=["linear_piece"])),
                 ("=", fit(i) + u * unit(i), by("field"))),
            qed(by("logic", "value")),
        ]),
        have("inner", Ne(Sum(i, 1, m, residual(i) * unit(i)), 0), by("rewrite", "phi_nonzero", "phi_def")),
        apply("energy", "linear_algebra.nonzero_inner_product",
              {"r": Lam(i, residual(i)), "g": Lam(i, unit(i))}, using={"nonzero": "inner"},
              note="The unit is not zero on the samples, as it is not orthogonal to the residual."),
        have("H_positive", H > 0, by("rewrite", "energy", rewrite=["H_def"])),
        have("outgoing", Eq(u, -phi / H), proof=[
            calc("cancel", u, ("=", u * H / H, by("field")), ("=", -phi / H, by("ring", rewrite=["u_def"]))),
            qed(by("logic", "cancel"))]),
        calc("value", risk(m, dx, d1, x, y, h, *other_theta),
             ("=", HALF * Sum(i, 1, m, (residual(i) + u * unit(i)) ** 2), by("ring", rewrite=["outputs"], unfold=[risk])),
             ("=", affine_risk(m, dx, x, y, w, c) + u * phi + u**2 * H / 2,
              by("ring", rewrite=["phi_def", "H_def"], unfold=[affine_risk])),
             ("=", affine_risk(m, dx, x, y, w, c) - phi**2 / (2 * H), by("field", rewrite=["outgoing"]))),
        have("gain", phi**2 / (2 * H) > 0, by("sign", "phi_nonzero", "H_positive")),
        conjunction([qed(by("logic", "outputs"))], [qed(by("logic", "H_positive"))], [qed(by("logic", "value"))],
                    [qed(by("linear", "value", "gain"))]),
    ],
    notation={**NOTATION, "p": "w", "H": "H"},
)  # fmt: skip
