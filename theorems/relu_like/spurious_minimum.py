"""ReLU-like networks have spurious local minima, infinitely many, with the risk of linear least squares."""

from symproof.instances.relu_like_offer import RELU_LIKE_OFFER
from symproof.logic.sort import INT, REAL, fun_sort
from symproof.logic.syntax import (
    And,
    Eq,
    Exists,
    ForAll,
    Implies,
    Ite,
    Lam,
    Min,
    MinOver,
    Ne,
    Sum,
    exists_in,
    forall_in,
    integer,
    num,
    real,
    variable,
)  # fmt: skip
from symproof.proof.author import (
    apply,
    assume,
    at,
    by,
    conjunction,
    have,
    let,
    obtain,
    qed,
    take,
    unfold,
    witness,
)  # fmt: skip
from symproof.proof.theorem import Citation, theorem
from theorems.relu_like.additional_unit import u
from theorems.relu_like.candidate import PARAMETERS
from theorems.relu_like.descent import H, phi
from theorems.relu_like.isolating_direction import p, projection
from theorems.relu_like.kink import b, r
from theorems.relu_like.margin import norm, smallest
from theorems.relu_like.network import (
    NOTATION,
    V1,
    V2,
    affine,
    affine_risk,
    alpha,
    best_affine,
    c,
    c1,
    c2,
    d1,
    dx,
    e,
    eta,
    h,
    i,
    j,
    k,
    l,
    m,
    other_theta,
    relu_like,
    rho,
    risk,
    s_minus,
    s_plus,
    spurious,
    theta,
    v,
    w,
    x,
    y,
)  # fmt: skip
from theorems.relu_like.normal_equations import fit
from theorems.works import YUN_2019

o = integer("o")
beta = real("beta")
own = (m, dx, d1, x, y, h, *theta)

DATA = {
    "dimension": num(1) <= dx,
    "C1.1": ForAll((v, e), exists_in(i, 1, m, Ne(affine(dx, x, v, e, i), y(i)))),
    "C1.2": forall_in(i, 1, m, forall_in(j, 1, m, Implies(Ne(i, j), exists_in(l, 1, dx, Ne(x(i, l), x(j, l)))))),
    "C1.3 activation": relu_like(h, s_plus, s_minus),
    "C1.3 slopes": And(s_plus > 0, s_minus >= 0, Ne(s_plus, s_minus)),
    "C1.4": num(2) <= d1,
}


def candidate_terms(scale):
    """The parameters of the candidate for one scale, as terms."""
    return {
        "W1": Lam((k, l), Ite(Eq(k, 1), scale * w(l), 0)),
        "b1": Lam(k, Ite(Eq(k, 1), scale * (c - eta), -scale * eta)),
        "W2": Lam(k, Ite(Eq(k, 1), 1 / (scale * s_plus), 0)),
        "b2": eta,
    }


NAMES = ("W1", "b1", "W2", "b2")

better_terms = {
    "V1": Lam((k, l), Ite(Eq(k, 1), alpha * w(l), Ite(Eq(k, 2), p(l), 0))),
    "c1": Lam(k, Ite(Eq(k, 1), alpha * (c - eta), Ite(Eq(k, 2), b, 0))),
    "V2": Lam(k, Ite(Eq(k, 1), 1 / (alpha * s_plus), Ite(Eq(k, 2), u, 0))),
    "c2": eta,
}

