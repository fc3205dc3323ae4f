"""Parameters that fit the three samples exactly."""

from symproof.logic.syntax import Eq, Ite, Lam, Ne, num, real
from symproof.proof.author import by, have, qed
from symproof.proof.theorem import theorem
from theorems.smooth.samples import NOTATION, data, h, k, l, n, network, risk

p1, p2, p3, p4 = real("p1 p2 p3 p4")

scale = 1 / (h(p3) * h((p1 + p2) / 2) - h(p1) * h((p3 + p4) / 2))
WEIGHTS = Lam((k, l), Ite(Eq(k, 1), Ite(Eq(l, 1), p1, p2), Ite(Eq(k, 2), Ite(Eq(l, 1), p3, p4), 0)))
OUTGOING = Lam(k, Ite(Eq(k, 1), scale * h(p3), Ite(Eq(k, 2), -scale * h(p1), 0)))
ZERO_RISK_POINT = (WEIGHTS, Lam(k, num(0)), OUTGOING, num(0))
"""Two units with pre-activations p1, p2 and p3, p4 at the first two samples; the other units are switched off."""

ZERO_RISK = theorem(
    "smooth.zero_risk",
    "An exact fit",
    variables=[h, n, p1, p2, p3, p4],
    hypotheses={
        "width": n >= 2,
        "proportional": Eq(h(p1) * h(p4), h(p2) * h(p3)),
        "different": Ne(h(p1) * h((p3 + p4) / 2), h(p3) * h((p1 + p2) / 2)),
    },
    conclusion=Eq(risk(*data(n), *ZERO_RISK_POINT), 0),
    prose="If $h(p_1) h(p_4) = h(p_2) h(p_3)$ and $h(p_1) h((p_3 + p_4)/2) \\ne h(p_3) h((p_1 + p_2)/2)$, two units fit the three "
    "samples exactly.",
    source="Yun, Sra, Jadbabaie, the theorem on general activations: conditions (C2.1) and (C2.2).",
    proof=[
        have("apart", Ne(h(p3) * h((p1 + p2) / 2) - h(p1) * h((p3 + p4) / 2), 0), by("sign", "different")),
        have("first", Eq(scale * h(p3) * h(p1) - scale * h(p1) * h(p3), 0), by("ring")),
        have("second", Eq(scale * h(p3) * h(p2) - scale * h(p1) * h(p4), 0), by("ideal", "proportional")),
        have("third", Eq(scale * h(p3) * h((p1 + p2) / 2) - scale * h(p1) * h((p3 + p4) / 2), 1), by("field", "apart")),
        qed(by("ideal", "first", "second", "third", unfold=[risk, network])),
    ],
    notation=NOTATION,
)
