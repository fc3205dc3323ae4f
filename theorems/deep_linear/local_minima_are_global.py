"""Corollaries of the literature: local minima are global, and other critical points are saddles."""

from symproof.logic.syntax import And, Implies, Lam, Not, Or, Sum, num
from symproof.proof.author import (
    apply,
    assume,
    at,
    by,
    case,
    cases,
    conjunction,
    contradiction,
    have,
    obtain,
    qed,
    take,
    unfold,
    witness,
)  # fmt: skip
from symproof.proof.theorem import Citation, theorem
from theorems.deep_linear import squared_loss as squared
from theorems.deep_linear.convex import best
from theorems.deep_linear.critical_points import no_extremum, weights
from theorems.deep_linear.full_rank import zero_gradient
from theorems.deep_linear.narrow_input import nonzero_gradient
from theorems.deep_linear.objective import F, G, whole
from theorems.deep_linear.product import NOTATION, L, W, a, b, c, d, i
from theorems.deep_linear.product_invariance import ORIGIN
from theorems.deep_linear.widths import widths
from theorems.optimization.convex_table import convex_table
from theorems.optimization.fermat import critical
from theorems.optimization.gradient import Q, R
from theorems.optimization.local_extremum import local_maximum, local_minimum
from theorems.optimization.squared_loss import m, squared_loss, x, y
from theorems.optimization.table_extremum import differentiable
from theorems.works import KAWAGUCHI_2016, LAURENT_2018

CONVEX = {
    "depth": num(1) <= L, "widths": widths, "convex": convex_table(F), "differentiable": differentiable(d(L), d(0), F),
}  # fmt: skip
own_gradient = [
    unfold("gradients", "differentiable", differentiable),
    obtain(G, "gradient", at("gradients", whole(W))),
]  # fmt: skip

GLOBAL_OR_SADDLE = theorem(
    "deep_linear.global_or_saddle",
    "With a convex loss a critical point is a global minimum or a saddle",
    variables=[L, d, F, W],
    hypotheses={**CONVEX, "critical": critical(*weights)},
    conclusion=Or(best, no_extremum),
    prose="Let every hidden layer be at least as wide as the input or the output, whichever is smaller, and let the loss be convex and "
    "differentiable. Then a critical point of the objective is a global minimum or a saddle: neither a local minimum nor a local maximum.",
    origin=ORIGIN,
    source="Parts (1) and (2) of the theorem on critical points.",
    proof=[
        *own_gradient,
        apply(("saddle", "transfer", "ranks"), "deep_linear.critical_points"),
        cases(
            case("some", nonzero_gradient,
                 have("none", no_extremum, by("logic", "saddle", "some")),
                 qed(by("logic", "none"))),
            case("none", Not(nonzero_gradient),
                 have("zero", zero_gradient, proof=[
                     take(a), assume("a_low", "a_high"), take(b), assume("b_low", "b_high"),
                     contradiction("entry",
                         have("some", nonzero_gradient, proof=[
                             witness(a), conjunction([qed(by("logic", "a_low"))], [qed(by("logic", "a_high"))],
                                                     [witness(b), qed(by("sign", "b_low", "b_high", "entry"))])]),
                         qed(by("logic", "some", "none")))]),
                 apply("smallest", "optimization.convex_minimum", {"p": d(L), "q": d(0), "R": whole(W)}),
                 have("best", best, by("logic", "transfer", "smallest")),
                 qed(by("logic", "best"))),
            exhaustive=by("logic")),
    ],
    notation=NOTATION,
    extra={"main": True},
)  # fmt: skip

LAURENT_VON_BRECHT = theorem(
    "deep_linear.laurent_von_brecht",
    "With a convex loss all local minima are global (Laurent and von Brecht)",
    variables=[L, d, F, W],
    hypotheses={**CONVEX, "minimum": local_minimum(*weights)},
    conclusion=best,
    prose="Let every hidden layer be at least as wide as the input or the output, whichever is smaller, and let the loss be convex and "
    "differentiable. Then every local minimum of the objective is a global minimum.",
    origin=Citation(LAURENT_2018, "abstract"),
    source="A corollary of the theorem on critical points, by way of the result that it is a global minimum or a saddle. The hypothesis on widths "
    "is needed, see the claim without it.",
    proof=[
        *own_gradient,
        apply("critical", "deep_linear.local_minimum_is_critical"),
        apply("either", "deep_linear.global_or_saddle"),
        qed(by("logic", "either", "minimum")),
    ],
    notation=NOTATION,
    extra={"main": True},
)  # fmt: skip

own_loss = Lam(Q, squared_loss(m, d(L), d(0), x, y, Q))

KAWAGUCHI = theorem(
    "deep_linear.kawaguchi",
    "With squared loss all local minima are global, other critical points saddles (Kawaguchi)",
    variables=[L, d, m, x, y, W],
    hypotheses={"depth": num(1) <= L, "widths": widths},
    conclusion=And(
        Implies(local_minimum(*squared.weights), squared.smallest),
        Implies(And(critical(*squared.weights), Not(squared.smallest)),
                And(Not(local_minimum(*squared.weights)), Not(local_maximum(*squared.weights)))),
    ),
    prose="Let every hidden layer be at least as wide as the input or the output, whichever is smaller. For squared loss on any data, every local "
    "minimum is a global minimum, and every critical point that is not a global minimum is a saddle: neither a local minimum nor a local "
    "maximum.",
    origin=Citation(KAWAGUCHI_2016, "abstract, statements 2 and 3"),
    source="A corollary of the theorem on critical points. The paper allows narrow hidden layers and assumes data of full rank, not more outputs than "
    "inputs, and distinct eigenvalues (of its text only the abstract was seen); here the data are arbitrary, and it does not matter whether "
    "the input or the output is smaller. Statements 1 (the objective is not convex) and 4 (on Hessians) are not part of it.",
    proof=[
        apply("convex", "optimization.squared_loss_convex", {"p": d(L), "q": d(0)}),
        have("differentiable", differentiable(d(L), d(0), own_loss), proof=[
            unfold("", "goal", differentiable),
            take(R),
            apply("own", "optimization.squared_loss_gradient", {"p": d(L), "q": d(0)}),
            witness(Lam((a, c), Sum(i, 1, m, (Sum(b, 1, d(0), R(a, b) * x(i, b)) - y(i, a)) * x(i, c)))),
            qed(by("logic", "own"))]),
        conjunction(
            [assume("minimum"),
             apply("best", "deep_linear.laurent_von_brecht", {"F": own_loss}),
             qed(by("logic", "best"))],
            [assume("critical", "worse"),
             apply("either", "deep_linear.global_or_saddle", {"F": own_loss}),
             qed(by("logic", "either", "worse"))]),
    ],
    notation=NOTATION,
    extra={"main": True},
)  # fmt: skip
