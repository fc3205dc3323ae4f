"""A lemma about one activation, made when numbers are put into the chapter: its affine piece, and what it sees.

The lemma is checked by the kernel like any other; what was recognised in the activation is not trusted.
"""

from fractions import Fraction
from typing import Any

from symproof.instances.piecewise_activation import AffinePiece, PiecewiseActivation, T
from symproof.instances.piecewise_tails import AffineTails, ExponentialTail, recognised_tails
from symproof.kernel.check import CheckResult
from symproof.logic.syntax import Eq, ForAll, num
from symproof.logic.term import Term
from symproof.proof.author import by, qed
from symproof.proof.step import Step
from symproof.proof.theorem import Theorem, theorem
from symproof.tactics.evidence_search import prove_theorem
from theorems.affine_piece.activations import by_exponential, by_tails, on_piece
from theorems.affine_piece.affine_tails import AFFINE_TAILS
from theorems.affine_piece.exponential_tail import EXPONENTIAL_TAIL
from theorems.affine_piece.network import NOTATION, affine_on, discriminatory, distinct, dx, h, m, x

__all__ = ["PIECE_ID", "UNITS_ID", "check_piece", "check_units"]

PIECE_ID = "affine_piece.this_activation_piece"
UNITS_ID = "affine_piece.this_activation"


def check_piece(activation: PiecewiseActivation, piece: AffinePiece) -> CheckResult:
    """What the kernel says of the claim that the activation is affine on the piece."""
    line = (_number(piece.slope), _number(piece.offset))
    low, high = _number(piece.low), _number(piece.high)
    return _checked(theorem(
        PIECE_ID, "The affine piece of this activation", variables=[h], hypotheses=_formula(activation),
        conclusion=affine_on(h, *line, low, high),
        proof=[*on_piece(line, low, high), qed(by("logic", "piece"))], notation=NOTATION,
    ))  # fmt: skip


def check_units(activation: PiecewiseActivation) -> CheckResult | None:
    """What the kernel says of the claim that the activation is discriminatory on distinct inputs; None if no proof is known."""
    tails = recognised_tails(activation)
    if tails is None:
        return None
    return _checked(theorem(
        UNITS_ID, "This activation is discriminatory", variables=[m, dx, x, h],
        hypotheses={"dimension": num(1) <= dx, "distinct": distinct, **_formula(activation)},
        conclusion=discriminatory(m, dx, x, h),
        proof=[*_steps(tails), qed(by("logic", "units"))], notation=NOTATION,
    ))  # fmt: skip


def _formula(activation: PiecewiseActivation) -> dict[str, Term]:
    return {"formula": ForAll(T, Eq(h(T), activation.term))}


def _steps(tails: AffineTails | ExponentialTail) -> list[Step]:
    if isinstance(tails, ExponentialTail):
        return by_exponential(*map(num, (tails.factor, tails.rate, tails.level, tails.end)), [], [])
    left, right = (tuple(map(num, line)) for line in (tails.left, tails.right))
    bend = (num(tails.middle), num(tails.step), num(tails.bend), [])
    return by_tails(left, num(tails.left_end), right, num(tails.right_end), bend)


def _checked(lemma: Theorem) -> CheckResult:
    return prove_theorem(lemma, {t.id: t for t in (lemma, AFFINE_TAILS, EXPONENTIAL_TAIL)})[0]


def _number(value: Any) -> Term:
    return num(Fraction(int(value.p), int(value.q)))
