"""The squared loss of a linear map above its smallest value is bounded by its gradient."""

from symproof.logic.syntax import Eq, ForAll, Lam, Sum, family, forall_in, real
from symproof.proof.author import apply, assume, at, by, have, qed, take
from symproof.proof.theorem import theorem
from theorems.optimization.gradient import Q, R, a, b, p, q
from theorems.optimization.squared_loss import HALF, c, i, loss_gradient, m, over_errors, residual, squared_loss, x, y

T, E, M = family("T E M", 2)
v = family("v")
mu = real("mu")

kept = forall_in(i, 1, m, forall_in(b, 1, q, Eq(Sum(c, 1, q, T(b, c) * x(i, c)), x(i, b))))
curved = ForAll(
    v, mu * Sum(c, 1, q, Sum(b, 1, q, v(b) * T(b, c)) ** 2) <= Sum(i, 1, m, Sum(b, 1, q, v(b) * x(i, b)) ** 2)
)


def over_table(term):
    """The sum over the table of the gradient."""
    return Sum(a, 1, p, Sum(c, 1, q, term))


step = Sum(b, 1, q, (R(a, b) - Q(a, b)) * x(i, b))
reduced = Sum(b, 1, q, (R(a, b) - Q(a, b)) * T(b, c))

bounded = squared_loss(m, p, q, x, y, R) - squared_loss(m, p, q, x, y, Q) <= over_table(loss_gradient(a, c) ** 2) / (
    2 * mu
)

ADJOINT = theorem(
    "optimization.errors_and_gradient",
    "Errors times outputs are the gradient times the map",
    variables=[m, p, q, x, E, M],
    conclusion=Eq(over_errors(E(i, a) * Sum(c, 1, q, M(a, c) * x(i, c))), over_table(Sum(i, 1, m, E(i, a) * x(i, c)) * M(a, c))),
    prose="$\\sum_i e_i \\cdot M x_i$ is the inner product of $\\sum_i e_i x_i^\\top$ and $M$.",
    source="Elementary.",
    proof=[qed(by("ring"))],
)  # fmt: skip

