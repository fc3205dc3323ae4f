"""The derivative of the objective in a layer is S^T G P^T; a critical point is one where it vanishes in every layer."""

from symproof.logic.syntax import And, Eq, ForAll, Iff, Implies, Ite, Lam, Sum, forall_in, num
from symproof.proof.author import apply, assume, at, by, have, qed, take, unfold
from symproof.proof.theorem import theorem
from theorems.calculus.derivative import has_derivative
from theorems.deep_linear.objective import D, F, G, layer_gradient, objective, objective_of_weights, s, whole
from theorems.deep_linear.product import NOTATION, L, W, a, b, c, d, e, i, j, product
from theorems.deep_linear.product_invariance import ORIGIN
from theorems.optimization.fermat import critical, moved
from theorems.optimization.gradient import has_gradient
from theorems.optimization.local_extremum import every_parameter

gradient = has_gradient(d(L), d(0), F, whole(W), G)
in_layer = Lam((i, a, b), Ite(Eq(i, j), D(a, b), 0))


def stepped(step):
    """The weights after a step in the direction D of layer j."""
    return moved(W, in_layer, step)


def share(first, second):
    """An entry of S D P."""
    return Sum(c, 1, d(j), Sum(e, 1, d(j - 1),
               product(L - j, j, d, W, first, c) * D(c, e) * product(j - 1, 0, d, W, e, second)))  # fmt: skip


slope = Sum(c, 1, d(j), Sum(e, 1, d(j - 1), layer_gradient(L, d, W, G, j, c, e) * D(c, e)))

LAYER_GRADIENT = theorem(
    "deep_linear.layer_gradient",
    "The gradient in a layer",
    variables=[L, d, F, W, G, D, j],
    hypotheses={"layer": num(1) <= j, "last": j <= L, "gradient": gradient},
    conclusion=has_derivative(Lam(s, objective(L, d, F, stepped(s))), 0, slope),
    prose="If the loss has the gradient $G$ at the product of all layers, then the derivative of the objective along a direction $D$ of "
    "layer $j$ is the inner product of $S^\\top G P^\\top$ and $D$, where $S$ and $P$ are the products of the layers after and before.",
    origin=ORIGIN,
    proof=[
        have("moving", ForAll(s, forall_in(a, 1, d(L), forall_in(b, 1, d(0), Eq(
            product(L, 0, d, stepped(s), a, b), product(L, 0, d, W, a, b) + s * share(a, b))))), proof=[
            take(s),
            apply("line", "deep_linear.product_along_layer", {"V": stepped(s), "n": j - 1, "k": L - j}),
            take(a), assume("a_low", "a_high"), take(b), assume("b_low", "b_high"),
            qed(by("logic", at("line", a, b)))]),
        apply("derivative", "optimization.derivative_along_tables", {
            "p": d(L), "q": d(0), "R": whole(W), "T": Lam((s, a, b), product(L, 0, d, stepped(s), a, b)), "E": Lam((a, b), share(a, b))}),
        have("slope", Eq(Sum(a, 1, d(L), Sum(b, 1, d(0), G(a, b) * share(a, b))), slope), by("ring", unfold=[layer_gradient])),
        qed(by("rewrite", "slope", "derivative", unfold=[objective])),
    ],
    notation=NOTATION,
    extra={"main": True},
)  # fmt: skip

at_entry = Lam((c, e), Ite(And(Eq(c, a), Eq(e, b)), num(1), num(0)))
in_entry = Lam((i, c, e), Ite(And(Eq(i, j), Eq(c, a), Eq(e, b)), num(1), num(0)))
entry = layer_gradient(L, d, W, G, j, a, b)

PARTIAL_DERIVATIVE = theorem(
    "deep_linear.partial_derivative",
    "The partial derivative with respect to a weight",
    variables=[L, d, F, W, G, j, a, b],
    hypotheses={
        "layer": num(1) <= j, "last": j <= L, "row": num(1) <= a, "last_row": a <= d(j), "column": num(1) <= b, "last_column": b <= d(j - 1),
        "gradient": gradient,
    },
    conclusion=has_derivative(Lam(s, objective(L, d, F, moved(W, in_entry, s))), 0, entry),
    prose="The partial derivative of the objective with respect to a weight is its entry of $S^\\top G P^\\top$.",
    source="The derivative along the direction that has a single entry.",
    origin=ORIGIN,
    proof=[
        apply("derivative", "deep_linear.layer_gradient", {"D": at_entry}),
        have("slope", Eq(Sum(c, 1, d(j), Sum(e, 1, d(j - 1), layer_gradient(L, d, W, G, j, c, e) * at_entry(c, e))), entry), by("ring")),
        have("same", ForAll((i, c, e), Eq(Ite(Eq(i, j), at_entry(c, e), 0), in_entry(i, c, e))), by("ring")),
        qed(by("rewrite", "slope", "same", "derivative")),
    ],
    notation=NOTATION,
)  # fmt: skip

CRITICAL_POINT = theorem(
    "deep_linear.critical_point",
    "Critical points",
    variables=[L, d, F, W, G],
    hypotheses={"depth": num(1) <= L, "gradient": gradient},
    conclusion=Iff(critical(L, d, objective_of_weights, W), every_parameter(Eq(entry, 0))),
    prose="The weights are a critical point of the objective if and only if $S^\\top G P^\\top = 0$ for every layer.",
    origin=ORIGIN,
    proof=[
        have("forward", Implies(critical(L, d, objective_of_weights, W), every_parameter(Eq(entry, 0))), proof=[
            assume("critical"),
            unfold("partial", "critical", critical),
            take(j), assume("j_low", "j_high"), take(a), assume("a_low", "a_high"), take(b), assume("b_low", "b_high"),
            apply("derivative", "deep_linear.partial_derivative"),
            apply("unique", "calculus.unique_derivative", {"g": Lam(s, objective(L, d, F, moved(W, in_entry, s))), "a": 0, "d": entry, "q": 0},
                  using={"one": "derivative", "other": at("partial", j, a, b)}),
            qed(by("logic", "unique"))]),
        have("backward", Implies(every_parameter(Eq(entry, 0)), critical(L, d, objective_of_weights, W)), proof=[
            assume("zero"),
            unfold("", "goal", critical),
            take(j), assume("j_low", "j_high"), take(a), assume("a_low", "a_high"), take(b), assume("b_low", "b_high"),
            apply("derivative", "deep_linear.partial_derivative"),
            qed(by("rewrite", at("zero", j, a, b), "derivative"))]),
        qed(by("logic", "forward", "backward")),
    ],
    notation=NOTATION,
    extra={"main": True},
)  # fmt: skip
