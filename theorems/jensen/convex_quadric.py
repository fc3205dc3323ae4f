"""The other inputs: on a convex quadric no weights have a definite second moment; and how squares show that one is definite."""

from symproof.logic.syntax import (
    And,
    Eq,
    Exists,
    Lam,
    Ne,
    Not,
    Or,
    Sum,
    exists_in,
    family,
    forall_in,
    integer,
    num,
    real,
)
from symproof.logic.term import subst
from symproof.proof.author import assume, at, by, calc, contradiction, have, obtain, qed, take
from symproof.proof.theorem import Citation, theorem
from theorems.jensen.curved_values import mu
from theorems.jensen.quadric_descent import DIFFERENT
from theorems.jensen.quadric_region import DIRECTION, NOTATION, difference, form
from theorems.relu_like.kink import r
from theorems.relu_like.network import dx, i, j, k, l, m, w, x
from theorems.works import ROCKAFELLAR_1970

n, s = integer("n s")
p, a = family("p a")
g = family("g", 2)
b = real("b")


def projection(index, sample):
    """The product of one direction with a sample."""
    return Sum(l, 1, dx, g(index, l) * x(sample, l))


ON_QUADRIC = {
    "convex": forall_in(j, 1, n, p(j) >= 0),
    "on_quadric": forall_in(i, 1, m, Eq(Sum(j, 1, n, p(j) * projection(j, i) ** 2), Sum(l, 1, dx, a(l) * x(i, l)) + b)),
    "bent": exists_in(j, 1, n, exists_in(i, 1, m, And(p(j) > 0, Ne(projection(j, i), projection(j, 1))))),
}
"""The inputs lie on the quadric x^T Q x = a.x + b with Q = sum_j p_j g_j g_j^T, p_j >= 0, and Q is not 0 on their differences.

Every positive semidefinite Q has this form: by its decomposition L D L^T, for instance.
"""
SOME_DIRECTION = Exists((r, mu), And(mu > 0, DIRECTION["constant"], DIRECTION["features"], DIRECTION["definite"]))

squares = Sum(j, 1, n, p(j) * projection(j, i) ** 2)
turn = difference(Lam(l, g(j, l)), i)

NO_DIRECTION = theorem(
    "jensen.no_direction_on_quadric",
    "Inputs on a convex quadric have no weights of definite second moment",
    variables=[m, dx, x, n, p, g, a, b],
    hypotheses=ON_QUADRIC,
    conclusion=Not(SOME_DIRECTION),
    prose="Let the inputs lie on a quadric $x^T Q x = a \\cdot x + b$ with $Q = \\sum_j p_j g_j g_j^T$ positive semidefinite and not 0 on the differences of the "
    "inputs. Then no $r$ with $\\sum_i r_i = 0$ and $\\sum_i r_i x_i = 0$ has $\\sum_i r_i x_i x_i^T$ positive definite on the differences.",
    source="Derived here: $\\sum_i r_i x_i^T Q x_i$ would be 0 and positive.",
    proof=[
        contradiction("direction",
            obtain((r, mu), ("mu_positive", "constant", "features", "definite"), "direction"),
            obtain(k, ("k_low", "k_high", "somewhere"), "bent"),
            obtain(s, ("s_low", "s_high", "turns"), "somewhere"),
            have("weight_positive", p(k) > 0, by("logic", "turns")),
            have("unequal", Ne(projection(k, s), projection(k, num(1))), by("logic", "turns")),
            have("each", forall_in(j, 1, n, mu * (p(j) * Sum(i, 1, m, turn**2)) <= p(j) * form(Lam(l, g(j, l)))), proof=[
                take(j), assume("j_low", "j_high"),
                have("weight", p(j) >= 0, by("logic", at("convex", j))),
                have("gap", form(Lam(l, g(j, l))) - mu * Sum(i, 1, m, turn**2) >= 0, by("linear", at("definite", Lam(l, g(j, l))))),
                have("product", p(j) * (form(Lam(l, g(j, l))) - mu * Sum(i, 1, m, turn**2)) >= 0, by("sign", "weight", "gap")),
                qed(by("linear", "product"))]),
            have("sum", Sum(j, 1, n, mu * (p(j) * Sum(i, 1, m, turn**2))) <= Sum(j, 1, n, p(j) * form(Lam(l, g(j, l)))), by("sum", "each")),
            calc("nothing", Sum(j, 1, n, p(j) * form(Lam(l, g(j, l)))),
                 ("=", Sum(i, 1, m, r(i) * squares), by("ring")),
                 ("=", Sum(i, 1, m, r(i) * (Sum(l, 1, dx, a(l) * x(i, l)) + b)), by("ring", rewrite=["on_quadric"])),
                 ("=", Sum(l, 1, dx, a(l) * Sum(i, 1, m, r(i) * x(i, l))) + b * Sum(i, 1, m, r(i)), by("ring")),
                 ("=", 0, by("ring", rewrite=["features", "constant"]))),
            have("scatters", forall_in(j, 1, n, p(j) * Sum(i, 1, m, turn**2) >= 0), proof=[
                take(j), assume("j_low", "j_high"), have("weight", p(j) >= 0, by("logic", at("convex", j))), qed(by("sign", "weight"))]),
            have("one", p(k) * Sum(i, 1, m, subst(turn, {j: k}) ** 2) <= Sum(j, 1, n, p(j) * Sum(i, 1, m, turn**2)), by("sum", "scatters")),
            have("at_least", subst(turn, {j: k, i: s}) ** 2 <= Sum(i, 1, m, subst(turn, {j: k}) ** 2), "sum"),
            have("apart", Ne(subst(turn, {j: k, i: s}), 0), proof=[
                contradiction("zero", have("equal", Eq(projection(k, s), projection(k, num(1))), by("linear", "zero")), qed(by("logic", "equal", "unequal")))]),
            have("positive", subst(turn, {j: k, i: s}) ** 2 > 0, by("sign", "apart")),
            have("scatter_positive", Sum(i, 1, m, subst(turn, {j: k}) ** 2) > 0, by("linear", "positive", "at_least")),
            have("weighted", p(k) * Sum(i, 1, m, subst(turn, {j: k}) ** 2) > 0, by("sign", "weight_positive", "scatter_positive")),
            have("total", Sum(j, 1, n, p(j) * Sum(i, 1, m, turn**2)) > 0, by("linear", "weighted", "one")),
            have("gain", mu * Sum(j, 1, n, p(j) * Sum(i, 1, m, turn**2)) > 0, by("sign", "mu_positive", "total")),
            qed(by("linear", "gain", "sum", "nothing"))),
    ],
    notation=NOTATION,
    extra={"main": True},
)  # fmt: skip

