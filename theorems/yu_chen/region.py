"""The three samples of the refutation, and a region on which no risk is below 1/3."""

from fractions import Fraction

from symproof.logic.syntax import Eq, Ite, Lam, Sum, forall_in, num
from symproof.proof.author import apply, assume, at, by, have, qed, take
from symproof.proof.theorem import theorem
from theorems.relu_like.network import V1, V2, c1, c2, i, k, l, network, other_theta, risk
from theorems.yu_chen.sigmoid import NOTATION, SIGMOID, n, sigmoid

THIRD = num(Fraction(1, 3))
INPUTS = Lam((i, l), i - 2)
"""The inputs -1, 0, 1."""
TARGETS = Lam(i, Ite(Eq(i, 2), 1, 0))
"""The targets 0, 1, 0."""


def data(width):
    """The first arguments of a risk on the three samples, for a network of ``width`` sigmoid units."""
    return (num(3), num(1), width, INPUTS, TARGETS, SIGMOID)


bent = V2(k) * (sigmoid(c1(k) - V1(k, 1)) + sigmoid(c1(k) + V1(k, 1)) - 2 * sigmoid(c1(k)))
left = Sum(k, 1, n, V2(k) * sigmoid(c1(k) - V1(k, 1))) + c2
middle = Sum(k, 1, n, V2(k) * sigmoid(c1(k))) + c2
right = Sum(k, 1, n, V2(k) * sigmoid(c1(k) + V1(k, 1))) + c2

REGION = theorem(
    "yu_chen.region",
    "A region without a risk below 1/3",
    variables=[n, *other_theta],
    hypotheses={"outgoing": forall_in(k, 1, n, V2(k) >= 0), "biases": forall_in(k, 1, n, c1(k) <= 0)},
    conclusion=risk(*data(n), *other_theta) >= THIRD,
    prose="On the samples $(-1, 0), (0, 1), (1, 0)$, if no outgoing weight is negative and no bias of a unit is positive, "
    "then the risk is at least $1/3$, whatever the incoming weights are.",
    source="Derived here: the outputs satisfy $f(-1) + f(1) - 2 f(0) \\ge 0$, and the best such triple is constant.",
    proof=[
        have("each", forall_in(k, 1, n, num(0) <= bent), proof=[
            take(k), assume("k_low", "k_high"),
            have("bias", c1(k) <= 0, by("logic", at("biases", k))),
            apply("convex", "yu_chen.midpoint", {"b": c1(k), "w": V1(k, 1)}, using={"b_nonpositive": "bias"}),
            have("weight", V2(k) >= 0, by("logic", at("outgoing", k))),
            qed(by("sign", "weight", "convex"))]),
        have("bent", Sum(k, 1, n, bent) >= 0, by("sum", "each")),
        have("own_risk", Eq(risk(*data(n), *other_theta), (left**2 + (middle - 1) ** 2 + right**2) / 2),
             by("ring", unfold=[risk, network])),
        have("left_square", (left - THIRD) ** 2 >= 0, by("sign")),
        have("middle_square", (middle - THIRD) ** 2 >= 0, by("sign")),
        have("right_square", (right - THIRD) ** 2 >= 0, by("sign")),
        qed(by("linear", "own_risk", "bent", "left_square", "middle_square", "right_square")),
    ],
    notation=NOTATION,
)  # fmt: skip
