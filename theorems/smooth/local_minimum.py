"""The paper's theorem on general activations: two units, a local minimum by the second order, and an exact fit."""

from symproof.logic.syntax import Abs, And, Eq, ForAll, Implies, Ite, Lam, Min, Ne, forall_in, num, real
from symproof.logic.term import subst
from symproof.proof.author import apply, assume, at, by, conjunction, have, let, obtain, qed, take, unfold, witness
from symproof.proof.theorem import Citation, theorem
from theorems.calculus.continuous_function import continuous
from theorems.calculus.derivative import delta, has_derivative
from theorems.calculus.second_difference import near
from theorems.relu_like.network import V1, V2, c1, c2, close, k, l, local_minimum, network, other_theta, risk, spurious
from theorems.smooth.bent_piece import D, E
from theorems.smooth.samples import NOTATION, THIRD, W1, W2, b1, b2, data, h, n
from theorems.smooth.samples import E as E_coordinate
from theorems.smooth.samples import O as O_coordinate
from theorems.smooth.second_order import corner
from theorems.smooth.this_activation import OFFERS
from theorems.smooth.zero_risk import ZERO_RISK_POINT, p1, p2, p3, p4
from theorems.works import YUN_2019

r, s, v, v1, v2, u1, u2, eta1, eta2, rho = real("r s v v1 v2 u1 u2 eta1 eta2 rho")
k1, z1, k2, z2 = real("k1 z1 k2 z2")
CENTER, OUTGOING, COEFFICIENTS, RADIUS = (v1, v2), (u1, u2), ((k1, z1), (k2, z2)), (eta1, eta2)
UNITS = (1, 2)

CENTERS = Lam(k, Ite(Eq(k, 1), v1, v2))
WEIGHTS = Lam(k, Ite(Eq(k, 1), u1, u2))
MINIMUM = (Lam((k, l), num(0)), CENTERS, WEIGHTS, num(0))
"""Both units are constant, and the output is 1/3 everywhere."""

SECOND_ORDER = {
    "radius": r > 0,
    **{f"derivative{j}": ForAll(s, Implies(near(s, r, CENTER[j - 1]), has_derivative(h, s, D(s)))) for j in UNITS},
    **{f"second{j}": ForAll(s, Implies(near(s, r, CENTER[j - 1]), has_derivative(D, s, E(s)))) for j in UNITS},
    **{f"continuous{j}": continuous(E, CENTER[j - 1]) for j in UNITS},
    "value": Eq(u1 * h(v1) + u2 * h(v2), THIRD),
    "corner": corner(u1, E(v1), D(v1)) > 0,
    "determinant": (u1 * D(v1)) ** 2 * (u2 * D(v2)) ** 2 < corner(u1, E(v1), D(v1)) * corner(u2, E(v2), D(v2)),
}
"""The paper's (C2.3), (C2.6), (C2.7), and two continuous derivatives in place of (C2.4), (C2.5)."""


def middle(unit):
    """The pre-activation of a unit of the other network at the third sample."""
    return (V1(unit, 1) + V1(unit, 2)) / 2 + c1(unit)


def half(unit):
    """Half of the difference of its pre-activations at the first two samples."""
    return (V1(unit, 1) - V1(unit, 2)) / 2


OTHER = {W1: V1, b1: c1, W2: V2, b2: c2, n: num(2)}
form = (
    corner(V2(1), k1, z1) * half(1) ** 2
    + 2 * (V2(1) * z1 * (V2(2) * z2)) * half(1) * half(2)
    + corner(V2(2), k2, z2) * half(2) ** 2
)


