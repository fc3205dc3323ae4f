"""An activation as analytic formulas on intervals, read off its term; and where it is affine.

A formula put together from analytic functions is analytic on an interval on which the conditions of differentiation
hold at every point (denominators other than 0, logarithms of positive numbers, ...), which the kernel checks. If it is
affine on some interval inside, it is affine on all of it (identity theorem), so that one second difference other than 0
shows that it is affine on no interval at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from flint import fmpq

from symproof.instances.activation_jet import JetRefusal, piece_at
from symproof.instances.ball_number import compare, few_digits
from symproof.instances.exponential_sum import exponential_sum
from symproof.instances.piecewise_activation import MAX_PIECES, PieceFormula, T
from symproof.instances.rational import format_rational
from symproof.instances.straight_line import CONNECTIVES, FUNCTIONS, RELATIONS
from symproof.kernel.differentiate import differentiate
from symproof.kernel.evaluate import EvaluationError, Undefined, evaluate
from symproof.logic.syntax import num
from symproof.logic.term import Term, free_variables
from symproof.proof.author import by, qed
from symproof.proof.theorem import theorem
from symproof.tactics.evidence_search import prove_theorem

__all__ = ["AffineIntervals", "affine_intervals", "analytic_pieces"]

ANALYTIC = FUNCTIONS | {"num", "var", "pi", "e", "add", "sub", "mul", "div", "neg", "pow"}
"""Functions that are analytic wherever the conditions of differentiation hold."""
KNOWN = ANALYTIC | RELATIONS | CONNECTIVES | {"abs", "sign", "max", "min", "ite"}
"""What pieces are read off; ``floor`` for one has more of them than can be listed."""
MAX_ALTERNATIVES = 64
_STEPS = (fmpq(1, 4), fmpq(1, 3), fmpq(1, 7))
_BITS = 256


@dataclass(frozen=True)
class AffineIntervals:
    """Whether an activation is affine with a slope other than 0 on some interval.

    Attributes:
        holds: None where it is not decided.
        reason: why, in words.
        pieces: the formulas on intervals; empty if none were found.
    """

    holds: bool | None
    reason: str
    pieces: tuple[PieceFormula, ...] = ()

    @property
    def only_affine(self) -> bool:
        """Whether it is affine on each of its pieces, so that the second derivative is 0 wherever it exists."""
        return bool(self.pieces) and all(p.known is not None and p.known.line() is not None for p in self.pieces)


def analytic_pieces(term: Term) -> tuple[PieceFormula, ...]:
    """The formulas without case distinctions that an activation has between its breakpoints, from left to right.

    Case distinctions, absolute values, signs, maxima and minima are resolved where they depend on an affine function of
    t with rational coefficients. The values at the breakpoints themselves are not looked at.

    Raises JetRefusal if something else is left, or if there are too many pieces.
    """
    found = _breakpoints(term)
    if len(found) >= MAX_PIECES:
        raise JetRefusal("not_evaluable", f"the activation has more than {MAX_PIECES} pieces")
    ends = [None, *sorted(found), None]
    pieces: list[PieceFormula] = []
    for low, high in pairwise(ends):
        formula = piece_at(term, _inside(low, high))
        if any(part.op not in ANALYTIC for part in formula.walk() if T in free_variables(part)):
            raise JetRefusal("not_smooth", f"{formula} is not put together from analytic functions alone")
        if pieces and formula == pieces[-1].formula:
            pieces[-1] = PieceFormula(pieces[-1].low, high, formula, pieces[-1].known)
        else:
            pieces.append(PieceFormula(low, high, formula, exponential_sum(formula, T)))
    return tuple(pieces)


def affine_intervals(term: Term) -> AffineIntervals:
    """Decide whether the activation ``term`` is affine with a slope other than 0 on some interval."""
    try:
        pieces = analytic_pieces(term)
    except JetRefusal as refusal:
        return AffineIntervals(None, f"its analytic pieces are not known: {refusal}")
    words: list[str] = []
    sloped: list[str] = []
    unknown = ""
    for piece in pieces:
        line = piece.known.line() if piece.known is not None else None
        where = _interval(piece)
        if line is not None and line[0] != 0:
            sloped.append(f"{where} (slope {few_digits(_fmpq(line[0]))})")
            continue
        why = "constant" if line is not None else _not_affine(piece)
        words.append(f"for {where} it is {why}")
        if why is None:
            unknown = unknown or f"whether it is affine on some interval is not known for {where}"
    if sloped:
        return AffineIntervals(True, f"affine for {' and for '.join(sloped)}", pieces)
    if unknown:
        return AffineIntervals(None, unknown, pieces)
    return AffineIntervals(False, f"affine with a slope other than 0 on no interval: {'; '.join(words)}", pieces)


def _not_affine(piece: PieceFormula) -> str | None:
    """Why a formula is affine on no interval inside its own; None if that is not shown."""
    if piece.known is not None:
        return "a sum of powers times exponentials that is not affine"
    bent = _bent(piece)
    return f"analytic, with {bent}" if bent is not None and _is_smooth(piece) else None


def _bent(piece: PieceFormula) -> str | None:
    """A second difference inside the interval that is not 0 for certain, in words."""
    middle = _inside(piece.low, piece.high)
    room = min((abs(middle - end) / 2 for end in (piece.low, piece.high) if end is not None), default=fmpq(1))
    for shift in (fmpq(0), *_STEPS):
        center = middle + room * shift
        points = [center - room / 2, center, center + room / 2]
        try:
            values = [evaluate(piece.formula, {T: point}, _BITS) for point in points]
        except (Undefined, EvaluationError):
            continue
        if any(value is None for value in values):
            continue
        difference = values[0] - 2 * values[1] + values[2]
        if compare("ne", difference, fmpq(0)) is True:
            at = [format_rational(point) for point in points]
            return f"h({at[0]}) - 2 h({at[1]}) + h({at[2]}) = {few_digits(difference)}"
    return None


def _is_smooth(piece: PieceFormula) -> bool:
    """Whether the kernel proves the conditions of differentiation at every point of the interval."""
    inside = {}
    if piece.low is not None:
        inside["low"] = _num(piece.low) < T
    if piece.high is not None:
        inside["high"] = _num(piece.high) > T
    conditions = differentiate(piece.formula, T)[1]
    return all(_proved(condition, inside) for condition in conditions)


def _proved(claim: Term, inside: dict[str, Term]) -> bool:
    for rule in ("sign", "linear"):
        lemma = theorem("analytic_piece.condition", "A condition of differentiation", variables=[T], hypotheses=inside,
                        conclusion=claim, proof=[qed(by(rule, *inside))])  # fmt: skip
        if prove_theorem(lemma, {lemma.id: lemma})[0].accepted:
            return True
    return False


# Pieces --------------------------------------------------------------------------------------------------------------


def _breakpoints(term: Term) -> set[fmpq]:
    """Where the parts that are no analytic functions change; JetRefusal if that is not known."""
    found: set[fmpq] = set()
    for part in term.walk():
        if part.op not in KNOWN and T in free_variables(part):
            raise JetRefusal("not_smooth", f"{part.op} is not resolved here")
        for switch in _switches(part):
            if T not in free_variables(switch):
                continue
            lines = [_line(one) for one in _alternatives(switch)]
            if not lines or any(line is None for line in lines):
                raise JetRefusal("not_smooth", f"a case distinction by {switch}, which is not affine in t")
            found |= {-line[1] / line[0] for line in lines if line is not None and line[0] != 0}
    return found


def _switches(part: Term) -> Iterator[Term]:
    """The numbers whose sign says which formula a part has."""
    if part.op in ("abs", "sign"):
        yield part.args[0]
    elif part.op in ("max", "min"):
        yield from (a - b for k, a in enumerate(part.args) for b in part.args[:k])
    elif part.op == "ite":
        yield from (c.args[0] - c.args[1] for c in part.args[0].walk() if c.op in RELATIONS)


def _alternatives(term: Term) -> list[Term]:
    """The formulas without case distinctions that a term may have; () if they are too many."""
    choices: list[list[Term]] = [[]]
    for arg in term.args:
        choices = [[*before, one] for before in choices for one in _alternatives(arg)]
        if len(choices) > MAX_ALTERNATIVES:
            return []
    if term.op == "ite":
        return list({*(c[1] for c in choices), *(c[2] for c in choices)})
    if term.op in ("max", "min"):
        return list({one for c in choices for one in c})
    if term.op == "abs":
        return [one for c in choices for one in (c[0], -c[0])]
    if term.op == "sign":
        return [num(1), num(-1), num(0)]
    return [Term(term.op, tuple(c), term.data, term.sort) for c in choices] if term.args else [term]


def _line(term: Term) -> tuple[fmpq, fmpq] | None:
    """Slope and offset of a term that is affine in t with rational coefficients."""
    known = exponential_sum(term, T)
    line = known.line() if known is not None else None
    return None if line is None else (_fmpq(line[0]), _fmpq(line[1]))


def _inside(low: fmpq | None, high: fmpq | None) -> fmpq:
    """A number inside an interval; None is no end."""
    if low is None:
        return fmpq(0) if high is None else high - 1
    return low + 1 if high is None else (low + high) / 2


def _interval(piece: PieceFormula) -> str:
    low, high = (None if end is None else format_rational(end) for end in (piece.low, piece.high))
    if low is None:
        return "all t" if high is None else f"t < {high}"
    return f"t > {low}" if high is None else f"{low} < t < {high}"


def _num(value: fmpq) -> Term:
    return num(Fraction(int(value.p), int(value.q)))


def _fmpq(value: Fraction) -> fmpq:
    return fmpq(value.numerator, value.denominator)
