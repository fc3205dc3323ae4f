"""ReLU-like networks of any depth have spurious local minima, infinitely many, with the risk of linear least squares."""

from symproof.instances.deep_offer import DEEP_OFFER
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
    case,
    cases,
    conjunction,
    contradiction,
    have,
    let,
    obtain,
    qed,
    take,
    unfold,
    witness,
)  # fmt: skip
from symproof.proof.theorem import theorem
from theorems.relu_like.deep_affine_region import ORIGIN, before, margin
from theorems.relu_like.deep_candidate import DEEP_PARAMETERS, deep_candidate_terms, first, others
from theorems.relu_like.deep_descent import S, beta, deep_better_terms, sum_of_both, unit
from theorems.relu_like.deep_local_minimum import fit, floor, other, own, residual
from theorems.relu_like.deep_network import (
    DEEP_NOTATION,
    L,
    V,
    W,
    b,
    d,
    deep_risk,
    deep_spurious,
    n,
    other_theta,
    q,
    theta,
)  # fmt: skip
from theorems.relu_like.descent import H, phi, u
from theorems.relu_like.isolating_direction import distinct_inputs, p
from theorems.relu_like.kink import r
from theorems.relu_like.network import (
    affine,
    affine_risk,
    alpha,
    best_affine,
    c,
    e,
    eta,
    h,
    i,
    j,
    k,
    l,
    m,
    relu_like,
    rho,
    s_minus,
    s_plus,
    v,
    w,
    x,
    y,
)  # fmt: skip

o = integer("o")
INPUTS = {"dx": d(0)}
GREEK = {**DEEP_NOTATION, "beta": r"\beta"}


DEEP_DATA = {
    "dimension": num(1) <= d(0),
    "C1.1": ForAll((v, e), exists_in(i, 1, m, Ne(affine(d(0), x, v, e, i), y(i)))),
    "C1.2": distinct_inputs(d(0)),
    "C1.3 activation": relu_like(h, s_plus, s_minus),
    "C1.3 slopes": And(s_plus > 0, s_minus >= 0, Ne(s_plus, s_minus)),
    "depth": num(1) <= L,
    "C1.4": num(2) <= d(1),
    "widths": forall_in(n, 2, L, num(1) <= d(n)),
}

DEEP_ROOM = theorem(
    "relu_like.deep_room",
    "The deep candidate leaves room",
    variables=[m, L, d, x, h, s_plus, w, c, alpha, eta, *theta],
    hypotheses={
        "samples": num(1) <= m,
        "slope": s_plus > 0,
        "scale": alpha > 0,
        "eta_negative": eta < 0,
        "eta_below": forall_in(i, 1, m, fit(i) - eta > 0),
        "first": first,
        "others": others,
    },
    conclusion=Exists(rho, And(rho > 0, margin)),
    prose="The pre-activations of the candidate are $\\alpha(\\bar y_i - \\eta)$ and $-\\alpha\\eta$, so they are at least some positive number "
    "and some radius keeps them nonnegative.",
    origin=ORIGIN,
    source="Ours: the paper has one hidden layer.",
    proof=[
        let("floor_def", floor, s_plus * Min(alpha * MinOver(i, 1, m, fit(i) - eta), -alpha * eta),
            note="$s_+$ times the smallest pre-activation."),
        have("floor_positive", floor > 0, proof=[
            have("attained", exists_in(j, 1, m, Eq(MinOver(i, 1, m, fit(i) - eta), fit(j) - eta)), by("extremum")),
            obtain(j, ("j_low", "j_high", "value"), "attained"),
            have("least", MinOver(i, 1, m, fit(i) - eta) > 0, by("linear", "value", at("eta_below", j))),
            qed(by("sign", "slope", "scale", "least", "eta_negative", rewrite=["floor_def"]))]),
        have("above", forall_in(n, 1, L, forall_in(i, 1, m, forall_in(k, 1, d(n), floor <= s_plus * before(k)))), proof=[
            take(n), assume("n_low", "n_high"), take(i), assume("i_low", "i_high"), take(k), assume("k_low", "k_high"),
            have("member", MinOver(j, 1, m, fit(j) - eta) <= fit(i) - eta, by("extremum")),
            have("bound", Min(alpha * MinOver(j, 1, m, fit(j) - eta), -alpha * eta) <= before(k), proof=[
                cases(
                    case("unit_one", Eq(k, 1),
                         have("value", Eq(before(k), alpha * (fit(i) - eta)), by("rewrite", "unit_one", at("first", n, i))),
                         have("scaled", alpha * (fit(i) - eta - MinOver(j, 1, m, fit(j) - eta)) >= 0, proof=[
                             have("gap", fit(i) - eta - MinOver(j, 1, m, fit(j) - eta) >= 0, by("linear", "member")),
                             qed(by("sign", "gap", "scale"))]),
                         qed(by("linear", "value", "scaled"))),
                    case("unit_other", num(2) <= k,
                         have("value", Eq(before(k), -alpha * eta), by("logic", at("others", n, i, k))),
                         qed(by("linear", "value"))))]),
            have("scaled", s_plus * (before(k) - Min(alpha * MinOver(j, 1, m, fit(j) - eta), -alpha * eta)) >= 0, proof=[
                have("gap", before(k) - Min(alpha * MinOver(j, 1, m, fit(j) - eta), -alpha * eta) >= 0, by("linear", "bound")),
                qed(by("sign", "gap", "slope"))]),
            qed(by("linear", "scaled", "floor_def"))]),
        apply("room", "relu_like.deep_radius", using={"positive": "floor_positive"}),
        qed(by("logic", "room")),
    ],
    notation=GREEK,
)  # fmt: skip

