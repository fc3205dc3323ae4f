"""The Cauchy-Schwarz inequality for families of symbolic length."""

from symproof.logic.syntax import Sum, family, integer
from symproof.proof.author import by, calc, have, qed
from symproof.proof.theorem import theorem

m, i, j = integer("m i j")
a, b = family("a b")


def total(term):
    """The sum over i from 1 to m."""
    return Sum(i, 1, m, term)


pairs = Sum(i, 1, m, Sum(j, 1, m, (a(i) * b(j) - a(j) * b(i)) ** 2))

CAUCHY_SCHWARZ = theorem(
    "linear_algebra.cauchy_schwarz",
    "The Cauchy-Schwarz inequality",
    variables=[m, a, b],
    conclusion=total(a(i) * b(i)) ** 2 <= total(a(i) ** 2) * total(b(i) ** 2),
    prose="For families $a$ and $b$ of any length $m$ (also $m = 0$): $(\\sum_i a_i b_i)^2 \\le \\sum_i a_i^2 \\, \\sum_i b_i^2$.",
    source="Classical (Lagrange's identity).",
    proof=[
        calc("lagrange", 2 * (total(a(i) ** 2) * total(b(i) ** 2) - total(a(i) * b(i)) ** 2), ("=", pairs, by("ring"))),
        have("square", pairs >= 0, by("sign")),
        qed(by("linear", "lagrange", "square")),
    ],
    extra={"main": True},
)  # fmt: skip
