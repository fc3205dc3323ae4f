"""The paper's corollary: sigmoid, tanh, arctan, the square, ELU and SELU have spurious local minima, by the paper's conditions."""

from symproof.logic.syntax import And, Ite, Lam, Ne, exp, num, unary
from symproof.logic.term import subst
from symproof.proof.author import apply, by, conjunction, have, qed
from symproof.proof.theorem import Citation, theorem
from theorems.relu_like.network import spurious
from theorems.smooth.local_minimum import MINIMUM
from theorems.smooth.paper_arctan import PAPER_ARCTAN, arctan_derivative
from theorems.smooth.paper_elu import PAPER_SELU, alpha, scale, selu_derivative
from theorems.smooth.paper_quadratic import PAPER_QUADRATIC, quadratic_derivative
from theorems.smooth.paper_sigmoid import PAPER_SIGMOID, PAPER_TANH, sigmoid, sigmoid_derivative, tanh_derivative
from theorems.smooth.paper_spurious_minimum import PAPER_SPURIOUS_MINIMUM, s
from theorems.smooth.samples import NOTATION, data
from theorems.works import YUN_2019


def elu(factor):
    """ELU at s, or SELU with a factor."""
    return Ite(s >= 0, s, alpha * (exp(s) - 1)) if factor == num(1) else factor * Ite(s >= 0, s, alpha * (exp(s) - 1))


ACTIVATIONS = (
    ("sigmoid", sigmoid, PAPER_SIGMOID, sigmoid_derivative, {}),
    ("tanh", unary("tanh", s), PAPER_TANH, tanh_derivative, {}),
    ("arctan", unary("atan", s), PAPER_ARCTAN, arctan_derivative, {}),
    ("quadratic", s**2, PAPER_QUADRATIC, quadratic_derivative, {}),
    ("elu", elu(num(1)), PAPER_SELU, selu_derivative, {scale: num(1)}),
    ("selu", elu(scale), PAPER_SELU, selu_derivative, {}),
)
"""Each activation at s, the result that it meets the conditions, its derivatives, and the values of that result's variables."""


def parameters(result, values):
    """What an activation is shown to meet the conditions with, by the variables of the theorem."""
    return dict(zip(PAPER_SPURIOUS_MINIMUM.variables, (subst(a, values) for a in result.conclusion.args), strict=True))


def minimum(values):
    """The local minimum of the theorem at these values of its variables."""
    return [subst(part, values) for part in MINIMUM]


COROLLARY = theorem(
    "smooth.corollary",
    "The corollary on activations in use",
    variables=[scale, alpha],
    hypotheses={"scale": Ne(scale, 0), "alpha": Ne(alpha, 0)},
    conclusion=And(*[
        spurious(*data(num(2))[:-1], Lam(s, activation), *minimum(parameters(result, values)))
        for _, activation, result, _, values in ACTIVATIONS]),
    prose="With the sigmoid, tanh, arctan, the square, ELU or SELU as activation (for all $\\alpha \\ne 0$ and $\\lambda \\ne 0$), a network with two "
    "units has a spurious local minimum on the samples $(1, 0) \\mapsto 0$, $(0, 1) \\mapsto 0$, $(1/2, 1/2) \\mapsto 1$.",
    source="The paper's corollary, by the theorem on general activations.",
    origin=Citation(YUN_2019, "the corollary of the theorem on general activations"),
    proof=[
        have("one", Ne(num(1), 0), by("ring")),
        conjunction(*[[
            apply("conditions", result.id, {v.name: t for v, t in values.items()}, using={"scale": "one"} if values else {}),
            apply("found", "smooth.minimum_from_conditions", {v.name: t for v, t in parameters(result, values).items()},
                  using={"conditions": "conditions"}),
            qed(by("rewrite", "found", unfold=[derivative]))]
            for _, activation, result, derivative, values in ACTIVATIONS]),
    ],
    notation={**NOTATION, "scale": r"\lambda", "alpha": r"\alpha"},
    extra={"main": True},
)  # fmt: skip
