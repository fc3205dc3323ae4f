"""Spurious local minima for a general loss.

What is needed of the loss is little: an affine function of smallest risk, at whose outputs the
loss is differentiable in its first argument, with a derivative that is not 0 at some sample. Near the candidate the network
is affine, so its risk is not below the smallest risk of affine functions; and the derivative of the risk in the outgoing
weight of one additional unit is not 0. Convexity is not used for either (``relu_like.differentiable_loss``). It is what makes
the condition one that can be checked: for a convex loss the normal equations sum r_i = 0, sum r_i x_i = 0 say that the affine
function has the smallest risk (``relu_like.stationary_fit_is_best``; the converse, ``relu_like.best_fit_is_stationary``, holds
for every loss). ``relu_like.convex_loss`` is stated with them.
"""

from symproof.instances.convex_loss_offer import convex_loss_offer
from symproof.instances.loss_convexity import ConvexityProof
from symproof.logic.syntax import (
    Abs,
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
from symproof.proof.author import (
    apply,
    assume,
    at,
    by,
    calc,
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
from theorems.calculus.convex_function import convex
from theorems.calculus.convexity_proof import convexity_theorem, results_for_convexity
from theorems.relu_like.additional_unit import u, unit
from theorems.relu_like.candidate import PARAMETERS
from theorems.relu_like.different_scales import beta
from theorems.relu_like.isolating_direction import p
from theorems.relu_like.kink import b, r
from theorems.relu_like.loss import (
    affine_loss_risk,
    best_affine_for_loss,
    loss,
    loss_derivatives,
    loss_local_minimum,
    loss_risk,
    loss_spurious,
    stationary,
)  # fmt: skip
from theorems.relu_like.margin import norm, smallest
from theorems.relu_like.network import (
    NOTATION,
    V1,
    V2,
    W1,
    alpha,
    b1,
    c,
    c1,
    c2,
    close,
    d1,
    dx,
    e,
    eta,
    h,
    i,
    k,
    l,
    m,
    other_theta,
    rho,
    s_minus,
    s_plus,
    theta,
    v,
    w,
    x,
    y,
)  # fmt: skip
from theorems.relu_like.normal_equations import fit
from theorems.relu_like.spurious_minimum import (
    DATA,
    NAMES,
    P1,
    P2,
    better_terms,
    candidate_terms,
    different,
    member,
    q1,
    q2,
)  # fmt: skip
from theorems.works import YUN_2019

SETTING = {label: DATA[label] for label in ("dimension", "C1.2", "C1.3 activation", "C1.3 slopes", "C1.4")}
RESIDUAL = exists_in(i, 1, m, Ne(r(i), 0))
BEST = best_affine_for_loss(m, dx, x, y, loss, w, c)
own = (m, dx, d1, x, y, h, loss, *theta)

region = ForAll(other_theta, Implies(
    close(dx, d1, rho, *theta, *other_theta),
    loss_risk(*own) <= loss_risk(m, dx, d1, x, y, h, loss, *other_theta),
))  # fmt: skip

LOSS_CANDIDATE = theorem(
    "relu_like.loss_candidate",
    "Every candidate is a spurious local minimum for the loss",
    variables=[m, dx, d1, x, y, h, s_plus, s_minus, loss, w, c, r, alpha, eta, *theta],
    hypotheses={
        **SETTING,
        "best": BEST,
        "derivative": loss_derivatives,
        "residual": RESIDUAL,
        "samples": num(1) <= m,
        "scale": alpha > 0,
        "eta_def": Eq(eta, Min(-1, 2 * MinOver(i, 1, m, fit(i)))),
        **PARAMETERS,
    },
    conclusion=And(loss_spurious(*own), Eq(loss_risk(*own), affine_loss_risk(m, dx, x, y, loss, w, c))),
    prose="For every scale $\\alpha > 0$ the candidate is a spurious local minimum; its risk is the smallest risk of affine functions.",
    source="The construction of the paper; the loss is arbitrary.",
    proof=[
        have("slope", s_plus > 0, by("logic", "C1.3 slopes")),
        have("kinked", Ne(s_plus, s_minus), by("logic", "C1.3 slopes")),
        apply(("eta_negative", "eta_below"), "relu_like.eta_below_fit"),
        apply(("first", "others", "outputs", "squared_risk"), "relu_like.candidate", using={"activation": "C1.3 activation"}),
        have("equal_risk", Eq(loss_risk(*own), affine_loss_risk(m, dx, x, y, loss, w, c)),
             by("ring", rewrite=["outputs"], unfold=[loss_risk, affine_loss_risk])),
        let("rho_def", rho, MinOver(i, 1, m, smallest / norm), note="The largest radius that the argument allows."),
        apply(("rho_positive", "margin"), "relu_like.margin"),
        unfold("minimal", "best", best_affine_for_loss),
        have("region", region, note="Within this radius the network is affine on the samples.", proof=[
            take(*other_theta), assume("near"),
            unfold("moves", "near", close),
            have("weights_near", forall_in(k, 1, d1, forall_in(l, 1, dx, Abs(V1(k, l) - W1(k, l)) <= rho)), proof=[
                have("part", forall_in(k, 1, d1, forall_in(l, 1, dx, Abs(V1(k, l) - W1(k, l)) < rho)), by("logic", "moves")),
                take(k), assume("k_low", "k_high"), take(l), assume("l_low", "l_high"),
                qed(by("linear", at("part", k, l)))]),
            have("biases_near", forall_in(k, 1, d1, Abs(c1(k) - b1(k)) <= rho), proof=[
                have("part", forall_in(k, 1, d1, Abs(c1(k) - b1(k)) < rho), by("logic", "moves")),
                take(k), assume("k_low", "k_high"),
                qed(by("linear", at("part", k)))]),
            apply(("active", "affine_there"), "relu_like.affine_region", using={"activation": "C1.3 activation"}),
            obtain((v, e), "affine_outputs", "affine_there"),
            calc("chain", loss_risk(m, dx, d1, x, y, h, loss, *other_theta),
                 ("=", affine_loss_risk(m, dx, x, y, loss, v, e),
                  by("ring", rewrite=["affine_outputs"], unfold=[loss_risk, affine_loss_risk])),
                 (">=", affine_loss_risk(m, dx, x, y, loss, w, c), by("linear", at("minimal", v, e))),
                 ("=", loss_risk(*own), by("ring", rewrite=["equal_risk"]))),
            qed(by("linear", "chain")),
        ]),
        apply("kink", "relu_like.kink", using={"distinct": "C1.2", "activation": "C1.3 activation"}),
        obtain((p, b), "kink_nonzero", "kink", note="An additional unit in whose outgoing weight the risk has a non-zero derivative."),
        apply("step", "relu_like.loss_descent", {"f": Lam(i, fit(i)), "q": Lam(i, unit(i))}, using={"slope": "kink_nonzero"}),
        obtain(u, "lower_losses", "step"),
        let("V1_def", V1, better_terms["V1"], note="The better point: unit 1 carries the fit, unit 2 is the additional unit."),
        let("c1_def", c1, better_terms["c1"]),
        let("V2_def", V2, better_terms["V2"]),
        let("c2_def", c2, better_terms["c2"]),
        apply("better_outputs", "relu_like.additional_unit", using={"activation": "C1.3 activation", "width": "C1.4"}),
        have("lower", loss_risk(m, dx, d1, x, y, h, loss, *other_theta) < loss_risk(*own), proof=[
            have("better", loss_risk(m, dx, d1, x, y, h, loss, *other_theta) < affine_loss_risk(m, dx, x, y, loss, w, c),
                 by("linear", "lower_losses", rewrite=["better_outputs"], unfold=[loss_risk, affine_loss_risk])),
            qed(by("linear", "better", "equal_risk"))]),
        conjunction(
            [unfold("", "goal", loss_spurious),
             conjunction(
                 [unfold("", "goal", loss_local_minimum), witness(rho), qed(by("logic", "rho_positive", "region"))],
                 [witness(*other_theta), qed(by("logic", "lower"))])],
            [qed(by("logic", "equal_risk"))]),
    ],
    notation={**NOTATION, "p": "w"},
)  # fmt: skip

every = ForAll(alpha, Implies(alpha > 0, And(
    loss_spurious(m, dx, d1, x, y, h, loss, *member(alpha)),
    Eq(loss_risk(m, dx, d1, x, y, h, loss, *member(alpha)), affine_loss_risk(m, dx, x, y, loss, w, c)),
)))  # fmt: skip
infinitely_many = Exists((P1, q1, P2, q2), And(every, different))

DIFFERENTIABLE_LOSS = theorem(
    "relu_like.differentiable_loss",
    "Spurious local minima for any loss that is differentiable at the best affine fit",
    variables=[m, dx, d1, x, y, h, s_plus, s_minus, loss, w, c, r],
    hypotheses={**SETTING, "best": BEST, "derivative": loss_derivatives, "residual": RESIDUAL},
    conclusion=infinitely_many,
    prose="Let the affine function with weights $\\bar w$ and intercept $\\bar c$ have the smallest risk of all affine functions, let the loss be "
    "differentiable at its outputs with derivatives $r_i$, not all of them 0. Then there is a family of spurious local minima, one for "
    "every $\\alpha > 0$ and pairwise different, whose risk is that of the affine function. The loss need not be convex.",
    source="Derived here: no convexity, and differentiability at the fit only.",
    proof=[
        obtain(l, ("l_low", "l_high", "l_residual"), "residual"),
        have("samples", num(1) <= m, by("linear", "l_low", "l_high")),
        have("slope", s_plus > 0, by("logic", "C1.3 slopes")),
        let("eta_def", eta, Min(-1, 2 * MinOver(i, 1, m, fit(i)))),
        let("P1_def", P1, Lam((alpha, i, k), candidate_terms(alpha)["W1"](i, k))),
        let("q1_def", q1, Lam((alpha, k), candidate_terms(alpha)["b1"](k))),
        let("P2_def", P2, Lam((alpha, k), Ite(alpha > 0, candidate_terms(alpha)["W2"](k), 0))),
        let("q2_def", q2, Lam(alpha, eta)),
        witness(P1, q1, P2, q2),
        conjunction(
            [take(alpha), assume("alpha_positive"),
             have("outgoing", ForAll(k, Eq(P2(alpha, k), Ite(Eq(k, 1), 1 / (alpha * s_plus), 0))), by("ring", rewrite=["P2_def"])),
             apply(("is_spurious", "same_risk"), "relu_like.loss_candidate", dict(zip(NAMES, member(alpha), strict=True)),
                   using={"W1_def": at("P1_def", alpha), "b1_def": at("q1_def", alpha), "W2_def": "outgoing", "b2_def": at("q2_def", alpha)}),
             qed(by("logic", "is_spurious", "same_risk"))],
            [take(alpha, beta), assume("alpha_positive", "beta_positive", "unequal"),
             apply("weights_differ", "relu_like.different_scales"),
             qed(by("rewrite", "weights_differ", rewrite=["P2_def"]))]),
    ],
    notation={**NOTATION, "P1": "P^1", "q1": "p^1", "P2": "P^2", "q2": "p^2", "beta": r"\beta"},
)  # fmt: skip

CONVEX_LOSS = theorem(
    "relu_like.convex_loss",
    "Spurious local minima for a convex differentiable loss",
    variables=[m, dx, d1, x, y, h, s_plus, s_minus, loss, w, c, r],
    hypotheses={
        **SETTING,
        "convex": forall_in(i, 1, m, convex(Lam(alpha, loss(alpha, y(i))))),
        "derivative": loss_derivatives,
        "stationary": stationary,
        "residual": RESIDUAL,
    },
    conclusion=And(BEST, infinitely_many),
    prose="Let the loss be convex in the output. Let the derivatives $r_i$ of the losses at the outputs of an affine function sum to 0 and "
    "be orthogonal to every feature: for a convex loss this says that the affine function is a best affine fit. If some $r_i$ is not 0, "
    "there is a family of spurious local minima, one for every $\\alpha > 0$ and pairwise different, whose risk is that of the best "
    "affine fit.",
    origin=Citation(YUN_2019, "theorem on ReLU-like networks"),
    source="Beyond the paper, which has the squared loss.",
    proof=[
        have("features", stationary.args[0], by("logic", "stationary")),
        have("constant", stationary.args[1], by("logic", "stationary")),
        apply("best", "relu_like.stationary_fit_is_best"),
        apply("family", "relu_like.differentiable_loss"),
        conjunction([qed(by("logic", "best"))], [qed(by("logic", "family"))]),
    ],
    notation={**NOTATION, "P1": "P^1", "q1": "p^1", "P2": "P^2", "q2": "p^2"},
    extra={"instance": convex_loss_offer(ConvexityProof(convexity_theorem, results_for_convexity))},
)  # fmt: skip