def about_unit(j):
    """The differences of one unit as multiples of its step, with coefficients near the derivatives."""
    v, u, (kappa, zeta), eta = CENTER[j - 1], OUTGOING[j - 1], COEFFICIENTS[j - 1], RADIUS[j - 1]
    x, t = middle(j), half(j)
    return [
        *[have(f"weight{j}{i}", Abs(V1(j, i) - 0) < rho, by("logic", at("weights_move", j, i))) for i in (1, 2)],
        have(f"bias{j}", Abs(c1(j) - v) < rho, proof=[
            have("move", Abs(c1(j) - CENTERS(j)) < rho, by("logic", at("biases_move", j))),
            have("same", Eq(Abs(c1(j) - CENTERS(j)), Abs(c1(j) - v)), by("ring")), qed(by("linear", "move", "same"))]),
        have(f"outgoing{j}", Abs(V2(j) - u) <= delta, proof=[
            have("move", Abs(V2(j) - WEIGHTS(j)) < rho, by("logic", at("outgoing_move", j))),
            have("same", Eq(Abs(V2(j) - WEIGHTS(j)), Abs(V2(j) - u)), by("ring")),
            qed(by("linear", "move", "same", "rho_def", "rho_positive"))]),
        have(f"low{j}", v - eta <= x, by("linear", f"weight{j}1", f"weight{j}2", f"bias{j}", "rho_def", "rho_positive")),
        have(f"high{j}", x <= v + eta, by("linear", f"weight{j}1", f"weight{j}2", f"bias{j}", "rho_def", "rho_positive")),
        have(f"step{j}", Abs(t) <= eta, proof=[
            apply("sides", "calculus.triangle", {"u": V1(j, 1) / 2, "v": -V1(j, 2) / 2}),
            have("whole", Eq(Abs(t), Abs(V1(j, 1) / 2 + -V1(j, 2) / 2)), by("ring")),
            have("one", Eq(Abs(V1(j, 1) / 2), Abs(V1(j, 1) - 0) / 2), by("ring")),
            have("two", Eq(Abs(-V1(j, 2) / 2), Abs(V1(j, 2) - 0) / 2), by("ring")),
            qed(by("linear", "sides", "whole", "one", "two", f"weight{j}1", f"weight{j}2", "rho_def", "rho_positive"))]),
        obtain((kappa, zeta), (f"bend{j}", f"rise{j}", f"bend_near{j}", f"rise_near{j}"), at(f"coefficients{j}", x, t)),
    ]  # fmt: skip


LOCAL_MINIMUM = theorem(
    "smooth.local_minimum",
    "A local minimum by the second order",
    variables=[h, D, E, v1, v2, u1, u2, r],
    hypotheses=SECOND_ORDER,
    conclusion=local_minimum(*data(num(2)), *MINIMUM),
    prose="Let $u_1 h(v_1) + u_2 h(v_2) = 1/3$, and let the symmetric matrix with entries $(u_j h'(v_j))^2 + u_j h''(v_j)/3$ on the diagonal and "
    "$u_1 h'(v_1) u_2 h'(v_2)$ beside it be positive definite. Then incoming weights 0, biases $v_j$, outgoing weights $u_j$ and no "
    "output bias are a local minimum.",
    source="Yun, Sra, Jadbabaie, the theorem on general activations, with two continuous derivatives in place of an analytic activation.",
    proof=[
        have("here", Eq(risk(*data(num(2)), *MINIMUM), THIRD), by("ideal", "value", unfold=[risk, network])),
        apply("definite", "smooth.definite_nearby", {"A1": u1, "K1": E(v1), "Z1": D(v1), "A2": u2, "K2": E(v2), "Z2": D(v2)}),
        obtain(delta, ("delta_positive", "definite_near"), "definite"),
        *[step for j in UNITS for step in (
            apply(f"differences{j}", "calculus.difference_coefficients", {"g": h, "v": CENTER[j - 1], "epsilon": delta}, using={
                "derivative": f"derivative{j}", "second": f"second{j}", "continuous": f"continuous{j}", "precision": "delta_positive"}),
            obtain(RADIUS[j - 1], (f"eta{j}_positive", f"coefficients{j}"), f"differences{j}"))],
        let("rho_def", rho, Min(Min(eta1, eta2), delta) / 2),
        have("rho_positive", rho > 0, by("sign", "eta1_positive", "eta2_positive", "delta_positive", rewrite=["rho_def"])),
        unfold("", "goal", local_minimum),
        witness(rho),
        conjunction(
            [qed(by("logic", "rho_positive"))],
            [take(*other_theta), assume("moves_little"), unfold("moves", "moves_little", close),
             have("weights_move", forall_in(k, 1, 2, forall_in(l, 1, 2, Abs(V1(k, l) - 0) < rho)), by("logic", "moves")),
             have("biases_move", forall_in(k, 1, 2, Abs(c1(k) - CENTERS(k)) < rho), by("logic", "moves")),
             have("outgoing_move", forall_in(k, 1, 2, Abs(V2(k) - WEIGHTS(k)) < rho), by("logic", "moves")),
             *about_unit(1), *about_unit(2),
             have("definite_here", And(
                 corner(V2(1), k1, z1) > 0,
                 (V2(1) * z1) ** 2 * (V2(2) * z2) ** 2 <= corner(V2(1), k1, z1) * corner(V2(2), k2, z2)),
                 by("logic", at("definite_near", V2(1), k1, z1, V2(2), k2, z2), "outgoing1", "bend_near1", "rise_near1",
                    "outgoing2", "bend_near2", "rise_near2")),
             have("corner_here", corner(V2(1), k1, z1) > 0, by("logic", "definite_here")),
             have("determinant_here", corner(V2(1), k1, z1) * corner(V2(2), k2, z2) - (V2(1) * z1 * (V2(2) * z2)) ** 2 >= 0,
                  by("linear", "definite_here")),
             apply("form_sign", "smooth.positive_definite", {
                 "p": corner(V2(1), k1, z1), "q": V2(1) * z1 * (V2(2) * z2), "r": corner(V2(2), k2, z2), "s": half(1), "t": half(2)},
                   using={"corner": "corner_here", "determinant": "determinant_here"}),
             apply("excess", "smooth.excess", {"n": 2, "W1": V1, "b1": c1, "W2": V2, "b2": c2}),
             have("E_value", Eq(subst(E_coordinate, OTHER), (V2(1) * k1 * half(1) ** 2 + V2(2) * k2 * half(2) ** 2) / 2),
                  by("ideal", "bend1", "bend2")),
             have("O_value", Eq(subst(O_coordinate, OTHER), V2(1) * z1 * half(1) + V2(2) * z2 * half(2)),
                  by("ideal", "rise1", "rise2")),
             have("O_square", Eq(subst(O_coordinate, OTHER) ** 2, (V2(1) * z1 * half(1) + V2(2) * z2 * half(2)) ** 2),
                  by("rewrite", "O_value")),
             have("expanded", Eq(
                 num(2) / 3 * ((V2(1) * k1 * half(1) ** 2 + V2(2) * k2 * half(2) ** 2) / 2)
                 + (V2(1) * z1 * half(1) + V2(2) * z2 * half(2)) ** 2, form), by("ring")),
             qed(by("linear", "here", "excess", "E_value", "O_square", "expanded", "form_sign"))]),
    ],
    notation=NOTATION,
)  # fmt: skip

