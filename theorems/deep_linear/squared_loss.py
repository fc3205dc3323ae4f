"""What the theorem says of the squared loss, on any data."""

from symproof.logic.syntax import And, Eq, ForAll, Iff, Implies, Lam, Ne, Not, Sum, exists_in, forall_in, num
from symproof.proof.author import (
    apply,
    by,
    conjunction,
    qed,
)  # fmt: skip
from symproof.proof.theorem import theorem
from theorems.deep_linear.objective import objective, whole
from theorems.deep_linear.product import NOTATION, L, V, W, a, b, c, d, i, product
from theorems.deep_linear.product_invariance import ORIGIN
from theorems.deep_linear.widths import widths
from theorems.optimization.gradient import Q
from theorems.optimization.local_extremum import local_maximum, local_minimum
from theorems.optimization.squared_loss import m, squared_loss, x, y

output = Lam((i, a), Sum(b, 1, d(0), product(L, 0, d, W, a, b) * x(i, b)))


def squared(weights):
    """The squared loss of the product of the layers."""
    return objective(L, d, Lam(Q, squared_loss(m, d(L), d(0), x, y, Q)), weights)


weights = (L, d, Lam(V, squared(V)), W)
smallest = ForAll(V, squared(W) <= squared(V))
normal = forall_in(a, 1, d(L), forall_in(c, 1, d(0), Eq(Sum(i, 1, m, (output(i, a) - y(i, a)) * x(i, c)), 0)))
not_normal = exists_in(a, 1, d(L), exists_in(c, 1, d(0), Ne(Sum(i, 1, m, (output(i, a) - y(i, a)) * x(i, c)), 0)))

SQUARED_LOSS = theorem(
    "deep_linear.squared_loss",
    "Deep linear networks with squared loss",
    variables=[L, d, m, x, y, W],
    hypotheses={"depth": num(1) <= L, "widths": widths},
    conclusion=And(
        Iff(smallest, normal),
        Implies(local_minimum(*weights), smallest),
        Implies(not_normal, And(Not(local_minimum(*weights)), Not(local_maximum(*weights)))),
    ),
    prose="Let every hidden layer be at least as wide as the input or the output, whichever is smaller. For squared loss on any data, the "
    "weights are a global minimum if and only if the product of the layers satisfies the normal equations; every local minimum is global; "
    "and where the normal equations fail there is neither a local minimum nor a local maximum.",
    origin=ORIGIN,
    source="The convex case, for the loss $\\frac12 \\sum_i \\lVert R x_i - y_i \\rVert^2$; no assumption on the data.",
    proof=[
        apply("gradient", "optimization.squared_loss_gradient", {"p": d(L), "q": d(0), "R": whole(W)}),
        apply("convex", "optimization.squared_loss_convex", {"p": d(L), "q": d(0)}),
        apply(("minimum", "local", "saddle"), "deep_linear.convex", {
            "F": Lam(Q, squared_loss(m, d(L), d(0), x, y, Q)), "G": Lam((a, c), Sum(i, 1, m, (output(i, a) - y(i, a)) * x(i, c)))}),
        conjunction([qed(by("logic", "minimum"))], [qed(by("logic", "local"))], [qed(by("logic", "saddle"))]),
    ],
    notation=NOTATION,
    extra={"main": True},
)  # fmt: skip
