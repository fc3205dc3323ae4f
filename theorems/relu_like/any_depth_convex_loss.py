"""ReLU-like networks of any depth have spurious local minima for every convex differentiable loss.

What a deep network computes near the candidate, and with one additional unit, is shared with ``relu_like.any_depth``; how
that changes the sum of the losses, and what a stationary affine fit is, is shared with ``relu_like.convex_loss``.
"""

from symproof.instances.deep_convex_loss_offer import deep_convex_loss_offer
from symproof.instances.loss_convexity import ConvexityProof
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
    exists_in,
    forall_in,
    num,
)  # fmt: skip
from symproof.logic.term import subst
from symproof.proof.author import (
    apply,
    assume,
    at,
    by,
    calc,
    case,
    cases,
    conjunction,
    have,
    let,
    obtain,
    qed,
    take,
    unfold,
    witness,
)  # fmt: skip
from symproof.proof.theorem import theorem
from theorems.calculus.convex_function import convex
from theorems.calculus.convexity_proof import convexity_theorem, results_for_convexity
from theorems.relu_like.any_depth import DEEP_DATA, GREEK, B, P, different, member, o, scale
from theorems.relu_like.deep_affine_region import ORIGIN
from theorems.relu_like.deep_candidate import DEEP_PARAMETERS, deep_candidate_terms
from theorems.relu_like.deep_descent import S, beta, deep_better_terms, sum_of_both, unit
from theorems.relu_like.deep_local_minimum import INPUTS, fit
from theorems.relu_like.deep_loss import deep_loss_local_minimum, deep_loss_risk, deep_loss_spurious
from theorems.relu_like.deep_network import L, V, d, deep_close, deep_network, n, other_theta, q, theta
from theorems.relu_like.descent import u
from theorems.relu_like.isolating_direction import p
from theorems.relu_like.kink import r
from theorems.relu_like.loss import affine_loss_risk, best_affine_for_loss, loss, loss_derivatives, stationary
from theorems.relu_like.network import (
    affine,
    alpha,
    c,
    dx,
    e,
    eta,
    h,
    i,
    j,
    k,
    l,
    m,
    rho,
    s_minus,
    s_plus,
    sample,
    v,
    w,
    x,
    y,
)  # fmt: skip

SETTING = {label: proposition for label, proposition in DEEP_DATA.items() if label != "C1.1"}
DERIVATIVE = subst(loss_derivatives, {dx: d(0)})
STATIONARY = subst(stationary, {dx: d(0)})
RESIDUAL = exists_in(i, 1, m, Ne(r(i), 0))
BEST = best_affine_for_loss(m, d(0), x, y, loss, w, c)
own = (m, L, d, x, y, h, loss, *theta)
other = (m, L, d, x, y, h, loss, *other_theta)
region = ForAll(other_theta, Implies(
    deep_close(L, d, rho, *theta, *other_theta), deep_loss_risk(*own) <= deep_loss_risk(*other)
))  # fmt: skip

