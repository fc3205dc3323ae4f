"""The completeness of the real numbers. The logic has no axiom that says it, so it is cited."""

from symproof.logic.sort import BOOL, REAL, fun_sort
from symproof.logic.syntax import And, Exists, ForAll, Implies, real, variable
from symproof.proof.theorem import Citation, theorem
from theorems.works import RUDIN_1976

S = variable("S", fun_sort(REAL, BOOL))
t, b, c = real("t b c")


def above(bound):
    """No number with property S is larger than ``bound``."""
    return ForAll(t, Implies(S(t), t <= bound))


LEAST_UPPER_BOUND = theorem(
    "calculus.least_upper_bound",
    "Completeness of the real numbers",
    variables=[S],
    hypotheses={"nonempty": Exists(t, S(t)), "bounded": Exists(b, above(b))},
    conclusion=Exists(c, And(above(c), ForAll(b, Implies(above(b), c <= b)))),
    prose="A set of real numbers that is not empty and bounded above has a least upper bound.",
    citation=Citation(RUDIN_1976, "Theorem 1.19"),
)  # fmt: skip
