"""Without wide layers the theorem fails: a global minimum where the gradient of the loss is not 0."""

from symproof.logic.syntax import And, Eq, Exists, ForAll, Ite, Lam, Ne, Sum, exists_in, num
from symproof.proof.author import apply, assume, at, by, conjunction, have, let, qed, take, unfold, witness
from symproof.proof.theorem import theorem
from theorems.deep_linear.layer_gradient import entry, gradient, in_entry
from theorems.deep_linear.objective import F, G, Q, objective, objective_of_weights
from theorems.deep_linear.product import NOTATION, L, V, W, a, b, c, d, i, j, product
from theorems.deep_linear.product_invariance import ORIGIN
from theorems.optimization.fermat import critical
from theorems.optimization.gradient import has_gradient
from theorems.optimization.local_extremum import every_parameter, local_minimum
from theorems.optimization.squared_loss import HALF, squared_loss

LOCAL_MINIMUM_IS_CRITICAL = theorem(
    "deep_linear.local_minimum_is_critical",
    "A local minimum is critical",
    variables=[L, d, F, W, G],
    hypotheses={"depth": num(1) <= L, "gradient": gradient, "minimum": local_minimum(L, d, objective_of_weights, W)},
    conclusion=critical(L, d, objective_of_weights, W),
    prose="If the loss has a gradient at the product of the layers, a local minimum of the objective is a critical point.",
    source="Fermat.",
    proof=[
        apply("stationary_if", "deep_linear.critical_point"),
        have("zero", every_parameter(Eq(entry, 0)), proof=[
            take(j), assume("j_low", "j_high"), take(a), assume("a_low", "a_high"), take(b), assume("b_low", "b_high"),
            apply("derivative", "deep_linear.partial_derivative"),
            apply("none", "optimization.fermat", {"f": objective_of_weights, "D": in_entry, "q": entry},
                  using={"extremum": "minimum", "derivative": "derivative"}),
            qed(by("logic", "none"))]),
        qed(by("logic", "stationary_if", "zero")),
    ],
    notation=NOTATION,
)  # fmt: skip


unit = Lam((a, b), Ite(Eq(a, b), num(1), num(0)))
error = Lam(Q, squared_loss(2, 2, 2, unit, unit, Q))


def value(weights):
    """The objective of a network with two inputs, one hidden unit and two outputs that is to learn the identity."""
    return objective(2, d, error, weights)


def entry_of(weights, row, column):
    """An entry of the product of its two layers."""
    return product(2, 0, d, weights, row, column)


own_gradient = Lam((a, c), Sum(i, 1, 2, (Sum(b, 1, 2, entry_of(W, a, b) * unit(i, b)) - unit(i, a)) * unit(i, c)))

