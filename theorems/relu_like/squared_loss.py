"""The squared loss is one of the losses of ``relu_like.convex_loss``, and its notions are those of the chapter."""

from symproof.logic.syntax import Abs, And, Eq, ForAll, Lam, real
from symproof.proof.author import assume, by, conjunction, have, qed, take, unfold, witness
from symproof.proof.theorem import theorem
from theorems.calculus.convex_function import a, b, convex, t
from theorems.calculus.derivative import NOTATION as CALCULUS
from theorems.calculus.derivative import epsilon, has_derivative, s
from theorems.relu_like.loss import affine_loss_risk, loss_risk
from theorems.relu_like.network import (
    HALF,
    NOTATION,
    affine_risk,
    c,
    d1,
    dx,
    h,
    m,
    risk,
    theta,
    w,
    x,
    y,
)  # fmt: skip

f, target = real("f target")
squared = HALF * (f - target) ** 2
squared_loss = Lam((f, target), squared)

SQUARED_LOSS = theorem(
    "relu_like.squared_loss",
    "The squared loss is convex and differentiable",
    variables=[m, dx, d1, x, y, h, w, c, *theta],
    conclusion=And(
        ForAll(target, convex(Lam(f, squared))),
        ForAll((target, a), has_derivative(Lam(f, squared), a, a - target)),
        Eq(loss_risk(m, dx, d1, x, y, h, squared_loss, *theta), risk(m, dx, d1, x, y, h, *theta)),
        Eq(affine_loss_risk(m, dx, x, y, squared_loss, w, c), affine_risk(m, dx, x, y, w, c)),
    ),
    prose="The loss $\\frac{1}{2}(f - y)^2$ is convex in $f$, its derivative is $f - y$, the residual, and the risks for this loss are the "
    "risks of the chapter.",
    source="Elementary.",
    proof=[
        conjunction(
            [take(target), unfold("", "goal", convex), take(a, b, t), assume("t_low", "t_high"),
             have("gap", t * (1 - t) * (a - b) ** 2 >= 0, proof=[
                 have("rest", 1 - t >= 0, by("linear", "t_high")),
                 qed(by("sign", "t_low", "rest"))]),
             qed(by("linear", "gap"))],
            [take(target, a), unfold("", "goal", has_derivative), take(epsilon), assume("epsilon_positive"),
             witness(epsilon),
             conjunction(
                 [qed(by("logic", "epsilon_positive"))],
                 [take(s), assume("small"),
                  have("remainder", Eq(Abs(HALF * (a + s - target) ** 2 - HALF * (a - target) ** 2 - (a - target) * s),
                                       HALF * Abs(s) * Abs(s)), by("ring")),
                  have("product", (epsilon - Abs(s)) * Abs(s) >= 0, proof=[
                      have("rest", epsilon - Abs(s) >= 0, by("linear", "small")),
                      qed(by("sign", "rest"))]),
                  have("square", Abs(s) * Abs(s) >= 0, by("sign")),
                  qed(by("linear", "remainder", "product", "square"))])],
            [qed(by("ring", unfold=[loss_risk, risk]))],
            [qed(by("ring", unfold=[affine_loss_risk, affine_risk]))]),
    ],
    notation={**NOTATION, **CALCULUS, "target": "y"},
    extra={"main": True},
)  # fmt: skip
