"""The claim: with one sigmoid unit less than samples, and a constant unit, every local minimum is a global one."""

from symproof.logic.syntax import ForAll, Implies, Ne, exists_in, forall_in, integer
from symproof.proof.theorem import Citation, theorem
from theorems.relu_like.network import i, l, local_minimum, other_theta, risk, theta, x, y
from theorems.works import YU_CHEN_1995
from theorems.yu_chen.sigmoid import NOTATION, SIGMOID, P, d

j = integer("j")
DATA = (P, d, P - 1, x, y, SIGMOID)
HYPOTHESES = {
    "patterns": P >= 2,
    "dimension": d >= 1,
    "distinct": forall_in(i, 1, P, forall_in(j, 1, P, Implies(
        Ne(i, j), exists_in(l, 1, d, Ne(x(i, l), x(j, l)))))),
    "local": local_minimum(*DATA, *theta),
}  # fmt: skip
GLOBAL = ForAll(other_theta, risk(*DATA, *theta) <= risk(*DATA, *other_theta))

CLAIM = theorem(
    "yu_chen.claim",
    "Every local minimum is global (a false claim)",
    variables=[P, d, x, y, *theta],
    hypotheses=HYPOTHESES,
    conclusion=GLOBAL,
    prose="For $P$ distinct input patterns, a network with $P - 1$ sigmoid hidden units and one constant unit has no "
    "suboptimal local minimum. This is false.",
    origin=Citation(YU_CHEN_1995, "abstract"),
    source="The abstract says that any suboptimal equilibrium point of the error surface is unstable in the sense of Lyapunov, "
    "hence that the surface is free of local minima. Stated here is that conclusion, for one linear output and squared errors. A "
    "correction note of 1996 exists; neither it nor the text of the paper was seen. That a local minimum of an analytic "
    "function is stable for its gradient flow, so that the sentence on stability fails as well, is due to Absil and Kurdyka (2006) and not "
    "formalised.",
    notation=NOTATION,
    extra={"main": True},
    refuted_by="yu_chen.refutation",
)  # fmt: skip
