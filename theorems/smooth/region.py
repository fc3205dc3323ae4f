"""A region without a risk below 1/3: where every unit bends upwards, weighted by its outgoing weight."""

from symproof.logic.syntax import Sum, forall_in, num
from symproof.proof.author import apply, by, have, qed
from symproof.proof.theorem import theorem
from theorems.smooth.samples import NOTATION, THIRD, W2, E, O, data, h, half_difference, k, middle, n, risk, theta

bend = W2(k) * (h(middle(k) + half_difference(k)) + h(middle(k) - half_difference(k)) - 2 * h(middle(k)))

REGION = theorem(
    "smooth.region",
    "A region without a risk below 1/3",
    variables=[h, n, *theta],
    hypotheses={"bent": forall_in(k, 1, n, num(0) <= bend)},
    conclusion=risk(*data(n), *theta) >= THIRD,
    prose="If for every unit the outgoing weight times the second difference of $h$ at its pre-activations is nonnegative, the risk "
    "is at least $1/3$.",
    source="Derived here: the outputs at the first two samples are on average not below the third.",
    proof=[
        have("total", Sum(k, 1, n, bend) >= 0, by("sum", "bent")),
        apply("excess", "smooth.excess"),
        have("square", O**2 >= 0, by("sign")),
        have("half", E >= 0, by("linear", "total")),
        qed(by("linear", "excess", "square", "half")),
    ],
    notation=NOTATION,
)
