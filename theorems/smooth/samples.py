"""The three samples, and the outputs of a network on them in coordinates."""

from fractions import Fraction

from symproof.logic.syntax import Eq, Ite, Lam, Sum, integer, num
from symproof.proof.author import by, qed
from symproof.proof.theorem import theorem
from theorems.relu_like.network import HALF, W1, W2, b1, b2, h, i, k, l, network, risk, theta

n = integer("n")

INPUTS = Lam((i, l), Ite(Eq(i, 3), HALF, Ite(Eq(i, l), 1, 0)))
"""The inputs (1, 0), (0, 1) and (1/2, 1/2)."""
TARGETS = Lam(i, Ite(Eq(i, 3), 1, 0))
"""The targets 0, 0, 1."""
THIRD = num(Fraction(1, 3))


def data(width):
    """The first arguments of a risk on the three samples, for a network of ``width`` units with activation h."""
    return (num(3), num(2), width, INPUTS, TARGETS, h)


def middle(unit):
    """The pre-activation of a unit at the third sample."""
    return (W1(unit, 1) + W1(unit, 2)) / 2 + b1(unit)


def half_difference(unit):
    """Half of the difference of the pre-activations of a unit at the first two samples."""
    return (W1(unit, 1) - W1(unit, 2)) / 2


A = Sum(k, 1, n, W2(k) * h(middle(k))) + b2
"""The output at the third sample."""
E = Sum(k, 1, n, W2(k) * (h(middle(k) + half_difference(k)) + h(middle(k) - half_difference(k)) - 2 * h(middle(k)))) / 2
"""How far the mean of the first two outputs is above the third."""
O = Sum(k, 1, n, W2(k) * (h(middle(k) + half_difference(k)) - h(middle(k) - half_difference(k)))) / 2
"""Half of the difference of the first two outputs."""

NOTATION = {"n": "d_1"}

COORDINATES = theorem(
    "smooth.coordinates",
    "The risk in coordinates",
    variables=[h, n, *theta],
    conclusion=Eq(risk(*data(n), *theta), ((A + E + O) ** 2 + (A + E - O) ** 2 + (A - 1) ** 2) / 2),
    prose="On the samples $(1, 0) \\mapsto 0$, $(0, 1) \\mapsto 0$, $(1/2, 1/2) \\mapsto 1$ the outputs of the network are $A + E + O$, "
    "$A + E - O$ and $A$.",
    source="The samples are those of Yun, Sra and Jadbabaie's theorem on general activations.",
    proof=[qed(by("ring", unfold=[risk, network]))],
    notation=NOTATION,
)
