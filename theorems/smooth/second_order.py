"""The paper's local minimum: where a quadratic form of two rows is positive definite."""

from symproof.logic.syntax import Abs, And, Eq, Exists, ForAll, Implies, Min, real
from symproof.proof.author import apply, assume, at, by, conjunction, have, let, obtain, qed, take, witness
from symproof.proof.theorem import theorem
from theorems.calculus.derivative import delta
from theorems.smooth.samples import NOTATION

r, s, v1, v2, u1, u2, epsilon, eta, gamma, rho = real("r s v1 v2 u1 u2 epsilon eta gamma rho")
a1, a2, k1, k2, z1, z2, A1, A2, K1, K2, Z1, Z2 = real("a1 a2 k1 k2 z1 z2 A1 A2 K1 K2 Z1 Z2")
p1, p2, P1, P2, m, M = real("p1 p2 P1 P2 m M")


def corner(weight, bend, slope):
    """The diagonal entry of one unit: (u h'(v))^2 + u h''(v)/3."""
    return (weight * slope) ** 2 + weight * bend / 3


CORNER_NEARBY = theorem(
    "smooth.corner_nearby",
    "A diagonal entry changes little",
    variables=[A1, K1, Z1, epsilon],
    hypotheses={"precision": epsilon > 0},
    conclusion=Exists(delta, And(delta > 0, ForAll((a1, k1, z1), Implies(
        And(Abs(a1 - A1) <= delta, Abs(k1 - K1) <= delta, Abs(z1 - Z1) <= delta),
        And(Abs(corner(a1, k1, z1) - corner(A1, K1, Z1)) <= epsilon, Abs((a1 * z1) ** 2 - (A1 * Z1) ** 2) <= epsilon))))),
    prose="The entry $(u h'(v))^2 + u h''(v)/3$ depends continuously on $u$, $h'(v)$ and $h''(v)$; so does $(u h'(v))^2$.",
    source="Elementary.",
    proof=[
        apply("square", "calculus.nearby_product", {"a": A1 * Z1, "b": A1 * Z1, "epsilon": epsilon / 2}),
        obtain(eta, ("eta_positive", "square_near"), "square"),
        apply("slope", "calculus.nearby_product", {"a": A1, "b": Z1, "epsilon": eta}, using={"precision": "eta_positive"}),
        obtain(gamma, ("gamma_positive", "slope_near"), "slope"),
        apply("bend", "calculus.nearby_product", {"a": A1, "b": K1, "epsilon": epsilon / 2}),
        obtain(rho, ("rho_positive", "bend_near"), "bend"),
        let("delta_def", delta, Min(gamma, rho)),
        witness(delta),
        conjunction(
            [qed(by("sign", "gamma_positive", "rho_positive", rewrite=["delta_def"]))],
            [take(a1, k1, z1), assume("a_near", "k_near", "z_near"),
             *[have(f"{x}_{y}", Abs(one - other) <= bound, by("linear", f"{x}_near", "delta_def"))
               for x, one, other in (("a", a1, A1), ("k", k1, K1), ("z", z1, Z1)) for y, bound in (("slope", gamma), ("bend", rho))],
             have("slope_here", Abs(a1 * z1 - A1 * Z1) <= eta, by("logic", at("slope_near", a1, z1), "a_slope", "z_slope")),
             have("square_here", Abs(a1 * z1 * (a1 * z1) - A1 * Z1 * (A1 * Z1)) <= epsilon / 2,
                  by("logic", at("square_near", a1 * z1, a1 * z1), "slope_here")),
             have("bend_here", Abs(a1 * k1 - A1 * K1) <= epsilon / 2, by("logic", at("bend_near", a1, k1), "a_bend", "k_bend")),
             apply("sides", "calculus.triangle", {"u": a1 * z1 * (a1 * z1) - A1 * Z1 * (A1 * Z1), "v": (a1 * k1 - A1 * K1) / 3}),
             have("third", Eq(Abs((a1 * k1 - A1 * K1) / 3), Abs(a1 * k1 - A1 * K1) / 3), by("ring")),
             have("whole", Eq(Abs(corner(a1, k1, z1) - corner(A1, K1, Z1)),
                              Abs(a1 * z1 * (a1 * z1) - A1 * Z1 * (A1 * Z1) + (a1 * k1 - A1 * K1) / 3)), by("ring")),
             have("same", Eq(Abs((a1 * z1) ** 2 - (A1 * Z1) ** 2), Abs(a1 * z1 * (a1 * z1) - A1 * Z1 * (A1 * Z1))), by("ring")),
             have("size", Abs(a1 * k1 - A1 * K1) >= 0, by("sign")),
             conjunction([qed(by("linear", "square_here", "bend_here", "sides", "third", "whole", "size"))],
                         [qed(by("linear", "same", "square_here", "precision"))])]),
    ],
    notation=NOTATION,
)  # fmt: skip

gap = corner(A1, K1, Z1) * corner(A2, K2, Z2) - (A1 * Z1) ** 2 * (A2 * Z2) ** 2
UNITS = ((1, (a1, k1, z1), (A1, K1, Z1)), (2, (a2, k2, z2), (A2, K2, Z2)))