DEEP_LOSS_CANDIDATE = theorem(
    "relu_like.deep_loss_candidate",
    "Every deep candidate is a spurious local minimum for the loss",
    variables=[m, L, d, x, y, h, s_plus, s_minus, loss, w, c, r, alpha, eta, *theta],
    hypotheses={
        **SETTING,
        "best": BEST,
        "derivative": DERIVATIVE,
        "residual": RESIDUAL,
        "samples": num(1) <= m,
        "scale": alpha > 0,
        "eta_def": Eq(eta, Min(-1, 2 * MinOver(i, 1, m, fit(i)))),
        **DEEP_PARAMETERS,
    },
    conclusion=And(deep_loss_spurious(*own), Eq(deep_loss_risk(*own), affine_loss_risk(m, d(0), x, y, loss, w, c))),
    prose="For every scale $\\alpha > 0$ the candidate is a spurious local minimum; its risk is the smallest risk of affine functions. The "
    "loss need not be convex.",
    origin=ORIGIN,
    source="The construction for any depth, with an arbitrary loss.",
    proof=[
        have("slope", s_plus > 0, by("logic", "C1.3 slopes")),
        have("kinked", Ne(s_plus, s_minus), by("logic", "C1.3 slopes")),
        have("layers", num(0) <= L, by("linear", "depth")),
        have("all_widths", forall_in(n, 1, L, num(1) <= d(n)), proof=[
            take(n), assume("n_low", "n_high"),
            cases(
                case("first_layer", Eq(n, 1), have("wide", num(1) <= d(1), by("linear", "C1.4")), qed(by("rewrite", "first_layer", "wide"))),
                case("later_layer", num(2) <= n, qed(by("logic", at("widths", n)))))]),
        apply(("eta_negative", "eta_below"), "relu_like.eta_below_fit", INPUTS),
        apply(("first", "others", "outputs", "squared_risk"), "relu_like.deep_candidate",
              using={"activation": "C1.3 activation", "widths": "all_widths"}),
        have("equal_risk", Eq(deep_loss_risk(*own), affine_loss_risk(m, d(0), x, y, loss, w, c)),
             by("ring", rewrite=["outputs"], unfold=[deep_loss_risk, affine_loss_risk])),
        apply("room", "relu_like.deep_room"),
        obtain(rho, ("rho_positive", "margin"), "room"),
        apply("nearby", "relu_like.deep_affine_nearby", using={"activation": "C1.3 activation", "depth": "layers"}),
        unfold("minimal", "best", best_affine_for_loss),
        have("region", region, note="Within this radius the network is affine on the samples.", proof=[
            take(*other_theta), assume("near"),
            have("affine_there", Exists((v, e), forall_in(i, 1, m, Eq(deep_network(L, d, h, *other_theta, sample(i)), affine(d(0), x, v, e, i)))),
                 by("logic", at("nearby", *other_theta), "near")),
            obtain((v, e), "affine_outputs", "affine_there"),
            calc("chain", deep_loss_risk(*other),
                 ("=", affine_loss_risk(m, d(0), x, y, loss, v, e),
                  by("ring", rewrite=["affine_outputs"], unfold=[deep_loss_risk, affine_loss_risk])),
                 (">=", affine_loss_risk(m, d(0), x, y, loss, w, c), by("linear", at("minimal", v, e))),
                 ("=", deep_loss_risk(*own), by("ring", rewrite=["equal_risk"]))),
            qed(by("linear", "chain")),
        ]),
        apply("kink", "relu_like.kink", INPUTS, using={"distinct": "C1.2", "activation": "C1.3 activation"}),
        obtain((p, beta), "kink_nonzero", "kink", note="An additional unit in whose outgoing weight the risk has a non-zero derivative."),
        apply("step", "relu_like.loss_descent", {"f": Lam(i, fit(i)), "q": Lam(i, unit(i))}, using={"slope": "kink_nonzero"}),
        obtain(u, "lower_losses", "step"),
        let("S_def", S, 1 - MinOver(i, 1, m, sum_of_both(i)), note="Lifts the sum above 0."),
        have("lift", forall_in(i, 1, m, sum_of_both(i) + S > 0), proof=[
            take(i), assume("i_low", "i_high"),
            have("member", MinOver(j, 1, m, sum_of_both(j)) <= sum_of_both(i), by("extremum")),
            qed(by("linear", "member", "S_def"))]),
        let("V_def", V, deep_better_terms["V"],
            note="The better point: in the first layer unit 1 carries the fit, unit 2 is the additional unit."),
        let("q_def", q, deep_better_terms["q"]),
        apply("better_outputs", "relu_like.deep_additional_unit",
              using={"activation": "C1.3 activation", "width": "C1.4", "widths": "all_widths"}),
        have("lower", deep_loss_risk(*other) < deep_loss_risk(*own), proof=[
            have("better", deep_loss_risk(*other) < affine_loss_risk(m, d(0), x, y, loss, w, c),
                 by("linear", "lower_losses", rewrite=["better_outputs"], unfold=[deep_loss_risk, affine_loss_risk])),
            qed(by("linear", "better", "equal_risk"))]),
        conjunction(
            [unfold("", "goal", deep_loss_spurious),
             conjunction(
                 [unfold("", "goal", deep_loss_local_minimum), witness(rho), qed(by("logic", "rho_positive", "region"))],
                 [witness(*other_theta), qed(by("logic", "lower"))])],
            [qed(by("logic", "equal_risk"))]),
    ],
    notation={**GREEK, "p": "v"},
)  # fmt: skip