SQUARED_LOSS_GAP = theorem(
    "optimization.squared_loss_gap",
    "The gradient of the squared loss bounds the distance to its smallest value",
    variables=[m, p, q, x, y, R, T, mu],
    hypotheses={"positive": mu > 0, "kept": kept, "curved": curved},
    conclusion=ForAll(Q, bounded),
    prose="Let $T$ map every sample to itself, and let $\\mu \\lVert T^\\top v \\rVert^2 \\le \\sum_i (v \\cdot x_i)^2$ for all $v$ (for instance the "
    "projection onto the span of the samples and the smallest eigenvalue of $\\sum_i x_i x_i^\\top$ that is not 0). Then the squared loss of $R$ "
    "exceeds that of any other map by at most $\\lVert G \\rVert^2 / (2 \\mu)$, where $G$ is its gradient.",
    source="The inequality of Polyak and Łojasiewicz. Elementary.",
    proof=[
        take(Q),
        have("through", forall_in(i, 1, m, forall_in(a, 1, p, Eq(step, Sum(c, 1, q, reduced * x(i, c))))), proof=[
            take(i), assume("i_low", "i_high"), take(a), assume("a_low", "a_high"),
            have("terms", forall_in(b, 1, q, Eq((R(a, b) - Q(a, b)) * x(i, b), (R(a, b) - Q(a, b)) * Sum(c, 1, q, T(b, c) * x(i, c)))), proof=[
                take(b), assume("b_low", "b_high"), qed(by("ring", rewrite=[at("kept", i, b)]))]),
            have("sums", Eq(step, Sum(b, 1, q, (R(a, b) - Q(a, b)) * Sum(c, 1, q, T(b, c) * x(i, c)))), by("sum", "terms")),
            have("turned", Eq(Sum(b, 1, q, (R(a, b) - Q(a, b)) * Sum(c, 1, q, T(b, c) * x(i, c))), Sum(c, 1, q, reduced * x(i, c))), by("ring")),
            qed(by("linear", "sums", "turned"))]),
        have("weighted", forall_in(i, 1, m, forall_in(a, 1, p, Eq(residual(R) * step, residual(R) * Sum(c, 1, q, reduced * x(i, c))))), proof=[
            take(i), assume("i_low", "i_high"), take(a), assume("a_low", "a_high"), qed(by("ring", rewrite=[at("through", i, a)]))]),
        have("per_sample", forall_in(i, 1, m, Eq(Sum(a, 1, p, residual(R) * step), Sum(a, 1, p, residual(R) * Sum(c, 1, q, reduced * x(i, c))))), proof=[
            take(i), assume("i_low", "i_high"),
            have("terms", forall_in(a, 1, p, Eq(residual(R) * step, residual(R) * Sum(c, 1, q, reduced * x(i, c)))), proof=[
                take(a), assume("a_low", "a_high"), qed(by("logic", at("weighted", i, a)))]),
            qed(by("sum", "terms"))]),
        have("inner", Eq(over_errors(residual(R) * step), over_errors(residual(R) * Sum(c, 1, q, reduced * x(i, c)))), by("sum", "per_sample")),
        apply("slopes", "optimization.errors_and_gradient", {"E": Lam((i, a), residual(R)), "M": Lam((a, c), reduced)}),
        have("exact", Eq(squared_loss(m, p, q, x, y, R) - squared_loss(m, p, q, x, y, Q),
                         over_errors(residual(R) * step) - HALF * over_errors(step**2)), by("ring", unfold=[squared_loss])),
        have("rows", forall_in(a, 1, p, mu * Sum(c, 1, q, reduced**2) <= Sum(i, 1, m, step**2)), proof=[
            take(a), assume("a_low", "a_high"), qed(by("logic", at("curved", Lam(b, R(a, b) - Q(a, b)))))]),
        have("all_rows", Sum(a, 1, p, mu * Sum(c, 1, q, reduced**2)) <= Sum(a, 1, p, Sum(i, 1, m, step**2)), by("sum", "rows")),
        have("collected", Eq(Sum(a, 1, p, mu * Sum(c, 1, q, reduced**2)), mu * over_table(reduced**2)), by("ring")),
        have("swapped", Eq(Sum(a, 1, p, Sum(i, 1, m, step**2)), over_errors(step**2)), by("ring")),
        have("square", over_table((loss_gradient(a, c) - mu * reduced) ** 2) >= 0, by("sign")),
        have("expanded", Eq(over_table((loss_gradient(a, c) - mu * reduced) ** 2),
                            over_table(loss_gradient(a, c) ** 2) - 2 * mu * over_table(loss_gradient(a, c) * reduced) + mu**2 * over_table(reduced**2)),
             by("ring")),
        have("curvature", mu * (over_errors(step**2) - mu * over_table(reduced**2)) >= 0, proof=[
            have("rest", over_errors(step**2) - mu * over_table(reduced**2) >= 0, by("linear", "all_rows", "collected", "swapped")),
            qed(by("sign", "positive", "rest"))]),
        have("gap", Eq(squared_loss(m, p, q, x, y, R) - squared_loss(m, p, q, x, y, Q),
                       over_table(loss_gradient(a, c) * reduced) - HALF * over_errors(step**2)), by("linear", "exact", "inner", "slopes")),
        have("scaled", Eq(2 * mu * (squared_loss(m, p, q, x, y, R) - squared_loss(m, p, q, x, y, Q)),
                          2 * mu * over_table(loss_gradient(a, c) * reduced) - mu * over_errors(step**2)), by("ring", rewrite=["gap"])),
        have("bound", 2 * mu * (squared_loss(m, p, q, x, y, R) - squared_loss(m, p, q, x, y, Q)) <= over_table(loss_gradient(a, c) ** 2),
             by("linear", "scaled", "square", "expanded", "curvature")),
        have("quotient", Eq(squared_loss(m, p, q, x, y, R) - squared_loss(m, p, q, x, y, Q),
                            2 * mu * (squared_loss(m, p, q, x, y, R) - squared_loss(m, p, q, x, y, Q)) / (2 * mu)), by("field", "positive")),
        have("room", (over_table(loss_gradient(a, c) ** 2) - 2 * mu * (squared_loss(m, p, q, x, y, R) - squared_loss(m, p, q, x, y, Q))) / (2 * mu) >= 0, proof=[
            have("rest", over_table(loss_gradient(a, c) ** 2) - 2 * mu * (squared_loss(m, p, q, x, y, R) - squared_loss(m, p, q, x, y, Q)) >= 0,
                 by("linear", "bound")),
            qed(by("sign", "rest", "positive"))]),
        qed(by("linear", "quotient", "room")),
    ],
    notation={"mu": "\\mu"},
    extra={"main": True},
)  # fmt: skip
