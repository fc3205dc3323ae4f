"""The residual of the best affine fit is orthogonal to all affine functions, and the risk splits (Pythagoras)."""

from symproof.logic.syntax import And, Eq, Exists, ForAll, Ite, Lam, Sum, family, forall_in, num, real
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
from theorems.relu_like.network import (
    HALF,
    NOTATION,
    affine,
    affine_risk,
    best_affine,
    c,
    dx,
    e,
    i,
    j,
    l,
    m,
    t,
    v,
    w,
    x,
    y,
)  # fmt: skip
from theorems.works import YUN_2019

g, S = real("g S")
q = family("q")


def fit(index):
    """The affine fit at a sample."""
    return affine(dx, x, w, c, index)


def residual(index):
    """The residual of the affine fit at a sample."""
    return fit(index) - y(index)


orthogonal = ForAll((v, e), Eq(Sum(i, 1, m, residual(i) * affine(dx, x, v, e, i)), 0))
normal = And(forall_in(l, 1, dx, Eq(Sum(i, 1, m, residual(i) * x(i, l)), 0)), Eq(Sum(i, 1, m, residual(i)), 0))
pythagoras = ForAll((v, e), Eq(
    affine_risk(m, dx, x, y, v, e),
    affine_risk(m, dx, x, y, w, c) + HALF * Sum(i, 1, m, (affine(dx, x, v, e, i) - fit(i)) ** 2),
))  # fmt: skip
definitions = (affine, affine_risk)

NORMAL_EQUATIONS = theorem(
    "relu_like.normal_equations",
    "Normal equations of the best affine fit",
    variables=[m, dx, x, y, w, c],
    hypotheses={"best": best_affine(m, dx, x, y, w, c)},
    conclusion=normal,
    prose="The residual of the best affine fit has sum 0 and is orthogonal to every feature.",
    origin=Citation(YUN_2019, "proof of the theorem on ReLU-like networks"),
    source="Classical.",
    proof=[
        have("orthogonal", orthogonal, note="Moving the fit in any affine direction does not lower the risk.", proof=[
            take(v, e),
            let("g_def", g, Sum(i, 1, m, residual(i) * affine(dx, x, v, e, i)), note="The slope of the risk in that direction."),
            let("S_def", S, Sum(i, 1, m, affine(dx, x, v, e, i) ** 2), note="Its curvature."),
            have("S_nonnegative", S >= 0, by("sign", rewrite=["S_def"])),
            unfold("minimal", "best", best_affine),
            have("along", ForAll(t, t * g + t**2 * S / 2 >= 0), proof=[
                take(t),
                have("expand", Eq(affine_risk(m, dx, x, y, Lam(l, w(l) + t * v(l)), c + t * e),
                                  affine_risk(m, dx, x, y, w, c) + t * g + t**2 * S / 2),
                     by("ring", rewrite=["g_def", "S_def"], unfold=definitions)),
                qed(by("linear", "expand", at("minimal", Lam(l, w(l) + t * v(l)), c + t * e))),
            ]),
            apply("flat", "calculus.quadratic_nonnegative",
                  using={"nonnegative": "along", "curvature": "S_nonnegative"}),
            qed(by("rewrite", "g_def", "flat")),
        ]),
        conjunction(
            [take(j), assume("j_low", "j_high"),
             qed(by("ideal", at("orthogonal", Lam(l, Ite(Eq(l, j), 1, 0)), 0), unfold=definitions, cofactors=[1]),
                 note="The direction of one feature.")],
            [qed(by("ideal", at("orthogonal", Lam(l, num(0)), 1), unfold=definitions, cofactors=[1]),
                 note="The constant direction.")]),
    ],
    notation=NOTATION,
)  # fmt: skip

PYTHAGORAS = theorem(
    "relu_like.pythagoras",
    "The risk of an affine function splits",
    variables=[m, dx, x, y, w, c],
    hypotheses={"features": normal.args[0], "constant": normal.args[1]},
    conclusion=And(orthogonal, pythagoras),
    prose="If the residual of an affine fit is orthogonal to the features and to the constant, it is orthogonal to all affine "
    "functions, and the risk of any affine function is the risk of the fit plus half the squared distance to the fit.",
    source="Classical.",
    proof=[
        have("orthogonal", orthogonal, proof=[
            take(v, e),
            calc("sum", Sum(i, 1, m, residual(i) * affine(dx, x, v, e, i)),
                 ("=", Sum(l, 1, dx, v(l) * Sum(i, 1, m, residual(i) * x(i, l))) + e * Sum(i, 1, m, residual(i)),
                  by("ring", unfold=definitions)),
                 ("=", 0, by("ring", rewrite=["features", "constant"]))),
            qed(by("logic", "sum")),
        ]),
        conjunction(
            [qed(by("logic", "orthogonal"))],
            [take(v, e),
             have("cross", Eq(Sum(i, 1, m, residual(i) * affine(dx, x, Lam(l, v(l) - w(l)), e - c, i)), 0),
                  by("logic", at("orthogonal", Lam(l, v(l) - w(l)), e - c))),
             qed(by("ideal", "cross", unfold=definitions, cofactors=[1]), note="Expand the square; the cross term vanishes.")]),
    ],
    notation=NOTATION,
)  # fmt: skip

BEST_AFFINE_EXISTS = theorem(
    "relu_like.best_affine_exists",
    "There is a best affine fit",
    variables=[m, dx, x, y],
    hypotheses={"dimension": num(0) <= dx},
    conclusion=Exists((w, c), best_affine(m, dx, x, y, w, c)),
    prose="Least squares has a solution for every data set, also when features are dependent.",
    source="Classical.",
    proof=[
        apply("solvable", "linear_algebra.least_squares", {"a": Lam((i, l), Ite(l <= dx, x(i, l), 1))}),
        obtain(q, "q_normal", at("solvable", dx + 1, y)),
        let("w_def", w, Lam(l, q(l))),
        let("c_def", c, q(dx + 1)),
        have("features", normal.args[0], proof=[
            take(l), assume("l_low", "l_high"),
            qed(by("ideal", at("q_normal", l), unfold=definitions, rewrite=["w_def", "c_def"], cofactors=[1])),
        ]),
        have("constant", normal.args[1],
             by("ideal", at("q_normal", dx + 1), unfold=definitions, rewrite=["w_def", "c_def"], cofactors=[1])),
        apply(("orthogonal", "split"), "relu_like.pythagoras"),
        witness(w, c),
        unfold("", "goal", best_affine),
        take(v, e),
        have("square", Sum(i, 1, m, (affine(dx, x, v, e, i) - fit(i)) ** 2) >= 0, by("sign")),
        qed(by("linear", "square", at("split", v, e))),
    ],
    notation=NOTATION,
)  # fmt: skip
