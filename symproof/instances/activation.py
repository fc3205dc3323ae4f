"""Activations h(t) = s+ t for t >= 0 and s- t for t < 0, read from text such as ``leaky_relu(1/10)``."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flint import arb, fmpq

from symproof.did_you_mean import did_you_mean
from symproof.errors import InputError
from symproof.instances.excerpt import excerpt
from symproof.instances.rational import format_rational, parse_rational

__all__ = ["ReluLike", "parse_activation"]

MAX_LENGTH = 2_000
MAX_NAME = 80


@dataclass(frozen=True)
class ReluLike:
    """The activation h(t) = s_plus t for t >= 0, s_minus t for t < 0.

    Any two slopes can be held; whether they meet a theorem's hypotheses is decided there.
    """

    s_plus: fmpq
    s_minus: fmpq

    def __call__(self, t: Any) -> Any:
        """Return h(t): a rational for a rational, a ball for a ball; across 0 it holds the values of both pieces."""
        if isinstance(t, arb) and not (t >= 0 or t < 0):
            return (self.s_plus * t).union(self.s_minus * t)
        return self.s_plus * t if t >= 0 else self.s_minus * t

    def __str__(self) -> str:
        """Return the activation as text that ``parse_activation`` reads."""
        return f"relu_like({format_rational(self.s_plus)}, {format_rational(self.s_minus)})"


@dataclass(frozen=True)
class _Form:
    usage: str
    arguments: int
    build: Callable[..., ReluLike]


_FORMS = {
    "relu": _Form("relu", 0, lambda: ReluLike(fmpq(1), fmpq(0))),
    "leaky_relu": _Form("leaky_relu(slope)", 1, lambda slope: ReluLike(fmpq(1), slope)),
    "relu_like": _Form("relu_like(s_plus, s_minus)", 2, ReluLike),
    "abs": _Form("abs", 0, lambda: ReluLike(fmpq(1), fmpq(-1))),
    "linear": _Form("linear", 0, lambda: ReluLike(fmpq(1), fmpq(1))),
}
_CALL = re.compile(r"\s*([A-Za-z_][A-Za-z0-9_]*)\s*(?:\(([^()]*)\)\s*)?")


def parse_activation(text: str, where: str = "activation") -> ReluLike:
    """Read ``relu``, ``leaky_relu(1/10)``, ``relu_like(1, 1/10)``, ``abs`` or ``linear``.

    Raises InputError for an unknown name, a wrong number of arguments or an argument that is not an exact number.

    >>> str(parse_activation("leaky_relu(0.1)"))
    'relu_like(1, 1/10)'
    """
    match = _CALL.fullmatch(text) if len(text) <= MAX_LENGTH else None
    if match is None:
        raise InputError("not an activation", where, _known_forms(), excerpt(text) if text.strip() else "nothing")
    name, inside = match.groups()
    form = _FORMS.get(name)
    if form is None:
        raise InputError(
            "unknown activation", where, _known_forms(), excerpt(name), did_you_mean(name[:MAX_NAME], _FORMS)
        )
    arguments = [] if inside is None or not inside.strip() else inside.split(",")
    if len(arguments) != form.arguments:
        found = f"{len(arguments)} in {excerpt(text)}"
        raise InputError("wrong number of arguments", where, f"{form.arguments}, as in {form.usage}", found)
    return form.build(*(parse_rational(argument, where) for argument in arguments))


def _known_forms() -> str:
    return "one of " + ", ".join(form.usage for form in _FORMS.values())
