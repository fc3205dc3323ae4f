"""B5: one additional unit whose output is not orthogonal to the residual, by a second difference at one sample."""

from symproof.logic.syntax import (
    Abs,
    And,
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
    integer,
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
    witness,
)  # fmt: skip
from symproof.proof.theorem import Citation, theorem
from theorems.relu_like.network import NOTATION, dx, h, i, j, l, m, relu_like, s_minus, s_plus, t, x
from theorems.works import YUN_2019

o = integer("o")
r, p, q, a = family("r p q a")
b, d = real("b d")


def projection(direction, index):
    """Direction . x_index"""
    return Sum(l, 1, dx, direction(l) * x(index, l))


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
        "samples": num(0) <= m,
        "distinct": forall_in(i, 1, m, forall_in(j, 1, m, Implies(Ne(i, j), exists_in(l, 1, dx, Ne(x(i, l), x(j, l)))))),
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
        have("apart", forall_in(j, 1, m, exists_in(l, 1, dx, Ne(Ite(Eq(j, o), 1, x(j, l) - x(o, l)), 0))), proof=[
            take(j), assume("j_low", "j_high"),
            cases(
                case("same", Eq(j, o), witness(1), qed(by("sign", "dimension", rewrite=["same"]))),
                case("other", Ne(j, o),
                     obtain(l, ("l_low", "l_high", "coordinate"), at("distinct", j, o)),
                     witness(l),
                     have("entry", Ne(Ite(Eq(j, o), 1, x(j, l) - x(o, l)), 0), proof=[
                         have("branch", Eq(Ite(Eq(j, o), 1, x(j, l) - x(o, l)), x(j, l) - x(o, l)), by("ring")),
                         have("difference", Ne(x(j, l) - x(o, l), 0), by("sign", "coordinate")),
                         qed(by("rewrite", "branch", "difference"))]),
                     qed(by("logic", "l_low", "l_high", "entry")))),
        ]),
        apply("directions", "linear_algebra.separating_direction",
              {"d": dx, "v": Lam((j, l), Ite(Eq(j, o), 1, x(j, l) - x(o, l)))}),
        have("direction", Exists(p, forall_in(j, 1, m, Ne(Sum(l, 1, dx, p(l) * Ite(Eq(j, o), 1, x(j, l) - x(o, l))), 0))),
             by("logic", at("directions", m), "apart")),
        obtain(p, "p_separates", "direction", note="A direction in which sample $i_0$ differs from all others."),
        let("q_def", q, Lam(i, projection(p, i))),
        have("separated", forall_in(j, 1, m, Implies(Ne(j, o), Ne(q(j) - q(o), 0))), proof=[
            take(j), assume("j_low", "j_high"), assume("other"),
            have("same", Eq(q(j) - q(o), Sum(l, 1, dx, p(l) * Ite(Eq(j, o), 1, x(j, l) - x(o, l)))), by("ring", rewrite=["q_def"])),
            have("nonzero", Ne(Sum(l, 1, dx, p(l) * Ite(Eq(j, o), 1, x(j, l) - x(o, l))), 0), by("logic", at("p_separates", j))),
            qed(by("rewrite", "same", "nonzero"))]),
        let("a_def", a, Lam(j, Ite(Eq(j, o), 1, Abs(q(j) - q(o))))),
        have("a_positive", forall_in(j, 1, m, a(j) > 0), proof=[
            take(j), assume("j_low", "j_high"),
            cases(
                case("same", Eq(j, o), have("one", Eq(a(j), 1), by("ring", rewrite=["a_def", "same"])), qed(by("linear", "one"))),
                case("other", Ne(j, o),
                     have("value", Eq(a(j), Abs(q(j) - q(o))), by("ring", rewrite=["a_def"])),
                     have("nonzero", Ne(q(j) - q(o), 0), by("logic", at("separated", j))),
                     have("positive", Abs(q(j) - q(o)) > 0, by("sign", "nonzero")),
                     qed(by("linear", "value", "positive")))),
        ]),
        apply("bounds", "calculus.positive_lower_bound", {"a": a}),
        have("bound", Exists(t, And(t > 0, forall_in(j, 1, m, t <= a(j)))), by("logic", at("bounds", m), "a_positive")),
        obtain(t, ("t_positive", "t_small"), "bound"),
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
                     have("nonzero", Ne(q(j) - q(o), 0), by("logic", at("separated", j))),
                     have("far", Abs(q(j) - q(o)) >= t, proof=[
                         have("value", Eq(a(j), Abs(q(j) - q(o))), by("ring", rewrite=["a_def"])),
                         qed(by("linear", "value", at("t_small", j)))]),
                     cases(
                         case("right", q(j) - q(o) > 0,
                              have("distance", q(j) - q(o) > d, proof=[
                                  have("plain", Eq(Abs(q(j) - q(o)), q(j) - q(o)), by("ring")),
                                  qed(by("linear", "plain", "far", "d_def", "t_positive"))]),
                              have("left_end", q(j) - q(o) - d > 0, by("linear", "distance")),
                              have("right_end", q(j) - q(o) + d > 0, by("linear", "distance", "d_positive")),
                              qed(by("ring", rewrite=["slopes"]))),
                         case("left", q(j) - q(o) < 0,
                              have("distance", q(j) - q(o) < -d, proof=[
                                  have("plain", Eq(Abs(q(j) - q(o)), -(q(j) - q(o))), by("ring")),
                                  qed(by("linear", "plain", "far", "d_def", "t_positive"))]),
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