ALTERNATIVE = theorem(
    "jensen.quadric_or_direction",
    "Inputs have weights of definite second moment or lie on a convex quadric",
    variables=[m, dx, x],
    hypotheses={"different": DIFFERENT},
    conclusion=Or(SOME_DIRECTION, Exists((n, p, g, a, b), And(*ON_QUADRIC.values()))),
    prose="Inputs that are not all equal lie on a convex quadric that is not 0 on their differences, or they have weights $r$ with $\\sum_i r_i = 0$, "
    "$\\sum_i r_i x_i = 0$ and $\\sum_i r_i x_i x_i^T$ positive definite on the differences.",
    source="A hyperplane separates the space of these second moments from the definite matrices; its normal is $Q$.",
    citation=Citation(ROCKAFELLAR_1970, "Theorem 11.3"),
    notation=NOTATION,
    extra={"main": True},
)  # fmt: skip

DEFINITE_BY_SQUARES = theorem(
    "jensen.definite_by_squares",
    "Squares show that a second moment is definite",
    variables=[m, dx, x, r, mu, n, p, g],
    hypotheses={
        "nonnegative": forall_in(j, 1, n, p(j) >= 0),
        "decomposition": forall_in(l, 1, dx, forall_in(k, 1, dx, Eq(
            Sum(i, 1, m, r(i) * x(i, l) * x(i, k)) - mu * Sum(i, 1, m, (x(i, l) - x(1, l)) * (x(i, k) - x(1, k))),
            Sum(j, 1, n, p(j) * g(j, l) * g(j, k))))),
    },
    conclusion=DIRECTION["definite"],
    prose="If $\\sum_i r_i x_i x_i^T - \\mu \\sum_i (x_i - x_1)(x_i - x_1)^T = \\sum_j p_j g_j g_j^T$ with $p_j \\ge 0$, then "
    "$\\sum_i r_i (w \\cdot x_i)^2 \\ge \\mu \\sum_i (w \\cdot (x_i - x_1))^2$ for all $w$. The decomposition $L D L^T$ gives such numbers.",
    source="Elementary.",
    proof=[
        take(w),
        calc("squares", form(w) - mu * Sum(i, 1, m, difference(w, i) ** 2),
             ("=", Sum(l, 1, dx, Sum(k, 1, dx, w(l) * w(k) * (
                 Sum(i, 1, m, r(i) * x(i, l) * x(i, k)) - mu * Sum(i, 1, m, (x(i, l) - x(1, l)) * (x(i, k) - x(1, k)))))), by("ring")),
             ("=", Sum(l, 1, dx, Sum(k, 1, dx, w(l) * w(k) * Sum(j, 1, n, p(j) * g(j, l) * g(j, k)))), by("ring", rewrite=["decomposition"])),
             ("=", Sum(j, 1, n, p(j) * Sum(l, 1, dx, w(l) * g(j, l)) ** 2), by("ring"))),
        have("each", forall_in(j, 1, n, p(j) * Sum(l, 1, dx, w(l) * g(j, l)) ** 2 >= 0), proof=[
            take(j), assume("j_low", "j_high"), have("weight", p(j) >= 0, by("logic", at("nonnegative", j))), qed(by("sign", "weight"))]),
        have("total", Sum(j, 1, n, p(j) * Sum(l, 1, dx, w(l) * g(j, l)) ** 2) >= 0, by("sum", "each")),
        qed(by("linear", "squares", "total")),
    ],
    notation=NOTATION,
    extra={"main": True},
)  # fmt: skip
