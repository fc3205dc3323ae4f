"""Among all constants, the mean has the smallest sum of squared residuals."""

from symproof.instances.value_offer import value_offer
from symproof.logic.syntax import Eq, Sum, family, integer, real
from symproof.proof.author import by, calc, have, qed
from symproof.proof.theorem import theorem

m, i = integer("m i")
y = family("y")
c, mean = real("c mean")


def residuals(constant):
    """The sum of the squared residuals of a constant fit."""
    return Sum(i, 1, m, (y(i) - constant) ** 2)


BEST_CONSTANT = theorem(
    "linear_algebra.best_constant",
    "The mean is the best constant fit",
    variables=[m, y, c, mean],
    hypotheses={"samples": m >= 1, "mean_def": Eq(m * mean, Sum(i, 1, m, y(i)))},
    conclusion=residuals(mean) <= residuals(c),
    prose="Let $m \\ge 1$, and let $\\bar y$ be the mean of $y_1, \\dots, y_m$. Then $\\sum_i (y_i - \\bar y)^2 \\le \\sum_i (y_i - c)^2$ for every $c$.",
    source="Classical.",
    notation={"mean": "\\bar y"},
    proof=[
        calc("gap", residuals(c) - residuals(mean), ("=", m * (c - mean) ** 2, by("ideal", "mean_def"))),
        have("square", m * (c - mean) ** 2 >= 0, by("sign", "samples")),
        qed(by("linear", "gap", "square")),
    ],
    extra={"instance": value_offer},
)  # fmt: skip