DEEP_SPURIOUS_CANDIDATE = theorem(
    "relu_like.deep_spurious_candidate",
    "Every deep candidate is a spurious local minimum",
    variables=[m, L, d, x, y, h, s_plus, s_minus, w, c, alpha, eta, *theta],
    hypotheses={
        **DEEP_DATA,
        "samples": num(1) <= m,
        "best": best_affine(m, d(0), x, y, w, c),
        "scale": alpha > 0,
        "eta_def": Eq(eta, Min(-1, 2 * MinOver(i, 1, m, fit(i)))),
        **DEEP_PARAMETERS,
    },
    conclusion=And(deep_spurious(*own), Eq(deep_risk(*own), affine_risk(m, d(0), x, y, w, c))),
    prose="For every scale $\\alpha > 0$ the candidate is a spurious local minimum; its risk is that of linear least squares.",
    origin=ORIGIN,
    source="The paper has one hidden layer.",
    proof=[
        obtain(o, ("o_low", "o_high", "o_misfit"), at("C1.1", w, c), note="A sample that the best affine fit misses."),
        have("slope", s_plus > 0, by("logic", "C1.3 slopes")),
        have("kinked", Ne(s_plus, s_minus), by("logic", "C1.3 slopes")),
        have("all_widths", forall_in(n, 1, L, num(1) <= d(n)), proof=[
            take(n), assume("n_low", "n_high"),
            cases(
                case("first_layer", Eq(n, 1), have("wide", num(1) <= d(1), by("linear", "C1.4")), qed(by("rewrite", "first_layer", "wide"))),
                case("later_layer", num(2) <= n, qed(by("logic", at("widths", n)))))]),
        apply(("eta_negative", "eta_below"), "relu_like.eta_below_fit", INPUTS),
        apply(("first", "others", "outputs", "equal_risk"), "relu_like.deep_candidate",
              using={"activation": "C1.3 activation", "widths": "all_widths"}),
        apply(("features", "constant"), "relu_like.normal_equations", INPUTS),
        apply("room", "relu_like.deep_room"),
        obtain(rho, ("rho_positive", "margin"), "room"),
        apply(("region", "minimum"), "relu_like.deep_local_minimum",
              using={"activation": "C1.3 activation", "radius": "rho_positive"}),
        let("r_def", r, Lam(i, residual), note="The residual of the fit."),
        have("residual", exists_in(i, 1, m, Ne(r(i), 0)), proof=[
            witness(o),
            have("misfit", Ne(r(o), 0), by("sign", "o_misfit", rewrite=["r_def"])),
            qed(by("logic", "o_low", "o_high", "misfit"))]),
        apply("kink", "relu_like.kink", INPUTS, using={"distinct": "C1.2", "activation": "C1.3 activation"}),
        obtain((p, beta), "kink_nonzero", "kink"),
        let("phi_def", phi, Sum(i, 1, m, residual * unit(i))),
        let("H_def", H, Sum(i, 1, m, unit(i) ** 2)),
        have("phi_nonzero", Ne(phi, 0), by("rewrite", "phi_def", "kink_nonzero", rewrite=["r_def"])),
        have("inner", Ne(Sum(i, 1, m, r(i) * unit(i)), 0), by("logic", "kink_nonzero")),
        apply("energy", "linear_algebra.nonzero_inner_product", {"g": Lam(i, unit(i))}, using={"nonzero": "inner"}),
        have("H_nonzero", Ne(H, 0), by("sign", "energy", rewrite=["H_def"])),
        let("u_value", u, -phi / H, note="The best outgoing weight."),
        have("u_def", Eq(u * H, -phi), by("field", rewrite=["u_value"])),
        let("S_def", S, 1 - MinOver(i, 1, m, sum_of_both(i)), note="Lifts the sum above 0."),
        have("lift", forall_in(i, 1, m, sum_of_both(i) + S > 0), proof=[
            take(i), assume("i_low", "i_high"),
            have("member", MinOver(j, 1, m, sum_of_both(j)) <= sum_of_both(i), by("extremum")),
            qed(by("linear", "member", "S_def"))]),
        let("V_def", V, deep_better_terms["V"],
            note="The better point: in the first layer unit 1 carries the fit, unit 2 is the additional unit."),
        let("q_def", q, deep_better_terms["q"]),
        apply(("better_outputs", "H_positive", "better_value", "better"), "relu_like.deep_descent",
              using={"activation": "C1.3 activation", "width": "C1.4", "widths": "all_widths"}),
        have("lower", deep_risk(*other) < deep_risk(*own), by("linear", "better", "equal_risk")),
        conjunction(
            [unfold("", "goal", deep_spurious),
             conjunction(
                 [qed(by("logic", "minimum"))],
                 [witness(*other_theta), qed(by("logic", "lower"))])],
            [qed(by("logic", "equal_risk"))]),
    ],
    notation=GREEK,
)  # fmt: skip

