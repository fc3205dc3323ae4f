"""What the theorem would say without its hypothesis on widths: two claims, and what refutes them."""

from symproof.logic.syntax import And, Eq, Exists, Implies, Ite, Lam, Ne, Not, exists_in, num
from symproof.proof.author import apply, assume, at, by, conjunction, have, obtain, qed, take, unfold, witness
from symproof.proof.theorem import theorem
from theorems.deep_linear.convex import best
from theorems.deep_linear.critical_points import no_extremum, weights
from theorems.deep_linear.layer_gradient import gradient
from theorems.deep_linear.narrow_input import nonzero_gradient
from theorems.deep_linear.narrow_minimum import gradient_at, loss, point
from theorems.deep_linear.objective import F, G, objective
from theorems.deep_linear.product import NOTATION, L, V, W, a, b, d, i, product
from theorems.deep_linear.product_invariance import ORIGIN
from theorems.optimization.convex_table import convex_table
from theorems.optimization.fermat import critical
from theorems.optimization.gradient import R, has_gradient
from theorems.optimization.local_extremum import local_minimum
from theorems.optimization.table_extremum import differentiable

CRITICAL_HYPOTHESES = {
    "depth": num(1) <= L, "differentiable": differentiable(d(L), d(0), F), "gradient": gradient, "critical": critical(*weights),
}  # fmt: skip
CONVEX_HYPOTHESES = {
    "depth": num(1) <= L, "convex": convex_table(F), "differentiable": differentiable(d(L), d(0), F),
    "minimum": local_minimum(*weights),
}  # fmt: skip
saddle = Implies(nonzero_gradient, no_extremum)

CLAIM = theorem(
    "deep_linear.no_width_claim",
    "Where the gradient of the loss is not 0 a critical point is a saddle, whatever the widths (a false claim)",
    variables=[L, d, F, W, G],
    hypotheses=CRITICAL_HYPOTHESES,
    conclusion=saddle,
    prose="Part (1) of the theorem on critical points without its hypothesis on widths: let the loss be differentiable, with gradient $G$ at the "
    "product of the layers, and let the weights be a critical point of the objective. If $G \\ne 0$, they are neither a local minimum nor a "
    "local maximum. This is false.",
    origin=ORIGIN,
    source="The paper has the hypothesis; this is what it would say without it.",
    notation=NOTATION,
    extra={"main": True},
    refuted_by="deep_linear.no_width_refutation",
)  # fmt: skip

CONVEX_CLAIM = theorem(
    "deep_linear.no_width_convex_claim",
    "For a convex loss every local minimum is global, whatever the widths (a false claim)",
    variables=[L, d, F, W],
    hypotheses=CONVEX_HYPOTHESES,
    conclusion=best,
    prose="The theorem on convex losses without its hypothesis on widths: if the loss is convex and differentiable, every local minimum of the "
    "objective is a global minimum. This is false.",
    source="Laurent and von Brecht have the hypothesis; this is what they would say without it. Kawaguchi has none on widths, but squared loss "
    "and assumptions on the data.",
    notation=NOTATION,
    extra={"main": True},
    refuted_by="deep_linear.no_width_convex_refutation",
)  # fmt: skip

sizes = Lam(i, Ite(Eq(i, 1), num(1), num(2)))
"""One hidden unit between two inputs and two outputs."""
SIZES = [
    have("input", Eq(sizes(0), 2), by("ring")),
    have("hidden", Eq(sizes(1), 1), by("ring")),
    have("output", Eq(sizes(2), 2), by("ring")),
    apply(("minimum", "better", "corner"), "deep_linear.narrow_minimum", {"d": sizes}),
    have("smooth", differentiable(sizes(2), sizes(0), loss), proof=[
        unfold("", "goal", differentiable),
        take(R),
        apply("own", "deep_linear.narrow_loss_gradient"),
        witness(gradient_at),
        qed(by("rewrite", "output", "input", "own"))]),
]  # fmt: skip


def own_entry(row, column):
    """An entry of the product of the layers of the point."""
    return product(2, 0, sizes, point, row, column)


at_product = Lam((a, b), Ite(Eq(a, b), own_entry(a, b) - (3 - a), 4 * own_entry(a, b)))

REFUTATION = theorem(
    "deep_linear.no_width_refutation",
    "A narrow network with a local minimum where the gradient of the loss is not 0",
    conclusion=Exists((L, d, F, W, G), And(*CRITICAL_HYPOTHESES.values(), Not(saddle))),
    prose="There are a deep linear network, a differentiable loss and weights that are a local minimum, hence critical, though the gradient of the "
    "loss is not 0 at their product: two inputs, one hidden unit and two outputs.",
    source="Derived here, by the same network as the one that refutes the claim on convex losses.",
    proof=[
        *SIZES,
        apply("loss_gradient", "deep_linear.narrow_loss_gradient", {"R": Lam((a, b), own_entry(a, b))}),
        have("slope", has_gradient(sizes(2), sizes(0), loss, Lam((a, b), own_entry(a, b)), at_product),
             by("rewrite", "output", "input", "loss_gradient")),
        apply("critical", "deep_linear.local_minimum_is_critical", {"L": 2, "d": sizes, "F": loss, "G": at_product, "W": point}, using={"gradient": "slope"}),
        have("entry", Eq(at_product(1, 1), own_entry(1, 1) - 2), by("ring")),
        have("negative", at_product(1, 1) < 0, by("linear", "entry", "corner")),
        have("not_zero", Ne(at_product(1, 1), 0), by("sign", "negative")),
        have("row", num(1) <= sizes(2), by("linear", "output")),
        have("column", num(1) <= sizes(0), by("linear", "input")),
        have("nonzero", exists_in(a, 1, sizes(2), exists_in(b, 1, sizes(0), Ne(at_product(a, b), 0))), proof=[
            witness(1), conjunction([qed(by("ring"))], [qed(by("logic", "row"))],
                [witness(1), conjunction([qed(by("ring"))], [qed(by("logic", "column"))], [qed(by("logic", "not_zero"))])])]),
        witness(2, sizes, loss, point, at_product),
        conjunction(
            [qed(by("ring"))], [qed(by("logic", "smooth"))], [qed(by("logic", "slope"))], [qed(by("logic", "critical"))],
            [assume("claim"), qed(by("logic", "claim", "nonzero", "minimum"))]),
    ],
    notation=NOTATION,
)  # fmt: skip

CONVEX_REFUTATION = theorem(
    "deep_linear.no_width_convex_refutation",
    "A narrow network with a convex loss and a local minimum that is not global",
    conclusion=Exists((L, d, F, W), And(*CONVEX_HYPOTHESES.values(), Not(best))),
    prose="There are a deep linear network, a convex and differentiable loss, and weights that are a local minimum of the objective without being "
    "a global one: two inputs, one hidden unit and two outputs.",
    source="Derived here.",
    proof=[
        *SIZES,
        apply("convex", "deep_linear.narrow_loss_convex"),
        witness(2, sizes, loss, point),
        conjunction(
            [qed(by("ring"))], [qed(by("logic", "convex"))], [qed(by("logic", "smooth"))], [qed(by("logic", "minimum"))],
            [assume("best"), obtain(V, "lower", "better"), have("worse", objective(2, sizes, loss, point) <= objective(2, sizes, loss, V), by("logic", at("best", V))),
             qed(by("linear", "lower", "worse"))]),
    ],
    notation=NOTATION,
)  # fmt: skip
