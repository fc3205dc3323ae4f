"""Every activation that is bent somewhere has a spurious local minimum on the three samples."""

from symproof.logic.syntax import And, Eq, Exists, ForAll, Implies, Min, real
from symproof.proof.author import (
    apply,
    assume,
    at,
    by,
    conjunction,
    have,
    let,
    obtain,
    qed,
    take,
    unfold,
    witness,
)  # fmt: skip
from symproof.proof.theorem import theorem
from theorems.calculus.continuous_function import continuous
from theorems.calculus.derivative import has_derivative
from theorems.relu_like.network import spurious, theta
from theorems.smooth.bent_piece import MINIMUM, SMOOTH, D, E, r, s, sigma, v
from theorems.smooth.bent_point import NOT_AFFINE, TWICE, inside
from theorems.smooth.fit_by_differences import FIT, t
from theorems.smooth.independent_differences import tau
from theorems.smooth.samples import NOTATION, data, h, n
from theorems.smooth.this_activation import OFFERS

a, b, p, q, u, c = real("a b p q u c")

BENT_ACTIVATION = theorem(
    "smooth.bent_activation",
    "A spurious local minimum on a bent piece",
    variables=[h, D, E, v, r, sigma, tau, n],
    hypotheses={
        "width": n >= 2, **SMOOTH, "sign": Eq(sigma**2, 1), "bend": sigma * E(v) > 0, "direction": Eq(tau**2, 1), "slope": tau * D(v) > 0,
    },
    conclusion=spurious(*data(n), *MINIMUM),
    prose="Let $h$ have a second derivative near $v$ that is continuous at $v$, $h'(v) \\ne 0$, $h''(v) \\ne 0$, and $\\sigma$ the sign of "
    "$h''(v)$. On the samples $(1, 0) \\mapsto 0$, $(0, 1) \\mapsto 0$, $(1/2, 1/2) \\mapsto 1$ a network of at least two units has a "
    "spurious local minimum: incoming weights 0, biases $v$, outgoing weights $\\sigma$. Its risk is $1/3$; other parameters have risk 0.",
    source="Derived here.",
    proof=[
        have("units", n >= 1, by("linear", "width")),
        have("none", n >= 0, by("linear", "width")),
        apply("local", "smooth.convex_local_minimum", using={"width": "units"}),
        apply("here", "smooth.minimum_risk", using={"width": "none"}),
        apply("steps", "smooth.independent_differences"),
        obtain(t, "independent", "steps"),
        apply("there", "smooth.fit_by_differences"),
        unfold("", "goal", spurious),
        conjunction([qed(by("logic", "local"))], [witness(*FIT), qed(by("linear", "here", "there"))]),
    ],
    notation=NOTATION,
    extra={"main": True, "instance": OFFERS.bent},
)  # fmt: skip


EVERY_ACTIVATION = theorem(
    "smooth.every_activation",
    "Every smooth activation that is not affine has a spurious local minimum",
    variables=[h, D, E, a, b, n],
    hypotheses={
        "width": n >= 2,
        **TWICE,
        "continuous": ForAll(s, Implies(inside(s), continuous(E, s))),
        "not_affine": NOT_AFFINE,
    },
    conclusion=Exists(theta, spurious(*data(n), *theta)),
    prose="If $h$ is twice continuously differentiable and not affine on some interval, then a network of at least two units with activation $h$ "
    "has a spurious local minimum on the samples $(1, 0) \\mapsto 0$, $(0, 1) \\mapsto 0$, $(1/2, 1/2) \\mapsto 1$.",
    source="Derived here; the samples are those of Yun, Sra and Jadbabaie.",
    proof=[
        apply("bent_somewhere", "smooth.bent_point"),
        obtain((v, sigma, tau), ("v_low", "v_high", "sign", "bend", "direction", "slope"), "bent_somewhere"),
        let("r_def", r, Min((v - a), (b - v)) / 2),
        have("radius", r > 0, proof=[
            have("left", v - a > 0, by("linear", "v_low")), have("right", b - v > 0, by("linear", "v_high")),
            qed(by("sign", "left", "right", rewrite=["r_def"]))]),
        *[have(f"{label}_near", ForAll(s, Implies(And(v - r <= s, s <= v + r), claim)), proof=[
            take(s), assume("s_low", "s_high"),
            have("above", a < s, by("linear", "s_low", "r_def", "v_low", "v_high", "radius")),
            have("below", s < b, by("linear", "s_high", "r_def", "v_low", "v_high", "radius")),
            qed(by("logic", at(label, s), "above", "below"))])
          for label, claim in (("derivative", has_derivative(h, s, D(s))), ("second", has_derivative(D, s, E(s))))],
        have("continuous_at", continuous(E, v), by("logic", at("continuous", v), "v_low", "v_high")),
        apply("found", "smooth.bent_activation",
              using={"derivative": "derivative_near", "second": "second_near", "continuous": "continuous_at"}),
        witness(*MINIMUM),
        qed(by("logic", "found")),
    ],
    notation=NOTATION,
    extra={"main": True, "instance": OFFERS.every},
)  # fmt: skip
