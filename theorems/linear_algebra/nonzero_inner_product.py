"""A vector with a non-zero inner product is not zero (by the identity of Lagrange)."""

from fractions import Fraction

from symproof.logic.syntax import Eq, Ne, Sum, family, integer, num
from symproof.proof.author import by, contradiction, have, qed
from symproof.proof.theorem import theorem

m, i, j = integer("m i j")
r, g = family("r g")


def total(term):
    """The sum over i from 1 to m."""
    return Sum(i, 1, m, term)


squares = Sum(i, 1, m, Sum(j, 1, m, (r(i) * g(j) - r(j) * g(i)) ** 2))

NONZERO_INNER_PRODUCT = theorem(
    "linear_algebra.nonzero_inner_product",
    "A vector with a non-zero inner product is not zero",
    variables=[m, r, g],
    hypotheses={"nonzero": Ne(total(r(i) * g(i)), 0)},
    conclusion=total(g(i) ** 2) > 0,
    prose="If the inner product of $r$ and $g$ is not 0, the sum of the squares of $g$ is positive.",
    source="Classical (Lagrange's identity).",
    proof=[
        have("lagrange", Eq(total(g(i) ** 2) * total(r(i) ** 2) - total(r(i) * g(i)) ** 2, num(Fraction(1, 2)) * squares), by("ring")),
        have("square", squares >= 0, by("sign")),
        have("nonnegative", total(g(i) ** 2) >= 0, by("sign")),
        have("positive", total(r(i) * g(i)) ** 2 > 0, by("sign", "nonzero")),
        have("not_zero", Ne(total(g(i) ** 2), 0), proof=[
            contradiction("zero",
                have("no_bound", Eq(total(g(i) ** 2) * total(r(i) ** 2), 0), by("ring", rewrite=["zero"])),
                qed(by("linear", "lagrange", "square", "no_bound", "positive")))]),
        qed(by("sign", "nonnegative", "not_zero")),
    ],
)  # fmt: skip