SPURIOUS_MINIMUM = theorem(
    "smooth.spurious_minimum",
    "A spurious local minimum for a general activation",
    variables=[h, D, E, v1, v2, u1, u2, r, p1, p2, p3, p4],
    hypotheses={
        "proportional": Eq(h(p1) * h(p4), h(p2) * h(p3)),
        "different": Ne(h(p1) * h((p3 + p4) / 2), h(p3) * h((p1 + p2) / 2)),
        **SECOND_ORDER,
    },
    conclusion=spurious(*data(num(2)), *MINIMUM),
    prose="Under the paper's conditions (C2.1), (C2.2), (C2.3), (C2.6), (C2.7), for an activation with two continuous derivatives near $v_1$ and $v_2$, "
    "the network with two units has a spurious local minimum of risk $1/3$ on the samples $(1, 0) \\mapsto 0$, $(0, 1) \\mapsto 0$, $(1/2, 1/2) \\mapsto 1$; "
    "other parameters have risk 0.",
    source="The paper asks for derivatives of all orders at $v_1$ and $v_2$ and for a bound of them: (C2.4) and (C2.5). Two continuous ones suffice.",
    origin=Citation(YUN_2019, "the theorem on general activations"),
    proof=[
        apply("local", "smooth.local_minimum"),
        have("here", Eq(risk(*data(num(2)), *MINIMUM), THIRD), by("ideal", "value", unfold=[risk, network])),
        have("width", num(2) >= 2, by("linear")),
        apply("there", "smooth.zero_risk", {"n": 2}),
        unfold("", "goal", spurious),
        conjunction([qed(by("logic", "local"))], [witness(*ZERO_RISK_POINT), qed(by("linear", "here", "there"))]),
    ],
    notation=NOTATION,
    extra={"main": True, "instance": OFFERS.two_units},
)  # fmt: skip
