"""Products and sums change little when their parts do."""

from symproof.logic.syntax import Abs, And, Eq, Exists, ForAll, Implies, Min, real
from symproof.proof.author import apply, assume, by, conjunction, have, let, qed, take, witness
from symproof.proof.theorem import theorem
from theorems.calculus.derivative import NOTATION, delta, epsilon

a, b, u, v, scale = real("a b u v scale")

NEARBY_PRODUCT = theorem(
    "calculus.nearby_product",
    "Products of nearby numbers",
    variables=[a, b, epsilon],
    hypotheses={"precision": epsilon > 0},
    conclusion=Exists(delta, And(delta > 0, ForAll((u, v), Implies(
        And(Abs(u - a) <= delta, Abs(v - b) <= delta), Abs(u * v - a * b) <= epsilon)))),
    prose="If $u$ is near $a$ and $v$ near $b$, then $u v$ is near $a b$.",
    source="Elementary.",
    proof=[
        let("scale_def", scale, Abs(a) + Abs(b) + 1),
        have("scale_positive", scale > 0, by("sign", rewrite=["scale_def"])),
        let("delta_def", delta, Min(1, epsilon / scale)),
        have("delta_positive", delta > 0, by("sign", "precision", "scale_positive", rewrite=["delta_def"])),
        have("at_most_one", 1 - delta >= 0, by("linear", "delta_def")),
        have("cleared", Eq(epsilon / scale * scale, epsilon), by("field", "scale_positive")),
        have("room", (epsilon / scale - delta) * scale >= 0, proof=[
            have("less", epsilon / scale - delta >= 0, by("linear", "delta_def")), qed(by("sign", "less", "scale_positive"))]),
        witness(delta),
        conjunction(
            [qed(by("logic", "delta_positive"))],
            [take(u, v), assume("u_near", "v_near"),
             have("u_size", Abs(u - a) >= 0, by("sign")), have("v_size", Abs(v - b) >= 0, by("sign")),
             apply("sides", "calculus.triangle", {"u": (u - a) * (v - b), "v": a * (v - b) + b * (u - a)}),
             apply("rest", "calculus.triangle", {"u": a * (v - b), "v": b * (u - a)}),
             have("whole", Eq(Abs(u * v - a * b), Abs((u - a) * (v - b) + (a * (v - b) + b * (u - a)))), by("ring")),
             have("first", Eq(Abs((u - a) * (v - b)), Abs(u - a) * Abs(v - b)), by("elementary")),
             have("second", Eq(Abs(a * (v - b)), Abs(a) * Abs(v - b)), by("elementary")),
             have("third", Eq(Abs(b * (u - a)), Abs(b) * Abs(u - a)), by("elementary")),
             have("u_room", delta - Abs(u - a) >= 0, by("linear", "u_near")),
             have("v_room", delta - Abs(v - b) >= 0, by("linear", "v_near")),
             have("first_small", (delta - Abs(u - a)) * Abs(v - b) >= 0, by("sign", "u_room")),
             have("square", delta * (delta - Abs(v - b)) >= 0, by("sign", "delta_positive", "v_room")),
             have("square_small", delta * (1 - delta) >= 0, by("sign", "delta_positive", "at_most_one")),
             have("second_small", Abs(a) * (delta - Abs(v - b)) >= 0, by("sign", "v_room")),
             have("third_small", Abs(b) * (delta - Abs(u - a)) >= 0, by("sign", "u_room")),
             have("total", Eq(delta * scale, delta * Abs(a) + delta * Abs(b) + delta), by("ring", rewrite=["scale_def"])),
             qed(by("linear", "whole", "sides", "rest", "first", "second", "third", "first_small", "square", "square_small",
                    "second_small", "third_small", "total", "room", "cleared"))]),
    ],
    notation={**NOTATION, "scale": "S"},
)  # fmt: skip
