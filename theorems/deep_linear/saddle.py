"""Where the loss has a gradient that is not 0, the weights are neither a local minimum nor a local maximum."""

from symproof.logic.syntax import And, Eq, Not, num
from symproof.proof.author import apply, by, conjunction, contradiction, have, obtain, qed, unfold
from symproof.proof.theorem import theorem
from theorems.deep_linear.layer_gradient import gradient, in_entry
from theorems.deep_linear.narrow_input import nonzero_gradient
from theorems.deep_linear.objective import F, G, layer_gradient, objective, objective_of_weights, whole
from theorems.deep_linear.product import NOTATION, L, V, W, a, b, d, j
from theorems.deep_linear.product_invariance import ORIGIN
from theorems.deep_linear.widths import widths
from theorems.optimization.local_extremum import local_maximum, local_minimum, r


def no_extremum(kind, neighbour, fermat):
    """No local extremum of one kind, by the theorems about this kind."""
    return [
        contradiction("extremum",
            have("claim", kind(L, d, objective_of_weights, W), by("logic", "extremum")),
            unfold("radius", "claim", kind),
            obtain(r, ("r_positive", "extremal"), "radius"),
            have("half", r / 2 > 0, by("linear", "r_positive")),
            apply("found", "deep_linear.escape", {"rho": r / 2}, using={"gradient": "nonzero", "radius": "half"}),
            obtain(V, ("near", "same", "moves"), "found"),
            apply("V_gradient", "optimization.gradient_of_entries", {"p": d(L), "q": d(0), "R": whole(W), "S": whole(V)},
                  using={"gradient": "gradient", "same": "same"}),
            apply("value", "optimization.value_of_entries", {"p": d(L), "q": d(0), "R": whole(W), "Q": whole(V)},
                  using={"gradient": "gradient", "same": "same"}),
            have("equal", Eq(objective(L, d, F, V), objective(L, d, F, W)), by("rewrite", "value", unfold=[objective])),
            apply("neighbour", neighbour, {"f": objective_of_weights, "rho": r / 2}),
            obtain(j, ("j_low", "j_high", "layer"), "moves"),
            obtain(a, ("a_low", "a_high", "row"), "layer"),
            obtain(b, ("b_low", "b_high", "entry"), "row"),
            apply("derivative", "deep_linear.partial_derivative", {"W": V},
                  using={"layer": "j_low", "last": "j_high", "row": "a_low", "last_row": "a_high", "column": "b_low", "last_column": "b_high",
                         "gradient": "V_gradient"}),
            apply("zero", fermat, {"f": objective_of_weights, "W": V, "D": in_entry, "q": layer_gradient(L, d, V, G, j, a, b)},
                  using={"extremum": "neighbour", "derivative": "derivative"}),
            qed(by("logic", "zero", "entry"))),
    ]  # fmt: skip


SADDLE = theorem(
    "deep_linear.saddle",
    "Where the gradient of the loss is not 0 there is no local minimum and no local maximum",
    variables=[L, d, F, W, G],
    hypotheses={"depth": num(1) <= L, "widths": widths, "gradient": gradient, "nonzero": nonzero_gradient},
    conclusion=And(Not(local_minimum(L, d, objective_of_weights, W)), Not(local_maximum(L, d, objective_of_weights, W))),
    prose="If every hidden layer is at least as wide as the input or the output, whichever is smaller, and the loss has a gradient $G \\ne 0$ "
    "at the product of the layers, then the weights are neither a local minimum nor a local maximum of the objective. In particular "
    "a critical point with $G \\ne 0$ is a saddle.",
    origin=ORIGIN,
    source="The loss need be differentiable at this one product only.",
    proof=[
        conjunction(
            no_extremum(local_minimum, "optimization.equal_value_neighbour", "optimization.fermat"),
            no_extremum(local_maximum, "optimization.equal_value_neighbour_of_maximum", "optimization.fermat_for_maxima")),
    ],
    notation=NOTATION,
    extra={"main": True},
)  # fmt: skip