SPURIOUS_CANDIDATE = theorem(
    "relu_like.spurious_candidate",
    "Every candidate is a spurious local minimum",
    variables=[m, dx, d1, x, y, h, s_plus, s_minus, w, c, alpha, eta, *theta],
    hypotheses={
        **DATA,
        "samples": num(1) <= m,
        "best": best_affine(m, dx, x, y, w, c),
        "scale": alpha > 0,
        "eta_def": Eq(eta, Min(-1, 2 * MinOver(i, 1, m, fit(i)))),
        **PARAMETERS,
    },
    conclusion=And(spurious(*own), Eq(risk(*own), affine_risk(m, dx, x, y, w, c))),
    prose="For every scale $\\alpha > 0$ the candidate is a spurious local minimum; its risk is that of linear least squares.",
    origin=Citation(YUN_2019, "theorem on ReLU-like networks"),
    proof=[
        obtain(o, ("o_low", "o_high", "o_misfit"), at("C1.1", w, c), note="A sample that the best affine fit misses."),
        have("slope", s_plus > 0, by("logic", "C1.3 slopes")),
        have("kinked", Ne(s_plus, s_minus), by("logic", "C1.3 slopes")),
        apply(("eta_negative", "eta_below"), "relu_like.eta_below_fit"),
        apply(("first", "others", "outputs", "equal_risk"), "relu_like.candidate", using={"activation": "C1.3 activation"}),
        apply(("features", "constant"), "relu_like.normal_equations"),
        let("rho_def", rho, MinOver(i, 1, m, smallest / norm), note="The largest radius that the argument allows."),
        apply(("rho_positive", "margin"), "relu_like.margin"),
        apply(("region", "minimum"), "relu_like.local_minimum",
              using={"activation": "C1.3 activation", "radius": "rho_positive"}),
        let("r_def", r, Lam(i, fit(i) - y(i)), note="The residual of the fit."),
        have("residual", exists_in(i, 1, m, Ne(r(i), 0)), proof=[
            witness(o),
            have("misfit", Ne(r(o), 0), by("sign", "o_misfit", rewrite=["r_def"])),
            qed(by("logic", "o_low", "o_high", "misfit"))]),
        apply("kink", "relu_like.kink", using={"distinct": "C1.2", "activation": "C1.3 activation"}),
        obtain((p, b), "kink_nonzero", "kink"),
        let("phi_def", phi, Sum(i, 1, m, (fit(i) - y(i)) * h(projection(p, i) + b))),
        let("H_def", H, Sum(i, 1, m, h(projection(p, i) + b) ** 2)),
        have("phi_nonzero", Ne(phi, 0), by("rewrite", "phi_def", "kink_nonzero", rewrite=["r_def"])),
        have("inner", Ne(Sum(i, 1, m, r(i) * h(projection(p, i) + b)), 0), by("logic", "kink_nonzero")),
        apply("energy", "linear_algebra.nonzero_inner_product", {"g": Lam(i, h(projection(p, i) + b))}, using={"nonzero": "inner"}),
        have("H_nonzero", Ne(H, 0), by("sign", "energy", rewrite=["H_def"])),
        let("u_value", u, -phi / H, note="The best outgoing weight."),
        have("u_def", Eq(u * H, -phi), by("field", rewrite=["u_value"])),
        let("V1_def", V1, better_terms["V1"], note="The better point: unit 1 carries the fit, unit 2 is the additional unit."),
        let("c1_def", c1, better_terms["c1"]),
        let("V2_def", V2, better_terms["V2"]),
        let("c2_def", c2, better_terms["c2"]),
        apply(("better_outputs", "H_positive", "better_value", "better"), "relu_like.descent",
              using={"activation": "C1.3 activation", "width": "C1.4"}),
        have("lower", risk(m, dx, d1, x, y, h, *other_theta) < risk(*own), by("linear", "better", "equal_risk")),
        conjunction(
            [unfold("", "goal", spurious),
             conjunction(
                 [qed(by("logic", "minimum"))],
                 [witness(*other_theta), qed(by("logic", "lower"))])],
            [qed(by("logic", "equal_risk"))]),
    ],
    notation={**NOTATION, "o": "i_0", "p": "w"},
)  # fmt: skip

SPURIOUS_MINIMUM = theorem(
    "relu_like.spurious_minimum",
    "ReLU-like networks have spurious local minima",
    variables=[m, dx, d1, x, y, h, s_plus, s_minus],
    hypotheses=DATA,
    conclusion=Exists((w, c), And(
        best_affine(m, dx, x, y, w, c),
        Exists(theta, And(spurious(*own), Eq(risk(*own), affine_risk(m, dx, x, y, w, c)))),
    )),
    prose="If no affine function fits the data exactly (C1.1) and the inputs are distinct (C1.2), a network with one hidden layer "
    "of width at least 2 (C1.4) and a ReLU-like activation (C1.3) has a spurious local minimum; its risk is that of linear least "
    "squares. The hypothesis $s_- \\ge 0$ is the paper's; the proof does not use it.",
    origin=Citation(YUN_2019, "theorem on ReLU-like networks"),
    proof=[
        apply("fit", "relu_like.best_affine_exists"),
        obtain((w, c), "best", "fit"),
        obtain(o, ("o_low", "o_high", "o_misfit"), at("C1.1", w, c)),
        have("samples", num(1) <= m, by("linear", "o_low", "o_high")),
        let("eta_def", eta, Min(-1, 2 * MinOver(i, 1, m, fit(i)))),
        *(let(f"{name}_def", parameter, candidate_terms(num(1))[name]) for name, parameter in zip(NAMES, theta, strict=True)),
        apply(("is_spurious", "same_risk"), "relu_like.spurious_candidate", {"alpha": 1}),
        witness(w, c),
        conjunction(
            [qed(by("logic", "best"))],
            [witness(*theta), qed(by("logic", "is_spurious", "same_risk"))]),
    ],
    notation=NOTATION,
    extra={"instance": RELU_LIKE_OFFER, "avoids": ["cited"]},
)  # fmt: skip

