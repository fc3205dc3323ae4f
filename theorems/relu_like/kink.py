"""One additional unit whose output is not orthogonal to the residual, by a second difference at one sample."""

from symproof.logic.syntax import (
    Abs,
    Eq,
    Exists,
    Implies,
    Ite,
    Lam,
    Ne,
    Sum,
    exists_in,
    family,
    forall_in,
    num,
    real,
)  # fmt: skip
from symproof.proof.author import (
    apply,
    assume,
    at,
    by,
    calc,
    case,
    cases,
    contradiction,
    have,
    let,
    obtain,
    qed,
    take,
    unfold,
)  # fmt: skip
from symproof.proof.theorem import Citation, theorem
from theorems.relu_like.isolating_direction import d, distinct, o, p, projection, q
from theorems.relu_like.network import NOTATION, dx, h, i, j, m, relu_like, s_minus, s_plus, t, x
from theorems.works import YUN_2019

r = family("r")
b = real("b")


def phi(direction, bias):
    """phi(direction, bias) = sum_i r_i h(direction . x_i + bias)."""
    return Sum(i, 1, m, r(i) * h(projection(direction, i) + bias))


def second_difference(index):
    """The second difference of h with step d at q_index - q_o."""
    return h(q(index) - q(o) + d) + h(q(index) - q(o) - d) - 2 * h(q(index) - q(o))


KINK = theorem(
    "relu_like.kink",
    "A unit that sees the residual",
    variables=[m, dx, x, r, h, s_plus, s_minus],
    hypotheses={
        "dimension": num(1) <= dx,
        "distinct": distinct,
        "residual": exists_in(i, 1, m, Ne(r(i), 0)),
        "activation": relu_like(h, s_plus, s_minus),
        "kinked": Ne(s_plus, s_minus),
    },
    conclusion=Exists((p, b), Ne(phi(p, b), 0)),
    prose="If the inputs are distinct and $r$ is not zero, some unit $h(w \\cdot x + b)$ has a non-zero inner product with $r$.",
    origin=Citation(YUN_2019, "proof of the theorem on ReLU-like networks, step 2"),
    source="Shorter than the two cases of the paper: a second difference isolates one sample.",
    proof=[
        unfold("slopes", "activation", relu_like),
        obtain(o, ("o_low", "o_high", "o_residual"), "residual"),
        apply("isolated", "relu_like.isolating_direction"),
        obtain((p, t), ("t_positive", "t_small"), "isolated", note="A direction in which sample $i_0$ differs from all others."),
        let("q_def", q, Lam(i, projection(p, i))),
        have("far", forall_in(j, 1, m, Implies(Ne(j, o), Abs(q(j) - q(o)) >= t)), proof=[
            take(j), assume("j_low", "j_high"), assume("other"),
            qed(by("rewrite", at("t_small", j), rewrite=["q_def"]))]),
        let("d_def", d, t / 2, note="A step shorter than the distance to every other sample."),
        have("d_positive", d > 0, by("linear", "d_def", "t_positive")),
        have("local", forall_in(j, 1, m, Eq(r(j) * second_difference(j), Ite(Eq(j, o), (s_plus - s_minus) * r(o) * d, 0))), proof=[
            take(j), assume("j_low", "j_high"),
            cases(
                case("same", Eq(j, o),
                     have("zero", Eq(q(j) - q(o), 0), by("ring", rewrite=["same"])),
                     calc("value", r(j) * second_difference(j),
                          ("=", r(o) * (h(d) + h(-d) - 2 * h(num(0))), by("ring", rewrite=["zero", "same"])),
                          ("=", (s_plus - s_minus) * r(o) * d, by("ring", rewrite=["slopes"]))),
                     qed(by("ring", rewrite=["value"]))),
                case("other", Ne(j, o),
                     have("nonzero", Ne(q(j) - q(o), 0), proof=[
                         have("positive", Abs(q(j) - q(o)) > 0, by("linear", at("far", j), "t_positive")),
                         contradiction("equal",
                             have("none", Eq(Abs(q(j) - q(o)), 0), by("ring", rewrite=["equal"])),
                             qed(by("linear", "none", "positive")))]),
                     cases(
                         case("right", q(j) - q(o) > 0,
                              have("distance", q(j) - q(o) > d, proof=[
                                  have("plain", Eq(Abs(q(j) - q(o)), q(j) - q(o)), by("ring")),
                                  qed(by("linear", "plain", at("far", j), "d_def", "t_positive"))]),
                              have("left_end", q(j) - q(o) - d > 0, by("linear", "distance")),
                              have("right_end", q(j) - q(o) + d > 0, by("linear", "distance", "d_positive")),
                              qed(by("ring", rewrite=["slopes"]))),
                         case("left", q(j) - q(o) < 0,
                              have("distance", q(j) - q(o) < -d, proof=[
                                  have("plain", Eq(Abs(q(j) - q(o)), -(q(j) - q(o))), by("ring")),
                                  qed(by("linear", "plain", at("far", j), "d_def", "t_positive"))]),
                              have("left_end", q(j) - q(o) - d < 0, by("linear", "distance", "d_positive")),
                              have("right_end", q(j) - q(o) + d < 0, by("linear", "distance")),
                              qed(by("ring", rewrite=["slopes"])))))),
        ], note="Away from sample $i_0$ the activation is linear between the three points, so the second difference is 0 there."),
        contradiction("orthogonal",
            calc("total", phi(p, -q(o) + d) + phi(p, -q(o) - d) - 2 * phi(p, -q(o)),
                 ("=", Sum(j, 1, m, r(j) * second_difference(j)), by("ring", rewrite=["q_def"])),
                 ("=", Sum(j, 1, m, Ite(Eq(j, o), (s_plus - s_minus) * r(o) * d, 0)), by("sum", "local")),
                 ("=", (s_plus - s_minus) * r(o) * d, by("ring"))),
            have("nothing", Eq((s_plus - s_minus) * r(o) * d, 0),
                 by("linear", "total", at("orthogonal", p, -q(o) + d), at("orthogonal", p, -q(o) - d), at("orthogonal", p, -q(o)))),
            have("something", Ne((s_plus - s_minus) * r(o) * d, 0), proof=[
                have("slopes_differ", Ne(s_plus - s_minus, 0), by("sign", "kinked")),
                qed(by("sign", "slopes_differ", "o_residual", "d_positive"))]),
            qed(by("logic", "nothing", "something"))),
    ],
    notation={**NOTATION, "o": "i_0", "p": "w", "q": "z"},
)  # fmt: skip