NO_WIDTH = theorem(
    "deep_linear.no_width",
    "Without wide layers a minimum need not have gradient 0",
    variables=[d],
    hypotheses={"input": Eq(d(0), 2), "hidden": Eq(d(1), 1), "output": Eq(d(2), 2)},
    conclusion=Exists((W, G), And(
        critical(2, d, Lam(V, value(V)), W),
        ForAll(V, value(W) <= value(V)),
        has_gradient(2, 2, error, Lam((a, b), entry_of(W, a, b)), G),
        exists_in(a, 1, 2, exists_in(b, 1, 2, Ne(G(a, b), 0))),
    )),
    prose="A network with two inputs, one hidden unit and two outputs that is to learn the identity of $\\mathbb{R}^2$ has a critical point "
    "that is a global minimum though the gradient of the squared loss is not 0 there: the hypothesis on widths is needed.",
    origin=ORIGIN,
    source="The projection to the first coordinate; the objective is $\\frac12 ((u \\cdot v - 1)^2 + (u_1 v_2 - u_2 v_1)^2 + 1)$.",
    proof=[
        let("W_def", W, Lam((j, a, b), Ite(And(Eq(a, 1), Eq(b, 1)), num(1), num(0)))),
        have("value", ForAll(V, Eq(value(V), HALF * (
            (V(1, 1, 1) * V(2, 1, 1) + V(1, 1, 2) * V(2, 2, 1) - 1) ** 2
            + (V(1, 1, 1) * V(2, 2, 1) - V(1, 1, 2) * V(2, 1, 1)) ** 2 + 1))), proof=[
            take(V),
            *[step for r in (1, 2) for s in (1, 2) for step in (
                have(f"factors_{r}{s}", Eq(entry_of(V, r, s), Sum(c, 1, d(1), V(2, r, c) * Sum(b, 1, d(0), V(1, c, b) * unit(b, s)))),
                     by("ring", unfold=[product])),
                have(f"entry_{r}{s}", Eq(entry_of(V, r, s), V(2, r, 1) * V(1, 1, s)), by("ring", rewrite=[f"factors_{r}{s}", "hidden", "input"])))],
            have("expanded", Eq(value(V), HALF * ((entry_of(V, 1, 1) - 1) ** 2 + entry_of(V, 1, 2) ** 2
                                                  + entry_of(V, 2, 1) ** 2 + (entry_of(V, 2, 2) - 1) ** 2)),
                 by("ring", unfold=[objective, squared_loss])),
            qed(by("ring", rewrite=["expanded", "entry_11", "entry_12", "entry_21", "entry_22"]))]),
        have("own_value", Eq(value(W), HALF), by("ring", rewrite=["value", "W_def"])),
        have("smallest", ForAll(V, value(W) <= value(V)), proof=[
            take(V),
            have("first", (V(1, 1, 1) * V(2, 1, 1) + V(1, 1, 2) * V(2, 2, 1) - 1) ** 2 >= 0, by("sign")),
            have("second", (V(1, 1, 1) * V(2, 2, 1) - V(1, 1, 2) * V(2, 1, 1)) ** 2 >= 0, by("sign")),
            qed(by("linear", "own_value", at("value", V), "first", "second"))]),
        have("minimum", local_minimum(2, d, Lam(V, value(V)), W), proof=[
            unfold("", "goal", local_minimum),
            witness(1),
            conjunction([qed(by("ring"))], [take(V), assume("near"), qed(by("logic", at("smallest", V)))])]),
        apply("loss_gradient", "optimization.squared_loss_gradient", {
            "m": 2, "p": 2, "q": 2, "x": unit, "y": unit, "R": Lam((a, b), entry_of(W, a, b))}),
        have("by_sizes", has_gradient(d(2), d(0), error, Lam((a, b), entry_of(W, a, b)), own_gradient),
             by("rewrite", "output", "input", "loss_gradient")),
        apply("critical", "deep_linear.local_minimum_is_critical", {"L": 2, "F": error, "G": own_gradient}, using={"gradient": "by_sizes"}),
        have("factors", Eq(entry_of(W, 2, 2), Sum(c, 1, d(1), W(2, 2, c) * Sum(b, 1, d(0), W(1, c, b) * unit(b, 2)))),
             by("ring", unfold=[product])),
        have("corner", Eq(entry_of(W, 2, 2), 0), by("ring", rewrite=["factors", "hidden", "input", "W_def"])),
        have("entry", Eq(own_gradient(2, 2), entry_of(W, 2, 2) - 1), by("ring")),
        have("negative", own_gradient(2, 2) < 0, by("linear", "entry", "corner")),
        witness(W, own_gradient),
        conjunction(
            [qed(by("logic", "critical"))], [qed(by("logic", "smallest"))], [qed(by("logic", "loss_gradient"))],
            [witness(2), conjunction([qed(by("ring"))], [qed(by("ring"))],
                [witness(2), have("not_zero", Ne(own_gradient(2, 2), 0), by("sign", "negative")), qed(by("sign", "not_zero"))])]),
    ],
    notation=NOTATION,
    extra={"main": True, "avoids": ["cited"]},
)  # fmt: skip
