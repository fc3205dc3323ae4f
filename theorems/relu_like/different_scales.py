"""Candidates of different scales have different outgoing weights."""

from symproof.logic.syntax import Eq, Ne, real
from symproof.proof.author import by, contradiction, have, qed
from symproof.proof.theorem import theorem
from theorems.relu_like.network import NOTATION, alpha, s_plus

beta = real("beta")

DIFFERENT_SCALES = theorem(
    "relu_like.different_scales",
    "Different scales give different parameters",
    variables=[alpha, beta, s_plus],
    hypotheses={
        "slope": s_plus > 0,
        "alpha_positive": alpha > 0,
        "beta_positive": beta > 0,
        "unequal": Ne(alpha, beta),
    },
    conclusion=Ne(1 / (alpha * s_plus), 1 / (beta * s_plus)),
    prose="The outgoing weight $1/(\\alpha s_+)$ of the candidate is another one for every scale $\\alpha > 0$.",
    source="Elementary.",
    proof=[
        contradiction("equal",
            have("first", Eq(1 / (alpha * s_plus) * (alpha * beta * s_plus), beta), by("field")),
            have("second", Eq(1 / (beta * s_plus) * (alpha * beta * s_plus), alpha), by("field")),
            have("same", Eq(alpha, beta), by("ideal", "first", "second", "equal", cofactors=[1, -1, -alpha * beta * s_plus])),
            qed(by("logic", "unequal", "same"))),
    ],
    notation={**NOTATION, "beta": r"\beta"},
)  # fmt: skip
