"""A direction of the outputs that is not orthogonal to the derivatives of the losses lowers the sum of the losses."""

from symproof.logic.syntax import Eq, Exists, Lam, Ne, Sum, family, forall_in, num, real
from symproof.proof.author import apply, assume, at, by, have, obtain, qed, take, witness
from symproof.proof.theorem import theorem
from theorems.calculus.derivative import has_derivative
from theorems.relu_like.kink import r
from theorems.relu_like.loss import loss
from theorems.relu_like.network import NOTATION, i, m, t, y

s, u = real("s u")
f, q = family("f q")
moved = Sum(i, 1, m, loss(f(i) + s * q(i), y(i)))

LOSS_DESCENT = theorem(
    "relu_like.loss_descent",
    "A direction that lowers the losses",
    variables=[m, y, loss, f, r, q],
    hypotheses={
        "samples": num(0) <= m,
        "derivative": forall_in(i, 1, m, has_derivative(Lam(t, loss(t, y(i))), f(i), r(i))),
        "slope": Ne(Sum(i, 1, m, r(i) * q(i)), 0),
    },
    conclusion=Exists(s, moved < Sum(i, 1, m, loss(f(i), y(i)))),
    prose="If the losses at the outputs $f_i$ have derivatives $r_i$ and $\\sum_i r_i q_i \\ne 0$, some step from $f$ along $q$ lowers the "
    "sum of the losses. The loss need not be convex.",
    source="Elementary.",
    proof=[
        have("each", forall_in(i, 1, m, has_derivative(Lam(s, loss(f(i) + s * q(i), y(i))), 0, r(i) * q(i))), proof=[
            take(i), assume("i_low", "i_high"),
            apply("line", "calculus.derivative_along_line",
                  {"g": Lam(t, loss(t, y(i))), "a": f(i), "d": r(i), "q": q(i)}, using={"derivative": at("derivative", i)}),
            qed(by("logic", "line"))]),
        apply("sums", "calculus.derivative_of_sum",
              {"G": Lam((i, s), loss(f(i) + s * q(i), y(i))), "D": Lam(i, r(i) * q(i)), "a": 0}),
        have("total", has_derivative(Lam(s, moved), 0, Sum(i, 1, m, r(i) * q(i))), by("logic", at("sums", m), "each")),
        apply("lower", "calculus.smaller_value", {"g": Lam(s, moved), "a": 0, "d": Sum(i, 1, m, r(i) * q(i))},
              using={"derivative": "total", "slope": "slope"}),
        obtain(u, "smaller", "lower"),
        witness(u),
        have("step", Eq(Sum(i, 1, m, loss(f(i) + (0 + u) * q(i), y(i))), Sum(i, 1, m, loss(f(i) + u * q(i), y(i)))), by("ring")),
        have("start", Eq(Sum(i, 1, m, loss(f(i) + 0 * q(i), y(i))), Sum(i, 1, m, loss(f(i), y(i)))), by("ring")),
        qed(by("linear", "smaller", "step", "start")),
    ],
    notation=NOTATION,
)  # fmt: skip
