"""The sign of a number, as a factor of square 1."""

from symproof.logic.syntax import Abs, And, Eq, Exists, Ne, Or, num, real
from symproof.proof.author import by, calc, case, cases, conjunction, contradiction, have, qed, witness
from symproof.proof.theorem import theorem
from theorems.calculus.derivative import NOTATION

t, sigma = real("t sigma")

UNIT_SIGN = theorem(
    "calculus.unit_sign",
    "A number of square 1",
    variables=[sigma, t],
    hypotheses={"sign": Eq(sigma**2, 1)},
    conclusion=Eq(Abs(sigma * t), Abs(t)),
    prose="A factor whose square is 1 does not change an absolute value.",
    source="Elementary.",
    proof=[
        have("positive", Abs(sigma) + 1 > 0, by("sign")),
        have("factors", Eq((Abs(sigma) - 1) * (Abs(sigma) + 1), 0), by("ideal", "sign")),
        have("one", Eq(Abs(sigma), 1), proof=[
            calc("difference", Abs(sigma) - 1,
                 ("=", (Abs(sigma) - 1) * (Abs(sigma) + 1) / (Abs(sigma) + 1), by("field", "positive")),
                 ("=", num(0), by("ring", rewrite=["factors"]))),
            qed(by("linear", "difference"))]),
        calc("product", Abs(sigma * t), ("=", Abs(sigma) * Abs(t), by("ring")), ("=", Abs(t), by("ring", rewrite=["one"]))),
        qed(by("logic", "product")),
    ],
    notation=NOTATION,
)  # fmt: skip

UNIT_VALUES = theorem(
    "calculus.unit_values",
    "The numbers of square 1",
    variables=[sigma],
    hypotheses={"sign": Eq(sigma**2, 1)},
    conclusion=Or(Eq(sigma, 1), Eq(sigma, -1)),
    prose="A number whose square is 1 is 1 or $-1$.",
    source="Elementary.",
    proof=[
        have("factors", Eq((sigma - 1) * (sigma + 1), 0), by("ideal", "sign")),
        contradiction("neither",
            have("first", Ne(sigma - 1, 0), by("sign", "neither")),
            have("second", Ne(sigma + 1, 0), by("sign", "neither")),
            have("product", Ne((sigma - 1) * (sigma + 1), 0), by("sign", "first", "second")),
            qed(by("logic", "factors", "product"))),
    ],
)  # fmt: skip

SIGN_OF = theorem(
    "calculus.sign_of",
    "The sign of a number that is not 0",
    variables=[t],
    hypotheses={"nonzero": Ne(t, 0)},
    conclusion=Exists(sigma, And(Eq(sigma**2, 1), sigma * t > 0)),
    prose="If $t \\ne 0$, some $\\sigma$ with $\\sigma^2 = 1$ has $\\sigma t > 0$.",
    source="Elementary.",
    proof=[
        cases(
            case("positive", t > 0, witness(1), conjunction([qed("ring")], [qed(by("linear", "positive"))])),
            case("negative", t < 0, witness(-1), conjunction([qed("ring")], [qed(by("linear", "negative"))])),
            exhaustive=by("sign", "nonzero")),
    ],
)  # fmt: skip