ANY_DEPTH = theorem(
    "relu_like.any_depth",
    "ReLU-like networks of any depth have spurious local minima",
    variables=[m, L, d, x, y, h, s_plus, s_minus],
    hypotheses=DEEP_DATA,
    conclusion=Exists((w, c), And(
        best_affine(m, d(0), x, y, w, c),
        Exists(theta, And(deep_spurious(*own), Eq(deep_risk(*own), affine_risk(m, d(0), x, y, w, c)))),
    )),
    prose="If no affine function fits the data exactly (C1.1) and the inputs are distinct (C1.2), a network with any number $L \\ge 1$ of hidden "
    "layers, the first of width at least 2 (C1.4), the others of any widths, one output and a ReLU-like activation (C1.3) has a spurious "
    "local minimum; its risk is that of linear least squares. Layer 0 is the input: $d_0$ is the number of features. The hypothesis "
    "$s_- \\ge 0$ is the paper's; the proof does not use it.",
    origin=ORIGIN,
    source="Beyond the paper, which has one hidden layer: later layers act as the identity on values that a bias makes positive.",
    proof=[
        apply("fit", "relu_like.best_affine_exists", INPUTS),
        obtain((w, c), "best", "fit"),
        obtain(o, ("o_low", "o_high", "o_misfit"), at("C1.1", w, c)),
        have("samples", num(1) <= m, by("linear", "o_low", "o_high")),
        let("eta_def", eta, Min(-1, 2 * MinOver(i, 1, m, fit(i)))),
        let("W_def", W, deep_candidate_terms(num(1))["W"]),
        let("b_def", b, deep_candidate_terms(num(1))["b"]),
        apply(("is_spurious", "same_risk"), "relu_like.deep_spurious_candidate", {"alpha": 1}),
        witness(w, c),
        conjunction(
            [qed(by("logic", "best"))],
            [witness(*theta), qed(by("logic", "is_spurious", "same_risk"))]),
    ],
    notation=GREEK,
    extra={"instance": DEEP_OFFER, "main": True},
)  # fmt: skip