every = ForAll(alpha, Implies(alpha > 0, And(
    deep_loss_spurious(m, L, d, x, y, h, loss, *member(alpha)),
    Eq(deep_loss_risk(m, L, d, x, y, h, loss, *member(alpha)), affine_loss_risk(m, d(0), x, y, loss, w, c)),
)))  # fmt: skip

ANY_DEPTH_CONVEX_LOSS = theorem(
    "relu_like.any_depth_convex_loss",
    "Spurious local minima at any depth for a convex differentiable loss",
    variables=[m, L, d, x, y, h, s_plus, s_minus, loss, w, c, r],
    hypotheses={
        **SETTING,
        "convex": forall_in(i, 1, m, convex(Lam(alpha, loss(alpha, y(i))))),
        "derivative": DERIVATIVE,
        "stationary": STATIONARY,
        "residual": RESIDUAL,
    },
    conclusion=And(BEST, Exists((P, B), And(every, different))),
    prose="Let the loss be convex in the output. Let the derivatives $r_i$ of the losses at the outputs of an affine function sum to 0 and "
    "be orthogonal to every feature: then it is a best affine fit. If some $r_i$ is not 0, a network with any number $L \\ge 1$ of hidden "
    "layers, the first of width at least 2, the others of any widths, has a family of spurious local minima, one for every $\\alpha > 0$ and "
    "pairwise different, whose risk is that of the best affine fit. Layer 0 is the input: $d_0$ is the number of features.",
    origin=ORIGIN,
    source="Beyond the paper, which has one hidden layer and the squared loss.",
    proof=[
        have("features", STATIONARY.args[0], by("logic", "stationary")),
        have("constant", STATIONARY.args[1], by("logic", "stationary")),
        apply("best", "relu_like.stationary_fit_is_best", INPUTS),
        obtain(o, ("o_low", "o_high", "o_residual"), "residual"),
        have("samples", num(1) <= m, by("linear", "o_low", "o_high")),
        have("slope", s_plus > 0, by("logic", "C1.3 slopes")),
        let("eta_def", eta, Min(-1, 2 * MinOver(i, 1, m, fit(i)))),
        let("P_def", P, Lam((alpha, n, k, l), Ite(alpha > 0, deep_candidate_terms(alpha)["W"](n, k, l), 0))),
        let("B_def", B, Lam((alpha, n, k), deep_candidate_terms(alpha)["b"](n, k))),
        conjunction(
            [qed(by("logic", "best"))],
            [witness(P, B),
             conjunction(
                 [take(alpha), assume("alpha_positive"),
                  have("weights", ForAll((n, k, l), Eq(P(alpha, n, k, l), deep_candidate_terms(alpha)["W"](n, k, l))),
                       by("ring", rewrite=["P_def"])),
                  apply(("is_spurious", "same_risk"), "relu_like.deep_loss_candidate", dict(zip(("W", "b"), member(alpha), strict=True)),
                        using={"W_def": "weights", "b_def": at("B_def", alpha)}),
                  qed(by("logic", "is_spurious", "same_risk"))],
                 [take(alpha, scale), assume("alpha_positive", "scale_positive", "unequal"),
                  apply("weights_differ", "relu_like.different_scales", {"beta": scale}),
                  have("own", Eq(P(alpha, L + 1, 1, 1), 1 / (alpha * s_plus)), by("ring", rewrite=["P_def"])),
                  have("its", Eq(P(scale, L + 1, 1, 1), 1 / (scale * s_plus)), by("ring", rewrite=["P_def"])),
                  qed(by("rewrite", "weights_differ", rewrite=["own", "its"]))])]),
    ],
    notation={**GREEK, "scale": r"\beta", "beta": r"\beta"},
    extra={
        "instance": deep_convex_loss_offer(ConvexityProof(convexity_theorem, results_for_convexity)),
        "main": True,
    },
)  # fmt: skip
