"""Where its argument is not positive, the sigmoid is midpoint convex around that argument, however wide the interval."""

from symproof.logic.syntax import Eq, exp, real
from symproof.proof.author import by, calc, have, let, qed
from symproof.proof.theorem import theorem
from theorems.yu_chen.sigmoid import sigmoid

b, w, E, q, r = real("b w E q r")

numerator = E * (q + r - 2) * (E - 1)
denominator = (1 + E * q) * (1 + E * r) * (1 + E)
crossed = (2 + E * (q + r)) * (1 + E) - 2 * ((1 + E * q) * (1 + E * r))

MIDPOINT = theorem(
    "yu_chen.midpoint",
    "Midpoint convexity of the sigmoid left of zero",
    variables=[b, w],
    hypotheses={"b_nonpositive": b <= 0},
    conclusion=sigmoid(b - w) + sigmoid(b + w) - 2 * sigmoid(b) >= 0,
    prose="If $b \\le 0$, the mean of the sigmoid at $b - w$ and $b + w$ is at least its value at $b$, for every $w$ "
    "(also where $b + w$ is positive).",
    source="Elementary: with E = exp(-b) >= 1 and S = exp(w) + exp(-w) >= 2 the numerator is E (S - 2)(E - 1).",
    proof=[
        have("E_low", exp(-b) >= 1 + -b, by("bound")),
        have("E_large", exp(-b) >= 1, by("linear", "E_low", "b_nonpositive")),
        let("E_def", E, exp(-b)),
        let("q_def", q, exp(w)),
        let("r_def", r, exp(-w)),
        have("E_more", E - 1 >= 0, by("linear", "E_large", "E_def")),
        have("E_pos", E > 0, by("linear", "E_more")),
        have("q_pos", q > 0, by("sign", rewrite=["q_def"])),
        have("r_pos", r > 0, by("sign", rewrite=["r_def"])),
        have("qr", Eq(q * r, 1), by("elementary", rewrite=["q_def", "r_def"])),
        have("left", Eq(sigmoid(b - w), 1 / (1 + E * q)),
             by("elementary", rewrite=["E_def", "q_def"], unfold=[sigmoid])),
        have("right", Eq(sigmoid(b + w), 1 / (1 + E * r)),
             by("elementary", rewrite=["E_def", "r_def"], unfold=[sigmoid])),
        have("middle", Eq(sigmoid(b), 1 / (1 + E)), by("ring", rewrite=["E_def"], unfold=[sigmoid])),
        have("S", q + r - 2 >= 0, proof=[
            have("square", (q - 1) ** 2 * r >= 0, by("sign", "r_pos")),
            have("same", Eq((q - 1) ** 2 * r, q + r - 2), by("ideal", "qr")),
            qed(by("linear", "square", "same"))]),
        have("quotient", numerator / denominator >= 0, by("sign", "S", "E_more", "E_pos", "q_pos", "r_pos")),
        have("fraction", Eq(1 / (1 + E * q) + 1 / (1 + E * r) - 2 / (1 + E), crossed / denominator), by("field")),
        have("above", Eq(crossed, numerator), by("ideal", "qr")),
        calc("all", sigmoid(b - w) + sigmoid(b + w) - 2 * sigmoid(b),
             ("=", 1 / (1 + E * q) + 1 / (1 + E * r) - 2 / (1 + E), by("ring", rewrite=["left", "right", "middle"])),
             ("=", numerator / denominator, by("rewrite", "fraction", "above"))),
        qed(by("linear", "all", "quotient")),
    ],
)  # fmt: skip
