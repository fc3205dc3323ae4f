"""Extrema of the loss at the product of the layers, and extrema of the objective."""

from symproof.logic.syntax import Abs, Eq, ForAll, Iff, Implies, Min, forall_in, num, real
from symproof.proof.author import (
    apply,
    assume,
    at,
    by,
    conjunction,
    have,
    let,
    obtain,
    qed,
    take,
    unfold,
    witness,
)  # fmt: skip
from symproof.proof.theorem import theorem
from theorems.deep_linear.objective import F, G, Q, objective, objective_of_weights, whole
from theorems.deep_linear.product import NOTATION, L, V, W, a, b, d, product
from theorems.deep_linear.product_invariance import ORIGIN
from theorems.deep_linear.widths import widths
from theorems.optimization.local_extremum import local_maximum, local_minimum, r, rho
from theorems.optimization.table_extremum import differentiable, table_maximum, table_minimum

K = real("K")


def below(one, other):
    """One value is at most the other."""
    return one <= other


def above(one, other):
    """One value is at least the other."""
    return other <= one


def local_proof(table_kind, kind, order):
    """The objective has a local extremum of a kind where the loss has one: the product is continuous."""
    return [
        unfold("meaning", "loss", table_kind),
        obtain(r, ("r_positive", "best"), "meaning"),
        have("depth_nonnegative", num(0) <= L, by("linear", "depth")),
        apply("nearby", "deep_linear.nearby_product", using={"depth": "depth_nonnegative"}),
        obtain(K, ("K_nonnegative", "moves"), "nearby"),
        let("rho_def", rho, Min(1, r / (K + 1))),
        have("rho_positive", rho > 0, by("sign", "r_positive", "K_nonnegative", rewrite=["rho_def"])),
        have("room", (r / (K + 1) - rho) * (K + 1) >= 0, proof=[
            have("gap", r / (K + 1) - rho >= 0, by("linear", "rho_def")), qed(by("sign", "gap", "K_nonnegative"))]),
        have("cleared", Eq(r / (K + 1) * (K + 1), r), by("field", "K_nonnegative")),
        unfold("", "goal", kind),
        witness(rho),
        conjunction(
            [qed(by("logic", "rho_positive"))],
            [take(V), assume("near"),
             have("within", forall_in(a, 1, d(L), forall_in(b, 1, d(0), Abs(product(L, 0, d, V, a, b) - product(L, 0, d, W, a, b)) < r)), proof=[
                 take(a), assume("a_low", "a_high"), take(b), assume("b_low", "b_high"),
                 have("bound", Abs(product(L, 0, d, V, a, b) - product(L, 0, d, W, a, b)) <= K * rho, by("logic", at("moves", V, rho, a, b))),
                 qed(by("linear", "bound", "room", "cleared", "rho_positive"))]),
             have("compared", order(F(whole(W)), F(whole(V))), by("logic", at("best", whole(V)), "within")),
             qed(by("rewrite", "compared", unfold=[objective]))]),
    ]  # fmt: skip


LOCAL_MINIMUM = theorem(
    "deep_linear.local_minimum_of_loss",
    "Local minima of the loss are local minima of the objective",
    variables=[L, d, F, W],
    hypotheses={"depth": num(1) <= L, "loss": table_minimum(d(L), d(0), F, whole(W))},
    conclusion=local_minimum(L, d, objective_of_weights, W),
    prose="If the product of the layers is a local minimum of the loss, the weights are a local minimum of the objective.",
    source="The product is continuous.",
    origin=ORIGIN,
    proof=local_proof(table_minimum, local_minimum, below),
    notation=NOTATION,
)  # fmt: skip

LOCAL_MAXIMUM = theorem(
    "deep_linear.local_maximum_of_loss",
    "Local maxima of the loss are local maxima of the objective",
    variables=[L, d, F, W],
    hypotheses={"depth": num(1) <= L, "loss": table_maximum(d(L), d(0), F, whole(W))},
    conclusion=local_maximum(L, d, objective_of_weights, W),
    prose="If the product of the layers is a local maximum of the loss, the weights are a local maximum of the objective.",
    source="The product is continuous.",
    origin=ORIGIN,
    proof=local_proof(table_maximum, local_maximum, above),
    notation=NOTATION,
)  # fmt: skip


def global_equivalence(order):
    """No weights have a better objective if and only if no table has a better loss."""
    return Iff(ForAll(V, order(objective(L, d, F, W), objective(L, d, F, V))), ForAll(Q, order(F(whole(W)), F(Q))))


def global_proof(order):
    """Every table is the product of some layers, and has the value of this product."""
    return [
        have("forward", Implies(ForAll(V, order(objective(L, d, F, W), objective(L, d, F, V))), ForAll(Q, order(F(whole(W)), F(Q)))), proof=[
            assume("best"), take(Q),
            apply("factors", "deep_linear.factorization"),
            obtain(V, "product", "factors"),
            unfold("gradients", "differentiable", differentiable),
            obtain(G, "gradient", at("gradients", Q)),
            apply("value", "optimization.value_of_entries", {"p": d(L), "q": d(0), "R": Q, "Q": whole(V)},
                  using={"gradient": "gradient", "same": "product"}),
            have("objectives", order(F(whole(W)), F(whole(V))), by("linear", at("best", V), unfold=[objective])),
            qed(by("linear", "objectives", "value"))]),
        have("backward", Implies(ForAll(Q, order(F(whole(W)), F(Q))), ForAll(V, order(objective(L, d, F, W), objective(L, d, F, V)))), proof=[
            assume("best"), take(V), qed(by("linear", at("best", whole(V)), unfold=[objective]))]),
        qed(by("logic", "forward", "backward")),
    ]  # fmt: skip


GLOBAL_MINIMUM = theorem(
    "deep_linear.global_minimum",
    "Global minima of the objective and of the loss",
    variables=[L, d, F, W],
    hypotheses={"depth": num(1) <= L, "widths": widths, "differentiable": differentiable(d(L), d(0), F)},
    conclusion=global_equivalence(below),
    prose="If every hidden layer is at least as wide as the input or the output, whichever is smaller, the weights are a global minimum of "
    "the objective if and only if the product of the layers is a global minimum of the loss.",
    source="Every table is a product of such layers.",
    origin=ORIGIN,
    proof=global_proof(below),
    notation=NOTATION,
)  # fmt: skip

GLOBAL_MAXIMUM = theorem(
    "deep_linear.global_maximum",
    "Global maxima of the objective and of the loss",
    variables=[L, d, F, W],
    hypotheses={"depth": num(1) <= L, "widths": widths, "differentiable": differentiable(d(L), d(0), F)},
    conclusion=global_equivalence(above),
    prose="If every hidden layer is at least as wide as the input or the output, whichever is smaller, the weights are a global maximum of "
    "the objective if and only if the product of the layers is a global maximum of the loss.",
    source="Every table is a product of such layers.",
    origin=ORIGIN,
    proof=global_proof(above),
    notation=NOTATION,
)  # fmt: skip