scale = real("scale")
P = variable("P", fun_sort(REAL, INT, INT, INT, REAL))
B = variable("B", fun_sort(REAL, INT, INT, REAL))


def member(size):
    """The member of the family of parameters for one scale."""
    return (Lam((n, k, l), P(size, n, k, l)), Lam((n, k), B(size, n, k)))


every = ForAll(alpha, Implies(alpha > 0, And(
    deep_spurious(m, L, d, x, y, h, *member(alpha)),
    Eq(deep_risk(m, L, d, x, y, h, *member(alpha)), affine_risk(m, d(0), x, y, w, c)),
)))  # fmt: skip
different = ForAll(
    (alpha, scale),
    Implies(And(alpha > 0, scale > 0, Ne(alpha, scale)), Ne(P(alpha, L + 1, 1, 1), P(scale, L + 1, 1, 1))),
)

ANY_DEPTH_INFINITELY_MANY = theorem(
    "relu_like.any_depth_infinitely_many",
    "Infinitely many spurious local minima at any depth",
    variables=[m, L, d, x, y, h, s_plus, s_minus],
    hypotheses=DEEP_DATA,
    conclusion=Exists((w, c), And(best_affine(m, d(0), x, y, w, c), Exists((P, B), And(every, different)))),
    prose="Under the same hypotheses there is a family of spurious local minima, one for every $\\alpha > 0$ and pairwise different, "
    "all with the risk of linear least squares.",
    origin=ORIGIN,
    extra={"main": True},
    proof=[
        apply("fit", "relu_like.best_affine_exists", INPUTS),
        obtain((w, c), "best", "fit"),
        obtain(o, ("o_low", "o_high", "o_misfit"), at("C1.1", w, c)),
        have("samples", num(1) <= m, by("linear", "o_low", "o_high")),
        let("eta_def", eta, Min(-1, 2 * MinOver(i, 1, m, fit(i)))),
        have("slope", s_plus > 0, by("logic", "C1.3 slopes")),
        let("P_def", P, Lam((alpha, n, k, l), Ite(alpha > 0, deep_candidate_terms(alpha)["W"](n, k, l), 0))),
        let("B_def", B, Lam((alpha, n, k), deep_candidate_terms(alpha)["b"](n, k))),
        witness(w, c),
        conjunction(
            [qed(by("logic", "best"))],
            [witness(P, B),
             conjunction(
                 [take(alpha), assume("alpha_positive"),
                  have("weights", ForAll((n, k, l), Eq(P(alpha, n, k, l), deep_candidate_terms(alpha)["W"](n, k, l))),
                       by("ring", rewrite=["P_def"])),
                  apply(("is_spurious", "same_risk"), "relu_like.deep_spurious_candidate", dict(zip(("W", "b"), member(alpha), strict=True)),
                        using={"W_def": "weights", "b_def": at("B_def", alpha)}),
                  qed(by("logic", "is_spurious", "same_risk"))],
                 [take(alpha, scale), assume("alpha_positive", "scale_positive", "unequal"),
                  have("own", Eq(P(alpha, L + 1, 1, 1), 1 / (alpha * s_plus)), by("ring", rewrite=["P_def"])),
                  have("its", Eq(P(scale, L + 1, 1, 1), 1 / (scale * s_plus)), by("ring", rewrite=["P_def"])),
                  contradiction("equal",
                      have("first", Eq(1 / (alpha * s_plus) * (alpha * scale * s_plus), scale), by("field")),
                      have("second", Eq(1 / (scale * s_plus) * (alpha * scale * s_plus), alpha), by("field")),
                      have("weights", Eq(1 / (alpha * s_plus), 1 / (scale * s_plus)), by("linear", "equal", "own", "its")),
                      have("same", Eq(alpha, scale), by("ideal", "first", "second", "weights", cofactors=[1, -1, -alpha * scale * s_plus])),
                      qed(by("logic", "unequal", "same")))])]),
    ],
    notation={**GREEK, "scale": r"\beta", "beta": r"\beta"},
)  # fmt: skip
