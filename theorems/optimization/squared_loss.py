"""The squared loss of a linear map: its gradient, by entries, and its convexity."""

from fractions import Fraction

from symproof.logic.definition import define
from symproof.logic.syntax import Abs, Eq, Lam, Sum, family, forall_in, integer, num, real
from symproof.proof.author import apply, assume, at, by, conjunction, have, let, qed, take, unfold, witness
from symproof.proof.theorem import theorem
from theorems.calculus.derivative import NOTATION, delta, epsilon
from theorems.optimization.convex_table import convex_table, mixture
from theorems.optimization.gradient import Q, R, a, b, has_gradient, p, q, table_sum

m, i, c = integer("m i c")
x, y = family("x y", 2)
t, size, count, spread = real("t size count spread")
HALF = num(Fraction(1, 2))


def residual(matrix):
    """The error in output a at sample i."""
    return Sum(b, 1, q, matrix(a, b) * x(i, b)) - y(i, a)


def over_errors(term):
    """The sum over all samples and outputs."""
    return Sum(i, 1, m, Sum(a, 1, p, term))


squared_loss = define(
    "optimization.squared_loss", (m, p, q, x, y, R),
    HALF * over_errors(residual(R) ** 2),
    latex=r"\tfrac12 \sum_{{i=1}}^{{{0}}} \lVert {5}\,{3}_i - {4}_i \rVert^2",
    doc="Half the sum of the squared errors of the linear map $R$ on the samples.",
)  # fmt: skip

loss = Lam(R, squared_loss(m, p, q, x, y, R))
loss_gradient = Lam((a, c), Sum(i, 1, m, residual(R) * x(i, c)))

moved = Sum(b, 1, q, (Q(a, b) - R(a, b)) * x(i, b))
row = Sum(b, 1, q, Abs(Q(a, b) - R(a, b)))
distance = table_sum(Abs(Q(a, b) - R(a, b)))

