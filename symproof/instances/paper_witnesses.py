"""Exact points p, v and weights u for the activations that the paper names: closed forms at which h is simple.

The paper's corollary only says that there are some. These are tried first, and certified like any others.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from symproof.logic.syntax import log, num, unary
from symproof.logic.term import Term

__all__ = ["PAPER_WITNESSES", "PaperWitness"]


@dataclass(frozen=True)
class PaperWitness:
    """Points p1 to p4 with h(p1) h(p4) = h(p2) h(p3), biases v1, v2, and the weight of the first unit.

    The second weight is the one for which u1 h(v1) + u2 h(v2) = 1/3.
    """

    p: tuple[Term, Term, Term, Term]
    v: tuple[Term, Term]
    weight: Term


def _half_log(ratio: Fraction | int) -> Term:
    return log(num(ratio)) / 2


def _tan(value: Fraction) -> Term:
    return unary("tan", num(value))


_EXPONENTIAL = PaperWitness(
    (-log(2), log(num(Fraction(3, 4))), log(num(Fraction(3, 4))), log(num(Fraction(7, 8)))),
    (log(num(Fraction(3, 4))), -log(2)),
    num(-2),
)
PAPER_WITNESSES: Mapping[str, PaperWitness] = {
    # h takes the values 1/2, 1/4, 1/4, 1/8 at p1, ..., p4; for ELU -1/2, -1/4, -1/4, -1/8.
    "sigmoid": PaperWitness((num(0), -log(3), -log(3), -log(7)), (-log(3), -log(3)), num(Fraction(2, 3))),
    "tanh": PaperWitness(
        (_half_log(3), _half_log(Fraction(5, 3)), _half_log(Fraction(5, 3)), _half_log(Fraction(9, 7))),
        (_half_log(Fraction(5, 3)), _half_log(3)),
        num(2),
    ),
    "arctan": PaperWitness(
        (_tan(Fraction(1, 2)), _tan(Fraction(1, 4)), _tan(Fraction(1, 4)), _tan(Fraction(1, 8))),
        (_tan(Fraction(1, 4)), _tan(Fraction(1, 2))),
        num(2),
    ),
    "quadratic": PaperWitness((num(1), num(2), num(2), num(-4)), (num(1), num(1)), num(Fraction(1, 6))),
    "elu": _EXPONENTIAL,
    "selu": PaperWitness(_EXPONENTIAL.p, _EXPONENTIAL.v, num(-1)),
}
