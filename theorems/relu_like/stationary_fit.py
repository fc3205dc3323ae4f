"""Stationarity of an affine fit for a general loss: necessary for the best one, and sufficient if the loss is convex."""

from symproof.logic.syntax import Eq, ForAll, Ite, Lam, Sum, forall_in, num, real
from symproof.proof.author import (
    apply,
    assume,
    at,
    by,
    calc,
    conjunction,
    contradiction,
    have,
    obtain,
    qed,
    take,
    unfold,
)  # fmt: skip
from symproof.proof.theorem import theorem
from theorems.calculus.convex_function import convex
from theorems.relu_like.kink import r
from theorems.relu_like.loss import affine_loss_risk, best_affine_for_loss, loss, loss_derivatives, stationary
from theorems.relu_like.network import NOTATION, affine, c, dx, e, i, j, l, m, t, v, w, x, y
from theorems.relu_like.normal_equations import fit

s = real("s")


def direction(index):
    """The affine function with weights v and intercept e at a sample."""
    return affine(dx, x, v, e, index)


BEST_FIT_IS_STATIONARY = theorem(
    "relu_like.best_fit_is_stationary",
    "The best affine fit is stationary",
    variables=[m, dx, x, y, loss, w, c, r],
    hypotheses={
        "samples": num(0) <= m,
        "best": best_affine_for_loss(m, dx, x, y, loss, w, c),
        "derivative": loss_derivatives,
    },
    conclusion=stationary,
    prose="If an affine function has the smallest risk and the loss is differentiable at its outputs, the derivatives sum to 0 and "
    "are orthogonal to every feature.",
    source="Classical.",
    proof=[
        have("orthogonal", ForAll((v, e), Eq(Sum(i, 1, m, r(i) * direction(i)), 0)), proof=[
            take(v, e),
            contradiction("slope",
                apply("lower", "relu_like.loss_descent", {"f": Lam(i, fit(i)), "q": Lam(i, direction(i))}),
                obtain(s, "smaller", "lower"),
                unfold("minimal", "best", best_affine_for_loss),
                have("here", Eq(affine_loss_risk(m, dx, x, y, loss, w, c), Sum(i, 1, m, loss(fit(i), y(i)))),
                     by("ring", unfold=[affine_loss_risk])),
                have("there", Eq(affine_loss_risk(m, dx, x, y, loss, Lam(l, w(l) + s * v(l)), c + s * e),
                                 Sum(i, 1, m, loss(fit(i) + s * direction(i), y(i)))),
                     by("ring", unfold=[affine_loss_risk, affine])),
                qed(by("linear", "smaller", "here", "there",
                       at("minimal", Lam(l, w(l) + s * v(l)), c + s * e)))),
        ], note="Otherwise the risk would be smaller at some point in that direction."),
        conjunction(
            [take(j), assume("j_low", "j_high"),
             qed(by("ideal", at("orthogonal", Lam(l, Ite(Eq(l, j), 1, 0)), 0), unfold=[affine], cofactors=[1]))],
            [qed(by("ideal", at("orthogonal", Lam(l, num(0)), 1), unfold=[affine], cofactors=[1]))]),
    ],
    notation=NOTATION,
    extra={"main": True},
)  # fmt: skip

STATIONARY_FIT_IS_BEST = theorem(
    "relu_like.stationary_fit_is_best",
    "For a convex loss a stationary affine fit is the best one",
    variables=[m, dx, x, y, loss, w, c, r],
    hypotheses={
        "convex": forall_in(i, 1, m, convex(Lam(t, loss(t, y(i))))),
        "derivative": loss_derivatives,
        "features": stationary.args[0],
        "constant": stationary.args[1],
    },
    conclusion=best_affine_for_loss(m, dx, x, y, loss, w, c),
    prose="If the loss is convex, an affine function at whose outputs the derivatives sum to 0 and are orthogonal to every feature has "
    "the smallest risk of all affine functions.",
    source="Classical.",
    proof=[
        unfold("", "goal", best_affine_for_loss),
        take(v, e),
        have("tangent", forall_in(i, 1, m, loss(fit(i), y(i)) + r(i) * (direction(i) - fit(i)) <= loss(direction(i), y(i))), proof=[
            take(i), assume("i_low", "i_high"),
            apply("above", "calculus.convex_tangent", {"g": Lam(t, loss(t, y(i))), "a": fit(i), "d": r(i)},
                  using={"convex": at("convex", i), "derivative": at("derivative", i)}),
            qed(by("logic", at("above", direction(i))))]),
        have("sum", Sum(i, 1, m, loss(fit(i), y(i)) + r(i) * (direction(i) - fit(i))) <= Sum(i, 1, m, loss(direction(i), y(i))),
             by("sum", "tangent")),
        calc("first_order", Sum(i, 1, m, r(i) * (direction(i) - fit(i))),
             ("=", Sum(l, 1, dx, (v(l) - w(l)) * Sum(i, 1, m, r(i) * x(i, l))) + (e - c) * Sum(i, 1, m, r(i)),
              by("ring", unfold=[affine])),
             ("=", 0, by("ring", rewrite=["features", "constant"]))),
        have("split", Eq(Sum(i, 1, m, loss(fit(i), y(i)) + r(i) * (direction(i) - fit(i))),
                         Sum(i, 1, m, loss(fit(i), y(i))) + Sum(i, 1, m, r(i) * (direction(i) - fit(i)))), by("ring")),
        have("inequality", Sum(i, 1, m, loss(fit(i), y(i))) <= Sum(i, 1, m, loss(direction(i), y(i))),
             by("linear", "sum", "split", "first_order")),
        qed(by("linear", "inequality", unfold=[affine_loss_risk])),
    ],
    notation=NOTATION,
)  # fmt: skip
