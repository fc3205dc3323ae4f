"""The risk on the three samples as a sum of squares, and how far it exceeds 1/3."""

from symproof.logic.syntax import Eq, num, real
from symproof.proof.author import apply, by, have, qed
from symproof.proof.theorem import theorem
from theorems.smooth.samples import NOTATION, THIRD, A, E, O, data, h, n, risk, theta

a, e, o = real("A E O")

RISK_IDENTITY = theorem(
    "smooth.risk_identity",
    "Three squares",
    variables=[a, e, o],
    conclusion=Eq(
        ((a + e + o) ** 2 + (a + e - o) ** 2 + (a - 1) ** 2) / 2,
        (1 + e) ** 2 / 3 + o**2 + num(3) / 2 * (a - (1 - 2 * e) / 3) ** 2,
    ),
    prose="For fixed $E$ and $O$ the best constant is $A = (1 - 2E)/3$; what is left is $(1 + E)^2/3 + O^2$.",
    source="Derived here: complete the square in $A$.",
    proof=[qed("ring")],
)

EXCESS = theorem(
    "smooth.excess",
    "How far the risk exceeds 1/3",
    variables=[h, n, *theta],
    conclusion=risk(*data(n), *theta) >= THIRD + num(2) / 3 * E + O**2,
    prose="The risk is at least $1/3 + \\tfrac23 E + O^2$.",
    source="Derived here: complete the square in $A$.",
    proof=[
        apply("coordinates", "smooth.coordinates"),
        apply("squares", "smooth.risk_identity", {"A": A, "E": E, "O": O}),
        have("bend", E**2 >= 0, by("sign")),
        have("offset", (A - (1 - 2 * E) / 3) ** 2 >= 0, by("sign")),
        qed(by("linear", "coordinates", "squares", "bend", "offset")),
    ],
    notation=NOTATION,
)
