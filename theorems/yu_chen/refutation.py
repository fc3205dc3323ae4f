"""The refutation: three samples on a line and two sigmoid units."""

from symproof.instances.sigmoid_offer import COUNTEREXAMPLE_OFFER
from symproof.logic.syntax import And, Eq, Exists, Not, num
from symproof.proof.author import apply, assume, at, by, conjunction, have, obtain, qed, take, unfold, witness
from symproof.proof.theorem import theorem
from theorems.relu_like.network import i, local_minimum, other_theta, risk, spurious, theta, x, y
from theorems.yu_chen.claim import GLOBAL, HYPOTHESES, j
from theorems.yu_chen.region import INPUTS, TARGETS, data
from theorems.yu_chen.sigmoid import NOTATION, P, d
from theorems.yu_chen.spurious_minimum import minimum

TWO = num(3) - 1
"""The width P - 1 for P = 3 patterns."""

REFUTATION = theorem(
    "yu_chen.refutation",
    "A sigmoid network with a suboptimal local minimum",
    conclusion=Exists((P, d, x, y, *theta), And(*HYPOTHESES.values(), Not(GLOBAL))),
    prose="There are $P$ distinct inputs, targets, and parameters of a network with $P - 1$ sigmoid units and a constant that are a "
    "local minimum of the risk without being a global one: $P = 3$ inputs $-1, 0, 1$ with targets $0, 1, 0$.",
    source="Derived here; the general form has any number of at least two units. An earlier counterexample, for the four patterns of "
    "the exclusive or and three units: I. G. Sprinkhuizen-Kuyper, E. J. W. Boers, A local minimum for the 2-3-1 XOR network, IEEE "
    "Transactions on Neural Networks, 1999 (its abstract was seen).",
    proof=[
        apply("spurious", "yu_chen.spurious_minimum", {"n": TWO}),
        unfold("parts", "spurious", spurious),
        have("local", local_minimum(*data(TWO), *minimum(TWO)), by("logic", "parts")),
        have("better", Exists(other_theta, risk(*data(TWO), *other_theta) < risk(*data(TWO), *minimum(TWO))),
             by("logic", "parts")),
        witness(3, 1, INPUTS, TARGETS, *minimum(TWO)),
        conjunction(
            [qed("linear")],
            [qed("linear")],
            [take(i), assume("i_low", "i_high"), take(j), assume("j_low", "j_high"), assume("different"), witness(1),
             conjunction([qed("linear")], [qed("linear")],
                         [assume("same"), have("equal", Eq(i, j), by("linear", "same")),
                          qed(by("logic", "equal", "different"))])],
            [qed(by("logic", "local"))],
            [assume("best"), obtain(other_theta, "lower", "better"),
             qed(by("linear", "lower", at("best", *other_theta)))]),
    ],
    notation=NOTATION,
    extra={"instance": COUNTEREXAMPLE_OFFER},
)  # fmt: skip
