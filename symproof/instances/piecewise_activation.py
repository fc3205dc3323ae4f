"""Activations in pieces, by name (``elu``, ``hard_swish``) or written out: ``piecewise(exp(t) - 1; 0; t)``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import pairwise

import flint
from flint import arb, fmpq

from symproof.did_you_mean import did_you_mean
from symproof.errors import InputError
from symproof.instances.excerpt import excerpt
from symproof.instances.exponential_sum import ExponentialSum, exponential_sum
from symproof.instances.rational import format_rational, parse_rational
from symproof.kernel.evaluate import Compiled, EvaluationError, Undefined, compile_term
from symproof.logic.parser import parse_expression
from symproof.logic.syntax import Ite, num, real
from symproof.logic.term import Term

__all__ = ["NAMED", "AffinePiece", "PieceFormula", "PiecewiseActivation", "T", "argument_names", "parse_piecewise"]

T = real("t")
"""The argument of an activation."""
MAX_LENGTH = 2_000
MAX_PIECES = 12
MAX_NAME = 80


@dataclass(frozen=True)
class _Named:
    usage: str
    parameters: tuple[str, ...]
    defaults: tuple[str, ...]
    text: str


NAMED: Mapping[str, _Named] = {
    "elu": _Named("elu or elu(alpha)", ("alpha",), ("1",), "piecewise(alpha*(exp(t) - 1); 0; t)"),
    "selu": _Named(
        "selu or selu(scale, alpha)", ("scale", "alpha"),
        ("1.0507009873554804934193349852946", "1.6732632423543772848170429916717"),
        "piecewise(scale*alpha*(exp(t) - 1); 0; scale*t)",
    ),
    "celu": _Named("celu or celu(alpha)", ("alpha",), ("1",), "piecewise(alpha*(exp(t/alpha) - 1); 0; t)"),
    "relu": _Named("relu", (), (), "piecewise(0; 0; t)"),
    "leaky_relu": _Named("leaky_relu(slope)", ("slope",), (), "piecewise(slope*t; 0; t)"),
    "relu6": _Named("relu6", (), (), "piecewise(0; 0; t; 6; 6)"),
    "hard_tanh": _Named("hard_tanh", (), (), "piecewise(-1; -1; t; 1; 1)"),
    "hard_sigmoid": _Named("hard_sigmoid", (), (), "piecewise(0; -3; (t + 3)/6; 3; 1)"),
    "hard_swish": _Named("hard_swish", (), (), "piecewise(0; -3; t*(t + 3)/6; 3; t)"),
    "soft_shrink": _Named(
        "soft_shrink or soft_shrink(threshold)", ("threshold",), ("1/2",),
        "piecewise(t + threshold; -threshold; 0; threshold; t - threshold)",
    ),
}  # fmt: skip
"""The activations that are known by name; a ``-`` in a name is read as ``_``."""

SMOOTH = frozenset(
    {"tanh", "sigmoid", "logistic", "softplus", "gelu", "swish", "silu", "mish", "sin", "cos", "erf", "exp", "arctan",
     "atan", "softsign", "quadratic", "square", "gaussian"}
)  # fmt: skip
"""Activations in use that are affine on no interval."""
_ABOUT_SMOOTH = (
    "For activations that are bent somewhere the chapter smooth has theorems of its own, such as "
    "smooth.every_activation."
)
_CALL = re.compile(r"\s*([A-Za-z_][A-Za-z0-9_-]*)\s*(?:\(([^()]*)\)\s*)?")
_PIECEWISE = re.compile(r"\s*piecewise\s*\((.*)\)\s*", re.DOTALL)
_ARGUMENTS = re.compile(r"(?<![A-Za-z0-9_])[xt](?![A-Za-z0-9_])")
_EXPECTED = "piecewise(FORMULA; POINT; FORMULA; ...) in t (or x), such as piecewise(exp(t) - 1; 0; t)"


@dataclass(frozen=True)
class PieceFormula:
    """One piece: low <= t < high (None: no end), the formula, and that as a sum of exponentials if it is one."""

    low: fmpq | None
    high: fmpq | None
    formula: Term
    known: ExponentialSum | None


@dataclass(frozen=True)
class AffinePiece:
    """h(t) = slope * t + offset for low < t < high."""

    slope: fmpq
    offset: fmpq
    low: fmpq
    high: fmpq


@dataclass(frozen=True)
class PiecewiseActivation:
    """An activation given by formulas on intervals; the left end of an interval belongs to it.

    Attributes:
        text: as it was written.
        pieces: from left to right; together they cover all numbers.
        defined: the term in ``T`` that defines it, if that is not put together from the pieces.
    """

    text: str
    pieces: tuple[PieceFormula, ...]
    defined: Term | None = None

    @cached_property
    def term(self) -> Term:
        """The activation as a term in ``T``: its own one, or case distinctions by t < point."""
        if self.defined is not None:
            return self.defined
        term = self.pieces[-1].formula
        for piece in reversed(self.pieces[:-1]):
            if piece.high is not None:
                term = Ite(_num(piece.high) > T, piece.formula, term)
        return term

    @cached_property
    def _compiled(self) -> Compiled:
        return compile_term(self.term)

    @property
    def points(self) -> tuple[fmpq, ...]:
        """Where the pieces meet."""
        return tuple(p.high for p in self.pieces if p.high is not None)

    def __call__(self, t: fmpq | arb) -> fmpq | arb:
        """h(t): exact where it is rational, else a ball with the precision of ``flint.ctx``.

        Raises EvaluationError if it is not defined at t, or not known with this precision.
        """
        try:
            value = self._compiled({T: t}, flint.ctx.prec)
        except Undefined as problem:
            raise EvaluationError(f"the activation {self.text} has no value at {t}: {problem.reason}") from problem
        if not isinstance(value, fmpq | arb) or (isinstance(value, arb) and not value.is_finite()):
            raise EvaluationError(f"the value of the activation {self.text} at {t} is not known")
        return value

    def affine_pieces(self) -> tuple[AffinePiece, ...]:
        """Intervals on which it is affine, from left to right; half lines are cut to length 1."""
        found = []
        for piece in self.pieces:
            line = piece.known.line() if piece.known is not None else None
            if line is not None:
                low, high = _ends(piece)
                found.append(AffinePiece(_fmpq(line[0]), _fmpq(line[1]), low, high))
        return tuple(found)

    def __str__(self) -> str:
        """As it was written."""
        return self.text


def _ends(piece: PieceFormula) -> tuple[fmpq, fmpq]:
    if piece.low is None:
        high = piece.high if piece.high is not None else fmpq(1)
        return high - 1, high
    return piece.low, piece.high if piece.high is not None else piece.low + 1


def parse_piecewise(text: str, where: str = "activation") -> PiecewiseActivation:
    """Read a named activation or one that is written out in pieces.

    Raises InputError for an unknown name, a formula that the claim grammar does not read, points that do not rise, and
    for named activations that are affine on no interval.
    """
    if len(text) > MAX_LENGTH:
        raise InputError("the activation is too long", where, f"at most {MAX_LENGTH} characters", str(len(text)))
    inside = _PIECEWISE.fullmatch(text)
    if inside is not None:
        return _written(text.strip(), inside[1], {}, where)
    call = _CALL.fullmatch(text)
    if call is not None and (call[1] not in ("x", "t") or call[2]):
        return _named(text.strip(), call[1].lower().replace("-", "_"), call[2], where)
    return _written(text.strip(), text, {}, where)


def argument_names(text: str, where: str) -> dict[str, Term]:
    """The names of the argument in a formula: x and t. Raises InputError if both occur."""
    if len(set(_ARGUMENTS.findall(text))) > 1:
        raise InputError("both x and t occur", where, "one variable, called x or t", excerpt(text))
    return {"x": T, "t": T}


def _named(text: str, name: str, inside: str | None, where: str) -> PiecewiseActivation:
    if name in SMOOTH:
        raise InputError(
            "the theorem does not apply: this activation is affine on no interval", where, _known(), excerpt(text),
            _ABOUT_SMOOTH,
        )  # fmt: skip
    form = NAMED.get(name)
    if form is None:
        hint = did_you_mean(name[:MAX_NAME], NAMED)
        raise InputError("unknown activation", where, f"{_known()}, or {_EXPECTED}", excerpt(text), hint)
    given = inside.split(",") if inside is not None and inside.strip() else []
    if (given and len(given) != len(form.parameters)) or len(given) < len(form.parameters) - len(form.defaults):
        raise InputError("wrong number of arguments", where, form.usage, excerpt(text))
    values = [parse_rational(one, where) for one in given or form.defaults]
    if name == "celu" and values == [0]:
        raise InputError("celu divides by its parameter", where, "a number other than 0", "0")
    names = {key: _num(value) for key, value in zip(form.parameters, values, strict=True)}
    written = _PIECEWISE.fullmatch(form.text)
    return _written(text, "" if written is None else written[1], names, where)


def _known() -> str:
    return "one of " + ", ".join(NAMED)


def _written(text: str, inside: str, names: Mapping[str, Term], where: str) -> PiecewiseActivation:
    parts = inside.split(";")
    if len(parts) % 2 == 0 or len(parts) > 2 * MAX_PIECES - 1:
        raise InputError("not an activation in pieces", where, _EXPECTED, excerpt(text))
    argument = argument_names(inside, where)
    formulas = [
        parse_expression(part, {**argument, **names}, f"{where}, piece {k}") for k, part in enumerate(parts[::2], 1)
    ]
    points = [_point(part, names, where) for part in parts[1::2]]
    if any(b <= a for a, b in pairwise(points)):
        found = ", ".join(map(format_rational, points))
        raise InputError("the points between the pieces do not rise", where, "each larger than the one before", found)
    ends = [None, *points, None]
    pieces = tuple(
        PieceFormula(low, high, formula, exponential_sum(formula, T))
        for (low, high), formula in zip(pairwise(ends), formulas, strict=True)
    )
    return PiecewiseActivation(text, pieces)


def _point(text: str, names: Mapping[str, Term], where: str) -> fmpq:
    """A rational number, or one of the parameters of a named activation."""
    from symproof.logic.rational_value import rational_value

    stripped = text.strip()
    value = rational_value(parse_expression(stripped, names, where)) if names else None
    return parse_rational(stripped, where) if value is None else _fmpq(value)


def _num(value: fmpq) -> Term:
    return num(Fraction(int(value.p), int(value.q)))


def _fmpq(value: Fraction) -> fmpq:
    return fmpq(value.numerator, value.denominator)
