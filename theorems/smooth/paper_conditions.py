"""The paper's conditions on an activation as one notion, for activations that are shown to meet them."""

from symproof.logic.definition import define
from symproof.logic.syntax import And
from symproof.proof.author import apply, by, have, qed, unfold
from symproof.proof.theorem import theorem
from theorems.smooth.paper_spurious_minimum import PAPER_SPURIOUS_MINIMUM
from theorems.smooth.samples import NOTATION

CONDITIONS = dict(PAPER_SPURIOUS_MINIMUM.hypotheses)
"""The conditions by their labels, in their order."""

paper_conditions = define(
    "smooth.paper_conditions", PAPER_SPURIOUS_MINIMUM.variables, And(*CONDITIONS.values()),
    latex=r"{0}\text{{ meets the conditions at }}{6},{7},{8},{9};{1},{2}\text{{ with }}{3},{4},{5}",
    doc="The conditions of the theorem on general activations: those on the values at $p_1, \\dots, p_4$, and those on the "
    "derivatives near $v_1$ and $v_2$, with the weights $u_1$ and $u_2$ and the radius $r$.",
)  # fmt: skip

MINIMUM_FROM_CONDITIONS = theorem(
    "smooth.minimum_from_conditions",
    "An activation that meets the conditions has a spurious local minimum",
    variables=PAPER_SPURIOUS_MINIMUM.variables,
    hypotheses={"conditions": paper_conditions(*PAPER_SPURIOUS_MINIMUM.variables)},
    conclusion=PAPER_SPURIOUS_MINIMUM.conclusion,
    prose="If an activation meets the conditions of the paper, the network with two units has a spurious local minimum.",
    source="The theorem on general activations, with its hypotheses as one notion.",
    proof=[
        unfold("meaning", "conditions", paper_conditions),
        *[have(label, condition, by("logic", "meaning")) for label, condition in CONDITIONS.items()],
        apply("found", "smooth.paper_spurious_minimum"),
        qed(by("logic", "found")),
    ],
    notation={**NOTATION, "H": "h"},
)
