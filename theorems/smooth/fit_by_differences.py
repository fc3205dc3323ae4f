"""Parameters that fit the three samples exactly, from two steps around one point."""

from symproof.logic.syntax import Eq, Ite, Lam, Ne, real
from symproof.proof.author import by, qed
from symproof.proof.theorem import theorem
from theorems.smooth.samples import NOTATION, data, h, k, l, n, network, risk

t, v = real("t v")

long_bend, short_bend = h(v + 2 * t) + h(v - 2 * t) - 2 * h(v), h(v + t) + h(v - t) - 2 * h(v)
long_rise, short_rise = h(v + 2 * t) - h(v - 2 * t), h(v + t) - h(v - t)
DETERMINANT = long_bend * short_rise - long_rise * short_bend

first, second = -2 * short_rise / DETERMINANT, 2 * long_rise / DETERMINANT
FIT = (
    Lam((k, l), Ite(Eq(k, 1), Ite(Eq(l, 1), 2 * t, -2 * t), Ite(Eq(k, 2), Ite(Eq(l, 1), t, -t), 0))),
    Lam(k, v),
    Lam(k, Ite(Eq(k, 1), first, Ite(Eq(k, 2), second, 0))),
    1 - first * h(v) - second * h(v),
)  # fmt: skip
"""Two units with pre-activations v + 2t, v - 2t and v + t, v - t at the first two samples; the others are switched off."""

FIT_BY_DIFFERENCES = theorem(
    "smooth.fit_by_differences",
    "An exact fit by two steps around one point",
    variables=[h, n, v, t],
    hypotheses={"width": n >= 2, "independent": Ne(DETERMINANT, 0)},
    conclusion=Eq(risk(*data(n), *FIT), 0),
    prose="With $e_s = h(v + s) + h(v - s) - 2 h(v)$ and $o_s = h(v + s) - h(v - s)$: if $e_{2t} o_t \\ne o_{2t} e_t$, two units fit the "
    "three samples exactly.",
    source="Derived here.",
    proof=[
        qed(by("field", "independent", unfold=[risk, network])),
    ],
    notation=NOTATION,
)
