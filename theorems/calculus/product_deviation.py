"""How far a product moves when its factors move."""

from symproof.logic.syntax import Abs, Eq, real
from symproof.proof.author import by, case, cases, have, qed
from symproof.proof.theorem import theorem

A, B, a, b, rho, D = real("A B a b rho D")

PRODUCT_DEVIATION = theorem(
    "calculus.product_deviation",
    "How far a product moves",
    variables=[A, B, a, b, rho, D],
    hypotheses={"first": Abs(B - A) <= rho, "second": Abs(b - a) <= D},
    conclusion=Abs(B * b - A * a) <= rho * (Abs(a) + D) + Abs(A) * D,
    prose="If $A$ moves by at most $\\rho$ and $a$ by at most $D$, then $A a$ moves by at most $\\rho(|a| + D) + |A| D$.",
    source="Elementary.",
    proof=[
        have("size", Abs(b) <= Abs(a) + D, proof=[
            cases(
                case("positive", b >= 0, qed(by("linear", "second", "positive"))),
                case("negative", b < 0, qed(by("linear", "second", "negative")))),
        ]),
        have("rho_nonnegative", rho >= 0, by("linear", "first")),
        have("moved", Abs(B - A) * Abs(b) <= rho * (Abs(a) + D), proof=[
            have("one", (rho - Abs(B - A)) * Abs(b) >= 0, by("sign", "first")),
            have("two", rho * (Abs(a) + D - Abs(b)) >= 0, by("sign", "size", "rho_nonnegative")),
            qed(by("linear", "one", "two")),
        ]),
        have("rest", Abs(A) * Abs(b - a) <= Abs(A) * D, proof=[
            have("three", Abs(A) * (D - Abs(b - a)) >= 0, by("sign", "second")),
            qed(by("linear", "three"))]),
        have("split", Eq(B * b - A * a, (B - A) * b + A * (b - a)), by("ring")),
        cases(
            case("up", B * b - A * a >= 0,
                 have("first_part", (B - A) * b <= Abs((B - A) * b), by("linear")),
                 have("second_part", A * (b - a) <= Abs(A * (b - a)), by("linear")),
                 qed(by("linear", "moved", "rest", "up", "split", "first_part", "second_part"))),
            case("down", B * b - A * a < 0,
                 have("first_part", (B - A) * b >= -Abs((B - A) * b), by("linear")),
                 have("second_part", A * (b - a) >= -Abs(A * (b - a)), by("linear")),
                 qed(by("linear", "moved", "rest", "down", "split", "first_part", "second_part")))),
    ],
)  # fmt: skip
