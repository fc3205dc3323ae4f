"""Losses rho(f, y): named ones, expressions, and expressions in pieces, with their derivatives in f."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

import flint
from flint import arb, fmpq

from symproof.did_you_mean import did_you_mean
from symproof.errors import InputError
from symproof.instances.excerpt import excerpt
from symproof.instances.rational import format_rational, parse_rational
from symproof.kernel.differentiate import differentiate
from symproof.kernel.evaluate import Compiled, EvaluationError, Undefined, compile_term
from symproof.kernel.normal_form import normal_form
from symproof.kernel.polynomial import constant_value, to_fraction
from symproof.kernel.rule import Refusal
from symproof.logic.parser import FUNCTIONS, parse_expression
from symproof.logic.syntax import Ite, num, real
from symproof.logic.term import Term, free_variables, subst

__all__ = [
    "LOSSES",
    "Branch",
    "F",
    "Loss",
    "Y",
    "affine_in_output",
    "affine_slope",
    "at",
    "branches",
    "exact_at",
    "loss_term",
    "not_a_loss",
    "parse_loss",
]

F, Y = real("f y")
MAX_LENGTH = 400
MAX_PIECES = 6


def _huber(delta: fmpq) -> str:
    d, offset = format_rational(delta), format_rational(delta**2 / 2)
    steep = "" if delta == 1 else f"{d}*"
    left, right = f"{steep}(y - f) - {offset}", f"{steep}(f - y) - {offset}"
    return f"{left} if f <= y - {d} else (f - y)**2/2 if f <= y + {d} else {right}"


def _pseudo_huber(delta: fmpq) -> str:
    if delta == 1:
        return "sqrt(1 + (f - y)**2) - 1"
    return f"{format_rational(delta**2)}*(sqrt(1 + (f - y)**2/({format_rational(delta**2)})) - 1)"


LOSSES: dict[str, Callable[[fmpq], str]] = {
    "squared": lambda _d: "(f - y)**2/2",
    "quartic": lambda _d: "(f - y)**4",
    "log_cosh": lambda _d: "log(cosh(f - y))",
    "logistic": lambda _d: "log(1 + exp(-y*f))",
    "squared_hinge": lambda _d: "(1 - y*f)**2/2 if y*f <= 1 else 0",
    "huber": _huber,
    "pseudo_huber": _pseudo_huber,
}
"""The named losses, in the output f and the target y, for a parameter delta; logistic and squared_hinge are margin
losses for targets 1 and -1."""
WITH_PARAMETER = ("huber", "pseudo_huber")
"""Those with a parameter delta > 0, as in ``huber(1/2)``; it is 1 unless given."""


@dataclass(frozen=True)
class Part:
    """A piece of a loss: its text, and value and first two derivatives in f as terms and compiled."""

    text: str
    terms: tuple[Term, Term, Term]
    value: Compiled
    first: Compiled
    second: Compiled


@dataclass(frozen=True)
class Loss:
    """A loss in pieces: the first part whose condition holds, or the last one.

    Attributes:
        text: what was asked for.
        expression: what it is, as text.
        parts: the pieces.
        limits: for each piece but the last a term; the piece applies where that term is at most 0.
    """

    text: str
    expression: str
    parts: tuple[Part, ...]
    limits: tuple[Term, ...]


@dataclass(frozen=True)
class Branch:
    """A piece of the function f -> rho(f, y) for one y: the part with this number, from ``low`` to ``high``."""

    number: int
    low: fmpq | None
    high: fmpq | None


def parse_loss(text: str, where: str = "loss") -> Loss:
    """Read a loss: a name, an expression in f and y, or ``A if f <= B else C``, where B is an expression in y.

    Raises:
        InputError: the grammar does not know it, or the condition of a piece is not affine in f.
    """
    stripped = text.strip()
    if len(stripped) > MAX_LENGTH:
        raise InputError("the loss is too long", where, f"at most {MAX_LENGTH} characters", str(len(stripped)))
    expression = _named(stripped, where)
    pieces = re.split(r"\belse\b", expression)
    if len(pieces) > MAX_PIECES:
        raise InputError("the loss has too many pieces", where, f"at most {MAX_PIECES}", str(len(pieces)))
    parts, limits = [], []
    for n, piece in enumerate(pieces):
        value, *condition = re.split(r"\bif\b", piece)
        if len(condition) != (n < len(pieces) - 1):
            raise InputError("not a loss", where, "A if f <= B else C", excerpt(expression))
        parts.append(_part(value.strip(), where))
        limits += [_limit(text.strip(), where) for text in condition]
    return Loss(stripped, expression, tuple(parts), tuple(limits))


def _named(text: str, where: str) -> str:
    name, opening, rest = text.partition("(")
    name = name.strip()
    if name not in LOSSES or (opening and not rest.endswith(")")):
        return text
    if not opening:
        return LOSSES[name](fmpq(1))
    if name not in WITH_PARAMETER:
        raise InputError("this loss has no parameter", where, name, excerpt(text))
    delta = parse_rational(rest[:-1], where)
    if delta <= 0:
        raise InputError("the parameter of the loss is not positive", where, "a number greater than 0", excerpt(text))
    return LOSSES[name](delta)


def _part(text: str, where: str) -> Part:
    term = _parsed(text, where)
    first, _ = differentiate(term, F)
    second, _ = differentiate(first, F)
    terms = (term, first, second)
    return Part(text, terms, *map(compile_term, terms))


def _parsed(text: str, where: str) -> Term:
    try:
        term = parse_expression(text, {"f": F, "y": Y}, where)
    except InputError as error:
        names = ", ".join(sorted(LOSSES))
        raise not_a_loss(error, f"one of {names}, or an expression in f and y") from error
    if not term.sort.is_number:
        raise InputError("not a loss", where, "an expression with a number as its value", excerpt(text))
    return term


def not_a_loss(error: InputError, expected: str) -> InputError:
    """What to say of a loss that the parser does not read: at its character, with the name that was perhaps meant."""
    name = error.found.strip("'")
    hint = did_you_mean(name, (*LOSSES, *FUNCTIONS)) if name.isidentifier() else error.hint
    return InputError("not a loss", error.where, expected, f"{error.found}: {error.what}", hint)


def _limit(text: str, where: str) -> Term:
    """What is at most 0 where the condition holds. ``<`` is read as ``<=``: the pieces must agree at the end anyway."""
    sides = re.split(r"<=|>=|<|>", text)
    if len(sides) != 2:
        raise InputError("not the condition of a piece", where, "f <= B", excerpt(text))
    left, right = (_parsed(side.strip(), where) for side in sides)
    limit = left - right if "<" in text else right - left
    slope, conditions = differentiate(limit, F)
    if conditions or F in free_variables(slope):
        raise InputError("the condition of a piece is not affine in f", where, "f <= B", excerpt(text))
    return limit


def loss_term(loss: Loss) -> Term:
    """A loss as one term in f and y."""
    term = loss.parts[-1].terms[0]
    for part, limit in reversed(list(zip(loss.parts, loss.limits, strict=False))):
        term = Ite(limit <= 0, part.terms[0], term)
    return term


def affine_in_output(limit: Term, target: fmpq | None) -> tuple[fmpq, Term] | None:
    """(k, b) if ``limit`` is k*(f - b) with a rational k that is not 0, for this target or for every one.

    None if it is not known to be.
    """
    if target is not None:
        limit = subst(limit, {Y: num(to_fraction(target))})
    slope, _ = differentiate(limit, F)
    try:
        factor = constant_value(normal_form(slope))
    except Refusal:
        return None
    if factor is None or factor == 0:
        return None
    rest = subst(limit, {F: num(0)})
    return factor, _reduced(rest / num(to_fraction(-factor)))


def _reduced(term: Term) -> Term:
    """The term as a number if it is rational."""
    try:
        value = constant_value(normal_form(term))
    except Refusal:
        return term
    return term if value is None else num(to_fraction(value))


@lru_cache(maxsize=4096)
def branches(loss: Loss, target: fmpq) -> tuple[Branch, ...] | None:
    """The pieces of f -> rho(f, target) from left to right; None if their ends are not known to be rational.

    Pieces without inner points are left out.
    """
    if not loss.limits:
        return (Branch(0, None, None),)
    low: fmpq | None = None
    high: fmpq | None = None
    left: list[Branch] = []
    right: list[Branch] = []
    for number, limit in enumerate(loss.limits):
        found = affine_in_output(limit, target)
        if found is None:
            constant = _always(limit, target)
            if constant is None:
                return None
            if constant:
                return (*left, *_open(Branch(number, low, high)), *reversed(right))
            continue
        factor, point = found
        if point.op != "num":
            return None
        end = fmpq(Fraction(point.data).numerator, Fraction(point.data).denominator)
        if factor > 0:
            left += _open(Branch(number, low, end if high is None else min(end, high)))
            low = end if low is None else max(low, end)
        else:
            right += _open(Branch(number, end if low is None else max(end, low), high))
            high = end if high is None else min(high, end)
    return (*left, *_open(Branch(len(loss.limits), low, high)), *reversed(right))


def _open(branch: Branch) -> list[Branch]:
    empty = branch.low is not None and branch.high is not None and branch.low >= branch.high
    return [] if empty else [branch]


def _always(limit: Term, target: fmpq) -> bool | None:
    """Whether a limit that does not depend on f is at most 0."""
    try:
        value = constant_value(normal_form(subst(limit, {Y: num(to_fraction(target))})))
    except Refusal:
        return None
    return None if value is None else bool(value <= 0)


def at(loss: Loss, which: str, f: fmpq | arb, y: fmpq, precision: int) -> arb | None:
    """The value (or ``first`` or ``second`` derivative) at a point or at all points of a ball, as a ball.

    Where several pieces meet the ball, their hull. None if it is not known to be defined there.
    """
    found = branches(loss, y)
    if found is None:
        return None
    hull: arb | None = None
    with flint.ctx.workprec(precision):
        for branch in _meeting(found, f):
            value = _one(getattr(loss.parts[branch.number], which), f, y, precision)
            if value is None or not (ball := arb(value)).is_finite():
                return None
            hull = ball if hull is None else hull.union(ball)
    return hull


@lru_cache(maxsize=4096)
def affine_slope(loss: Loss, number: int, target: fmpq) -> tuple[fmpq, fmpq] | None:
    """Rationals (a, b) such that a piece has the derivative a*f + b for this target; None if that is not known."""
    _, first, second = (subst(t, {Y: num(to_fraction(target))}) for t in loss.parts[number].terms)
    try:
        bend = constant_value(normal_form(second))
        start = constant_value(normal_form(subst(first, {F: num(0)})))
    except Refusal:
        return None
    return None if bend is None or start is None else (bend, start)


def exact_at(loss: Loss, which: str, f: fmpq, y: fmpq) -> fmpq | None:
    """The value at a rational point if it is computed exactly, else None."""
    found = branches(loss, y)
    if found is None:
        return None
    values = [_one(getattr(loss.parts[b.number], which), f, y, 64) for b in _meeting(found, f)[:1]]
    return values[0] if values and isinstance(values[0], fmpq) else None


def _meeting(found: tuple[Branch, ...], f: fmpq | arb) -> list[Branch]:
    """The branches that may hold a point of the ball; for a rational point the first one that does."""
    meeting = [b for b in found if not (b.high is not None and f > b.high) and not (b.low is not None and f < b.low)]
    return meeting[:1] if isinstance(f, fmpq) else meeting


def _one(compiled: Compiled, f: fmpq | arb, y: fmpq, precision: int) -> fmpq | arb | None:
    try:
        value = compiled({F: f, Y: y}, precision)
    except (Undefined, EvaluationError):
        return None
    return value if isinstance(value, (fmpq, arb)) else None
