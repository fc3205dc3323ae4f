"""Reading any activation: by name (``gelu``, ``elu(1/2)``), as an expression in x, or in pieces."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from symproof.did_you_mean import did_you_mean
from symproof.errors import InputError
from symproof.instances.excerpt import excerpt
from symproof.instances.piecewise_activation import T, argument_names, parse_piecewise
from symproof.logic.parser import CONSTANTS, FUNCTIONS, parse_expression
from symproof.logic.term import Term, free_variables

__all__ = ["NAMED_ACTIVATIONS", "NamedActivation", "SmoothActivation", "read_activation"]

MAX_LENGTH = 2_000
_CALL = re.compile(r"([A-Za-z_][A-Za-z0-9_-]*)\s*(?:\(([^()]*)\))?")
_FUNCTION = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)\s*\(")
_EXPECTED = "a name such as gelu or elu(1/2), an expression in x such as x*tanh(x), or piecewise(FORMULA; POINT; ...)"


@dataclass(frozen=True)
class SmoothActivation:
    """An activation that was read.

    Attributes:
        text: as it was written.
        name: the name it is known by, if it was given by name.
        term: its value, a term in ``T``.
    """

    text: str
    name: str | None
    term: Term

    def __str__(self) -> str:
        """As it was written."""
        return self.text


@dataclass(frozen=True)
class NamedActivation:
    """An activation that is known by name.

    Attributes:
        title: in words, for headings.
        formula: what ``read_activation`` would read; None if it is one of those in pieces.
        aliases: other names.
    """

    title: str
    formula: str | None = None
    aliases: tuple[str, ...] = ()


NAMED_ACTIVATIONS: Mapping[str, NamedActivation] = {
    "sigmoid": NamedActivation("Sigmoid", "1/(1 + exp(-t))", ("logistic",)),
    "tanh": NamedActivation("Hyperbolic tangent", "tanh(t)"),
    "arctan": NamedActivation("Arctangent", "atan(t)", ("atan",)),
    "quadratic": NamedActivation("Square", "t**2", ("square",)),
    "elu": NamedActivation("ELU"),
    "selu": NamedActivation("SELU"),
    "celu": NamedActivation("CELU"),
    "softplus": NamedActivation("Softplus", "log(1 + exp(t))"),
    "silu": NamedActivation("SiLU", "t*(1/(1 + exp(-t)))", ("swish",)),
    "gelu": NamedActivation("GELU", "t*(1 + erf(t/sqrt(2)))/2", ("gelu_erf",)),
    "gelu_tanh": NamedActivation(
        "GELU by the hyperbolic tangent", "t*(1 + tanh(sqrt(2/pi)*(t + 0.044715*t**3)))/2", ("gelu_new",)
    ),
    "mish": NamedActivation("Mish", "t*tanh(log(1 + exp(t)))"),
    "softsign": NamedActivation("Softsign", "t/(1 + Abs(t))"),
    "exp": NamedActivation("Exponential function", "exp(t)", ("exponential",)),
    "sin": NamedActivation("Sine", "sin(t)", ("sine",)),
    "cos": NamedActivation("Cosine", "cos(t)", ("cosine",)),
    "erf": NamedActivation("Error function", "erf(t)"),
    "gaussian": NamedActivation("Gaussian", "exp(-t**2)"),
    "cube": NamedActivation("Cube", "t**3", ("cubic",)),
    "log_cosh": NamedActivation("Logarithm of the hyperbolic cosine", "log(cosh(t))"),
    "log_sigmoid": NamedActivation("Logarithm of the sigmoid", "-log(1 + exp(-t))"),
    "bent_identity": NamedActivation("Bent identity", "t + (sqrt(t**2 + 1) - 1)/2"),
    "isru": NamedActivation("Inverse square root unit", "t/sqrt(1 + t**2)"),
    "tanh_shrink": NamedActivation("Tanh shrink", "t - tanh(t)"),
    "hard_swish": NamedActivation("Hard swish"),
    "relu_squared": NamedActivation("Square of ReLU", "piecewise(0; 0; t**2)", ("squared_relu", "relu2")),
    "identity": NamedActivation("Identity", "t", ("linear",)),
    "relu": NamedActivation("ReLU"),
    "leaky_relu": NamedActivation("Leaky ReLU"),
    "relu6": NamedActivation("ReLU6"),
    "hard_tanh": NamedActivation("Hard tanh"),
    "hard_sigmoid": NamedActivation("Hard sigmoid"),
    "soft_shrink": NamedActivation("Soft shrink"),
}  # fmt: skip
"""The activations that are known by name; a ``-`` in a name is read as ``_``, and capitals as small letters."""

_ALIASES = {alias: name for name, known in NAMED_ACTIVATIONS.items() for alias in known.aliases}


def read_activation(text: str, where: str = "activation") -> SmoothActivation:
    """Read an activation given by name, as an expression in ``x`` (or ``t``), or in pieces.

    A name may have parameters, as in ``elu(1/2)``, or the variable, as in ``sigmoid(x)``. The grammar of expressions is
    that of claims, without ``diff`` and ``I``.

    Raises InputError for anything else, with the place and what is known of that kind.

    >>> read_activation("gelu").name
    'gelu'
    """
    if not isinstance(text, str):
        raise InputError("not a text", where, _EXPECTED, type(text).__name__)
    if len(text) > MAX_LENGTH:
        raise InputError("the activation is too long", where, f"at most {MAX_LENGTH} characters", str(len(text)))
    stripped = text.strip()
    if not stripped:
        raise InputError("no activation is given", where, _EXPECTED)
    call = _CALL.fullmatch(stripped)
    name = _known_name(call[1], call[2]) if call is not None else None
    if call is not None and name is not None:
        return SmoothActivation(stripped, name, _named(stripped, name, call[2], where))
    if call is not None:
        _refuse_unknown(stripped, call[1], call[2], where)
    return SmoothActivation(stripped, None, _written(stripped, where))


def _known_name(word: str, inside: str | None) -> str | None:
    """The activation that ``word`` or ``word(inside)`` names; None if it is to be read as an expression."""
    if inside is not None and word in FUNCTIONS:
        return None
    name = word.lower().replace("-", "_")
    name = _ALIASES.get(name, name)
    return name if name in NAMED_ACTIVATIONS else None


def _named(text: str, name: str, inside: str | None, where: str) -> Term:
    formula = NAMED_ACTIVATIONS[name].formula
    plain = inside is None or inside.strip() in ("x", "t")
    if formula is None:
        return parse_piecewise(name if plain else f"{name}({inside})", where).term
    if not plain:
        raise InputError(f"{name} has no parameters", where, f"{name} or {name}(x)", excerpt(text))
    return _written(formula, where)


def _refuse_unknown(text: str, word: str, inside: str | None, where: str) -> None:
    """Raise InputError for a word that is neither an activation nor the beginning of an expression."""
    if word in {"x", "t", *CONSTANTS} or (inside is not None and word in {*FUNCTIONS, "piecewise"}):
        return
    if "-" in word and inside is None and word.split("-")[0] in {"x", "t", *CONSTANTS}:
        return
    known = [*NAMED_ACTIVATIONS, *_ALIASES]
    hint = did_you_mean(word.replace("-", "_"), [*known, *FUNCTIONS] if inside is not None else known)
    raise InputError("unknown activation", where, _EXPECTED, excerpt(text), hint or f"Known by name: {_names()}.")


def _written_out(text: str) -> str:
    """A hint if an expression uses the name of an activation as a function, which the grammar does not know."""
    for word in _FUNCTION.findall(text):
        name = _known_name(word, "x")
        formula = NAMED_ACTIVATIONS[name].formula if name is not None else None
        if formula is not None:
            return f"Inside an expression write {word}(t) out: {formula}."
    return ""


def _names() -> str:
    return ", ".join(NAMED_ACTIVATIONS)


def _written(text: str, where: str) -> Term:
    try:
        if text.startswith("piecewise"):
            term = parse_piecewise(text, where).term
        else:
            term = parse_expression(text, argument_names(text, where), where)
    except InputError as problem:
        problem.hint = problem.hint or _written_out(text)
        raise
    if not free_variables(term) <= {T}:
        raise InputError("an activation is a real function", where, "an expression without I", excerpt(text))
    if any(s.op == "diff" for s in term.walk()):
        raise InputError("an activation is written without diff", where, "the derivative written out", excerpt(text))
    return term
