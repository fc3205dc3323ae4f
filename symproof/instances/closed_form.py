"""Numbers given by closed terms, such as ``-log(3)``: read, simplified where they are rational, evaluated in balls."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from fractions import Fraction

import flint
from flint import arb, fmpq

from symproof.errors import InputError
from symproof.instances.ball_number import Number
from symproof.instances.excerpt import describe
from symproof.instances.simple_rational import simplest_between
from symproof.kernel.check import check_theorem
from symproof.kernel.evaluate import EvaluationError, Undefined, decide, evaluate
from symproof.logic.parser import parse_expression
from symproof.logic.syntax import Eq, Ne, num
from symproof.logic.term import Term, subst
from symproof.proof.author import qed
from symproof.proof.theorem import theorem

__all__ = [
    "MOST_BITS",
    "MOST_GROWTH",
    "NoNumberError",
    "at_point",
    "claim_text",
    "closed_form",
    "decided",
    "equal",
    "growth",
    "literal",
    "number_of",
    "rational_bounds",
    "read_number",
    "recognised",
]

MOST_BITS = 2048
"""The precision up to which a sign is looked for."""


_NEUTRAL = {"add": 0, "mul": 1}
_INVERSE: Mapping[tuple[str, str], Callable[[Term], tuple[Term, ...]]] = {
    ("exp", "log"): lambda x: (x > 0,),
    ("log", "exp"): lambda x: (),
    ("tan", "atan"): lambda x: (),
    ("atan", "tan"): lambda x: (2 * x < Term("pi"), -Term("pi") < 2 * x),
    ("tanh", "atanh"): lambda x: (x < 1, -num(1) < x),
    ("atanh", "tanh"): lambda x: (),
}
"""Functions that undo one another, and when f(g(x)) = x."""


MOST_GROWTH = 1_000
"""Rationals that may be so many times longer than the numbers they come from are not computed exactly."""
MOST_EXPONENT = 20_000
"""Numbers beyond 2 to the plus or minus this are not turned into rationals."""


class NoNumberError(EvaluationError):
    """A closed term has no value, or none that is found with the precision."""


def literal(value: fmpq | int) -> Term:
    """A rational as a term."""
    exact = fmpq(value)
    return num(Fraction(int(exact.p), int(exact.q)))


def read_number(value: object, where: str) -> Term:
    """A closed term from a number or a text in the claim grammar. Raises InputError."""
    if isinstance(value, int) and not isinstance(value, bool):
        return num(value)
    if not isinstance(value, str):
        raise InputError("not a number", where, "a number such as 3, 1/10 or -log(3)", describe(value))
    term = closed_form(parse_expression(value, {}, where))
    try:
        number_of(term)
    except NoNumberError as problem:
        raise InputError("not a real number", where, "a closed expression with a real value", str(problem)) from None
    return term


def number_of(term: Term, precision: int | None = None) -> Number:
    """The value of a closed term: exact if it is rational, else a ball.

    Args:
        term: without variables.
        precision: bits; those of ``flint.ctx`` unless given.

    Raises:
        NoNumberError: it has no value, or the precision does not tell.
    """
    try:
        value = evaluate(term, {}, precision or flint.ctx.prec)
    except (Undefined, EvaluationError) as problem:
        raise NoNumberError(str(problem)) from problem
    if isinstance(value, fmpq) or (isinstance(value, arb) and value.is_finite()):
        return value
    raise NoNumberError(f"no value of {term} is found with {precision or flint.ctx.prec} bits")


def closed_form(term: Term) -> Term:
    """A closed term with its rational parts written as rationals, and its cases and absolute values decided.

    The value is the same. What cannot be decided stays as it is.
    """
    if not term.args or not term.sort.is_number:
        return term
    if term.op == "ite":
        holds = decided(term.args[0])
        return term if holds is None else closed_form(term.args[1] if holds else term.args[2])
    inside = tuple(closed_form(a) for a in term.args)
    found = Term(term.op, inside, term.data, term.sort)
    if found.op == "abs":
        negative = decided(inside[0] < 0)
        if negative is not None:
            return closed_form(-inside[0]) if negative else inside[0]
    if found.op in ("min", "max"):
        chosen = _extremum(found.op, inside)
        if chosen is not None:
            return chosen
    if found.op == "neg" and found.args[0].op == "neg":
        return found.args[0].args[0]
    if (
        found.op == "add"
        and inside[1].op == "sub"
        and inside[0] == inside[1].args[1]
        and decided(inside[0] < 0) is not None
    ):
        return inside[1].args[0]
    if found.op in _NEUTRAL and num(_NEUTRAL[found.op]) in inside and len(inside) == 2:
        return inside[1] if inside[0] == num(_NEUTRAL[found.op]) else inside[0]
    if found.op == "exp" and inside[0].op == "neg" and inside[0].args[0].op == "log":
        return closed_form(1 / closed_form(Term("exp", inside[0].args)))
    if (found.op, inside[0].op) in _INVERSE:
        limits = _INVERSE[found.op, inside[0].op](inside[0].args[0])
        if all(decided(limit) for limit in limits):
            return inside[0].args[0]
    if any(a.op != "num" for a in inside) or (found.op == "pow" and _long_power(*inside)):
        return found
    try:
        value = evaluate(found, {}, 64)
    except (Undefined, EvaluationError):
        return found
    return literal(value) if isinstance(value, fmpq) and value.height_bits() < MOST_BITS else found


def _extremum(op: str, candidates: tuple[Term, ...]) -> Term | None:
    """The least or the largest of some numbers; None if balls do not tell which it is."""
    best = candidates[0]
    for other in candidates[1:]:
        less = decided(other < best)
        if less is None:
            return None
        best = other if less is (op == "min") else best
    return best


def _long_power(base: Term, exponent: Term) -> bool:
    """Whether a power of two rationals would be long to write down."""
    bits = max(base.data.numerator.bit_length(), base.data.denominator.bit_length())
    return bool(bits * abs(exponent.data) > MOST_BITS)


def decided(proposition: Term) -> bool | None:
    """Whether a closed proposition holds, by balls; None if they do not tell, or it is not defined."""
    try:
        return decide(proposition, {}, MOST_BITS)
    except (Undefined, EvaluationError):
        return None


def at_point(term: Term, variable: Term, point: Term) -> Term:
    """The closed form of a function at a point."""
    return closed_form(subst(term, {variable: point}))


def equal(left: Term, right: Term) -> tuple[bool | None, str]:
    """Whether two closed terms have the same value, and how that is known.

    Exact rationals are compared; balls that are disjoint refute it; else the kernel's rule ``elementary`` may prove it,
    from that the denominators are not 0, which balls show.
    """
    for precision in (64, 256):
        try:
            one, other = number_of(left, precision), number_of(right, precision)
        except NoNumberError as problem:
            return None, str(problem)
        if isinstance(one, fmpq) and isinstance(other, fmpq):
            return one == other, "both sides are rational"
        if not arb(one).overlaps(arb(other)):
            return False, "the sides lie in disjoint balls"
    if growth(left) + growth(right) > MOST_GROWTH:
        return None, "the sides agree to 256 bits, which proves nothing, and are too long for the kernel"
    denominators = {t.args[1] for side in (left, right) for t in side.walk() if t.op == "div" and t.args[1].op != "num"}
    nonzero = [d for d in denominators if decided(d > 0) or decided(d < 0)]
    claim = theorem(
        "smooth.equal_numbers", "Two closed terms with one value",
        hypotheses={f"d{k}": Ne(d, 0) for k, d in enumerate(sorted(nonzero, key=str))},
        conclusion=Eq(left, right), proof=[qed("elementary")],
    )  # fmt: skip
    if check_theorem(claim, {}).accepted:
        return True, "proved by the kernel's rule elementary"
    return None, "the sides agree to 256 bits, which proves nothing, and the kernel's rule elementary does not prove it"


def claim_text(term: Term) -> str:
    """A closed term as a text that ``read_number`` reads."""
    return re.sub(r"\b(min|max)\(", lambda found: found[1].capitalize() + "(", str(term))


def growth(term: Term) -> int:
    """About how many times longer than the numbers in a term its value can be where it is rational."""
    inside = [growth(a) for a in term.args]
    if term.op == "pow" and term.args[1].op == "num":
        return inside[0] * max(1, int(abs(term.args[1].data)))
    return sum(inside) if term.op in ("add", "sub", "mul", "div") else max(inside, default=1)


def rational_bounds(value: Number) -> tuple[fmpq, fmpq]:
    """Two rationals around a number, close to it. Raises NoNumberError if they would be too long to write down."""
    if isinstance(value, fmpq):
        return value, value
    ends = value.lower(), value.upper()
    if not all(end.is_finite() and (end == 0 or abs(end.man_exp()[1]) < MOST_EXPONENT) for end in ends):
        raise NoNumberError(f"the number {value.str(6)} is too large or too small to work with")
    return ends[0].fmpq(), ends[1].fmpq()


def recognised(term: Term, most: int = 1000) -> Term:
    """A closed term as a rational if it is one with a small denominator and the kernel proves it; else as it is."""
    try:
        value = number_of(term, 128)
    except NoNumberError:
        return term
    if isinstance(value, fmpq):
        return literal(value)
    if not abs(value) < 1 << most.bit_length():
        return term
    guess = simplest_between(*rational_bounds(value))
    return literal(guess) if guess.height_bits() <= most.bit_length() and equal(term, literal(guess))[0] else term