SQUARED_LOSS_GRADIENT = theorem(
    "optimization.squared_loss_gradient",
    "The gradient of the squared loss",
    variables=[m, p, q, x, y, R],
    conclusion=has_gradient(p, q, loss, R, loss_gradient),
    prose="The gradient of $\\frac12 \\sum_i \\lVert R x_i - y_i \\rVert^2$ is $\\sum_i (R x_i - y_i) x_i^\\top$.",
    source="Elementary.",
    proof=[
        let("size_def", size, Sum(i, 1, m, Sum(b, 1, q, Abs(x(i, b))))),
        have("size", size >= 0, by("sign", rewrite=["size_def"])),
        let("spread_def", spread, table_sum(num(1))),
        have("spread", spread >= 0, by("sign", rewrite=["spread_def"])),
        let("count_def", count, Sum(i, 1, m, num(1))),
        have("count", count >= 0, by("sign", rewrite=["count_def"])),
        unfold("", "goal", has_gradient),
        take(epsilon), assume("epsilon_positive"),
        have("scale", count * size**2 * spread + 1 > 0, by("sign", "size", "count", "spread")),
        let("delta_def", delta, epsilon / (count * size**2 * spread + 1)),
        have("delta_positive", delta > 0, by("sign", "epsilon_positive", "scale", rewrite=["delta_def"])),
        have("cleared", Eq(delta * (count * size**2 * spread + 1), epsilon), by("field", "scale", rewrite=["delta_def"])),
        witness(delta),
        conjunction(
            [qed(by("logic", "delta_positive"))],
            [take(Q), assume("near"),
             have("distance_nonnegative", distance >= 0, by("sign")),
             have("short", distance <= table_sum(delta), proof=[
                 have("rows", forall_in(a, 1, p, row <= Sum(b, 1, q, delta)), proof=[
                     take(a), assume("a_low", "a_high"),
                     have("entries", forall_in(b, 1, q, Abs(Q(a, b) - R(a, b)) <= delta), proof=[
                         take(b), assume("b_low", "b_high"), qed(by("logic", at("near", a, b)))]),
                     qed(by("sum", "entries"))]),
                 qed(by("sum", "rows"))]),
             have("spread_out", Eq(table_sum(delta), delta * spread), by("ring", rewrite=["spread_def"])),
             have("errors", forall_in(i, 1, m, forall_in(a, 1, p, moved**2 <= size**2 * distance * row)), proof=[
                 take(i), assume("i_low", "i_high"), take(a), assume("a_low", "a_high"),
                 have("terms", forall_in(b, 1, q, Abs((Q(a, b) - R(a, b)) * x(i, b)) <= size * Abs(Q(a, b) - R(a, b))), proof=[
                     take(b), assume("b_low", "b_high"),
                     have("product", Eq(Abs((Q(a, b) - R(a, b)) * x(i, b)), Abs(Q(a, b) - R(a, b)) * Abs(x(i, b))), by("ring")),
                     have("one_entry", Abs(x(i, b)) <= Sum(b, 1, q, Abs(x(i, b))), by("sum")),
                     have("one_sample", Sum(b, 1, q, Abs(x(i, b))) <= Sum(i, 1, m, Sum(b, 1, q, Abs(x(i, b)))), by("sum")),
                     have("room", (size - Abs(x(i, b))) * Abs(Q(a, b) - R(a, b)) >= 0, proof=[
                         have("gap", size - Abs(x(i, b)) >= 0, by("linear", "one_entry", "one_sample", "size_def")), qed(by("sign", "gap"))]),
                     qed(by("linear", "product", "room"))]),
                 apply("sums", "calculus.triangle_for_sums", {
                     "m": q, "a": Lam(b, (Q(a, b) - R(a, b)) * x(i, b)), "b": Lam(b, size * Abs(Q(a, b) - R(a, b)))}),
                 have("factor", Eq(Sum(b, 1, q, size * Abs(Q(a, b) - R(a, b))), size * row), by("ring")),
                 have("bound", Abs(moved) <= size * row, by("linear", "sums", "factor")),
                 have("one_row", row <= distance, by("sum")),
                 have("row_nonnegative", row >= 0, by("sign")),
                 have("first", (size * row - Abs(moved)) * Abs(moved) >= 0, proof=[
                     have("gap", size * row - Abs(moved) >= 0, by("linear", "bound")), qed(by("sign", "gap"))]),
                 have("second", size * row * (size * row - Abs(moved)) >= 0, proof=[
                     have("gap", size * row - Abs(moved) >= 0, by("linear", "bound")), qed(by("sign", "gap", "size", "row_nonnegative"))]),
                 have("third", size**2 * row * (distance - row) >= 0, proof=[
                     have("gap", distance - row >= 0, by("linear", "one_row")), qed(by("sign", "gap", "size", "row_nonnegative"))]),
                 have("square", Eq(Abs(moved) * Abs(moved), moved**2), by("ring")),
                 qed(by("linear", "first", "second", "third", "square"))]),
             have("per_sample", forall_in(i, 1, m, Sum(a, 1, p, moved**2) <= Sum(a, 1, p, size**2 * distance * row)), proof=[
                 take(i), assume("i_low", "i_high"),
                 have("rows", forall_in(a, 1, p, moved**2 <= size**2 * distance * row), proof=[
                     take(a), assume("a_low", "a_high"), qed(by("logic", at("errors", i, a)))]),
                 qed(by("sum", "rows"))]),
             have("total", over_errors(moved**2) <= Sum(i, 1, m, Sum(a, 1, p, size**2 * distance * row)), by("sum", "per_sample")),
             have("collected", Eq(Sum(i, 1, m, Sum(a, 1, p, size**2 * distance * row)), count * size**2 * distance**2),
                  by("ring", rewrite=["count_def"])),
             have("exact", Eq(squared_loss(m, p, q, x, y, Q) - squared_loss(m, p, q, x, y, R)
                              - table_sum(loss_gradient(a, b) * (Q(a, b) - R(a, b))), HALF * over_errors(moved**2)),
                  by("ring", unfold=[squared_loss])),
             have("nonnegative", over_errors(moved**2) >= 0, by("sign")),
             have("plain", Eq(Abs(HALF * over_errors(moved**2)), HALF * over_errors(moved**2)), by("ring")),
             have("room", count * size**2 * distance * (delta * spread - distance) >= 0, proof=[
                 have("gap", delta * spread - distance >= 0, by("linear", "short", "spread_out")),
                 qed(by("sign", "gap", "count", "size", "distance_nonnegative"))]),
             have("rest", delta * distance >= 0, by("sign", "delta_positive", "distance_nonnegative")),
             have("product", Eq(epsilon * distance, delta * (count * size**2 * spread + 1) * distance), by("ring", rewrite=["cleared"])),
             have("positive_part", epsilon * distance >= 0, by("sign", "epsilon_positive", "distance_nonnegative")),
             qed(by("linear", "plain", "total", "collected", "room", "rest", "product", "positive_part", rewrite=["exact"]))]),
    ],
    notation={**NOTATION, "size": "M", "count": "N", "spread": "C"},
)  # fmt: skip

SQUARED_LOSS_CONVEX = theorem(
    "optimization.squared_loss_convex",
    "The squared loss is convex",
    variables=[m, p, q, x, y],
    conclusion=convex_table(loss),
    prose="$\\frac12 \\sum_i \\lVert R x_i - y_i \\rVert^2$ is a convex function of $R$.",
    source="Elementary.",
    proof=[
        unfold("", "goal", convex_table),
        take(R, Q, t), assume("low", "high"),
        have("rest", 1 - t >= 0, by("linear", "high")),
        have("gap", Eq(
            (1 - t) * squared_loss(m, p, q, x, y, R) + t * squared_loss(m, p, q, x, y, Q) - squared_loss(m, p, q, x, y, mixture(R, Q, t)),
            HALF * (t * (1 - t) * over_errors(moved**2))), by("ring", unfold=[squared_loss])),
        have("square", over_errors(moved**2) >= 0, by("sign")),
        have("product", t * (1 - t) * over_errors(moved**2) >= 0, by("sign", "low", "rest", "square")),
        qed(by("linear", "gap", "product")),
    ],
)  # fmt: skip
