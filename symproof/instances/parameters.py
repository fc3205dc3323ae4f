"""The parameters of an instance: which a theorem takes, and how each is read from the request."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from flint import fmpq

from symproof.did_you_mean import did_you_mean
from symproof.errors import InputError
from symproof.instances.excerpt import describe, excerpt
from symproof.instances.instance_file import InstanceRequest
from symproof.instances.rational import parse_rational

__all__ = ["Parameter", "at_least", "path", "positive_rational", "rational", "read_parameters", "text"]

MAX_TEXT = 4_000
MAX_INTEGER_BITS = 1_000
MAX_NAME_COMPARED = 80

Reader = Callable[[object, str, Path], object]
"""Reads a raw value, located by a text for messages, with the folder from which relative paths start."""


@dataclass(frozen=True)
class Parameter:
    """One parameter of a theorem.

    Attributes:
        name: the key below ``[parameters]``.
        read: turns the raw value into the typed one or raises InputError.
        required: whether it must be given.
        default: the typed value when it is not given.
    """

    name: str
    read: Reader
    required: bool = True
    default: object = None


def read_parameters(request: InstanceRequest, schema: Sequence[Parameter]) -> dict[str, object]:
    """Return the typed value of every parameter in ``schema``; InputError for unknown, missing or wrong ones."""
    names = [parameter.name for parameter in schema]
    for key in request.parameters:
        if key not in names:
            hint = did_you_mean(key[:MAX_NAME_COMPARED], names)
            raise InputError("unknown parameter", request.where(key), "one of " + ", ".join(names), excerpt(key), hint)
    values: dict[str, object] = {}
    for parameter in schema:
        if parameter.name in request.parameters:
            raw = request.parameters[parameter.name]
            values[parameter.name] = parameter.read(raw, request.where(parameter.name), request.base_dir)
        elif parameter.required:
            where = request.where(parameter.name)
            raise InputError("a parameter is missing", where, f"a value for {parameter.name}", "nothing")
        else:
            values[parameter.name] = parameter.default
    return values


def text(value: object, where: str, base_dir: Path) -> str:
    """Read a text that is not empty."""
    if not isinstance(value, str) or not value.strip():
        raise InputError("not a text", where, "a text in double quotes", describe(value))
    if len(value) > MAX_TEXT:
        raise InputError("the text is too long", where, f"at most {MAX_TEXT} characters", str(len(value)))
    return value


def path(value: object, where: str, base_dir: Path) -> Path:
    """Read a path; a relative one starts at the folder of the instance file."""
    return base_dir / text(value, where, base_dir)


def rational(value: object, where: str, base_dir: Path) -> fmpq:
    """Read an exact rational, written as a number or as text."""
    if isinstance(value, int) and not isinstance(value, bool) and value.bit_length() <= MAX_INTEGER_BITS:
        return fmpq(value)
    if not isinstance(value, str):
        raise InputError("not a number", where, "an exact number such as 3, 1/10 or 0.1", describe(value))
    return parse_rational(value, where)


def positive_rational(value: object, where: str, base_dir: Path) -> fmpq:
    """Read an exact rational > 0."""
    number = rational(value, where, base_dir)
    if number <= 0:
        raise InputError("the number is not positive", where, "a rational > 0", describe(value))
    return number


def at_least(smallest: int) -> Reader:
    """Return the reader of integers that are not below ``smallest``."""

    def read(value: object, where: str, base_dir: Path) -> int:
        number = rational(value, where, base_dir)
        if number.q != 1 or number < smallest:
            raise InputError("not an integer in range", where, f"an integer >= {smallest}", describe(value))
        return int(number)

    return read
