"""The paper's pair of opposite units: they add up to a linear function plus a shift by the sign."""

from symproof.logic.syntax import Abs, Eq, Ite, real
from symproof.proof.author import by, case, cases, have, qed, unfold
from symproof.proof.theorem import Citation, theorem
from theorems.relu_like.network import NOTATION, h, relu_like, s_minus, s_plus, t
from theorems.works import YUN_2019

g = real("g")


def sign(term):
    """The sign of a real number: 1, 0 or -1."""
    return Ite(term > 0, 1, Ite(term < 0, -1, 0))


TWO_UNITS = theorem(
    "relu_like.two_units",
    "Two opposite units add a sign",
    variables=[h, s_plus, s_minus, t, g],
    hypotheses={"activation": relu_like(h, s_plus, s_minus), "shift": Abs(g) <= Abs(t)},
    conclusion=Eq(h(t + g) - h(-t + g), (s_plus + s_minus) * t + sign(t) * (s_plus - s_minus) * g),
    prose="For $|g| \\le |t|$ the units at $t + g$ and $-t + g$ lie on different sides of the kink; their difference is linear in $t$, "
    "plus a multiple of $g$ whose sign is the sign of $t$.",
    origin=Citation(YUN_2019, "proof of the theorem on ReLU-like networks, step 2"),
    proof=[
        unfold("slopes", "activation", relu_like),
        cases(
            case("right", t > 0,
                 have("plain", Eq(Abs(t), t), by("ring")),
                 have("first", t + g >= 0, by("linear", "shift", "plain")),
                 have("second", -t + g <= 0, by("linear", "shift", "plain")),
                 cases(
                     case("inside", -t + g < 0, qed(by("ring", rewrite=["slopes"]))),
                     case("end", Eq(-t + g, 0),
                          have("same", Eq(g, t), by("linear", "end")),
                          qed(by("ring", rewrite=["same", "slopes"]))))),
            case("left", t < 0,
                 have("plain", Eq(Abs(t), -t), by("ring")),
                 have("first", t + g <= 0, by("linear", "shift", "plain")),
                 have("second", -t + g >= 0, by("linear", "shift", "plain")),
                 cases(
                     case("inside", t + g < 0, qed(by("ring", rewrite=["slopes"]))),
                     case("end", Eq(t + g, 0),
                          have("same", Eq(g, -t), by("linear", "end")),
                          qed(by("ring", rewrite=["same", "slopes"]))))),
            case("middle", Eq(t, 0),
                 have("none", Eq(Abs(t), 0), by("ring", rewrite=["middle"])),
                 have("same", Eq(g, 0), by("linear", "shift", "none")),
                 qed(by("ring", rewrite=["middle", "same"])))),
    ],
    notation=NOTATION,
)  # fmt: skip