def all_near(distance):
    """All six numbers are at most a distance away from what they should be."""
    return [Abs(one - other) <= distance for _, here, there in UNITS for one, other in zip(here, there, strict=True)]


DEFINITE_NEARBY = theorem(
    "smooth.definite_nearby",
    "A positive definite matrix stays definite",
    variables=[A1, K1, Z1, A2, K2, Z2],
    hypotheses={
        "corner": corner(A1, K1, Z1) > 0,
        "determinant": corner(A1, K1, Z1) * corner(A2, K2, Z2) > (A1 * Z1) ** 2 * (A2 * Z2) ** 2,
    },
    conclusion=Exists(delta, And(delta > 0, ForAll((a1, k1, z1, a2, k2, z2), Implies(
        And(*all_near(delta)),
        And(corner(a1, k1, z1) > 0, (a1 * z1) ** 2 * (a2 * z2) ** 2 <= corner(a1, k1, z1) * corner(a2, k2, z2)))))),
    prose="If the conditions on $u_j$, $h'(v_j)$ and $h''(v_j)$ under which the matrix is positive definite hold, they hold for all nearby numbers.",
    source="Elementary.",
    proof=[
        have("gap_positive", gap / 2 > 0, by("linear", "determinant")),
        apply("corners", "calculus.nearby_product",
              {"a": corner(A1, K1, Z1), "b": corner(A2, K2, Z2), "epsilon": gap / 2}, using={"precision": "gap_positive"}),
        obtain(eta, ("eta_positive", "corners_near"), "corners"),
        apply("squares", "calculus.nearby_product",
              {"a": (A1 * Z1) ** 2, "b": (A2 * Z2) ** 2, "epsilon": gap / 2}, using={"precision": "gap_positive"}),
        obtain(gamma, ("gamma_positive", "squares_near"), "squares"),
        let("epsilon_def", epsilon, Min(Min(eta, gamma), corner(A1, K1, Z1) / 2)),
        have("epsilon_positive", epsilon > 0, by("sign", "eta_positive", "gamma_positive", "corner", rewrite=["epsilon_def"])),
        apply("unit1", "smooth.corner_nearby", using={"precision": "epsilon_positive"}),
        obtain(rho, ("rho_positive", "near1"), "unit1"),
        apply("unit2", "smooth.corner_nearby", {"A1": A2, "K1": K2, "Z1": Z2}, using={"precision": "epsilon_positive"}),
        obtain(r, ("r_positive", "near2"), "unit2"),
        let("delta_def", delta, Min(rho, r)),
        witness(delta),
        conjunction(
            [qed(by("sign", "rho_positive", "r_positive", rewrite=["delta_def"]))],
            [take(a1, k1, z1, a2, k2, z2), assume(*[f"{x}{j}_near" for j in (1, 2) for x in "akz"]),
             *[step for j, here, there in UNITS for step in (
                 *[have(f"{x}{j}", Abs(one - other) <= (rho if j == 1 else r), by("linear", f"{x}{j}_near", "delta_def"))
                   for x, one, other in zip("akz", here, there, strict=True)],
                 have(f"here{j}", And(Abs(corner(*here) - corner(*there)) <= epsilon,
                                      Abs((here[0] * here[2]) ** 2 - (there[0] * there[2]) ** 2) <= epsilon),
                      by("logic", at(f"near{j}", *here), f"a{j}", f"k{j}", f"z{j}")),
                 have(f"corner_here{j}", Abs(corner(*here) - corner(*there)) <= epsilon, by("logic", f"here{j}")),
                 have(f"corner_eta{j}", Abs(corner(*here) - corner(*there)) <= eta, by("linear", f"corner_here{j}", "epsilon_def")),
                 have(f"square_here{j}", Abs((here[0] * here[2]) ** 2 - (there[0] * there[2]) ** 2) <= epsilon, by("logic", f"here{j}")),
                 have(f"square_gamma{j}", Abs((here[0] * here[2]) ** 2 - (there[0] * there[2]) ** 2) <= gamma,
                      by("linear", f"square_here{j}", "epsilon_def")))],
             have("corners_here", Abs(corner(a1, k1, z1) * corner(a2, k2, z2) - corner(A1, K1, Z1) * corner(A2, K2, Z2)) <= gap / 2,
                  by("logic", at("corners_near", corner(a1, k1, z1), corner(a2, k2, z2)), "corner_eta1", "corner_eta2")),
             have("squares_here", Abs((a1 * z1) ** 2 * (a2 * z2) ** 2 - (A1 * Z1) ** 2 * (A2 * Z2) ** 2) <= gap / 2,
                  by("logic", at("squares_near", (a1 * z1) ** 2, (a2 * z2) ** 2), "square_gamma1", "square_gamma2")),
             conjunction([qed(by("linear", "corner_here1", "epsilon_def", "corner"))],
                         [qed(by("linear", "corners_here", "squares_here"))])]),
    ],
    notation=NOTATION,
)  # fmt: skip
