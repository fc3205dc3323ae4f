"""One additional unit lowers the risk below that of the best affine fit."""

from symproof.logic.syntax import And, Eq, Lam, Ne, Sum, forall_in, num, real
from symproof.proof.author import apply, by, calc, conjunction, have, qed
from symproof.proof.theorem import Citation, theorem
from theorems.relu_like.additional_unit import BETTER_PARAMETERS, u, unit
from theorems.relu_like.isolating_direction import p
from theorems.relu_like.kink import b
from theorems.relu_like.network import (
    HALF,
    NOTATION,
    affine_risk,
    alpha,
    c,
    d1,
    dx,
    eta,
    h,
    i,
    m,
    network,
    other_theta,
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

phi, H = real("phi H")


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
        apply("outputs", "relu_like.additional_unit"),
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
