"""Critical points of deep linear networks, for any differentiable loss of the product of the layers."""

from symproof.instances.deep_linear_offer import deep_linear_offer
from symproof.instances.loss_convexity import ConvexityProof
from symproof.logic.syntax import And, ForAll, Implies, Not, num
from symproof.proof.author import apply, assume, by, conjunction, qed, take
from symproof.proof.theorem import theorem
from theorems.calculus.convexity_proof import convexity_theorem, results_for_convexity
from theorems.deep_linear.extrema_of_loss import above, below, global_equivalence
from theorems.deep_linear.full_rank import FULL_RANK, P, T, zero_gradient
from theorems.deep_linear.layer_gradient import gradient
from theorems.deep_linear.narrow_input import nonzero_gradient
from theorems.deep_linear.objective import F, G, objective_of_weights, whole
from theorems.deep_linear.product import NOTATION, L, W, d, j
from theorems.deep_linear.product_invariance import ORIGIN
from theorems.deep_linear.widths import widths
from theorems.optimization.fermat import critical
from theorems.optimization.local_extremum import local_maximum, local_minimum
from theorems.optimization.table_extremum import differentiable, table_maximum, table_minimum

weights = (L, d, objective_of_weights, W)
table = (d(L), d(0), F, whole(W))

no_extremum = And(Not(local_minimum(*weights)), Not(local_maximum(*weights)))
from_loss = And(
    Implies(table_minimum(*table), local_minimum(*weights)),
    Implies(table_maximum(*table), local_maximum(*weights)),
    global_equivalence(below),
    global_equivalence(above),
)
full_rank = ForAll((j, T, P), Implies(And(*FULL_RANK.values()), And(
    zero_gradient,
    Implies(local_minimum(*weights), table_minimum(*table)),
    Implies(local_maximum(*weights), table_maximum(*table)),
)))  # fmt: skip

CRITICAL_POINTS = theorem(
    "deep_linear.critical_points",
    "Critical points of deep linear networks",
    variables=[L, d, F, W, G],
    hypotheses={
        "depth": num(1) <= L, "widths": widths, "differentiable": differentiable(d(L), d(0), F),
        "gradient": gradient, "critical": critical(*weights),
    },
    conclusion=And(Implies(nonzero_gradient, no_extremum), from_loss, full_rank),
    prose="Let every hidden layer be at least as wide as the input or the output, whichever is smaller, let the loss be differentiable, with "
    "gradient $G$ at the product of the layers, and let the weights be a critical point of the objective. (1) If $G \\ne 0$, they are a "
    "saddle: neither a local minimum nor a local maximum. (2) They are a local minimum (maximum) if the product is one of the loss, and a "
    "global minimum (maximum) if and only if the product is one of the loss. (3) If for some layer the product of the layers after it has "
    "full row rank (a right inverse $T$) and that of the layers before it full column rank (a left inverse $P$), then $G = 0$, and the product "
    "is a local minimum (maximum) of the loss if the weights are one of the objective.",
    origin=ORIGIN,
    source="In the paper $F$ is $\\ell_0$ and the objective is $\\ell$; it states (2) for $G = 0$ only.",
    proof=[
        conjunction(
            [assume("nonzero"), apply(("no_minimum", "no_maximum"), "deep_linear.saddle"), qed(by("logic", "no_minimum", "no_maximum"))],
            [conjunction(
                [assume("loss"), apply("local", "deep_linear.local_minimum_of_loss"), qed(by("logic", "local"))],
                [assume("loss"), apply("local", "deep_linear.local_maximum_of_loss"), qed(by("logic", "local"))],
                [apply("global", "deep_linear.global_minimum"), qed(by("logic", "global"))],
                [apply("global", "deep_linear.global_maximum"), qed(by("logic", "global"))])],
            [take(j, T, P), assume(*FULL_RANK),
             conjunction(
                 [apply("zero", "deep_linear.full_rank_critical"), qed(by("logic", "zero"))],
                 [assume("extremum"), apply("loss", "deep_linear.full_rank_minimum"), qed(by("logic", "loss"))],
                 [assume("extremum"), apply("loss", "deep_linear.full_rank_maximum"), qed(by("logic", "loss"))])]),
    ],
    notation=NOTATION,
    extra={"main": True, "instance": deep_linear_offer(ConvexityProof(convexity_theorem, results_for_convexity))},
)  # fmt: skip
