"""The logistic sigmoid, and the vocabulary of this chapter."""

from symproof.logic.definition import define
from symproof.logic.syntax import Lam, exp, integer, real

t = real("t")
n, P, d = integer("n P d")

sigmoid = define(
    "yu_chen.sigmoid", (t,), 1 / (1 + exp(-t)), latex=r"\sigma({0})", doc="The logistic sigmoid."
)  # fmt: skip
SIGMOID = Lam(t, sigmoid(t))

NOTATION = {
    "dx": "d_x", "W1": "W", "b1": "b", "W2": "u", "b2": "c", "V1": r"\tilde W", "c1": r"\tilde b", "V2": r"\tilde u",
    "c2": r"\tilde c", "rho": r"\rho",
}  # fmt: skip
