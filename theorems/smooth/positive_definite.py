"""A symmetric matrix of two rows that is positive definite."""

from symproof.logic.syntax import real
from symproof.proof.author import by, have, qed
from symproof.proof.theorem import theorem

p, q, r, s, t = real("p q r s t")

POSITIVE_DEFINITE = theorem(
    "smooth.positive_definite",
    "Positive definite matrices of two rows",
    variables=[p, q, r, s, t],
    hypotheses={"corner": p > 0, "determinant": p * r - q**2 >= 0},
    conclusion=p * s**2 + 2 * q * s * t + r * t**2 >= 0,
    prose="If $p > 0$ and $p r \\ge q^2$, the quadratic form $p s^2 + 2 q s t + r t^2$ is nowhere negative.",
    source="Elementary: complete the square.",
    proof=[
        have("square", (p * s + q * t) ** 2 / p + (p * r - q**2) * t**2 / p >= 0, by("sign", "corner", "determinant")),
        qed(by("linear", "square")),
    ],
)
