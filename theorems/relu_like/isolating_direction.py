"""A direction in which one sample lies apart from all others, if the inputs are distinct."""

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
from symproof.proof.author import apply, assume, at, by, case, cases, conjunction, have, let, obtain, qed, take, witness
from symproof.proof.theorem import theorem
from theorems.relu_like.network import NOTATION, dx, i, j, l, m, x

o = integer("o")
p, q, a = family("p q a")
d = real("d")


def projection(direction, index):
    """Direction . x_index"""
    return Sum(l, 1, dx, direction(l) * x(index, l))


def distinct_inputs(features):
    """Any two samples differ in one of so many features."""
    return forall_in(i, 1, m, forall_in(j, 1, m, Implies(Ne(i, j), exists_in(l, 1, features, Ne(x(i, l), x(j, l))))))


distinct = distinct_inputs(dx)
difference = Ite(Eq(j, o), 1, x(j, l) - x(o, l))

ISOLATING_DIRECTION = theorem(
    "relu_like.isolating_direction",
    "A direction in which one sample lies apart",
    variables=[m, dx, x, o],
    hypotheses={
        "dimension": num(1) <= dx,
        "o_low": num(1) <= o,
        "o_high": o <= m,
        "distinct": distinct,
    },
    conclusion=Exists((p, d), And(
        d > 0,
        forall_in(j, 1, m, Implies(Ne(j, o), Abs(projection(p, j) - projection(p, o)) >= d)),
    )),
    prose="If the inputs are distinct, then for every sample $i_0$ some direction $w$ and some $d > 0$ have the property that all other "
    "$w \\cdot x_j$ lie at least $d$ away from $w \\cdot x_{i_0}$.",
    source="Elementary.",
    proof=[
        have("apart", forall_in(j, 1, m, exists_in(l, 1, dx, Ne(difference, 0))), proof=[
            take(j), assume("j_low", "j_high"),
            cases(
                case("same", Eq(j, o), witness(1), qed(by("sign", "dimension", rewrite=["same"]))),
                case("other", Ne(j, o),
                     obtain(l, ("l_low", "l_high", "coordinate"), at("distinct", j, o)),
                     witness(l),
                     have("entry", Ne(difference, 0), proof=[
                         have("branch", Eq(difference, x(j, l) - x(o, l)), by("ring")),
                         have("unequal", Ne(x(j, l) - x(o, l), 0), by("sign", "coordinate")),
                         qed(by("rewrite", "branch", "unequal"))]),
                     qed(by("logic", "l_low", "l_high", "entry")))),
        ]),
        apply("directions", "linear_algebra.separating_direction", {"d": dx, "v": Lam((j, l), difference)}),
        have("samples", num(0) <= m, by("linear", "o_low", "o_high")),
        have("direction", Exists(p, forall_in(j, 1, m, Ne(Sum(l, 1, dx, p(l) * difference), 0))),
             by("logic", at("directions", m), "apart")),
        obtain(p, "p_separates", "direction"),
        let("q_def", q, Lam(j, projection(p, j))),
        let("a_def", a, Lam(j, Ite(Eq(j, o), 1, Abs(q(j) - q(o)))), note="The distances to sample $i_0$."),
        have("a_positive", forall_in(j, 1, m, a(j) > 0), proof=[
            take(j), assume("j_low", "j_high"),
            cases(
                case("same", Eq(j, o), have("one", Eq(a(j), 1), by("ring", rewrite=["a_def", "same"])), qed(by("linear", "one"))),
                case("other", Ne(j, o),
                     have("expand", Eq(q(j) - q(o), Sum(l, 1, dx, p(l) * difference)), by("ring", rewrite=["q_def"])),
                     have("separated", Ne(Sum(l, 1, dx, p(l) * difference), 0), by("logic", at("p_separates", j))),
                     have("nonzero", Ne(q(j) - q(o), 0), by("rewrite", "expand", "separated")),
                     have("positive", Abs(q(j) - q(o)) > 0, by("sign", "nonzero")),
                     have("value", Eq(a(j), Abs(q(j) - q(o))), by("ring", rewrite=["a_def"])),
                     qed(by("linear", "value", "positive")))),
        ]),
        apply("bounds", "calculus.positive_lower_bound", {"a": a}),
        have("bound", Exists(d, And(d > 0, forall_in(j, 1, m, d <= a(j)))), by("logic", at("bounds", m), "a_positive")),
        obtain(d, ("d_positive", "d_small"), "bound"),
        witness(p, d),
        conjunction(
            [qed(by("logic", "d_positive"))],
            [take(j), assume("j_low", "j_high"), assume("other"),
             have("value", Eq(a(j), Abs(projection(p, j) - projection(p, o))), by("ring", rewrite=["a_def", "q_def"])),
             qed(by("linear", "value", at("d_small", j)))]),
    ],
    notation={**NOTATION, "o": "i_0", "p": "w", "q": "z"},
)  # fmt: skip
