"""Activations in use that are bent somewhere: each has a spurious local minimum on the three samples."""

from fractions import Fraction
from typing import Any

from symproof.kernel.differentiate import differentiate
from symproof.logic.syntax import Eq, Exists, ForAll, Implies, Ite, Lam, erf, exp, log, num, real, sqrt, unary
from symproof.logic.term import Term, coerce, subst
from symproof.proof.author import apply, assume, by, have, qed, take, witness
from symproof.proof.theorem import Theorem, theorem
from theorems.calculus.derivative import has_derivative
from theorems.calculus.second_difference import near
from theorems.relu_like.network import spurious, theta
from theorems.smooth.bent_piece import MINIMUM, s, sigma, v
from theorems.smooth.samples import NOTATION, data, h, n

t = real("t")


def bent(name: str, title: str, value: Term, point: Any, radius: Any, bend: Any, slope: Any, formula: str) -> Theorem:
    """The result on one activation, given by a term in ``t``.

    Args:
        name: of the activation.
        title: the activation in words.
        value: the activation at ``t``.
        point: where it is bent and rises or falls.
        radius: it is smooth up to this distance from the point.
        bend: the second derivative at the point, positive.
        slope: the first derivative there, positive.
        formula: the activation as LaTeX.
    """
    first = differentiate(value, t)[0]
    second = differentiate(first, t)[0]
    third = differentiate(second, t)[0]
    center = coerce(point)
    where = near(s, coerce(radius), center)
    smooth = [
        have(label, ForAll(s, Implies(where, has_derivative(Lam(t, one), s, subst(other, {t: s})))), proof=[
            take(s), assume("s_low", "s_high"), qed(by("derivative", "s_low", "s_high", unfold=[has_derivative]))])
        for label, one, other in (("first", value, first), ("second", first, second))
    ]  # fmt: skip
    activation = Lam(t, value)
    return theorem(
        f"smooth.{name}",
        f"{title} has a spurious local minimum",
        variables=[n],
        hypotheses={"width": n >= 2},
        conclusion=Exists(theta, spurious(*data(n)[:-1], activation, *theta)),
        prose=f"With the activation {formula}, a network of at least two units has a spurious local minimum on the samples "
        "$(1, 0) \\mapsto 0$, $(0, 1) \\mapsto 0$, $(1/2, 1/2) \\mapsto 1$.",
        source="The paper names sigmoid, tanh, arctan, quadratic, ELU and SELU, for two units.",
        proof=[
            *smooth,
            have("third", has_derivative(Lam(t, second), center, subst(third, {t: center})), by("derivative", unfold=[has_derivative])),
            apply("continuous", "calculus.differentiable_continuous", {"g": Lam(t, second), "a": center, "d": subst(third, {t: center})},
                  using={"derivative": "third"}),
            have("radius", coerce(radius) > 0, by("linear")),
            have("sign", Eq(num(1) ** 2, 1), by("ring")),
            *[step for label, derivative, known in (("bend", second, coerce(bend)), ("slope", first, coerce(slope))) for step in (
                have(f"{label}_value", Eq(subst(derivative, {t: center}), known), by("elementary")),
                have(f"{label}_positive", known > 0, by("sign")),
                have(label, 1 * subst(derivative, {t: center}) > 0, by("linear", f"{label}_value", f"{label}_positive")))],
            apply("found", "smooth.bent_activation", {
                "h": activation, "D": Lam(t, first), "E": Lam(t, second), "v": center, "r": radius, "sigma": 1, "tau": 1},
                  using={"derivative": "first", "second": "second", "continuous": "continuous", "radius": "radius", "direction": "sign"}),
            witness(*(subst(part, {h: activation, v: center, sigma: num(1)}) for part in MINIMUM)),
            qed(by("logic", "found")),
        ],
        notation=NOTATION,
        extra={"main": True},
    )  # fmt: skip


sigmoid = 1 / (1 + exp(-t))
SIGMOID = bent(
    "sigmoid", "The sigmoid", sigmoid, -log(3), 1, Fraction(3, 32), Fraction(3, 16), "$h(t) = 1/(1 + e^{-t})$"
)
TANH = bent(
    "tanh",
    "The hyperbolic tangent",
    unary("tanh", t),
    -log(3) / 2,
    1,
    Fraction(3, 4),
    Fraction(3, 4),
    "$h(t) = \\tanh t$",
)
ARCTAN = bent(
    "arctan",
    "The arctangent",
    unary("atan", t),
    -1,
    Fraction(1, 2),
    Fraction(1, 2),
    Fraction(1, 2),
    "$h(t) = \\arctan t$",
)
QUADRATIC = bent("quadratic", "The square", t**2, 1, 1, 2, 2, "$h(t) = t^2$")
EXPONENTIAL = bent("exponential", "The exponential function", exp(t), 0, 1, 1, 1, "$h(t) = e^t$")
SOFTPLUS = bent(
    "softplus", "Softplus", log(1 + exp(t)), 0, 1, Fraction(1, 4), Fraction(1, 2), "$h(t) = \\log(1 + e^t)$"
)
SILU = bent("silu", "SiLU", t * sigmoid, 0, 1, Fraction(1, 2), Fraction(1, 2), "$h(t) = t/(1 + e^{-t})$")
GAUSSIAN = bent("gaussian", "The Gaussian", exp(-(t**2)), -1, 1, 2 * exp(-1), 2 * exp(-1), "$h(t) = e^{-t^2}$")
CUBE = bent("cube", "The cube", t**3, 1, 1, 6, 3, "$h(t) = t^3$")
SOFTSIGN = bent(
    "softsign",
    "Softsign",
    t / (1 + unary("abs", t)),
    -1,
    Fraction(1, 2),
    Fraction(1, 4),
    Fraction(1, 4),
    "$h(t) = t/(1 + |t|)$",
)
ELU = bent(
    "elu",
    "ELU",
    Ite(t >= 0, t, exp(t) - 1),
    -1,
    Fraction(1, 2),
    exp(-1),
    exp(-1),
    "$h(t) = t$ for $t \\ge 0$ and $e^t - 1$ for $t < 0$",
)
HARD_SWISH = bent(
    "hard_swish",
    "Hard swish",
    Ite(t <= -3, 0, Ite(t >= 3, t, t * (t + 3) / 6)),
    0,
    1,
    Fraction(1, 3),
    Fraction(1, 2),
    "$h(t) = 0$ up to $-3$, $t$ from 3 on, $t(t + 3)/6$ between",
)
MISH = bent(
    "mish",
    "Mish",
    t * unary("tanh", log(1 + exp(t))),
    0,
    1,
    Fraction(16, 25),
    Fraction(3, 5),
    "$h(t) = t \\tanh(\\log(1 + e^t))$",
)
GELU = bent(
    "gelu",
    "GELU",
    t * (1 + erf(t / sqrt(2))) / 2,
    0,
    1,
    sqrt(2) / sqrt(Term("pi")),
    Fraction(1, 2),
    "$h(t) = t\\,(1 + \\operatorname{erf}(t/\\sqrt2))/2$",
)
LOG_COSH = bent(
    "log_cosh",
    "The logarithm of the hyperbolic cosine",
    log(unary("cosh", t)),
    log(3) / 2,
    Fraction(1, 2),
    Fraction(3, 4),
    Fraction(1, 2),
    "$h(t) = \\log \\cosh t$",
)
