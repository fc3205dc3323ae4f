"""A small step, for which the linear gain outweighs the quadratic loss."""

from fractions import Fraction

from symproof.logic.syntax import And, Eq, Exists, Min, num, real
from symproof.proof.author import by, conjunction, have, let, qed, witness
from symproof.proof.theorem import theorem

G, B, t, q, limit = real("G B t q limit")

SMALL_STEP = theorem(
    "calculus.small_step",
    "A small step gains",
    variables=[G, B, limit],
    hypotheses={"gain": G > 0, "loss": B >= 0, "limit_positive": limit > 0},
    conclusion=Exists(t, And(t > 0, t <= limit, num(Fraction(1, 2)) * t**2 * B < 2 * t * G)),
    prose="For $G > 0$ and $B \\ge 0$ some $t > 0$, as small as one likes, has $\\frac12 t^2 B < 2 t G$.",
    source="Elementary.",
    proof=[
        let("q_def", q, G / (B + 1)),
        have("q_positive", q > 0, by("sign", "gain", "loss", rewrite=["q_def"])),
        have("cleared", Eq(q * (B + 1), G), by("field", rewrite=["q_def"])),
        let("t_def", t, Min(limit, q)),
        have("positive", t > 0, by("sign", "limit_positive", "q_positive", rewrite=["t_def"])),
        have("small", t <= limit, by("linear", "t_def")),
        have("room", (q - t) * (B + 1) >= 0, proof=[
            have("below", q - t >= 0, by("linear", "t_def")),
            qed(by("sign", "below", "loss"))]),
        have("rest", G - t * B > 0, by("linear", "room", "cleared", "positive")),
        have("first", t * (G - t * B) > 0, by("sign", "positive", "rest")),
        have("second", t * G > 0, by("sign", "positive", "gain")),
        witness(t),
        conjunction([qed(by("logic", "positive"))], [qed(by("logic", "small"))], [qed(by("linear", "first", "second"))]),
    ],
)  # fmt: skip