P1 = variable("P1", fun_sort(REAL, INT, INT, REAL))
q1 = variable("q1", fun_sort(REAL, INT, REAL))
P2 = variable("P2", fun_sort(REAL, INT, REAL))
q2 = variable("q2", fun_sort(REAL, REAL))


def member(scale):
    """The member of the family of parameters for one scale."""
    return (Lam((k, l), P1(scale, k, l)), Lam(k, q1(scale, k)), Lam(k, P2(scale, k)), q2(scale))


every = ForAll(alpha, Implies(alpha > 0, And(
    spurious(m, dx, d1, x, y, h, *member(alpha)),
    Eq(risk(m, dx, d1, x, y, h, *member(alpha)), affine_risk(m, dx, x, y, w, c)),
)))  # fmt: skip
different = ForAll((alpha, beta), Implies(And(alpha > 0, beta > 0, Ne(alpha, beta)), Ne(P2(alpha, 1), P2(beta, 1))))

INFINITELY_MANY = theorem(
    "relu_like.infinitely_many",
    "Infinitely many spurious local minima",
    variables=[m, dx, d1, x, y, h, s_plus, s_minus],
    hypotheses=DATA,
    conclusion=Exists((w, c), And(best_affine(m, dx, x, y, w, c), Exists((P1, q1, P2, q2), And(every, different)))),
    prose="Under the same hypotheses there is a family of spurious local minima, one for every $\\alpha > 0$ and pairwise different, "
    "all with the risk of linear least squares.",
    origin=Citation(YUN_2019, "theorem on ReLU-like networks"),
    extra={"main": True},
    proof=[
        apply("fit", "relu_like.best_affine_exists"),
        obtain((w, c), "best", "fit"),
        obtain(o, ("o_low", "o_high", "o_misfit"), at("C1.1", w, c)),
        have("samples", num(1) <= m, by("linear", "o_low", "o_high")),
        let("eta_def", eta, Min(-1, 2 * MinOver(i, 1, m, fit(i)))),
        have("slope", s_plus > 0, by("logic", "C1.3 slopes")),
        let("P1_def", P1, Lam((alpha, k, l), candidate_terms(alpha)["W1"](k, l))),
        let("q1_def", q1, Lam((alpha, k), candidate_terms(alpha)["b1"](k))),
        let("P2_def", P2, Lam((alpha, k), Ite(alpha > 0, candidate_terms(alpha)["W2"](k), 0))),
        let("q2_def", q2, Lam(alpha, eta)),
        witness(w, c),
        conjunction(
            [qed(by("logic", "best"))],
            [witness(P1, q1, P2, q2),
             conjunction(
                 [take(alpha), assume("alpha_positive"),
                  have("outgoing", ForAll(k, Eq(P2(alpha, k), Ite(Eq(k, 1), 1 / (alpha * s_plus), 0))), by("ring", rewrite=["P2_def"])),
                  apply(("is_spurious", "same_risk"), "relu_like.spurious_candidate", dict(zip(NAMES, member(alpha), strict=True)),
                        using={"W1_def": at("P1_def", alpha), "b1_def": at("q1_def", alpha), "W2_def": "outgoing", "b2_def": at("q2_def", alpha)}),
                  qed(by("logic", "is_spurious", "same_risk"))],
                 [take(alpha, beta), assume("alpha_positive", "beta_positive", "unequal"),
                  apply("weights_differ", "relu_like.different_scales"),
                  qed(by("rewrite", "weights_differ", rewrite=["P2_def"]))])]),
    ],
    notation={**NOTATION, "P1": "P^1", "q1": "p^1", "P2": "P^2", "q2": "p^2", "beta": r"\beta"},
)  # fmt: skip
