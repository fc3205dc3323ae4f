"""A quadratic without constant term that is never negative has no linear term."""

from symproof.logic.syntax import Eq, ForAll, real
from symproof.proof.author import at, by, calc, contradiction, have, let, qed
from symproof.proof.theorem import theorem

g, S, s, t = real("g S s t")

QUADRATIC_NONNEGATIVE = theorem(
    "calculus.quadratic_nonnegative",
    "A quadratic that is never negative",
    variables=[g, S],
    hypotheses={"curvature": S >= 0, "nonnegative": ForAll(t, t * g + t**2 * S / 2 >= 0)},
    conclusion=Eq(g, 0),
    prose="If $t\\,g + t^2 S/2$ is nonnegative for every $t$, then $g = 0$.",
    source="Elementary.",
    proof=[
        contradiction("nonzero",
            let("s_def", s, -g / (S + 1), note="A step against the slope."),
            calc("value", s * g + s**2 * S / 2,
                 ("=", -(g**2) * (S + 2) / (2 * (S + 1) ** 2), by("field", rewrite=["s_def"]))),
            have("positive", g**2 * (S + 2) / (2 * (S + 1) ** 2) > 0, by("sign", "nonzero", "curvature")),
            qed(by("linear", "value", "positive", at("nonnegative", s)))),
    ],
)  # fmt: skip
