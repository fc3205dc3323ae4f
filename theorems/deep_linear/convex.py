"""A convex loss of the product: local minima are global, and the gradient of the loss tells which points they are."""

from symproof.logic.syntax import And, ForAll, Iff, Implies, Not, num
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
    qed,
    take,
    unfold,
    witness,
)  # fmt: skip
from symproof.proof.theorem import theorem
from theorems.deep_linear.critical_points import no_extremum, weights
from theorems.deep_linear.full_rank import FULL_RANK, P, T, zero_gradient
from theorems.deep_linear.layer_gradient import gradient
from theorems.deep_linear.narrow_input import nonzero_gradient
from theorems.deep_linear.objective import F, G, objective, objective_of_weights, whole
from theorems.deep_linear.product import NOTATION, L, V, W, a, b, d, j
from theorems.deep_linear.product_invariance import ORIGIN
from theorems.deep_linear.widths import widths
from theorems.optimization.convex_table import convex_table
from theorems.optimization.fermat import critical
from theorems.optimization.local_extremum import local_minimum

best = ForAll(V, objective(L, d, F, W) <= objective(L, d, F, V))

MINIMUM = theorem(
    "deep_linear.convex_minimum",
    "Where the gradient of a convex loss is 0, the objective is smallest",
    variables=[L, d, F, W, G],
    hypotheses={"depth": num(1) <= L, "convex": convex_table(F), "gradient": gradient, "zero": zero_gradient},
    conclusion=best,
    prose="If the loss is convex and has the gradient 0 at the product of the layers, no weights have a smaller objective.",
    origin=ORIGIN,
    proof=[
        apply("smallest", "optimization.convex_minimum", {"p": d(L), "q": d(0), "R": whole(W)}),
        take(V),
        qed(by("linear", at("smallest", whole(V)), unfold=[objective])),
    ],
    notation=NOTATION,
)  # fmt: skip

CONVEX = theorem(
    "deep_linear.convex",
    "Deep linear networks with a convex loss",
    variables=[L, d, F, W, G],
    hypotheses={"depth": num(1) <= L, "widths": widths, "convex": convex_table(F), "gradient": gradient},
    conclusion=And(
        Iff(best, zero_gradient),
        Implies(local_minimum(*weights), best),
        Implies(nonzero_gradient, no_extremum),
    ),
    prose="Let every hidden layer be at least as wide as the input or the output, whichever is smaller, and let the loss be convex, with "
    "gradient $G$ at the product of the layers. The weights are a global minimum of the objective if and only if $G = 0$; every local "
    "minimum is global; where $G \\ne 0$ there is neither a local minimum nor a local maximum, so a critical point is a saddle there.",
    origin=ORIGIN,
    source="Beyond squared loss and full rank data; the weights need not be critical.",
    proof=[
        have("smallest", Implies(zero_gradient, best), proof=[
            assume("zero"), apply("minimum", "deep_linear.convex_minimum"), qed(by("logic", "minimum"))]),
        have("saddle", Implies(nonzero_gradient, no_extremum), proof=[
            assume("nonzero"), apply(("no_minimum", "no_maximum"), "deep_linear.saddle"), qed(by("logic", "no_minimum", "no_maximum"))]),
        have("local", Implies(local_minimum(*weights), zero_gradient), proof=[
            assume("minimum"),
            cases(
                case("some", nonzero_gradient, have("none", no_extremum, by("logic", "saddle", "some")),
                     contradiction("any", qed(by("logic", "none", "minimum")))),
                case("none", Not(nonzero_gradient),
                     take(a), assume("a_low", "a_high"), take(b), assume("b_low", "b_high"),
                     contradiction("entry",
                         have("some", nonzero_gradient, proof=[
                             witness(a), conjunction([qed(by("logic", "a_low"))], [qed(by("logic", "a_high"))],
                                                     [witness(b), qed(by("sign", "b_low", "b_high", "entry"))])]),
                         qed(by("logic", "some", "none")))),
                exhaustive=by("logic"))]),
        have("global_is_local", Implies(best, local_minimum(*weights)), proof=[
            assume("smallest_value"),
            unfold("", "goal", local_minimum),
            witness(1),
            conjunction([qed(by("ring"))], [take(V), assume("near"), qed(by("logic", at("smallest_value", V)))])]),
        conjunction(
            [qed(by("logic", "smallest", "local", "global_is_local"))],
            [assume("minimum"), qed(by("logic", "smallest", "local", "minimum"))],
            [qed(by("logic", "saddle"))]),
    ],
    notation=NOTATION,
    extra={"main": True},
)  # fmt: skip

MIN_WIDTH_RANK = theorem(
    "deep_linear.min_width_rank",
    "A critical point with full ranks and a convex loss",
    variables=[L, d, F, W, G, T, P, j],
    hypotheses={**FULL_RANK, "convex": convex_table(F), "gradient": gradient, "critical": critical(L, d, objective_of_weights, W)},
    conclusion=best,
    prose="If the loss is convex, and for some layer the product of the layers after it has a right inverse and that of the layers before it a "
    "left inverse, then a critical point is a global minimum of the objective, whatever the widths.",
    origin=ORIGIN,
    proof=[
        apply("zero", "deep_linear.full_rank_critical"),
        apply("minimum", "deep_linear.convex_minimum"),
        qed(by("logic", "minimum")),
    ],
    notation=NOTATION,
    extra={"main": True},
)  # fmt: skip
